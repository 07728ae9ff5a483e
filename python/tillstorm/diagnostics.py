"""The core's diagnostics in Python's `logging`, under the name `tillstorm`. Silent until somebody asks for them."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tillstorm._compiled import core

if TYPE_CHECKING:
    from collections.abc import Iterator

LOGGER = logging.getLogger("tillstorm")
LOGGER.addHandler(logging.NullHandler())


def forward() -> None:
    """Hands what the core has said since the last call to the logger."""
    for level, message in core.take_log_messages():
        LOGGER.log(level, "%s", message)


@contextmanager
def listening() -> Iterator[None]:
    """Within it, the core keeps messages of the logger's level; afterwards they are handed to the logger."""
    core.set_log_level(LOGGER.getEffectiveLevel())
    try:
        yield
    finally:
        forward()
