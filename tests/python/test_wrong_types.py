"""A value of a type that a function does not take is one message that says what it takes."""

from __future__ import annotations

import shlex

import numpy as np
import pytest

import tillstorm as ts


@pytest.fixture(scope="module")
def scenario():
    return ts.Scenario.load("tutorial/one_day")


def test_the_name_of_a_scenario_is_no_scenario():
    for call in (ts.run, ts.Simulation):
        with pytest.raises(TypeError, match=r"not its name: load it with ts\.Scenario\.load\('tutorial/one_day'\)"):
            call("tutorial/one_day")
    with pytest.raises(TypeError, match=r"not its name: load it with ts\.Scenario\.load\('tutorial/one_day'\)"):
        ts.compare({"a": "tutorial/one_day", "b": "tutorial/two_stores"})


def test_a_document_is_no_scenario():
    with pytest.raises(TypeError, match=r"expected a Scenario, not {} \(dict\): ts\.Scenario\.from_json"):
        ts.Simulation({})
    with pytest.raises(TypeError, match=r"expected a Scenario, not None \(NoneType\)$"):
        ts.run(None)


@pytest.mark.parametrize("seed", [1.5, "x", True, [1]])
def test_a_seed_is_a_whole_number(scenario, seed):
    with pytest.raises(TypeError, match=r"a seed is a whole number from 0 to 2\^64 - 1, not .* \("):
        ts.run(scenario, seed=seed)


@pytest.mark.parametrize("seed", [-1, 2**64])
def test_a_seed_has_64_bits(scenario, seed):
    with pytest.raises(ValueError, match=r"from 0 to 2\^64 - 1, not -?\d+$"):
        ts.run(scenario, seed=seed)


def test_an_integer_of_numpy_is_a_seed(scenario):
    assert ts.run(scenario, seed=np.int64(5)).digest == ts.run(scenario, seed=5).digest


@pytest.mark.parametrize("changes", [[1], "days=2", {1: 2}, 3])
def test_changes_are_a_dict_of_paths(scenario, changes):
    with pytest.raises(TypeError, match=r"changes are a dict of dotted paths and values, such as {'days': 7}, not "):
        scenario.with_(changes)
    with pytest.raises(TypeError, match="changes are a dict"):
        ts.Scenario.load("tutorial/one_day", changes)


def test_what_is_no_snapshot_is_not_restored():
    with pytest.raises(TypeError, match=r"expected a Snapshot, which Simulation\.snapshot\(\) makes, not 3 \(int\)"):
        ts.Simulation.restore(3)


def test_the_replay_of_a_scenario_made_in_python_says_to_save_it(tmp_path, monkeypatch):
    made = ts.Scenario.baseline(stores=1, skus=20, days=1)
    simulation = ts.Simulation(made, seed=3)
    replay = simulation.result()._replay(simulation._core.end_us, simulation._core.end_us)
    command, _, comment = replay.partition("  # ")
    assert command == "tillstorm run scenario.json --seed 3"
    assert comment == "after scenario.save('scenario.json')"
    assert shlex.split(replay, comments=True) == shlex.split(command)
    monkeypatch.chdir(tmp_path)
    made.save("scenario.json")
    assert ts.run(ts.Scenario.load("scenario.json"), 3).digest == ts.run(made, 3).digest
