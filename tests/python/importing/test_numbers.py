"""Money and quantities are exact."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillstorm.importing.columns import Floats, Integers, encode
from tillstorm.importing.numbers import LIMIT, NumberReader, parse_scaled
from tillstorm.importing.problems import Problems


@pytest.mark.parametrize(
    ("text", "factor", "value"),
    [
        ("12", 100, 1200),
        ("12.", 100, 1200),
        (".5", 100, 50),
        ("+1.10", 100, 110),
        ("-0.01", 100, -1),
        ("-0", 100, 0),
        ("1.100000", 100, 110),
        ("1e3", 100, 100_000),
        ("1.5E-1", 100, 15),
        ("0e999", 100, 0),
        ("0.0001", 10_000, 1),
        ("21474836.47", 100, LIMIT - 1),
        ("1.25", 1000, 1250),
        ("0.333", 12, "inexact"),
        ("0.25", 12, 3),
        ("1e999", 1, "overflow"),
        ("1e-999", 1, "inexact"),
        ("1e9999", 1, "bad_number"),
        ("", 1, "bad_number"),
        ("1,5", 1, "bad_number"),
        ("--1", 1, "bad_number"),
        ("0x10", 1, "bad_number"),
        ("infinity", 1, "non_finite"),
    ],
)
def test_text_becomes_whole_units_or_says_why_not(text: str, factor: int, value: int | str) -> None:
    assert parse_scaled(text, factor) == value


def test_a_decimal_comma() -> None:
    assert parse_scaled("12,50", 100, ",") == 1250
    assert parse_scaled("12.50", 100, ",") == "bad_number"


# Property: the result is the decimal number times the factor, computed exactly, wherever that is a whole number in
# range; never a neighbour of it.
@given(st.decimals(-(10**9), 10**9, allow_nan=False), st.sampled_from([1, 10, 100, 1000, 10_000]))
def test_text_is_never_a_float_on_the_way(number: Decimal, factor: int) -> None:
    exact = Fraction(number) * factor
    result = parse_scaled(str(number), factor)
    if exact.denominator != 1:
        assert result == "inexact"
    elif abs(exact) >= LIMIT:
        assert result == "overflow"
    else:
        assert result == int(exact)


# Property: cents written as the nearest binary fraction are read as the same cents, for every amount that fits.
@given(st.lists(st.integers(0, LIMIT - 1), min_size=1, max_size=50))
def test_floats_that_mean_cents_are_those_cents(cents: list[int]) -> None:
    values = np.array([cent / 100 for cent in cents])
    problems = Problems()
    reader = NumberReader(np.arange(1, len(cents) + 1), problems, ".")
    column = Floats(values, np.zeros(len(cents), np.bool_))
    assert reader.read("paid", column, 100, "inexact_amount").tolist() == cents
    assert problems.rows == 0
    assert reader.rounded == {}


def test_floats_between_two_cents_are_rounded_half_to_even_and_counted() -> None:
    column = Floats(np.array([0.125, 0.375, 1.0, 1.006]), np.zeros(4, np.bool_))
    problems = Problems()
    reader = NumberReader(np.arange(1, 5), problems, ".")
    assert reader.read("paid", column, 100, "inexact_amount").tolist() == [12, 38, 100, 101]
    assert reader.rounded == {"paid": 3}


def test_typed_columns_report_what_is_empty_not_finite_or_too_large() -> None:
    row = np.arange(1, 6)
    problems = Problems()
    floats = Floats(np.array([1.0, np.nan, -np.inf, 3e7, 0.0]), np.array([False, False, False, False, True]))
    assert NumberReader(row, problems, ".").read("paid", floats, 100, "inexact_amount").tolist() == [100, 0, 0, 0, 0]
    assert problems.counts() == {"empty_field": 1, "non_finite": 2, "overflow": 1}
    problems = Problems()
    values = np.array([1, LIMIT, np.iinfo(np.int64).min, np.iinfo(np.int64).max, 7])
    integers = Integers(values, np.array([False, False, False, False, True]))
    assert NumberReader(row, problems, ".").read("units", integers, 1, "inexact_quantity").tolist() == [1, 0, 0, 0, 0]
    assert problems.counts() == {"empty_field": 1, "overflow": 3}


def test_a_fraction_of_a_base_unit_is_no_quantity() -> None:
    problems = Problems()
    column = Floats(np.array([1.5, 2.0005]), np.zeros(2, np.bool_))
    quantity = NumberReader(np.array([1, 2]), problems, ".").read("weight", column, 1000, "inexact_quantity")
    assert quantity[0] == 1500
    assert problems.counts() == {"inexact_quantity": 1}


def test_text_is_parsed_once_for_each_distinct_value() -> None:
    column = encode(["1.10", "2.20", "1.10", "", "1.10"])
    assert column.values == ["1.10", "2.20"]
    assert column.codes.tolist() == [0, 1, 0, -1, 0]
