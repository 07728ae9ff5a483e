"""What a study keeps of one run."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from tillstorm.kpis import NO_SAMPLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tillstorm.result import Result


@dataclass(frozen=True)
class Outcome:
    """One run of one variant.

    Attributes:
        variant: Name of the variant.
        number: Of the replication, from 1.
        seed: Seed of the run.
        digest: Hash of the run's facts.
        kpis: Filled figures.
        units: Their units.
        no_sample: Figures that this run had no observation for.
        violations: How often promises were broken.
        message: What the first broken promise says; empty if all were kept.
        replay: The command that shows it again.
        inert: The faults that did nothing, as `faults[0] erp_down`.
    """

    variant: str
    number: int
    seed: int
    digest: str
    kpis: Mapping[str, float]
    units: Mapping[str, str]
    no_sample: tuple[str, ...]
    violations: int
    message: str
    replay: str
    inert: tuple[str, ...]

    @classmethod
    def of(cls, result: Result, variant: str, number: int) -> Outcome:
        """What a study keeps of a result."""
        first = result.violations[0] if result.violations else None
        return cls(
            variant=variant,
            number=number,
            seed=result.seed,
            digest=result.digest,
            kpis=result.kpis.to_dict(),
            units={name: kpi.unit for name, kpi in result.kpis.items()},
            no_sample=tuple(name for name, why in result.kpis.not_filled.items() if why == NO_SAMPLE),
            violations=result.violations_counted,
            message=first.message if first else "",
            replay=first.replay if first else "",
            inert=tuple(f"faults[{fault.index}] {fault.kind}" for fault in result.faults if fault.inert),
        )

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Outcome:
        """From what `to_dict` gave.

        Raises:
            KeyError: something is missing.
        """
        chosen = {name: values[name] for name in cls.__dataclass_fields__}
        return cls(**{**chosen, "no_sample": tuple(chosen["no_sample"]), "inert": tuple(chosen["inert"])})

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)
