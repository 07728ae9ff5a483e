"""Times become UTC as the log's zone says, and what clocks never showed is reported."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillstorm.importing import LogError, RefusedError
from tillstorm.importing.times import parse_iso, place_in_day
from tillstorm.importing.zones import DAY, SECOND, Zone

if TYPE_CHECKING:
    from conftest import Described, Log

NOON = datetime(2026, 11, 23, 12, tzinfo=timezone.utc)
MIDNIGHT_US = int(datetime(2026, 11, 23, tzinfo=timezone.utc).timestamp()) * SECOND


@pytest.mark.parametrize(
    ("text", "us", "meaning"),
    [
        ("2026-11-23T12:00:00Z", 12 * 3600 * SECOND, 0),
        ("2026-11-23 12:00:00.5+00:00", 12 * 3600 * SECOND + SECOND // 2, 0),
        ("2026-11-23T07:30:00-05:00", (12 * 3600 + 1800) * SECOND, 0),
        ("2026-11-23T14:00+0200", 12 * 3600 * SECOND, 0),
        ("2026-11-23T12:00:00.123456789", 12 * 3600 * SECOND + 123_456, 1),
        ("20261123 1200", 12 * 3600 * SECOND, 1),
        ("2026-11-23", 0, 2),
        ("20261123", 0, 2),
    ],
)
def test_iso_8601_text(text: str, us: int, meaning: int) -> None:
    assert parse_iso(text) == (MIDNIGHT_US + us, meaning)


@pytest.mark.parametrize(
    "text", ["", "2026", "23.11.2026", "2026-13-01", "2026-11-23T12", "2026-11-23Z", "2026-11-23T12:60"]
)
def test_what_is_no_time(text: str) -> None:
    assert parse_iso(text) is None


def test_local_times_are_of_the_zone_that_the_mapping_names(log: Log, tickets: Described) -> None:
    log.mapping["time_zone"] = "America/New_York"
    assert tickets(log.run()[1])[0][0] == "2026-11-23T14:00:00"
    log.set(3, "sold_at", "2026-11-23T14:05:00Z")  # An offset in the text wins.
    assert tickets(log.run()[1])[1][0] == "2026-11-23T14:05:00"


def test_the_stores_may_trade_in_another_zone_than_the_log_is_written_in(log: Log) -> None:
    log.mapping |= {"chain_time_zone": "Asia/Tokyo"}
    log.set(6, "sold_at", "2026-11-23T23:00:00")
    report, _ = log.run()
    assert (report.start, report.days) == ("2026-11-23", 2)  # 08:00 of the 24th in Tokyo.


def test_a_time_that_clocks_skip_in_spring_is_reported(log: Log) -> None:
    log.mapping |= {"time_zone": "Europe/Berlin", "order": "any"}
    log.set(3, "sold_at", "2026-03-29T02:30:00")
    with pytest.raises(RefusedError, match=r"impossible_time: 1 row \(row 3\)"):
        log.run()


def test_a_time_that_occurs_twice_in_autumn_is_the_first_and_is_counted(log: Log, tickets: Described) -> None:
    log.mapping |= {"time_zone": "Europe/Berlin", "order": "any"}
    log.set(3, "sold_at", "2026-10-25T02:30:00")
    report, trace = log.run()
    assert tickets(trace)[0][0] == "2026-10-25T00:30:00"
    assert any(note.endswith("taken as the first: 1.") for note in report.notes)


@pytest.mark.parametrize(("form", "factor"), [("epoch_s", 1), ("epoch_ms", 1000), ("epoch_us", 10**6)])
def test_numbers_since_1970(log: Log, tickets: Described, form: str, factor: int) -> None:
    log.mapping["time_format"] = form
    for row in range(1, 7):
        log.set(row, "sold_at", str(int(NOON.timestamp()) * factor))
    assert {ticket[0] for ticket in tickets(log.run()[1])} == {"2026-11-23T12:00:00"}
    log.set(3, "sold_at", "-1")
    with pytest.raises(RefusedError, match="bad_time: 1 row"):
        log.run()


def test_a_date_and_a_time_in_two_columns(log: Log, tickets: Described) -> None:
    log.mapping |= {"time": "vat+sold_at", "tax": None, "basket": None}
    for row in range(1, 7):
        log.set(row, "vat", "2026-11-23").set(row, "sold_at", f"1{row}:00")
    assert [ticket[0][11:16] for ticket in tickets(log.run()[1])] == [f"1{row}:00" for row in range(1, 7)]


def test_dates_without_times_are_put_where_the_mapping_says(log: Log, tickets: Described) -> None:
    log.mapping |= {"basket": None, "time_zone": "Europe/Berlin"}
    for row in range(1, 7):
        log.set(row, "sold_at", "2026-11-23")
    report, trace = log.run()
    assert {ticket[0] for ticket in tickets(trace)} == {"2026-11-23T11:00:00"}
    assert any("Times within the day are made up" in note for note in report.notes)
    log.mapping["time_of_day"] = "09:00-17:00"
    # S1 has rows 1, 2, 4, 5: eight hours in four parts; S2 has rows 3 and 6.
    times = [(ticket[1], ticket[0][11:16]) for ticket in tickets(log.run()[1])]
    assert times == [
        ("S1", "09:00"),
        ("S2", "10:00"),
        ("S1", "11:00"),
        ("S1", "13:00"),
        ("S2", "14:00"),
        ("S1", "15:00"),
    ]


@pytest.mark.parametrize("text", ["noon", "25:00", "17:00-09:00", "09:00-24:01", "09:00-09:00"])
def test_a_time_of_day_that_makes_no_sense(text: str) -> None:
    with pytest.raises(LogError, match="time_of_day"):
        place_in_day(np.zeros(1, np.int64), np.zeros(1, np.int64), text)


# Property: rows put into a span stay in their day and span, in the order of the log.
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), min_size=1, max_size=60))
def test_rows_are_spread_in_their_order_within_the_span(rows: list[tuple[int, int]]) -> None:
    day = np.array([d for d, _ in rows], np.int64)
    place = np.array([p for _, p in rows], np.int64)
    placed = place_in_day(day * DAY, place, "08:00-20:00")
    assert np.all(placed // DAY == day)
    assert np.all((placed % DAY >= 8 * 3600 * SECOND) & (placed % DAY < 20 * 3600 * SECOND))
    for key in set(rows):
        same = placed[[row == key for row in rows]]
        assert np.all(np.diff(same) > 0)


# Property: over a year and a half from any moment since 1990, the zone tables agree with zoneinfo at every moment, and
# local times come back to the moment they came from, unless clocks showed them twice: then the first is meant.
@given(
    st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/Sao_Paulo"]),
    st.integers(1990 * 366, 2030 * 365),
    st.lists(st.integers(0, 550 * DAY), min_size=1, max_size=20),
)
def test_zones_agree_with_zoneinfo(name: str, day: int, after: list[int]) -> None:
    start = datetime.fromordinal(day).replace(tzinfo=timezone.utc)
    moments = [start + timedelta(microseconds=us) for us in after]
    epoch = datetime(1970, 1, 1, tzinfo=timezone.utc)
    utc = np.array([(moment - epoch) // timedelta(microseconds=1) for moment in moments], np.int64)
    zone = Zone(name, int(utc.min()), int(utc.max()))
    expected = [moment.astimezone(ZoneInfo(name)) for moment in moments]
    local = zone.to_local(utc)
    assert local.tolist() == [
        (moment.replace(tzinfo=timezone.utc) - epoch) // timedelta(microseconds=1) for moment in expected
    ]
    back, skipped, twice = zone.to_utc(local)
    assert not skipped.any()
    second = np.array([moment.fold == 1 for moment in expected])
    assert np.all(twice[second])
    assert np.array_equal(back[~second], utc[~second])
    assert np.all(back[second] < utc[second])
