"""Reads the command line, calls the verb, and turns what goes wrong into a message and an exit code."""

from __future__ import annotations

import os
import sys
import traceback
from typing import TYPE_CHECKING

from rich.text import Text

from tillstorm.cli import problems, terminal
from tillstorm.cli.exit_codes import BAD_INPUT, FAILED, INTERNAL_ERROR, INTERRUPTED, PASSED
from tillstorm.cli.parser import build_parser
from tillstorm.errors import ScenarioError, UserError
from tillstorm.mutation import FailingSuiteError
from tillstorm.pool import own_the_process

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

TRACEBACK_VARIABLE = "TILLSTORM_TRACEBACK"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command.

    Args:
        arguments: What follows `tillstorm`; None takes the process's own.

    Returns:
        0 passed, 1 an expectation or promise failed, 2 bad input, 3 internal error, 130 interrupted.
    """
    if arguments is None:
        own_the_process()
    options = build_parser().parse_args(arguments)
    try:
        return _call(options)
    except KeyboardInterrupt:
        terminal.errors().print("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read our output has gone
        return PASSED
    except Exception as error:  # noqa: BLE001 - the last resort: whatever it is, say it and exit 3
        return _internal(error)


def _call(options: argparse.Namespace) -> int:
    """Calls the verb; what the user can put right becomes a message."""
    verb: Callable[[argparse.Namespace], int] = options.verb
    try:
        return verb(options)
    except UserError as error:
        return _refuse(error, options)
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.filename is None:
            raise
        return _refuse(UserError(f"{error.filename}: {error.strerror}"), options)


def _refuse(error: UserError, options: argparse.Namespace) -> int:
    if getattr(options, "json", False):
        terminal.print_json(problems.document(error))
    elif isinstance(error, ScenarioError):
        problems.show(error, terminal.errors())
    else:
        text = Text("error: ", style="bold red").append(str(error), style="not bold default")
        terminal.errors().print(text, soft_wrap=True)
    return FAILED if isinstance(error, FailingSuiteError) else BAD_INPUT


def _internal(error: Exception) -> int:
    console = terminal.errors()
    if os.environ.get(TRACEBACK_VARIABLE):
        console.print("".join(traceback.format_exception(error)), markup=False, soft_wrap=True)
    place = traceback.extract_tb(error.__traceback__)[-1]
    text = Text("internal error: ", style="bold red")
    text.append(f"{type(error).__name__}: {error}", style="not bold default")
    text.append(
        f"\nat {place.filename}:{place.lineno}\nThis is a mistake of tillstorm, not yours. Please report it with the"
        f" command, the scenario, and what {TRACEBACK_VARIABLE}=1 in the environment makes it print.",
        style="not bold default",
    )
    console.print(text, soft_wrap=True)
    return INTERNAL_ERROR
