"""A replayed log happens as it is written: in the stores, and after all messages in the books."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import pytest

import tillstorm as ts
from tillstorm.importing import DATASETS, Trace, import_log, load_trace

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Log

    Sales = dict[tuple[str, str], int]

DRILL_DOWN = {"record.tables": ["truth.tickets", "truth.ticket_lines"]}


def sales(result: ts.Result, table: str) -> Sales:
    """Net sales by store and business date, days without sales left out."""
    days = result.table(table).to_numpy()
    total: Sales = defaultdict(int)
    for store, day, net in zip(days["place"], days["business_date"], days["net_minor"], strict=True):
        total[(str(store), str(day))] += int(net)
    return {key: value for key, value in total.items() if value}


def sales_of(trace: Trace, zone_offset_hours: int = 0) -> Sales:
    local = trace.ticket_time_us + zone_offset_hours * 3_600_000_000
    days = local.astype("datetime64[us]").astype("datetime64[D]")
    ticket = trace.line_ticket
    total: Sales = defaultdict(int)
    for place, amount in zip(ticket.tolist(), trace.line_amount_minor.tolist(), strict=True):
        total[(str(trace.store_ids[trace.ticket_store[place]]), str(days[place]))] += amount
    return {key: value for key, value in total.items() if value}


def replay(folder: Path, **changes: object) -> ts.Result:
    scenario = ts.Scenario.load(next(folder.glob("*.scenario.json")))
    result = ts.run(scenario.with_(changes) if changes else scenario)
    assert result.ok, result.violations
    return result


def test_the_stores_sell_and_the_books_hold_what_the_log_says(log: Log) -> None:
    report, trace = log.run()
    result = replay(log.folder / "out", **DRILL_DOWN)
    assert sales(result, "truth.store_days") == sales(result, "book.store_days") == sales_of(trace)
    assert result.kpis["tickets"].value == report.tickets
    assert result.kpis["lines"].value == report.lines
    tickets = result.table("truth.tickets").to_numpy()
    assert tickets["event_time"].astype(np.int64).tolist() == trace.ticket_time_us.tolist()
    assert tickets["tax_minor"].tolist() == trace.ticket_tax_minor.tolist()
    assert tickets["discount_minor"].tolist() == [2, 0, 30, 0]
    assert tickets["terminal"].tolist() == (trace.ticket_terminal + 1).tolist()
    lines = result.table("truth.ticket_lines").to_numpy()
    assert lines["quantity"].tolist() == trace.line_quantity.tolist()
    assert lines["amount_minor"].tolist() == trace.line_amount_minor.tolist()
    assert [str(item) for item in lines["item"]] == trace.item_ids[trace.line_item].tolist()


def test_lines_without_quantity_or_amount_are_replayed(log: Log) -> None:
    log.set(1, "units", "0").set(2, "paid", "0").set(2, "saved", "2.50").set(3, "units", "0").set(3, "paid", "0")
    _, trace = log.run()
    result = replay(log.folder / "out", **DRILL_DOWN)
    lines = result.table("truth.ticket_lines").to_numpy()
    assert lines["quantity"].tolist() == [0, 1, 0, 3, 1, 2]
    assert sales(result, "book.store_days") == sales_of(trace)


def test_units_that_the_shelf_does_not_have_are_counted_and_sold(log: Log) -> None:
    for row in range(1, 7):
        log.set(row, "units", "99" if row == 4 else "1")
    _, trace = log.run(replenished=False)
    result = replay(log.folder / "out", **{"catalogue.items[2].initial_units": 10})
    days = result.table("truth.store_days").to_numpy()
    assert int(days["trace_shortage_units"].sum()) == 99 - 10
    assert int(days["lost_units"].sum()) == 0
    assert sales(result, "book.store_days") == sales_of(trace)


def test_a_store_that_is_cut_off_delivers_its_tickets_later(log: Log) -> None:
    _, trace = log.run()
    outage = {"kind": "store_link_down", "stores": ["S1"], "from": "2026-11-23T08:00", "for": "PT12H"}
    result = replay(log.folder / "out", faults=[outage])
    assert sales(result, "truth.store_days") == sales(result, "book.store_days") == sales_of(trace)
    posted = result.table("book.store_days").to_numpy()
    first_of_s1 = int(np.flatnonzero((posted["place"] == "S1") & (posted["tickets"] > 0))[0])
    assert posted["last_posted_at"][first_of_s1] >= np.datetime64("2026-11-23T20:00")


def test_weights_and_fuel_are_replayed_in_base_units(log: Log) -> None:
    log.mapping["quantity_scale"] = 1000
    log.set(1, "units", "0.454").set(1, "paid", "0.89")
    _, trace = log.run()
    result = replay(log.folder / "out", **DRILL_DOWN)
    assert result.table("truth.ticket_lines")["quantity"].tolist() == trace.line_quantity.tolist()
    assert 454 in trace.line_quantity


def test_a_missing_trace_is_named(log: Log) -> None:
    log.run()
    (log.folder / "out" / "log.trace.npz").unlink()
    with pytest.raises(ts.UserError, match=r"log\.trace\.npz"):
        replay(log.folder / "out")


def test_cdnow_is_replayed_to_the_cent(tmp_path: Path) -> None:
    dataset = DATASETS["cdnow"]
    import_log(dataset.path(), dataset.mapping, tmp_path, name="cdnow")
    result = replay(tmp_path)
    expected = sales_of(load_trace(tmp_path / "cdnow.trace.npz"))
    assert sales(result, "truth.store_days") == sales(result, "book.store_days") == expected
    assert sum(expected.values()) == 250_031_563


@pytest.mark.slow
def test_complete_journey_is_replayed_to_the_cent_by_store_and_week(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    dataset = DATASETS["complete_journey"]
    import_log(dataset.path(), dataset.mapping, tmp_path, name="complete_journey")
    raw = parquet.read_table(dataset.path(), columns=["store_id", "week", "sales_value"])
    stores, weeks, values = (column.to_numpy() for column in raw.columns)
    expected: dict[tuple[int, int], int] = defaultdict(int)
    by_store: dict[int, int] = defaultdict(int)
    for store, week, cents in zip(stores.tolist(), weeks.tolist(), np.rint(values * 100).astype(int), strict=True):
        expected[(store, week)] += int(cents)
        by_store[store] += int(cents)
    expected = {key: value for key, value in expected.items() if value}

    def by_week(result: ts.Result, table: str) -> dict[tuple[int, int], int]:
        total: dict[tuple[int, int], int] = defaultdict(int)
        for (store, day), value in sales(result, table).items():  # Weeks of the data begin on Mondays.
            week = int((np.datetime64(day) - np.datetime64("2016-12-26")).astype(int)) // 7 + 1
            total[(int(store), week)] += value
        return dict(total)

    ten_biggest = [str(store) for store in sorted(by_store, key=lambda store: -by_store[store])[:10]]
    outage = {"kind": "store_link_down", "stores": ten_biggest, "from": "2017-07-03T00:00", "for": "P1D"}
    for changes in ({}, {"faults": [outage]}):
        result = replay(tmp_path, **{"integration.posting.mode": "realtime", **changes})
        assert by_week(result, "truth.store_days") == expected
        assert by_week(result, "book.store_days") == expected
        assert result.kpis["tickets"].value == 155_848
        assert result.kpis["lines"].value == 1_469_307


@pytest.mark.parametrize(
    ("changes", "inside"),
    [
        ({}, 4),
        ({"days": 1}, 3),
        ({"start": "2026-11-24", "days": 1}, 1),
        ({"start": "2026-11-01", "days": 5}, 0),
        ({"start": "2027-01-01", "days": 5}, 0),
    ],
)
def test_baskets_outside_the_days_of_the_run_are_left_out_and_counted(
    log: Log, changes: dict[str, object], inside: int
) -> None:
    log.run()
    result = replay(log.folder / "out", **changes)
    assert result.kpis["tickets"].value == inside
    assert result.counters["trace_outside"] == 4 - inside
