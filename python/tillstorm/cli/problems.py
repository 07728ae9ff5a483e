"""Errors of a scenario, shown as a compiler shows them: place, what is wrong, the line, a caret."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.text import Text

from tillstorm.errors import Problem, ScenarioError, UserError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

SHOWN_WIDTH = 100
LEAD = 40


def show(error: ScenarioError, console: Console) -> None:
    """Prints every problem of an error, and how many there are."""
    sources: dict[str, list[str]] = {name: text.splitlines() for name, text in error.texts.items()}
    for problem in error.problems:
        console.print(render(problem, _source_line(problem, sources)), soft_wrap=True)
    count = len(error.problems)
    console.print(Text(f"{count} error{'' if count == 1 else 's'}; nothing was run", style="bold"))


def render(problem: Problem, source: str = "") -> Text:
    """One problem; `source` is the line that it is in, or empty."""
    text = Text()
    place = ":".join([problem.file, str(problem.line), str(problem.column)]) if problem.line else problem.file
    text.append(f"{place}: " if place else "", style="bold")
    text.append("error: ", style="bold red")
    text.append(f"{problem.path}: " if problem.path else "", style="cyan")
    text.append(problem.message)
    gutter = " " * len(str(problem.line))
    if source and problem.line and problem.column:
        shown, column = excerpt(source, problem.column)
        text.append(f"\n  {problem.line} | ", style="blue")
        text.append(shown)
        text.append(f"\n  {gutter} | ", style="blue")
        text.append("".join("\t" if c == "\t" else " " for c in shown[: column - 1]))
        text.append("^", style="bold red")
    for label, value in (("found", problem.found), ("allowed", problem.allowed), ("did you mean", problem.nearest)):
        if value:
            text.append(f"\n  {gutter} = ", style="blue")
            text.append(f"{label} ")
            text.append(f"{value}?" if label == "did you mean" else value, style="bold" if label != "found" else "")
    return text


def excerpt(line: str, column: int) -> tuple[str, int]:
    """The part of a long line around a column, and the column in that part."""
    if len(line) <= SHOWN_WIDTH:
        return line, column
    start = max(0, column - 1 - LEAD)
    before = "..." if start else ""
    after = "..." if start + SHOWN_WIDTH < len(line) else ""
    return before + line[start : start + SHOWN_WIDTH] + after, column - start + len(before)


def _source_line(problem: Problem, sources: dict[str, list[str]]) -> str:
    if not problem.line or not problem.file:
        return ""
    if problem.file not in sources:
        try:
            sources[problem.file] = Path(problem.file).read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            sources[problem.file] = []
    lines = sources[problem.file]
    return lines[problem.line - 1] if problem.line <= len(lines) else ""


def document(error: UserError) -> dict[str, Any]:
    """An error as `--json` shows it. One that is no scenario's has a message, and nothing else to say."""
    found = error.problems if isinstance(error, ScenarioError) else (Problem(str(error)),)
    return {"ok": False, "errors": to_dicts(found)}


def to_dicts(found: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems as plain values for JSON."""
    return [
        {
            "file": problem.file,
            "path": problem.path,
            "line": problem.line,
            "column": problem.column,
            "found": problem.found,
            "allowed": problem.allowed,
            "message": problem.message,
            "nearest": problem.nearest,
        }
        for problem in found
    ]
