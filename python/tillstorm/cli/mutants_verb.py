"""`tillstorm mutants`."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from tillstorm.cli import junit, scenario_arguments, terminal, words
from tillstorm.cli.exit_codes import FAILED, INTERNAL_ERROR, PASSED
from tillstorm.mutation import MutantReport, MutantResult, choose, mutants

if TYPE_CHECKING:
    from rich.console import Console

SUMMARY = "run a suite against wrong variants of the rules: would it notice?"
DESCRIPTION = """\
A mutant is a rule broken on purpose, mostly the way a real system broke it. Each meets the scenarios of the suite that
exercise its rule, cheapest first, until one fails: that one has killed it. A mutant that survives is a bug that the
suite would let through.

  tillstorm mutants                                  the packaged suite against all mutants
  tillstorm mutants my_scenarios --rule MSG-03       your suite against the mutants of a rule
  tillstorm mutants --mutant retry_mints_new_key --full
  tillstorm mutants --changed MSG-03,TAX-06 --sample 20 --seed 7    what continuous integration runs

The canary, one corrupted posting, always comes first and is not counted: if nothing sees it, the harness itself is
broken (exit code 3). The exit code is 1 if a mutant survives or is not reached, or if the suite fails without any; 2 if
no mutant is left to run.
"""


HEADINGS: Final = ("mutant", "rule", "killed by", "in scenario", "simulated", "real")
FATES: Final = ("survived", "not reached")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of the verb."""
    parser.add_argument(
        "suite", nargs="*", metavar="SUITE", help="files, folders, packaged names (default: everything packaged)"
    )
    parser.add_argument(
        "--rule", dest="rules", action="append", default=[], metavar="ID", help="only mutants of a rule"
    )
    parser.add_argument("--mutant", dest="ids", action="append", default=[], metavar="ID", help="only this mutant")
    parser.add_argument("--full", action="store_true", help="go on after the first kill: the whole matrix")
    parser.add_argument("--sample", type=_count, metavar="N", help="only N mutants, drawn by --seed")
    parser.add_argument(
        "--changed", action="append", default=[], metavar="ID,...", help="rules whose mutants are in any sample"
    )
    scenario_arguments.add_seed(parser, "seed of the sample (default: 1)")
    parser.add_argument("--junit", type=Path, metavar="FILE", help="also write the matrix as JUnit XML")
    scenario_arguments.add_json(parser, "the mutants")


def run(options: argparse.Namespace) -> int:
    """Runs the suite against the mutants."""
    began = time.perf_counter()
    report = _report(options)
    if options.junit is not None:
        junit.write(options.junit, "tillstorm mutants", [_case(each) for each in report.results])
    if options.json:
        terminal.print_json([each.to_dict() for each in report.results])
    else:
        show(report, time.perf_counter() - began, terminal.output())
    if not report.canary_killed:
        terminal.errors().print(
            Text("the harness is broken: ", style="bold red").append(
                "one posting was corrupted (mutant `canary`) and no scenario of this suite noticed. Nothing that it"
                " calls passed can be relied upon; no other mutant was run.",
                style="not bold default",
            ),
            soft_wrap=True,
        )
        return INTERNAL_ERROR
    if not report.canary_judged:
        seen = report.results[0].kills[0]
        terminal.errors().print(
            Text("warning: ", style="bold yellow").append(
                f"the canary was seen but not judged: it broke {seen.by} in {seen.scenario}, and no scenario that it"
                " reached has that among its expect.invariants",
                style="not bold default",
            ),
            soft_wrap=True,
        )
    return PASSED if len(report.killed) == len(report.scored) else FAILED


def _report(options: argparse.Namespace) -> MutantReport:
    which = {
        "rules": options.rules,
        "ids": options.ids,
        "sample": options.sample,
        "changed": [rule for text in options.changed for rule in text.split(",") if rule],
        "seed": 1 if options.seed is None else options.seed,
    }
    console = terminal.errors()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=options.json or not console.is_terminal) as bar:
        task = bar.add_task("mutants", total=len(choose(**which)))
        return mutants(options.suite, **which, full=options.full, tell=lambda _: bar.advance(task))


def show(report: MutantReport, seconds: float, console: Console) -> None:
    """Prints the matrix and the score."""
    rows = [row for each in report.results for row in _rows(each)]
    terminal.print_columns(console, HEADINGS, [(row, "red" if row[2] in FATES else "") for row in rows], right={4, 5})
    for each in (*report.survivors, *report.unreached):
        console.print()
        console.print(Text(_epitaph(each)), soft_wrap=True)
    killed, number = len(report.killed), len(report.scored)
    if number:
        counted = f"{killed} of {words.number_of(number, 'mutant')} killed: {report.score:.1f} %"
    else:
        counted = f"the canary was {'seen' if report.canary_killed else 'not seen'}, no mutant was run"
    text = Text(f"\n{counted}", style="bold green" if killed == number and report.canary_killed else "bold red")
    suite = words.number_of(len(report.scenarios), "scenario")
    text.append(f", {suite}, {words.length(seconds)}", style="not bold dim")
    console.print(text)


def _rows(each: MutantResult) -> list[tuple[str, ...]]:
    """A line of the matrix for each kill, or for what became of it instead."""
    real = words.length(each.seconds)
    if not each.kills:
        fate = FATES[0] if each.reached_by else FATES[1]
        return [(each.id, each.rules[0], fate, "", "", real if each.reached_by else "")]
    rows: list[tuple[str, ...]] = []
    for kill in each.kills:
        simulated = words.length(kill.simulated_days * 86400)
        head = (each.id, each.rules[0]) if not rows else ("", "")
        by = kill.by if kill.judged else f"{kill.by} (not judged)"
        rows.append((*head, by, kill.scenario, simulated, "" if rows else real))
    return rows


def _epitaph(each: MutantResult) -> str:
    """What is to be said of a mutant that lives."""
    bugs = f" (stands for {', '.join(each.bugs)})" if each.bugs else ""
    if not each.reached_by:
        return (
            f"{each.id} was not reached: no scenario of this suite exercises {' or '.join(each.rules)}.\n"
            f"  what it does wrong: {each.mistake}{bugs}\n"
            f"  next: `tillstorm rules {each.rules[0]}` says what makes the rule act"
        )
    return (
        f"{each.id} survived in {', '.join(each.reached_by)}.\n"
        f"  what it does wrong: {each.mistake}{bugs}\n"
        f"  next: an expectation that this breaks; `tillstorm rules {each.rules[0]}` names the rule's guards"
    )


def _case(each: MutantResult) -> junit.Case:
    alive = "survived" if each.reached_by else "not reached"
    kills = [
        f"{'killed' if kill.judged else 'seen, not judged,'} by {kill.by} in {kill.scenario}"
        f" after {kill.simulated_days:.3f} simulated days"
        for kill in each.kills
    ]
    return junit.Case(
        group=each.rules[0],
        name=each.id,
        seconds=each.seconds,
        failure="" if each.killed else f"{alive}: {each.mistake}",
        text="" if each.killed else _epitaph(each),
        output="\n".join(kills),
    )


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"`{text}` is no number of mutants")
    return int(text)
