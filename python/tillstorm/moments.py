"""Simulated moments as people give and read them: local to `chain.time_zone` unless they carry an offset."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from tillstorm._compiled import core
from tillstorm.errors import TimeError

if TYPE_CHECKING:
    from typing import TypeAlias

    MomentLike: TypeAlias = str | datetime | date | timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
MICROSECOND = timedelta(microseconds=1)
DURATION = re.compile(
    r"P(?=[\dT])(?:(?P<weeks>[\d.]+)W)?(?:(?P<days>[\d.]+)D)?"
    r"(?:T(?=\d)(?:(?P<hours>[\d.]+)H)?(?:(?P<minutes>[\d.]+)M)?(?:(?P<seconds>[\d.]+)S)?)?"
)


def to_us(moment: MomentLike, *, zone: str, start_us: int) -> int:
    """A moment in microseconds of UTC since 1970.

    Args:
        moment: ISO text or a datetime (local to `zone` unless it carries an offset), a date (its midnight), or a
            timedelta (that long after the start of the run).
        zone: IANA name of the chain's time zone.
        start_us: Start of the run [us of UTC].

    Raises:
        TimeError: text that is no ISO time.
    """
    if isinstance(moment, timedelta):
        return start_us + moment // MICROSECOND
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        return (moment - EPOCH) // MICROSECOND
    if isinstance(moment, datetime):
        return core.from_local(zone, moment.isoformat())
    if isinstance(moment, date):
        return core.from_local(zone, f"{moment.isoformat()}T00:00")
    if isinstance(moment, str):
        text = f"{moment}T00:00" if len(moment) == len("2026-11-27") else moment
        try:
            return core.from_local(zone, text.replace(" ", "T"))
        except ValueError as error:
            raise TimeError(f"`{moment}` is no time such as 2026-11-27T10:00 or 2026-11-27T10:00-05:00") from error
    raise TimeError(f"{moment!r} is no time: give ISO text, a datetime, a date, or a timedelta since the start")


def duration_of(text: str) -> timedelta:
    """An ISO 8601 duration of weeks, days and smaller units, as the core writes it: `PT2H`, `P1DT30M`.

    Raises:
        TimeError: it is none.
    """
    found = DURATION.fullmatch(text)
    if found is None:
        raise TimeError(f"`{text}` is no duration such as PT2H or P1DT30M")
    return timedelta(**{unit: float(number) for unit, number in found.groupdict().items() if number})


def to_datetime(us: int, zone: str) -> datetime:
    """A moment of UTC as a datetime with the offset that `zone` has then."""
    return datetime.fromisoformat(core.to_local(zone, us))
