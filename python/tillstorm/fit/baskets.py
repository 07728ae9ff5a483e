"""Baskets to learn from or to compare: of a log, or of a run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from tillstorm.importing.scenario_file import span_of
from tillstorm.importing.zones import DAY, Zone

if TYPE_CHECKING:
    from tillstorm.importing.mapping import Mapping
    from tillstorm.importing.tickets import Tickets
    from tillstorm.result import Result
    from tillstorm.table import Table

I64: TypeAlias = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Baskets:
    """Tickets and their lines.

    Attributes:
        start: First local date.
        days: Local dates from `start` on in which customers could come.
        stores: Ids.
        items: Ids.
        units_per_sale: Base units of one sales unit of each item.
        ticket_store: Index into `stores`.
        ticket_date: Local date, from 0 = `start`.
        ticket_hour: Local hour, 0 to 23.
        line_ticket: Index of the ticket.
        line_item: Index into `items`.
        line_quantity: Base units.
        line_amount: Charged, net of discount, before tax [minor].
        line_discount: Discount given [minor].
    """

    start: date
    days: int
    stores: list[str]
    items: list[str]
    units_per_sale: I64
    ticket_store: I64
    ticket_date: I64
    ticket_hour: I64
    line_ticket: I64
    line_item: I64
    line_quantity: I64
    line_amount: I64
    line_discount: I64

    @property
    def tickets(self) -> int:
        """How many tickets."""
        return len(self.ticket_store)

    @property
    def weekday(self) -> I64:
        """Weekday of each local date, 0 = Monday."""
        return (np.arange(self.days) + self.start.weekday()) % 7

    @property
    def month(self) -> I64:
        """Month of each local date, 0 = January."""
        return np.array([(self.start + timedelta(days=k)).month - 1 for k in range(self.days)], np.int64)

    @property
    def is_weekend(self) -> npt.NDArray[np.bool_]:
        """Whether each ticket is of a Saturday or Sunday."""
        return self.weekday[self.ticket_date] >= 5


def baskets_of_log(tickets: Tickets, mapping: Mapping) -> Baskets:
    """The baskets of an imported log, on the stores' clock."""
    trace = tickets.trace
    start, days = span_of(trace, mapping)
    when, hour = _local(trace.ticket_time_us, mapping.stores_zone, start)
    return Baskets(
        start=start,
        days=days,
        stores=trace.store_ids.tolist(),
        items=trace.item_ids.tolist(),
        units_per_sale=tickets.units.per_sale,
        ticket_store=trace.ticket_store.astype(np.int64),
        ticket_date=when,
        ticket_hour=hour,
        line_ticket=trace.line_ticket,
        line_item=trace.line_item.astype(np.int64),
        line_quantity=trace.line_quantity.astype(np.int64),
        line_amount=trace.line_amount_minor.astype(np.int64),
        line_discount=trace.line_discount_minor.astype(np.int64),
    )


def baskets_of_run(result: Result, units_per_sale: dict[str, int] | None = None) -> Baskets:
    """The baskets that a run's stores really sold.

    Args:
        result: A run that recorded `truth.tickets` and `truth.ticket_lines`.
        units_per_sale: Base units of one sales unit, for the items where that is not 1.
    """
    tickets, lines = result.table("truth.tickets"), result.table("truth.ticket_lines")
    store, stores = tickets.codes("place")
    line_store, line_stores = lines.codes("place")
    item, items = lines.codes("item")
    start = date.fromisoformat(str(result.scenario.start))
    when, hour = _local(tickets["event_time"].astype(np.int64), result.scenario.time_zone, start)
    known = {name: code for code, name in enumerate(stores)}
    same_store = np.array([known.get(name, -1) for name in line_stores], np.int64)[line_store]
    key = _key(store.astype(np.int64), tickets)
    order = np.argsort(key)
    place = np.searchsorted(key[order], _key(same_store, lines))
    return Baskets(
        start=start,
        days=int(result.scenario.days),
        stores=stores,
        items=items,
        units_per_sale=np.array([(units_per_sale or {}).get(name, 1) for name in items], np.int64),
        ticket_store=store.astype(np.int64),
        ticket_date=when,
        ticket_hour=hour,
        line_ticket=order[place].astype(np.int64),
        line_item=item.astype(np.int64),
        line_quantity=lines["quantity"].astype(np.int64),
        line_amount=lines["amount_minor"].astype(np.int64),
        line_discount=lines["discount_minor"].astype(np.int64),
    )


def _local(time_us: I64, zone_name: str, start: date) -> tuple[I64, I64]:
    zone = Zone(zone_name, int(time_us.min()), int(time_us.max()))
    local = zone.to_local(time_us)
    first = (start - date(1970, 1, 1)).days
    return local // DAY - first, local % DAY // (DAY // 24)


def _key(store: I64, rows: Table) -> I64:
    """What names a ticket. A till's numbers are below 2^20, and start again in each epoch."""
    terminal, epoch, number = (rows[name].astype(np.int64) for name in ("terminal", "epoch", "number"))
    return (store * 1000 + terminal) << 40 | epoch << 20 | number
