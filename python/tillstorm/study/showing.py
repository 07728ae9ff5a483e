"""A study as a table for people."""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING, Final

from rich import box
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from tillstorm.study.difference import HIGHER, LOWER, NO_SAMPLE, SAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from tillstorm.study.difference import Difference, Mean
    from tillstorm.study.results import Study

PLAIN_WIDTH: Final = 100
LARGEST_FACTOR: Final = 999
LEAST: Final = 3  # significant digits of a figure
SIGNIFICANT: Final = 6  # and not more than these
SHOWN_BROKEN: Final = 3
STYLES: Final = {HIGHER: "bold", LOWER: "bold"}
DASH: Final = "-"


def decimals(half_width: float) -> int:
    """Digits behind the point of a figure whose interval has this half width: two digits of it show, at most six."""
    if not math.isfinite(half_width) or half_width <= 0:
        return 4
    return min(6, max(0, 1 - math.floor(math.log10(half_width))))


def _places(value: float, significant: int) -> int:
    """Digits behind the point that show so many significant ones of a number; from 0 to 6."""
    if not math.isfinite(value) or value == 0:
        return 0 if significant < SIGNIFICANT else SIGNIFICANT
    return min(6, max(0, significant - 1 - math.floor(math.log10(abs(value)))))


def figure(value: float, digits: int, *, sign: bool = False) -> str:
    """A number with separators and its digits; an exact 0 without any, and a dash where there is no number."""
    if not math.isfinite(value):
        return DASH
    if value == 0:
        return "0"
    return f"{value:{'+' if sign else ''},.{digits}f}"


class Summary:
    """What a study has shown, for people: `print` gives text without colour, a console of rich the same in colour."""

    def __init__(self, study: Study) -> None:
        """Users get theirs from `Study.summary`."""
        self._study = study

    def __str__(self) -> str:
        console = Console(file=io.StringIO(), width=PLAIN_WIDTH, color_system=None, highlight=False)
        console.print(self)
        text: str = console.file.getvalue()  # type: ignore[attr-defined] # the StringIO above
        return "\n".join(line.rstrip() for line in text.splitlines())

    def __rich__(self) -> RenderableType:
        study = self._study
        differences = {kpi: study.differences(kpi) for kpi in study.kpis}
        same = [kpi for kpi, rows in differences.items() if all(row.verdict == SAME for row in rows)]
        same = [] if study.asked else same  # who asks for a figure sees its zeros
        empty = [kpi for kpi in study.kpis if not any(mean.replications for mean in study.means(kpi))]
        shown = [kpi for kpi in study.kpis if kpi not in same and kpi not in empty]
        parts: list[RenderableType] = [_heading(study), Text()]
        if shown:
            parts.append(_table(study, {kpi: differences[kpi] for kpi in shown}))
        for names, words in ((same, "the same in every replication"), (empty, NO_SAMPLE)):
            if names:
                parts.append(Text(f"{words}: ", style="dim").append(", ".join(names), style="not dim"))
        parts += [
            text for text in (_missing(study), _inert(study), _not_reached(study), _broken(study)) if text is not None
        ]
        return Group(*parts)


def _heading(study: Study) -> Text:
    others = ", ".join(name for name in study.variants if name != study.baseline)
    text = Text(others, style="bold cyan").append(" against ", style="not bold default").append(study.baseline)
    if not study.replications:
        return text.append(": no replication is complete", style="not bold default")
    return text.append(f": {study.replications} replications of each, on the same customers", style="not bold default")


