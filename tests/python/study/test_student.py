"""Student's t: quantiles against scipy, intervals that cover as often as they say."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from tillstorm.study.difference import difference_of
from tillstorm.study.student import central_probability, two_sided


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 5, 9, 10, 29, 30, 99, 100, 999, 5000])
@pytest.mark.parametrize("confidence", [0.5, 0.9, 0.95, 0.99, 0.9999])
def test_quantiles_are_those_of_scipy(freedom, confidence):
    assert two_sided(confidence, freedom) == pytest.approx(stats.t.ppf((1 + confidence) / 2, freedom), rel=1e-9)


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 7, 12])
@pytest.mark.parametrize("t", [0.0, 0.3, 1.0, 4.0, 50.0])
def test_probabilities_are_those_of_scipy(freedom, t):
    assert central_probability(t, freedom) == pytest.approx(1 - 2 * stats.t.sf(t, freedom), abs=1e-13)


@pytest.mark.parametrize(("confidence", "freedom"), [(0.4, 3), (1.0, 3), (math.nan, 3), (0.95, 0)])
def test_what_has_no_quantile_is_refused(confidence, freedom):
    with pytest.raises(ValueError, match=r"confidence is from|degree of freedom"):
        two_sided(confidence, freedom)


@pytest.mark.statistics
@pytest.mark.parametrize("count", [2, 5, 30])
def test_intervals_of_paired_differences_cover_as_often_as_they_say(count):
    """Rule: of 4000 studies, those that cover differ from 95 % by at most 4 standard errors of a share."""
    generator = np.random.default_rng(20261127)
    studies, shift, covered = 4000, 0.3, 0
    for _ in range(studies):
        common = generator.normal(size=count)
        base = common + 0.2 * generator.normal(size=count)
        own = common + shift + 0.2 * generator.normal(size=count)
        row = difference_of(("own", "base"), "k", "", (own.tolist(), base.tolist()), 0.95)
        covered += row.low <= shift <= row.high
    assert abs(covered / studies - 0.95) <= 4 * math.sqrt(0.95 * 0.05 / studies)
