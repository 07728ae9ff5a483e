"""Which outcomes of which integration rules happened."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


class Coverage:
    """How often each outcome of each integration rule happened, in a run or in a whole suite.

    `a | b` is what happened in either.
    """

    __slots__ = ("_rules",)

    def __init__(self, rules: Mapping[str, Mapping[str, int]]) -> None:
        """From counts by rule and outcome, as `to_dict` gives them."""
        self._rules = {rule: dict(outcomes) for rule, outcomes in rules.items()}

    @property
    def rules(self) -> Mapping[str, Mapping[str, int]]:
        """Counts by the id of the rule and the name of the outcome, all rules in the order of the list."""
        return {rule: dict(outcomes) for rule, outcomes in self._rules.items()}

    def taken(self, name: str) -> int:
        """How often a rule (`MSG-03`) came to any outcome, or one outcome (`MSG-03.first_post`) happened.

        Raises:
            KeyError: there is no such rule or outcome; the text has the nearest name.
        """
        rule, dot, outcome = name.partition(".")
        outcomes = self._rules.get(rule, {})
        if not outcomes or (dot and outcome not in outcomes):
            known = [*self._rules, *(f"{r}.{o}" for r, named in self._rules.items() for o in named)]
            near = difflib.get_close_matches(name, known, n=1)
            raise KeyError(f"there is no rule or outcome `{name}`{f'; did you mean {near[0]}?' if near else ''}")
        return outcomes[outcome] if dot else sum(outcomes.values())

    def never(self) -> list[str]:
        """The outcomes that never happened: `MSG-03.duplicate_answered`."""
        return [f"{rule}.{o}" for rule, outcomes in self._rules.items() for o, count in outcomes.items() if not count]

    @property
    def outcomes(self) -> int:
        """How many outcomes there are."""
        return sum(len(outcomes) for outcomes in self._rules.values())

    @property
    def percent(self) -> float:
        """Share of the outcomes that happened [%]."""
        return 100.0 * (self.outcomes - len(self.never())) / self.outcomes if self.outcomes else 0.0

    def __or__(self, other: Coverage) -> Coverage:
        if not isinstance(other, Coverage):
            return NotImplemented
        merged = self.rules
        union = {rule: dict(outcomes) for rule, outcomes in merged.items()}
        for rule, outcomes in other._rules.items():
            mine = union.setdefault(rule, {})
            for outcome, count in outcomes.items():
                mine[outcome] = mine.get(outcome, 0) + count
        return Coverage(union)

    def __eq__(self, other: object) -> bool:
        return self._rules == other._rules if isinstance(other, Coverage) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def to_dict(self) -> dict[str, dict[str, int]]:
        """Counts by rule and outcome as plain values."""
        return {rule: dict(outcomes) for rule, outcomes in self._rules.items()}

    def to_report(self) -> dict[str, Any]:
        """The counts with share and what never happened, for JSON of a suite."""
        return {"percent": round(self.percent, 2), "never": self.never(), "rules": self.to_dict()}

    def __repr__(self) -> str:
        return f"<Coverage: {self.outcomes - len(self.never())} of {self.outcomes} outcomes>"
