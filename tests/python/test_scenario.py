"""Scenarios: reading, changing, writing, and what is said of a mistake."""

from __future__ import annotations

import json
import pickle
from datetime import date
from pathlib import Path

import numpy as np
import pytest

import tillstorm as ts

SMALL = {"name": "small", "days": 1, "chain": {"generate": {"stores": 2}}, "catalogue": {"generate": {"items": 20}}}


def test_a_packaged_name_and_its_file_give_the_same_scenario(source_root):
    by_name = ts.Scenario.load("peak/peak_week")
    assert by_name == ts.Scenario.load(source_root / "scenarios/peak/peak_week.scenario.json")
    assert (by_name.stores, by_name.skus, by_name.days) == (120, 5000, 7)
    assert by_name.description
    assert by_name.name == "Peak week"


def test_the_suffix_may_be_written():
    assert ts.Scenario.load("tutorial/one_day.scenario.json") == ts.Scenario.load("tutorial/one_day")


def test_packaged_scenarios_can_all_be_loaded():
    found = ts.packaged_scenarios()
    assert [scenario.name for scenario in found] == sorted(scenario.name for scenario in found)
    for scenario in found:
        assert ts.Scenario.load(scenario.name).description == scenario.title
        assert scenario.path.is_file()


def test_an_unknown_name_suggests_the_nearest():
    with pytest.raises(ts.ScenarioError) as caught:
        ts.Scenario.load("peak/peek_week")
    assert caught.value.problems[0].nearest == "peak/peak_week"
    with pytest.raises(ts.ScenarioError) as caught:
        ts.Scenario.load("one_dey")
    assert caught.value.problems[0].nearest == "tutorial/one_day"


def test_a_name_cannot_leave_the_packaged_folder():
    with pytest.raises(ts.ScenarioError, match="no such file"):
        ts.Scenario.load("../tests/oracles/base")


def test_a_folder_is_no_scenario(tmp_path):
    with pytest.raises(ts.ScenarioError, match="folder"):
        ts.Scenario.load(tmp_path)


def test_baseline_takes_sizes_and_sections():
    scenario = ts.Scenario.baseline(stores=3, skus=40, days=2, seed=9, demand={"tickets_per_store_day": 50})
    assert (scenario.stores, scenario.skus, scenario.days, scenario.seed) == (3, 40, 2, 9)
    assert scenario.to_dict()["demand"] == {"tickets_per_store_day": 50, "online": {}}
    assert repr(scenario) == "<Scenario baseline: 3 stores, 40 items, 2 days from 2026-11-23, seed 9>"


def test_baseline_defaults_are_those_of_the_reference_chain():
    scenario = ts.Scenario.baseline()
    assert (scenario.stores, scenario.skus, scenario.days, scenario.seed) == (120, 5000, 28, 1)


def test_baseline_names_a_wrong_section():
    with pytest.raises(ts.ScenarioError) as caught:
        ts.Scenario.baseline(stores=1, demnd={})
    assert caught.value.problems[0].nearest == "demand"


def test_with_gives_another_and_leaves_the_first():
    first = ts.Scenario.baseline(stores=2, skus=20, days=1)
    second = first.with_({"integration.posting.mode": "batch", "days": 3})
    assert second.to_dict()["integration"] == {"posting": {"mode": "batch"}}
    assert second.days == 3
    assert first.days == 1
    assert "integration" not in first.to_dict()
    assert second.with_({"days": 1, "integration.posting.mode": "realtime"}) == first


def test_with_takes_what_python_has():
    scenario = ts.Scenario.baseline(stores=2, skus=20, days=1)
    changed = scenario.with_(
        {"start": date(2026, 12, 1), "days": np.int64(2), "demand.weekday_index": np.ones(7), "demand.online": None}
    )
    assert changed.start == "2026-12-01"
    assert changed.days == 2
    assert changed.to_dict()["demand"]["weekday_index"] == [1] * 7
    assert "online" not in changed.to_dict()["demand"]


