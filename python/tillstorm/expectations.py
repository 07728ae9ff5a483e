"""Judges a finished run: each promise and each expectation of its scenario passes or fails by name."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Protocol

from tillstorm._compiled import core

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tillstorm.result import Result
    from tillstorm.scenario import Scenario

PROMISE: Final = "promise"
EXPECTATION: Final = "expectation"
NO_SAMPLE: Final = "no sample"


@dataclass(frozen=True)
class Verdict:
    """One named pass or fail of a run.

    Attributes:
        name: A promise (`exactly_once`), or an expectation as its path below `expect` (`kpis.tickets`).
        kind: `promise` or `expectation`.
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


class RaisedException(Protocol):
    """Work for a person that a run has raised."""

    @property
    def type(self) -> str:
        """Its type: `late_sale`."""

    @property
    def role(self) -> str:
        """Who has to deal with it."""


def names_of(scenario: Scenario) -> list[str]:
    """The verdicts that a complete run of a scenario has, in order, without running it."""
    expect = _expect(scenario)
    names = _promises_of(expect)
    for section in ("kpis", "exceptions"):
        names += [f"{section}.{name}" for name in expect.get(section, {})]
    names += [f"rules_exercised.{name}" for name in expect.get("rules_exercised", [])]
    names += ["digest"] if "digest" in expect else []
    return names


def judge(result: Result, *, promises: bool) -> tuple[Verdict, ...]:
    """Every verdict of a run: promises first, then expectations in the order of the document.

    A partial run is judged by its promises only, since expectations are about the end. `digest` is judged only if the
    run had the scenario's own seed: with another one, another digest is right.

    Args:
        result: The run.
        promises: Whether they were checked.
    """
    expect = _expect(result.scenario)
    verdicts = list(_judge_promises(result, _promises_of(expect))) if promises else []
    if not result.partial:
        again = f"tillstorm check {result.scenario.argument} --seed {result.seed}"
        verdicts += [verdict for part in _JUDGES for verdict in part(result, expect, again)]
    return tuple(verdicts)


def _expect(scenario: Scenario) -> dict[str, Any]:
    return _expect_of(scenario.to_json())


@lru_cache(maxsize=64)
def _expect_of(document: str) -> dict[str, Any]:
    """The `expect` of a document, not to be changed; kept, because a run may be judged many times on its way."""
    expect: dict[str, Any] = json.loads(document).get("expect", {})
    return expect


def _promises_of(expect: Mapping[str, Any]) -> list[str]:
    wanted = expect.get("invariants", "all")
    names = (promise["name"] for promise in core.promises())
    return [name for name in names if wanted == "all" or name in wanted]


def _judge_promises(result: Result, names: list[str]) -> Iterator[Verdict]:
    counted = result.violations_by_promise
    for name in names:
        if name not in counted:
            yield Verdict(name, PROMISE, True, "kept", "kept")
            continue
        first = next(violation for violation in result.violations if violation.promise == name)
        times = f"{counted[name]} time{'' if counted[name] == 1 else 's'}"
        seen = f"broken {times}, first at {first.at:%Y-%m-%d %H:%M:%S}"
        detail = "\n".join([first.message, *first.witness])
        yield Verdict(name, PROMISE, False, "kept", seen, detail, first.replay)


def _verdict(name: str, expected: str, seen: str, *, passed: bool, replay: str, detail: str = "") -> Verdict:
    return Verdict(name, EXPECTATION, passed, expected, seen, detail, "" if passed else replay)


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
        count = sum(e.type == name and role in {"", e.role} for e in result.exceptions)
        whose = f" for {role}" if role else ""
        passed = _is_within(count, bound)
        yield _verdict(
            f"exceptions.{name}", _wanted(bound, "") + whose, f"{count}{whose}", passed=passed, replay=replay
        )


def _judge_rules(result: Result, expect: Mapping[str, Any], replay: str) -> Iterator[Verdict]:
    for name in expect.get("rules_exercised", []):
        times = result.coverage.taken(name)
        seen = f"{times:,} time{'' if times == 1 else 's'}"
        what = "this outcome happens" if "." in name else "any of its outcomes happens"
        yield _verdict(f"rules_exercised.{name}", what, seen if times else "never", passed=times > 0, replay=replay)


def _judge_digest(result: Result, expect: Mapping[str, Any], replay: str) -> Iterator[Verdict]:
    if "digest" in expect and result.seed == result.scenario.seed:
        wanted = expect["digest"]
        yield _verdict("digest", wanted, result.digest, passed=result.digest == wanted, replay=replay)


_JUDGES: Final = (_judge_kpis, _judge_exceptions, _judge_rules, _judge_digest)


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
