"""What is printed, and where: results on standard output, everything else on standard error."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

PLAIN_WIDTH = 100


def output() -> Console:
    """For results. Without a terminal: no colour, and room for a table."""
    return _console(stderr=False)


def errors() -> Console:
    """For errors, progress and remarks."""
    return _console(stderr=True)


def _console(*, stderr: bool) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else PLAIN_WIDTH
    return Console(stderr=stderr, highlight=False, width=width)


def can_show(console: Console, text: str) -> bool:
    """Whether the terminal's encoding has these characters."""
    try:
        text.encode(console.encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def symbol(console: Console, wanted: str, plain: str) -> str:
    """`wanted`, or `plain` where the terminal cannot show it."""
    return wanted if can_show(console, wanted) else plain


def print_columns(
    console: Console, headings: Sequence[str], rows: Sequence[tuple[Sequence[str], str]], *, right: Collection[int] = ()
) -> None:
    """Prints rows in columns. Names are for copying: they are never cut, a narrow terminal breaks the line instead.

    Args:
        console: Where to.
        headings: Of the columns.
        rows: Cells and the style of each row.
        right: Columns that are aligned to the right.
    """
    everything = [(headings, "bold"), *rows]
    widths = [max(len(cells[column]) for cells, _ in everything) for column in range(len(headings))]
    for cells, style in everything:
        aligned = [
            f"{c:>{w}}" if i in right else f"{c:<{w}}" for i, (c, w) in enumerate(zip(cells, widths, strict=True))
        ]
        console.print(Text("  ".join(aligned).rstrip(), style=style), soft_wrap=True)


def print_json(value: object) -> None:
    """A value as JSON on standard output, for programs."""
    print(json.dumps(value, indent=2, ensure_ascii=False))
