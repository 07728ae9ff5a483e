"""The packaged scenarios, as a suite: each passes, together they reach every outcome of every rule, and each mutant is
noticed by one of them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

import tillstorm as ts
from tillstorm import suite
from tillstorm._compiled import core

SECONDS_OF_THE_SUITE = 60

# Every mutant through every small scenario. A mutant may end a run with an error, never the process.
THROUGH_ALL = """
import json, sys
from concurrent.futures import ThreadPoolExecutor
from tillstorm import suite
from tillstorm._compiled import core
from tillstorm.running import core_simulation

scenarios = [each for each in suite.load(suite.sources_of([])) if not each[0].startswith("peak/")]
EVENTS = 2_000_000

def run(case):
    mutant, source, scenario = case
    simulation, _ = core_simulation(scenario, None, promises=True, mutant=mutant)
    try:
        reason = simulation.advance(None, EVENTS)
        simulation.result()
        return [mutant, source, reason]
    except RuntimeError as error:
        return [mutant, source, str(error)]

cases = [(entry["id"], *each) for entry in core.mutants() for each in scenarios]
with ThreadPoolExecutor(suite.threads_to_use()) as pool:
    json.dump(list(pool.map(run, cases)), sys.stdout)
"""


@pytest.fixture(scope="module")
def timed() -> tuple[list[suite.Checked], float]:
    began = time.perf_counter()
    done = suite.check(suite.load(suite.sources_of([])))
    return done, time.perf_counter() - began


@pytest.fixture(scope="module")
def checked(timed) -> list[suite.Checked]:
    return timed[0]


def test_every_scenario_passes(checked):
    failed = {each.source: [verdict.name for verdict in each.result.failures] for each in checked if not each.result.ok}
    assert not failed


def test_the_suite_is_quick(timed):
    assert timed[1] < SECONDS_OF_THE_SUITE


def test_every_outcome_of_every_rule_is_reached(checked):
    never = suite.union_of(checked).never()
    assert not never, f"no packaged scenario reaches {', '.join(never)}"


def test_an_outcome_that_is_missed_would_be_named(checked):
    quiet = [each for each in checked if each.source == "tutorial/one_day"]
    assert "MSG-03.duplicate_answered" in suite.union_of(quiet).never()


def test_every_mutant_is_noticed():
    report = ts.mutants()
    assert report.canary_killed
    assert not [each.id for each in report.unreached], "their rules are exercised by no scenario"
    assert not [each.id for each in report.survivors], "no scenario noticed them"


def test_the_kill_matrix_has_a_row_of_each_mutant():
    """Which scenarios notice it is written anew by hand (scripts/kill_matrix.py): that takes two minutes."""
    page = (Path(__file__).parents[2] / "docs/kill-matrix.md").read_text(encoding="utf-8")
    known = [entry["id"] for entry in core.mutants() if entry["id"] != "canary"]
    assert sorted(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) == sorted(known)
    assert f"{len(known)} of {len(known)} mutants are noticed" in page


def test_a_scenario_names_only_outcomes_that_its_story_reaches_with_other_seeds(checked):
    """What a scenario is about may not hang on one seed."""
    small = [(each.source, each.result.scenario) for each in checked if not each.source.startswith("peak/")]
    for seed in (2, 3):
        for each in suite.check(small, seed=seed):
            failed = [verdict.name for verdict in each.result.failures if verdict.kind == "promise"]
            failed += [v.name for v in each.result.failures if v.name.startswith(("rules_exercised", "broken"))]
            assert not failed, f"{each.source} with seed {seed}"


def test_no_mutant_takes_the_process_down():
    done = subprocess.run([sys.executable, "-c", THROUGH_ALL], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    ends = json.loads(done.stdout)
    assert {mutant for mutant, _, _ in ends} == {entry["id"] for entry in core.mutants()}
    known = {"drained", "reached_until", "event_limit"}
    errors = {end for _, _, end in ends if end not in known}
    assert all("internal error" in end for end in errors), errors
