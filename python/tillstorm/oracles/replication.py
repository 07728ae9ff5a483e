"""Runs an oracle's scenario many times, each with a seed of its own, on threads."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from tillstorm.oracles.daily_wave import measure_wave
from tillstorm.oracles.estimation import Estimate, Rule, judge
from tillstorm.oracles.road_figures import measure_road
from tillstorm.pool import pool_of
from tillstorm.running import run

if TYPE_CHECKING:
    from collections.abc import Callable

    from tillstorm.oracles.rows import Row
    from tillstorm.scenario import Scenario

SEEDS_APART = 10_000


def seed_of(row: Row, seed: int, number: int) -> int:
    """Seed of a replication: rows have different ones, or the same customers would come to all of them."""
    return (zlib.crc32(row.id.encode()) << 32) + SEEDS_APART * seed + number


def estimate_row(
    row: Row,
    rule: Rule,
    *,
    seed: int = 1,
    threads: int = 1,
    days: int | None = None,
    tell: Callable[[], None] | None = None,
) -> list[Estimate]:
    """Estimates every quantity of a row.

    Args:
        row: The oracle.
        rule: How many replications, and what is accepted.
        seed: Which replications; the estimate does not depend on the number of threads.
        threads: How many replications run at the same time.
        days: Days of each replication; None takes the scenario's own.
        tell: Called after each replication.
    """
    scenario = row.scenario() if days is None else row.scenario().with_({"days": days})

    def replicate(number: int) -> dict[str, float]:
        values = measure(row, scenario, seed_of(row, seed, number))
        if tell is not None:
            tell()
        return values

    with pool_of(threads) as pool:
        replications = pool.map(replicate, range(rule.replications))
    return [
        judge(row, quantity, [values[quantity.name] for values in replications], rule) for quantity in row.quantities
    ]


def measure(row: Row, scenario: Scenario, seed: int) -> dict[str, float]:
    """The quantities of one replication, by name."""
    if any(quantity.harmonic for quantity in row.quantities):
        return measure_wave(row.quantities, scenario, seed)
    result = run(scenario, seed)
    road = measure_road(result, {quantity.measure for quantity in row.quantities})
    return {
        quantity.name: road[quantity.measure] if quantity.measure else result.kpis[quantity.kpi].value * quantity.scale
        for quantity in row.quantities
    }
