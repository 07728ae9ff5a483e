"""Identities: what must hold exactly, whatever the numbers are."""

from __future__ import annotations

import copy
import json
import random
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import tillstorm as ts
from tillstorm.oracles import load_rows

DRILL_DOWN = ["truth.tickets", "truth.ticket_lines", "book.movements", "book.journal"]


@pytest.fixture(scope="module")
def scenario():
    return ts.Scenario.load("tutorial/two_stores").with_({"record.tables": DRILL_DOWN})


@pytest.fixture(scope="module")
def result(scenario):
    return ts.run(scenario)


def tickets_of(result, store):
    table = result.table("truth.tickets")
    rows = table["place"] == store
    return {name: table[name][rows].tolist() for name in ("event_time", "terminal", "number", "net_minor", "tax_minor")}


# --- The same run ---------------------------------------------------------------------------------------------------


def test_a_scenario_against_itself_differs_in_nothing(scenario, result):
    again = ts.run(scenario)
    assert again.digest == result.digest
    assert again.kpis.to_dict() == result.kpis.to_dict()
    for name in DRILL_DOWN:
        assert again.table(name).to_arrow().equals(result.table(name).to_arrow())


def test_one_thread_is_many_threads(scenario, result):
    with ThreadPoolExecutor(3) as pool:
        assert {r.digest for r in pool.map(lambda _: ts.run(scenario), range(3))} == {result.digest}


def test_stopped_copied_and_resumed_is_never_stopped(scenario, result):
    simulation = ts.Simulation(scenario)
    for moment in ("2026-11-27T09:00", "2026-11-27T14:30", "2026-11-28T00:00"):
        simulation = ts.Simulation.restore(simulation.run_until(moment).snapshot())
    assert simulation.run().digest == result.digest


def test_what_is_recorded_is_no_part_of_the_run(scenario, result):
    assert ts.run(scenario.with_({"record.tables": []})).digest == result.digest


def test_a_fault_that_hits_no_message_is_no_fault():
    plain = ts.Scenario.load("tutorial/two_stores")
    one_in_a_million = {"kind": "duplicate", "from": "2026-11-27T12:00", "for": "PT10M", "share_ppm": 1}
    faulty, without = ts.run(plain.with_({"faults": [one_in_a_million]})), ts.run(plain)
    assert faulty.kpis["duplicates_blocked"].value == 0
    assert faulty.digest == without.digest


def test_the_order_of_stores_and_items_in_the_file_means_nothing():
    rng = random.Random(7)
    stores = [{"id": f"S{i:02}", "terminals": 1 + i % 3, "size_ppm": 400_000 + 100_000 * i} for i in range(8)]
    items = [{"id": f"I{i:03}", "price_minor": 100 + 17 * i, "popularity": 1 / (i + 1)} for i in range(40)]
    document = {
        "days": 2,
        "chain": {"stores": stores, "distribution_centres": [{"id": "DC1"}]},
        "catalogue": {"items": items},
    }
    permuted = copy.deepcopy(document)
    rng.shuffle(permuted["chain"]["stores"])
    rng.shuffle(permuted["catalogue"]["items"])
    assert permuted != document
    first, second = (ts.run(ts.Scenario.from_json(json.dumps(d))) for d in (document, permuted))
    assert first.digest == second.digest
    assert first.kpis.to_dict() == second.kpis.to_dict()


# --- The same people ------------------------------------------------------------------------------------------------


def chain(stores: list[str], items: int, *, extra_items: int = 0) -> ts.Scenario:
    """Stores that carry the same items, out of a catalogue that may have others."""
    carried = [f"I{i:03}" for i in range(items)]
    listed = [
        {"id": name, "price_minor": 500, "popularity": 1 / (i + 1), "initial_units": 10_000}
        for i, name in enumerate(carried)
    ]
    listed += [{"id": f"X{i:03}", "price_minor": 900} for i in range(extra_items)]
    document = {
        "days": 2,
        "chain": {"stores": [{"id": name, "assortment": "carried"} for name in stores]},
        "catalogue": {"items": listed, "assortments": [{"id": "carried", "items": carried}]},
        "replenishment": {"enabled": False},
        "record": {"tables": ["truth.tickets"]},
    }
    return ts.Scenario.from_json(json.dumps(document))


@pytest.mark.parametrize(
    "other", [chain(["S1", "S2", "S3"], 30), chain(["S1", "S2"], 30, extra_items=25)], ids=["store", "item"]
)
def test_another_store_or_an_item_nobody_carries_leaves_the_others_as_they_were(other):
    first, second = ts.run(chain(["S1", "S2"], 30)), ts.run(other)
    for store in ("S1", "S2"):
        assert tickets_of(first, store) == tickets_of(second, store)


