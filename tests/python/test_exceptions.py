"""Business exceptions of a run: their counts, and the line that `tillstorm run` prints of them."""

from __future__ import annotations

import io
from types import SimpleNamespace

import numpy as np
import pytest
from rich.console import Console

import tillstorm as ts
from tillstorm.cli import exception_lines, summary


def run(name, changes=None, **options):
    return ts.run(ts.Scenario.load(name, changes), **options)


def line(result):
    return exception_lines.text(result).plain


def printed(result, width=100):
    console = Console(file=io.StringIO(), width=width, highlight=False, legacy_windows=False)
    summary.show(result, None, 1.0, console)
    return console.file.getvalue()


def counted(*counts, closed=(), still_open=()):
    """A result that has these counts, and closed exceptions as pairs of id and whether it was overdue."""
    columns = {"id": np.array([row[0] for row in closed]), "breached": np.array([row[1] for row in closed])}
    tables = {"book.exceptions": columns, "book.open_exceptions": {"id": np.array(still_open)}}
    return SimpleNamespace(
        exceptions=tuple(ts.ExceptionCount(*count) for count in counts), tables=tuple(tables), table=tables.__getitem__
    )


# --- Counts ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["integration/closed_means_closed", "exceptions/stores_own_their_problems"])
def test_counts_are_those_of_the_tables(name):
    result = run(name)
    closed, still_open = result.table("book.exceptions"), result.table("book.open_exceptions")
    for count in result.exceptions:
        rows = [(t["type"] == count.type) & (t["role"] == count.role) for t in (closed, still_open)]
        assert count.opened == np.unique(closed["id"][rows[0]]).size + rows[1].sum()
        assert (count.open, count.overdue) == (rows[1].sum(), still_open["breached"][rows[1]].sum())
    assert sum(count.open for count in result.exceptions) == len(still_open)


def test_the_code_of_a_closed_item_says_what_became_of_its_message():
    for name, kind, resolutions in (
        ("integration/late_keys_quarantined", "late_key", {"resubmitted"}),
        ("incidents/poison_message", "dead_letter", {"repaired"}),
        ("integration/key_reused", "key_conflict", {"cancelled"}),
    ):
        closed = run(name).table("book.exceptions")
        codes = set(closed["resolution"][closed["type"] == kind].tolist())
        assert codes
        assert codes <= resolutions, name


def test_what_has_not_happened_is_null_and_no_date_of_1970():
    still_open = run("integration/closed_means_closed").table("book.open_exceptions")
    assert len(still_open) > 0
    assert np.isnat(still_open["closed_at"]).all()
    frame = still_open.to_pandas()
    assert frame["closed_at"].isna().all()
    assert not frame["opened_at"].isna().any()
    assert (frame["taken_at"].isna() == (frame["works"] == 0)).all()
    assert still_open.to_arrow().schema.field("closed_at").nullable


def test_what_is_about_the_whole_chain_names_no_store():
    closed = run("integration/refused_upstream").table("book.exceptions")
    of_the_chain = np.isin(closed["type"], ["queue_full", "backlog_overdue"])
    assert of_the_chain.any()
    assert (closed["place"][of_the_chain] == "").all()
    assert np.isnat(closed["business_date"][of_the_chain]).all()
    frame = closed.to_pandas()
    assert (frame["place"].isna() == of_the_chain).all()
    assert (frame["about"].isna() == of_the_chain).all()
    assert (frame["business_date"].isna() == of_the_chain).all()


# --- The line of the summary ----------------------------------------------------------------------------------------


def test_a_run_without_exceptions_has_no_line():
    result = run("tutorial/two_stores")
    assert result.exceptions == ()
    assert line(result) == ""
    assert "raised" not in printed(result)


def test_the_line_agrees_with_the_tables():
    result = run("integration/closed_means_closed")
    raised, still_open, overdue = (sum(getattr(c, n) for c in result.exceptions) for n in ("opened", "open", "overdue"))
    late = result.table("book.exceptions")["breached"].sum()
    assert min(still_open, overdue, late) > 0
    wanted = f"{raised} exceptions raised: {still_open} open, {overdue} overdue, {late} closed late;"
    assert line(result) == f"{wanted} what is open is for finance analysts"
    assert f"\n{line(result)}\n" in printed(result)


def test_in_a_narrow_terminal_it_is_wrapped_between_words():
    result = run("integration/closed_means_closed")
    lines = printed(result, width=60).splitlines()
    at = next(i for i, each in enumerate(lines) if "exceptions raised" in each)
    assert all(len(each) <= 60 for each in lines[at : at + 2])
    assert " ".join(each.strip() for each in lines[at : at + 2]) == line(result)


def test_a_partial_run_has_those_that_are_open_by_then():
    result = run("exceptions/stores_own_their_problems", until="2026-11-28T00:00")
    assert line(result) == "21 exceptions raised: 13 open, none overdue; what is open is for store managers"


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (
            counted(("till_log", "it_support", 1, 1, 1), still_open=[1]),
            "1 exception raised: 1 open, 1 overdue; what is open is for IT support",
        ),
        (
            counted(("till_log", "it_support", 1, 0, 0), closed=[(1, 0)]),
            "1 exception raised: none open; for IT support",
        ),
        (
            counted(("dead_letter", "it_support", 2000, 0, 0), ("recon_difference", "finance_analyst", 2, 0, 0)),
            "2,002 exceptions raised: none open; IT support had most, 2,000",
        ),
        (
            counted(("envelope", "store_manager", 1, 1, 0), ("unmapped_item", "inventory_planner", 9, 3, 0)),
            "10 exceptions raised: 4 open, none overdue; most of what is open is for inventory planners, 3",
        ),
        (
            counted(("envelope", "store_manager", 2, 1, 0), ("key_conflict", "auditor_on_call", 9, 0, 0)),
            "11 exceptions raised: 1 open, none overdue; what is open is for store managers",
        ),
        (counted(("key_conflict", "auditor_on_call", 2, 0, 0)), "2 exceptions raised: none open; for auditor on call"),
    ],
    ids=["open", "closed", "most had", "most open", "not those closed", "unknown role"],
)
def test_it_says_who_has_most(result, expected):
    assert line(result) == expected


def test_what_was_opened_again_is_late_once_and_not_while_it_is_open():
    twice = counted(("till_log", "it_support", 3, 1, 1), closed=[(1, 1), (2, 1), (1, 1), (3, 1)], still_open=[3])
    assert exception_lines.closed_late(twice) == 2


def test_it_does_not_need_the_tables():
    bare = SimpleNamespace(exceptions=(ts.ExceptionCount("till_log", "it_support", 1, 0, 0),), tables=())
    assert line(bare) == "1 exception raised: none open; for IT support"
