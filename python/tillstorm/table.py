"""A table of a result: columns that lie in the core's memory and are shared without copying."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tillstorm.extras import need

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    import pyarrow as pa

    from tillstorm._compiled import core

_VIEWS = {"date": "datetime64[D]", "timestamp": "datetime64[us]"}


@dataclass(frozen=True)
class Column:
    """What is known of a column without its rows.

    Attributes:
        name: Snake case.
        type: `int64`, `date`, `timestamp` (UTC), `place`, `item`, `label`, ...
        unit: Unit; empty where there is none.
        meaning: One sentence.
    """

    name: str
    type: str
    unit: str
    meaning: str


class Table:
    """Rows that a run has written, column by column.

    It speaks the Arrow C stream interface, so that `pyarrow.table(t)`, `polars.DataFrame(t)` and DuckDB take it as it
    is. Rows are those written when the result was made.
    """

    __slots__ = ("_columns", "_table")

    def __init__(self, table: core.Table) -> None:
        """Wraps a table of the core; users get theirs from `Result.table`."""
        self._table = table
        self._columns = {entry["name"]: Column(**entry) for entry in table.columns}

    @property
    def name(self) -> str:
        """Its name, such as `truth.tickets`."""
        return self._table.name

    @property
    def title(self) -> str:
        """What a row is, in a sentence."""
        return self._table.title

    @property
    def num_rows(self) -> int:
        """Number of rows."""
        return self._table.num_rows

    @property
    def column_names(self) -> list[str]:
        """Names of the columns, in order."""
        return list(self._columns)

    @property
    def columns(self) -> list[Column]:
        """What the columns mean, in order."""
        return list(self._columns.values())

    def column(self, name: str) -> np.ndarray[Any, Any]:
        """The values of one column.

        Integers are the core's own memory (read-only) as long as they lie in one block; dates come as `datetime64[D]`,
        times as `datetime64[us]` of UTC; places, items and labels as text. Where a row has none, that is `NaT` or an
        empty text.

        Raises:
            KeyError: there is no such column.
        """
        if name not in self._columns:
            raise KeyError(f"{self.name} has no column `{name}`; it has {', '.join(self._columns)}")
        chunks = self._table.chunks(name)
        values = chunks[0] if len(chunks) == 1 else np.concatenate(chunks)
        labels = self._table.labels(name)
        if labels is not None:
            # -1 is no name: the last one.
            named: np.ndarray[Any, Any] = np.asarray([*labels, ""], dtype=np.str_)[values]
            return named
        kind = self._columns[name].type
        if kind == "date":
            days = values.astype("datetime64[D]")
            days[values == np.iinfo(np.int32).min] = np.datetime64("NaT")
            return days
        return values.view(_VIEWS[kind]) if kind in _VIEWS else values

    def codes(self, name: str) -> tuple[np.ndarray[Any, Any], list[str]]:
        """A column of places, items or labels as positions in a list of texts, and that list.

        Raises:
            KeyError: there is no such column.
            TypeError: its values are not such texts.
        """
        labels = self._table.labels(name) if name in self._columns else None
        if name not in self._columns:
            raise KeyError(f"{self.name} has no column `{name}`; it has {', '.join(self._columns)}")
        if labels is None:
            raise TypeError(f"{self.name}.{name} holds {self._columns[name].type}, not names")
        chunks = self._table.chunks(name)
        return chunks[0] if len(chunks) == 1 else np.concatenate(chunks), labels

    def to_numpy(self) -> dict[str, np.ndarray[Any, Any]]:
        """All columns by name, each as from `column`."""
        return {name: self.column(name) for name in self._columns}

    def to_arrow(self) -> pa.Table:
        """A pyarrow table that shares the memory.

        Raises:
            MissingExtraError: pyarrow is not installed.
        """
        arrow = need("pyarrow", extra="parquet", purpose="Table.to_arrow")
        table: pa.Table = arrow.table(self)
        return table

    def to_pandas(self) -> pd.DataFrame:
        """A pandas frame: places, items and labels as categories, times with time zone UTC.

        Raises:
            MissingExtraError: pandas or pyarrow is not installed.
        """
        need("pandas", extra="pandas", purpose="Table.to_pandas")
        frame: pd.DataFrame = self.to_arrow().to_pandas()
        return frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._table.__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        return self.num_rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __getitem__(self, name: str) -> np.ndarray[Any, Any]:
        return self.column(name)

    def __repr__(self) -> str:
        return f"<Table {self.name}: {self.num_rows} rows of {', '.join(self._columns)}>"
