"""What makes a log unusable as a whole is said in one message, with what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import tillstorm as ts
from tillstorm.importing import LogError, Mapping

if TYPE_CHECKING:
    from conftest import Log


def test_a_log_that_is_not_there(log: Log) -> None:
    with pytest.raises(LogError, match="no such file"):
        log.run(path=log.folder / "missing.csv")


def test_a_folder_is_no_log(log: Log) -> None:
    with pytest.raises(LogError, match=r"this is a folder; give one file in it \(\.csv, "):
        log.run(path=log.folder)


def test_a_log_of_more_days_than_a_scenario_may_have(log: Log) -> None:
    """3661 days from row 2 to row 6 are one too many; one day less is a scenario that can be run."""
    log.mapping |= {"order": "any", "basket": ["receipt", "sku"], "basket_seconds": 0}
    for row in range(1, 7):
        log.set(row, "sold_at", "2020-01-01T10:00:00")
    log.set(2, "sold_at", "2015-01-01T10:00:00").set(6, "sold_at", "2025-01-08T10:00:00")
    with pytest.raises(LogError, match=r"3,661 days from row 2 \(2015-01-01\) to row 6 \(2025-01-08\);.* 3,660 days"):
        log.run()
    assert not (log.folder / "out").exists()
    log.set(6, "sold_at", "2025-01-07T10:00:00")
    report, _ = log.run()
    assert report.days == 3660
    assert ts.Scenario.load(log.folder / "out" / "log.scenario.json").days == 3660


def test_a_scenario_that_cannot_be_run_is_not_written(log: Log) -> None:
    log.mapping["currency"] = "dollars"
    with pytest.raises(LogError, match=r"cannot be run; nothing was written\n.*chain\.currency"):
        log.run()
    assert list((log.folder / "out").iterdir()) == []


def test_a_key_given_twice_in_a_mapping_file(log: Log) -> None:
    path = log.folder / "map.json"
    path.write_text('{"time": "sold_at", "amount": "paid", "time": "when"}')
    with pytest.raises(LogError, match=r"map\.json: `time` is given 2 times"):
        Mapping.parse([str(path)])


def test_a_log_of_no_known_kind(log: Log) -> None:
    path = log.folder / "log.xlsx"
    path.write_bytes(b"PK")
    with pytest.raises(LogError, match=r"unknown kind of file; expected one of \.csv, .*--format"):
        log.run(path=path)


@pytest.mark.parametrize("content", ["", "\n\n", "  \n"])
def test_an_empty_file(log: Log, content: str) -> None:
    path = log.folder / "log.csv"
    path.write_text(content)
    with pytest.raises(LogError, match="0 rows, and no header"):
        log.run(path=path)


@pytest.mark.parametrize("blank", ["", "\n\n", ",,,,,,,,\n"])
def test_a_header_without_rows(log: Log, blank: str) -> None:
    log.rows = []
    path = log.write_csv()
    path.write_text(path.read_text() + blank)
    with pytest.raises(LogError, match="0 rows below the header"):
        log.run(path=path)


def test_an_unknown_column_names_the_nearest_one(log: Log) -> None:
    log.mapping["item"] = "skuu"
    with pytest.raises(LogError, match=r"unknown column `skuu`; did you mean `sku`\? Its columns are: shop, till"):
        log.run()


def test_a_column_that_occurs_twice(log: Log) -> None:
    path = log.write_csv()
    path.write_text(path.read_text().replace("vat", "paid", 1))
    with pytest.raises(LogError, match="column `paid` occurs twice"):
        log.run(path=path)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"amount": "paid"}, "`time` is missing"),
        ({"time": "t"}, "`amount` is missing"),
        ({"time": "t", "amount": "a", "stoer": "s"}, "unknown key `stoer`; did you mean `store`"),
        ({"time": "t", "amount": 3}, "`amount` is 3; expected a column name"),
        ({"time": "t", "amount": ["a", 3]}, "expected a column name or a list"),
        ({"time": "t", "amount": "a", "order": "random"}, "expected one of by_log, by_store, any"),
        ({"time": "t", "amount": "a", "quantity_scale": "many"}, "expected a whole number"),
        ({"time": "t", "amount": "a", "quantity_scale": True}, "expected a whole number"),
        ({"time": "t", "amount": "a", "quantity_scale": 0}, "expected 1 to 1000000"),
        ({"time": "t", "amount": "a", "currency": 840}, "expected text"),
        ({"time": "t", "amount": "a", "delimiter": "::"}, "expected one character"),
    ],
)
def test_a_mapping_that_makes_no_sense(values: dict[str, Any], expected: str) -> None:
    with pytest.raises(LogError, match=expected):
        Mapping.from_dict(values)


def test_a_mapping_that_is_no_json(log: Log) -> None:
    path = log.folder / "mapping.json"
    for text, expected in (("{", "not JSON"), ("[1]", "expected an object")):
        path.write_text(text)
        with pytest.raises(LogError, match=expected):
            Mapping.parse([str(path)])
    with pytest.raises(LogError, match="No such file"):
        Mapping.parse([str(log.folder / "missing.json")])


def test_a_mapping_file_and_pairs_are_laid_over_each_other(log: Log) -> None:
    path = log.folder / "mapping.json"
    path.write_text('{"time": "t", "amount": ["a", "b"], "margin_ppm": 250000}')
    mapping = Mapping.parse([str(path), "store=s,amount=c+d,quantity_scale=1000", "order=any"])
    assert mapping == Mapping(
        time=("t",), amount=("c", "d"), store=("s",), margin_ppm=250_000, quantity_scale=1000, order="any"
    )
    assert Mapping.from_dict(mapping.to_dict()) == mapping


def test_an_unknown_time_zone(log: Log) -> None:
    log.mapping |= {"chain_time_zone": "Europe/Berln"}
    with pytest.raises(LogError, match="unknown time zone 'Europe/Berln' for the stores; did you mean `Europe/Berlin`"):
        log.run()
    log.mapping |= {"time_zone": "Mars/Olympus", "chain_time_zone": "UTC"}
    with pytest.raises(LogError, match="unknown time zone 'Mars/Olympus'; expected an IANA name"):
        log.run()


def test_a_damaged_parquet_file(log: Log) -> None:
    pytest.importorskip("pyarrow")
    path = log.folder / "log.parquet"
    path.write_bytes(b"PAR1 no more")
    with pytest.raises(LogError, match="not a readable Parquet file"):
        log.run(path=path)
