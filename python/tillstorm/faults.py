"""Faults: what each one of a scenario did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tillstorm.moments import to_datetime

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True)
class FaultOutcome:
    """A fault of the scenario and what it did in the run.

    Attributes:
        index: Its place in the scenario's `faults`, from 0.
        kind: Kind of fault, as in the scenario.
        start: When it first began, on the chain's clock.
        end: When it was over for good.
        stores: Places that it could hit, distribution centres included.
        effects: What happened and how often; docs/guide/faults.md says what each effect counts.
    """

    index: int
    kind: str
    start: datetime
    end: datetime
    stores: int
    effects: Mapping[str, int]

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any], zone: str) -> FaultOutcome:
        """From what the core reports; `zone` is the chain's time zone."""
        return cls(
            index=values["index"],
            kind=values["kind"],
            start=to_datetime(values["from_us"], zone),
            end=to_datetime(values["until_us"], zone),
            stores=values["stores"],
            effects=dict(values["effects"]),
        )

    @property
    def inert(self) -> bool:
        """Whether it has done nothing at all: a run with such a fault shows nothing about it."""
        return not self.effects

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "index": self.index,
            "kind": self.kind,
            "from": self.start.isoformat(),
            "until": self.end.isoformat(),
            "stores": self.stores,
            "effects": dict(self.effects),
            "inert": self.inert,
        }

    def __str__(self) -> str:
        done = ", ".join(f"{count:,} {_in_words(name, count)}" for name, count in self.effects.items())
        return f"{self.kind} {self.start:%d %b %H:%M} to {self.end:%d %b %H:%M}: {done or 'no effect'}"


def _in_words(effect: str, count: int) -> str:
    """`messages lost`, or `message lost` for one of them."""
    first, _, rest = effect.partition("_")
    if count == 1 and rest:
        first = first.removesuffix("s")
    return f"{first} {rest.replace('_', ' ')}".rstrip()
