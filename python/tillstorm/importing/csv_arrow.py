"""CSV with pyarrow, block by block: text is kept once per distinct value, and 4 bytes for each field of a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tillstorm.importing.arrow import pyarrow
from tillstorm.importing.arrow_columns import dictionary_text
from tillstorm.importing.columns import RawLog, is_empty, keep
from tillstorm.importing.csv_plain import check_header, delimiter_of, read_header
from tillstorm.importing.problems import Problems
from tillstorm.importing.undecoded import note_undecodable

if TYPE_CHECKING:
    from pathlib import Path

    from tillstorm.importing.columns import Column
    from tillstorm.importing.mapping import Mapping

_BLOCK_BYTES = 8 << 20


def read(path: Path, mapping: Mapping) -> RawLog | None:
    """The mapped columns of a CSV log; None where pyarrow gives the file up and the plain reader must say why.

    Raises:
        LogError: no header, or a mapped column is not in it.
    """
    header = read_header(path, mapping)
    unused = check_header(str(path), header, mapping)
    unreadable: list[Any] = []
    batches = _batches(path, mapping, header, unreadable)
    if batches is None:
        return None
    pa = pyarrow()
    columns: dict[str, Column] = {}
    for place, name in enumerate(mapping.columns):
        chunks = [batch.column(place) for batch in batches]
        columns[name] = dictionary_text(pa.chunked_array(chunks, pa.dictionary(pa.int32(), pa.binary())))
    problems = Problems()
    for bad in unreadable:
        problems.add(bad.number - 1, "malformed_row", "", f"{bad.actual_columns} fields: {bad.text}")
    rows = sum(batch.num_rows for batch in batches)
    # Rows are numbered as they stand in the file: what could not be taken apart leaves a gap.
    number = np.setdiff1d(np.arange(1, rows + len(unreadable) + 1), [bad.number - 1 for bad in unreadable])
    filled = np.flatnonzero(~np.logical_and.reduce([is_empty(column) for column in columns.values()]))
    if len(filled) < rows:
        columns = {name: keep(column, filled) for name, column in columns.items()}
    number = number[filled].astype(np.int64)
    note_undecodable(columns, number, problems)
    return RawLog(str(path), number, columns, unused, rows - len(filled), len(unreadable), problems)


def _batches(path: Path, mapping: Mapping, header: list[str], unreadable: list[Any]) -> list[Any] | None:
    pa = pyarrow()
    csv = pyarrow("csv")

    def skip(row: Any) -> str:  # noqa: ANN401 - pyarrow ships no types
        unreadable.append(row)
        return "skip"

    kind = pa.dictionary(pa.int32(), pa.binary())
    try:
        reader = csv.open_csv(
            path,
            read_options=csv.ReadOptions(use_threads=False, block_size=_BLOCK_BYTES, column_names=header, skip_rows=1),
            parse_options=csv.ParseOptions(
                delimiter=delimiter_of(mapping),
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=skip,
            ),
            convert_options=csv.ConvertOptions(
                include_columns=list(mapping.columns),
                column_types=dict.fromkeys(mapping.columns, kind),
                strings_can_be_null=False,
            ),
        )
        return list(reader)
    except pa.ArrowInvalid:
        return None
