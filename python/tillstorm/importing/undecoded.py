"""Bytes that are not UTF-8: kept readable for the report, and noted by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tillstorm.importing.columns import Text

if TYPE_CHECKING:
    from tillstorm.importing.columns import I64, Column
    from tillstorm.importing.problems import Problems


def decode(value: bytes) -> str:
    """Text of a field; bytes that are not UTF-8 become lone surrogates, which `note_undecodable` finds."""
    return value.decode("utf-8", "surrogateescape").strip()


def note_undecodable(columns: dict[str, Column], row: I64, problems: Problems) -> None:
    """Note the rows that hold bytes which are not UTF-8."""
    for name, column in columns.items():
        if not isinstance(column, Text):
            continue
        bad = [code for code, value in enumerate(column.values) if not value.isascii() and _is_undecodable(value)]
        if bad:
            rows = np.flatnonzero(np.isin(column.codes, bad))
            shown = [text.encode("utf-8", "surrogateescape").decode("utf-8", "replace") for text in column.at(rows)]
            problems.add_all(row[rows], "not_utf8", name, shown)


def _is_undecodable(value: str) -> bool:
    return any("\udc80" <= character <= "\udcff" for character in value)
