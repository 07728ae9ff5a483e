"""Results: what they hold, and how they are written."""

from __future__ import annotations

import json
import sys
from datetime import timedelta

import pytest

import tillstorm as ts


@pytest.fixture(scope="module")
def result():
    return ts.run(ts.Scenario.load("tutorial/two_stores"))


def test_json_has_everything_but_the_rows(result):
    document = json.loads(result.to_json())
    assert document["ok"] is True
    assert document["digest"] == result.digest
    assert document["kpis"]["tickets"] == result.kpis["tickets"].value
    assert document["kpi_info"]["tickets"]["unit"] == "tickets"
    assert document["kpis_not_filled"]["shrink_rate"] == "not part of this version"
    assert document["tables"]["truth.store_days"] == len(result.table("truth.store_days"))
    assert document["violations"] == []


def test_an_unwritten_table_says_how_to_ask_for_it(result):
    with pytest.raises(KeyError, match=r"record\.tables"):
        result.table("truth.tickets")
    with pytest.raises(KeyError, match=r"there is no table `truth\.store_day`; did you mean `truth\.store_days`"):
        result.table("truth.store_day")


def test_save_writes_a_summary_the_scenario_and_each_table(result, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    folder = result.save(tmp_path / "a" / "b")
    assert folder == tmp_path / "a" / "b"
    summary = json.loads((folder / "summary.json").read_text())
    assert summary["digest"] == result.digest
    assert set(summary["files"]) == set(result.tables)
    for name, file in summary["files"].items():
        table = parquet.read_table(folder / file)
        assert table.num_rows == len(result.table(name))
        assert table.schema.metadata[b"tillstorm.digest"] == result.digest.encode()
    assert ts.run(ts.Scenario.load(folder / "scenario.json")).digest == result.digest


def test_save_takes_some_of_the_tables_or_none(result, tmp_path, monkeypatch):
    result.save(tmp_path, tables=["truth.store_days"])
    assert {path.name for path in tmp_path.iterdir()} == {"summary.json", "scenario.json", "truth.store_days.parquet"}
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    assert result.save(tmp_path / "none", tables=[]).is_dir()


def test_save_without_pyarrow_says_how_to_get_it_and_writes_nothing(result, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(ts.MissingExtraError, match=r"tillstorm\[parquet\]"):
        result.save(tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_an_unknown_table_is_told_from_one_that_was_not_written(result):
    with pytest.raises(KeyError, match=r"there is no table `truth\.tickts`; did you mean `truth\.tickets`"):
        result.table("truth.tickts")
    with pytest.raises(KeyError, match=r"there is no table `xyz`; there is .*truth\.tickets"):
        result.table("xyz")
    with pytest.raises(KeyError, match=r"has not written `truth\.tickets`: .*record\.tables"):
        result.table("truth.tickets")


def test_save_leaves_no_table_of_an_earlier_result(result, tmp_path):
    pytest.importorskip("pyarrow.parquet")
    result.save(tmp_path)
    (tmp_path / "mine.parquet").write_bytes(b"")
    result.save(tmp_path, tables=["book.store_days"])
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "book.store_days.parquet",
        "mine.parquet",
        "scenario.json",
        "summary.json",
    ]


def test_save_names_an_unknown_table(result, tmp_path):
    with pytest.raises(KeyError, match=r"truth\.nothing"):
        result.save(tmp_path, tables=["truth.nothing"])


def test_a_partial_result_is_marked_where_it_is_written(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    partial = ts.run(ts.Scenario.load("tutorial/two_stores"), until=timedelta(hours=14))
    folder = partial.save(tmp_path)
    assert json.loads((folder / "summary.json").read_text())["partial"] is True
    schema = parquet.read_schema(folder / "truth.store_days.parquet")
    assert schema.metadata[b"tillstorm.partial"] == b"true"


def test_a_violation_reads_as_its_message():
    values = {
        "promise": "journal_balanced",
        "at_us": 0,
        "place": "0001",
        "entity": "cash",
        "expected": 1,
        "actual": 2,
        "message": "debits are not credits",
        "explain": "ticket=0001-01-000001",
        "witness": ["sold", "posted"],
    }
    violation = ts.Violation.from_mapping(values, "UTC", "tillstorm run x")
    assert str(violation) == "debits are not credits"
    assert violation.to_dict()["at"] == "1970-01-01T00:00:00+00:00"
    assert (violation.expected, violation.actual) == (1, 2)
    assert violation.replay == "tillstorm run x"
    assert violation.witness == ("sold", "posted")
    assert violation.to_dict()["witness"] == ["sold", "posted"]


def test_a_replay_runs_just_far_enough(result):
    scenario = ts.Scenario.load("tutorial/two_stores").with_({"days": 3, "name": "it's mine"})
    simulation = ts.Simulation(scenario, seed=9)
    start, end = simulation._core.start_us, simulation._core.end_us
    command = "tillstorm run tutorial/two_stores --set days=3 --set 'name=\"it'\"'\"'s mine\"' --seed 9"
    replayed = simulation.result()
    assert replayed._replay(start + 3_600_000_000, end) == f"{command} --until 2026-11-27T01:01"
    assert replayed._replay(end, end) == command
    assert replayed._replay(end, end, "item=it's@1") == f"{command} --explain 'item=it'\"'\"'s@1'"


def test_a_scenario_that_was_not_loaded_is_replayed_from_what_save_writes():
    scenario = ts.Scenario.baseline(stores=1, skus=5, days=1).with_({"days": 2})
    assert scenario.argument == "scenario.json"
