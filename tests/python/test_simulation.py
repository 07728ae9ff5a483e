"""A run that is advanced by hand, looked at, and branched."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pytest

import tillstorm as ts


@pytest.fixture(scope="module")
def scenario():
    return ts.Scenario.baseline(stores=3, skus=60, days=3)


@pytest.fixture(scope="module")
def whole(scenario):
    return ts.run(scenario)


@pytest.fixture
def simulation(scenario):
    return ts.Simulation(scenario)


def test_it_stands_at_the_start(simulation, scenario):
    assert simulation.now == simulation.start == datetime.fromisoformat("2026-11-23T00:00:00-05:00")
    assert simulation.end == datetime.fromisoformat("2026-11-26T00:00:00-05:00")
    assert not simulation.finished
    assert simulation.scenario is scenario
    assert simulation.seed == scenario.seed
    assert repr(simulation) == "<Simulation of baseline, seed 1, at 2026-11-23T00:00:00>"


def test_run_until_takes_times_in_many_forms(simulation):
    assert simulation.run_until("2026-11-23T10:00") is simulation
    assert simulation.now.isoformat() == "2026-11-23T10:00:00-05:00"
    simulation.run_until(timedelta(hours=11))
    assert simulation.now.hour == 11
    simulation.run_until(datetime(2026, 11, 23, 12))
    assert simulation.now.hour == 12
    simulation.run_until("2026-11-23T18:00Z")
    assert simulation.now.hour == 13


def test_the_past_is_refused(simulation):
    simulation.run_until("2026-11-23T10:00")
    simulation.run_until("2026-11-23T10:00")
    with pytest.raises(ts.TimeError, match="has passed: the simulation is at 2026-11-23T10:00:00"):
        simulation.run_until("2026-11-23T09:59")


def test_step_goes_on_for_a_length(simulation):
    simulation.step(days=1, hours=2, minutes=3, seconds=4)
    assert simulation.now.isoformat() == "2026-11-24T02:03:04-05:00"
    with pytest.raises(ts.TimeError, match="above 0"):
        simulation.step()
    with pytest.raises(ts.TimeError, match="above 0"):
        simulation.step(hours=-1)


def test_stopping_changes_nothing(simulation, whole):
    for _ in range(20):
        simulation.step(hours=5)
        simulation.result()
    assert simulation.run().digest == whole.digest
    assert simulation.finished
    assert repr(simulation).endswith("finished>")


def test_going_on_after_the_end_changes_nothing(simulation, whole):
    simulation.run()
    assert simulation.run().digest == whole.digest
    assert simulation.step(days=1).result().digest == whole.digest


def test_truth_and_book_are_read_only_matrices(simulation):
    simulation.run_until("2026-11-24T12:00")
    truth, book = simulation.truth("on_hand"), simulation.book("on_hand")
    assert truth.shape == book.shape == (len(simulation.places), len(simulation.items)) == (4, 60)
    assert simulation.places[-1] == "DC1"
    assert truth.dtype == np.int32
    assert not truth.flags.writeable
    assert ((truth == -1) == (book == -1)).all()
    assert (truth >= -1).all()
    with pytest.raises(ValueError, match="on_hand"):
        simulation.truth("price")
    with pytest.raises(ValueError, match="on_hand"):
        simulation.book("price")


def test_a_matrix_is_of_its_moment(simulation):
    simulation.run_until("2026-11-23T12:00")
    before = simulation.truth()
    copy = before.copy()
    simulation.run_until("2026-11-23T20:00")
    assert (before == copy).all()
    assert (simulation.truth() != before).any()


def test_book_follows_truth_when_all_is_posted(simulation):
    simulation.run()
    assert (simulation.truth() == simulation.book()).all()


def test_a_snapshot_goes_the_same_way(simulation, whole):
    simulation.run_until("2026-11-24T12:00")
    kept = simulation.snapshot()
    assert kept.now == simulation.now
    assert simulation.run().digest == whole.digest
    branch = ts.Simulation.restore(kept)
    assert branch.now == kept.now
    assert branch.seed == simulation.seed
    assert branch.run().digest == whole.digest
    assert ts.Simulation.restore(kept).run().digest == whole.digest


def test_result_tables_are_of_their_moment(simulation):
    simulation.run_until("2026-11-24T02:00")
    early = simulation.result()
    rows = len(early.table("truth.store_days"))
    net = early.table("truth.store_days")["net_minor"].tolist()
    simulation.run()
    assert len(early.table("truth.store_days")) == rows == 3
    assert early.table("truth.store_days")["net_minor"].tolist() == net
    assert len(simulation.result().table("truth.store_days")) == 9
    assert early.partial
    assert not simulation.result().partial


def test_another_seed_is_another_run(scenario):
    simulation = ts.Simulation(scenario, seed=5, promises=False)
    assert simulation.seed == 5
    assert simulation.run().seed == 5
