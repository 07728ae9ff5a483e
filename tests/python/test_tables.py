"""The tables of a run taken together: they add up to each other, and how they are kept changes nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

import tillstorm as ts

DRILL_DOWN = [
    "truth.tickets",
    "truth.ticket_lines",
    "truth.lost_sales",
    "book.deliveries",
    "book.movements",
    "book.journal",
    "book.orders",
]
MONEY = ["net_minor", "discount_minor", "tax_minor"]
ENTRIES = ["debit_minor", "credit_minor"]


def chain(**record: object) -> ts.Scenario:
    """Four stores and a distribution centre that are replenished quickly, so that every kind of row is written."""
    quick = {"supply.lead_time_domestic_days": 2, "supply.lead_time_import_days": 3, "supply.dc_cover_weeks": 1}
    scenario = ts.Scenario.baseline(stores=4, skus=60, days=14, seed=3).with_(quick)
    return scenario.with_({f"record.{name}": value for name, value in record.items()})


@pytest.fixture(scope="module")
def result() -> ts.Result:
    """A run that has written everything."""
    return ts.run(chain(tables=DRILL_DOWN))


@pytest.fixture(scope="module")
def frames(result: ts.Result) -> dict[str, pd.DataFrame]:
    """Its tables."""
    return {name: result.table(name).to_pandas() for name in result.tables}


def by(frame: pd.DataFrame, keys: list[str], values: list[str]) -> pd.DataFrame:
    """Sums by keys, where there is anything to sum; keys as plain text, in order."""
    plain = frame.assign(**{key: frame[key].astype(str) for key in keys})
    sums = plain.groupby(keys)[values].sum().astype("int64")
    return sums[(sums != 0).any(axis=1)]


def test_every_kind_of_row_is_there(frames: dict[str, pd.DataFrame]) -> None:
    """The run below these tests is rich enough for them to mean something."""
    assert set(frames["book.movements"]["reason"].unique()) == {
        "opening",
        "sale",
        "online_shipment",
        "dispatch",
        "goods_receipt",
        "purchase_receipt",
    }
    assert set(frames["book.orders"]["kind"].unique()) == {"store_order", "purchase_order"}
    may_be_empty = {"truth.lost_sales", "book.exceptions", "book.open_exceptions"}
    assert all(len(frame) > 0 for name, frame in frames.items() if name not in may_be_empty)


def test_lines_add_up_to_tickets(frames: dict[str, pd.DataFrame]) -> None:
    """Amounts, discounts, quantities and the number of lines of each ticket."""
    key = ["place", "terminal", "number"]
    lines = frames["truth.ticket_lines"].rename(
        columns={"quantity": "units", "amount_minor": "net_minor"},
    )
    lines["lines"] = 1
    columns = ["lines", "units", "net_minor", "discount_minor"]
    pd.testing.assert_frame_equal(by(lines, key, columns), by(frames["truth.tickets"], key, columns))


def test_tickets_add_up_to_store_days(frames: dict[str, pd.DataFrame]) -> None:
    """Tickets, lines and money of each store and business date, and the takings by tender."""
    key = ["place", "business_date"]
    tickets, days = frames["truth.tickets"], frames["truth.store_days"]
    columns = ["tickets", "lines", *MONEY]
    pd.testing.assert_frame_equal(by(tickets.assign(tickets=1), key, columns), by(days, key, columns))
    for tender in tickets["tender"].cat.categories:
        paid = tickets[tickets["tender"] == tender].assign(paid=tickets["net_minor"] + tickets["tax_minor"])
        expected = by(days.rename(columns={f"{tender}_minor": "paid"}), key, ["paid"])
        pd.testing.assert_frame_equal(by(paid, key, ["paid"]), expected)


def test_what_is_posted_is_what_was_sold(frames: dict[str, pd.DataFrame]) -> None:
    """Book and truth agree store by store and day by day after a run without faults."""
    key = ["place", "business_date"]
    columns = ["tickets", "net_minor", "tax_minor"]
    stores = frames["truth.store_days"]
    book = frames["book.store_days"]
    book = book[book["place"].isin(stores["place"].unique())]
    pd.testing.assert_frame_equal(by(book, key, columns), by(stores, key, columns))


def test_every_ticket_is_delivered_once(frames: dict[str, pd.DataFrame]) -> None:
    """First postings of tickets are the tickets, one for one."""
    deliveries = frames["book.deliveries"]
    posted = deliveries[(deliveries["type"] == "ticket") & (deliveries["outcome"] == "first_post")]
    key = ["place", "terminal", "number"]
    assert sorted(posted[key].astype(str).itertuples(index=False)) == sorted(
        frames["truth.tickets"][key].astype(str).itertuples(index=False)
    )
    assert (posted["latency_us"] > 0).all()
    took = (posted["posted_at"] - posted["event_time"]) // pd.Timedelta(microseconds=1)
    assert (took == posted["latency_us"]).all()


def test_sales_move_the_stock_by_what_was_sold(frames: dict[str, pd.DataFrame]) -> None:
    """Movements for sales mirror the lines of the tickets."""
    moves = frames["book.movements"]
    sold = by(moves[moves["reason"] == "sale"], ["place", "item"], ["quantity"])
    pd.testing.assert_frame_equal(-sold, by(frames["truth.ticket_lines"], ["place", "item"], ["quantity"]))


def test_journal_lines_add_up_to_the_days(frames: dict[str, pd.DataFrame]) -> None:
    """Debits and credits of each place, business date and account, opening included."""
    key = ["place", "business_date", "account"]
    days = by(frames["book.journal_days"], key, ENTRIES)
    pd.testing.assert_frame_equal(by(frames["book.journal"], key, ENTRIES), days)


def test_every_document_balances(frames: dict[str, pd.DataFrame]) -> None:
    """Debits equal credits within each document."""
    journal = frames["book.journal"]
    key = ["place", "posted_at", "type", "number"]
    sums = journal.assign(**{k: journal[k].astype(str) for k in key}).groupby(key)[ENTRIES].sum()
    assert (sums["debit_minor"] == sums["credit_minor"]).all()


def test_movements_add_up_to_the_stock_at_any_moment() -> None:
    """From the opening on, the ledger is the book stock, whenever one looks."""
    simulation = ts.Simulation(chain(tables=["book.movements"]))
    for day in ("2026-11-23T00:00", "2026-11-24T15:30", "2026-12-03T03:00"):
        simulation.run_until(day)
        moves = simulation.result().table("book.movements").to_pandas()
        ledger = moves.pivot_table("quantity", "place", "item", aggfunc="sum", observed=False, fill_value=0)
        ledger = ledger.reindex(index=simulation.places, columns=simulation.items)
        book = simulation.book()
        carried = book >= 0
        assert (ledger.to_numpy()[carried] == book[carried]).all(), day
        assert (ledger.to_numpy()[~carried] == 0).all(), day


def test_a_table_stays_as_it_was_while_the_run_goes_on() -> None:
    """Rows are only ever added, so a table taken in the middle of a run is a snapshot."""
    simulation = ts.Simulation(chain(tables=["truth.tickets"]))
    early = simulation.run_until("2026-11-24T15:30").result().table("truth.tickets")
    arrow, net = early.to_arrow(), early["net_minor"]
    before = net.tolist()
    late = simulation.run().table("truth.tickets")
    del simulation
    assert 0 < len(early) < len(late)
    assert net.tolist() == before == arrow["net_minor"].to_pylist()
    assert late["net_minor"][: len(before)].tolist() == before


def test_branches_write_their_own_rows() -> None:
    """After a snapshot both branches write the same rows, each its own."""
    simulation = ts.Simulation(chain(tables=["truth.tickets"], on_disk=True)).run_until("2026-11-25T12:00")
    snapshot = simulation.snapshot()
    first = simulation.run().table("truth.tickets").to_arrow()
    second = ts.Simulation.restore(snapshot).run().table("truth.tickets").to_arrow()
    assert first.equals(second)


def test_recording_changes_nothing(result: ts.Result) -> None:
    """What is recorded, and where, is no fact of the run."""
    plain = ts.run(chain())
    assert plain.digest == result.digest
    assert plain.tables == (
        "truth.store_days",
        "book.store_days",
        "book.journal_days",
        "book.exceptions",
        "book.open_exceptions",
    )
    on_disk = ts.run(chain(tables=DRILL_DOWN, on_disk=True))
    assert on_disk.digest == result.digest
    for name in result.tables:
        assert on_disk.table(name).to_arrow().equals(result.table(name).to_arrow()), name


def test_a_folder_that_cannot_be_written_to_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drill-down on disk needs a folder."""
    monkeypatch.setenv("TMPDIR", "/nonexistent/folder")
    with pytest.raises(ts.ScenarioError, match="/nonexistent/folder") as caught:
        ts.run(chain(tables=DRILL_DOWN, on_disk=True))
    assert "record.on_disk" in str(caught.value)
    assert "TMPDIR" in str(caught.value)


def test_the_page_lists_every_table_and_column(result: ts.Result) -> None:
    """docs/tables.md and the tables of a run that writes everything are the same list."""
    text = (Path(__file__).resolve().parents[2] / "docs/tables.md").read_text(encoding="utf-8")
    documented = {}
    for section in text.split("\n## ")[1:]:
        name = section.split("`")[1]
        documented[name] = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
    assert documented == {name: result.table(name).column_names for name in result.tables}
