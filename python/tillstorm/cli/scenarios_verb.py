"""`tillstorm scenarios`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from tillstorm.cli import scenario_arguments, terminal
from tillstorm.cli.exit_codes import PASSED
from tillstorm.packaged import packaged_scenarios

if TYPE_CHECKING:
    import argparse

SUMMARY = "list the scenarios that come with tillstorm"
DESCRIPTION = """\
Lists the scenarios that come with tillstorm: the names that `run` and `validate` take, and what each shows.

  tillstorm scenarios
  tillstorm scenarios --json
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of the verb."""
    scenario_arguments.add_json(parser, "name, title and file of each")


def run(options: argparse.Namespace) -> int:
    """Lists them."""
    found = packaged_scenarios()
    if options.json:
        terminal.print_json([{"name": s.name, "title": s.title, "path": str(s.path)} for s in found])
        return PASSED
    table = Table(box=box.SIMPLE_HEAD, show_edge=False)
    table.add_column("name", style="cyan", no_wrap=True)
    table.add_column("what it shows")
    for scenario in found:
        table.add_row(scenario.name, Text(scenario.title))
    console = terminal.output()
    console.print(table)
    console.print("\nrun one with: tillstorm run NAME")
    return PASSED
