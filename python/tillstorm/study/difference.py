"""Means, paired differences and their intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tillstorm.study.student import two_sided

if TYPE_CHECKING:
    from collections.abc import Sequence

NO_SAMPLE = "no sample"
TOO_FEW = "too few samples"
SAME = "same"
NOT_SEEN = "no difference seen"
HIGHER = "higher"
LOWER = "lower"


@dataclass(frozen=True)
class Mean:
    """The mean of a figure over the replications of one variant. Not a number where there is none.

    Attributes:
        variant: Name of the variant.
        kpi: Name of the figure.
        unit: Its unit; empty for a pure number.
        mean: Over the replications that have a sample.
        half_width: Half the length of its interval.
        low: Where the interval begins.
        high: Where it ends.
        replications: How many had a sample.
    """

    variant: str
    kpi: str
    unit: str
    mean: float
    half_width: float
    low: float
    high: float
    replications: int

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON; None where there is no number."""
        return finite(self.__dict__)


@dataclass(frozen=True)
class Difference:
    """How far a variant is from the baseline in one figure, replication by replication on the same customers.

    Not a number where there is none: no replication with a sample in both, or an interval from a single one.

    Attributes:
        variant: Name of the variant.
        baseline: Name of the variant that it is compared with.
        kpi: Name of the figure.
        unit: Its unit; empty for a pure number.
        baseline_mean: Mean of the baseline over the replications that both have a sample in.
        mean: Mean of the variant over the same replications.
        difference: `mean` less `baseline_mean`.
        half_width: Half the length of the difference's interval.
        low: Where the interval begins.
        high: Where it ends.
        replications: How many replications had a sample in both.
        paired_variance: Variance of the difference from replication to replication.
        independent_variance: What it would be if the two had different customers: the sum of both variances.
        verdict: In words: `higher`, `lower`, `no difference seen`, `same` (in every replication, exactly), `no sample`,
            `too few samples`.
    """

    variant: str
    baseline: str
    kpi: str
    unit: str
    baseline_mean: float
    mean: float
    difference: float
    half_width: float
    low: float
    high: float
    replications: int
    paired_variance: float
    independent_variance: float
    verdict: str

    @property
    def variance_reduction(self) -> float:
        """How many times as many replications different customers would need; infinite if the difference is constant.

        Not a number where neither varies.
        """
        if self.paired_variance > 0:
            return self.independent_variance / self.paired_variance
        return math.inf if self.independent_variance > 0 else math.nan

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON; None where there is no number."""
        return finite({**self.__dict__, "variance_reduction": self.variance_reduction})


def finite(values: dict[str, Any]) -> dict[str, Any]:
    """`values` with None for what JSON cannot say."""
    return {
        name: None if isinstance(value, float) and not math.isfinite(value) else value for name, value in values.items()
    }


def moments(values: Sequence[float]) -> tuple[float, float]:
    """Mean and variance (of a sample); not a number where there are too few values."""
    if not values:
        return math.nan, math.nan
    if all(value == values[0] for value in values):  # exact, so that equal values have no width
        return values[0] + 0.0, 0.0 if len(values) > 1 else math.nan
    mean = math.fsum(values) / len(values)
    return mean, math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1)


def half_width(variance: float, count: int, confidence: float) -> float:
    """Half the length of Student's interval for the mean of `count` values; not a number below two."""
    if count < 2:
        return math.nan
    return two_sided(confidence, count - 1) * math.sqrt(variance / count)


def mean_of(variant: str, kpi: str, unit: str, values: Sequence[float], confidence: float) -> Mean:
    """The mean of the values that are numbers."""
    present = [value for value in values if not math.isnan(value)]
    mean, variance = moments(present)
    half = half_width(variance, len(present), confidence)
    return Mean(variant, kpi, unit, mean, half, mean - half, mean + half, len(present))


def difference_of(
    names: tuple[str, str], kpi: str, unit: str, values: tuple[Sequence[float], Sequence[float]], confidence: float
) -> Difference:
    """The paired difference of a variant to a baseline.

    Args:
        names: Variant and baseline.
        kpi: Name of the figure.
        unit: Its unit.
        values: Of the variant and of the baseline, by replication; not a number where there was no sample.
        confidence: Of the interval, such as 0.95.
    """
    pairs = [(a, b) for a, b in zip(*values, strict=True) if not (math.isnan(a) or math.isnan(b))]
    differences = [a - b for a, b in pairs]
    mean, variance = moments(differences)
    own, own_variance = moments([a for a, _ in pairs])
    base, base_variance = moments([b for _, b in pairs])
    half = half_width(variance, len(pairs), confidence)
    return Difference(
        variant=names[0],
        baseline=names[1],
        kpi=kpi,
        unit=unit,
        baseline_mean=base,
        mean=own,
        difference=mean,
        half_width=half,
        low=mean - half,
        high=mean + half,
        replications=len(pairs),
        paired_variance=variance,
        independent_variance=own_variance + base_variance,
        verdict=_verdict(differences, mean - half, mean + half),
    )


def _verdict(differences: Sequence[float], low: float, high: float) -> str:
    if len(differences) < 2:
        return TOO_FEW if differences else NO_SAMPLE
    if not any(differences):
        return SAME
    if low > 0:
        return HIGHER
    return LOWER if high < 0 else NOT_SEEN
