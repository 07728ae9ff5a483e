"""The list of rules: every rule is tested, guarded and broken by a mutant, and what it names exists."""

from __future__ import annotations

import json
import re
from functools import cache

import pytest
from tree_checks import rules
from tree_checks.tree import files, project_files, read, report

MUTANTS = "cpp/rules/mutants.def"


@cache
def listed() -> list[rules.Rule]:
    found = rules.rules_of({name: read(name) for name in files("_rules.h", under="cpp/rules/")})
    assert len(found) >= 28, "the headers are no longer read right"
    return found


@cache
def world() -> rules.World:
    promises = {
        name
        for path in files(".h", under="cpp/harness/invariants/")
        for name in re.findall(r'(?:kName|\.name) = "(\w+)"', read(path))
    }
    figures = set(re.findall(r'(?:figure\(|push_back\(\s*\{)\s*"(\w+)"', read("cpp/analytics/kpis/kpis.cpp")))
    assert {"exactly_once", "nothing_lost"} <= promises
    assert {"tickets", "inventory_turns"} <= figures
    schema = json.loads(read("scenarios/schema/scenario.schema.json"))
    tests = {name: read(name) for name in files(".cpp", under="tests/cpp/")}
    return rules.World(set(project_files()), schema, promises, figures, tests)


def test_every_rule_is_in_the_list_once():
    assert not (findings := list(rules.unlisted_rules(listed(), read("cpp/rules/all_rules.h")))), report(findings)


def test_every_rule_has_a_happy_path_an_edge_and_a_failure_test():
    assert not (findings := list(rules.untested_rules(listed(), world().tests))), report(findings)


def test_homes_parameters_and_guards_exist():
    assert not (findings := list(rules.wrong_names(listed(), world()))), report(findings)


def test_every_mutant_has_its_rule_and_every_rule_a_mutant():
    mutants = rules.mutants_of(read(MUTANTS))
    assert any(mutant.id == "canary" for mutant in mutants)
    assert not (findings := list(rules.unpaired_mutants(listed(), mutants, MUTANTS))), report(findings)


# --- Each check can fail ---------------------------------------------------------------------------------------------

HEADER = """
struct Dedupe {
  static constexpr RuleText text{
      .id = "MSG-03",
      .flow = "message",
      .statement =
          "A known key "
          "posts nothing.",
      .home = "erp/posting.cpp",
      .parameters =
          "integration.forward.timeout "
          "chain.stores.id",
      .guards = "exactly_once kpi:tickets"};
  enum class Outcome : std::uint8_t { first_post };
};
"""
SCHEMA = {
    "properties": {
        "integration": {"properties": {"forward": {"properties": {"timeout": {}}}}},
        "chain": {"properties": {"stores": {"items": {"properties": {"id": {}}}}}},
    }
}
TESTS = (
    "TEST(MSG_03, HappyPostsOnce) {\nTEST_F(MSG_03, EdgeRepeat) {\nTEST(MSG_03, FailureTwice) {\nTEST(Other, Any) {\n"
)


def example(**changed: object) -> rules.World:
    whole = rules.World({"cpp/erp/posting.cpp"}, SCHEMA, {"exactly_once"}, {"tickets"}, {"a_test.cpp": TESTS})
    return rules.World(**{**whole.__dict__, **changed})


def messages(findings: object) -> list[str]:
    return [finding.message for finding in findings]


def test_a_rule_that_holds_together_has_no_finding():
    found = rules.rules_of({"a_rules.h": HEADER})
    assert [(rule.struct, rule.line, rule.parameters[1]) for rule in found] == [("Dedupe", 2, "chain.stores.id")]
    assert not messages(rules.unlisted_rules(found, "using AllRules = RuleList<rule::Dedupe>;"))
    assert not messages(rules.untested_rules(found, example().tests))
    assert not messages(rules.wrong_names(found, example()))


def test_a_rule_outside_the_list_and_an_id_used_twice_are_found():
    found = rules.rules_of({"a_rules.h": HEADER, "b_rules.h": HEADER})
    assert messages(rules.unlisted_rules(found, "RuleList<rule::Other>")) == [
        "rule MSG-03 is not in the list of all_rules.h",
        "rule MSG-03 is not in the list of all_rules.h",
        "rule MSG-03 is there twice",
    ]


@pytest.mark.parametrize("kind", rules.TEST_KINDS)
def test_a_rule_without_one_kind_of_test_is_found(kind):
    tests = {"a_test.cpp": "\n".join(line for line in TESTS.splitlines() if kind not in line)}
    assert messages(rules.untested_rules(rules.rules_of({"a_rules.h": HEADER}), tests)) == [
        f"rule MSG-03 has no test MSG_03.{kind}*"
    ]


def test_a_test_of_no_kind_and_a_suite_of_no_rule_are_found():
    tests = {"a_test.cpp": TESTS + "TEST(MSG_03, PostsTwice) {\nTEST(MSG_33, HappyPostsOnce) {\n"}
    assert messages(rules.untested_rules(rules.rules_of({"a_rules.h": HEADER}), tests)) == [
        "PostsTwice does not begin with Happy, Edge, Failure",
        "MSG_33 is the suite of no rule in the list",
    ]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"paths": set()}, "rule MSG-03: its home cpp/erp/posting.cpp does not exist"),
        ({"schema": {"properties": {"chain": SCHEMA["properties"]["chain"]}}}, "no scenario has a key integration"),
        ({"schema": {"properties": {"integration": SCHEMA["properties"]["integration"]}}}, "has a key chain.stores.id"),
        ({"promises": {"tickets"}}, "rule MSG-03: its guard exactly_once is no promise and no KPI"),
        ({"figures": {"exactly_once"}}, "rule MSG-03: its guard kpi:tickets is no promise and no KPI"),
    ],
)
def test_a_name_that_does_not_exist_is_found(changed, message):
    found = messages(rules.wrong_names(rules.rules_of({"a_rules.h": HEADER}), example(**changed)))
    assert len(found) == 1
    assert message in found[0]


def test_a_rule_without_a_guard_is_found():
    unguarded = rules.rules_of({"a_rules.h": HEADER.replace("exactly_once kpi:tickets", "")})
    assert messages(rules.wrong_names(unguarded, example())) == ["rule MSG-03 has no guard"]


def test_mutants_and_rules_without_each_other_are_found():
    text = 'TILLSTORM_MUTANT(one, "MSG-04", "", "a mistake")\nTILLSTORM_MUTANT(two, "", "BUG-001", "another mistake")\n'
    findings = list(rules.unpaired_mutants(rules.rules_of({"a_rules.h": HEADER}), rules.mutants_of(text), "m.def"))
    assert [str(finding) for finding in findings] == [
        "m.def:1: mutant one breaks MSG-04, which is not in the list",
        "m.def:2: mutant two belongs to no rule",
        "a_rules.h:2: rule MSG-03 has no mutant",
    ]
