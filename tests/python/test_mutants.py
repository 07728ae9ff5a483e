"""`tillstorm mutants`: would a suite notice a rule that is broken?"""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

import tillstorm as ts
from tillstorm import cli, mutation
from tillstorm._compiled import core
from tillstorm.errors import UserError

SMALL = ["tutorial/one_day", "incidents/lost_acknowledgement"]


def test_the_canary_comes_first_and_is_killed():
    report = ts.mutants("tutorial/one_day", ids=["canary"])
    assert [each.id for each in report.results] == ["canary"]
    assert report.canary_killed
    assert report.score == 100


def test_a_mutant_is_killed_by_the_promise_that_it_breaks():
    report = ts.mutants(SMALL, ids=["repeat_posted_again"])
    killed = report.results[1]
    assert killed.killed
    assert killed.reached_by == tuple(SMALL)
    assert killed.kills[0].scenario == "incidents/lost_acknowledgement"
    assert killed.kills[0].by == "exactly_once"
    assert 0.5 < killed.kills[0].simulated_days < 1
    assert "posted" in killed.kills[0].detail


def test_a_suite_that_does_not_reach_a_rule_does_not_kill_its_mutants():
    report = ts.mutants("tutorial/one_day", ids=["late_acknowledgement_covers_too_much", "crash_empties_queue"])
    assert "crash_empties_queue" in {each.id for each in report.unreached}
    assert report.score < 100


def test_an_expectation_kills_what_no_promise_notices(tmp_path):
    digest = ts.run(ts.Scenario.load("tutorial/one_day")).digest
    file = tmp_path / "strict.scenario.json"
    file.write_text(json.dumps({"extends": "tutorial/one_day", "expect": {"digest": digest}}))
    report = ts.mutants(file, ids=["number_skipped"])
    assert report.results[1].kills[0].by in {"digest", *(entry["name"] for entry in core.promises())}


def test_full_goes_on_after_the_first_kill():
    full = ts.mutants(SMALL, ids=["tills_share_numbers"], full=True).results[1]
    first = ts.mutants(SMALL, ids=["tills_share_numbers"]).results[1]
    assert [kill.scenario for kill in full.kills] == SMALL
    assert len(first.kills) == 1


def test_a_suite_that_fails_by_itself_is_refused(tmp_path, capsys):
    file = tmp_path / "failing.scenario.json"
    file.write_text(json.dumps({"extends": "tutorial/one_day", "expect": {"kpis": {"lines": {"max": 1}}}}))
    with pytest.raises(mutation.FailingSuiteError, match=r"kpis\.lines"):
        ts.mutants(file)
    assert cli.main(["mutants", str(file)]) == 1
    assert "fails without any mutant" in capsys.readouterr().err


def test_a_canary_that_survives_means_that_the_harness_is_broken(capsys, monkeypatch):
    monkeypatch.setattr(mutation, "_run", lambda *_: None)
    assert cli.main(["mutants", "tutorial/one_day", "--mutant", "repeat_posted_again"]) == 3
    captured = capsys.readouterr()
    assert "the harness is broken" in captured.err
    assert "repeat_posted_again" not in captured.out


def test_a_crash_of_the_core_is_a_kill(monkeypatch):
    class Crashing:
        start_us = now_us = 0
        end_us = 86_400_000_000
        finished = False

        def counters(self):
            return {"events": 0}

        def advance(self, *_):
            raise RuntimeError("internal error: a count is below 0")

    monkeypatch.setattr(mutation, "core_simulation", lambda *_, **__: (Crashing(), 1))
    case = mutation._Case("x", ts.Scenario.load("tutorial/one_day"), frozenset(), 1, 0.0)
    kill = mutation._run("canary", case)
    assert (kill.by, kill.scenario) == ("crash", "x")
    assert "a count is below 0" in kill.detail


def test_a_sample_is_drawn_by_its_seed_beside_the_changed_rules():
    everything = mutation.choose()
    assert [entry["id"] for entry in everything] == [entry["id"] for entry in core.mutants()]
    drawn = [entry["id"] for entry in mutation.choose(sample=5, seed=3)]
    assert drawn[0] == "canary"
    assert len(drawn) == 6
    assert drawn == [entry["id"] for entry in mutation.choose(sample=5, seed=3)]
    assert drawn != [entry["id"] for entry in mutation.choose(sample=5, seed=4)]
    changed = [entry["id"] for entry in mutation.choose(changed=["MSG-02"])]
    of_rule = [entry["id"] for entry in core.mutants() if "MSG-02" in entry["rules"]]
    assert changed == ["canary", *of_rule]
    both = [entry["id"] for entry in mutation.choose(changed=["MSG-02"], sample=4, seed=1)]
    assert set(of_rule) <= set(both)
    assert len(both) == 1 + len(of_rule) + 4


