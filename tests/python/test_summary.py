"""What `tillstorm run` prints, piece by piece."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

import tillstorm as ts
from tillstorm.cli import problems, store_days, terminal
from tillstorm.cli.summary import show


def printed(result, *, width=100, encoding="utf-8", folder=None):
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    console = Console(file=stream, width=width, highlight=False, legacy_windows=False)
    show(result, folder, 2.0, console)
    stream.flush()
    return stream.buffer.getvalue().decode(encoding)


@pytest.fixture(scope="module")
def result():
    return ts.run(ts.Scenario.load("tutorial/two_stores"))


def test_it_has_the_days_the_stores_and_the_figures(result):
    text = printed(result)
    for words in ("Fri 27 Nov", "Sat 28 Nov", "0001", "0002", result.digest, "tickets/s", "KPIs filled"):
        assert words in text
    assert "next: tillstorm run tutorial/two_stores --out results" in text


def test_it_says_where_it_was_written(result):
    text = printed(result, folder=Path("results"))
    assert "written to results: summary.json, scenario.json, 5 tables as Parquet" in text
    assert "pandas.read_parquet('results/truth.store_days.parquet')" in text


def test_what_to_do_next_is_the_same_run():
    changed = ts.Scenario.load("tutorial/two_stores", {"days": 1})
    assert "next: tillstorm run tutorial/two_stores --set days=1 --seed 7 --out results" in printed(ts.run(changed, 7))


def test_the_figures_of_a_partial_run_are_all_of_the_same_moment(result):
    """At noon of the second day: sales of both days, or of no day that is still open."""
    noon = ts.run(result.scenario, until="2026-11-28T12:00")
    text = printed(noon)
    kpis = noon.kpis
    tickets = round(kpis["tickets"].value)
    assert tickets > noon.table("truth.store_days")["tickets"].sum() > 0
    assert re.search(rf"tickets +{tickets:,} ", text)
    assert re.search(rf"average ticket +\${kpis['net_sales'].value / tickets:.2f} ", text)
    assert re.search(rf"lines per ticket +{kpis['lines'].value / tickets:.2f} ", text)
    assert "Customers, closed days" in text
    assert "are of the days closed by then" in " ".join(text.replace("\u2502", " ").split())


def test_a_partial_run_without_a_closed_day_has_its_tickets(result):
    noon = ts.run(result.scenario, until="2026-11-27T12:00")
    assert len(noon.table("truth.store_days")) == 0
    text = printed(noon)
    assert re.search(rf"tickets +{noon.kpis['tickets'].value:,.0f} ", text)
    assert "closed" not in text


def test_a_partial_run_with_a_web_shop_has_no_average_that_mixes_two_moments():
    web = ts.Scenario.load("online/web_shop_day")
    whole, noon = printed(ts.run(web)), printed(ts.run(web, until="2026-11-28T12:00"))
    for label in ("average ticket", "of which online"):
        assert label in whole
        assert label not in noon
    assert "lines per ticket" in noon


def test_a_narrow_or_plain_terminal_shows_the_same(result):
    narrow = printed(result, width=60)
    assert all(
        len(line) <= 60
        for line in narrow.splitlines()
        if not line.startswith(("next", "digest", "every")) and "promise" not in line
    )
    plain = printed(result, encoding="ascii")
    assert "ok every promise was kept" in plain
    assert "#" in plain


def test_a_broken_promise_is_named_with_its_replay(result, monkeypatch):
    violation = ts.Violation(
        "journal_balanced",
        result.reached,
        "0001",
        "cash",
        1,
        2,
        "debits differ",
        "tillstorm run x",
        witness=("sold 18:40:55", "posted 18:42:06"),
    )
    monkeypatch.setattr(type(result), "violations", property(lambda _: (violation,)))
    monkeypatch.setattr(type(result), "violations_counted", property(lambda _: 7))
    monkeypatch.setattr(type(result), "violations_by_promise", property(lambda _: {"journal_balanced": 7}))
    monkeypatch.setattr(type(result), "ok", property(lambda _: False))
    text = printed(result)
    promises = len(ts._core.promises())
    assert f"{promises - 1} of {promises} were kept" in text
    assert "sold 18:40:55" in text
    assert "promises were broken 7 times" in text
    assert "journal_balanced: debits differ" in text
    assert "next: tillstorm run x" in text


def test_a_run_that_has_not_come_to_its_first_close_has_a_summary():
    early = ts.run(ts.Scenario.load("tutorial/two_stores"), until=timedelta(hours=1))
    assert "Partial" in printed(early)


@pytest.mark.parametrize(
    ("days", "kind", "first"), [(14, "day", "Mon 23 Nov"), (15, "week", "23 Nov"), (121, "month", "Nov 2026")]
)
def test_periods_suit_the_length_of_the_run(days, kind, first):
    table = ts.run(ts.Scenario.baseline(stores=2, skus=20, days=days)).table("truth.store_days")
    found, periods = store_days.by_period(table, days)
    assert (found, periods[0].title) == (kind, first)
    assert sum(period.net_minor for period in periods) == table["net_minor"].sum()
    assert sum(period.tickets for period in periods) == table["tickets"].sum()


def test_a_week_begins_on_monday():
    table = ts.run(ts.Scenario.baseline(stores=1, skus=20, days=20)).table("truth.store_days")
    _, periods = store_days.by_period(table, 20)
    assert [period.title for period in periods] == ["23 Nov", "30 Nov", "07 Dec"]


def test_stores_are_summed(result):
    table = result.table("truth.store_days")
    stores = {store.place: store for store in store_days.by_store(table)}
    of_one = table["place"] == "0001"
    assert stores["0001"].net_minor == table["net_minor"][of_one].sum()
    assert stores["0001"].customers == table["customers"][of_one].sum()
    assert store_days.totals(table)["tickets"] == result.kpis["tickets"].value


def test_sums_are_exact():
    big = 2**53 + 1
    assert store_days.sums(np.array([0, 1, 1]), np.array([big, 1, 2]), 3).tolist() == [big, 3, 0]


# --- Problems -------------------------------------------------------------------------------------------------------


def test_a_problem_without_a_place_is_one_line_and_its_hints():
    problem = ts.Problem("no such scenario", file="x", nearest="y")
    assert problems.render(problem).plain == "x: error: no such scenario\n    = did you mean y?"


def test_the_caret_stands_below_the_column_also_behind_tabs():
    problem = ts.Problem("bad", file="f", path="days", line=12, column=3)
    assert problems.render(problem, "\t\tx").plain == "f:12:3: error: days: bad\n  12 | \t\tx\n     | \t\t^"


def test_a_long_line_is_cut_around_the_column():
    line = "a" * 500 + "X" + "b" * 500
    shown, column = problems.excerpt(line, 501)
    assert shown[column - 1] == "X"
    assert shown.startswith("...")
    assert shown.endswith("...")
    assert len(shown) <= 106
    assert problems.excerpt("short", 2) == ("short", 2)


def test_a_text_that_is_no_file_is_shown_too(capsys):
    with pytest.raises(ts.ScenarioError) as caught:
        ts.Scenario.from_json('{\n "dayz": 1}')
    problems.show(caught.value, terminal.errors())
    shown = capsys.readouterr().err
    assert '  2 |  "dayz": 1}' in shown
    assert "did you mean days?" in shown
    assert "1 error; nothing was run" in shown
