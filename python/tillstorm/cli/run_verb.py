"""`tillstorm run`."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from tillstorm import overrides, saving
from tillstorm._compiled import core
from tillstorm.cli import coverage_table, scenario_arguments, terminal
from tillstorm.cli.exit_codes import FAILED, INTERRUPTED, PASSED
from tillstorm.cli.summary import show, stories
from tillstorm.errors import InterruptedRunError
from tillstorm.expectations import PROMISE, describe, not_judged
from tillstorm.running import run as run_scenario

if TYPE_CHECKING:
    import argparse

    from tillstorm.result import Result
    from tillstorm.scenario import Scenario

SUMMARY = "run a scenario, say what happened, write the results"
DESCRIPTION = """\
Runs a scenario to its end, prints what happened, and exits with 0 if every verdict passed, 1 if not: each promise that
`expect.invariants` asks for (all, if it says nothing), each expectation, each fault. A promise that is broken and not
asked for is a warning. The same scenario and seed give the same result, bit by bit.

  tillstorm run peak/peak_week
  tillstorm run peak/peak_week --set integration.posting.mode=batch --seed 7 --out results/batch
  tillstorm run tutorial/two_stores --explain ticket=0001-01-000001
  tillstorm run my_chain.scenario.json --until 2026-11-27T12:00 --tables truth.tickets,book.movements --out results

Ctrl-C stops it between two events: what is complete is still shown and written, marked as partial (exit code 130).
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of the verb."""
    parser.add_argument("scenario", metavar="SCENARIO", help="a file, or the name of a packaged scenario")
    scenario_arguments.add_set(parser)
    scenario_arguments.add_seed(parser, "seed of all random streams (default: the scenario's)")
    parser.add_argument("--until", metavar="TIME", help="stop before this simulated time, e.g. 2026-11-27T10:00")
    parser.add_argument("--out", type=Path, metavar="DIR", help="write summary.json and each table as Parquet to DIR")
    parser.add_argument(
        "--tables",
        action="append",
        default=[],
        metavar="NAME,...",
        help="also record these drill-down tables, or `all` (`tillstorm schema --tables` lists them)",
    )
    parser.add_argument(
        "--explain",
        action="append",
        default=[],
        metavar="WHAT",
        help="tell what happened to ticket=STORE-TILL-NUMBER, message=TYPE:NUMBER@PLACE, item=ID@PLACE or"
        " exception=ID; may be repeated",
    )
    parser.add_argument("--mutant", metavar="NAME", help="break a rule on purpose, to see what is said of it")
    parser.add_argument(
        "--quiet", action="store_true", help="print nothing but what is wrong, and what --explain asks for"
    )
    parser.add_argument("--no-progress", action="store_true", help="show no progress bar")
    parser.add_argument("--verbose", "-v", action="count", default=0, help="show diagnostics (-vv: all of them)")
    parser.add_argument("--coverage", action="store_true", help="show which outcomes of which rules happened")
    scenario_arguments.add_json(parser, "the result")


def run(options: argparse.Namespace) -> int:
    """Runs the scenario."""
    _show_diagnostics(options.verbose)
    scenario = _with_tables(scenario_arguments.load(options.scenario, options.changes), options.tables)
    if options.out is not None:
        saving.prepare(options.out)
    progress = not (options.no_progress or options.quiet or options.json)
    began = time.perf_counter()
    interrupted = False
    try:
        result = run_scenario(
            scenario,
            options.seed,
            progress=progress,
            until=options.until,
            mutant=options.mutant,
            explain=options.explain,
        )
    except InterruptedRunError as error:
        result, interrupted = error.result, True
    seconds = time.perf_counter() - began
    folder = result.save(options.out) if options.out is not None else None
    if options.json:
        terminal.print_json(_document(result, folder))
    elif not options.quiet:
        show(result, folder, seconds, terminal.output())
    else:
        for story in stories(result):
            terminal.output().print(story, soft_wrap=True)
        _list_failures(result)
    if options.coverage and not options.json:
        terminal.output().print()
        coverage_table.show(result.coverage, terminal.output())
    if interrupted:
        terminal.errors().print("interrupted: the result is partial")
        return INTERRUPTED
    return PASSED if result.ok else FAILED


def _document(result: Result, folder: Path | None) -> dict[str, object]:
    return {**result.to_dict(), **({} if folder is None else {"out": str(folder)})}


def _list_failures(result: Result) -> None:
    console = terminal.errors()
    for line in not_judged(result):
        console.print(Text(f"warning: {line}"), soft_wrap=True)
    for violation in result.violations:
        if violation.promise not in result.not_judged:
            console.print(Text(f"{violation.message}\n  {violation.replay}"), soft_wrap=True)
    for verdict in result.failures:
        if verdict.kind != PROMISE:
            console.print(Text(describe(verdict)), soft_wrap=True)


def _with_tables(scenario: Scenario, texts: list[str]) -> Scenario:
    names = [name.strip() for text in texts for name in text.split(",") if name.strip()]
    if not names:
        return scenario
    if "all" in names:
        names = [entry["name"] for entry in core.describe_tables()]
    already = scenario.to_dict().get("record", {}).get("tables", [])
    wanted = {"record.tables": list(dict.fromkeys([*already, *names]))}
    return scenario.changed(overrides.from_mapping(wanted), origin="--tables")


def _show_diagnostics(verbosity: int) -> None:
    if verbosity:
        logging.basicConfig(format="%(levelname)s %(name)s: %(message)s")
        logging.getLogger("tillstorm").setLevel(logging.INFO if verbosity == 1 else logging.DEBUG)
