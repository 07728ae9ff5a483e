"""`tillstorm schema`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from tillstorm._compiled import core
from tillstorm.cli import scenario_arguments, terminal
from tillstorm.cli.exit_codes import PASSED
from tillstorm.scenario import Scenario

if TYPE_CHECKING:
    import argparse

SUMMARY = "print the schema of scenarios, messages or tables"
DESCRIPTION = """\
Prints what may be written in a scenario, as JSON Schema for editors and programs or as a reference for people; the
schema of every message between the chain's systems; or the tables that a run can write and what their columns mean.

  tillstorm schema > scenario.schema.json
  tillstorm schema --reference
  tillstorm schema --messages
  tillstorm schema --tables
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of the verb."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--reference", action="store_true", help="every key with meaning, unit, default and source")
    what.add_argument("--messages", action="store_true", help="JSON Schema of every message")
    what.add_argument("--tables", action="store_true", help="tables and their columns")
    scenario_arguments.add_json(parser, "it (schemas are JSON already)")


def run(options: argparse.Namespace) -> int:
    """Prints the schema asked for."""
    if options.tables:
        _tables(as_json=options.json)
    elif options.messages:
        terminal.print_json(json.loads(core.message_schema()))
    elif options.reference:
        text = core.scenario_reference()
        if options.json:
            terminal.print_json({"reference": text})
        else:
            print(text)
    else:
        terminal.print_json(Scenario.schema())
    return PASSED


def _tables(*, as_json: bool) -> None:
    described = core.describe_tables()
    if as_json:
        terminal.print_json(described)
        return
    console = terminal.output()
    for entry in described:
        when = "in every run" if entry["always"] else "when record.tables names it"
        console.print(Text(entry["name"], style="bold cyan").append(f"  {entry['title']}", style="not bold default"))
        console.print(Text(f"written {when}", style="dim"))
        table = Table(box=box.SIMPLE_HEAD, show_edge=False)
        for heading in ("column", "type", "unit", "meaning"):
            table.add_column(heading, no_wrap=heading != "meaning")
        for column in entry["columns"]:
            table.add_row(column["name"], column["type"], column["unit"], Text(column["meaning"]))
        console.print(table)
        console.print()
