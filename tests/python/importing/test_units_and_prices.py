"""Weights and fuel get a base unit, and list prices come from what was charged."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from tillstorm.importing.items import costs, list_prices, median_of

if TYPE_CHECKING:
    from conftest import Log


def items_of(log: Log) -> dict[str, dict[str, Any]]:
    document = json.loads((log.folder / "out" / "log.scenario.json").read_text())
    return {item["id"]: item for item in document["catalogue"]["items"]}


def test_weights_are_kept_in_parts_of_the_logged_unit_and_pieces_in_pieces(log: Log) -> None:
    log.mapping["quantity_scale"] = 1000
    log.set(1, "units", "0.454").set(1, "paid", "0.89").set(1, "saved", "0.02")  # Apples by the kilogram.
    _, trace = log.run()
    assert trace.line_quantity.tolist() == [454, 1, 1000, 3, 1000, 2]
    assert items_of(log)["apple"]["base_units_per_sale"] == 1000
    assert "base_units_per_sale" not in items_of(log)["bread"]
    assert items_of(log)["apple"]["price_minor"] == 100


def test_items_with_huge_quantities_are_not_sold_in_pieces(log: Log) -> None:
    for row, units, paid in ((1, "10857", "26.81"), (3, "8000", "19.76"), (5, "99", "0.24")):
        log.set(row, "units", units).set(row, "paid", paid).set(row, "saved", "0").set(row, "sku", "fuel")
    report, trace = log.run()
    assert report.bulk_items == 1
    assert any("1 item with a median quantity of 100 or more not sold in pieces" in note for note in report.notes)
    assert items_of(log)["fuel"] == {"id": "fuel", "price_minor": 247, "cost_minor": 153, "base_units_per_sale": 1000}
    assert trace.line_quantity.max() == 10857
    log.mapping["bulk_median"] = 0
    report, _ = log.run()
    assert report.bulk_items == 0
    assert items_of(log)["fuel"]["price_minor"] == 0  # A quarter of a cent.


def test_the_list_price_is_the_most_frequent_price_before_discount() -> None:
    item = np.array([0, 0, 0, 1, 1, 2, 3, 3])
    quantity = np.array([2, 1, 1, 1, 1, 0, 1, 3])
    amount = np.array([200, 100, 90, 50, 40, 70, 0, 1000])
    per_sale = np.array([1, 1, 1, 1, 1])
    # Item 0: twice 100; 1: 50 and 40 once each, so the lower; 2: no quantity; 3: 333 1/3; 4: no line.
    assert list_prices(item, quantity, amount, per_sale).tolist() == [100, 40, 0, 333, 0]


def test_costs_are_the_price_less_the_margin_rounded_half_up() -> None:
    assert costs(np.array([100, 101, 1, 0]), 380_000).tolist() == [62, 63, 1, 0]
    assert costs(np.array([5]), 500_000).tolist() == [3]
    assert costs(np.array([999]), 0).tolist() == [999]
    assert costs(np.array([999]), 1_000_000).tolist() == [0]


def test_the_median_leaves_out_empty_lines() -> None:
    item = np.array([0, 0, 0, 1, 1, 2])
    quantity = np.array([0, 5, 7, 3, 1, 0])
    assert median_of(item, quantity, 4).tolist() == [7, 3, 0, 0]


def test_the_scenario_says_what_the_log_says(log: Log) -> None:
    log.mapping |= {"currency": "EUR", "time_zone": "Europe/Berlin", "margin_ppm": 250_000}
    log.run(description="Two shops.", replenished=False)
    text = (log.folder / "out" / "log.scenario.json").read_text()
    document = json.loads(text)
    hours = {day: {"open": "00:00", "close": "24:00"} for day in ("weekday", "saturday", "sunday")}
    assert document == {
        "name": "log",
        "description": "Two shops.",
        "start": "2026-11-23",
        "days": 2,
        "chain": {
            "currency": "EUR",
            "time_zone": "Europe/Berlin",
            "stores": [
                {"id": "S1", "terminals": 2, "assortment": "trace", "opening": hours},
                {"id": "S2", "terminals": 1, "assortment": "trace", "opening": hours},
            ],
            "distribution_centres": [{"id": "DC1"}],
        },
        "catalogue": {
            "items": [
                {"id": "apple", "price_minor": 100, "cost_minor": 75},
                {"id": "bread", "price_minor": 250, "cost_minor": 188},
                {"id": "milk", "price_minor": 109, "cost_minor": 82},
            ]
        },
        "demand": {"mode": "trace", "trace": "log.trace.npz"},
        "pricing": {"changes_per_item_month_ppm": 0},
        "replenishment": {"enabled": False},
        "finance": {"sales_tax_rate_ppm": 110 * 1_000_000 // 1445},
    }
    assert sum('{"id": "' in line for line in text.splitlines()) == 6  # A line for each store, centre and item.
