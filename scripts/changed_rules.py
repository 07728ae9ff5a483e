#!/usr/bin/env python3
"""Which integration rules have changed since the parent commit? `make mutants` breaks those first.

python scripts/changed_rules.py                 of this checkout, edits that are not committed included
python scripts/changed_rules.py --against main  since another commit

Prints their ids with commas between, and why to standard error. A rule has changed if its home file, its entry in
cpp/rules/*_rules.h, or the line of a mutant that breaks it in cpp/rules/mutants.def has. Without a parent commit (the
first one, a shallow clone, no repository) nothing has.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ENTRY = re.compile(r"^struct \w+ \{\n.*?^\};", re.MULTILINE | re.DOTALL)
KEY = re.compile(r'\.(id|home) = "([^"]+)"')
MUTANT = re.compile(r'^TILLSTORM_MUTANT\((\w+), "([^"]*)".*$', re.MULTILINE)
RULES = "cpp/rules"


@dataclass(frozen=True)
class Entry:
    """A rule as its header says it."""

    home: str
    text: str


def entries_of(header: str) -> dict[str, Entry]:
    """The rules of a `*_rules.h`, by id."""
    found = {}
    for match in ENTRY.finditer(header):
        keys = dict(KEY.findall(match[0]))
        if "id" in keys:
            found[keys["id"]] = Entry(keys.get("home", ""), match[0])
    return found


def mutants_of(text: str) -> dict[str, tuple[list[str], str]]:
    """The mutants of `mutants.def` by name: the rules that each breaks, and its line."""
    return {match[1]: (match[2].split(), match[0]) for match in MUTANT.finditer(text)}


def changed_rules(root: Path, against: str) -> dict[str, str]:
    """The rules of a checkout that have changed, each with the reason, in the order of the headers.

    Raises:
        subprocess.CalledProcessError: there is no such commit, or no repository.
    """
    files = set(_git(root, "diff", "--name-only", "--no-renames", against, "--", "cpp").splitlines())
    then: dict[str, Entry] = {}
    now: dict[str, Entry] = {}
    for header in sorted((root / RULES).glob("*_rules.h")):
        name = f"{RULES}/{header.name}"
        now |= entries_of(header.read_text(encoding="utf-8"))
        then |= entries_of(_before(root, against, name) if name in files else header.read_text(encoding="utf-8"))
    table = f"{RULES}/mutants.def"
    mutants_now = mutants_of((root / table).read_text(encoding="utf-8"))
    mutants_then = mutants_of(_before(root, against, table)) if table in files else mutants_now
    lines = {
        rule: f"mutant {name}"
        for name in [*mutants_now, *mutants_then]
        if mutants_now.get(name) != mutants_then.get(name)
        for rule in (mutants_now.get(name) or mutants_then[name])[0]
    }
    reasons = {}
    for rule, entry in now.items():
        if f"cpp/{entry.home}" in files:
            reasons[rule] = f"cpp/{entry.home}"
        elif then.get(rule) != entry:
            reasons[rule] = "its entry"
        elif rule in lines:
            reasons[rule] = lines[rule]
    return reasons


def _before(root: Path, commit: str, name: str) -> str:
    """A file as it was; empty if it was not."""
    is_there = _git(root, "ls-tree", "--name-only", commit, "--", name).strip()
    return _git(root, "show", f"{commit}:{name}") if is_there else ""


def _git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", "-C", root, *arguments], capture_output=True, text=True, check=True).stdout


def main() -> int:
    """Prints them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--against", metavar="COMMIT", default="HEAD^", help="since this commit (default: HEAD^)")
    parser.add_argument("--root", type=Path, default=Path(__file__).parents[1], metavar="DIR", help="the checkout")
    options = parser.parse_args()
    try:
        reasons = changed_rules(options.root, options.against)
    except (subprocess.CalledProcessError, FileNotFoundError) as error:
        if options.against != "HEAD^":
            raise
        said = (getattr(error, "stderr", None) or str(error)).strip().splitlines()[0]
        print(f"nothing to compare with, so that no rule counts as changed: {said}", file=sys.stderr)
        reasons = {}
    for rule, reason in reasons.items():
        print(f"{rule} has changed: {reason}", file=sys.stderr)
    print(",".join(reasons))
    return 0


if __name__ == "__main__":
    sys.exit(main())
