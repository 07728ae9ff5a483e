"""`tillstorm oracles`."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from rich import box
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from tillstorm.cli import scenario_arguments, terminal
from tillstorm.cli.exit_codes import FAILED, PASSED
from tillstorm.oracles import FULL, QUICK, Estimate, Row, Rule, estimate_row, load_rows, select

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

SUMMARY = "compare the model with exact and published results"
DESCRIPTION = """\
Runs scenarios of the ordinary model whose results are known exactly, and prints exact value, estimate, standard error
and z of each. A figure is accepted if the estimate is within 4 standard errors and the standard error is at most 0.5 %
of the exact value. All of them take some minutes; --quick takes seconds and allows a standard error of 6 %.

  tillstorm oracles --quick
  tillstorm oracles MMC MG1-2
  tillstorm oracles --threads 4 --json

The exit code is 1 if a figure is not accepted.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of the verb."""
    parser.add_argument("ids", nargs="*", metavar="ID", help="oracles or families, such as MMC-2 or MMC (default: all)")
    parser.add_argument("--quick", action="store_true", help="short runs and a wider rule")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="other replications (default: 1)")
    parser.add_argument(
        "--threads", type=_threads, default=os.cpu_count() or 1, metavar="N", help="replications at the same time"
    )
    parser.add_argument("--no-progress", action="store_true", help="show no progress bar")
    scenario_arguments.add_json(parser, "id, exact, estimate, standard_error, z and accepted of each figure")


def run(options: argparse.Namespace) -> int:
    """Runs the oracles asked for."""
    rows = select(load_rows(), options.ids)
    rule = QUICK if options.quick else FULL
    estimates = _estimate(rows, rule, options)
    if options.json:
        terminal.print_json([estimate.to_dict() for estimate in estimates])
    else:
        _show(rows, estimates, rule, terminal.output())
    return PASSED if all(estimate.accepted for estimate in estimates) else FAILED


def _estimate(rows: Sequence[Row], rule: Rule, options: argparse.Namespace) -> list[Estimate]:
    console = terminal.errors()
    hidden = options.json or options.no_progress or not console.is_terminal
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=hidden,
    )
    estimates = []
    with bar:
        task = bar.add_task("", total=len(rows) * rule.replications)
        for row in rows:
            bar.update(task, description=row.id)
            estimates += estimate_row(
                row,
                rule,
                seed=options.seed,
                threads=options.threads,
                days=row.quick_days if options.quick else None,
                tell=lambda: bar.advance(task),
            )
    return estimates


def _show(rows: Sequence[Row], estimates: Sequence[Estimate], rule: Rule, console: Console) -> None:
    console.print(_table(header=True))
    for row in rows:
        console.print(
            Text(row.id, style="bold cyan").append(f"  {row.title}", style="not bold default"), soft_wrap=True
        )
        table = _table(header=False)
        for estimate in (e for e in estimates if e.row == row.id):
            table.add_row(*_cells(estimate))
        console.print(table)
    wrong = sum(not estimate.accepted for estimate in estimates)
    verdict = f"{len(estimates) - wrong} of {len(estimates)} figures accepted"
    console.print(Text(verdict, style="bold red" if wrong else "bold green"))
    console.print(Text(f"rule: {rule}", style="dim"), soft_wrap=True)


def _table(*, header: bool) -> Table:
    table = Table(box=box.SIMPLE_HEAD if header else None, show_header=header, show_edge=False, pad_edge=False)
    table.add_column("", min_width=12, no_wrap=True)
    for name in ("exact", "estimate", "standard error"):
        table.add_column(name, justify="right", min_width=14, no_wrap=True)
    table.add_column("z", justify="right", min_width=6, no_wrap=True)
    table.add_column("", style="dim", min_width=4, no_wrap=True)
    table.add_column("", min_width=12, no_wrap=True)
    return table


def _cells(estimate: Estimate) -> list[Text]:
    verdict = Text("accepted", style="green") if estimate.accepted else Text("not accepted", style="bold red")
    numbers = (estimate.exact, estimate.estimate, estimate.standard_error)
    return [
        Text(f"  {estimate.quantity}"),
        *(Text(f"{number:.6f}") for number in numbers),
        Text(f"{estimate.z:+.2f}"),
        Text(estimate.unit),
        verdict,
    ]


def _threads(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"`{text}` is no number of threads")
    return int(text)
