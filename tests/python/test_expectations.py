"""Each promise and each expectation of a scenario is one named pass or fail, with what was seen."""

from __future__ import annotations

import json
import shlex

import pytest

import tillstorm as ts
from tillstorm import replaying
from tillstorm._compiled import core
from tillstorm.cli.parser import build_parser
from tillstorm.expectations import describe, names_of, not_judged
from tillstorm.result import Result
from tillstorm.running import core_simulation

ONE_DAY = ts.Scenario.load("tutorial/one_day").with_({"expect": None})
CUT_OFF = ts.Scenario.load("incidents/lost_acknowledgement").with_({"expect": None})


def judged(scenario: ts.Scenario, **expect: object) -> dict[str, ts.Verdict]:
    result = ts.run(scenario.with_({"expect": expect}))
    assert [v.name for v in result.verdicts] == names_of(result.scenario)
    assert result.ok == all(v.passed for v in result.verdicts)
    return {verdict.name: verdict for verdict in result.verdicts}


def with_mutant(scenario: ts.Scenario, mutant: str) -> ts.Result:
    simulation, seed = core_simulation(scenario, None, promises=True, mutant=mutant)
    simulation.advance(None, 10_000_000)
    return Result(scenario, seed, simulation)


def test_a_scenario_without_expectations_is_judged_by_every_promise():
    result = ts.run(ONE_DAY)
    assert [verdict.name for verdict in result.verdicts] == [entry["name"] for entry in core.promises()]
    assert all(verdict.kind == "promise" and verdict.passed for verdict in result.verdicts)
    assert result.ok


def test_bounds_of_figures_pass_and_fail():
    tickets = ts.run(ONE_DAY).kpis["tickets"].value
    net = ts.run(ONE_DAY).kpis["net_sales"].value
    for bound, passes in (
        ({"min": tickets}, True),
        ({"min": tickets + 1}, False),
        ({"max": tickets}, True),
        ({"max": tickets - 1}, False),
        ({"equal": tickets}, True),
        ({"equal": tickets + 1}, False),
        ({"equal": tickets + 1, "within": 1}, True),
        ({"equal": tickets + 1, "within": 0.5}, False),
        ({"equal": tickets * 1.01, "within_percent": 1}, True),
        ({"equal": tickets * 1.02, "within_percent": 1}, False),
    ):
        assert judged(ONE_DAY, kpis={"tickets": bound})["kpis.tickets"].passed == passes, bound
    verdict = judged(ONE_DAY, kpis={"net_sales": {"min": 1e9}})["kpis.net_sales"]
    assert (verdict.passed, verdict.expected, verdict.seen) == (
        False,
        "at least 1000000000 currency",
        f"{net!r} currency",
    )
    assert verdict.replay.startswith("tillstorm run tutorial/one_day --set ")


def test_a_figure_without_a_sample_fails_whatever_its_bound():
    verdict = judged(ONE_DAY, kpis={"backlog_drain_s": {"min": 0}})["kpis.backlog_drain_s"]
    assert not verdict.passed
    assert verdict.seen == "no sample"


def test_rules_exercised_ask_for_a_rule_or_an_outcome():
    verdicts = judged(CUT_OFF, rules_exercised=["MSG-03", "MSG-03.duplicate_answered", "OFFLINE-02"])
    assert verdicts["rules_exercised.MSG-03"].passed
    assert verdicts["rules_exercised.MSG-03.duplicate_answered"].passed
    assert verdicts["rules_exercised.OFFLINE-02"].seen == "never"
    assert not verdicts["rules_exercised.OFFLINE-02"].passed


def test_a_digest_is_compared_for_the_scenarios_own_seed_only():
    digest = ts.run(ONE_DAY).digest
    assert judged(ONE_DAY, digest=digest)["digest"].passed
    assert not judged(ONE_DAY, digest="0" * 32)["digest"].passed
    other = ts.run(ONE_DAY.with_({"expect.digest": "0" * 32}), seed=5)
    assert "digest" not in {verdict.name for verdict in other.verdicts}


def test_a_broken_promise_fails_with_its_witness_and_replay():
    result = with_mutant(CUT_OFF, "repeat_posted_again")
    failed = {verdict.name: verdict for verdict in result.failures}
    assert not result.ok
    verdict = failed["exactly_once"]
    first = next(violation for violation in result.violations if violation.promise == "exactly_once")
    assert verdict.seen.startswith("broken ")
    assert verdict.detail.splitlines() == [first.message, *first.witness]
    assert any("handed over as number" in line for line in first.witness)
    assert verdict.replay == first.replay
    text = describe(verdict)
    assert text.splitlines()[0] == f"exactly_once: {verdict.seen}"
    assert f"  replay  {first.replay}" in text


