"""How far two distributions are apart; each of these is 0 for equal ones and at most 1."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from tillstorm.fit.baskets import I64
    from tillstorm.fit.estimate import F64


def total_variation(a: F64, b: F64) -> float:
    """Half the sum of the absolute differences of two lists of shares: what part would have to be moved."""
    return float(np.abs(_shares(a) - _shares(b)).sum() / 2)


def kolmogorov(a: I64, b: I64) -> float:
    """Greatest difference of the distribution functions of two samples of whole numbers from 0."""
    length = int(max(a.max(initial=0), b.max(initial=0))) + 1
    return float(np.abs(_cumulative(a, length) - _cumulative(b, length)).max())


def lorenz(a: F64, b: F64) -> float:
    """Greatest vertical distance of the Lorenz curves of two lists: how unlike the concentration of their sales is."""
    return float(np.abs(_lorenz_curve(a) - _lorenz_curve(b)).max())


def rank_correlation(a: F64, b: F64) -> float:
    """Spearman's correlation of two lists, equal values sharing their mean rank; 1 for the same order."""
    x, y = (ranks - ranks.mean() for ranks in (_ranks(a), _ranks(b)))
    spread_x, spread_y = float((x * x).sum()), float((y * y).sum())
    if spread_x == 0 or spread_y == 0:
        return 1.0 if spread_x == spread_y else 0.0
    return float((x * y).sum()) / math.sqrt(spread_x * spread_y)


def relative(found: float, expected: float) -> float:
    """Difference in parts of what was expected."""
    if expected == 0:
        return 0.0 if found == 0 else 1.0
    return abs(found - expected) / abs(expected)


def sampling_variation(shares: F64, draws: float) -> float:
    """Mean total variation between these shares and the frequencies of so many independent draws from them.

    By the normal approximation, E|p' - p| = sqrt(2 p (1 - p) / (pi n)).
    """
    p = _shares(shares)
    return float(np.sqrt(2 * p * (1 - p) / (np.pi * draws)).sum() / 2)


def _shares(values: F64) -> F64:
    total = float(values.sum())
    return values / total if total else values


def _cumulative(sample: I64, length: int) -> F64:
    return np.asarray(np.cumsum(np.bincount(sample, minlength=length)) / max(len(sample), 1), np.float64)


def _lorenz_curve(values: F64) -> F64:
    """Share of the total that the least share x of the items has, at 1001 values of x."""
    ordered = np.concatenate([[0.0], np.cumsum(np.sort(values))])
    at = np.linspace(0, len(values), 1001)
    curve: npt.NDArray[np.float64] = np.interp(at, np.arange(len(ordered)), ordered / max(float(ordered[-1]), 1e-300))
    return curve


def _ranks(values: F64) -> F64:
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    mean_rank = ends - (counts - 1) / 2
    return np.asarray(mean_rank[inverse.reshape(-1)], np.float64)
