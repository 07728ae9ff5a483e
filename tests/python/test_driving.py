"""Slices, Ctrl-C and threads: how the core is driven."""

from __future__ import annotations

import signal
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

import tillstorm as ts
from tillstorm import driving


class InterruptAt:
    """Sends Ctrl-C to this process after some slices, and counts what it has seen."""

    def __init__(self, slices: int) -> None:
        self.slices = slices
        self.seen: list[int] = []

    def update(self, simulation) -> None:
        self.seen.append(simulation.now_us)
        if len(self.seen) == self.slices:
            signal.raise_signal(signal.SIGINT)


@pytest.fixture
def small_slices(monkeypatch):
    monkeypatch.setattr(driving, "FIRST_SLICE_EVENTS", 1_000)
    monkeypatch.setattr(driving, "LONGEST_SLICE_EVENTS", 1_000)


@pytest.fixture(scope="module")
def scenario():
    return ts.Scenario.baseline(stores=3, skus=60, days=3)


def test_ctrl_c_stops_between_two_events_and_the_run_can_go_on(scenario, small_slices):
    simulation = ts.Simulation(scenario)
    watcher = InterruptAt(3)
    assert not driving.drive(simulation._core, None, watcher)
    assert len(watcher.seen) == 3
    assert simulation.result().partial
    assert simulation.run().digest == ts.run(scenario).digest


def test_the_usual_handler_is_back_afterwards(scenario, small_slices):
    before = signal.getsignal(signal.SIGINT)
    driving.drive(ts.Simulation(scenario)._core, None, InterruptAt(1))
    assert signal.getsignal(signal.SIGINT) is before
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_run_hands_over_what_was_complete(scenario, small_slices, monkeypatch):
    whole = ts.run(scenario)
    monkeypatch.setattr("tillstorm.running.drive", lambda core, until, _: driving.drive(core, until, InterruptAt(2)))
    with pytest.raises(ts.InterruptedRunError) as caught:
        ts.run(scenario)
    partial = caught.value.result
    assert partial.partial
    assert 0 < partial.counters["tickets"] < whole.counters["tickets"]


def test_a_handler_of_somebody_else_is_left_alone(scenario):
    mine = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        handler = signal.getsignal(signal.SIGINT)
        with driving.interrupt_noted():
            assert signal.getsignal(signal.SIGINT) is handler
    finally:
        signal.signal(signal.SIGINT, mine)


def test_a_second_ctrl_c_interrupts_at_once():
    with driving.interrupt_noted() as noted:
        signal.raise_signal(signal.SIGINT)
        assert noted.is_set()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_the_length_of_slices_changes_nothing(scenario, monkeypatch):
    whole = ts.run(scenario)
    monkeypatch.setattr(driving, "FIRST_SLICE_EVENTS", 7)
    monkeypatch.setattr(driving, "LONGEST_SLICE_EVENTS", 991)
    assert ts.run(scenario).digest == whole.digest


def test_the_gil_is_released_while_the_core_runs(scenario):
    long = scenario.with_({"days": 200})
    done = threading.Event()
    ticks = 0

    def count() -> None:
        nonlocal ticks
        while not done.wait(0.001):
            ticks += 1

    thread = threading.Thread(target=count)
    core = ts.Simulation(long)._core
    thread.start()
    try:
        assert core.advance(None, 2**62) != "event_limit"
    finally:
        done.set()
        thread.join()
    assert ticks > 3


def test_one_simulation_is_for_one_thread_at_a_time(scenario):
    core = ts.Simulation(scenario.with_({"days": 200}))._core
    refused = threading.Event()

    def advance() -> str:
        while not core.finished and not refused.is_set():
            try:
                core.advance(None, 300_000)
            except RuntimeError as error:
                refused.set()
                return str(error)
        return ""

    with ThreadPoolExecutor(2) as pool:
        said = [future.result() for future in [pool.submit(advance), pool.submit(advance)]]
    assert any("in use by another thread" in text for text in said)
