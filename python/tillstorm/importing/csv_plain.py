"""CSV and blank-separated text with the standard library: slower than pyarrow, needs nothing, forgives anything."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import numpy as np

from tillstorm.importing.columns import RawLog, Text
from tillstorm.importing.errors import LogError, nearest
from tillstorm.importing.problems import Problems
from tillstorm.importing.undecoded import note_undecodable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TextIO

    from tillstorm.importing.columns import Column
    from tillstorm.importing.mapping import Mapping


def delimiter_of(mapping: Mapping) -> str:
    """The separating character, or a blank for runs of blanks."""
    return {"tab": "\t", "whitespace": " "}.get(mapping.delimiter, mapping.delimiter)


def check_header(source: str, header: list[str], mapping: Mapping) -> tuple[str, ...]:
    """The columns that the mapping does not use.

    Raises:
        LogError: a mapped column is not there, or a name occurs twice.
    """
    if not any(name.strip() for name in header):
        raise LogError(f"log {source}: 0 rows, and no header either; expected a header row with column names")
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise LogError(f"log {source}: column `{twice[0]}` occurs twice in the header; expected each name once")
    for name in mapping.columns:
        if name not in header:
            raise LogError(
                f"log {source}: unknown column `{name}`{nearest(name, header)} Its columns are: {', '.join(header)}."
            )
    return tuple(name for name in header if name not in mapping.columns)


def read_header(path: Path, mapping: Mapping) -> list[str]:
    """The names in the first row."""
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        return [name.strip() for name in next(_records(file, mapping), [])]


def read(path: Path, mapping: Mapping) -> RawLog:
    """The mapped columns of a text log.

    Raises:
        LogError: no header, or a mapped column is not in it.
    """
    header = read_header(path, mapping)
    unused = check_header(str(path), header, mapping)
    places = [header.index(name) for name in mapping.columns]
    index: list[dict[str, int]] = [{"": -1} for _ in places]
    codes: list[list[int]] = [[] for _ in places]
    problems = Problems()
    row: list[int] = []
    blank = 0
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        records = _records(file, mapping)
        next(records)
        for number, record in enumerate(records, start=1):
            if len(record) != len(header):
                if not any(field.strip() for field in record):
                    blank += 1
                else:
                    found = f"{len(record)} fields: {mapping.delimiter.join(record)}"
                    problems.add(number, "malformed_row", "", found.encode("utf-8", "replace").decode())
                continue
            fields = [record[place].strip() for place in places]
            if not any(fields):
                blank += 1
                continue
            row.append(number)
            for value, known, column in zip(fields, index, codes, strict=True):
                column.append(known.setdefault(value, len(known) - 1))
    columns: dict[str, Column] = {}
    for name, known, column in zip(mapping.columns, index, codes, strict=True):
        del known[""]
        columns[name] = Text(np.array(column, np.int32), list(known))
    numbers, unreadable = np.array(row, np.int64), problems.rows
    note_undecodable(columns, numbers, problems)
    return RawLog(str(path), numbers, columns, unused, blank, unreadable, problems)


def _records(file: TextIO, mapping: Mapping) -> Iterator[list[str]]:
    if mapping.delimiter == "whitespace":
        for line in file:
            yield line.split()
        return
    reader = csv.reader(file, delimiter=delimiter_of(mapping))
    while (record := _next(reader)) is not None:
        yield record


def _next(reader: Iterator[list[str]]) -> list[str] | None:
    try:
        return next(reader, None)
    except csv.Error as error:
        return [f"unreadable: {error}"]
