"""Parquet with pyarrow: only the mapped columns are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tillstorm.importing.arrow import pyarrow
from tillstorm.importing.arrow_columns import column_of
from tillstorm.importing.columns import RawLog, is_empty, keep
from tillstorm.importing.csv_plain import check_header
from tillstorm.importing.errors import LogError
from tillstorm.importing.problems import Problems

if TYPE_CHECKING:
    from pathlib import Path

    from tillstorm.importing.mapping import Mapping


def read(path: Path, mapping: Mapping) -> RawLog:
    """The mapped columns of a Parquet log.

    Raises:
        LogError: the file is damaged, or lacks a mapped column.
        MissingExtraError: pyarrow is not installed.
    """
    pa = pyarrow()
    parquet = pyarrow("parquet")
    try:
        file = parquet.ParquetFile(path)
        unused = check_header(str(path), list(file.schema_arrow.names), mapping)
        table = file.read(columns=list(mapping.columns))
    except (pa.ArrowInvalid, OSError) as error:
        raise LogError(f"log {path}: not a readable Parquet file: {error}") from error
    columns = {name: column_of(name, table.column(name)) for name in mapping.columns}
    rows = int(table.num_rows)
    filled = np.flatnonzero(~np.logical_and.reduce([is_empty(column) for column in columns.values()]))
    if len(filled) < rows:
        columns = {name: keep(column, filled) for name, column in columns.items()}
    return RawLog(str(path), filled.astype(np.int64) + 1, columns, unused, rows - len(filled), 0, Problems())