def _table(study: Study, differences: dict[str, list[Difference]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 0, 0, 1))
    table.add_column("", no_wrap=True)
    for heading in ("mean", "difference", f"{100 * study.confidence:.4g} % interval"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("", min_width=12)
    table.add_column("paired", justify="right", no_wrap=True, min_width=6, style="dim")
    for kpi, rows in differences.items():
        table.add_row(Text(kpi, style="bold cyan"), Text(study.unit(kpi), style="dim"))
        for mean, row, digits in _lines(study, kpi, rows):
            table.add_row(f"  {mean.variant}", figure(mean.mean, digits), *(_cells(row, digits) if row else ()))
    return table


def _lines(study: Study, kpi: str, rows: Sequence[Difference]) -> Iterator[tuple[Mean, Difference | None, int]]:
    """Of each variant its mean, its difference (None for the baseline), and how many digits of both to show."""
    by_variant = {row.variant: row for row in rows}
    for mean in study.means(kpi):
        row = by_variant.get(mean.variant)
        widths = [mean.half_width, *(other.half_width for other in ([row] if row else rows))]
        digits = decimals(min((width for width in widths if width > 0), default=math.nan))
        yield mean, row, min(max(digits, _places(mean.mean, LEAST)), _places(mean.mean, SIGNIFICANT))


def _cells(row: Difference, digits: int) -> tuple[Text, ...]:
    interval = f"{figure(row.low, digits, sign=True)} to {figure(row.high, digits, sign=True)}"
    return (
        Text(figure(row.difference, digits, sign=True)),
        Text(interval if math.isfinite(row.half_width) else DASH),
        Text(row.verdict, style=STYLES.get(row.verdict, "dim")),
        Text(reduction(row)),
    )


def reduction(row: Difference) -> str:
    """How many times as many replications different customers would have needed: `x 14`; empty if unknown."""
    factor = row.variance_reduction
    if math.isnan(factor):
        return ""
    if factor > LARGEST_FACTOR:
        return f"x >{LARGEST_FACTOR:,.0f}"
    return f"x {factor:,.0f}" if factor >= 10 else f"x {factor:.1f}"


def _missing(study: Study) -> Text | None:
    parts = [
        f"{kpi} of {mean.variant} in {mean.replications} of {study.replications}"
        for kpi in study.kpis
        for mean in study.means(kpi)
        if 0 < mean.replications < study.replications
    ]
    if not parts:
        return None
    return Text("figures with a sample in some replications only: ", style="yellow").append(
        "; ".join(parts), style="default"
    )


def _inert(study: Study) -> Text | None:
    parts = [
        f"{inert.fault} of {inert.variant} in {inert.replications} of {study.replications}"
        for inert in study.inert_faults
    ]
    if not parts:
        return None
    return Text("faults that did nothing: ", style="yellow").append("; ".join(parts), style="default")


def _not_reached(study: Study) -> Text | None:
    if study.precise:
        return None
    text = Text("the precision asked for was not reached: ", style="bold red")
    rows = [
        f"{row.kpi} of {row.variant} within {figure(row.half_width, decimals(row.half_width))}"
        for row in study.imprecise
    ]
    return text.append("; ".join(rows), style="not bold default")


def _broken(study: Study) -> Text | None:
    broken = study.broken_promises
    if not broken:
        return None
    text = Text(
        f"promises were broken in {len(broken)} of {study.replications * len(study.variants)} runs", style="bold red"
    )
    for run in broken[:SHOWN_BROKEN]:
        text.append(f"\n  {run.variant}, replication {run.replication}: ", style="red not bold")
        text.append(f"{run.message}\n    {run.replay}", style="not bold default")
    return text


def markdown(study: Study, kpis: Sequence[str]) -> str:
    """A table in Markdown: one row for each variant, one column for each figure.

    The baseline has means; below them are means with the paired difference and the half width of its interval.
    """
    heads = [f"{kpi} [{study.unit(kpi)}]" if study.unit(kpi) else kpi for kpi in kpis]
    lines = [f"| | {' | '.join(heads)} |", "|---" * (len(heads) + 1) + "|"]
    columns = {kpi: _column(study, kpi) for kpi in kpis}
    lines += [f"| {name} | {' | '.join(columns[kpi][name] for kpi in kpis)} |" for name in study.variants]
    return "\n".join(lines) + "\n"


def _column(study: Study, kpi: str) -> dict[str, str]:
    cells = {}
    for mean, row, digits in _lines(study, kpi, study.differences(kpi)):
        change = f" ({_change(row, digits)})" if row else ""
        cells[mean.variant] = figure(mean.mean, digits) + change
    return cells


def _change(row: Difference, digits: int) -> str:
    if row.verdict == SAME:
        return "same"
    if not math.isfinite(row.half_width):
        return row.verdict
    return f"{figure(row.difference, digits, sign=True)} ± {figure(row.half_width, digits)}"
