"""Lengths of files and functions."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tree_checks.tree import Finding, code_of, line_of

CPP_FILE_LINES = 500
PYTHON_FILE_LINES = 400
FUNCTION_LINES = 70


def file_findings(path: str, text: str) -> Iterator[Finding]:
    """A file that is too long for its language."""
    limit = PYTHON_FILE_LINES if path.endswith(".py") else CPP_FILE_LINES
    lines = text.count("\n") + (not text.endswith("\n"))
    if lines > limit:
        yield Finding(path, limit + 1, f"{lines} lines, at most {limit}: one idea each?")


def python_function_findings(path: str, text: str) -> Iterator[Finding]:
    """Functions that are too long, their docstrings not counted."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        lines = (node.end_lineno or node.lineno) - node.lineno + 1
        if ast.get_docstring(node):
            docstring = node.body[0]
            lines -= (docstring.end_lineno or docstring.lineno) - docstring.lineno + 1
        if lines > FUNCTION_LINES:
            yield Finding(path, node.lineno, f"{node.name} has {lines} lines, at most {FUNCTION_LINES}")


SCOPE_HEAD = re.compile(
    r"^\s*(?:template\s*<.*>\s*)?(?:inline\s+)?(?:namespace|class|struct|union|enum|extern)\b", re.DOTALL
)
ACCESS = re.compile(r"\s*(?:public|protected|private)\s*:(?!:)")


def opens_function(head: str) -> bool:
    """Whether a brace after this text (since the last `;`, `{` or `}`) opens the body of a function or lambda."""
    if SCOPE_HEAD.match(head) and not head.rstrip().endswith(")"):
        return False
    if "](" in re.sub(r"\s", "", head) and "=" in head:
        return True  # a lambda that is given a name
    return "(" in head and not re.search(r"(?<![=!<>])=\s*$", head)


def opens_value(head: str) -> bool:
    """Whether a brace after this text is a value inside a signature: `f(T a = {`, `Clock() : now_{`."""
    if head.count("(") > head.count(")"):
        return True
    return bool(re.search(r"\)[^:?]*(?<!:):(?!:)", head, re.DOTALL)) and bool(re.search(r"[\w>]\s*$", head))


def cpp_functions(text: str) -> Iterator[tuple[int, int, str]]:
    """First line, last line and head of each function body, found by matching braces."""
    code = re.sub(r"^[ \t]*#(?:\\\n|[^\n])*", lambda m: re.sub(r"[^\n]", " ", m[0]), code_of(text), flags=re.MULTILINE)
    head_start = 0
    position = 0
    while (match := re.compile(r"[;{}]").search(code, position)) is not None:
        position = match.end()
        if match[0] != "{":
            head_start = position
            continue
        if access := ACCESS.match(code, head_start, match.start()):
            head_start = access.end()
        head = code[head_start : match.start()]
        if opens_value(head):
            position = end_of_block(code, match.start())
        elif opens_function(head):
            position = end_of_block(code, match.start())
            first = head_start + len(head) - len(head.lstrip())
            yield line_of(code, first), line_of(code, position - 1), " ".join(head.split())
            head_start = position
        else:
            head_start = position


def end_of_block(code: str, opening: int) -> int:
    """The position after the brace that closes the one at `opening`."""
    depth = 0
    for match in re.compile(r"[{}]").finditer(code, opening):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.end()
    return len(code)


def cpp_function_findings(path: str, text: str) -> Iterator[Finding]:
    """Functions that are too long, from the first line of the signature to the closing brace."""
    for first, last, head in cpp_functions(text):
        if last - first + 1 > FUNCTION_LINES:
            yield Finding(path, first, f"{last - first + 1} lines, at most {FUNCTION_LINES}: {head[:80]}")
