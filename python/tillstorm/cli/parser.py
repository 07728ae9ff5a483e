"""The verbs and their arguments. Each verb is a module of this package with the same four names."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final, Protocol

import tillstorm
from tillstorm.cli import (
    check_verb,
    compare_verb,
    import_verb,
    mutants_verb,
    oracles_verb,
    rules_verb,
    run_verb,
    scenarios_verb,
    schema_verb,
    validate_verb,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


class Verb(Protocol):
    """What a module of a verb offers."""

    SUMMARY: str
    """One line for the list of verbs."""
    DESCRIPTION: str
    """What it does, for its own help: paragraphs, then examples."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Adds its arguments to a parser."""

    def run(self, options: argparse.Namespace) -> int:
        """Does it and returns the exit code."""


VERBS: Final[Mapping[str, Verb]] = {
    "run": run_verb,
    "check": check_verb,
    "compare": compare_verb,
    "validate": validate_verb,
    "scenarios": scenarios_verb,
    "rules": rules_verb,
    "mutants": mutants_verb,
    "schema": schema_verb,
    "import": import_verb,
    "oracles": oracles_verb,
}

DESCRIPTION: Final = """\
Simulates retail chains: what is true, what the books say, and the road between them.

  tillstorm scenarios                                the scenarios that come with it
  tillstorm run peak/peak_week --out results         run one, print a summary, write tables
  tillstorm run my_chain.scenario.json --set days=7  run your own, with a value changed
  tillstorm check my_scenarios/                      judge scenarios by their promises and expectations
  tillstorm compare peak/peak_week my_chain.scenario.json
                                                     how far two are apart, and how sure that is
  tillstorm validate my_chain.scenario.json          say everything that is wrong with a file
"""

EPILOG: Final = """\
verbs:
{verbs}

`tillstorm VERB --help` explains a verb, with examples.

exit codes:
  0   passed
  1   a promise or an expectation failed
  2   bad input: the message says what, where, and what is allowed
  3   internal error
  130 interrupted by Ctrl-C; what was complete has been written
"""


class HelpFormatter(argparse.RawDescriptionHelpFormatter):
    """Descriptions as they are written, with room for long options."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28)


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command; the chosen verb is in `verb` of what it returns."""
    verb_lines = "\n".join(f"  {name:<12}{module.SUMMARY}" for name, module in VERBS.items())
    parser = argparse.ArgumentParser(
        prog="tillstorm",
        description=DESCRIPTION,
        epilog=EPILOG.format(verbs=verb_lines),
        formatter_class=HelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"tillstorm {tillstorm.__version__}")
    verbs = parser.add_subparsers(metavar="VERB", required=True, help="what to do; see below")
    for name, module in VERBS.items():
        verb = verbs.add_parser(name, description=module.DESCRIPTION, formatter_class=HelpFormatter)
        module.add_arguments(verb)
        verb.set_defaults(verb=module.run)
    return parser
