"""What the faults of a scenario did in a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tillstorm.moments import to_datetime

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from tillstorm._compiled import core


@dataclass(frozen=True)
class FaultReport:
    """A fault of the scenario and what it did.

    Attributes:
        kind: What broke, as in the scenario.
        begins: When it begins, the first time if it comes again; on the chain's clock.
        ends: When it is over for good.
        places: How many places it hits.
        effects: What it did and how often: `held`, `duplicated`, `refused`...; nothing, if it is inert.
    """

    kind: str
    begins: datetime
    ends: datetime
    places: int
    effects: Mapping[str, int]

    @property
    def inert(self) -> bool:
        """Whether it did nothing: a run with such a fault shows nothing about it."""
        return not self.effects

    @classmethod
    def from_core(cls, entry: core.FaultEntry, zone: str) -> FaultReport:
        """From what the core reports; `zone` is the chain's time zone."""
        return cls(
            kind=entry["kind"],
            begins=to_datetime(entry["from_us"], zone),
            ends=to_datetime(entry["until_us"], zone),
            places=entry["places"],
            effects=dict(entry["effects"]),
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        moments = {"begins": self.begins.isoformat(), "ends": self.ends.isoformat()}
        return {**self.__dict__, **moments, "effects": dict(self.effects)}
