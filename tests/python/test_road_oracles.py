"""The road's oracles: figures of a drain from a fluid known by hand, and what must be exactly nothing."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

import tillstorm as ts
from tillstorm.oracles import Quantity, Rule, load_rows, select
from tillstorm.oracles.estimation import judge
from tillstorm.oracles.road_figures import drain_figures

SECOND = 1_000_000
REPEATED = [
    {"kind": "erp_answer_lost", "share_ppm": 200000, "from": "2026-01-05T01:00", "for": "PT12H"},
    {"kind": "duplicate", "share_ppm": 300000, "from": "2026-01-05T02:00", "for": "PT12H"},
    {"kind": "lost_acknowledgement", "share_ppm": 300000, "from": "2026-01-05T03:00", "for": "PT12H"},
]


def test_figures_of_a_drain_by_hand():
    """One message a second, out from 10 to 20, two a second afterwards: all times are known."""
    happened = np.arange(100) * SECOND
    served = np.arange(100) * SECOND
    waiting = np.arange(10, 30)
    served[waiting] = (20 + (waiting - 10 + 1) / 2) * SECOND
    figures = drain_figures(happened, served, from_us=10 * SECOND, until_us=20 * SECOND)
    assert figures["backlog"] == 10
    assert figures["drain"] == 10  # the message of 29 s is posted at 30 s, and the next one at once
    assert figures["delayed"] == 20
    assert figures["largest"] == 10.5
    assert figures["mean"] == pytest.approx(np.mean((served - happened)[10:30]) / SECOND)


def test_a_backlog_that_never_ends_is_measured_to_the_last_posting():
    happened = np.arange(10) * SECOND
    figures = drain_figures(happened, happened + 5 * SECOND, from_us=2 * SECOND, until_us=3 * SECOND)
    assert figures["drain"] == 11
    assert figures["delayed"] == 8


def test_a_limit_is_added_to_the_standard_errors():
    row, rule = select(load_rows(), ["OUT-1"])[0], Rule(2, 4.0, 1.0)
    exact = {"name": "a", "meaning": "", "exact": 1000.0}
    assert not judge(row, Quantity(**exact), [1002.0, 1002.0], rule).accepted
    assert judge(row, Quantity(**exact, limit=0.002), [1002.0, 1002.0], rule).accepted
    assert not judge(row, Quantity(**exact, limit=0.002), [1002.1, 1002.1], rule).accepted


@pytest.mark.parametrize("key", ["none", "store"])
def test_nothing_is_posted_twice_whatever_is_sent_again(key):
    """Exactly 0: answers of the ERP, acknowledgements and whole messages are lost or doubled for hours."""
    scenario = select(load_rows(), ["RETRY-1"])[0].scenario()
    result = ts.run(
        scenario.with_(
            {
                "faults": REPEATED,
                "integration.ordering.key": key,
                "record.tables": ["book.deliveries"],
                "record.warm_up": "PT0S",
            }
        )
    )
    deliveries = result.table("book.deliveries")
    is_first = deliveries["outcome"] == "first_post"
    names = ("place", "type", "terminal", "epoch", "number")
    posted = Counter(zip(*(deliveries[name][is_first].tolist() for name in names), strict=True))
    assert max(posted.values()) == 1
    assert sum(kind == "ticket" for _, kind, *_ in posted) == result.counters["tickets"]
    assert result.kpis["duplicates_blocked"].value > 1000
    assert result.ok
    assert not result.inert_faults
