"""Rule coverage, printed as line coverage is: a row for each rule, what is missing at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from tillstorm.cli import terminal

if TYPE_CHECKING:
    from rich.console import Console

    from tillstorm.coverage import Coverage


def show(coverage: Coverage, console: Console) -> None:
    """Prints the coverage of a run or of a suite."""
    rows = []
    for rule, outcomes in coverage.rules.items():
        missing = [name for name, count in outcomes.items() if not count]
        taken = len(outcomes) - len(missing)
        style = "" if not missing else "yellow" if taken else "red"
        cells = (rule, str(len(outcomes)), str(taken), f"{100 * taken // len(outcomes)} %", ", ".join(missing))
        rows.append((cells, style))
    terminal.print_columns(console, ("rule", "outcomes", "taken", "share", "never happened"), rows, right={1, 2, 3})
    never = len(coverage.never())
    total = Text(f"rule coverage: {coverage.outcomes - never} of {coverage.outcomes} outcomes", style="bold")
    console.print(total.append(f", {coverage.percent:.1f} %"))
