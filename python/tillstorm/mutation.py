"""Runs a suite against wrong variants of the rules, to see whether it would notice."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from tillstorm import driving, suite
from tillstorm._compiled import core
from tillstorm.errors import UserError
from tillstorm.pool import pool_of
from tillstorm.result import Result
from tillstorm.rule_list import find, nearest
from tillstorm.running import core_simulation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from os import PathLike

    from tillstorm.scenario import Scenario

CANARY: Final = "canary"
SLICES: Final = 8
EVENTS_AT_LEAST: Final = 1_000_000
EVENTS_TIMES: Final = 20
CRASH: Final = "crash"
RUNAWAY: Final = "no end"


@dataclass(frozen=True)
class Kill:
    """How a scenario noticed a mutant.

    Attributes:
        by: The verdict that failed first: a promise or an expectation; `crash` if the core refused to go on, `no end`
            if the run did not come to one.
        scenario: Which scenario, as it was named.
        simulated_days: Simulated time from the start of that run until it was seen [days].
        detail: What was seen, in words.
        judged: Whether a verdict of the scenario failed. False only for the canary: a broken promise was seen, which
            the scenario's `expect.invariants` leaves out.
    """

    by: str
    scenario: str
    simulated_days: float
    detail: str
    judged: bool = True


@dataclass(frozen=True)
class MutantResult:
    """What a suite made of one mutant.

    Attributes:
        id: Its name.
        rules: The rules that it breaks; it belongs to the first.
        bugs: Bugs of real systems that it stands for.
        mistake: What it does wrong.
        reached_by: The scenarios that come near it: those that exercise one of its rules, cheapest first.
        kills: How it was noticed; the first one only, unless all were asked for. Empty if it survived.
        seconds: Real time of its runs until the first kill, or of all of them.
    """

    id: str
    rules: tuple[str, ...]
    bugs: tuple[str, ...]
    mistake: str
    reached_by: tuple[str, ...]
    kills: tuple[Kill, ...]
    seconds: float

    @property
    def killed(self) -> bool:
        """Whether any scenario noticed it."""
        return bool(self.kills)

    @property
    def is_canary(self) -> bool:
        """Whether it is the corrupted posting that shows that the harness works: no part of the score."""
        return self.id == CANARY

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        first = self.kills[0] if self.kills else None
        return {
            "id": self.id,
            "canary": self.is_canary,
            "rule": self.rules[0],
            "rules": list(self.rules),
            "bugs": list(self.bugs),
            "mistake": self.mistake,
            "killed": self.killed,
            "killed_by": first.by if first else None,
            "scenario": first.scenario if first else None,
            "simulated_days": first.simulated_days if first else None,
            "seconds": round(self.seconds, 3),
            "reached_by": list(self.reached_by),
            "kills": [dict(kill.__dict__) for kill in self.kills],
        }


@dataclass(frozen=True)
class MutantReport:
    """What a suite made of the mutants.

    Attributes:
        results: One for each mutant, the canary first.
        scenarios: The suite: names as they were given.
        baseline_seconds: Real time of the suite without a mutant.
    """

    results: tuple[MutantResult, ...]
    scenarios: tuple[str, ...]
    baseline_seconds: float = field(compare=False)

    @property
    def canary_killed(self) -> bool:
        """Whether the corrupted posting was seen; if not, the harness is broken and the rest says nothing."""
        return self.results[0].killed

    @property
    def canary_judged(self) -> bool:
        """Whether a verdict of the suite failed for it. If not, `expect.invariants` leaves out what it breaks."""
        return any(kill.judged for kill in self.results[0].kills)

    @property
    def scored(self) -> tuple[MutantResult, ...]:
        """The mutants that count: all that were run but the canary."""
        return tuple(each for each in self.results if not each.is_canary)

    @property
    def killed(self) -> list[MutantResult]:
        """Those that a scenario noticed."""
        return [each for each in self.scored if each.killed]

    @property
    def survivors(self) -> list[MutantResult]:
        """Those that a scenario came near and none noticed."""
        return [each for each in self.scored if not each.killed and each.reached_by]

    @property
    def unreached(self) -> list[MutantResult]:
        """Those whose rules no scenario exercises."""
        return [each for each in self.scored if not each.reached_by]

    @property
    def score(self) -> float:
        """Share of `scored` that was killed [%]. Of none: 100 if the canary was seen, 0 if not."""
        if not self.scored:
            return 100.0 if self.canary_killed else 0.0
        return 100.0 * len(self.killed) / len(self.scored)

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "score": round(self.score, 2),
            "canary_killed": self.canary_killed,
            "canary_judged": self.canary_judged,
            "scenarios": list(self.scenarios),
            "baseline_seconds": round(self.baseline_seconds, 3),
            "mutants": [each.to_dict() for each in self.results],
        }

    def __repr__(self) -> str:
        return f"<MutantReport: {len(self.killed)} of {len(self.scored)} killed>"


class FailingSuiteError(UserError):
    """A suite fails without any mutant, so that a failure with one would say nothing."""


@dataclass(frozen=True)
class _Case:
    """A scenario of the suite and what it did without a mutant."""

    source: str
    scenario: Scenario
    rules: frozenset[str]
    events: int
    seconds: float


def mutants(
    paths: Sequence[str | PathLike[str]] | str | PathLike[str] = (),
    *,
    rules: Iterable[str] = (),
    ids: Iterable[str] = (),
    full: bool = False,
    sample: int | None = None,
    changed: Iterable[str] = (),
    seed: int = 1,
    threads: int | None = None,
    tell: Callable[[MutantResult], None] | None = None,
) -> MutantReport:
    """Runs a suite against mutants: wrong variants of rules, one at a time, to see whether it notices.

    First the suite runs as it is. Then each mutant meets the scenarios that exercise one of its rules, cheapest first,
    until one fails. The canary, one corrupted posting, always comes first; if it is not noticed the rest is not run.

    Args:
        paths: Files, folders or packaged names; nothing means the packaged suite.
        rules: Only mutants that break one of these rules.
        ids: Only these mutants.
        full: Go on after the first kill: every scenario that reaches a mutant meets it.
        sample: Only so many of them, drawn by `seed`, beside those of `changed`.
        changed: Rules whose mutants are in any sample; without `sample`, only those.
        seed: Seed of the sample.
        threads: How many runs at a time; None means one for each processor.
        tell: Called with each mutant as it is done.

    Raises:
        ScenarioError: something is wrong with a scenario of the suite.
        FailingSuiteError: the suite fails without a mutant.
        UserError: there is no such rule or mutant, or none is left to run.
    """
    chosen = choose(rules=rules, ids=ids, sample=sample, changed=changed, seed=seed)
    several = [paths] if isinstance(paths, str) or hasattr(paths, "__fspath__") else list(paths)
    loaded = suite.load(suite.sources_of(several))
    began = time.perf_counter()
    cases = _baseline(loaded, threads)
    baseline_seconds = time.perf_counter() - began

    def meet(entry: core.MutantEntry) -> MutantResult:
        result = _meet(entry, cases, full=full)
        if tell is not None:
            tell(result)
        return result

    results = [meet(chosen[0])]
    if results[0].killed:
        with pool_of(threads or suite.threads_to_use()) as pool:
            results += pool.map(meet, chosen[1:])
    return MutantReport(tuple(results), tuple(source for source, _ in loaded), baseline_seconds)


def choose(
    *,
    rules: Iterable[str] = (),
    ids: Iterable[str] = (),
    sample: int | None = None,
    changed: Iterable[str] = (),
    seed: int = 1,
) -> list[core.MutantEntry]:
    """The mutants that are asked for (see `mutants`), the canary first and the others in the order of the list.

    Raises:
        UserError: there is no such rule or mutant, or none of them is asked for by all of the arguments.
    """
    known = {entry["id"]: entry for entry in core.mutants()}
    wanted_ids, wanted_rules, changed_rules = set(ids), {find(r).id for r in rules}, {find(r).id for r in changed}
    for name in sorted(wanted_ids - set(known)):
        raise UserError(f"there is no mutant `{name}`{nearest(name, known)} `tillstorm rules ID` lists those of a rule")
    pool = [
        entry
        for name, entry in known.items()
        if name != CANARY
        and (not wanted_ids or name in wanted_ids)
        and (not wanted_rules or wanted_rules & set(entry["rules"]))
    ]
    if changed_rules or sample is not None:
        first = [entry for entry in pool if changed_rules & set(entry["rules"])]
        rest = [entry for entry in pool if entry not in first]
        drawn = random.Random(seed).sample(rest, min(sample or 0, len(rest)))  # noqa: S311 - not for secrets
        pool = [entry for entry in pool if entry in first or entry in drawn]
    if not pool and CANARY not in wanted_ids:
        raise UserError(
            "no mutant is left to run: none is in all of what --rule, --mutant, --changed and --sample ask for."
            " `tillstorm rules ID` lists those of a rule"
        )
    return [known[CANARY], *pool]


def _baseline(loaded: Sequence[tuple[str, Scenario]], threads: int | None) -> list[_Case]:
    checked = suite.check(loaded, threads=threads)
    failing = [
        f"{each.source} ({', '.join(v.name for v in each.result.failures)})" for each in checked if not each.result.ok
    ]
    if failing:
        raise FailingSuiteError(
            f"the suite fails without any mutant: {'; '.join(failing)}. `tillstorm check` says why;"
            " mutants are for suites that pass"
        )
    scenarios = dict(loaded)
    cases = [
        _Case(
            source=each.source,
            scenario=scenarios[each.source],
            rules=frozenset(rule for rule in each.result.coverage.rules if each.result.coverage.taken(rule)),
            events=each.result.counters["events"],
            seconds=each.seconds,
        )
        for each in checked
    ]
    return sorted(cases, key=lambda case: (case.events, case.source))


def _meet(entry: core.MutantEntry, cases: Sequence[_Case], *, full: bool) -> MutantResult:
    near = [case for case in cases if case.rules & set(entry["rules"])]
    kills: list[Kill] = []
    seconds = 0.0
    for case in near:
        began = time.perf_counter()
        kill = _run(entry["id"], case)
        seconds += time.perf_counter() - began if not kills else 0.0
        if kill is not None:
            kills.append(kill)
            if kill.judged and not full:
                break
    if not full:
        kills = [kill for kill in kills if kill.judged] or kills[:1]
    return MutantResult(
        id=entry["id"],
        rules=tuple(entry["rules"]),
        bugs=tuple(entry["bugs"]),
        mistake=entry["mistake"],
        reached_by=tuple(case.source for case in near),
        kills=tuple(kills),
        seconds=seconds,
    )


def _run(mutant: str, case: _Case) -> Kill | None:
    """One scenario with one mutant, until the first thing that its verdicts would call wrong."""
    simulation, seed = core_simulation(case.scenario, None, promises=True, mutant=mutant, witness=False)
    days = 86_400e6
    try:
        step = max(1, (simulation.end_us - simulation.start_us) // SLICES)
        left = max(EVENTS_AT_LEAST, EVENTS_TIMES * case.events)
        until: int | None = simulation.start_us
        while not simulation.finished:
            until = until + step if until is not None and until + step <= simulation.end_us else None
            driving.go_on()
            before = simulation.counters()["events"]
            if simulation.advance(until, left) == "event_limit":
                at = (simulation.now_us - simulation.start_us) / days
                return Kill(RUNAWAY, case.source, at, f"more than {EVENTS_TIMES} times the events of the rule as it is")
            left -= simulation.counters()["events"] - before
            if until is None:
                break
            broken = Result(case.scenario, seed, simulation, mutant=mutant).failures
            if broken:
                break
        result = Result(case.scenario, seed, simulation, mutant=mutant)
    except RuntimeError as error:
        return Kill(CRASH, case.source, (simulation.now_us - simulation.start_us) / days, str(error))
    if result.ok and (mutant != CANARY or not result.violations):
        return None
    first = result.failures[0] if result.failures else None
    name = first.name if first else result.violations[0].promise
    seen_us, detail = simulation.now_us, (first.detail or first.seen) if first else ""
    for violation in result.violations:
        if violation.promise == name:
            seen_us, detail = int(violation.at.timestamp() * 1e6), detail or violation.message
            break
    return Kill(name, case.source, (seen_us - simulation.start_us) / days, detail, judged=first is not None)
