"""Draws the paired differences of a study. Needs matplotlib, the extra `report`."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from tillstorm.extras import need
from tillstorm.study.difference import HIGHER, LOWER

if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike

    from tillstorm.study.results import Study

SUFFIXES: Final = (".png", ".svg", ".pdf")
SEEN: Final = "#0b6e99"
NOT_SEEN: Final = "#8c8c8c"
ROW_INCHES: Final = 0.55
MARGIN_INCHES: Final = 1.5
WIDTH_INCHES: Final = 8.0
DOTS: Final = 8.0  # area of a replication's dot [points^2]


def plot(study: Study, kpi: str, ax: Any = None) -> Any:  # noqa: ANN401 - matplotlib is optional
    """See `Study.plot`: a row for each variant, its replications as dots, their mean with its interval."""
    figure_module = need("matplotlib.figure", extra="report", purpose="a plot")
    rows = study.differences(kpi)
    if ax is None:
        ax = figure_module.Figure(figsize=(WIDTH_INCHES, height(study)), layout="constrained").subplots()
    values = dict(zip(study.variants, study.values(kpi), strict=True))
    for place, row in enumerate(rows):
        colour = SEEN if row.verdict in (HIGHER, LOWER) else NOT_SEEN
        single = values[row.variant] - values[study.baseline]
        spread = [place + 0.22 * ((n * 0.618) % 1 - 0.5) + 0.26 for n in range(len(single))]
        ax.scatter(single, spread, s=DOTS, color=colour, alpha=0.35, linewidths=0)
        if math.isfinite(row.half_width):
            ax.errorbar(row.difference, place, xerr=row.half_width, fmt="o", color=colour, capsize=4, elinewidth=2)
    unit = study.unit(kpi)
    ax.axvline(0, color="black", linewidth=0.8)
    ax.set_yticks(range(len(rows)), [row.variant for row in rows])
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.set_xlabel(f"difference to {study.baseline}" + (f" [{unit}]" if unit else ""))
    ax.set_title(
        f"{kpi}: means of {study.replications} pairs with {100 * study.confidence:.4g} % intervals; a dot is a pair",
        loc="left",
        fontsize=10,
    )
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.tick_params(axis="y", length=0)
    ax.grid(visible=True, axis="x", alpha=0.3)
    return ax


def height(study: Study) -> float:
    """Height of the plot of one figure [inch]."""
    return MARGIN_INCHES + ROW_INCHES * (len(study.variants) - 1)


def prepare() -> None:
    """Finds out before a long study whether it can be drawn.

    Raises:
        MissingExtraError: matplotlib is not installed.
    """
    need("matplotlib.figure", extra="report", purpose="a plot")


def save(study: Study, kpis: Sequence[str], path: str | PathLike[str]) -> None:
    """Draws figures one below the other into a file; its suffix chooses the format, such as .png or .svg."""
    figure_module = need("matplotlib.figure", extra="report", purpose="a plot")
    size = (WIDTH_INCHES, height(study) * len(kpis))
    drawing = figure_module.Figure(figsize=size, layout="constrained")
    for kpi, ax in zip(kpis, drawing.subplots(len(kpis), squeeze=False).flat, strict=True):
        plot(study, kpi, ax)
    drawing.savefig(path, dpi=150)
