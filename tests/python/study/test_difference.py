"""Means and paired differences of numbers made by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from tillstorm.study.difference import difference_of, mean_of

NAN = math.nan


def difference(own, base, confidence=0.95):
    return difference_of(("own", "base"), "sales", "EUR", (own, base), confidence)


def test_it_is_the_paired_t_interval_of_scipy():
    own, base = [3.0, 5.5, 4.0, 6.0], [2.0, 5.0, 4.5, 4.0]
    row = difference(own, base, 0.9)
    interval = stats.ttest_rel(own, base).confidence_interval(0.9)
    assert (row.low, row.high) == pytest.approx((interval.low, interval.high))
    assert row.difference == pytest.approx(np.mean(own) - np.mean(base))
    assert (row.mean, row.baseline_mean, row.replications) == (4.625, 3.875, 4)
    assert row.half_width == pytest.approx((row.high - row.low) / 2)


def test_equal_values_have_no_difference_and_no_width():
    row = difference([0.1, 0.7, 1e9], [0.1, 0.7, 1e9])
    assert (row.difference, row.half_width, row.low, row.high, row.verdict) == (0, 0, 0, 0, "same")
    assert math.copysign(1, row.difference) == 1


def test_a_constant_difference_has_no_width():
    row = difference([1.5, 2.5, 9.5], [1.0, 2.0, 9.0])
    assert (row.difference, row.half_width, row.verdict) == (0.5, 0, "higher")
    assert row.variance_reduction == math.inf
    assert row.to_dict()["variance_reduction"] is None


def test_pairing_takes_away_what_both_share():
    shared = np.random.default_rng(1).normal(size=200)
    own_noise = np.random.default_rng(2).normal(size=200)
    row = difference((10 * shared + own_noise).tolist(), (10 * shared).tolist())
    assert row.independent_variance == pytest.approx(row.variance_reduction * row.paired_variance)
    assert 100 < row.variance_reduction < 400  # about 201


@pytest.mark.parametrize(
    ("own", "base", "verdict"),
    [
        ([2.0, 3.1, 4.0], [1.0, 2.0, 3.0], "higher"),
        ([1.0, 2.0, 3.0], [2.0, 3.1, 4.0], "lower"),
        ([1.0, 5.0, 1.0], [2.0, 2.0, 3.0], "no difference seen"),
        ([1.0, NAN, NAN], [2.0, 2.0, 3.0], "too few samples"),
        ([1.0, NAN, NAN], [NAN, 2.0, 3.0], "no sample"),
        ([], [], "no sample"),
    ],
)
def test_verdicts(own, base, verdict):
    assert difference(own, base).verdict == verdict


def test_only_replications_with_both_samples_are_compared():
    row = difference([1.0, NAN, 3.0, 5.0], [0.5, 7.0, NAN, 4.0])
    assert (row.replications, row.mean, row.baseline_mean, row.difference) == (2, 3.0, 2.25, 0.75)


def test_what_is_no_number_is_null_in_json():
    values = difference([1.0], [2.0]).to_dict()
    assert (values["difference"], values["half_width"], values["low"], values["paired_variance"]) == (
        -1,
        None,
        None,
        None,
    )


def test_a_mean_counts_its_samples():
    mean = mean_of("own", "sales", "EUR", [1.0, NAN, 3.0], 0.95)
    assert (mean.mean, mean.replications) == (2.0, 2)
    assert mean.half_width == pytest.approx(stats.t.ppf(0.975, 1) * math.sqrt(2 / 2))
    assert mean_of("own", "sales", "EUR", [NAN], 0.95).to_dict()["mean"] is None
