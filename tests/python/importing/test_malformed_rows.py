"""Each class of malformed row is reported with row numbers, refused by default, quarantined on request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tillstorm.importing import RefusedError
from tillstorm.importing.problems import KINDS

if TYPE_CHECKING:
    from conftest import Described, Log

#: Class, row, column, what is written there. Row 3 is a basket of one row, rows 4 and 5 are one basket.
CASES = [
    ("empty_field", 3, "shop", ""),
    ("empty_field", 3, "till", " "),
    ("empty_field", 3, "receipt", ""),
    ("empty_field", 3, "sold_at", ""),
    ("empty_field", 3, "sku", ""),
    ("empty_field", 3, "units", ""),
    ("empty_field", 3, "paid", ""),
    ("bad_number", 3, "units", "one"),
    ("bad_number", 3, "paid", "$1.00"),
    ("bad_number", 3, "paid", "1,000.00"),
    ("bad_number", 3, "paid", "1_0"),
    ("bad_number", 3, "paid", "\u0661"),
    ("bad_number", 3, "saved", "."),
    ("non_finite", 3, "paid", "NaN"),
    ("non_finite", 3, "paid", "-inf"),
    ("overflow", 3, "paid", "21474836.48"),
    ("overflow", 3, "paid", "1e300"),
    ("overflow", 3, "units", "2147483648"),
    ("overflow", 3, "saved", "9" * 400),
    ("inexact_amount", 3, "paid", "1.005"),
    ("inexact_quantity", 3, "units", "0.5"),
    ("negative_quantity", 3, "units", "-1"),
    ("negative_amount", 3, "paid", "-0.01"),
    ("negative_discount", 3, "saved", "-1"),
    ("negative_tax", 3, "vat", "-0.08"),
    ("bad_time", 3, "sold_at", "yesterday"),
    ("bad_time", 3, "sold_at", "2026-02-30T09:00"),
    ("bad_time", 3, "sold_at", "2026-11-23T24:00"),
    ("bad_time", 3, "sold_at", "1969-12-31T23:59:59"),
    ("bad_time", 3, "sold_at", "2200-01-01"),
    ("duplicate_basket", 3, "receipt", "r1"),
    ("out_of_order_time", 6, "sold_at", "2026-11-23T09:04:59"),
]


@pytest.mark.parametrize(("kind", "row", "column", "value"), CASES)
def test_one_bad_row_refuses_the_log_and_names_it(log: Log, kind: str, row: int, column: str, value: str) -> None:
    log.set(row, column, value)
    with pytest.raises(RefusedError) as caught:
        log.run()
    assert caught.value.problems.counts() == {kind: 1}
    assert [problem.row for problem in caught.value.problems] == [row]
    text = str(caught.value)
    assert "1 of 6 rows cannot be imported" in text
    assert f"{kind}: 1 row (row {row})" in text
    assert KINDS[kind] in text
    assert "--on-error quarantine" in text
    assert not (log.folder / "out").exists()


@pytest.mark.parametrize(("kind", "row", "column", "value"), CASES)
def test_one_bad_row_is_quarantined_and_the_others_are_imported(
    log: Log, tickets: Described, kind: str, row: int, column: str, value: str
) -> None:
    without = [ticket for place, ticket in enumerate(tickets(log.run()[1]), start=1) if place != {3: 2, 6: 4}[row]]
    log.set(row, column, value)
    report, trace = log.run("quarantine")
    if kind == "duplicate_basket":  # The basket that it repeats is doubtful as a whole.
        assert report.problems == {"duplicate_basket": 1, "broken_basket": 2}
        without = [(time, store, 0, *rest) for time, store, _, *rest in without[1:]]  # S1 has only one till left.
    else:
        assert report.problems == {kind: 1}
    assert tickets(trace) == without
    assert report.rows == 6 == report.imported + report.quarantined
    assert (str(row), kind) in [(entry["row"], entry["reason"]) for entry in log.quarantine()]


def test_a_row_with_too_few_or_too_many_fields(log: Log) -> None:
    log.rows.insert(1, ["S1", "1"])
    log.rows.append([*log.rows[-1], "extra"])
    with pytest.raises(RefusedError, match=re.escape("malformed_row: 2 rows (rows 2, 8)")):
        log.run()
    report, _ = log.run("quarantine")
    assert (report.rows, report.imported, report.problems) == (8, 6, {"malformed_row": 2})


def test_bytes_that_are_not_utf_8(log: Log) -> None:
    path = log.write_csv()
    path.write_bytes(path.read_bytes().replace(b"milk", b"m\xfflk"))
    with pytest.raises(RefusedError, match=re.escape("not_utf8: 1 row (row 4)")):
        log.run(path=path)


def test_a_basket_is_imported_whole_or_not_at_all(log: Log, tickets: Described) -> None:
    log.set(4, "units", "-3")
    report, trace = log.run("quarantine")
    assert report.problems == {"negative_quantity": 1, "broken_basket": 1}
    assert [entry["row"] for entry in log.quarantine()] == ["4", "5"]
    assert len(tickets(trace)) == 3


@pytest.mark.parametrize(("column", "value", "what"), [("shop", "S2", "store"), ("till", "9", "terminal")])
def test_a_basket_of_two_stores_or_tills_names_the_row_it_contradicts(
    log: Log, column: str, value: str, what: str
) -> None:
    log.set(2, column, value)
    with pytest.raises(RefusedError, match=f"basket r1 of row 1 again, with {what} {value}"):
        log.run()


def test_a_basket_whose_rows_have_times_apart_is_refused_beyond_the_tolerance(log: Log, tickets: Described) -> None:
    log.set(2, "sold_at", "2026-11-23T09:00:40")
    with pytest.raises(RefusedError, match="duplicate_basket"):
        log.run()
    log.mapping["basket_seconds"] = 60
    _, trace = log.run()
    assert tickets(trace)[0][0] == "2026-11-23T09:00:40"


def test_the_order_of_rows_is_judged_as_the_mapping_promises(log: Log, tickets: Described) -> None:
    expected = tickets(log.run()[1])
    log.rows = log.rows[3:5] + log.rows[:3] + log.rows[5:]  # Store S1 goes back an hour, in rows 3 and 4.
    for order, rows in (("by_store", [3]), ("by_log", [3])):
        log.mapping["order"] = order
        with pytest.raises(RefusedError) as caught:
            log.run()
        assert [problem.row for problem in caught.value.problems] == rows
    log.mapping["order"] = "any"
    assert tickets(log.run()[1]) == expected
    log.rows = [row for row in log.rows if row[0] == "S2"] + [row for row in log.rows if row[0] == "S1"][2:]
    log.mapping["order"] = "by_store"  # Store after store is no disorder of a store.
    log.run()
    log.mapping["order"] = "by_log"
    with pytest.raises(RefusedError, match="out_of_order_time"):
        log.run()


def test_the_first_rows_of_a_class_are_listed_and_the_others_counted(log: Log) -> None:
    log.rows = [["S1", "1", f"r{k}", "2026-11-23T09:00:00", "apple", "-1", "1", "0", "0"] for k in range(1234)]
    with pytest.raises(RefusedError, match=re.escape("1,234 rows (rows 1, 2, 3, 4, 5 and 1,229 more)")):
        log.run()


def test_a_log_without_a_good_row_is_refused_even_with_quarantine(log: Log) -> None:
    log.rows = [["S1", "1", "r1", "2026-11-23T09:00:00", "apple", "-1", "1", "0", "0"]]
    with pytest.raises(RefusedError, match="no row is left to import"):
        log.run("quarantine")
    assert [entry["reason"] for entry in log.quarantine()] == ["negative_quantity"]


def test_a_row_with_two_problems_counts_once(log: Log) -> None:
    log.set(3, "units", "-1").set(3, "paid", "-1").set(3, "sold_at", "never")
    report, _ = log.run("quarantine")
    assert report.quarantined == sum(report.problems.values()) == 1


def test_more_than_a_thousand_tills_of_a_store(log: Log) -> None:
    log.rows = [["S1", str(k), f"r{k}", "2026-11-23T09:00:00", "apple", "1", "1", "0", "0"] for k in range(1002)]
    report, _ = log.run("quarantine")
    assert report.problems == {"overflow": 2}
    assert [entry["found"] for entry in log.quarantine()] == ["1000", "1001"]


def test_every_class_is_tested() -> None:
    by_hand = {"malformed_row", "not_utf8", "broken_basket", "impossible_time"}  # The last in test_times.py.
    assert by_hand | {kind for kind, *_ in CASES} == set(KINDS)


# Property: whatever is written over whichever fields of a log, every row is either imported or quarantined, once.
@pytest.mark.parametrize("seed", range(25))
def test_counts_add_up(log: Log, seed: int) -> None:
    random = np.random.default_rng(seed)
    days = [f"2026-11-{day:02d}T{hour:02d}:00:00" for day in range(1, 29) for hour in range(9, 18)]
    log.rows = [
        [f"S{k % 3}", "1", f"r{k}", days[k // 2], f"i{line}", "1", "2.50", "0", "0"]
        for k in range(2 * len(days))
        for line in range(int(random.integers(1, 4)))
    ]
    spoiled = ["", "x", "-1", "nan", "1e99", "0.001", "2026-11-01T09:00:00", "r1", "\u00e9", "S1"]
    for _ in range(int(random.integers(1, 120))):
        row = log.rows[random.integers(len(log.rows))]
        if random.random() < 0.1:
            row.append("too many")
        else:
            row[random.integers(9)] = spoiled[random.integers(len(spoiled))]
    report, trace = log.run("quarantine")
    entries = log.quarantine()
    assert report.rows == len(log.rows)
    assert report.rows == report.imported + report.quarantined
    assert report.imported == report.lines == trace.lines
    assert report.quarantined == sum(report.problems.values()) == len(entries)
    assert len({entry["row"] for entry in entries}) == len(entries)
    good = [row for number, row in enumerate(log.rows, start=1) if str(number) not in {e["row"] for e in entries}]
    assert report.amount_minor == sum(round(float(row[6]) * 100) for row in good)
    assert report.tickets == len({row[2] for row in good})