@pytest.mark.parametrize(
    ("change", "path", "said"),
    [
        ({"integration.posting.mod": "batch"}, "integration.posting.mod", "unknown key"),
        ({"days": "seven"}, "days", "wrong type"),
        ({"days": float("nan")}, "days", "JSON"),
        ({"days": object()}, "days", "no JSON form"),
    ],
)
def test_with_says_what_is_wrong_and_where(change, path, said):
    with pytest.raises(ts.ScenarioError, match=said) as caught:
        ts.Scenario.baseline(stores=1, skus=5, days=1).with_(change)
    problem = caught.value.problems[0]
    assert (problem.file, problem.path, problem.line) == ("with_", path, 0)


def test_load_takes_changes():
    assert ts.Scenario.load("tutorial/one_day", {"days": 2}).days == 2
    with pytest.raises(ts.ScenarioError) as caught:
        ts.Scenario.load("tutorial/one_day", {"days": 0})
    assert caught.value.problems[0].file == "changes"


def test_json_round_trip(tmp_path):
    scenario = ts.Scenario.load("peak/peak_week").with_({"seed": 2**64 - 1})
    again = ts.Scenario.from_json(scenario.to_json())
    assert again == scenario
    assert hash(again) == hash(scenario)
    assert again.seed == 2**64 - 1
    path = scenario.save(tmp_path / "new" / "copy.scenario.json")
    assert ts.Scenario.load(path) == scenario
    unpickled = pickle.loads(pickle.dumps(scenario))
    assert unpickled == scenario
    assert unpickled.argument == scenario.argument == f"peak/peak_week --set seed={2**64 - 1}"


def test_scenarios_differ_by_their_content():
    assert ts.Scenario.baseline(stores=2) != ts.Scenario.baseline(stores=3)
    assert ts.Scenario.baseline(stores=2) != "baseline"


def test_extends_is_looked_for_beside_the_file_and_in_the_given_folder(tmp_path):
    (tmp_path / "parent.scenario.json").write_text(json.dumps(SMALL))
    child = {"extends": "parent", "days": 2}
    (tmp_path / "child.scenario.json").write_text(json.dumps(child))
    loaded = ts.Scenario.load(tmp_path / "child.scenario.json")
    assert (loaded.stores, loaded.skus, loaded.days) == (2, 20, 2)
    assert ts.Scenario.from_json(json.dumps(child), folder=tmp_path) == loaded


def test_every_mistake_of_a_file_is_reported_at_once(tmp_path):
    path = tmp_path / "bad.scenario.json"
    path.write_text('{\n  "days": "three",\n  "integration": {"posting": {"mode": "batchh"}}\n}\n')
    with pytest.raises(ts.ScenarioError) as caught:
        ts.Scenario.load(path)
    problems = {problem.path: problem for problem in caught.value.problems}
    assert set(problems) == {"days", "integration.posting.mode"}
    assert (problems["days"].file, problems["days"].line, problems["days"].column) == (str(path), 2, 11)
    assert problems["integration.posting.mode"].nearest == "batch"
    assert str(caught.value).count("\n") == 1
    assert f"{path}:2:11: days: " in str(caught.value)


def test_a_mistake_in_a_text_keeps_the_text():
    text = '{"dayz": 3}'
    with pytest.raises(ts.ScenarioError) as caught:
        ts.Scenario.from_json(text, name="mine")
    assert caught.value.texts == {"mine": text}
    assert caught.value.problems[0].nearest == "days"


def test_scenario_errors_are_value_errors():
    with pytest.raises(ValueError, match="unknown key"):
        ts.Scenario.from_json('{"x": 1}')
    with pytest.raises(ts.UserError):
        ts.Scenario.from_json("")


def test_validate_refuses_what_would_not_fit_in_memory():
    huge = ts.Scenario.baseline(stores=100_000, skus=1_000_000)
    with pytest.raises(ts.ScenarioError, match="memory"):
        huge.validate()
    with pytest.raises(ts.ScenarioError, match="memory"):
        ts.run(huge)


def test_validate_accepts_what_can_run():
    ts.Scenario.load("peak/peak_week").validate()


def test_the_schema_is_the_committed_one(source_root: Path):
    committed = json.loads((source_root / "scenarios/schema/scenario.schema.json").read_text())
    assert ts.Scenario.schema() == committed
