"""Opens a log by the kind of its file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from tillstorm.importing import csv_arrow, csv_plain, ndjson, parquet
from tillstorm.importing.arrow import has_pyarrow
from tillstorm.importing.errors import LogError

if TYPE_CHECKING:
    from tillstorm.importing.columns import RawLog
    from tillstorm.importing.mapping import Mapping

FORMATS: Final = ("csv", "parquet", "ndjson")
_SUFFIXES: Final = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".ndjson": "ndjson",
    ".jsonl": "ndjson",
}


def read_log(path: Path, mapping: Mapping, form: str | None = None) -> RawLog:
    """The mapped columns of a log.

    Args:
        path: A CSV, Parquet or NDJSON file.
        mapping: Which columns.
        form: One of `FORMATS`; by default the file's name decides.

    Raises:
        LogError: the file cannot be read, is of no known kind, or lacks a mapped column.
    """
    if path.is_dir():
        raise LogError(f"log {path}: this is a folder; give one file in it ({', '.join(_SUFFIXES)})")
    if not path.is_file():
        raise LogError(f"log {path}: no such file")
    kind = form or _SUFFIXES.get(path.suffix.lower())
    if kind is None:
        known = ", ".join(_SUFFIXES)
        raise LogError(f"log {path}: unknown kind of file; expected one of {known}, or say --format csv|parquet|ndjson")
    if kind == "parquet":
        return parquet.read(path, mapping)
    if kind == "ndjson":
        return ndjson.read(path, mapping)
    if mapping.delimiter != "whitespace" and has_pyarrow():
        log = csv_arrow.read(path, mapping)
        if log is not None:
            return log
    return csv_plain.read(path, mapping)