def test_only_the_promises_asked_for_count():
    scenario = CUT_OFF.with_({"expect.invariants": ["tenders_equal_ticket"]})
    result = with_mutant(scenario, "repeat_posted_again")
    assert result.violations_counted > 0
    assert [verdict.name for verdict in result.verdicts if verdict.kind == "promise"] == ["tenders_equal_ticket"]
    assert result.ok


FAULT = {"kind": "lost_acknowledgement", "stores": ["0002"], "from": "2026-11-27T12:00", "for": "PT1H"}


def test_a_fault_without_effect_is_inert_and_fails():
    """Nobody shops at four in the morning."""
    result = ts.run(CUT_OFF.with_({"faults": [FAULT, {**FAULT, "from": "2026-11-27T04:00"}]}))
    first, second, drained = (verdict for verdict in result.verdicts if verdict.kind == "fault")
    assert (drained.name, drained.passed) == ("drained", True)
    assert (first.name, first.passed) == ("faults[0].lost_acknowledgement", True)
    assert "acknowledgements lost" in first.seen
    assert (second.name, second.passed) == ("faults[1].lost_acknowledgement", False)
    assert second.seen.startswith("inert fault: lost_acknowledgement")
    assert [fault.start.hour for fault in result.inert_faults] == [4]
    assert not result.ok


def test_convergence_is_measured_from_the_end_of_the_last_fault():
    scenario = CUT_OFF.with_({"expect": {"converge_within": "PT1H"}})
    result = ts.run(scenario)
    seconds = result.converged_after.total_seconds()
    assert 0 <= seconds < 3600
    assert next(verdict for verdict in result.verdicts if verdict.name == "converge_within").passed
    short = CUT_OFF.with_({"expect": {"converge_within": f"PT{max(0.0, seconds - 0.001):.6f}S"}})
    failed = [verdict.name for verdict in ts.run(short).failures]
    assert failed == (["converge_within"] if seconds > 0 else [])


def test_convergence_without_a_fault_has_no_sample():
    verdict = judged(ONE_DAY, converge_within="PT1H")["converge_within"]
    assert (verdict.passed, verdict.seen) == (False, "no sample")


def test_a_run_that_never_converges_says_where():
    scenario = CUT_OFF.with_({"expect": {"converge_within": "PT1H"}})
    result = with_mutant(scenario, "crash_empties_queue")
    assert result.converged_after is not None
    broken = with_mutant(ts.Scenario.load("incidents/second_outage"), "second_outage_ends_replay")
    verdict = next(verdict for verdict in broken.verdicts if verdict.name == "converge_within")
    assert not verdict.passed
    assert verdict.seen == "never"
    assert "0002" in verdict.detail


def test_a_partial_run_is_judged_by_its_promises_only():
    scenario = ONE_DAY.with_({"expect.kpis.tickets.min": 10**6})
    assert ts.run(scenario, until="2026-11-24T12:00").ok
    assert not ts.run(scenario).ok


def test_a_run_without_promises_is_not_judged_by_them():
    result = ts.run(ONE_DAY.with_({"expect.kpis.tickets.min": 1}), promises=False)
    assert [verdict.name for verdict in result.verdicts] == ["kpis.tickets"]


def test_verdicts_and_coverage_are_in_the_dictionary():
    document = json.loads(ts.run(ONE_DAY).to_json())
    assert {"name", "kind", "passed", "expected", "seen", "detail", "replay"} == set(document["expectations"][0])
    assert document["coverage"]["MSG-03"]["first_post"] > 0


def test_what_cannot_be_expected_is_named_with_its_place():
    with pytest.raises(ts.ScenarioError) as caught:
        ts.Scenario.from_json(
            '{"extends": "tutorial/one_day",\n'
            ' "expect": {"kpis": {"tikets": {"min": 1}}, "invariants": ["exactlyonce"]}}'
        )
    first, second = caught.value.problems
    assert (first.path, first.line, first.nearest) == ("expect.kpis.tikets", 2, "tickets")
    assert (second.path, second.nearest) == ("expect.invariants[0]", "exactly_once")


