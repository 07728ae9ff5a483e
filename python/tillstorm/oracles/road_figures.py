"""Figures of the road that are no KPIs: the share of messages given up, and what an outage leaves behind.

An outage, as a fluid: arrivals at rate l, capacity m, nothing passes for D. The backlog is l D when it ends and gone
l D / (m - l) later; whoever comes before that waits, the first one D and each later one less. The model has single
messages: the backlog is gone when the first one is posted at once again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from tillstorm.result import Result

AT_ONCE_US = 500_000  # a message that takes no longer has found no backlog
SECOND_US = 1_000_000

_OF_A_DRAIN = ("backlog", "drain", "delayed", "largest", "mean")

Times = np.ndarray[tuple[int], np.dtype[np.int64]]


def measure_road(result: Result, wanted: AbstractSet[str]) -> dict[str, float]:
    """Those of the figures that are wanted, by the name of the measure."""
    found: dict[str, float] = {}
    if "given_up" in wanted:
        found["given_up"] = given_up(result)
    if wanted & set(_OF_A_DRAIN):
        found |= drain_of(result)
    return found


def given_up(result: Result) -> float:
    """Share of the series of attempts that end with the message being set aside; one that comes back begins another."""
    ends = ("delivered_first_try", "delivered_after_retry", "attempts_exhausted")
    counts = [result.coverage.taken(f"MSG-09.{end}") for end in ends]
    return counts[-1] / sum(counts)


def drain_of(result: Result) -> dict[str, float]:
    """What the one outage of a run has left behind."""
    (fault,) = result.faults
    deliveries = result.table("book.deliveries")
    is_ticket = deliveries["type"] == "ticket"
    happened, posted = (deliveries[name][is_ticket].astype(np.int64) for name in ("event_time", "posted_at"))
    order = np.argsort(happened, kind="stable")
    return drain_figures(
        happened[order], posted[order], from_us=_microseconds(fault.start), until_us=_microseconds(fault.end)
    )


def _microseconds(moment: datetime) -> int:
    return round(moment.timestamp() * SECOND_US)


def drain_figures(happened: Times, posted: Times, *, from_us: int, until_us: int) -> dict[str, float]:
    """The figures of an outage from the times [us] of messages in the order in which they happened."""
    delay = posted - happened
    is_at_once = (happened >= until_us) & (delay <= AT_ONCE_US)
    gone_us = int(happened[np.argmax(is_at_once)]) if is_at_once.any() else int(posted.max())
    delays = delay[(happened >= from_us) & (happened < gone_us)] / SECOND_US
    waiting = (happened < until_us) & (posted >= until_us)
    figures = (np.sum(waiting), (gone_us - until_us) / SECOND_US, len(delays), delays.max(), delays.mean())
    return dict(zip(_OF_A_DRAIN, map(float, figures), strict=True))
