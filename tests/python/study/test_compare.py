"""`compare`: the same customers for every variant, the same result on any number of threads."""

from __future__ import annotations

import hashlib
import json
import math

import numpy as np
import pytest

import tillstorm as ts
from tillstorm.study import comparing, replicating
from tillstorm.study.seeds import seed_of


def test_a_scenario_against_itself_differs_by_exactly_0(chain):
    study = ts.compare({"one": chain, "other": chain}, replications=3)
    assert len(study.kpis) > 10
    for kpi in study.kpis:
        (row,) = study.differences(kpi)
        assert (row.difference, row.half_width, row.low, row.high, row.verdict) == (0, 0, 0, 0, "same"), kpi


def test_one_thread_and_two_give_the_same_to_the_bit(chain, hourly, study):
    alone = ts.compare({"realtime": chain, "hourly": hourly}, replications=4, threads=1)
    assert alone.to_json() == study.to_json()


def test_variants_meet_the_same_customers(chain, hourly, study):
    """Ticket by ticket: the same people buy the same things at the same moment, whenever it is posted."""
    assert (study.values("tickets")[0] == study.values("tickets")[1]).all()
    assert (study.values("stock_accuracy")[0] != study.values("stock_accuracy")[1]).all()
    record = {"record.tables": ["truth.tickets"]}
    tickets = [ts.run(scenario.with_(record), study.seeds[0]).table("truth.tickets") for scenario in (chain, hourly)]
    assert tickets[0].num_rows > 500
    for column in ("place", "number", "event_time", "customer", "lines", "net_minor"):
        assert (np.asarray(tickets[0][column]) == np.asarray(tickets[1][column])).all(), column


def test_replications_differ(study):
    assert len(set(study.values("tickets")[0])) == 4
    assert len(set(study.seeds)) == 4


def test_seeds_follow_the_stated_rule(study):
    digest = hashlib.sha256(b"1/3").hexdigest()
    assert study.seeds[2] == int(digest[:16], 16) // 2**11 == seed_of(1, 3)
    assert "SHA-256 of the text BASE/NUMBER" in study.to_dict()["seed_rule"]
    seeds = {seed_of(base, number) for base in range(100) for number in range(1, 101)}
    assert len(seeds) == 10_000
    assert max(seeds) < 2**53


def test_a_replication_is_the_run_with_its_seed(chain, study):
    result = ts.run(chain, study.seeds[1])
    assert study.values("net_sales")[0, 1] == result.kpis["net_sales"].value
    assert study.to_dict()["variants"][0]["digests"][1] == result.digest


def test_another_seed_is_another_study(chain, hourly, study):
    other = ts.compare({"realtime": chain, "hourly": hourly}, replications=4, seed=2, kpis=["tickets"])
    assert not set(other.seeds) & set(study.seeds)


def test_the_baseline_can_be_chosen(chain, hourly, study):
    other = ts.compare({"realtime": chain, "hourly": hourly}, replications=4, baseline="hourly")
    (there,), (back,) = study.differences("stock_accuracy"), other.differences("stock_accuracy")
    assert (back.variant, back.baseline) == ("realtime", "hourly")
    assert (back.difference, back.low) == (-there.difference, -there.high)


def test_precision_adds_batches_until_it_is_reached(chain, hourly, study):
    target = study.differences("stock_accuracy")[0].half_width * 0.8
    longer = ts.compare({"realtime": chain, "hourly": hourly}, replications=4, precision={"stock_accuracy": target})
    assert 4 < longer.replications < 40  # the cap
    assert longer.replications % 4 == 0
    assert longer.precise
    assert longer.ok
    assert longer.differences("stock_accuracy")[0].half_width <= target
    assert longer.values("tickets")[:, :4].tolist() == study.values("tickets").tolist()


def test_precision_gives_up_at_the_cap(chain, hourly):
    study = ts.compare(
        {"realtime": chain, "hourly": hourly}, replications=2, precision={"stock_accuracy": 1e-9}, max_replications=5
    )
    assert study.replications == 5
    assert not study.precise
    assert not study.ok
    assert [row.kpi for row in study.imprecise] == ["stock_accuracy"]
    assert study.to_dict()["precision"] == {
        "half_widths": {"stock_accuracy": 1e-9},
        "max_replications": 5,
        "reached": False,
    }
    assert "precision asked for was not reached: stock_accuracy of hourly" in str(study.summary())


def test_nobody_working_is_no_effort_and_not_an_unknown_one():
    calm, malformed = ts.Scenario.load("tutorial/two_stores"), ts.Scenario.load("incidents/malformed_messages")
    study = ts.compare({"calm": calm, "malformed": malformed}, replications=2)
    (row,) = study.differences("reconciliation_effort_min")
    assert list(study.values("reconciliation_effort_min")[0]) == [0.0, 0.0]
    assert row.replications == 2
    assert row.difference > 0