def test_the_summary_of_a_run_says_which_expectation_is_not_met(tillstorm):
    done = tillstorm("run", "tutorial/one_day", "--set", "expect.kpis.lines.max=3")
    assert done.returncode == 1
    assert "1 of 2 expectations not met" in done.stdout
    assert "kpis.lines: " in done.stdout
    assert "expected at most 3 lines" in done.stdout
    quiet = tillstorm("run", "tutorial/one_day", "--set", "expect.kpis.lines.max=3", "--quiet")
    assert "expected at most 3 lines" in quiet.stderr
    met = tillstorm("run", "tutorial/one_day", "--set", "expect.kpis.tickets.min=3", "--coverage")
    assert met.returncode == 0
    assert "1 expectation met: kpis.tickets" in met.stdout
    assert "rule coverage: " in met.stdout


def test_a_replay_of_a_mutant_breaks_the_rule_again():
    result = ts.run(ts.Scenario.load("incidents/lost_acknowledgement"), mutant="repeat_posted_again")
    kinds = {verdict.kind for verdict in result.failures}
    assert kinds == {"promise", "expectation"}
    begin = "tillstorm run incidents/lost_acknowledgement --seed 1 --mutant repeat_posted_again"
    assert all(verdict.replay.startswith(begin) for verdict in result.failures)
    assert all(violation.replay.startswith(begin) for violation in result.violations)


def test_a_promise_whose_violations_are_not_kept_is_replayed_with_its_mutant(monkeypatch):
    monkeypatch.setattr(Result, "violations", ())
    result = ts.run(CUT_OFF, mutant="repeat_posted_again")
    assert not result.ok
    assert {verdict.replay.rpartition(" --")[2] for verdict in result.failures} == {"mutant repeat_posted_again"}


def test_a_replay_is_a_command_line_that_is_understood():
    for scenario in (ts.Scenario.load("tutorial/one_day"), ONE_DAY.with_({"expect.kpis.lines.max": 3})):
        for mutant in (None, "canary"):
            command = replaying.command(scenario, 7, mutant, verdicts_only=True)
            assert build_parser().parse_args(shlex.split(command)[1:]).seed == 7


def test_a_broken_promise_that_is_not_asked_for_is_named_and_no_failure():
    scenario = CUT_OFF.with_({"expect.invariants": ["tenders_equal_ticket"]})
    result = ts.run(scenario, mutant="repeat_posted_again")
    assert result.ok
    assert set(result.not_judged) == set(result.violations_by_promise) >= {"exactly_once"}
    times = f"{result.not_judged['exactly_once']:,}"
    assert f"not judged here: exactly_once broken {times} times" in not_judged(result)
    assert f"not judged here: exactly_once broken {times} times" in repr(result)
    assert json.loads(result.to_json())["not_judged"] == dict(result.not_judged)
    assert ts.run(CUT_OFF, mutant="repeat_posted_again").not_judged == {}


def test_a_promise_that_a_scenario_is_there_to_break_must_be_broken_and_the_others_kept():
    scenario = CUT_OFF.with_({"expect.broken": ["exactly_once"]})
    broken = with_mutant(scenario, "repeat_posted_again")
    verdicts = {verdict.name: verdict for verdict in broken.verdicts}
    assert verdicts["broken.exactly_once"].passed
    assert "exactly_once" not in verdicts
    assert "exactly_once" not in broken.not_judged
    kept = ts.run(scenario)
    (failed,) = kept.failures
    assert (failed.name, failed.seen, failed.expected) == ("broken.exactly_once", "kept", "broken at least once")
    assert [verdict.name for verdict in kept.verdicts] == names_of(scenario)


def test_a_run_that_broke_what_it_should_says_so():
    scenario = ts.Scenario.load("integration/numbered_by_the_receiver")
    said = repr(ts.run(scenario))
    assert "all promises kept but exactly_once, z_equals_ledger, book_equals_truth, as expected" in said


def test_a_failed_result_says_in_an_assertion_what_failed_and_how_to_see_it():
    text = repr(ts.run(ONE_DAY.with_({"expect.kpis": {"lines": {"max": 3}, "tickets": {"max": 3}}})))
    assert "verdicts failed: kpis.lines, kpis.tickets; replay: tillstorm run tutorial/one_day --set " in text
    expect = {"kpis": {name: {"max": 1e-9} for name in ("lines", "tickets", "net_sales", "stock_accuracy")}}
    many = ts.run(ONE_DAY.with_({"expect": {**expect, "rules_exercised": ["OFFLINE-02", "OFFLINE-03"]}}))
    assert len(many.failures) == 6
    assert " and 1 more; replay: " in repr(many)
