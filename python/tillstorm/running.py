"""Running a scenario from its start."""

from __future__ import annotations

import difflib
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from tillstorm import diagnostics
from tillstorm._compiled import core
from tillstorm.arguments import check_scenario, seed_of
from tillstorm.driving import Watcher, drive
from tillstorm.errors import InterruptedRunError, Problem, ScenarioError, TimeError
from tillstorm.moments import to_us
from tillstorm.result import Result

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from tillstorm.moments import MomentLike
    from tillstorm.scenario import Scenario


def core_simulation(
    scenario: Scenario,
    seed: int | None,
    *,
    promises: bool,
    mutant: str | None = None,
    explain: Iterable[str] = (),
    witness: bool = True,
) -> tuple[core.Simulation, int]:
    """A simulation of the core, before its first event, and its seed.

    Raises:
        ScenarioError: the scenario cannot be simulated, or there is no such mutant, or nothing of that
            name to explain.
        TypeError: `scenario` is no Scenario, or `seed` no whole number.
        ValueError: the seed is outside 0 to 2^64 - 1.
    """
    check_scenario(scenario)
    chosen = scenario.seed if seed is None else seed_of(seed)
    trace = None if scenario.trace is None else _trace_columns(scenario.trace)
    if mutant is not None:
        check_mutant(mutant)
    with diagnostics.listening():  # to what is said while the chain is assembled
        return core.Simulation(scenario.handle, chosen, promises, trace, mutant, list(explain), witness), chosen


def check_mutant(name: str) -> None:
    """Raises ScenarioError with the nearest name if there is no mutant of this one."""
    names = [entry["id"] for entry in core.mutants()]
    if name not in names:
        nearest = difflib.get_close_matches(name, names, n=1)
        problem = Problem(
            message="there is no such mutant",
            file="--mutant",
            found=name,
            allowed=f"one of {', '.join(names)}",
            nearest=nearest[0] if nearest else "",
        )
        raise ScenarioError([problem])


def _trace_columns(path: Path) -> dict[str, Any]:
    from tillstorm.importing import load_trace  # noqa: PLC0415 - only trace scenarios need it

    columns = dict(vars(load_trace(path)))
    for ids in ("store_ids", "item_ids"):
        columns[ids] = columns[ids].tolist()
    return columns


def run(
    scenario: Scenario,
    seed: int | None = None,
    *,
    progress: bool = False,
    promises: bool = True,
    until: MomentLike | None = None,
    mutant: str | None = None,
    explain: Iterable[str] = (),
) -> Result:
    """Simulates a scenario from its start to its end, until nothing is pending any more.

    The same scenario and seed give the same result, bit by bit, whatever the other arguments are.

    Args:
        scenario: What to simulate.
        seed: Seed of all random streams; None takes the scenario's own.
        progress: Show a bar with simulated date, tickets per second and time left on standard error.
        promises: Check the promises; False only to measure what they cost.
        until: Stop before this simulated moment: ISO text or a datetime on the chain's clock, a date, or a timedelta
            since the start. The result is then partial.
        mutant: A rule to break on purpose, by the name of its mutant.
        explain: Whose stories `Result.traces` tells: `ticket=STORE-TILL-NUMBER`, `message=TYPE:NUMBER@PLACE`,
            `item=ID@PLACE` or `exception=ID`.

    Raises:
        ScenarioError: the scenario cannot be simulated, or there is no such mutant, or nothing of that
            name to explain.
        TimeError: `until` is no time, or not after the start.
        TypeError: `scenario` is no Scenario, or `seed` no whole number.
        ValueError: the seed is outside 0 to 2^64 - 1.
        InterruptedRunError: Ctrl-C; what was complete by then is in its `result`. It is a KeyboardInterrupt.
    """
    simulation, chosen = core_simulation(scenario, seed, promises=promises, mutant=mutant, explain=explain)
    until_us = None
    if until is not None:
        until_us = to_us(until, zone=scenario.time_zone, start_us=simulation.start_us)
        if until_us <= simulation.start_us:
            raise TimeError(f"until={until} is not after the start of the run, {scenario.start}")
    watching: AbstractContextManager[Watcher | None] = nullcontext()
    if progress:
        from tillstorm.progress import progress_bar  # noqa: PLC0415 - a quiet run needs no terminal library

        watching = progress_bar(scenario, until_us)
    with watching as watcher:
        complete = drive(simulation, until_us, watcher)
    result = Result(scenario, chosen, simulation, promises=promises, mutant=mutant)
    if not complete:
        raise InterruptedRunError(result)
    return result
