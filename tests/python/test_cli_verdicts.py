"""Exit codes that a sound scenario on a sound core never shows: broken promises and internal errors."""

from __future__ import annotations

import json

import pytest

import tillstorm as ts
from tillstorm import cli
from tillstorm.cli import run_verb
from tillstorm.oracles import estimation


@pytest.fixture
def broken(monkeypatch):
    """Every result has a violation."""
    result = ts.run(ts.Scenario.load("tutorial/one_day"))
    violation = ts.Violation(
        "exactly_once", result.reached, "0001", "ticket 7", 1, 2, "posted twice", "tillstorm run x"
    )
    monkeypatch.setattr(ts.Result, "violations", property(lambda _: (violation,)))
    monkeypatch.setattr(ts.Result, "violations_counted", property(lambda _: 1))
    monkeypatch.setattr(ts.Result, "ok", property(lambda _: False))
    monkeypatch.setattr(ts.Result, "to_dict", lambda self: {"ok": self.ok, "violations": [violation.to_dict()]})


def test_a_broken_promise_is_exit_code_1_and_is_named(broken, capsys):
    assert cli.main(["run", "tutorial/one_day"]) == 1
    assert "exactly_once: posted twice" in capsys.readouterr().out


def test_a_quiet_run_still_names_a_broken_promise(broken, capsys):
    assert cli.main(["run", "tutorial/one_day", "--quiet"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "posted twice\n  tillstorm run x\n"


def test_a_broken_promise_is_in_the_json(broken, capsys):
    assert cli.main(["run", "tutorial/one_day", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["violations"][0]["promise"] == "exactly_once"


@pytest.fixture
def defective(monkeypatch):
    """Running fails in a way that no user can have caused."""

    def fail(*_args, **_kwargs):
        raise RuntimeError("the impossible happened")

    monkeypatch.setattr(run_verb, "run_scenario", fail)
    monkeypatch.delenv("TILLSTORM_TRACEBACK", raising=False)


def test_an_internal_error_is_exit_code_3_and_asks_for_a_report(defective, capsys):
    assert cli.main(["run", "tutorial/one_day"]) == 3
    said = capsys.readouterr().err
    assert "internal error: RuntimeError: the impossible happened" in said
    assert "Please report it" in said
    assert "Traceback" not in said


def test_the_traceback_is_there_for_who_asks(defective, capsys, monkeypatch):
    monkeypatch.setenv("TILLSTORM_TRACEBACK", "1")
    assert cli.main(["run", "tutorial/one_day"]) == 3
    assert "Traceback" in capsys.readouterr().err


def test_a_figure_that_is_not_accepted_is_exit_code_1(capsys, monkeypatch):
    strict = estimation.Rule(replications=3, errors=4.0, precision=1e-9)
    monkeypatch.setattr("tillstorm.cli.oracles_verb.QUICK", strict)
    assert cli.main(["oracles", "ERLB-1", "--quick", "--threads", "1"]) == 1
    said = capsys.readouterr().out
    assert "not accepted" in said
    assert "0 of 1 figures accepted" in said


def test_ctrl_c_before_the_run_is_exit_code_130(capsys, monkeypatch):
    def interrupt(*_args, **_kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(run_verb, "run_scenario", interrupt)
    assert cli.main(["run", "tutorial/one_day"]) == 130
    assert "interrupted" in capsys.readouterr().err


def test_a_missing_parquet_library_is_said_before_the_run(capsys, monkeypatch, tmp_path):
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    monkeypatch.setitem(__import__("sys").modules, "pyarrow.parquet", None)
    monkeypatch.setattr(run_verb, "run_scenario", lambda *_args, **_kwargs: pytest.fail("it ran"))
    assert cli.main(["run", "tutorial/one_day", "--out", str(tmp_path / "o")]) == 2
    assert "pip install 'tillstorm[parquet]'" in capsys.readouterr().err
