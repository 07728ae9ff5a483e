"""Simulated times, as people give and read them."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillstorm import TimeError, _core
from tillstorm.moments import to_datetime, to_us

ZONE = "America/New_York"
TEN = to_us("2026-11-27T10:00", zone=ZONE, start_us=0)


@pytest.mark.parametrize(
    "moment",
    [
        "2026-11-27T10:00",
        "2026-11-27 10:00:00",
        "2026-11-27T15:00Z",
        "2026-11-27T16:00+01:00",
        datetime(2026, 11, 27, 10),
        datetime(2026, 11, 27, 15, tzinfo=timezone.utc),
        timedelta(microseconds=TEN),
    ],
)
def test_one_moment_in_many_forms(moment):
    assert to_us(moment, zone=ZONE, start_us=0) == TEN


def test_a_date_is_its_midnight():
    midnight = to_us("2026-11-27T00:00", zone=ZONE, start_us=0)
    assert to_us("2026-11-27", zone=ZONE, start_us=0) == midnight
    assert to_us(date(2026, 11, 27), zone=ZONE, start_us=0) == midnight


def test_a_timedelta_counts_from_the_start():
    assert to_us(timedelta(hours=1), zone=ZONE, start_us=5) == 3_600_000_005


@pytest.mark.parametrize("moment", ["yesterday", "2026-13-01", "2026-11-27T25:00", "", 7])
def test_what_is_no_time_is_refused(moment):
    with pytest.raises(TimeError, match="no time"):
        to_us(moment, zone=ZONE, start_us=0)


def test_daylight_saving_shows_in_the_offset():
    summer, winter = (to_us(text, zone=ZONE, start_us=0) for text in ("2026-07-01T12:00", "2026-12-01T12:00"))
    assert to_datetime(summer, ZONE).isoformat() == "2026-07-01T12:00:00-04:00"
    assert to_datetime(winter, ZONE).isoformat() == "2026-12-01T12:00:00-05:00"


@given(us=st.integers(-(10**15), 4 * 10**15), zone=st.sampled_from(_core.time_zones()))
def test_reading_undoes_writing(us, zone):
    text = _core.to_local(zone, us)
    assert _core.from_local("UTC", text) == us
    assert to_datetime(us, zone) == datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(microseconds=us)


def test_an_unknown_zone_is_named():
    with pytest.raises(ValueError, match="Mars/Olympus"):
        _core.to_local("Mars/Olympus", 0)
    with pytest.raises(ValueError, match="Mars/Olympus"):
        _core.from_local("Mars/Olympus", "2026-01-01T00:00")
