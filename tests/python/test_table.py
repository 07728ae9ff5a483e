"""Tables of a result: shared columns, Arrow, numpy and pandas."""

from __future__ import annotations

import sys

import numpy as np
import pytest

import tillstorm as ts

TICKETS = "truth.tickets"


@pytest.fixture(scope="module")
def result():
    changes = {"record.tables": [TICKETS, "truth.ticket_lines", "truth.lost_sales", "book.journal", "book.deliveries"]}
    return ts.run(ts.Scenario.baseline(stores=4, skus=80, days=2).with_(changes))


@pytest.fixture
def tickets(result):
    return result.table(TICKETS)


def test_a_table_knows_its_name_rows_and_columns(result, tickets):
    assert tickets.name == TICKETS
    assert tickets.title.endswith(".")
    assert len(tickets) == tickets.num_rows == result.counters["tickets"]
    assert list(tickets) == tickets.column_names == [column.name for column in tickets.columns]
    net = next(column for column in tickets.columns if column.name == "net_minor")
    assert (net.type, net.unit) == ("int64", "minor")
    assert net.meaning.endswith(".")
    assert repr(tickets).startswith(f"<Table truth.tickets: {len(tickets)} rows of place, ")


def test_columns_have_the_types_of_what_they_mean(tickets):
    assert tickets["net_minor"].dtype == np.int64
    assert tickets["business_date"].dtype == np.dtype("datetime64[D]")
    assert tickets["event_time"].dtype == np.dtype("datetime64[us]")
    assert set(tickets["place"]) == {"0001", "0002", "0003", "0004"}
    assert set(tickets["tender"]) <= {"cash", "credit", "debit", "gift_card", "voucher"}
    assert set(tickets.to_numpy()) == set(tickets.column_names)


def test_times_are_utc_and_business_dates_local(tickets):
    first = tickets["event_time"].min()
    assert np.datetime64("2026-11-23T14:00") <= first < np.datetime64("2026-11-23T17:00")  # nine o'clock in New York
    assert set(tickets["business_date"].astype(str)) == {"2026-11-23", "2026-11-24"}


def test_numbers_are_shared_and_read_only(tickets):
    a, b = tickets.column("net_minor"), tickets.column("net_minor")
    assert np.shares_memory(a, b)
    assert not a.flags.writeable
    with pytest.raises(ValueError, match="read-only"):
        a[0] = 0


def test_columns_outlive_the_result():
    net = ts.run(ts.Scenario.load("tutorial/one_day")).table("truth.store_days")["net_minor"]
    expected = ts.run(ts.Scenario.load("tutorial/one_day")).table("truth.store_days")["net_minor"].sum()
    assert net.sum() == expected


def test_arrow_gives_the_same_values(tickets):
    arrow = tickets.to_arrow()
    assert arrow.num_rows == len(tickets)
    assert arrow.column_names == tickets.column_names
    for name in tickets.column_names:
        expected = tickets.column(name)
        if expected.dtype.kind == "M":
            assert (arrow[name].to_numpy().astype(expected.dtype) == expected).all()
        else:
            assert arrow[name].to_pylist() == expected.tolist()
    assert str(arrow.schema.field("event_time").type) == "timestamp[us, tz=UTC]"
    assert arrow.schema.field("net_minor").metadata[b"unit"] == b"minor"
    assert arrow.schema.metadata[b"name"] == b"truth.tickets"


def test_arrow_shares_the_memory(tickets):
    arrow = tickets.to_arrow()
    address = arrow["net_minor"].chunk(0).buffers()[1].address
    assert address == tickets.column("net_minor").__array_interface__["data"][0]


def test_arrow_data_are_valid_and_outlive_the_table(tickets):
    arrow = tickets.to_arrow()
    arrow.validate(full=True)
    column = ts.run(ts.Scenario.load("tutorial/one_day")).table("truth.store_days").to_arrow()["net_minor"]
    assert column.to_pylist()[0] > 0


def test_a_stream_that_nobody_reads_is_freed(tickets):
    for _ in range(100):
        tickets.__arrow_c_stream__()


def test_a_stream_can_be_read_in_batches(tickets):
    pa = pytest.importorskip("pyarrow")
    reader = pa.RecordBatchReader.from_stream(tickets)
    assert sum(batch.num_rows for batch in reader) == len(tickets)


def test_a_table_of_many_blocks_is_one_column():
    long = ts.Scenario.baseline(stores=12, skus=50, days=10, demand={"tickets_per_store_day": 1000})
    table = ts.run(long.with_({"record.tables": [TICKETS]})).table(TICKETS)
    assert len(table) > 65_536
    arrow = table.to_arrow()
    assert arrow["net_minor"].num_chunks > 1
    assert arrow["net_minor"].to_numpy().tolist() == table["net_minor"].tolist()
    assert int(table["number"].max()) == arrow["number"].to_numpy().max()


def test_an_empty_table_has_columns_and_no_rows(result):
    table = ts.run(ts.Scenario.load("tutorial/one_day", {"record.tables": ["book.orders"]})).table("book.orders")
    assert len(table) == 0
    assert table["quantity"].tolist() == []
    assert table["place"].tolist() == []
    assert table.to_arrow().num_rows == 0
    assert list(table.to_pandas().columns) == table.column_names


def test_pandas_gets_categories_and_time_zones(tickets):
    frame = tickets.to_pandas()
    assert str(frame["place"].dtype) == "category"
    assert str(frame["event_time"].dtype) == "datetime64[us, UTC]"
    assert frame.groupby("place", observed=True)["net_minor"].sum().sum() == tickets["net_minor"].sum()


def test_codes_are_positions_in_a_list_of_names(tickets):
    codes, names = tickets.codes("place")
    assert [names[code] for code in codes[:100]] == tickets["place"][:100].tolist()
    with pytest.raises(TypeError, match="int64"):
        tickets.codes("net_minor")
    with pytest.raises(KeyError, match="no column `nett`"):
        tickets.codes("nett")


def test_an_unknown_column_is_named(tickets):
    with pytest.raises(KeyError, match="no column `nett`; it has place"):
        tickets.column("nett")


@pytest.mark.parametrize(
    ("method", "missing", "extra"),
    [("to_pandas", "pandas", "pandas"), ("to_arrow", "pyarrow", "parquet"), ("to_pandas", "pyarrow", "parquet")],
)
def test_a_missing_library_is_named_with_its_command(tickets, monkeypatch, method, missing, extra):
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(ts.MissingExtraError, match=rf"pip install 'tillstorm\[{extra}\]'") as caught:
        getattr(tickets, method)()
    assert "\n" not in str(caught.value)


def test_tables_agree_with_each_other_and_with_the_figures(result, tickets):
    lines = result.table("truth.ticket_lines")
    assert lines["amount_minor"].sum() == tickets["net_minor"].sum()
    assert len(lines) == tickets["lines"].sum() == result.kpis["lines"].value
    days = result.table("truth.store_days")
    assert days["net_minor"].sum() == tickets["net_minor"].sum()
    journal = result.table("book.journal")
    assert journal["debit_minor"].sum() == journal["credit_minor"].sum() > 0