def test_integration_changes_nothing_that_happens_in_the_stores(scenario, result):
    batch = ts.run(scenario.with_({"integration.posting.mode": "batch", "integration.posting.interval_minutes": 60}))
    assert batch.digest != result.digest
    for store in ("0001", "0002"):
        assert tickets_of(batch, store) == tickets_of(result, store)


# --- Conservation ---------------------------------------------------------------------------------------------------


def test_debits_are_credits_for_every_document(result):
    journal = result.table("book.journal")
    place, _ = journal.codes("place")
    kind, _ = journal.codes("type")
    document = np.stack([place.astype(np.int64), kind.astype(np.int64), journal["number"].astype(np.int64)])
    posted = journal["posted_at"].astype(np.int64)
    _, group = np.unique(np.vstack([document, posted]), axis=1, return_inverse=True)
    balance = np.zeros(group.max() + 1, dtype=np.int64)
    np.add.at(balance, group.ravel(), journal["debit_minor"] - journal["credit_minor"])
    assert (balance == 0).all()


def test_units_in_are_units_out_and_the_change_of_stock(scenario):
    simulation = ts.Simulation(scenario)
    opening = simulation.book().astype(np.int64)
    simulation.run()
    closing = simulation.book().astype(np.int64)
    movements = simulation.result().table("book.movements")
    (place, places), (item, items) = movements.codes("place"), movements.codes("item")
    assert (places, items) == (simulation.places, simulation.items)
    moved = np.zeros_like(opening)
    is_later = movements["reason"] != "opening"
    np.add.at(moved, (place[is_later], item[is_later]), movements["quantity"][is_later])
    assert (opening + moved == closing).all()


def test_tenders_equal_net_and_tax(result):
    days = result.table("truth.store_days")
    paid = sum(days[f"{tender}_minor"] for tender in ("cash", "credit", "debit", "gift_card", "voucher"))
    assert (paid == days["net_minor"] + days["tax_minor"]).all()


def test_books_of_a_day_are_what_happened_that_day(result):
    def by_day(table):
        rows = zip(table["place"], table["business_date"], table["net_minor"], table["tax_minor"], strict=True)
        return {(str(p), str(d)): (int(net), int(tax)) for p, d, net, tax in rows if net}

    book, truth = by_day(result.table("book.store_days")), by_day(result.table("truth.store_days"))
    assert {key: value for key, value in book.items() if key[0] != "DC1"} == truth


# --- Queues ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "row", [row for row in load_rows() if row.id in ("MMC-1", "MMC-4", "MMCK-1", "ERLA-1")], ids=lambda r: r.id
)
def test_littles_law(row):
    """Number waiting = rate of those let in x their wait, but for who is in the queue at the two ends of the count."""
    scenario = row.scenario().with_({"days": 9, "record.warm_up": "P1D"})
    kpis = ts.run(scenario).kpis
    seconds = 8 * 86400.0
    let_in = kpis["till_arrivals"].value * (1 - kpis["till_blocked_share"].value)
    waited = let_in * kpis["till_mean_wait_s"].value / seconds
    assert kpis["till_mean_waiting"].value == pytest.approx(waited, rel=0.02)
    served = let_in * (1 - kpis["till_abandoned_share"].value)
    if kpis["till_abandoned_share"].value == 0:
        in_system = served * kpis["till_mean_time_in_system_s"].value / seconds
        assert kpis["till_mean_in_system"].value == pytest.approx(in_system, rel=0.02)


def test_all_rates_times_k_is_the_same_queue_in_a_k_th_of_the_time():
    row = next(row for row in load_rows() if row.id == "MMC-4")
    slow = row.scenario().with_({"days": 8, "record.warm_up": "P4D"})
    fast = slow.with_(
        {
            "days": 4,
            "record.warm_up": "P2D",
            "demand.rate_profile": [{"hour": 0, "per_hour": 360}, {"hour": 24, "per_hour": 360}],
            "people.checkout.law_seconds.mean": 30,
        }
    )
    a, b = ts.run(slow).kpis, ts.run(fast).kpis
    assert b["till_arrivals"].value == pytest.approx(a["till_arrivals"].value, rel=0.05)
    assert b["till_mean_wait_s"].value == pytest.approx(a["till_mean_wait_s"].value / 2, rel=0.3)
    assert b["till_wait_probability"].value == pytest.approx(a["till_wait_probability"].value, rel=0.1)
