"""A good log becomes its tickets, to the minor unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tillstorm.importing import LogError, Trace, load_trace

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Described, Log

EXPECTED = [
    ("2026-11-23T09:00:00", "S1", 0, 34, [("apple", 2, 198, 2), ("bread", 1, 250, 0)]),
    ("2026-11-23T09:05:00", "S2", 0, 8, [("apple", 1, 100, 0)]),
    ("2026-11-23T10:00:00", "S1", 1, 30, [("milk", 3, 297, 30), ("apple", 1, 100, 0)]),
    ("2026-11-24T09:00:00", "S2", 0, 38, [("bread", 2, 500, 0)]),
]


def test_each_basket_is_a_ticket_with_its_time_store_till_prices_discounts_and_tax(
    log: Log, tickets: Described
) -> None:
    report, trace = log.run()
    assert tickets(trace) == EXPECTED
    assert (report.rows, report.imported, report.quarantined) == (6, 6, 0)
    assert (report.tickets, report.stores, report.items, report.pairs) == (4, 2, 3, 5)
    assert (report.amount_minor, report.discount_minor, report.tax_minor) == (1445, 32, 110)
    assert (report.start, report.days) == ("2026-11-23", 2)


def test_tickets_of_one_moment_are_ordered_by_store_and_then_by_basket(log: Log, tickets: Described) -> None:
    for row in range(1, 7):
        log.set(row, "sold_at", "2026-11-23T09:00:00")
    log.set(3, "receipt", "z9").set(6, "receipt", "a0")
    _, trace = log.run()
    assert [(store, lines[0][0]) for _, store, _, _, lines in tickets(trace)] == [
        ("S1", "apple"),  # r1
        ("S1", "milk"),  # r3
        ("S2", "bread"),  # a0
        ("S2", "apple"),  # z9
    ]


def test_a_log_without_tills_baskets_items_or_quantities_gets_their_defaults(log: Log, tickets: Described) -> None:
    log.mapping = {"time": "sold_at", "amount": "paid", "default_store": "web", "default_item": "thing"}
    report, trace = log.run()
    assert report.tickets == 6
    assert tickets(trace)[0] == ("2026-11-23T09:00:00", "web", 0, 0, [("thing", 1, 198, 0)])
    assert any("names no baskets" in note for note in report.notes)
    assert any("no quantities" in note for note in report.notes)
    assert report.unused_columns == ["shop", "till", "receipt", "sku", "units", "saved", "vat"]


def test_several_columns_are_summed_or_joined(log: Log, tickets: Described) -> None:
    log.mapping |= {"basket": ["shop", "receipt"], "amount": "paid+vat", "tax": None}
    for row, receipt in enumerate(["1", "1", "1", "2", "2", "2"], start=1):
        log.set(row, "receipt", receipt)  # Receipt numbers of each store.
    _, trace = log.run()
    assert [len(lines) for *_, lines in tickets(trace)] == [2, 1, 2, 1]
    assert tickets(trace)[0][4][0] == ("apple", 2, 198 + 15, 2)


def test_discounts_that_are_written_as_negative_numbers(log: Log, tickets: Described) -> None:
    log.mapping["discount_sign"] = "negative"
    log.set(1, "saved", "-0.02").set(4, "saved", "-.30")
    _, trace = log.run()
    assert tickets(trace) == EXPECTED


def test_zero_quantities_and_amounts_are_kept_and_counted(log: Log, tickets: Described) -> None:
    log.set(1, "units", "0").set(1, "paid", "0").set(2, "paid", "0.00").set(3, "units", "0")
    report, trace = log.run()
    assert tickets(trace)[0][4] == [("apple", 0, 0, 2), ("bread", 1, 0, 0)]
    assert (report.zero_quantity_lines, report.zero_amount_lines) == (2, 2)


def test_lines_that_repeat_in_a_basket_are_kept_and_counted(log: Log) -> None:
    log.rows.insert(2, list(log.rows[1]))
    report, trace = log.run()
    assert (report.repeated_lines, trace.lines) == (1, 7)


def test_the_same_log_gives_the_same_bytes(log: Log) -> None:
    files = ["log.trace.npz", "log.scenario.json", "log.import.json"]
    log.run()
    before = [(log.folder / "out" / name).read_bytes() for name in files]
    log.run()
    assert [(log.folder / "out" / name).read_bytes() for name in files] == before


def test_terminals_are_numbered_within_their_store_in_natural_order(log: Log, tickets: Described) -> None:
    for row, till in enumerate(["10", "10", "7", "9", "9", "7"], start=1):
        log.set(row, "till", till)
    _, trace = log.run()
    assert [(store, terminal) for _, store, terminal, _, _ in tickets(trace)] == [
        ("S1", 1),
        ("S2", 0),
        ("S1", 0),
        ("S2", 0),
    ]


def test_a_trace_survives_saving_and_loading(log: Log, tmp_path: Path) -> None:
    _, trace = log.run()
    trace.save(tmp_path / "again.npz")
    again = load_trace(tmp_path / "again.npz")
    for name in Trace.__dataclass_fields__:
        column = getattr(again, name)
        assert np.array_equal(column, getattr(trace, name))
        assert column.flags.c_contiguous


def said_of(path: Path) -> str:
    """What is said of a trace with an error anywhere in it: every byte is covered by a checksum."""
    with pytest.raises(LogError) as caught:
        load_trace(path)
    return str(caught.value)


def test_a_damaged_trace_is_refused(log: Log, tmp_path: Path) -> None:
    log.run()
    good = (log.folder / "out" / "log.trace.npz").read_bytes()
    path = tmp_path / "bad.npz"
    for damaged in (b"", b"no zip", good[: len(good) // 2], good[:-30]):
        path.write_bytes(damaged)
        with pytest.raises(LogError, match=r"^demand\.trace: .*bad\.npz is not a trace, or a damaged one; import the"):
            load_trace(path)
    for at in range(0, len(good), 97):
        path.write_bytes(good[:at] + bytes(b ^ 0x5A for b in good[at : at + 40]) + good[at + 40 :])
        said = said_of(path)
        assert said.startswith(f"demand.trace: {path}")
        assert "pickle" not in said
    with pytest.raises(LogError, match="no such file"):
        load_trace(tmp_path / "missing.npz")


@pytest.mark.parametrize(
    ("name", "spoil", "expected"),
    [
        ("ticket_time_us", lambda c: c[::-1].copy(), "ascending order"),
        ("ticket_store", lambda c: c + 7, "indices into store_ids"),
        ("ticket_terminal", lambda c: c[:-1], "one entry for each ticket"),
        ("ticket_first_line", lambda c: c[:-1], "one entry more"),
        ("ticket_first_line", lambda c: c + 1, "entries from 0"),
        ("line_item", lambda c: c + 3, "indices into item_ids"),
        ("line_amount_minor", lambda c: -c, "no negative entries"),
        ("line_quantity", lambda c: c.astype(np.int64), "expected int32"),
        ("store_ids", lambda c: c[::-1].copy(), "in order"),
    ],
)
def test_a_trace_whose_columns_do_not_fit_is_refused(log: Log, name: str, spoil: object, expected: str) -> None:
    _, trace = log.run()
    columns = {field: getattr(trace, field) for field in Trace.__dataclass_fields__}
    columns[name] = spoil(columns[name])  # type: ignore[operator]
    with pytest.raises(LogError, match=expected):
        Trace(**columns).check()


def test_a_trace_of_another_version_is_refused(log: Log, tmp_path: Path) -> None:
    _, trace = log.run()
    columns = {field: getattr(trace, field) for field in Trace.__dataclass_fields__}
    np.savez(tmp_path / "new.npz", format_version=np.int64(2), **columns)
    with pytest.raises(LogError, match="format 2, expected 1; import the log again"):
        load_trace(tmp_path / "new.npz")
