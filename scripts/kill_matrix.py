#!/usr/bin/env python3
"""Writes docs/kill-matrix.md: every mutant against every packaged scenario that comes near it. Takes two minutes.

python scripts/kill_matrix.py [--out FILE]
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import tillstorm as ts
from tillstorm import mutation, suite
from tillstorm.rule_list import rules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tillstorm.mutation import MutantResult

PAGE = Path(__file__).resolve().parents[1] / "docs/kill-matrix.md"
NAMED = 3
HEADS = ("mutant", "what it does wrong", "rules", "real bugs", "noticed by", "first of all by")
INTRODUCTION = """\
# Kill matrix

Every [mutant](guide/checking.md#mutants-would-the-suite-notice) met every packaged scenario that exercises one of its
rules. *Noticed by* says how many of those scenarios failed; *first of all by* which promise or expectation it was that
failed first in them, and how often. Real bugs are numbered as in the catalogue of bugs.

Written by `python scripts/kill_matrix.py`, which takes two minutes; `tillstorm mutants --full --json` has the same of
your own suite, with the sentence of each verdict. A mutant that few of its scenarios notice is no worse a mistake: most
scenarios have nothing that it could spoil.

"""


def main() -> None:
    """Runs the mutants and writes the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=PAGE, metavar="FILE")
    options = parser.parse_args()
    report = ts.mutants(full=True)
    options.out.write_text(page(report), encoding="utf-8")


def page(report: mutation.MutantReport) -> str:
    """The page: a table for each flow."""
    total = (
        f"{len(report.killed)} of {len(report.scored)} mutants are noticed by {len(suite.sources_of([]))} scenarios:"
        f" {sum(len(each.kills) for each in report.scored):,} of"
        f" {sum(len(each.reached_by) for each in report.scored):,} meetings end with a failed verdict.\n"
    )
    flows = {rule.id: rule.flow for rule in rules()}
    by_flow: dict[str, list[MutantResult]] = {}
    for each in report.scored:
        by_flow.setdefault(flows[each.rules[0]], []).append(each)
    return "\n".join([INTRODUCTION + total, *(section(flow, results) for flow, results in by_flow.items())])


def section(flow: str, results: Iterable[MutantResult]) -> str:
    """The table of one flow."""
    lines = [f"## `{flow}`\n", f"| {' | '.join(HEADS)} |", "|---" * len(HEADS) + "|"]
    lines += [f"| {' | '.join(cells(each))} |" for each in results]
    return "\n".join(lines) + "\n"


def cells(result: MutantResult) -> tuple[str, ...]:
    """The row of a mutant."""
    noticed = Counter(kill.by for kill in result.kills)
    ranked = sorted(noticed.items(), key=lambda item: (-item[1], item[0]))
    shown = [f"`{name}` {count}" for name, count in ranked[:NAMED]]
    more = [f"{len(ranked) - NAMED} others"] if len(ranked) > NAMED else []
    return (
        f"`{result.id}`",
        result.mistake.replace("|", "\\|"),
        ", ".join(result.rules),
        ", ".join(result.bugs),
        f"{len(result.kills)} of {len(result.reached_by)}",
        ", ".join(shown + more),
    )


if __name__ == "__main__":
    main()
