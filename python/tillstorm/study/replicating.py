"""Runs replications on threads. What comes of a run depends on its scenario and seed alone, not on its thread."""

from __future__ import annotations

import os
import threading
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from tillstorm.driving import drive, interrupt_noted
from tillstorm.result import Result
from tillstorm.running import core_simulation
from tillstorm.study.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tillstorm._compiled import core
    from tillstorm.scenario import Scenario

LOOK_SECONDS: Final = 0.2


@dataclass(frozen=True)
class Task:
    """A run to be made.

    Attributes:
        variant: Name of the variant.
        scenario: What it simulates.
        number: Of the replication, from 1.
        seed: Seed of the run.
    """

    variant: str
    scenario: Scenario
    number: int
    seed: int


class _StoppedError(Exception):
    """Another run failed or was interrupted: this one is given up."""


@dataclass(frozen=True)
class _Stopper:
    stop: threading.Event

    def update(self, _simulation: core.Simulation) -> None:
        """Gives the run up between two slices."""
        if self.stop.is_set():
            raise _StoppedError


def usable_threads() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def replicate(tasks: Sequence[Task], threads: int, take: Callable[[Outcome], None]) -> bool:
    """Makes the runs, beginning in their order; `take` gets each outcome in this thread, as it comes.

    Returns:
        False if Ctrl-C stopped it before the end.
    """
    stop = threading.Event()
    to_begin = iter(tasks)
    left = len(tasks)
    with interrupt_noted() as interrupted, ThreadPoolExecutor(max_workers=threads) as pool:
        waiting = {pool.submit(_run, task, stop) for task in islice(to_begin, 2 * threads)}
        try:
            while waiting and not interrupted.is_set():
                finished, waiting = wait(waiting, LOOK_SECONDS, FIRST_COMPLETED)
                for future in finished:
                    take(future.result())
                    left -= 1
                waiting |= {pool.submit(_run, task, stop) for task in islice(to_begin, len(finished))}
        finally:
            stop.set()
            for future in waiting:
                future.cancel()
    return left == 0


def _run(task: Task, stop: threading.Event) -> Outcome:
    simulation, seed = core_simulation(task.scenario, task.seed, promises=True)
    drive(simulation, None, _Stopper(stop))
    return Outcome.of(Result(task.scenario, seed, simulation), task.variant, task.number)
