"""`tillstorm import`: what it does is in `tillstorm.importing`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tillstorm.importing import command

if TYPE_CHECKING:
    import argparse

SUMMARY = "turn a transaction log into a scenario that replays it"
DESCRIPTION = ""  # `add_arguments` writes it
add_arguments = command.add_arguments


def run(options: argparse.Namespace) -> int:
    """Imports the log."""
    return command.run(options)
