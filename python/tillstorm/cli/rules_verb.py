"""`tillstorm rules`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from tillstorm import rule_pages
from tillstorm._compiled import core
from tillstorm.cli import scenario_arguments, terminal
from tillstorm.cli.exit_codes import PASSED
from tillstorm.rule_list import Rule, find, rules

if TYPE_CHECKING:
    import argparse

    from rich.console import Console

SUMMARY = "list the integration rules, or explain one"
DESCRIPTION = """\
Lists the integration rules: what must hold on the road between the stores and the books. With an id, everything about
that rule: its statement, the keys of the scenario that it reads, what can come of it, what guards it, and the mutants
that break it on purpose.

  tillstorm rules
  tillstorm rules MSG-03
  tillstorm rules --json
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of the verb."""
    parser.add_argument("id", nargs="?", metavar="ID", help="a rule, such as MSG-03")
    parser.add_argument(
        "--markdown",
        action="store_true",
        help="print the reference of all rules, with the packaged scenarios that reach each outcome (runs them)",
    )
    scenario_arguments.add_json(parser, "the rules (with an id: an array of that one)")


def run(options: argparse.Namespace) -> int:
    """Lists the rules."""
    chosen = rules() if options.id is None else [find(options.id)]
    if options.markdown:
        print(rule_pages.markdown(), end="")
    elif options.json:
        terminal.print_json([rule.to_dict() for rule in chosen])
    elif options.id is None:
        _list(chosen, terminal.output())
    else:
        _page(chosen[0], terminal.output())
    return PASSED


def _list(chosen: list[Rule], console: Console) -> None:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    table.add_column("rule", style="cyan", no_wrap=True)
    table.add_column("flow", no_wrap=True)
    table.add_column("what it is about")
    table.add_column("outcomes", justify="right")
    table.add_column("mutants", justify="right")
    for rule in chosen:
        table.add_row(rule.id, rule.flow, Text(rule.title), str(len(rule.outcomes)), str(len(rule.mutants)))
    console.print(table)
    console.print(f"\n{len(chosen)} rules; explain one with: tillstorm rules ID")


def _page(rule: Rule, console: Console) -> None:
    console.print(Text(rule.id, style="bold cyan").append(f"  {rule.title}", style="bold default"))
    aliases = f", also {', '.join(rule.aliases)}" if rule.aliases else ""
    console.print(Text(f"{rule.flow}, decided in cpp/{rule.home}{aliases}", style="dim"))
    console.print(Text(f"\n{rule.statement}"))
    console.print(Text("\noutcomes", style="bold"))
    console.print(_grid([(name, meaning) for name, meaning in rule.outcomes.items()]))
    console.print(Text("\nparameters", style="bold"))
    rows = []
    for parameter in rule.parameters:
        unit = f" {parameter.unit}" if parameter.unit else ""
        source = f"; source: {parameter.source}" if parameter.source else ""
        rows.append((parameter.path, f"{parameter.meaning} Default {json.dumps(parameter.default)}{unit}{source}"))
        rows += [(f"  ={name}", meaning) for name, meaning in parameter.variants.items()]
    console.print(_grid(rows) if rows else "  none")
    mistakes = {entry["id"]: entry for entry in core.mutants()}
    console.print(Text("\nmutants", style="bold"))
    rows = []
    for name in rule.mutants:
        bugs = ", ".join(mistakes[name]["bugs"])
        rows.append((name, mistakes[name]["mistake"] + (f" ({bugs})" if bugs else "")))
    console.print(_grid(rows) if rows else "  none")
    console.print(Text("\nguarded by ", style="bold").append(", ".join(rule.guards), style="not bold"))


def _grid(rows: list[tuple[str, str]]) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column()
    for name, text in rows:
        grid.add_row(Text(f"  {name}", style="cyan"), Text(text))
    return grid
