"""When: text, numbers and typed times become UTC."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from tillstorm.importing.columns import Floats, Instants, Integers, Text, encode, is_empty
from tillstorm.importing.errors import LogError
from tillstorm.importing.zones import DAY, SECOND, Zone

if TYPE_CHECKING:
    from tillstorm.importing.columns import I64, Column, Mask
    from tillstorm.importing.mapping import Mapping
    from tillstorm.importing.problems import Problems

_ISO: Final = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)"
    r"(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,6})\d*)?)?)?"
    r"\s?(Z|[+-]\d\d:?\d\d)?",
    re.ASCII,
)
_EPOCH: Final = date(1970, 1, 1).toordinal()
EARLIEST: Final = 0
LATEST: Final = (date(2200, 1, 1).toordinal() - _EPOCH) * DAY
_EPOCH_UNITS: Final = {"epoch_s": SECOND, "epoch_ms": 1000, "epoch_us": 1}
# How a parsed time is to be understood.
_UTC, _LOCAL, _DATE = 0, 1, 2


@dataclass(frozen=True)
class Times:
    """Times of rows.

    Attributes:
        utc_us: UTC [us]; 0 where there is a problem.
        twice: Rows whose local time occurs twice in autumn; the first was taken.
        dates: Rows whose date has no time, by their local midnight [us], -1 for the others.
        zone: The zone of the log's local times over the span of the log.
    """

    utc_us: I64
    twice: int
    dates: I64
    zone: Zone


def parse_iso(text: str) -> tuple[int, int] | None:
    """Microseconds since 1970 and whether they are UTC (0), local (1), or the midnight of a date without time (2).

    Returns:
        None for text that is no time.
    """
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, offset = match.groups()
    try:
        days = date(int(year), int(month), int(day)).toordinal() - _EPOCH
    except ValueError:
        return None
    if hour is None:
        return (days * DAY, _DATE) if offset is None else None
    seconds = int(hour) * 3600 + int(minute) * 60 + int(second or 0)
    if int(hour) > 23 or int(minute) > 59 or int(second or 0) > 59:
        return None
    value = days * DAY + seconds * SECOND + int((fraction or "0").ljust(6, "0"))
    if offset is None:
        return value, _LOCAL
    if offset != "Z":
        east = int(offset[1:3]) * 60 + int(offset[-2:])
        value -= (-east if offset[0] == "-" else east) * 60 * SECOND
    return value, _UTC


def read_times(name: str, column: Column, row: I64, mapping: Mapping, problems: Problems) -> Times:
    """The column as UTC; problems are noted by row.

    Raises:
        LogError: an unknown time zone, or a column of a type that holds no times.
    """

    def note(where: Mask, kind: str) -> None:
        rows = np.flatnonzero(where)
        problems.add_all(row[rows], kind, name, column.at(rows))

    value, meaning, wrong = _values(name, column, mapping)
    empty = is_empty(column)
    note(empty, "empty_field")
    wrong |= (value < EARLIEST) | (value >= LATEST)
    wrong &= ~empty
    note(wrong, "bad_time")
    good = ~wrong & ~empty
    if not good.any():
        return Times(np.zeros_like(value), 0, np.full_like(value, -1), Zone(mapping.time_zone, 0, DAY))
    zone = Zone(mapping.time_zone, int(value[good].min()), int(value[good].max()) + DAY)
    local = good & (meaning == _LOCAL)
    utc = np.where(good, value, 0)
    converted, skipped, twice = zone.to_utc(utc)
    note(skipped & local, "impossible_time")
    utc[local] = converted[local]
    dates = np.where(good & (meaning == _DATE), value, -1)
    return Times(utc, int((twice & local).sum()), dates, zone)


def place_in_day(dates: I64, places: I64, time_of_day: str) -> I64:
    """Local times for dates without one.

    Args:
        dates: Local midnights [us].
        places: The store of each row: a span is filled store by store.
        time_of_day: `HH:MM` puts all rows there; `HH:MM-HH:MM` spreads the rows of a store and date evenly over the
            span, in the order of the log: row k of n at the middle of the k-th of n equal parts.

    Raises:
        LogError: `time_of_day` is neither.
    """
    match = re.fullmatch(r"(\d\d):(\d\d)(?:-(\d\d):(\d\d))?", time_of_day)
    if match is None:
        raise LogError(f"mapping: `time_of_day` is {time_of_day!r}; expected a time 12:00 or a span 09:00-21:00")
    first = (int(match[1]) * 60 + int(match[2])) * 60 * SECOND
    if match[3] is None:
        last = first
    else:
        last = (int(match[3]) * 60 + int(match[4])) * 60 * SECOND
        if last <= first:
            raise LogError(f"mapping: `time_of_day` is {time_of_day!r}; expected a span that ends after it begins")
    if last > DAY or first >= DAY:
        raise LogError(f"mapping: `time_of_day` is {time_of_day!r}; expected times up to 24:00")
    order = np.lexsort((dates, places))
    starts = np.flatnonzero(
        np.diff(dates[order], prepend=-1).astype(bool) | np.diff(places[order], prepend=-1).astype(bool)
    )
    counts = np.diff(np.append(starts, len(order)))
    index = np.arange(len(order)) - np.repeat(starts, counts)
    within = np.empty(len(order), np.int64)
    within[order] = (2 * index + 1) * (last - first) // (2 * np.repeat(counts, counts))
    return dates + first + within


def _values(name: str, column: Column, mapping: Mapping) -> tuple[I64, I64, Mask]:
    if isinstance(column, Instants):
        meaning = np.full(len(column.values), _UTC if column.zoned else _LOCAL, np.int64)
        return column.values, meaning, np.zeros(len(column.values), np.bool_)
    unit = _EPOCH_UNITS.get(mapping.time_format)
    if isinstance(column, Floats):
        raise LogError(f"column `{name}` holds floating-point numbers; expected times, text or whole numbers")
    if isinstance(column, Integers):
        if unit is None:
            return _values(name, encode([str(value) for value in column.values.tolist()]), mapping)
        far = (column.values < 0) | (column.values >= LATEST // unit)
        return np.where(far, -1, column.values) * unit, np.full(len(far), _UTC, np.int64), far
    return _text_values(column, unit)


def _text_values(column: Text, unit: int | None) -> tuple[I64, I64, Mask]:
    table = np.zeros((len(column.values) + 1, 2), np.int64)
    wrong = np.zeros(len(column.values) + 1, np.bool_)
    for code, text in enumerate(column.values):
        if unit is None:
            parsed = parse_iso(text)
        else:
            parsed = (int(text) * unit, _UTC) if re.fullmatch(r"\d{1,18}", text, re.ASCII) else None
        if parsed is None or not EARLIEST <= parsed[0] < LATEST:
            wrong[code] = True
        else:
            table[code] = parsed
    found = table[column.codes]
    return found[:, 0].copy(), found[:, 1].copy(), wrong[column.codes]
