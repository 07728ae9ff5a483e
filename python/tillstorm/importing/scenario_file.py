"""The scenario that replays a trace."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from tillstorm.importing.ids import free_id
from tillstorm.importing.items import costs, list_prices
from tillstorm.importing.zones import DAY, Zone

if TYPE_CHECKING:
    from pathlib import Path

    from tillstorm.importing.mapping import Mapping
    from tillstorm.importing.tickets import Tickets
    from tillstorm.importing.trace import Trace

_ALWAYS_OPEN = {"open": "00:00", "close": "24:00"}


def always_open() -> dict[str, Any]:
    """Opening hours that turn no ticket of a log away."""
    return {"weekday": _ALWAYS_OPEN, "saturday": _ALWAYS_OPEN, "sunday": _ALWAYS_OPEN}


def span_of(trace: Trace, mapping: Mapping) -> tuple[date, int]:
    """First local date and number of local dates of a trace, on the stores' clock."""
    first, last = int(trace.ticket_time_us[0]), int(trace.ticket_time_us[-1])
    zone = Zone(mapping.stores_zone, first, last)
    days = zone.to_local(np.array([first, last], np.int64)) // DAY
    start = date(1970, 1, 1) + timedelta(days=int(days[0]))
    return start, int(days[1] - days[0]) + 1


def stores_of(tickets: Tickets) -> list[dict[str, Any]]:
    """Every store with its tills, open around the clock."""
    stores = []
    for store, count in zip(tickets.trace.store_ids.tolist(), tickets.terminals.tolist(), strict=True):
        entry: dict[str, Any] = {"id": store, "terminals": count, "opening": always_open()}
        if store in tickets.names:
            entry["name"] = tickets.names[store]
        stores.append(entry)
    return stores


def catalogue_of(tickets: Tickets, mapping: Mapping) -> list[dict[str, Any]]:
    """Every item with its list price and cost."""
    trace, per_sale = tickets.trace, tickets.units.per_sale
    amount = trace.line_amount_minor.astype(np.int64) + trace.line_discount_minor
    item, quantity = trace.line_item.astype(np.int64), trace.line_quantity.astype(np.int64)
    price = list_prices(item, quantity, amount, per_sale)
    cost = costs(price, mapping.margin_ppm)
    items = []
    for name, price_minor, cost_minor, units in zip(
        trace.item_ids.tolist(), price.tolist(), cost.tolist(), per_sale.tolist(), strict=True
    ):
        entry: dict[str, Any] = {"id": name, "price_minor": price_minor, "cost_minor": cost_minor}
        if name in tickets.names:
            entry["name"] = tickets.names[name]
        if units != 1:
            entry["base_units_per_sale"] = units
        items.append(entry)
    return items


def tax_rate_ppm(trace: Trace) -> int:
    """Tax over amounts of the whole trace."""
    amount = int(trace.line_amount_minor.sum(dtype=np.int64))
    return min(int(trace.ticket_tax_minor.sum()) * 1_000_000 // amount, 1_000_000) if amount else 0


def trace_scenario(
    name: str, description: str, tickets: Tickets, mapping: Mapping, *, replenished: bool
) -> dict[str, Any]:
    """The scenario document: the log's stores and items, and nothing else that could sell."""
    start, days = span_of(tickets.trace, mapping)
    stores = stores_of(tickets)
    for store in stores:
        store["assortment"] = "trace"
    return {
        "name": name,
        "description": description,
        "start": start.isoformat(),
        "days": days,
        "chain": {
            "currency": mapping.currency,
            "time_zone": mapping.stores_zone,
            "stores": stores,
            "distribution_centres": [{"id": free_id("DC1", tickets.trace.store_ids.tolist())}],
        },
        "catalogue": {"items": catalogue_of(tickets, mapping)},
        "demand": {"mode": "trace", "trace": f"{name}.trace.npz"},
        "pricing": {"changes_per_item_month_ppm": 0},
        "replenishment": {"enabled": replenished},
        "finance": {"sales_tax_rate_ppm": tax_rate_ppm(tickets.trace)},
    }


def text_of(document: dict[str, Any]) -> str:
    """A scenario with one line for each store and item, so that two of them can be compared."""
    return _pretty(document, 0) + "\n"


def write_scenario(document: dict[str, Any], path: Path) -> None:
    """Write a scenario in that form."""
    path.write_text(text_of(document), encoding="utf-8")


def _pretty(value: object, depth: int) -> str:
    indent, inner = "  " * depth, "  " * (depth + 1)
    if isinstance(value, dict) and depth < 2:
        parts = [f"{inner}{json.dumps(key)}: {_pretty(part, depth + 1)}" for key, part in value.items()]
        return "{\n" + ",\n".join(parts) + f"\n{indent}}}"
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join(inner + json.dumps(part, ensure_ascii=False) for part in value) + f"\n{indent}]"
    return json.dumps(value, ensure_ascii=False)
