"""`tillstorm validate`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from tillstorm.cli import problems, scenario_arguments, terminal, words
from tillstorm.cli.exit_codes import BAD_INPUT, PASSED
from tillstorm.errors import ScenarioError

if TYPE_CHECKING:
    import argparse

SUMMARY = "say what is wrong with scenario files"
DESCRIPTION = """\
Reads scenario files and says what is wrong with each: file, line, column, path, what was found, what is allowed, and
the nearest valid name. It says it in two passes: all that cannot be read (types, unknown keys, ranges), then, if all
can be read, all that contradicts itself (names, dates, references). Nothing is run. The exit code is 0 if all are valid
and 2 otherwise.

  tillstorm validate my_chain.scenario.json
  tillstorm validate *.scenario.json --json
  tillstorm validate peak/peak_week --set chain.generate.stores=500
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of the verb."""
    parser.add_argument("scenarios", nargs="+", metavar="SCENARIO", help="a file, or the name of a packaged scenario")
    scenario_arguments.add_set(parser)
    scenario_arguments.add_json(parser, "the errors (an empty array if there are none)")


def run(options: argparse.Namespace) -> int:
    """Validates each scenario."""
    found = []
    console = terminal.output()
    for source in options.scenarios:
        try:
            scenario = scenario_arguments.load(source, options.changes)
            scenario.validate()
        except ScenarioError as error:
            found += problems.to_dicts(error.problems)
            if not options.json:
                problems.show(error, terminal.errors())
            continue
        if not options.json:
            what = ", ".join(
                words.number_of(number, thing)
                for number, thing in ((scenario.stores, "store"), (scenario.skus, "item"), (scenario.days, "day"))
            )
            console.print(
                Text(f"{source}: ").append("valid", style="bold green").append(f": {what} from {scenario.start}"),
                soft_wrap=True,
            )
    if options.json:
        terminal.print_json(found)
    return BAD_INPUT if found else PASSED