@pytest.mark.parametrize("wrong", [{"rules": ["MSG-99"]}, {"ids": ["canari"]}, {"changed": ["X"]}])
def test_what_does_not_exist_is_refused(wrong):
    with pytest.raises(UserError, match="there is no"):
        mutation.choose(**wrong)


def test_the_matrix_names_killer_scenario_time_and_survivors(capsys):
    arguments = ["mutants", "tutorial/one_day", "--mutant", "tills_share_numbers", "--mutant", "crash_empties_queue"]
    assert cli.main(arguments) == 1
    said = capsys.readouterr().out
    assert "tills_share_numbers" in said
    assert "crash_empties_queue was not reached" in said
    assert "BUG-092" in said
    assert "1 of 2 mutants killed: 50.0 %" in said


def test_json_and_junit_have_a_row_for_each(capsys, tmp_path):
    out = tmp_path / "mutants.xml"
    arguments = [
        "mutants",
        *SMALL,
        "--mutant",
        "repeat_posted_again",
        "--mutant",
        "number_skipped",
        "--json",
        "--junit",
        str(out),
    ]
    assert cli.main(arguments) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {"id", "rule", "killed", "killed_by"} <= set(rows[0])
    assert all(row["killed"] and row["killed_by"] for row in rows)
    found = ET.parse(out).getroot().find("testsuite")
    assert (found.get("tests"), found.get("failures")) == (str(len(rows)), "0")


def test_the_canary_is_marked_and_not_counted(capsys):
    report = ts.mutants("tutorial/one_day", ids=["crash_empties_queue"])
    assert (report.score, report.scored) == (0, report.results[1:])
    assert repr(report) == "<MutantReport: 0 of 1 killed>"
    assert [each["canary"] for each in report.to_dict()["mutants"]] == [True, False]
    assert cli.main(["mutants", "tutorial/one_day", "--mutant", "canary"]) == 0
    assert "the canary was seen, no mutant was run" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [("--rule", "TAX-06", "--mutant", "repeat_posted_again"), ("--rule", "TAX-06", "--changed", "MSG-03")],
)
def test_an_empty_selection_is_a_mistake_of_the_user(arguments, capsys):
    assert cli.main(["mutants", "tutorial/one_day", *arguments]) == 2
    assert "no mutant is left to run" in capsys.readouterr().err


def test_a_canary_that_the_suite_sees_and_does_not_judge_is_no_broken_harness(tmp_path, capsys):
    narrow = tmp_path / "narrow.scenario.json"
    narrow.write_text(json.dumps({"extends": "tutorial/one_day", "expect": {"invariants": ["tenders_equal_ticket"]}}))
    report = ts.mutants(narrow, ids=["canary"])
    assert report.canary_killed
    assert not report.canary_judged
    assert report.results[0].kills[0].detail
    assert cli.main(["mutants", str(narrow), "--mutant", "tills_share_numbers"]) == 1
    captured = capsys.readouterr()
    assert "the harness is broken" not in captured.err
    assert f"the canary was seen but not judged: it broke book_equals_truth in {narrow}" in captured.err
    assert "book_equals_truth (not judged)" in captured.out
    assert "0 of 1 mutant killed" in captured.out
    wide = ts.mutants([narrow, "incidents/lost_acknowledgement"], ids=["canary"])
    assert [kill.scenario for kill in wide.results[0].kills] == ["incidents/lost_acknowledgement"]
    assert wide.canary_judged


def test_junit_says_who_killed_a_mutant_where_and_when(tmp_path):
    out = tmp_path / "mutants.xml"
    assert cli.main(["mutants", *SMALL, "--mutant", "repeat_posted_again", "--junit", str(out)]) == 0
    case = next(each for each in ET.parse(out).iter("testcase") if each.get("name") == "repeat_posted_again")
    said = case.find("system-out").text
    assert said.startswith("killed by exactly_once in incidents/lost_acknowledgement after 0.")
    assert said.endswith(" simulated days")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("mutants", "--rule", "NOPE"), 2, "there is no rule `NOPE`"),
        (("rules", "NOPE"), 2, "there is no rule `NOPE`"),
        (("mutants", "failing.scenario.json"), 1, "fails without any mutant"),
    ],
)
def test_with_json_an_error_is_json(arguments, code, message, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    failing = {"extends": "tutorial/one_day", "expect": {"kpis": {"lines": {"max": 1}}}}
    (tmp_path / "failing.scenario.json").write_text(json.dumps(failing))
    assert cli.main([*arguments, "--json"]) == code
    captured = capsys.readouterr()
    said = json.loads(captured.out)
    assert said["ok"] is False
    assert message in said["errors"][0]["message"]
    assert captured.err == ""
