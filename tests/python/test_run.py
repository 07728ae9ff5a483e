"""Running a scenario to its end, or to a moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

import tillstorm as ts


@pytest.fixture(scope="module")
def scenario():
    return ts.Scenario.baseline(stores=3, skus=60, days=3)


@pytest.fixture(scope="module")
def result(scenario):
    return ts.run(scenario)


def test_a_run_has_sold_and_kept_its_promises(result):
    assert result.ok
    assert result.violations == ()
    assert result.violations_counted == 0
    assert not result.partial
    assert result.kpis["tickets"].value == result.counters["tickets"] > 1000
    assert len(result.digest) == 32
    assert int(result.digest, 16) > 0
    assert "all promises kept" in repr(result)


def test_the_same_seed_gives_the_same_run(scenario, result):
    again = ts.run(scenario, seed=scenario.seed)
    assert again.digest == result.digest
    assert again.kpis.to_dict() == result.kpis.to_dict()


def test_another_seed_gives_another_run(scenario, result):
    other = ts.run(scenario, seed=2)
    assert other.seed == 2
    assert other.digest != result.digest


def test_progress_and_promises_change_nothing(scenario, result):
    assert ts.run(scenario, progress=True).digest == result.digest
    assert ts.run(scenario, promises=False).digest == result.digest


def test_runs_on_threads_are_the_same_runs(scenario, result):
    with ThreadPoolExecutor(4) as pool:
        digests = set(pool.map(lambda _: ts.run(scenario).digest, range(4)))
    assert digests == {result.digest}


@pytest.mark.parametrize("until", ["2026-11-24T12:00", datetime(2026, 11, 24, 12), timedelta(hours=36)])
def test_until_stops_before_a_moment(scenario, result, until):
    early = ts.run(scenario, until=until)
    assert early.partial
    assert early.reached == datetime.fromisoformat("2026-11-24T12:00:00-05:00")
    assert early.counters["tickets"] < result.counters["tickets"]
    assert "partial until 2026-11-24T12:00" in repr(early)


def test_until_after_the_end_is_the_whole_run(scenario, result):
    whole = ts.run(scenario, until="2027-11-24")
    assert not whole.partial
    assert whole.digest == result.digest


@pytest.mark.parametrize("until", ["2026-11-23", "2020-01-01T00:00", timedelta(0)])
def test_until_must_be_after_the_start(scenario, until):
    with pytest.raises(ts.TimeError, match="not after the start"):
        ts.run(scenario, until=until)


@pytest.mark.parametrize("seed", [-1, 2**64])
def test_a_seed_has_64_bits(scenario, seed):
    with pytest.raises(ValueError, match="2\\^64"):
        ts.run(scenario, seed=seed)
    assert ts.run(scenario, seed=2**64 - 1, until=timedelta(hours=1)).seed == 2**64 - 1


def test_a_missing_trace_is_named(tmp_path):
    scenario = ts.Scenario.baseline(stores=1, skus=5, days=1)
    with pytest.raises(ts.UserError, match=r"nothing\.npz"):
        ts.run(scenario.with_({"demand.mode": "trace", "demand.trace": str(tmp_path / "nothing.npz")}))
