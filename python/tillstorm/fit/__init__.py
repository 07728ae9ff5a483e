"""From a log to the demand of a generated scenario, and how well a run of it looks like the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tillstorm.fit.baskets import Baskets, baskets_of_log, baskets_of_run
from tillstorm.fit.compare import Marginal, compare, describe
from tillstorm.fit.estimate import Estimate, estimate
from tillstorm.fit.fitted_scenario import fitted_scenario
from tillstorm.importing.scenario_file import stores_of, tax_rate_ppm, write_scenario

if TYPE_CHECKING:
    from pathlib import Path

    from tillstorm.importing.mapping import Mapping
    from tillstorm.importing.tickets import Tickets

__all__ = [
    "Baskets",
    "Estimate",
    "Marginal",
    "baskets_of_log",
    "baskets_of_run",
    "compare",
    "describe",
    "estimate",
    "fitted_scenario",
    "write_fit",
]


def write_fit(tickets: Tickets, mapping: Mapping, out: Path, name: str) -> list[str]:
    """Estimate demand from an imported log and write NAME.fitted.scenario.json into `out`.

    Returns:
        The names of the files written.
    """
    baskets = baskets_of_log(tickets, mapping)
    document = fitted_scenario(
        f"{name}_fitted",
        baskets,
        mapping,
        fit=estimate(baskets),
        stores=stores_of(tickets),
        tax_rate_ppm=tax_rate_ppm(tickets.trace),
    )
    write_scenario(document, out / f"{name}.fitted.scenario.json")
    return [f"{name}.fitted.scenario.json"]
