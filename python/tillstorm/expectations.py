"""Judges a finished run: each promise and each expectation of its scenario passes or fails by name."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from tillstorm import replaying
from tillstorm._compiled import core
from tillstorm.moments import duration_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import timedelta

    from tillstorm.result import Result
    from tillstorm.scenario import Scenario

PROMISE: Final = "promise"
EXPECTATION: Final = "expectation"
FAULT: Final = "fault"
DRAINED: Final = "drained"
NO_SAMPLE: Final = "no sample"
NAMED: Final = 5


@dataclass(frozen=True)
class Verdict:
    """One named pass or fail of a run.

    Attributes:
        name: A promise (`exactly_once`), an expectation as its path below `expect` (`kpis.tickets`), or a fault of the
            scenario (`faults[0].store_link_down`), which passes if it had an effect; `drained` if nothing was left
            pending after them.
        kind: `promise`, `expectation` or `fault`.
        passed: Whether it holds.
        expected: What should have been, in words.
        seen: What was, in words.
        detail: Why, where more can be said: the witness of a broken promise. Several lines, or empty.
        replay: The command that shows it again; empty if it passed.
    """

    name: str
    kind: str
    passed: bool
    expected: str
    seen: str
    detail: str = ""
    replay: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return dict(self.__dict__)


def names_of(scenario: Scenario) -> list[str]:
    """The verdicts that a complete run of a scenario has, in order, without running it."""
    expect = _expect(scenario)
    names = _promises_of(expect)
    names += [f"broken.{name}" for name in expect.get("broken", [])]
    for section in ("kpis", "exceptions"):
        names += [f"{section}.{name}" for name in expect.get(section, {})]
    names += [f"rules_exercised.{name}" for name in expect.get("rules_exercised", [])]
    names += [key for key in ("converge_within", "digest") if key in expect]
    faults = [_name_of_fault(*each) for each in enumerate(_faults(scenario))]
    return names + faults + ([DRAINED] if faults else [])


def judge(result: Result, *, promises: bool) -> tuple[Verdict, ...]:
    """Every verdict of a run: promises first, then expectations in the order of the document.

    A partial run is judged by its promises only, since expectations are about the end. `digest` is judged only if the
    run had the scenario's own seed: with another one, another digest is right.

    Args:
        result: The run.
        promises: Whether they were checked.
    """
    expect = _expect(result.scenario)
    again = replaying.command(result.scenario, result.seed, result.mutant, verdicts_only=True)
    verdicts = list(_judge_promises(result, _promises_of(expect), again)) if promises else []
    if not result.partial:
        unseen = () if promises else ("converge_within", "broken")
        expect = {key: expect[key] for key in expect if key not in unseen}
        verdicts += [verdict for part in _JUDGES for verdict in part(result, expect, again)]
    return tuple(verdicts)


def _expect(scenario: Scenario) -> dict[str, Any]:
    expect: dict[str, Any] = _document(scenario.to_json()).get("expect", {})
    return expect


def _faults(scenario: Scenario) -> list[str]:
    return [fault["kind"] for fault in _document(scenario.to_json()).get("faults", [])]


def _name_of_fault(index: int, kind: str) -> str:
    return f"faults[{index}].{kind}"


@lru_cache(maxsize=64)
def _document(text: str) -> dict[str, Any]:
    """A document, not to be changed; kept, because a run may be judged many times on its way."""
    document: dict[str, Any] = json.loads(text)
    return document


def _promises_of(expect: Mapping[str, Any]) -> list[str]:
    wanted, broken = expect.get("invariants", "all"), expect.get("broken", [])
    names = [entry["name"] for entry in core.promises()]
    return [name for name in names if name not in broken and (wanted == "all" or name in wanted)]


def _judge_promises(result: Result, names: list[str], again: str) -> Iterator[Verdict]:
    for name in names:
        times = result.violations_by_promise.get(name, 0)
        if not times:
            yield Verdict(name, PROMISE, True, "kept", "kept")
            continue
        seen = f"broken {_times(times)}"
        first = next((violation for violation in result.violations if violation.promise == name), None)
        if first is None:
            reason = f"after the first {len(result.violations)} violations of the run, which are all that is kept"
            yield Verdict(name, PROMISE, False, "kept", seen, reason, again)
            continue
        story = "\n".join([first.message, *first.witness])
        yield Verdict(
            name, PROMISE, False, "kept", f"{seen}, first at {first.at:%Y-%m-%d %H:%M:%S}", story, first.replay
        )


def _times(number: int) -> str:
    return f"{number:,} time{'' if number == 1 else 's'}"


def _verdict(name: str, expected: str, seen: str, *, passed: bool, replay: str, detail: str = "") -> Verdict:
    return Verdict(name, EXPECTATION, passed, expected, seen, detail, "" if passed else replay)


def _judge_broken(result: Result, expect: Mapping[str, Any], replay: str) -> Iterator[Verdict]:
    for name in expect.get("broken", []):
        times = result.violations_by_promise.get(name, 0)
        seen = f"broken {_times(times)}" if times else "kept"
        yield _verdict(f"broken.{name}", "broken at least once", seen, passed=times > 0, replay=replay)


def _judge_kpis(result: Result, expect: Mapping[str, Any], replay: str) -> Iterator[Verdict]:
    for name, bound in expect.get("kpis", {}).items():
        full_name = f"kpis.{name}"
        if name not in result.kpis or not result.kpis[name].samples:
            reason = "the run never observed what this figure is made of, so that its bound says nothing"
            wanted = _wanted(bound, "")
            yield _verdict(full_name, wanted, NO_SAMPLE, passed=False, replay=replay, detail=reason)
            continue
        kpi = result.kpis[name]
        seen = f"{_number(kpi.value)} {kpi.unit}".strip()
        detail = f"{kpi.meaning} {kpi.samples:,} samples." if kpi.meaning else ""
        passed = _is_within(kpi.value, bound)
        yield _verdict(full_name, _wanted(bound, kpi.unit), seen, passed=passed, replay=replay, detail=detail)


def _is_within(value: float, bound: Mapping[str, float]) -> bool:
    if value < bound.get("min", value) or value > bound.get("max", value):
        return False
    if "equal" not in bound:
        return True
    equal = bound["equal"]
    slack = bound.get("within", abs(equal) * bound.get("within_percent", 0.0) / 100)
    return bool(abs(value - equal) <= slack)


def _wanted(bound: Mapping[str, float], unit: str) -> str:
    parts = []
    if "min" in bound and "max" in bound:
        parts.append(f"{_number(bound['min'])} to {_number(bound['max'])}")
    elif "min" in bound:
        parts.append(f"at least {_number(bound['min'])}")
    elif "max" in bound:
        parts.append(f"at most {_number(bound['max'])}")
    if "equal" in bound:
        slack = f" within {_number(bound['within'])}" if "within" in bound else ""
        slack = f" within {_number(bound['within_percent'])} %" if "within_percent" in bound else slack
        parts.append(f"{_number(bound['equal'])}{slack}")
    return f"{' and '.join(parts)} {unit}".strip()


def _number(value: float) -> str:
    """A number that is read back as the same number, whole ones without a point."""
    return f"{int(value)}" if value == int(value) and abs(value) < 1e15 else repr(value)


def _judge_exceptions(result: Result, expect: Mapping[str, Any], replay: str) -> Iterator[Verdict]:
    for name, bound in expect.get("exceptions", {}).items():
        role = bound.get("role", "")
        count = sum(e.opened for e in result.exceptions if e.type == name and role in {"", e.role})
        whose = f" for {role}" if role else ""
        passed = _is_within(count, bound)
        yield _verdict(
            f"exceptions.{name}", _wanted(bound, "") + whose, f"{count}{whose}", passed=passed, replay=replay
        )


def _judge_rules(result: Result, expect: Mapping[str, Any], replay: str) -> Iterator[Verdict]:
    for name in expect.get("rules_exercised", []):
        times = result.coverage.taken(name)
        seen = _times(times) if times else "never"
        yield _verdict(f"rules_exercised.{name}", "at least once", seen, passed=times > 0, replay=replay)


def _judge_digest(result: Result, expect: Mapping[str, Any], replay: str) -> Iterator[Verdict]:
    if "digest" in expect and result.seed == result.scenario.seed:
        wanted = expect["digest"]
        yield _verdict("digest", wanted, result.digest, passed=result.digest == wanted, replay=replay)


def _judge_convergence(result: Result, expect: Mapping[str, Any], replay: str) -> Iterator[Verdict]:
    if "converge_within" not in expect:
        return
    wanted = duration_of(expect["converge_within"])
    expected = f"within {_length(wanted)}"
    about = "from the end of the last fault until nothing is pending and books and truth agree everywhere"
    name = "converge_within"
    after = result.converged_after
    if not result.faults:
        reason = "the scenario has no fault, so that there is nothing to converge from"
        yield _verdict(name, expected, NO_SAMPLE, passed=False, replay=replay, detail=reason)
    elif after is None:
        detail = "\n".join([f"not yet: {', '.join(result.not_converged)}", *result.stuck])
        yield _verdict(name, expected, "never", passed=False, replay=replay, detail=detail)
    else:
        yield _verdict(name, expected, _length(after), passed=after <= wanted, replay=replay, detail=about)


def _length(length: timedelta) -> str:
    seconds = length.total_seconds()
    if seconds < 60:
        return f"{seconds:.3g} s"
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return " ".join(f"{n:g} {unit}" for n, unit in ((hours, "h"), (minutes, "min"), (seconds, "s")) if n)


def _judge_faults(result: Result, _expect: Mapping[str, Any], replay: str) -> Iterator[Verdict]:
    for fault in result.faults:
        passed = not fault.inert
        reason = "" if passed else "nothing that it could have hit came by, so that the run says nothing about it"
        seen = str(fault) if passed else f"inert fault: {fault}"
        again = "" if passed else replay
        yield Verdict(_name_of_fault(fault.index, fault.kind), FAULT, passed, "an effect", seen, reason, again)
    if result.faults:
        pending = len(result.stuck)
        seen = f"stuck at {pending} place{'' if pending == 1 else 's'}" if pending else "nothing pending"
        again = replay if pending else ""
        yield Verdict(DRAINED, FAULT, not pending, "nothing pending", seen, "\n".join(result.stuck), again)


_JUDGES: Final = (
    _judge_broken,
    _judge_kpis,
    _judge_exceptions,
    _judge_rules,
    _judge_convergence,
    _judge_digest,
    _judge_faults,
)


def describe(verdict: Verdict, *, indent: str = "") -> str:
    """A verdict in a few lines: name, what was seen and expected, why, and how to see it again."""
    expected = "" if verdict.kind == PROMISE else f", expected {verdict.expected}"
    lines = [f"{verdict.name}: {verdict.seen}{expected}"]
    if verdict.detail:
        label = "witness" if verdict.kind == PROMISE else "about"
        first, *rest = verdict.detail.splitlines()
        lines += [f"  {label:<8}{first}", *(f"          {line}" for line in rest)]
    if verdict.replay:
        lines.append(f"  replay  {verdict.replay}")
    return "\n".join(indent + line for line in lines)


def not_judged(result: Result) -> list[str]:
    """What a run has seen and `expect.invariants` leaves out, a line for each broken promise: a warning, no failure."""
    return [f"not judged here: {name} broken {_times(times)}" for name, times in result.not_judged.items()]


def in_short(result: Result) -> str:
    """How the verdicts of a run came out, on one line; if some failed: their names, and the first one's replay."""
    failed = result.failures
    if not failed:
        broken = ", ".join(v.name.removeprefix("broken.") for v in result.verdicts if v.name.startswith("broken."))
        kept = f"all promises kept but {broken}, as expected" if broken else "all promises kept"
        return ", ".join(not_judged(result)) or kept
    names = ", ".join(verdict.name for verdict in failed[:NAMED])
    more = f" and {len(failed) - NAMED} more" if len(failed) > NAMED else ""
    number = len(result.verdicts)
    of_all = f"{len(failed)} of {number} verdict{'' if number == 1 else 's'} failed"
    return f"{of_all}: {names}{more}; replay: {failed[0].replay}"
