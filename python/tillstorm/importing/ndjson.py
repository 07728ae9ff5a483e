"""NDJSON (one JSON object a line) through the compiled core's streaming reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tillstorm.importing.columns import RawLog, Text, is_empty, keep, recode
from tillstorm.importing.csv_plain import check_header
from tillstorm.importing.errors import LogError
from tillstorm.importing.problems import Problems

if TYPE_CHECKING:
    from pathlib import Path

    from tillstorm.importing.columns import Column
    from tillstorm.importing.mapping import Mapping


def read(path: Path, mapping: Mapping) -> RawLog:
    """The mapped columns of an NDJSON log; numbers keep the digits with which they are written.

    Raises:
        LogError: no row has one of the mapped columns.
    """
    from tillstorm._core import read_ndjson_log  # noqa: PLC0415 - only this reader needs the compiled core

    found = read_ndjson_log(str(path), list(mapping.columns))
    problems = Problems()
    for number, what in found["errors"]:
        problems.add(number, "malformed_row", "", what)
    row = np.asarray(found["row"]).astype(np.int64)
    if len(row) == 0:
        if problems.rows == 0:
            raise LogError(f"log {path}: 0 rows; expected one JSON object a line")
        unused: tuple[str, ...] = ()
    else:
        unused = check_header(str(path), found["keys"], mapping)
    columns: dict[str, Column] = {
        name: recode(Text(np.asarray(codes), values), str.strip) for name, (codes, values) in found["columns"].items()
    }
    filled = np.flatnonzero(~np.logical_and.reduce([is_empty(column) for column in columns.values()]))
    if len(filled) < len(row):
        columns = {name: keep(column, filled) for name, column in columns.items()}
    return RawLog(str(path), row[filled], columns, unused, len(row) - len(filled), problems.rows, problems)