@pytest.mark.parametrize(
    ("variants", "arguments", "said"),
    [
        (ts.Scenario.load("tutorial/two_stores"), {}, "variants by name, like .* not .*Scenario"),
        ([ts.Scenario.load("tutorial/two_stores")] * 2, {}, "variants by name, like .* not .*list"),
        ({"a": ts.Scenario.load("tutorial/two_stores"), "b": "tutorial/two_stores"}, {}, "not its name: load it with"),
        ({1: ts.Scenario.load("tutorial/two_stores")}, {}, "the name of a variant is a text, not 1"),
        ({}, {"replications": "3"}, "replications is a whole number, not '3'"),
        ({}, {"threads": 1.5}, "threads is a whole number, not 1.5"),
        ({}, {"seed": "one"}, "seed is a whole number, not 'one'"),
        ({}, {"max_replications": True}, "max_replications is a whole number, not True"),
    ],
)
def test_an_argument_of_another_type_is_named(variants, arguments, said):
    with pytest.raises(TypeError, match=said):
        ts.compare(variants, **arguments)


def test_a_fault_that_meets_nobody_is_said_to_have_done_nothing(chain):
    away = chain.with_({"faults": [{"kind": "erp_down", "from": f"{chain.start}T14:00", "for": "PT1H"}]})
    study = ts.compare({"hub": away, "files": away.with_({"integration.topology": "files"})}, replications=2)
    assert study.to_dict()["inert_faults"] == [{"variant": "files", "fault": "faults[0] erp_down", "replications": 2}]
    assert "faults that did nothing: faults[0] erp_down of files in 2 of 2" in str(study.summary())
    assert study.ok


def test_a_figure_without_a_sample_is_counted_and_not_invented():
    cut = ts.Scenario.load("incidents/store_cut_off")
    study = ts.compare({"calm": ts.Scenario.load("tutorial/two_stores"), "cut": cut}, replications=2)
    (row,) = study.differences("backlog_drain_s")
    assert (row.replications, row.verdict) == (0, "no sample")
    assert math.isnan(row.difference)
    assert [mean.replications for mean in study.means("backlog_drain_s")] == [0, 2]
    assert np.isnan(study.values("backlog_drain_s")[0]).all()
    document = json.loads(study.to_json())
    assert document["kpis"]["backlog_drain_s"]["values"]["calm"] == [None, None]
    assert document["kpis"]["backlog_drain_s"]["differences"][0]["difference"] is None


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"replications": 1}, "at least 2 replications"),
        ({"threads": 0}, "at least one thread"),
        ({"seed": -1}, "from 0 to 2\\^64 - 1"),
        ({"confidence": 95}, "share from 0.5"),
        ({"baseline": "hurly"}, "no variant `hurly`; did you mean hourly"),
        ({"kpis": ["tickts"]}, "no KPI `tickts`; did you mean tickets"),
        ({"precision": {"tickts": 1.0}}, "no KPI `tickts`"),
        ({"precision": {"tickets": 0.0}}, "half width above 0"),
        ({"precision": {"tickets": 1.0}, "max_replications": 3}, "below the 30"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_runs(chain, hourly, monkeypatch, arguments, said):
    monkeypatch.setattr(replicating, "_run", lambda *_: pytest.fail("something was run"))
    with pytest.raises(ts.StudyError, match=said):
        ts.compare({"realtime": chain, "hourly": hourly}, **arguments)


def test_one_variant_is_no_comparison(chain):
    with pytest.raises(ts.StudyError, match="at least two"):
        ts.compare({"one": chain})


def test_an_error_in_a_run_is_the_error_of_the_study_and_stops_the_others(chain, hourly, interrupt, monkeypatch):
    begun = []

    def fails(task):
        begun.append(task)
        raise ValueError("boom")

    monkeypatch.setattr(replicating, "_run", fails)
    with pytest.raises(ValueError, match="boom"):
        ts.compare({"realtime": chain, "hourly": hourly}, replications=1000, threads=1)
    assert len(begun) < 10


def test_ctrl_c_keeps_the_complete_replications_and_stops_the_others(chain, hourly, interrupt, monkeypatch):
    original = comparing.Study
    noted = interrupt(monkeypatch)
    taken = []
    take = replicating.Outcome.of

    def count(*arguments):
        taken.append(arguments)
        if len(taken) == 5:
            noted.set()
        return take(*arguments)

    monkeypatch.setattr(replicating.Outcome, "of", count)
    with pytest.raises(KeyboardInterrupt) as caught:
        ts.compare({"realtime": chain, "hourly": hourly}, replications=500, threads=1)
    assert isinstance(caught.value, ts.InterruptedStudyError)
    study = caught.value.study
    assert isinstance(study, original)
    assert 1 <= study.replications <= 4
    assert len(taken) < 20


def test_the_same_customers_make_the_interval_narrower():
    """One till less in a store: what is sold moves with the customers in both, and the difference does not."""
    chain = ts.Scenario.load("tutorial/two_stores")
    study = ts.compare({"three tills": chain, "one": chain.with_({"chain.stores[0].terminals": 1})}, replications=8)
    (row,) = study.differences("net_sales")
    assert row.verdict == "lower"
    values = study.values("net_sales")
    assert row.independent_variance == pytest.approx(values.var(axis=1, ddof=1).sum())
    assert row.paired_variance == pytest.approx((values[1] - values[0]).var(ddof=1))
    assert row.variance_reduction > 5
