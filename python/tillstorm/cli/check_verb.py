"""`tillstorm check`."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.text import Text

from tillstorm import suite
from tillstorm.cli import coverage_table, junit, scenario_arguments, terminal, words
from tillstorm.cli.exit_codes import FAILED, PASSED
from tillstorm.expectations import describe, not_judged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from tillstorm.coverage import Coverage
    from tillstorm.suite import Checked

SUMMARY = "run scenarios and judge each by its promises and expectations"
DESCRIPTION = """\
Runs every scenario of a suite and judges it: each promise, and each expectation of its `expect` block, passes or fails
by name. Failures are printed with what was expected, what was seen, and the command that shows it again.

  tillstorm check                                    the scenarios that come with tillstorm
  tillstorm check my_scenarios/                      all files in a folder that end in .scenario.json
  tillstorm check a.scenario.json incidents          a file, and a packaged folder
  tillstorm check my_scenarios --coverage-fail-under 80 --junit results/check.xml

The exit code is 0 if all passed, 1 if one failed or the coverage is too low, 2 if a scenario cannot be read.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of the verb."""
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="files, folders, packaged names (default: everything packaged)"
    )
    scenario_arguments.add_seed(parser, "seed for every scenario (default: each scenario's own)")
    parser.add_argument("-x", "--stop-at-first", action="store_true", help="start no further run after a failure")
    parser.add_argument("--coverage", action="store_true", help="show which outcomes of which rules happened")
    parser.add_argument(
        "--coverage-fail-under",
        type=_percent,
        metavar="PERCENT",
        help="fail if fewer of the rules' outcomes happened in the suite",
    )
    parser.add_argument("--junit", type=Path, metavar="FILE", help="also write the verdicts as JUnit XML")
    scenario_arguments.add_json(parser, "verdicts, figures and coverage")


def run(options: argparse.Namespace) -> int:
    """Checks the suite."""
    console = terminal.output()
    loaded = suite.load(suite.sources_of(options.paths))
    width = max((len(source) for source, _ in loaded), default=0)
    began = time.perf_counter()
    checked = suite.check(
        loaded,
        seed=options.seed,
        stop_at_first=options.stop_at_first,
        tell=None if options.json else lambda each: _line(each, width, console),
    )
    seconds = time.perf_counter() - began
    coverage = suite.union_of(checked)
    wanted = options.coverage_fail_under
    is_low = wanted is not None and coverage.percent < wanted
    if options.junit is not None:
        cases = [case for each in checked for case in _cases(each)]
        junit.write(options.junit, "tillstorm check", cases + _coverage_cases(coverage, wanted))
    ok = not is_low and all(each.result.ok for each in checked)
    if options.json:
        terminal.print_json(_document(checked, coverage, wanted, ok=ok))
        return PASSED if ok else FAILED
    show_failures(checked, console)
    if options.coverage or is_low:
        console.print()
        coverage_table.show(coverage, console)
    if is_low:
        console.print(Text(f"that is less than the {wanted:g} % asked for", style="bold red"))
    _total(checked, len(loaded), seconds, console)
    return PASSED if ok else FAILED


def _document(checked: Sequence[Checked], coverage: Coverage, wanted: float | None, *, ok: bool) -> dict[str, Any]:
    """The suite as a whole, then each of its scenarios."""
    results = {each.source: each.result for each in checked}
    return {
        "ok": ok,
        "violations": [{"source": s, **v.to_dict()} for s, result in results.items() for v in result.violations],
        "expectations": [{"source": s, **v.to_dict()} for s, result in results.items() for v in result.verdicts],
        "kpis": {source: result.kpis.to_dict() for source, result in results.items()},
        "digest": {source: result.digest for source, result in results.items()},
        "not_judged": {source: dict(result.not_judged) for source, result in results.items() if result.not_judged},
        "coverage": coverage.to_report(),
        "coverage_percent": coverage.percent,
        "coverage_required": wanted,
        "scenarios": [each.to_dict() for each in checked],
    }


def show_failures(checked: Sequence[Checked], console: Console) -> None:
    """Prints every failed verdict of a suite."""
    for each in checked:
        if each.result.ok:
            continue
        console.print()
        console.print(Text(each.source, style="bold").append(f"  seed {each.result.seed}", style="not bold dim"))
        for verdict in each.result.failures:
            console.print(Text(describe(verdict, indent="  ")), soft_wrap=True)


def _line(each: Checked, width: int, console: Console) -> None:
    verdicts = each.result.verdicts
    failed = each.result.failures
    if failed:
        mark = Text(terminal.symbol(console, "\N{HEAVY BALLOT X}", "FAIL"), style="bold red")
    else:
        mark = Text(terminal.symbol(console, "\N{HEAVY CHECK MARK}", "ok"), style="green")
    text = mark.append(f" {each.source:<{width}}  ", style="not bold default")
    if failed:
        names = ", ".join(verdict.name for verdict in failed)
        text.append(f"{len(failed)} of {len(verdicts)} failed: {names}", style="not bold red")
    else:
        text.append(f"{len(verdicts)} passed", style="green")
    text.append(f"  {words.length(each.seconds)}", style="not bold dim")
    console.print(text, soft_wrap=True)
    for line in not_judged(each.result):
        console.print(Text(f"  warning: {line}; expect.invariants leaves it out", style="yellow"), soft_wrap=True)


def _total(checked: Sequence[Checked], asked: int, seconds: float, console: Console) -> None:
    verdicts = [verdict for each in checked for verdict in each.result.verdicts]
    failed = sum(not verdict.passed for verdict in verdicts)
    text = Text(style="bold red" if failed else "bold green")
    text.append(f"\n{words.number_of(len(checked), 'scenario')}, {words.number_of(len(verdicts), 'verdict')}: ")
    text.append(f"{failed} failed" if failed else "all passed")
    text.append(f" in {words.length(seconds)}", style="not bold dim")
    if len(checked) < asked:
        text.append(f"; {asked - len(checked)} not run after the first failure", style="yellow")
    console.print(text)


def _cases(each: Checked) -> list[junit.Case]:
    verdicts = each.result.verdicts
    return [
        junit.Case(
            group=each.source,
            name=verdict.name,
            seconds=each.seconds if index == 0 else 0.0,
            failure="" if verdict.passed else f"expected {verdict.expected}, seen {verdict.seen}",
            text=describe(verdict),
        )
        for index, verdict in enumerate(verdicts)
    ]


def _coverage_cases(coverage: Coverage, wanted: float | None) -> list[junit.Case]:
    """A case for `--coverage-fail-under`, if it is given."""
    if wanted is None:
        return []
    seen = f"{coverage.percent:.2f} % of the rules' outcomes happened, at least {wanted:g} % are asked for"
    failure = seen if coverage.percent < wanted else ""
    return [junit.Case(group="rule coverage", name="coverage_fail_under", failure=failure, text=seen, output=seen)]


def _percent(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 100:
        raise argparse.ArgumentTypeError(f"`{text}` is no percentage from 0 to 100")
    return value
