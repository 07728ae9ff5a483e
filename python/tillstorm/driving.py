"""Lets the core run in slices, so that progress can be shown and Ctrl-C takes effect between two events."""

from __future__ import annotations

import signal
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from tillstorm import diagnostics

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

    from tillstorm._compiled import core

FIRST_SLICE_EVENTS = 200_000
LONGEST_SLICE_EVENTS = 50_000_000
SLICE_SECONDS = 0.1

_this_thread = threading.local()


class Watcher(Protocol):
    """Somebody who is told how far a run has come, between slices."""

    def update(self, simulation: core.Simulation) -> None:
        """Called after each slice; may look, and changes nothing."""


class GivenUpError(Exception):
    """The work for which this thread was making a run has been stopped."""


def give_up_when(stop: threading.Event) -> None:
    """From now on, a run of this thread is given up between two slices once the event is set."""
    _this_thread.stop = stop


def go_on() -> None:
    """Raises GivenUpError if this thread is to give up its run."""
    stop: threading.Event | None = getattr(_this_thread, "stop", None)
    if stop is not None and stop.is_set():
        raise GivenUpError


@contextmanager
def interrupt_noted(again: Callable[[], None] | None = None) -> Iterator[threading.Event]:
    """Within it, the first Ctrl-C only sets the event; a second one calls `again`, or else interrupts as usual.

    Only where a Ctrl-C would raise KeyboardInterrupt: in the main thread, with Python's own handler in place.
    """
    noted = threading.Event()
    usual = signal.default_int_handler
    if threading.current_thread() is not threading.main_thread() or signal.getsignal(signal.SIGINT) is not usual:
        yield noted
        return

    def note(_signal: int, _frame: FrameType | None) -> None:
        if again is None:
            signal.signal(signal.SIGINT, usual)
        elif noted.is_set():
            again()
        noted.set()

    signal.signal(signal.SIGINT, note)
    try:
        yield noted
    finally:
        signal.signal(signal.SIGINT, usual)


def drive(simulation: core.Simulation, until_us: int | None, watcher: Watcher | None = None) -> bool:
    """Runs to `until_us`, or to the end of the drain. Returns False if Ctrl-C stopped it before.

    How long a slice is depends on the machine's speed; where the slices end changes nothing in the run.

    Raises:
        GivenUpError: this thread is to give up its run.
    """
    limit = FIRST_SLICE_EVENTS
    with interrupt_noted() as interrupted, diagnostics.listening():
        while True:
            began = time.perf_counter()
            reason = simulation.advance(until_us, limit)
            diagnostics.forward()
            if watcher is not None:
                watcher.update(simulation)
            if reason != "event_limit":
                return True
            if interrupted.is_set():
                return False
            go_on()
            elapsed = time.perf_counter() - began
            limit = min(LONGEST_SLICE_EVENTS, max(1_000, int(limit * min(4.0, SLICE_SECONDS / max(elapsed, 1e-6)))))
