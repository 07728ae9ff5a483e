"""From independent replications to an estimate with its standard error, and the rule that accepts it."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tillstorm.oracles.rows import Quantity, Row


@dataclass(frozen=True)
class Rule:
    """When an estimate is accepted: |estimate - exact| <= `errors` SE, and SE <= `precision` x |exact|.

    The second half keeps a test from passing by being noisy. Where the exact value is that of a limit, a quantity says
    how far from it the model may be, and that is added to the first half.

    Attributes:
        replications: Independent runs, each with a seed of its own and its warm-up deleted.
        errors: How many standard errors the estimate may be off.
        precision: Greatest standard error relative to the exact value.
    """

    replications: int
    errors: float
    precision: float

    def __str__(self) -> str:
        return (
            f"|estimate - exact| <= {self.errors:g} SE and SE <= {100 * self.precision:g} % of exact,"
            f" SE from {self.replications} independent replications"
        )


FULL: Final = Rule(replications=200, errors=4.0, precision=0.005)
QUICK: Final = Rule(replications=32, errors=4.0, precision=0.06)


@dataclass(frozen=True)
class Estimate:
    """What the model gives for an exact figure.

    Attributes:
        id: Row and quantity, such as `MMC-2/Wq`.
        row: Id of the oracle.
        quantity: Symbol of the figure.
        unit: Unit of exact, estimate and standard error.
        exact: The true value.
        estimate: Mean over the replications.
        standard_error: Of the estimate, from the spread of the replications.
        z: (estimate - exact) / standard_error.
        accepted: Whether the rule accepts it.
    """

    id: str
    row: str
    quantity: str
    unit: str
    exact: float
    estimate: float
    standard_error: float
    z: float
    accepted: bool

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)


def judge(row: Row, quantity: Quantity, values: Sequence[float], rule: Rule) -> Estimate:
    """The estimate from the values of the replications, accepted or not."""
    sample = np.asarray(values, dtype=float)
    estimate = float(sample.mean())
    standard_error = float(sample.std(ddof=1) / math.sqrt(len(sample)))
    off = estimate - quantity.exact
    close = abs(off) <= rule.errors * standard_error + quantity.limit * abs(quantity.exact)
    precise = standard_error <= rule.precision * abs(quantity.exact)
    return Estimate(
        id=f"{row.id}/{quantity.name}",
        row=row.id,
        quantity=quantity.name,
        unit=quantity.unit,
        exact=quantity.exact,
        estimate=estimate,
        standard_error=standard_error,
        z=off / standard_error if standard_error > 0 else math.copysign(math.inf, off) if off else 0.0,
        accepted=close and precise,
    )
