"""A suite of scenarios: which ones, run side by side, each judged by its own expectations."""

from __future__ import annotations

import os
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tillstorm import packaged
from tillstorm.coverage import Coverage
from tillstorm.errors import Problem, ScenarioError
from tillstorm.packaged import SUFFIX
from tillstorm.pool import pool_of
from tillstorm.running import run
from tillstorm.scenario import Scenario

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from os import PathLike

    from tillstorm.result import Result


def threads_to_use() -> int:
    """As many runs at a time as this process may use processors."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def sources_of(paths: Sequence[str | PathLike[str]]) -> list[str]:
    """The scenarios that some paths stand for, each once, in order.

    Args:
        paths: Files, folders with files that end in `.scenario.json`, packaged names (`peak/peak_week`) and packaged
            folders (`incidents`). None of them: everything packaged.

    Raises:
        ScenarioError: one of them is neither.
    """
    if not paths:
        return [scenario.name for scenario in packaged.packaged_scenarios()]
    found: dict[str, None] = {}
    for each in paths:
        found.update(dict.fromkeys(_sources_of_one(str(each))))
    return list(found)


def _sources_of_one(path: str) -> list[str]:
    if Path(path).is_dir():
        below = sorted(str(file) for file in Path(path).rglob(f"*{SUFFIX}"))
        if below:
            return below
    names = [scenario.name for scenario in packaged.packaged_scenarios()]
    prefix = path.rstrip("/") + "/"
    inside = [name for name in names if name.startswith(prefix)]
    if inside and not Path(path).exists():
        return inside
    if Path(path).is_dir():
        raise ScenarioError([Problem(f"this folder has no file that ends in {SUFFIX}", file=path)])
    packaged.resolve(path)
    return [path]


def load(sources: Iterable[str]) -> list[tuple[str, Scenario]]:
    """Reads every scenario of a suite.

    Raises:
        ScenarioError: what is wrong with any of them.
    """
    loaded: list[tuple[str, Scenario]] = []
    problems: list[Problem] = []
    for source in sources:
        try:
            scenario = Scenario.load(source)
            scenario.validate()
            loaded.append((source, scenario))
        except ScenarioError as error:  # noqa: PERF203 - all problems of the suite are told together
            problems += error.problems
    if problems:
        raise ScenarioError(problems)
    return loaded


@dataclass(frozen=True)
class Checked:
    """A scenario of a suite that was run.

    Attributes:
        source: As it was named.
        result: What the run has shown.
        seconds: Real time that it took.
    """

    source: str
    result: Result
    seconds: float

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        whole = self.result.to_dict()
        kept = (
            "scenario",
            "seed",
            "ok",
            "digest",
            "kpis",
            "expectations",
            "violations",
            "violations_counted",
            "violations_by_promise",
            "not_judged",
            "coverage",
        )
        return {"source": self.source, **{key: whole[key] for key in kept}, "seconds": round(self.seconds, 3)}


def check(
    scenarios: Sequence[tuple[str, Scenario]],
    *,
    seed: int | None = None,
    stop_at_first: bool = False,
    threads: int | None = None,
    tell: Callable[[Checked], None] | None = None,
) -> list[Checked]:
    """Runs scenarios side by side and judges each.

    Args:
        scenarios: What `load` gives.
        seed: Seed for all of them; None takes each scenario's own.
        stop_at_first: Start no further run after one has failed.
        threads: How many at a time; None means one for each processor.
        tell: Called with each that is done, in the order of `scenarios`.

    Returns:
        Those that were run, in the order of `scenarios`.
    """
    stop = threading.Event()

    def one(source: str, scenario: Scenario) -> Checked | None:
        if stop.is_set():
            return None
        began = time.perf_counter()
        checked = Checked(source, run(scenario, seed), time.perf_counter() - began)
        if stop_at_first and not checked.result.ok:
            stop.set()
        return checked

    done: list[Checked] = []
    with pool_of(threads or threads_to_use()) as pool:
        waiting = [pool.submit(one, source, scenario) for source, scenario in scenarios]
        for future in waiting:
            checked = pool.result(future)
            if checked is None:
                continue
            done.append(checked)
            if tell is not None:
                tell(checked)
    return done


def union_of(checked: Iterable[Checked]) -> Coverage:
    """What happened in any of them."""
    union = Coverage({})
    for each in checked:
        union |= each.result.coverage
    return union
