"""Stories of tickets, messages and items; witnesses of broken promises; the commands that show them again."""

from __future__ import annotations

import shlex

import pytest

import tillstorm as ts
from tillstorm import cli
from tillstorm._compiled import core

SCENARIO = ts.Scenario.load("incidents/lost_acknowledgement")
TICKET = "ticket=0002-01-000001"


@pytest.fixture(scope="module")
def broken() -> ts.Result:
    return ts.run(SCENARIO, mutant="repeat_posted_again")


def test_promises_say_what_they_are_and_need():
    promises = {promise["name"]: promise for promise in core.promises()}
    assert len(promises) >= 11
    for promise in promises.values():
        assert set(promise) == {"name", "equation", "meaning", "needs", "guards"}
        assert promise["meaning"].endswith(".")
        assert promise["needs"]
    assert "generated_customers" in promises["price_authorised"]["needs"]
    assert "MSG-03" in promises["exactly_once"]["guards"]


def test_following_changes_nothing_and_is_in_the_dictionary():
    followed = ts.run(SCENARIO, explain=[TICKET])
    assert followed.digest == ts.run(SCENARIO).digest
    assert list(followed.traces) == [TICKET]
    assert any("posted as ticket 0002-01-000001" in line for line in followed.traces[TICKET])
    assert followed.to_dict()["traces"][TICKET] == list(followed.traces[TICKET])


def test_a_simulation_that_is_driven_and_branched_is_followed_too():
    simulation = ts.Simulation(SCENARIO, explain=[TICKET])
    simulation.run_until("2026-11-27T12:00")
    branch = ts.Simulation.restore(simulation.snapshot())
    assert branch.run().traces == simulation.run().traces == ts.run(SCENARIO, explain=[TICKET]).traces


def test_a_broken_promise_has_its_witness_and_the_run_says_how_often(broken):
    assert not broken.ok
    assert broken.mutant == "repeat_posted_again"
    assert sum(broken.violations_by_promise.values()) == broken.violations_counted
    first = broken.violations[0]
    assert first.promise == "exactly_once"
    posted = [line for line in first.witness if "posted as" in line]
    assert len(posted) == 2
    assert any("the answer did not reach its source" in line for line in first.witness)


def test_the_replay_command_shows_the_witness_again(broken, capsys):
    first = broken.violations[0]
    words = shlex.split(first.replay)
    assert words[:2] == ["tillstorm", "run"]
    assert words[-2:] == ["--explain", first.explain]
    assert cli.main([*words[1:], "--no-progress"]) == 1
    text = capsys.readouterr().out
    assert first.explain in text
    assert len(first.witness) > 5
    for line in first.witness:
        assert line in text or line.endswith("more lines ...")


def test_a_ticket_that_never_was_is_said_to_be_none(capsys):
    arguments = ["run", "tutorial/one_day", "--no-progress", "--explain", "ticket=0001-01-999999"]
    assert cli.main(arguments) == 0
    assert "did not happen before" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--explain", "tiket=0001-01-000001"], "did you mean ticket?"),
        (["--explain", "item=I00001@0009"], "there is no such place"),
        (["--mutant", "repeat_posted_agin"], "did you mean repeat_posted_again?"),
    ],
)
def test_what_cannot_be_followed_or_broken_is_bad_input(arguments, said, capsys):
    assert cli.main(["run", "tutorial/two_stores", *arguments]) == 2
    captured = capsys.readouterr()
    assert said in captured.err + captured.out


LOST = "incidents/lost_acknowledgement"
MUTANT = ("--mutant", "repeat_posted_again", "--no-progress")


def test_the_first_violation_of_each_promise_comes_first_and_names_it_once(capsys):
    result = ts.run(ts.Scenario.load(LOST), mutant="repeat_posted_again")
    promises = list(dict.fromkeys(violation.promise for violation in result.violations))
    assert len(promises) > 1
    assert cli.main(["run", LOST, *MUTANT]) == 1
    said = capsys.readouterr().out
    shown = [line.split()[0] for line in said.splitlines() if line.startswith("  ") and " violated at " in line]
    assert shown[: len(promises)] == promises
    assert "exactly_once: exactly_once" not in said
    assert "mutant repeat_posted_again: a key that is known posts again" in " ".join(said.split())


def test_a_quiet_run_still_tells_what_was_asked_for(capsys):
    assert cli.main(["run", "tutorial/two_stores", "--quiet", "--explain", "ticket=0001-01-000001"]) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("ticket=0001-01-000001\n")
    assert "completed as ticket 0001-01-000001" in captured.out
    assert "digest" not in captured.out
    assert captured.err == ""


@pytest.mark.parametrize("quiet", [False, True])
def test_a_run_warns_of_what_is_broken_and_not_judged(quiet, capsys):
    narrow = ["--set", "expect=null", "--set", 'expect.invariants=["tenders_equal_ticket"]']
    assert cli.main(["run", LOST, *narrow, *MUTANT, *(["--quiet"] if quiet else [])]) == 0
    captured = capsys.readouterr()
    said = captured.err if quiet else captured.out
    assert "warning: not judged here: exactly_once broken " in said
    if quiet:
        assert captured.out == ""
        assert "tillstorm run" not in said
