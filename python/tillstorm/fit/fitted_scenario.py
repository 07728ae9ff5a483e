"""The generated-demand scenario that an estimate gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tillstorm.importing.ids import free_id
from tillstorm.importing.items import costs

if TYPE_CHECKING:
    from tillstorm.fit.baskets import Baskets
    from tillstorm.fit.estimate import F64, Estimate
    from tillstorm.importing.mapping import Mapping


def fitted_scenario(
    name: str, baskets: Baskets, mapping: Mapping, *, fit: Estimate, stores: list[dict[str, Any]], tax_rate_ppm: int
) -> dict[str, Any]:
    """The scenario document: stores and items of the log, customers drawn.

    Each store carries what it sold. Nothing is drawn that the log does not tell: no weather, no price changes, no
    online orders.

    Args:
        name: Name of the scenario.
        baskets: The log.
        mapping: Currency, zone and margin.
        fit: What was estimated of it.
        stores: The stores, as `stores_of` gives them.
        tax_rate_ppm: Tax over amounts [ppm].
    """
    assortments = []
    fitted_stores = []
    for place, store in enumerate(stores):
        carries = free_id(store["id"], ["all", "trace"])
        assortments.append({"id": carries, "items": [baskets.items[item] for item in fit.pairs[place].tolist()]})
        size = max(1, round(float(fit.store_size[place]) * 1_000_000))
        fitted_stores.append({**store, "assortment": carries, "size_ppm": size})
    return {
        "name": name,
        "description": f"Customers drawn from what was estimated of {baskets.tickets:,} tickets of a log.",
        "start": baskets.start.isoformat(),
        "days": baskets.days,
        "chain": {
            "currency": mapping.currency,
            "time_zone": mapping.stores_zone,
            "stores": fitted_stores,
            "distribution_centres": [{"id": free_id("DC1", baskets.stores)}],
        },
        "catalogue": {"items": _items(baskets, fit, mapping), "assortments": assortments},
        "demand": {
            "mode": "generated",
            "tickets_per_store_day": round(fit.tickets_per_store_day, 6),
            "lines_per_ticket": round(fit.lines_per_ticket, 6),
            "lines_per_ticket_weights": fit.lines_weights.tolist(),
            "units_per_line": round(fit.units_per_line, 6),
            "hourly_profile_weekday": _rounded(fit.hourly_weekday),
            "hourly_profile_weekend": _rounded(fit.hourly_weekend),
            "hourly_profile_first_hour": 0,
            "weekday_index": _rounded(fit.weekday_index),
            "month_index": _rounded(fit.month_index),
            "peak_days": [
                {"date": when.isoformat(), "index": round(index, 6)} for when, index in sorted(fit.peak_days.items())
            ],
            "weather_effect": 0,
            "day_noise_cv": round(fit.day_noise_cv, 6),
            "discount_share_ppm": _discount_ppm(fit),
        },
        "pricing": {"changes_per_item_month_ppm": 0},
        "finance": {"sales_tax_rate_ppm": tax_rate_ppm},
    }


def _discount_ppm(fit: Estimate) -> int:
    """What the tills take off every line: prices are list prices, so that what is paid stays what was paid [ppm]."""
    return min(900_000, max(0, round(fit.discount_share * 1_000_000)))


def _items(baskets: Baskets, fit: Estimate, mapping: Mapping) -> list[dict[str, Any]]:
    cost = costs(fit.unit_price, mapping.margin_ppm)
    items = []
    for place, name in enumerate(baskets.items):
        entry: dict[str, Any] = {
            "id": name,
            "price_minor": max(1, round(int(fit.unit_price[place]) * 1_000_000 / (1_000_000 - _discount_ppm(fit)))),
            "cost_minor": int(cost[place]),
            "popularity": float(np.format_float_scientific(fit.popularity[place], precision=6)),
        }
        if fit.units_per_sale[place] != 1:
            entry["base_units_per_sale"] = int(fit.units_per_sale[place])
        items.append(entry)
    return items


def _rounded(values: F64) -> list[float]:
    return [round(float(value), 6) for value in values]
