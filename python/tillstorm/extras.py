"""Optional packages: imported where they are needed, and named in one line where they are missing."""

from __future__ import annotations

import importlib
from typing import Any

from tillstorm.errors import MissingExtraError


def need(package: str, *, extra: str, purpose: str) -> Any:  # noqa: ANN401 - a module has no better type
    """The module `package`.

    Args:
        package: Module to import.
        extra: Extra of tillstorm that brings it.
        purpose: What it is needed for, as the start of a sentence.

    Raises:
        MissingExtraError: it is not installed; the text is the command that installs it.
    """
    try:
        return importlib.import_module(package)
    except ImportError as error:
        raise MissingExtraError(package.partition(".")[0], extra=extra, purpose=purpose) from error
