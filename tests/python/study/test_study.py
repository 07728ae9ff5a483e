"""What a study shows: tables, frames, JSON, Markdown, a drawing."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from contextlib import contextmanager
from types import SimpleNamespace

import numpy as np
import pytest
from rich.console import Console

import tillstorm as ts
from tillstorm.study.bar import study_bar
from tillstorm.study.showing import decimals, figure


def test_differences_are_those_of_the_values(study):
    values = study.values("stock_accuracy")
    assert values.shape == (2, 4)
    (row,) = study.differences("stock_accuracy")
    assert row.difference == pytest.approx((values[1] - values[0]).mean())
    assert (row.variant, row.baseline, row.unit, row.replications) == ("hourly", "realtime", "share", 4)
    assert row.verdict == "lower"
    assert [mean.variant for mean in study.means("stock_accuracy")] == ["realtime", "hourly"]


def test_an_unknown_figure_is_named(study):
    for ask in (study.values, study.differences, study.means, study.plot):
        with pytest.raises(ts.StudyError, match="no KPI `stock_acuracy`; did you mean stock_accuracy"):
            ask("stock_acuracy")


def test_the_summary_says_mean_difference_interval_and_verdict(study):
    text = str(study.summary())
    assert text.startswith("hourly against realtime: 4 replications of each, on the same customers")
    assert re.search(
        r"stock_accuracy +share\n +realtime +0\.9\d+\n +hourly +0\.\d+ +-0\.\d+ +-0\.\d+ to -0\.\d+ +lower", text
    )
    assert re.search(r"the same in every replication: [^:]*\btickets\b", text)
    assert all(len(line) <= 100 for line in text.splitlines())


def test_who_asks_for_a_figure_sees_its_zeros(chain):
    study = ts.compare({"one": chain, "other": chain}, replications=2, kpis=["tickets"])
    assert re.search(r"other +[\d,]+ +0 +0 to 0 +same", str(study.summary()))


def test_the_summary_names_broken_promises_and_how_to_see_them_again(chain, hourly, monkeypatch):
    from tillstorm.study import replicating

    original = replicating.Outcome.of

    def broken(result, variant, number):
        outcome = original(result, variant, number)
        if (variant, number) != ("hourly", 2):
            return outcome
        values = {**outcome.to_dict(), "violations": 3, "message": "a thing was lost", "replay": "tillstorm run x"}
        return replicating.Outcome.from_dict(values)

    monkeypatch.setattr(replicating.Outcome, "of", broken)
    study = ts.compare({"realtime": chain, "hourly": hourly}, replications=2)
    assert not study.ok
    (run,) = study.broken_promises
    assert (run.variant, run.replication, run.counted, run.seed) == ("hourly", 2, 3, study.seeds[1])
    text = str(study.summary())
    assert "promises were broken in 1 of 4 runs" in text
    assert "hourly, replication 2: a thing was lost\n    tillstorm run x" in text
    assert study.to_dict()["variants"][1]["violations_counted"] == 3


def test_json_has_everything_and_no_nan(study):
    document = json.loads(study.to_json(), parse_constant=pytest.fail)
    assert document == study.to_dict()
    assert (document["ok"], document["replications"], document["baseline"]) == (True, 4, "realtime")
    assert len(document["seeds"]) == 4
    kpi = document["kpis"]["stock_accuracy"]
    assert kpi["differences"][0]["variance_reduction"] > 0
    assert kpi["values"]["hourly"] == study.values("stock_accuracy")[1].tolist()


def test_a_frame_has_a_row_for_each_run(study):
    frame = study.to_pandas()
    assert frame.index.names == ["variant", "replication"]
    assert frame.loc[("hourly", 3), "stock_accuracy"] == study.values("stock_accuracy")[1, 2]
    assert frame.loc[("realtime", 3), "seed"] == frame.loc[("hourly", 3), "seed"] == study.seeds[2]
    assert list(frame.columns[1:]) == list(study.kpis)


def test_markdown_has_a_row_for_each_variant(study):
    lines = study.to_markdown(["stock_accuracy", "tickets"]).splitlines()
    assert lines[:2] == ["| | stock_accuracy [share] | tickets [tickets] |", "|---|---|---|"]
    assert re.fullmatch(r"\| realtime \| 0\.\d+ \| [\d,]+ \|", lines[2])
    assert re.fullmatch(r"\| hourly \| 0\.\d+ \(-0\.\d+ ± 0\.\d+\) \| [\d,]+ \(same\) \|", lines[3])


def test_a_plot_shows_the_difference_with_its_interval(study):
    ax = study.plot("stock_accuracy")
    (row,) = study.differences("stock_accuracy")
    assert ax.get_xlabel() == "difference to realtime [share]"
    assert [label.get_text() for label in ax.get_yticklabels()] == ["hourly"]
    (bars,) = ax.containers
    (segment,) = bars[2][0].get_segments()
    assert segment[:, 0].tolist() == pytest.approx([row.low, row.high])
    dots = ax.collections[0].get_offsets()[:, 0]
    values = study.values("stock_accuracy")
    assert np.asarray(dots).tolist() == pytest.approx((values[1] - values[0]).tolist())
    assert study.plot("net_sales", ax) is ax


def test_a_missing_extra_says_in_one_line_how_to_get_it():
    code = (
        "import sys\n"
        "for name in ('matplotlib', 'matplotlib.figure', 'pandas'): sys.modules[name] = None\n"
        "import tillstorm as ts\n"
        "day = ts.Scenario.load('tutorial/one_day')\n"
        "study = ts.compare({'a': day, 'b': day}, replications=2)\n"
        "for ask in (lambda: study.plot('tickets'), study.to_pandas):\n"
        "    try: ask()\n"
        "    except ts.MissingExtraError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [
        "a plot needs matplotlib: pip install 'tillstorm[report]'",
        "a study as a pandas frame needs pandas: pip install 'tillstorm[pandas]'",
    ]


@pytest.mark.parametrize(("half", "digits"), [(0.0012, 4), (0.5, 2), (12.0, 0), (4e-9, 6), (0.0, 4), (float("nan"), 4)])
def test_digits_follow_the_interval(half, digits):
    assert decimals(half) == digits


def test_figures_are_readable():
    assert figure(1234567.0, 0) == "1,234,567"
    assert figure(0.25, 3, sign=True) == "+0.250"
    assert figure(0.0, 4, sign=True) == "0"
    assert figure(float("nan"), 2) == "-"


@pytest.mark.parametrize("terminal", [True, False])
def test_the_bar_counts_runs_where_there_is_a_terminal(terminal):
    console = Console(file=io.StringIO(), force_terminal=terminal, width=120, color_system=None)
    with study_bar(console) as bar:
        bar.say("checking what is kept")
        bar.update(3, 8)
    text = console.file.getvalue()
    assert ("3/8 runs" in text) is terminal
    assert terminal or text == ""


def test_a_bar_is_told_of_each_run(chain, hourly, monkeypatch):
    told = []

    @contextmanager
    def bar():
        yield SimpleNamespace(say=told.append, update=lambda done, total: told.append((done, total)))

    monkeypatch.setattr("tillstorm.study.bar.study_bar", bar)
    ts.compare({"realtime": chain, "hourly": hourly}, replications=2, progress=True)
    assert told == [(done, 4) for done in range(5)]
