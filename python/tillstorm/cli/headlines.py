"""The headline figures of a run, each with the words that a retailer has for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tillstorm.cli import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tillstorm.result import Result


@dataclass(frozen=True)
class Line:
    """A label and a figure, ready to be printed."""

    label: str
    value: str


def sales(result: Result, totals: Mapping[str, int]) -> list[Line]:
    """What was sold, and what could have been.

    All of it is up to the moment that the run has reached. A figure that only `totals` could give, those of the store
    days that are closed, is left out of a partial run, whose open days they lack.
    """
    currency = result.scenario.currency
    lines = []
    net, lost, margin = (result.kpis.value(name) for name in ("net_sales", "lost_sales_value", "gross_margin"))
    tickets = round(result.kpis.value("tickets") or 0)
    in_stores = None if result.partial else words.major(totals.get("net_minor", 0), currency)
    if "online" not in result.scenario.to_dict().get("demand", {}):
        in_stores = net
    if net is not None:
        lines.append(Line("net sales", words.money(net, currency)))
        if result.kpis.value("order_cancel_rate") is not None and in_stores is not None:
            lines.append(Line("of which online", words.share(net - in_stores, net)))
    if margin is not None:
        lines.append(Line("gross margin", words.share(margin, 1)))
    if tickets:
        lines.append(Line("tickets", f"{tickets:,}"))
        if in_stores is not None:
            lines.append(Line("average ticket", words.money(in_stores / tickets, currency, cents=True)))
        lines.append(Line("lines per ticket", f"{(result.kpis.value('lines') or 0) / tickets:.2f}"))
    if lost is not None:
        lines.append(Line("lost sales", words.money(lost, currency)))
        if net is not None:
            lines.append(Line("of what was wanted", words.share(lost, net + lost)))
    if totals.get("trace_shortage_units") and not result.partial:
        lines.append(Line("sold beyond stock", f"{totals['trace_shortage_units']:,} units"))
    return lines


def customers(result: Result, totals: Mapping[str, int]) -> list[Line]:
    """Who came, who left, and how long they waited, on the store days that are closed."""
    came = totals.get("customers", 0)
    lines = []
    if came:
        lines.append(Line("came to buy", f"{came:,}"))
        left = totals["balked"] + totals["gave_up"] + totals["turned_away"]
        lines.append(Line("left at the queue", f"{left:,}"))
        lines.append(Line("of those who came", words.share(left, came)))
    if totals.get("tickets"):
        lines.append(Line("mean wait at tills", words.length(totals["wait_us_sum"] / 1e6 / totals["tickets"])))
        lines.append(Line("lines substituted", f"{totals['substituted_lines']:,}"))
    for name, label in (("on_shelf_availability", "items on the shelf"),):
        value = result.kpis.value(name)
        if value is not None:
            lines.append(Line(label, words.share(value, 1)))
    return lines


def books(result: Result) -> list[Line]:
    """How far the books are from what is true, and how fast they follow."""
    kpis = result.kpis
    lines = []
    accuracy = kpis.value("stock_accuracy")
    if accuracy is not None:
        lines.append(Line("stock records right", words.share(accuracy, 1)))
    for name, label in (
        ("posting_latency_p50_s", "half posted within"),
        ("posting_latency_p95_s", "95 % posted within"),
        ("posting_latency_p99_s", "99 % posted within"),
        ("backlog_drain_s", "backlog drained in"),
    ):
        value = kpis.value(name)
        if value is not None:
            lines.append(Line(label, words.length(value)))
    for name, label in (
        ("backlog_peak_messages", "most waiting"),
        ("duplicates_blocked", "duplicates blocked"),
        ("dead_letters", "dead letters"),
    ):
        value = kpis.value(name)
        if value is not None:
            lines.append(Line(label, f"{value:,.0f}"))
    return lines
