"""The list of rules as users see it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import tillstorm as ts
from tillstorm import cli
from tillstorm._compiled import core

ROOT = Path(__file__).parents[2]
RULES = ts.rules()


def test_ids_are_unique_and_aliases_are_no_ids():
    names = [name for rule in RULES for name in (rule.id, *rule.aliases)]
    assert len(names) == len(set(names)) >= 28


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_has_its_home_its_outcomes_and_its_guards(rule):
    assert (ROOT / "cpp" / rule.home).is_file()
    assert len(rule.outcomes) >= 1
    assert all(meaning.endswith(".") for meaning in rule.outcomes.values())
    assert rule.guards


def test_guards_are_promises_or_key_figures():
    result = ts.run(ts.Scenario.load("tutorial/one_day"), until="2026-11-24T01:00")
    figures = {*result.kpis, *result.kpis.not_filled}
    known = {*(entry["name"] for entry in core.promises()), *(f"kpi:{name}" for name in figures)}
    assert {guard for rule in RULES for guard in rule.guards} <= known


def test_parameters_are_resolved_from_the_schema():
    posting = next(p for rule in RULES for p in rule.parameters if p.path == "integration.posting.mode")
    assert posting.default == "realtime"
    assert "micro_batch" in posting.variants or len(posting.variants) > 1
    assert all(p.meaning for rule in RULES for p in rule.parameters)


def test_each_mutant_belongs_to_a_rule_that_lists_it():
    by_id = {rule.id: rule for rule in RULES}
    for entry in core.mutants():
        assert all(entry["id"] in by_id[rule].mutants for rule in entry["rules"])


def test_the_verb_lists_rules(capsys):
    assert cli.main(["rules"]) == 0
    said = capsys.readouterr().out
    assert all(rule.id in said for rule in RULES)


def test_the_verb_explains_a_rule(capsys):
    assert cli.main(["rules", "msg-03"]) == 0
    said = capsys.readouterr().out
    for part in ("MSG-03", "duplicate_answered", "repeat_posted_again", "BUG-003", "exactly_once"):
        assert part in said


def test_the_json_has_the_fields_of_the_contract(capsys):
    assert cli.main(["rules", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert len(listed) == len(RULES)
    wanted = {"id", "flow", "title", "home", "parameters", "variants", "outcomes", "guards", "mutants"}
    assert all(wanted <= set(rule) for rule in listed)


def test_a_wrong_id_names_the_nearest(capsys):
    assert cli.main(["rules", "MSG-99"]) == 2
    assert "did you mean MSG-" in capsys.readouterr().err
