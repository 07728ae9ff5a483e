"""Runs replications on threads. What comes of a run depends on its scenario and seed alone, not on its thread."""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from tillstorm.driving import drive
from tillstorm.pool import pool_of
from tillstorm.result import Result
from tillstorm.running import core_simulation
from tillstorm.study.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tillstorm.scenario import Scenario


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


def usable_threads() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def replicate(tasks: Sequence[Task], threads: int, take: Callable[[Outcome], None]) -> bool:
    """Makes the runs, beginning in their order; `take` gets each outcome in this thread, as it comes.

    Returns:
        False if Ctrl-C stopped it before the end.
    """
    to_begin = iter(tasks)
    left = len(tasks)
    with pool_of(threads) as pool:
        waiting = {pool.submit(_run, task) for task in islice(to_begin, 2 * threads)}
        while waiting and not pool.interrupted:
            finished, waiting = pool.some_of(waiting)
            for future in finished:
                take(future.result())
                left -= 1
            waiting |= {pool.submit(_run, task) for task in islice(to_begin, len(finished))}
    return left == 0


def _run(task: Task) -> Outcome:
    simulation, seed = core_simulation(task.scenario, task.seed, promises=True)
    drive(simulation, None)
    return Outcome.of(Result(task.scenario, seed, simulation), task.variant, task.number)
