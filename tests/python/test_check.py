"""`tillstorm check`: a suite, its verdicts, its coverage."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

import tillstorm as ts
from tillstorm import cli, suite
from tillstorm.expectations import names_of

VERDICTS = len(names_of(ts.Scenario.load("tutorial/one_day"))) + 1


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "scenarios"
    folder.mkdir()
    good = {"extends": "tutorial/one_day", "expect": {"kpis": {"net_sales": {"min": 1}}}}
    bad = {"extends": "tutorial/one_day", "expect": {"kpis": {"lines": {"max": 3}}}}
    (folder / "a_good.scenario.json").write_text(json.dumps(good))
    (folder / "b_bad.scenario.json").write_text(json.dumps(bad))
    return tmp_path


def test_a_suite_is_files_folders_and_packaged_names(project):
    files = ["scenarios/a_good.scenario.json", "scenarios/b_bad.scenario.json"]
    assert suite.sources_of(["scenarios"]) == files
    assert suite.sources_of([files[1], "scenarios"]) == files[::-1]
    assert suite.sources_of(["tutorial/one_day"]) == ["tutorial/one_day"]
    assert set(suite.sources_of(["incidents"])) >= {"incidents/store_cut_off", "incidents/lost_acknowledgement"}
    assert set(suite.sources_of([])) >= set(suite.sources_of(["incidents"]))


def test_a_failure_shows_name_bound_value_and_replay(project, capsys):
    assert cli.main(["check", "scenarios"]) == 1
    said = capsys.readouterr().out
    assert "scenarios/a_good.scenario.json" in said
    assert f"1 of {VERDICTS} failed: kpis.lines" in said
    assert "lines, expected at most 3 lines" in said
    assert "replay  tillstorm check scenarios/b_bad.scenario.json --seed 1" in said
    assert f"2 scenarios, {2 * VERDICTS} verdicts: 1 failed" in said


def test_a_good_suite_passes(project, capsys):
    assert cli.main(["check", "scenarios/a_good.scenario.json", "tutorial"]) == 0
    assert "all passed" in capsys.readouterr().out


def test_json_has_the_fields_of_the_contract(project, capsys):
    assert cli.main(["check", "scenarios", "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["ok"] is False
    assert [each["ok"] for each in said["scenarios"]] == [True, False]
    for each in said["scenarios"]:
        assert {"ok", "violations", "kpis", "coverage", "digest", "expectations"} <= set(each)
    assert 0 < said["coverage"]["percent"] < 100


def test_junit_has_a_case_for_each_verdict(project, capsys):
    assert cli.main(["check", "scenarios", "--junit", "out/check.xml"]) == 1
    found = ET.parse(project / "out/check.xml").getroot().find("testsuite")
    assert (found.get("tests"), found.get("failures")) == (str(2 * VERDICTS), "1")
    failure = next(case for case in found if case.find("failure") is not None)
    assert failure.get("classname") == "scenarios/b_bad.scenario.json"
    assert failure.get("name") == "kpis.lines"
    assert "expected at most 3 lines" in failure.find("failure").text


def test_coverage_is_shown_and_can_fail(project, capsys):
    assert cli.main(["check", "tutorial/one_day", "--coverage"]) == 0
    said = capsys.readouterr().out
    assert "MSG-03" in said
    assert "duplicate_answered" in said
    assert cli.main(["check", "tutorial/one_day", "--coverage-fail-under", "99"]) == 1
    assert "less than the 99 % asked for" in capsys.readouterr().out
    assert cli.main(["check", "tutorial/one_day", "--coverage-fail-under", "1"]) == 0


def test_x_starts_no_run_after_a_failure(project, monkeypatch):
    loaded = suite.load(["scenarios/b_bad.scenario.json", "scenarios/a_good.scenario.json"])
    assert len(suite.check(loaded, stop_at_first=True, threads=1)) == 1
    assert len(suite.check(loaded, threads=1)) == 2


def test_a_seed_holds_for_all(project, capsys):
    assert cli.main(["check", "scenarios", "--seed", "7", "--json"]) == 1
    assert {each["seed"] for each in json.loads(capsys.readouterr().out)["scenarios"]} == {7}


@pytest.mark.parametrize(
    ("path", "message"),
    [("nowhere", "no such file"), ("empty", "no file that ends in .scenario.json"), ("broken.scenario.json", "JSON")],
)
def test_a_suite_that_cannot_be_read_is_exit_code_2(project, capsys, path, message):
    (project / "empty").mkdir()
    (project / "broken.scenario.json").write_text("{")
    assert cli.main(["check", "scenarios", path]) == 2
    captured = capsys.readouterr()
    assert message in captured.err
    assert "a_good" not in captured.out


def test_a_percentage_is_one(project):
    with pytest.raises(SystemExit):
        cli.main(["check", "--coverage-fail-under", "101"])


def test_json_and_junit_say_that_the_coverage_is_too_low(project, capsys):
    arguments = ["check", "tutorial/one_day", "--json", "--junit", "check.xml"]
    assert cli.main([*arguments, "--coverage-fail-under", "99"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["ok"], said["coverage_required"]) == (False, 99)
    assert 0 < said["coverage_percent"] < 99
    found = ET.parse(project / "check.xml").getroot().find("testsuite")
    (failed,) = [case for case in found if case.find("failure") is not None]
    assert (failed.get("classname"), failed.get("name")) == ("rule coverage", "coverage_fail_under")
    assert "at least 99 % are asked for" in failed.find("failure").get("message")
    assert cli.main([*arguments, "--coverage-fail-under", "1"]) == 0
    assert json.loads(capsys.readouterr().out)["coverage_required"] == 1
    passed = ET.parse(project / "check.xml").getroot().find("testsuite")
    assert (passed.get("tests"), passed.get("failures")) == (found.get("tests"), "0")
    assert cli.main(arguments) == 0
    assert json.loads(capsys.readouterr().out)["coverage_required"] is None


def test_a_broken_promise_that_is_not_asked_for_is_a_warning(project, capsys, monkeypatch):
    run = suite.run
    monkeypatch.setattr(suite, "run", lambda scenario, seed: run(scenario, seed, mutant="repeat_posted_again"))
    narrow = {"extends": "incidents/lost_acknowledgement", "expect": None}
    (project / "base.scenario.json").write_text(json.dumps(narrow))
    asked = {"extends": "base", "expect": {"invariants": ["tenders_equal_ticket"]}}
    (project / "narrow.scenario.json").write_text(json.dumps(asked))
    assert cli.main(["check", "narrow.scenario.json"]) == 0
    assert "warning: not judged here: exactly_once broken " in capsys.readouterr().out
    assert cli.main(["check", "narrow.scenario.json", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["not_judged"]["narrow.scenario.json"]["exactly_once"] > 1
    assert said["scenarios"][0]["violations_by_promise"]["exactly_once"] > 1
