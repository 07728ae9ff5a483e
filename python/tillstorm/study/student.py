"""Quantiles of Student's t for whole degrees of freedom: the distribution is then a finite sum."""

from __future__ import annotations

import math
from functools import lru_cache


def central_probability(t: float, freedom: int) -> float:
    """P(|T| <= t), by the finite sums of Abramowitz and Stegun, 26.7.3 and 26.7.4.

    Args:
        t: At least 0.
        freedom: Degrees of freedom, at least 1.
    """
    theta = math.atan(t / math.sqrt(freedom))
    sine, cosine = math.sin(theta), math.cos(theta)
    odd = freedom % 2
    term = cosine if odd else 1.0
    total = term if freedom > 1 else 0.0
    for k in range(2 + odd, freedom - 1, 2):
        term *= cosine * cosine * (k - 1) / k
        total += term
    return 2 / math.pi * (theta + sine * total) if odd else sine * total


@lru_cache(maxsize=256)
def two_sided(confidence: float, freedom: int) -> float:
    """The t within which a share `confidence` of Student's distribution lies, on both sides of 0.

    Args:
        confidence: From 0.5 to 0.9999.
        freedom: Degrees of freedom, at least 1.

    Raises:
        ValueError: outside these.
    """
    if not 0.5 <= confidence <= 0.9999:
        raise ValueError(f"a confidence is from 0.5 to 0.9999, not {confidence}")
    if freedom < 1:
        raise ValueError(f"at least one degree of freedom is needed, not {freedom}")
    low, high = 0.0, 1.0
    while central_probability(high, freedom) < confidence:
        low, high = high, 2 * high
    while True:  # halving ends when no number lies between the two
        middle = (low + high) / 2
        if not low < middle < high:
            return middle
        if central_probability(middle, freedom) < confidence:
            low = middle
        else:
            high = middle
