"""The pytest plugin: what it collects, how failures read, its options and fixtures, and what it costs elsewhere."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import tillstorm as ts
from tillstorm import running
from tillstorm.expectations import names_of
from tillstorm.testing import collecting  # before pytester, which forgets what was first imported in its runs

INHERITED = len(names_of(ts.Scenario.load("tutorial/one_day")))
GOOD = {"extends": "tutorial/one_day", "expect": {"kpis": {"net_sales": {"min": 1}}, "rules_exercised": ["MSG-03"]}}
BAD = {"extends": "tutorial/one_day", "expect": {"kpis": {"lines": {"max": 3}}}}


def write(pytester: pytest.Pytester, name: str, document: object) -> Path:
    path = pytester.path / f"{name}.scenario.json"
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return path


@pytest.fixture
def runs(monkeypatch):
    """How often a scenario was run."""
    counted = []

    def run(scenario, seed):
        counted.append(seed)
        return ts.run(scenario, seed)

    monkeypatch.setattr(collecting, "run", run)
    return counted


def test_each_promise_and_expectation_is_an_item_and_they_share_a_run(pytester, runs):
    write(pytester, "good", GOOD)
    result = pytester.runpytest("-v")
    result.assert_outcomes(passed=INHERITED + 2)
    result.stdout.fnmatch_lines(["good.scenario.json::kpis.net_sales PASSED*"])
    result.stdout.fnmatch_lines(["good.scenario.json::rules_exercised.MSG-03 PASSED*"])
    assert runs == [1]


def test_one_item_can_be_chosen(pytester):
    write(pytester, "good", GOOD)
    pytester.runpytest("good.scenario.json::exactly_once").assert_outcomes(passed=1)
    pytester.runpytest("-k", "kpis").assert_outcomes(passed=2, deselected=INHERITED)


def test_a_failure_says_what_was_seen_and_how_to_see_it_again_without_a_traceback(pytester):
    write(pytester, "bad", BAD)
    result = pytester.runpytest()
    result.assert_outcomes(passed=INHERITED, failed=1)
    result.stdout.fnmatch_lines(
        [
            "*bad.scenario.json: kpis.lines*",
            "kpis.lines: * lines, expected at most 3 lines",
            "  replay  tillstorm check bad.scenario.json --seed 1",
            "FAILED bad.scenario.json::kpis.lines - kpis.lines: *",
        ]
    )
    assert "Traceback" not in result.stdout.str()
    assert ".py:" not in result.stdout.str()


def test_a_broken_promise_shows_its_witness(pytester, monkeypatch):
    make = running.core_simulation
    monkeypatch.setattr(
        running,
        "core_simulation",
        lambda scenario, seed, **options: make(scenario, seed, **{**options, "mutant": "repeat_posted_again"}),
    )
    write(pytester, "storm", {"extends": "incidents/lost_acknowledgement"})
    result = pytester.runpytest("storm.scenario.json::exactly_once")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["exactly_once: broken *", "  witness *", "  replay  tillstorm run storm.scenario.json --seed 1 --until *"]
    )


def test_a_broken_promise_that_is_not_asked_for_is_a_warning(pytester, monkeypatch):
    make = running.core_simulation
    monkeypatch.setattr(
        running,
        "core_simulation",
        lambda scenario, seed, **options: make(scenario, seed, **{**options, "mutant": "repeat_posted_again"}),
    )
    write(pytester, "base", {"extends": "incidents/lost_acknowledgement", "expect": None})
    write(pytester, "storm", {"extends": "base", "expect": {"invariants": ["tenders_equal_ticket"]}})
    result = pytester.runpytest("storm.scenario.json", "-W", "default")  # this project makes errors of warnings
    assert result.ret == 0
    result.stdout.fnmatch_lines(["*PytestWarning: not judged here: exactly_once broken * times; expect.invariants*"])
    assert result.stdout.str().count("not judged here: exactly_once") == 1


def test_a_scenario_that_cannot_be_read_is_a_collection_error_with_its_place(pytester):
    write(pytester, "wrong", '{"dyas": 3}')
    result = pytester.runpytest()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["wrong.scenario.json:1:2: dyas: unknown key*did you mean days?"])
    assert "Traceback" not in result.stdout.str()


def test_seed_and_replications(pytester, runs):
    write(pytester, "good", {**GOOD, "expect": {"digest": ts.run(ts.Scenario.load("tutorial/one_day")).digest}})
    result = pytester.runpytest("-v", "--tillstorm-seed", "1", "--tillstorm-replications", "2")
    result.assert_outcomes(passed=2 * INHERITED + 1, skipped=1)
    result.stdout.fnmatch_lines(["good.scenario.json::exactly_once?seed 2? PASSED*"])
    assert runs == [1, 2]


@pytest.mark.parametrize(
    "arguments",
    [("--tillstorm-seed", "-1"), ("--tillstorm-replications", "0"), ("--tillstorm-update", "--tillstorm-seed", "3")],
)
def test_options_that_make_no_sense_are_refused(pytester, arguments):
    result = pytester.runpytest(*arguments)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: --tillstorm-*"])


def test_goldens_are_written_compared_and_explain_a_difference(pytester):
    path = write(pytester, "good", GOOD)
    golden = pytester.path / "good.kpis.json"
    pytester.runpytest().assert_outcomes(passed=INHERITED + 2)
    assert not golden.exists()
    pytester.runpytest("--tillstorm-update").assert_outcomes(passed=INHERITED + 3)
    figures = json.loads(golden.read_text())
    assert figures["tickets"]["unit"] == "tickets"
    assert len(golden.read_text().splitlines()) == len(figures) + 2
    pytester.runpytest().assert_outcomes(passed=INHERITED + 3)
    del figures["lines"]
    figures["tickets"]["value"] *= 2
    figures["gone"] = {"value": 1, "unit": "s"}
    golden.write_text(json.dumps(figures))
    result = pytester.runpytest("good.scenario.json::kpis.json")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "3 key figures are not as in good.kpis.json",
            "  gone * not filled by this run; the file says 1 s",
            "  lines * lines, not in the file",
            "  tickets * tickets; the file says * tickets (-50 %)",
            "  replay  tillstorm run good.scenario.json --seed 1",
            "  accept  pytest good.scenario.json --tillstorm-update",
        ]
    )
    golden.write_text("[]")
    pytester.runpytest(path.name).assert_outcomes(failed=1, passed=INHERITED + 2)


def test_fixtures_load_and_run_scenarios(pytester):
    write(pytester, "shop", GOOD)
    pytester.makepyfile(
        """
        import pytest

        def test_beside_the_test(tillstorm_scenario, tillstorm_run):
            scenario = tillstorm_scenario("shop", {"seed": 5})
            assert scenario.seed == 5
            assert tillstorm_run(scenario).seed == 5
            assert tillstorm_run("shop").kpis["tickets"].value > 0
            assert tillstorm_run("shop") is tillstorm_run("shop.scenario.json")
            assert tillstorm_run("shop", seed=6).digest != tillstorm_run("shop").digest

        def test_packaged(tillstorm_run):
            assert tillstorm_run("tutorial/one_day", {"expect.kpis.tickets.min": 1}).ok

        def test_wrong(tillstorm_scenario):
            with pytest.raises(ValueError, match="did you mean tutorial/one_day"):
                tillstorm_scenario("tutorial/one_dya")
        """
    )
    pytester.runpytest("-k", "test_").assert_outcomes(passed=3, deselected=INHERITED + 2)


def test_a_project_that_does_not_use_it_does_not_pay_for_it(pytester):
    pytester.makepyfile(
        """
        import sys

        def test_nothing_of_weight_was_imported():
            heavy = {"tillstorm._core", "tillstorm.result", "tillstorm.scenario", "rich"}
            assert not heavy & set(sys.modules), heavy & set(sys.modules)
            assert "tillstorm.testing.plugin" in sys.modules
        """
    )
    pytester.runpytest_subprocess().assert_outcomes(passed=1)


def test_an_external_project_with_workers_and_junit(tmp_path, command_environment):
    """A folder that depends on the installed package alone."""
    scenarios = tmp_path / "scenarios"
    scenarios.mkdir()
    (scenarios / "good.scenario.json").write_text(json.dumps(GOOD))
    (scenarios / "bad.scenario.json").write_text(json.dumps(BAD))
    (tmp_path / "test_own.py").write_text(
        "def test_own(tillstorm_run):\n    assert tillstorm_run('scenarios/good.scenario.json').ok\n"
    )
    (tmp_path / "pyproject.toml").write_text('[tool.pytest.ini_options]\naddopts = ["--strict-markers"]\n')
    environment = {k: v for k, v in command_environment.items() if not k.startswith("PYTEST_")}
    environment.pop("PYTHONPATH", None)
    for arguments in ([], ["-n", "2", "--dist", "loadgroup"], ["-n", "2"]):
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "--junitxml=out.xml", *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 1, done.stdout + done.stderr
        assert f"1 failed, {2 * INHERITED + 3} passed" in done.stdout, done.stdout
        assert "replay  tillstorm check scenarios/bad.scenario.json --seed 1" in done.stdout
        cases = ET.parse(tmp_path / "out.xml").getroot().iter("testcase")
        failed = [case for case in cases if case.find("failure") is not None]
        assert [case.get("name") for case in failed] == ["kpis.lines"]
        assert "expected at most 3 lines" in failed[0].find("failure").text
