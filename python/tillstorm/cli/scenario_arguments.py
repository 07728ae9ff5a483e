"""Arguments that every verb with a scenario takes."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from tillstorm import overrides
from tillstorm.scenario import Scenario

if TYPE_CHECKING:
    from collections.abc import Sequence


def add_set(parser: argparse.ArgumentParser) -> None:
    """Adds `--set`."""
    parser.add_argument(
        "--set",
        dest="changes",
        metavar="PATH=VALUE",
        action="append",
        default=[],
        help="change a value of the scenario, e.g. integration.posting.mode=batch; may be repeated",
    )


def add_seed(parser: argparse.ArgumentParser, what: str) -> None:
    """Adds `--seed`; None if it is not given."""
    parser.add_argument("--seed", type=_seed, metavar="N", help=what)


def add_json(parser: argparse._ActionsContainer, what: str) -> None:
    """Adds `--json`."""
    parser.add_argument("--json", action="store_true", help=f"print {what} as JSON on standard output")


def load(source: str, changes: Sequence[str]) -> Scenario:
    """The scenario of a file or packaged name, with the changes of `--set`.

    Raises:
        ScenarioError: something is wrong with it, or with a change.
    """
    with overrides.named("--set"):
        return Scenario.read(source, overrides.from_texts(changes))


def _seed(text: str) -> int:
    try:
        seed = int(text)
    except ValueError:
        seed = -1
    if not 0 <= seed < 1 << 64:
        raise argparse.ArgumentTypeError(f"`{text}` is no whole number from 0 to 2^64 - 1")
    return seed
