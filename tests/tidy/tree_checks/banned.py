"""Calls and words that may not appear, and where they may."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tree_checks.tree import Finding, code_of, line_of


@dataclass(frozen=True)
class Ban:
    """A pattern that may not appear in code (comments and literals aside), except in the paths that match `allowed`."""

    pattern: str
    reason: str
    allowed: str = r"(?!)"
    within: str = r""


LIBM = "acosh?|asinh?|atan[2h]?|cbrt|cosh?|erfc?|exp[2]?|expm1|hypot|[lt]gamma|log(?:10|1p|2)?|pow|sinh?|tanh?"

# Paths are relative to cpp/.
CPP_BANS = (
    Ban(
        r"\b(?:system|steady|high_resolution)_clock\b|\bstd::time\b|\b(?:gettimeofday|clock_gettime|localtime|gmtime)\b",
        "the wall clock must not reach a result",
        allowed=r"base/log\.cpp|bindings/progress\w*\.(?:h|cpp)",
    ),
    Ban(
        r"#\s*include\s*<random>|\bstd::(?:random_device|mt19937(?:_64)?|default_random_engine|minstd_rand0?)\b"
        r"|(?<![\w.:>])s?rand\s*\(|\bstd::s?rand\b",
        "draws belong to keyed streams (engine/random_stream.h)",
    ),
    Ban(
        rf"(?:\bstd::|(?<![\w.:>])::|\b__builtin_|(?<![\w.:>]))(?:{LIBM})[fl]?\s*\((?!\s*(?:LogLevel\b|level))",
        "libm differs between machines: use engine/elementary.h",
        allowed=r"engine/elementary\.(?:h|cpp)",
    ),
    Ban(
        r"\bunordered_(?:multi)?(?:map|set)\b",
        "an unordered container's order must not reach a result: use a sorted vector or an index",
        within=r"(?:engine|messages|policies|record|model|integration|erp|world)/",
    ),
    Ban(r"\bstd::(?:locale|setlocale)\b", "the locale must not change what is read or written"),
    Ban(r"\busing\s+namespace\s+std\b", "names are spelled out"),
)


def ban_findings(path: str, text: str, bans: tuple[Ban, ...] = CPP_BANS) -> Iterator[Finding]:
    """Banned patterns in a file of cpp/ (its path relative to cpp/)."""
    code = code_of(text, keep_includes=True)
    for ban in bans:
        if re.fullmatch(ban.allowed, path) or not re.match(ban.within, path):
            continue
        for match in re.finditer(ban.pattern, code):
            yield Finding(path, line_of(code, match.start()), f"`{match[0].strip()}`: {ban.reason}")


DECLARED_UNORDERED = re.compile(r"\bunordered_(?:multi)?(?:map|set)\s*<[^;{}()]*>\s*(?P<name>\w+)\s*[;={]")


def unordered_iteration_findings(path: str, text: str) -> Iterator[Finding]:
    """Range loops over a container that this file declares as an unordered one."""
    code = code_of(text)
    names = {match["name"] for match in DECLARED_UNORDERED.finditer(code)}
    for name in sorted(names):
        for match in re.finditer(rf"for\s*\([^;()]*:\s*(?:\w+(?:\.|->))*{name}\s*\)|\b{name}\.c?begin\s*\(", code):
            yield Finding(path, line_of(code, match.start()), f"{name} is unordered: its order is no order")


# In any text file of the project. The patterns are written so that they do not match themselves.
TEXT_BANS = (
    (re.compile(r"(?<![\w./])/(?:work|root|farm|home/\w+)/"), "a path of one machine"),
    (re.compile(r"\b(?:TO[D]O|FIX[M]E|XX[X]|HA[C]K)\b"), "finish it, or say in words what is missing"),
)
# In anything but a document, which may say why they are not used.
FLAGS = re.compile(r"-(?:march=native|ffast-math|Ofast)\b(?!.*never)")

# A suppressed warning names the check that it suppresses.
BARE_SUPPRESSION = re.compile(
    r"NO[L]INT(?:NEXTLINE|BEGIN|END)?(?!\w)(?!\([\w.,* -]+\))|#\s*no[q]a(?!:)|#\s*type:\s*ignor[e](?!\[)"
)


def text_findings(path: str, text: str) -> Iterator[Finding]:
    """Words that do not belong into any file of the project."""
    for number, line in enumerate(text.splitlines(), 1):
        for pattern, reason in TEXT_BANS:
            if match := pattern.search(line):
                yield Finding(path, number, f"`{match[0]}`: {reason}")
        if (match := FLAGS.search(line)) and not path.endswith(".md"):
            yield Finding(path, number, f"`{match[0]}`: the result depends on the machine")
        if match := BARE_SUPPRESSION.search(line):
            yield Finding(path, number, f"`{match[0]}` does not say what it suppresses")


HOST = re.compile(r"(?i)\b(?:https?|ftp|git)://(?P<host>[\w.-]+)|\b(?P<name>[\w-]+\.(?:org|com|net|io|dev))\b")
ALLOWED_HOSTS = {"json-schema.org", "example.com", "example.org"}


def host_findings(path: str, text: str) -> Iterator[Finding]:
    """Hosts named in a document. Things are named by what they are; where they lie today changes."""
    for number, line in enumerate(text.splitlines(), 1):
        for match in HOST.finditer(line):
            host = match["host"] or match["name"]
            if host not in ALLOWED_HOSTS:
                yield Finding(path, number, f"names the host {host}")
