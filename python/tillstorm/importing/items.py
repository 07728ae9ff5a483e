"""What a log tells about its items: in which unit they are kept, and their list price."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tillstorm.importing.columns import I64
    from tillstorm.importing.mapping import Mapping


@dataclass(frozen=True)
class Units:
    """The base unit of each item, and quantities in it.

    Attributes:
        quantity: Of each line [base units].
        per_sale: Of each item: base units of one sales unit; 1 for pieces.
        bulk: How many items were found not to be sold in pieces by the size of their quantities.
    """

    quantity: I64
    per_sale: I64
    bulk: int


def unit_of(item: I64, quantity: I64, items: int, mapping: Mapping) -> Units:
    """Choose each item's base unit.

    An item whose quantities are all whole logged units is kept in pieces; another is kept in 1 / quantity_scale of a
    logged unit. A pieces item with a median quantity (of the lines that have one) of at least bulk_median is not sold
    in pieces: bulk_units of its base units are one sales unit.

    Args:
        item: Item of each line, from 0.
        quantity: Of each line, in 1 / quantity_scale of a logged unit.
        items: How many items.
        mapping: quantity_scale, bulk_median, bulk_units.
    """
    per_sale = np.ones(items, np.int64)
    if mapping.quantity_scale > 1:
        broken = np.bincount(item, quantity % mapping.quantity_scale != 0, items) > 0
        per_sale[broken] = mapping.quantity_scale
        quantity = np.where(broken[item], quantity, quantity // mapping.quantity_scale)
    if mapping.bulk_median == 0:
        return Units(quantity, per_sale, 0)
    bulk = (median_of(item, quantity, items) >= mapping.bulk_median) & (per_sale == 1)
    per_sale[bulk] = mapping.bulk_units
    return Units(quantity, per_sale, int(bulk.sum()))


def median_of(item: I64, quantity: I64, items: int) -> I64:
    """The upper median of each item's quantities above 0; 0 for an item without any."""
    some = np.flatnonzero(quantity > 0)
    order = some[np.lexsort((quantity[some], item[some]))]
    counts = np.bincount(item[some], minlength=items)
    starts = np.cumsum(counts) - counts
    median = np.zeros(items, np.int64)
    has = counts > 0
    median[has] = quantity[order[(starts + counts // 2)[has]]]
    return median


def list_prices(item: I64, quantity: I64, list_amount: I64, per_sale: I64) -> I64:
    """The most frequent price of one sales unit, in minor units; of equally frequent ones the lowest.

    Args:
        item: Item of each line.
        quantity: Of each line [base units].
        list_amount: Amount plus discount of each line [minor units].
        per_sale: Of each item [base units per sales unit].

    Returns:
        Of each item; 0 where no line has both a quantity and an amount.
    """
    priced = np.flatnonzero((quantity > 0) & (list_amount > 0))
    what, how_much = item[priced], quantity[priced]
    price = (2 * list_amount[priced] * per_sale[what] + how_much) // (2 * how_much)
    order = np.lexsort((price, what))
    what, price = what[order], price[order]
    starts = np.flatnonzero((np.diff(what, prepend=-1) != 0) | (np.diff(price, prepend=-1) != 0))
    counts = np.diff(np.append(starts, len(what)))
    what, price = what[starts], price[starts]
    best = np.lexsort((price, -counts, what))
    first = best[np.flatnonzero(np.diff(what[best], prepend=-1) != 0)]
    prices = np.zeros(len(per_sale), np.int64)
    prices[what[first]] = price[first]
    return prices


def costs(price: I64, margin_ppm: int) -> I64:
    """Price less the margin, rounded half up to whole minor units."""
    return (2 * price * (1_000_000 - margin_ppm) + 1_000_000) // 2_000_000
