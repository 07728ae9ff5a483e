"""What is printed, and where: results on standard output, everything else on standard error."""

from __future__ import annotations

import json
import sys

from rich.console import Console

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


def print_json(value: object) -> None:
    """A value as JSON on standard output, for programs."""
    print(json.dumps(value, indent=2, ensure_ascii=False))
