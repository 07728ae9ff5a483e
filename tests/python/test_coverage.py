"""Coverage of rules: counting, union, what never happened."""

from __future__ import annotations

import pytest

import tillstorm as ts

A = ts.Coverage({"X-01": {"yes": 2, "no": 0}, "X-02": {"only": 0}})
B = ts.Coverage({"X-01": {"yes": 1, "no": 3}, "X-02": {"only": 0}})


def test_taken_counts_a_rule_or_an_outcome():
    assert (A.taken("X-01"), A.taken("X-01.no"), B.taken("X-01")) == (2, 0, 4)


def test_what_never_happened_is_named():
    assert A.never() == ["X-01.no", "X-02.only"]
    assert (A.outcomes, round(A.percent, 1)) == (3, 33.3)


def test_the_union_is_what_happened_in_either():
    union = A | B
    assert union.to_dict() == {"X-01": {"yes": 3, "no": 3}, "X-02": {"only": 0}}
    assert A.taken("X-01") == 2
    assert union.to_report()["never"] == ["X-02.only"]
    assert union == B | A


@pytest.mark.parametrize("name", ["X-03", "X-01.maybe", ""])
def test_an_unknown_name_is_an_error(name):
    with pytest.raises(KeyError, match="no rule or outcome"):
        A.taken(name)


def test_a_run_counts_what_its_scenario_makes_happen():
    calm = ts.run(ts.Scenario.load("tutorial/one_day")).coverage
    storm = ts.run(ts.Scenario.load("incidents/lost_acknowledgement")).coverage
    assert calm.taken("MSG-03.duplicate_answered") == 0
    assert storm.taken("MSG-03.duplicate_answered") > 0
    assert calm.rules.keys() == {rule.id for rule in ts.rules()}
