"""The parameters of generated demand that a log tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from tillstorm.fit.baskets import I64, Baskets

F64: TypeAlias = npt.NDArray[np.float64]
#: How far a day's total must be from what weekday and month say, in standard deviations, to get an index of its own.
PEAK_SIGMA: Final = 5.0
#: Every month must have this many days in the log before months are told apart.
MONTH_DAYS: Final = 20
MOST_LINES = 4096  # longest list that demand.lines_per_ticket_weights may be


@dataclass(frozen=True)
class Estimate:
    """Demand as the scenario's `demand` block and its stores and items need it.

    Attributes:
        tickets_per_store_day: Mean of a store of size 1 on a day with index 1.
        store_size: Of each store, relative to the mean store.
        hourly_weekday, hourly_weekend: Shares of the tickets by local hour.
        weekday_index: Monday first, mean 1.
        month_index: January first, mean 1; all 1 where the log does not cover every month.
        covers_months: Whether it does.
        peak_days: Index of the dates that weekday and month do not explain.
        day_noise_cv: Coefficient of variation of a store day beside all that and chance.
        lines_per_ticket: Mean.
        lines_weights: Tickets with 1, 2, 3, ... lines; the last entry holds all larger ones too.
        units_per_line: Mean, in sales units, of the lines with a quantity of items sold in pieces.
        popularity: Of each item: weight of being the next in a basket.
        unit_price: Of each item: mean paid for one sales unit [minor].
        units_per_sale: Of each item: base units of one sales unit, so chosen for items not sold in pieces that the mean
            line of the item is the log's.
        discount_share: Discounts over list value.
        pairs: For each store the items it sold.
    """

    tickets_per_store_day: float
    store_size: F64
    hourly_weekday: F64
    hourly_weekend: F64
    weekday_index: F64
    month_index: F64
    covers_months: bool
    peak_days: dict[date, float]
    day_noise_cv: float
    lines_per_ticket: float
    lines_weights: I64
    units_per_line: float
    popularity: F64
    unit_price: I64
    units_per_sale: I64
    discount_share: float
    pairs: list[I64]


def estimate(baskets: Baskets) -> Estimate:
    """Estimate demand: means and shares as they are, indices by the Poisson model with factors for weekday and month.

    Args:
        baskets: At least one ticket.
    """
    daily = np.bincount(baskets.ticket_date, minlength=baskets.days).astype(np.float64)[: baskets.days]
    weekday, month, covers, level = _indices(daily, baskets.weekday, baskets.month)
    expected = level * weekday[baskets.weekday] * month[baskets.month]
    size = np.bincount(baskets.ticket_store, minlength=len(baskets.stores)).astype(np.float64)
    size /= size.mean()
    noise = _day_noise(baskets, expected, size)
    base = level / len(baskets.stores)
    units_per_line = _units_per_line(baskets)
    units_per_sale, unit_price = _units_and_prices(baskets, units_per_line)
    amount = baskets.line_amount.sum()
    discount = baskets.line_discount.sum()
    pairs = _pairs(baskets)
    return Estimate(
        tickets_per_store_day=base,
        store_size=size,
        hourly_weekday=_hours(baskets, weekend=False),
        hourly_weekend=_hours(baskets, weekend=True),
        weekday_index=weekday,
        month_index=month,
        covers_months=covers,
        peak_days=_peaks(baskets, daily, expected, level),
        day_noise_cv=noise,
        lines_per_ticket=len(baskets.line_item) / baskets.tickets,
        lines_weights=_lines_weights(baskets),
        units_per_line=units_per_line,
        popularity=_popularity(baskets, pairs),
        unit_price=unit_price,
        units_per_sale=units_per_sale,
        discount_share=float(discount / (amount + discount)) if amount + discount else 0.0,
        pairs=pairs,
    )


def _indices(daily: F64, weekday: I64, month: I64) -> tuple[F64, F64, bool, float]:
    """Weekday and month factors with mean 1 and the level, by proportional fitting: the Poisson maximum likelihood."""
    days_of_month = np.bincount(month, minlength=12)
    covers = bool(np.all(days_of_month >= MONTH_DAYS))
    by_weekday, by_month = np.ones(7), np.ones(12)
    days_of_weekday = np.bincount(weekday, minlength=7)
    for _ in range(50):
        seen = np.bincount(weekday, daily, 7)
        by_weekday = _ratio(seen, np.bincount(weekday, by_month[month], 7))
        if covers:
            by_month = _ratio(np.bincount(month, daily, 12), np.bincount(month, by_weekday[weekday], 12))
    if np.any(days_of_weekday == 0):  # Less than a week: weekdays cannot be told apart.
        by_weekday = np.full(7, daily.sum() / np.sum(by_month[month]))
    scale = by_weekday.mean() * by_month.mean()
    return by_weekday / by_weekday.mean(), by_month / by_month.mean(), covers, float(scale)


def _ratio(seen: npt.ArrayLike, expected: npt.ArrayLike) -> F64:
    """Where there is anything expected; 0 elsewhere."""
    above, below = np.asarray(seen, np.float64), np.asarray(expected, np.float64)
    return np.divide(above, below, out=np.zeros_like(above), where=below > 0)


def _hours(baskets: Baskets, *, weekend: bool) -> F64:
    chosen = baskets.ticket_hour[baskets.is_weekend == weekend]
    if len(chosen) == 0:
        chosen = baskets.ticket_hour
    return np.bincount(chosen, minlength=24) / len(chosen)


def _peaks(baskets: Baskets, daily: F64, expected: F64, level: float) -> dict[date, float]:
    """Dates far from what weekday and month say; the spread of the others is the yardstick."""
    deviation = daily - expected
    if len(daily) < 28:
        return {}
    spread = 1.4826 * np.median(np.abs(deviation) / np.sqrt(np.maximum(expected, 1)))
    far = np.abs(deviation) > PEAK_SIGMA * max(float(spread), 1.0) * np.sqrt(np.maximum(expected, 1))
    return {baskets.start + timedelta(days=int(k)): float(daily[k] / level) for k in np.flatnonzero(far)}


def _day_noise(baskets: Baskets, expected: F64, size: F64) -> float:
    """From the variance of store days beyond Poisson: Var = m + cv^2 m^2."""
    stores = len(baskets.stores)
    seen = np.bincount(baskets.ticket_date * stores + baskets.ticket_store, minlength=baskets.days * stores)
    mean = np.outer(expected, size / stores).reshape(-1)
    excess = float(np.sum((seen - mean) ** 2 - mean) / max(float(np.sum(mean**2)), 1e-300))
    return float(min(1.0, np.sqrt(max(0.0, excess))))


def _lines_weights(baskets: Baskets) -> I64:
    sizes = np.bincount(baskets.line_ticket, minlength=baskets.tickets)
    return np.bincount(np.clip(sizes, 1, MOST_LINES), minlength=1)[1:].astype(np.int64)


def _units_per_line(baskets: Baskets) -> float:
    pieces = (baskets.units_per_sale[baskets.line_item] == 1) & (baskets.line_quantity > 0)
    return float(baskets.line_quantity[pieces].mean()) if pieces.any() else 1.0


def _units_and_prices(baskets: Baskets, units_per_line: float) -> tuple[I64, I64]:
    items = len(baskets.items)
    some = baskets.line_quantity > 0
    quantity = np.bincount(baskets.line_item[some], baskets.line_quantity[some], items)
    lines = np.bincount(baskets.line_item[some], minlength=items)
    amount = np.bincount(baskets.line_item, baskets.line_amount, items)
    per_sale = baskets.units_per_sale.copy()
    loose = (per_sale != 1) & (lines > 0)
    per_sale[loose] = np.clip(np.rint(quantity[loose] / lines[loose] / units_per_line), 1, 1_000_000).astype(np.int64)
    price = np.divide(amount * per_sale, quantity, out=np.zeros(items), where=quantity > 0)
    return per_sale, np.rint(price).astype(np.int64)


def _pairs(baskets: Baskets) -> list[I64]:
    items = len(baskets.items)
    keys = np.unique(baskets.ticket_store[baskets.line_ticket] * items + baskets.line_item)
    store, item = np.divmod(keys, items)
    return np.split(item, np.searchsorted(store, np.arange(1, len(baskets.stores))))


def _popularity(baskets: Baskets, pairs: list[I64]) -> F64:
    """Weights w with which the expected lines of each item are the log's, given what each store carries.

    A store with L lines sells item i in L w_i / (sum of w over its items) of them; the fixed point of
    w_i = lines_i / (sum over the stores that carry i of L / (sum of w over their items)) has these expectations.
    """
    items = len(baskets.items)
    lines = np.bincount(baskets.line_item, minlength=items).astype(np.float64)
    of_store = np.bincount(baskets.ticket_store[baskets.line_ticket], minlength=len(pairs)).astype(np.float64)
    item = np.concatenate(pairs)
    store = np.repeat(np.arange(len(pairs)), [len(pair) for pair in pairs])
    weight = lines.copy()
    for _ in range(30):
        per_weight = _ratio(of_store, np.bincount(store, weight[item], len(pairs)))
        weight = _ratio(lines, np.bincount(item, per_weight[store], items))
    return np.asarray(weight / weight.max(), np.float64)
