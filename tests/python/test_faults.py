"""Faults as a result shows them: what each did, inert ones, healing, what is stuck."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import pytest
from rich.console import Console

import tillstorm as ts
from tillstorm.cli import summary

FRIDAY = "2026-11-27T"


def run(*faults, **changes):
    return ts.run(ts.Scenario.load("tutorial/two_stores").with_({"days": 1, "faults": list(faults), **changes}))


def printed(result):
    console = Console(file=io.StringIO(), width=120, force_terminal=False)
    summary.show(result, None, 1.0, console)
    return console.file.getvalue()


@pytest.fixture(scope="module")
def cut():
    return run({"kind": "store_link_down", "stores": ["0002"], "from": f"{FRIDAY}12:00", "for": "PT2H"})


@pytest.fixture(scope="module")
def inert():
    return run({"kind": "duplicate", "from": f"{FRIDAY}03:00", "for": "PT1H"})


@pytest.fixture(scope="module")
def stuck():
    return run({"kind": "erp_down", "from": f"{FRIDAY}20:00", "for": "P30D"})


def test_a_fault_says_what_it_did(cut):
    (fault,) = cut.faults
    assert (fault.index, fault.kind, fault.stores) == (0, "store_link_down", 1)
    assert fault.end - fault.start == timedelta(hours=2)
    assert fault.effects["held"] > 10
    assert not fault.inert
    assert cut.ok
    assert cut.inert_faults == ()


def test_healing_takes_as_long_as_the_backlog_drains(cut):
    assert cut.not_converged == ()
    assert timedelta(0) < cut.converged_after < timedelta(minutes=10)
    assert "books and truth agreed again" in printed(cut)


def test_a_run_without_faults_has_nothing_to_heal():
    sound = run()
    assert sound.faults == ()
    assert sound.converged_after is None
    assert sound.stuck == ()
    assert "fault" not in printed(sound).partition("next:")[0]  # which names the change that took the faults away


def test_json_has_faults_healing_and_what_is_stuck(cut, stuck):
    document = json.loads(cut.to_json())
    assert document["faults"][0]["effects"] == dict(cut.faults[0].effects)
    assert document["faults"][0]["inert"] is False
    assert document["converged_after_s"] == cut.converged_after.total_seconds()
    assert document["stuck"] == []
    document = json.loads(stuck.to_json())
    assert document["converged_after_s"] is None
    assert document["stuck"] == list(stuck.stuck)


def test_an_inert_fault_makes_a_finished_run_not_ok(inert):
    assert inert.violations_counted == 0
    assert [fault.index for fault in inert.inert_faults] == [0]
    assert not inert.ok
    text = printed(inert)
    assert "inert fault: duplicate" in text
    assert "every promise was kept" in text


def test_a_fault_that_may_still_come_is_not_inert():
    late = ts.Scenario.load("tutorial/two_stores").with_(
        {"days": 1, "faults": [{"kind": "duplicate", "from": f"{FRIDAY}20:00", "for": "PT1H"}]}
    )
    partial = ts.run(late, until=f"{FRIDAY}12:00")
    assert partial.faults[0].inert
    assert partial.inert_faults == ()
    assert partial.ok


def test_a_run_that_ends_in_an_outage_says_what_is_stuck(stuck):
    assert not stuck.ok
    assert stuck.converged_after is None
    assert set(stuck.not_converged) >= {"0001", "0002"}
    assert "wait at the middleware for the ERP since" in stuck.stuck[0]
    assert "(fault 0, erp_down)" in stuck.stuck[0]
    text = printed(stuck)
    assert "stuck: the run ended with messages pending" in text
    assert "books and truth never agreed again at 0001" in text


def test_a_crash_restores_or_cancels_the_ticket_in_the_making():
    crash = {"kind": "terminal_crash", "from": f"{FRIDAY}12:00", "repeat": {"every": "PT15M", "times": 20}}
    restored = run(crash)
    cancelled = run(crash, **{"integration.pos.journal_flush": "each_ticket", "record.tables": ["truth.lost_sales"]})
    assert restored.ok
    assert cancelled.ok
    assert cancelled.faults[0].effects["tickets_interrupted"] > 0
    assert "till_crashed" in set(cancelled.table("truth.lost_sales").to_numpy()["cause"].astype(str))


def test_a_knob_that_the_kind_does_not_use_is_an_error():
    with pytest.raises(ts.ScenarioError, match="does not use `factor`"):
        run({"kind": "erp_down", "factor": 2, "from": f"{FRIDAY}12:00", "for": "PT1H"})


def test_faults_are_the_strongest_one_where_they_overlap():
    fault = {"kind": "duplicate", "from": f"{FRIDAY}12:00", "for": "PT2H"}
    result = run({**fault, "share_ppm": 100_000}, fault)
    assert [each.inert for each in result.faults] == [True, False]


def test_one_of_something_is_singular():
    start = ts.run(ts.Scenario.load("tutorial/one_day")).reached
    effects = {"messages_lost": 1, "acknowledgements_lost": 2, "held": 1}
    fault = ts.FaultOutcome(0, "store_link_lossy", start, start, 1, effects)
    assert str(fault).endswith(": 1 message lost, 2 acknowledgements lost, 1 held")
