"""The distances by which a run is compared with a log."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillstorm.fit.distances import (
    kolmogorov,
    lorenz,
    rank_correlation,
    relative,
    sampling_variation,
    total_variation,
)

SHARES = st.lists(st.floats(0, 1e6), min_size=2, max_size=30).filter(lambda values: sum(values) > 1e-3)
COUNTS = st.lists(st.integers(0, 50), min_size=1, max_size=60)


@given(SHARES)
def test_equal_distributions_have_distance_0(values: list[float]) -> None:
    a = np.array(values)
    assert total_variation(a, 3 * a) == pytest.approx(0, abs=1e-12)
    assert lorenz(a, 3 * a) == pytest.approx(0, abs=1e-12)


@given(st.data())
def test_every_distance_is_symmetric_and_between_0_and_1(data: st.DataObject) -> None:
    a = np.array(data.draw(SHARES))
    b = np.array(data.draw(st.lists(st.floats(1, 10), min_size=len(a), max_size=len(a))))
    for distance in (total_variation, lorenz):
        assert 0 <= distance(a, b) <= 1 + 1e-12
        assert distance(a, b) == pytest.approx(distance(b, a))
    x, y = np.array(data.draw(COUNTS)), np.array(data.draw(COUNTS))
    assert 0 <= kolmogorov(x, y) <= 1
    assert kolmogorov(x, y) == kolmogorov(y, x)
    assert kolmogorov(x, x) == 0


def test_known_values() -> None:
    assert total_variation(np.array([1.0, 1, 0]), np.array([0.0, 1, 1])) == pytest.approx(0.5)
    assert kolmogorov(np.array([1, 1, 1, 1]), np.array([1, 2, 3, 4])) == pytest.approx(0.75)
    assert lorenz(np.array([1.0, 1]), np.array([0.0, 1])) == pytest.approx(0.5)
    assert relative(90, 100) == pytest.approx(0.1)
    assert relative(0, 0) == 0
    assert relative(1, 0) == 1


def test_the_rank_correlation_is_spearmans() -> None:
    stats = pytest.importorskip("scipy.stats")
    random = np.random.default_rng(3)
    a = random.integers(0, 8, 200).astype(float)  # Many ties.
    b = a + random.normal(0, 2, 200)
    assert rank_correlation(a, b) == pytest.approx(float(stats.spearmanr(a, b).statistic))
    assert rank_correlation(np.ones(3), np.ones(3)) == 1
    assert rank_correlation(np.ones(3), np.arange(3.0)) == 0


@pytest.mark.statistics
def test_the_variation_by_chance_is_that_of_independent_draws() -> None:
    """Accepted when the mean of 400 samples is within 5 % of the approximation: more than 10 standard errors."""
    random = np.random.default_rng(4)
    shares = random.dirichlet(np.ones(24))
    found = [total_variation(shares, random.multinomial(5000, shares).astype(float)) for _ in range(400)]
    assert np.mean(found) == pytest.approx(sampling_variation(shares, 5000), rel=0.05)
