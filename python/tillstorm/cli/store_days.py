"""What the summary needs of `truth.store_days`: sums by period and by store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from tillstorm.table import Table

DAILY_UP_TO: Final = 14
WEEKLY_UP_TO: Final = 120

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Period:
    """Sums of a day, week or month over all stores."""

    title: str
    tickets: int
    net_minor: int
    lost_value_minor: int


@dataclass(frozen=True)
class StoreTotals:
    """Sums of a store over the run.

    Attributes:
        place: Store code.
        customers: Who came.
        tickets: Who bought.
        net_minor: Sales before tax [minor units].
        lost_value_minor: What customers wanted and did not get, at list price [minor units].
        left: Customers who balked, gave up or were turned away.
        wait_s: Mean wait of those who bought [s].
    """

    place: str
    customers: int
    tickets: int
    net_minor: int
    lost_value_minor: int
    left: int
    wait_s: float


def totals(table: Table) -> dict[str, int]:
    """Sums of all number columns over all stores and days."""
    kinds = {"uint16", "uint32", "int32", "int64"}
    return {column.name: int(table.column(column.name).sum()) for column in table.columns if column.type in kinds}


def by_period(table: Table, days: int) -> tuple[str, list[Period]]:
    """What a period is (`day`, `week`, `month`), and the sums of each in order of time."""
    dates = table.column("business_date").astype("datetime64[D]")
    if days <= DAILY_UP_TO:
        kind, keys = "day", dates
    elif days <= WEEKLY_UP_TO:
        kind, keys = "week", dates - (dates.astype(np.int64) + 3) % 7  # back to Monday; 1970-01-01 was a Thursday
    else:
        kind, keys = "month", dates.astype("datetime64[M]")
    unique, group = np.unique(keys, return_inverse=True)

    def summed(name: str) -> Array:
        return sums(group, table.column(name), len(unique))

    columns = zip(summed("tickets"), summed("net_minor"), summed("lost_value_minor"), strict=True)
    formats = {"day": "%a %d %b", "week": "%d %b", "month": "%b %Y"}
    return kind, [
        Period(f"{moment.astype(object):{formats[kind]}}", int(tickets), int(net), int(lost))
        for moment, (tickets, net, lost) in zip(unique, columns, strict=True)
    ]


def by_store(table: Table) -> list[StoreTotals]:
    """The sums of each store that has traded."""
    codes, names = table.codes("place")
    size = len(names)

    def summed(name: str) -> Array:
        return sums(codes, table.column(name), size)

    customers, tickets, net, lost = (summed(n) for n in ("customers", "tickets", "net_minor", "lost_value_minor"))
    left = summed("balked") + summed("gave_up") + summed("turned_away")
    waits = summed("wait_us_sum")
    return [
        StoreTotals(
            place=names[i],
            customers=int(customers[i]),
            tickets=int(tickets[i]),
            net_minor=int(net[i]),
            lost_value_minor=int(lost[i]),
            left=int(left[i]),
            wait_s=float(waits[i]) / 1e6 / max(int(tickets[i]), 1),
        )
        for i in sorted(set(codes.tolist()))
        if i >= 0
    ]


def sums(group: Array, values: Array, size: int) -> Array:
    """Sum of `values` for each group 0 .. size-1, exact in 64-bit integers."""
    result = np.zeros(size, dtype=np.int64)
    np.add.at(result, group, values.astype(np.int64))
    return result
