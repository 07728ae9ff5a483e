"""Local clocks and UTC, for whole columns at once."""

from __future__ import annotations

import itertools
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np

from tillstorm.importing.errors import LogError

if TYPE_CHECKING:
    from tillstorm.importing.columns import I64, Mask

SECOND: Final = 1_000_000
DAY: Final = 86_400 * SECOND


class Zone:
    """A time zone over a span of time, as a table of the moments at which its offset changes.

    Args:
        name: IANA name.
        first_us: Earliest time that will be asked for, UTC or local [us].
        last_us: Latest time that will be asked for [us].

    Raises:
        LogError: no such zone is known here.
    """

    def __init__(self, name: str, first_us: int, last_us: int) -> None:
        try:
            self._zone = ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise LogError(
                f"unknown time zone {name!r}; expected an IANA name such as Europe/Berlin (on a machine without time "
                "zone data: pip install tzdata)"
            ) from error
        self.name = name
        day = 86_400
        days = range(first_us // DAY * day - 2 * day, last_us // DAY * day + 3 * day, day)
        changes: list[int] = []
        offsets = [self._offset(days[0])]
        for before, after in itertools.pairwise(days):
            if self._offset(after) != offsets[-1]:
                changes.append(self._change(before, after))
                offsets.append(self._offset(after))
        self._changes = np.array(changes, np.int64) * SECOND
        self._offsets = np.array(offsets, np.int64) * SECOND

    def to_utc(self, local_us: I64) -> tuple[I64, Mask, Mask]:
        """UTC of local clock readings.

        Returns:
            UTC [us]; where the reading does not exist, because clocks skip it in spring; where it occurs twice in
            autumn, in which case the first is meant.
        """
        before, after = self._offsets[:-1], self._offsets[1:]
        starts = self._changes + np.maximum(before, after)
        index = np.searchsorted(starts, local_us, side="right")
        skipped = np.zeros(len(local_us), np.bool_)
        twice = np.zeros(len(local_us), np.bool_)
        for change, old, new in zip(self._changes, before, after, strict=True):
            odd = (local_us >= change + min(old, new)) & (local_us < change + max(old, new))
            (skipped if new > old else twice)[odd] = True
        return local_us - self._offsets[index], skipped, twice

    def to_local(self, utc_us: I64) -> I64:
        """What the zone's clocks show [us since 1970-01-01T00:00 local]."""
        return utc_us + self._offsets[np.searchsorted(self._changes, utc_us, side="right")]

    def _offset(self, utc_seconds: int) -> int:
        offset = datetime.fromtimestamp(utc_seconds, tz=timezone.utc).astimezone(self._zone).utcoffset()
        return int(offset.total_seconds()) if offset else 0

    def _change(self, before: int, after: int) -> int:
        old = self._offset(before)
        while after - before > 1:
            middle = (before + after) // 2
            if self._offset(middle) == old:
                before = middle
            else:
                after = middle
        return after
