"""Writes what the C++ zones are tested against, and the table they are made of.

    python make_time_zones.py csv   > time_zones.csv        # offsets by Python's zoneinfo
    python make_time_zones.py table                         # rows for cpp/base/time_zone_table.cpp

Needs the PyPI package `tzdata` (its release is in the first line of the csv), so that the machine's own database does
not matter. A row of the csv: zone, first moment of the comparison (UTC), offset then, and each change up to the end of
2027, with moments in seconds since 1970 and offsets in minutes. A zone whose rules changed in 2026 starts after the
change: the table holds the present rules only.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import sys
import time
import zoneinfo
from collections import defaultdict
from pathlib import Path

import tzdata

FOLDER = Path(tzdata.__file__).parent / "zoneinfo"
FIRST = int(dt.datetime(2026, 1, 1, tzinfo=dt.timezone.utc).timestamp())
LAST = int(dt.datetime(2028, 1, 1, tzinfo=dt.timezone.utc).timestamp())
# Names beside zone.tab's that many systems still send.
ALIASES = [
    "UTC", "Etc/UTC", "GMT", "Etc/GMT", "US/Alaska", "US/Arizona", "US/Central", "US/Eastern", "US/Hawaii",
    "US/Mountain", "US/Pacific", "Canada/Atlantic", "Canada/Central", "Canada/Eastern", "Canada/Mountain",
    "Canada/Newfoundland", "Canada/Pacific", "America/Montreal", "Asia/Calcutta", "Asia/Katmandu", "Asia/Saigon",
    "Europe/Kiev", "America/Buenos_Aires",
]  # fmt: skip


def footer(name: str) -> str:
    """The POSIX rule that holds from now on."""
    return (FOLDER / name).read_bytes().rstrip(b"\n").rsplit(b"\n", 1)[1].decode()


def names() -> list[str]:
    tab = (FOLDER / "zone.tab").read_text().splitlines()
    return sorted({line.split("\t")[2] for line in tab if not line.startswith("#")} | set(ALIASES))


def offset_minutes(zone: zoneinfo.ZoneInfo, moment: int) -> int:
    offset = dt.datetime.fromtimestamp(moment, zone).utcoffset()
    assert offset is not None
    return int(offset.total_seconds()) // 60


def csv_row(name: str) -> str:
    zone = zoneinfo.ZoneInfo(name)
    os.environ["TZ"] = footer(name)
    time.tzset()
    first = FIRST
    for moment in range(FIRST, LAST, 1800):
        if time.localtime(moment).tm_gmtoff != offset_minutes(zone, moment) * 60:
            first = moment + 1800
    previous = offset_minutes(zone, first)
    row = [name, str(first), str(previous)]
    for moment in range(first, LAST, 900):
        now = offset_minutes(zone, moment)
        if now != previous:
            row.append(f"{moment}:{now}")
            previous = now
    return ",".join(row)


def minutes(text: str) -> int:
    sign = -1 if text.startswith("-") else 1
    hours, _, rest = text.lstrip("+-").partition(":")
    return sign * (int(hours) * 60 + int(rest or 0))


def change(text: str) -> str:
    day, _, at = text.partition("/")
    month, week, weekday = day[1:].split(".")
    return f"{{{month}, {week}, {weekday}, {minutes(at or '2')}}}"


def rule(posix: str) -> str:
    name = r"(?:<[^>]+>|[A-Za-z]+)"
    match = re.fullmatch(rf"{name}([-+\d:]+)(?:{name}([-+\d:]+)?(?:,(.+),(.+))?)?", posix)
    assert match, posix
    standard = -minutes(match[1])
    if not match[3]:
        return f"{standard}, {standard}, {{}}, {{}}"
    summer = -minutes(match[2]) if match[2] else standard + 60
    begins, ends = match[3], match[4]
    if summer < standard:  # Ireland's winter time: said the other way round, it is like London's
        standard, summer, begins, ends = summer, standard, ends, begins
        begins, ends = (begins if "/" in begins else begins + "/2"), (ends if "/" in ends else ends + "/2")
    return f"{standard}, {summer}, {change(begins)}, {change(ends)}"


def main(what: str) -> None:
    zoneinfo.reset_tzpath([])
    if what == "csv":
        print(f"# IANA {tzdata.IANA_VERSION} by Python's zoneinfo; see make_time_zones.py")
        for name in names():
            print(csv_row(name))
        return
    rows = defaultdict(list)
    for name in names():
        rows[rule(footer(name))].append(name)
    for posix, members in sorted(rows.items(), key=lambda row: (int(row[0].split(",")[0]), row[0])):
        print(f'    {{{posix}, "{" ".join(members)}"}},')


if __name__ == "__main__":
    main(sys.argv[1])
