"""Broken promises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tillstorm.moments import to_datetime

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True)
class Violation:
    """A promise that was broken, in the words of the person who must act.

    Attributes:
        promise: Which promise, snake case.
        at: When it was seen, on the chain's clock.
        place: Store or distribution centre; empty if it concerns the chain.
        entity: Ticket, item or account that it is about.
        expected: What should have been.
        actual: What was.
        message: One sentence with all of it.
        replay: Command that shows it again; `scenario.json` in it is what `Result.save` writes.
        explain: What `--explain` takes to tell its story, such as `ticket=0117-03-004211`; empty if nothing can be
            followed.
        witness: What led to it in causal order, a line for each step with its local time; empty beyond the first few
            violations of a run.
    """

    promise: str
    at: datetime
    place: str
    entity: str
    expected: int
    actual: int
    message: str
    replay: str
    explain: str = ""
    witness: tuple[str, ...] = ()

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any], zone: str, replay: str) -> Violation:
        """From what the core reports; `zone` is the chain's time zone."""
        return cls(
            promise=values["promise"],
            at=to_datetime(values["at_us"], zone),
            place=values["place"],
            entity=values["entity"],
            expected=values["expected"],
            actual=values["actual"],
            message=values["message"],
            replay=replay,
            explain=values["explain"],
            witness=tuple(values["witness"]),
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {**self.__dict__, "at": self.at.isoformat(), "witness": list(self.witness)}

    def __str__(self) -> str:
        return self.message
