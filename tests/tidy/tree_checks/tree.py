"""The files of the project, and C++ text without its comments and literals."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

SKIPPED_FOLDERS = {"build", "results", "dist"}


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, and where."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


@cache
def project_files() -> tuple[str, ...]:
    """Every file of the project, relative to the root: what git would commit, or all of an unpacked archive."""
    try:
        command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
        listing = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout.split("\0")
        names = [name for name in listing if name and (ROOT / name).is_file()]
    except (OSError, subprocess.CalledProcessError):
        names = [str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if path.is_file()]
    return tuple(sorted(name for name in names if not is_skipped(name)))


def is_skipped(name: str) -> bool:
    """Whether a path lies in a folder of results, or in a hidden one other than .ci."""
    parts = name.split("/")
    if parts[0] in SKIPPED_FOLDERS:
        return True
    return any((part.startswith(".") and part != ".ci") or part == "__pycache__" for part in parts[:-1])


def files(*suffixes: str, under: str = "") -> list[str]:
    """The project's files with one of these suffixes, below a folder."""
    return [name for name in project_files() if name.startswith(under) and name.endswith(suffixes)]


def read(name: str) -> str:
    """The text of a project file."""
    return (ROOT / name).read_text(encoding="utf-8")


def line_of(text: str, position: int) -> int:
    """The line number of a position in a text, from 1."""
    return text.count("\n", 0, position) + 1


COMMENT_OR_LITERAL = re.compile(
    r"""
      //[^\n]*
    | /\*.*?\*/
    | R"(?P<tag>[^(\s]{0,16})\(.*?\)(?P=tag)"
    | "(?:\\.|[^"\\\n])*"
    | (?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'
    """,
    re.VERBOSE | re.DOTALL,
)


def code_of(text: str, *, keep_includes: bool = False) -> str:
    """C++ text with every comment and literal blanked, line numbers unchanged.

    A quote between digits is a digit separator, not a literal. With `keep_includes`, include lines keep their names.
    """

    def blank(match: re.Match[str]) -> str:
        found = match.group(0)
        start = text.rfind("\n", 0, match.start()) + 1
        if keep_includes and re.match(r"\s*#\s*include\b", text[start : match.start()]):
            return found
        return re.sub(r"[^\n]", " ", found)

    return COMMENT_OR_LITERAL.sub(blank, text)


def report(findings: list[Finding]) -> str:
    """The findings as the text of a failed assertion."""
    return "\n" + "\n".join(str(finding) for finding in findings)
