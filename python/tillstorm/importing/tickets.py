"""Good lines become tickets: ordered by time, then store, then basket."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tillstorm.importing.baskets import first_of, terminal_ranks
from tillstorm.importing.ids import ids_of
from tillstorm.importing.items import Units, unit_of
from tillstorm.importing.trace import Trace

if TYPE_CHECKING:
    from tillstorm.importing.columns import I64, Text
    from tillstorm.importing.lines import Lines
    from tillstorm.importing.mapping import Mapping


@dataclass(frozen=True)
class Tickets:
    """A trace, and what its scenario must know beside it.

    Attributes:
        trace: The tickets.
        units: Base units; `units.quantity` is in the order of the log.
        terminals: Tills of each store.
        names: What the log calls the stores and items whose names cannot stand as ids, by their ids.
    """

    trace: Trace
    units: Units
    terminals: I64
    names: dict[str, str]


def build(lines: Lines, mapping: Mapping) -> Tickets:
    """Tickets of lines that have no problem."""
    stores, items = named(lines.store), named(lines.item)
    store, store_ids = sorted_codes(lines.store, stores)
    item, item_ids = sorted_codes(lines.item, items)
    units = unit_of(item, lines.quantity, len(item_ids), mapping)
    terminal = terminal_ranks(lines)

    basket, basket_ids = sorted_codes(lines.basket)
    first = first_of(basket.astype(np.int32), len(basket_ids))[:-1]
    closed = np.zeros(len(basket_ids), np.int64)
    np.maximum.at(closed, basket, lines.time_us)
    order = np.lexsort((store[first], closed))  # Stable: equal ones stay in the order of their basket ids.
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))

    ticket = place[basket]
    by_ticket = np.argsort(ticket, kind="stable")
    first_line = np.zeros(len(order) + 1, np.uint64)
    first_line[1:] = np.cumsum(np.bincount(ticket, minlength=len(order)))
    tax = np.zeros(len(order), np.int64)
    np.add.at(tax, ticket, lines.tax)
    trace = Trace(
        ticket_time_us=closed[order],
        ticket_store=store[first][order].astype(np.uint32),
        ticket_terminal=terminal[first][order].astype(np.uint32),
        ticket_first_line=first_line,
        ticket_tax_minor=tax,
        line_item=item[by_ticket].astype(np.uint32),
        line_quantity=units.quantity[by_ticket].astype(np.int32),
        line_amount_minor=lines.amount[by_ticket].astype(np.int32),
        line_discount_minor=lines.discount[by_ticket].astype(np.int32),
        store_ids=np.array(store_ids, np.str_),
        item_ids=np.array(item_ids, np.str_),
    )
    terminals = np.zeros(len(store_ids), np.int64)
    np.maximum.at(terminals, store, terminal + 1)
    renamed = {changed: name for ids in (stores, items) for name, changed in ids.items() if changed != name}
    return Tickets(trace, units, terminals, renamed)


def named(column: Text) -> dict[str, str]:
    """An id for each value that occurs."""
    used = np.flatnonzero(np.bincount(column.codes, minlength=len(column.values)))
    return ids_of(column.values[code] for code in used.tolist())


def sorted_codes(column: Text, ids: dict[str, str] | None = None) -> tuple[I64, list[str]]:
    """The same rows with codes in the order of the values' text or id, over those values that occur."""
    used = np.flatnonzero(np.bincount(column.codes, minlength=len(column.values)))
    texts = column.values if ids is None else [ids.get(value, value) for value in column.values]
    names = sorted((texts[code], code) for code in used.tolist())
    table = np.zeros(len(column.values) + 1, np.int64)
    table[[code for _, code in names]] = np.arange(len(names))
    return table[column.codes], [name for name, _ in names]
