"""pyarrow: needed for Parquet, faster than the standard library for CSV."""

from __future__ import annotations

import importlib.util
from typing import Any

from tillstorm.extras import need


def has_pyarrow() -> bool:
    """Whether pyarrow is installed."""
    return importlib.util.find_spec("pyarrow") is not None


def pyarrow(module: str = "") -> Any:  # noqa: ANN401 - pyarrow ships no types
    """The module `pyarrow.MODULE`, or `pyarrow` itself for an empty name.

    Raises:
        MissingExtraError: pyarrow is not installed; the message says how to get it.
    """
    return need(f"pyarrow.{module}" if module else "pyarrow", extra="import", purpose="Reading a Parquet log")
