"""How much a run of a fitted scenario looks like its log: each marginal, with the distance it is judged by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tillstorm.fit.distances import (
    kolmogorov,
    lorenz,
    rank_correlation,
    relative,
    sampling_variation,
    total_variation,
)

if TYPE_CHECKING:
    from tillstorm.fit.baskets import I64, Baskets
    from tillstorm.fit.estimate import F64


@dataclass(frozen=True)
class Marginal:
    """One marginal of a log and of a run.

    Attributes:
        name: What is compared.
        measure: By which distance.
        distance: How far apart they are.
        chance: What the distance would be between two samples of this size of the same distribution, where that is
            known; 0 otherwise.
        log, run: The statistic itself where it is a number; for a distribution its mean where that makes sense.
    """

    name: str
    measure: str
    distance: float
    chance: float = 0.0
    log: float = float("nan")
    run: float = float("nan")


def compare(log: Baskets, run: Baskets) -> list[Marginal]:
    """Every marginal that the fit aims at, and those that follow from them."""
    return [
        _number("tickets", log.tickets, run.tickets),
        *(_hours(log, run, weekend=weekend) for weekend in (False, True)),
        _shares("tickets by weekday", _per_day(log, log.weekday, 7), _per_day(run, run.weekday, 7), log, run),
        _shares("tickets by month", _per_day(log, log.month, 12), _per_day(run, run.month, 12), log, run),
        _stores(log, run),
        _number("lines per ticket", _mean(_lines(log)), _mean(_lines(run))),
        Marginal("lines per ticket", "kolmogorov", kolmogorov(_lines(log), _lines(run))),
        _number("units per line", _mean(_units(log)), _mean(_units(run))),
        Marginal("units per line", "kolmogorov", kolmogorov(_units(log), _units(run))),
        *_items(log, run),
        _number("amount per line", _mean(log.line_amount), _mean(run.line_amount)),
        _number("amount", float(log.line_amount.sum()), float(run.line_amount.sum())),
        Marginal(
            "discount share", "difference", abs(_discount(log) - _discount(run)), 0.0, _discount(log), _discount(run)
        ),
    ]


def describe(marginals: list[Marginal]) -> str:
    """A table for a person."""
    lines = [f"{'marginal':<26}{'measure':<18}{'distance':>10}{'chance':>10}{'log':>16}{'run':>16}"]
    for m in marginals:
        numbers = "".join(f"{'' if np.isnan(v) else format(v, ',.4g'):>16}" for v in (m.log, m.run))
        chance = f"{m.chance:.4f}" if m.chance else ""
        lines.append(f"{m.name:<26}{m.measure:<18}{m.distance:>10.4f}{chance:>10}{numbers}")
    return "\n".join(lines)


def _number(name: str, log: float, run: float) -> Marginal:
    return Marginal(name, "relative", relative(run, log), 0.0, log, run)


def _hours(log: Baskets, run: Baskets, *, weekend: bool) -> Marginal:
    name = f"tickets by hour, {'Sat-Sun' if weekend else 'Mon-Fri'}"
    counts = [
        np.bincount(baskets.ticket_hour[baskets.is_weekend == weekend], minlength=24).astype(np.float64)
        for baskets in (log, run)
    ]
    return _shares(name, counts[0], counts[1], log, run)


def _shares(name: str, of_log: F64, of_run: F64, log: Baskets, run: Baskets) -> Marginal:
    draws = min(log.tickets, run.tickets)
    return Marginal(name, "total variation", total_variation(of_log, of_run), sampling_variation(of_log, draws))


def _per_day(baskets: Baskets, group: I64, groups: int) -> F64:
    """Mean tickets of a day of each group; 0 for a group without days."""
    tickets = np.bincount(group[baskets.ticket_date[baskets.ticket_date < baskets.days]], minlength=groups)
    days = np.bincount(group, minlength=groups)
    return np.divide(tickets, days, out=np.zeros(groups), where=days > 0)


def _stores(log: Baskets, run: Baskets) -> Marginal:
    of_log, of_run = _aligned(log.stores, log.ticket_store, run.stores, run.ticket_store)
    return _shares("tickets by store", of_log, of_run, log, run)


def _items(log: Baskets, run: Baskets) -> list[Marginal]:
    of_log, of_run = _aligned(log.items, log.line_item, run.items, run.line_item)
    chance = sampling_variation(of_log, min(len(log.line_item), len(run.line_item)))
    often = of_log >= 100
    return [
        Marginal("lines by item", "total variation", total_variation(of_log, of_run), chance),
        Marginal("lines by item", "lorenz", lorenz(of_log, of_run)),
        Marginal("items of 100 lines or more", "1 - spearman", 1 - rank_correlation(of_log[often], of_run[often])),
    ]


def _aligned(names: list[str], codes: I64, other_names: list[str], other_codes: I64) -> tuple[F64, F64]:
    """Counts by name of two samples, over the names of either."""
    union = sorted({*names, *other_names})
    place = {name: k for k, name in enumerate(union)}
    counts = []
    for known, sample in ((names, codes), (other_names, other_codes)):
        table = np.array([place[name] for name in known], np.int64)
        counts.append(np.bincount(table[sample], minlength=len(union)).astype(np.float64))
    return counts[0], counts[1]


def _lines(baskets: Baskets) -> I64:
    return np.bincount(baskets.line_ticket, minlength=baskets.tickets).astype(np.int64)


def _units(baskets: Baskets) -> I64:
    """Units of the lines of items sold in pieces."""
    pieces = (baskets.units_per_sale[baskets.line_item] == 1) & (baskets.line_quantity > 0)
    units: I64 = baskets.line_quantity[pieces]
    return units


def _mean(values: I64) -> float:
    return float(values.mean()) if len(values) else 0.0


def _discount(baskets: Baskets) -> float:
    discount, amount = int(baskets.line_discount.sum()), int(baskets.line_amount.sum())
    return discount / (discount + amount) if discount + amount else 0.0
