"""What the summary of a run says of its faults: what each did, how long healing took, what is stuck."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from tillstorm.cli import words
from tillstorm.cli.terminal import symbol

if TYPE_CHECKING:
    from rich.console import Console

    from tillstorm.result import Result

SHOWN_PLACES = 5
SHOWN_STUCK = 10


def text(result: Result, console: Console) -> Text:
    """A line for each fault, one for the time to heal, and one for each place that is stuck."""
    lines = Text()
    inert = {fault.index for fault in result.inert_faults}
    cross = symbol(console, "\N{HEAVY BALLOT X}", "broken")
    for fault in result.faults:
        if fault.index in inert:
            lines.append(f"{cross} inert fault: {fault}\n", style="bold red")
        else:
            lines.append(f"fault {fault}\n", style="default")
    lines.append_text(_healing(result))
    if result.stuck:
        lines.append(f"{cross} stuck: the run ended with messages pending\n", style="bold red")
        for line in result.stuck[:SHOWN_STUCK]:
            lines.append(f"  {line}\n", style="default")
        if len(result.stuck) > SHOWN_STUCK:
            lines.append(f"  and {len(result.stuck) - SHOWN_STUCK:,} more\n", style="default")
    lines.rstrip()
    return lines


def _healing(result: Result) -> Text:
    if not result.faults or result.partial:
        return Text()
    after = result.converged_after
    if after is not None:
        length = words.length(after.total_seconds())
        return Text(f"books and truth agreed again {length} after the last fault\n", style="green")
    if not result.not_converged:
        return Text()  # promises were not checked
    places = ", ".join(result.not_converged[:SHOWN_PLACES])
    more = len(result.not_converged) - SHOWN_PLACES
    further = f" and {words.number_of(more, 'more place')}" if more > 0 else ""
    return Text(f"books and truth never agreed again at {places}{further}\n", style="bold red")
