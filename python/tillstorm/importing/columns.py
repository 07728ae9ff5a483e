"""The columns that a reader hands over: each in the form in which its values can be checked once per distinct value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tillstorm.importing.problems import Problems

I32: TypeAlias = npt.NDArray[np.int32]
I64: TypeAlias = npt.NDArray[np.int64]
F64: TypeAlias = npt.NDArray[np.float64]
Mask: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Text:
    """Text, kept once per distinct value: row i holds `values[codes[i]]`, or nothing where the code is -1."""

    codes: I32
    values: list[str]

    def at(self, rows: npt.NDArray[np.intp]) -> list[str]:
        """What stands in these rows."""
        return [self.values[code] if code >= 0 else "" for code in self.codes[rows]]


@dataclass(frozen=True)
class Integers:
    """Whole numbers of a typed file."""

    values: I64
    empty: Mask

    def at(self, rows: npt.NDArray[np.intp]) -> list[str]:
        """What stands in these rows."""
        return [str(value) for value in self.values[rows]]


@dataclass(frozen=True)
class Floats:
    """Binary floating-point numbers of a typed file."""

    values: F64
    empty: Mask

    def at(self, rows: npt.NDArray[np.intp]) -> list[str]:
        """What stands in these rows."""
        return [repr(float(value)) for value in self.values[rows]]


@dataclass(frozen=True)
class Instants:
    """Times of a typed file [us since 1970-01-01T00:00]: of UTC if `zoned`, otherwise of some local clock."""

    values: I64
    empty: Mask
    zoned: bool

    def at(self, rows: npt.NDArray[np.intp]) -> list[str]:
        """What stands in these rows."""
        return [str(value) for value in self.values[rows].astype("datetime64[us]")]


Column: TypeAlias = Text | Integers | Floats | Instants


@dataclass(frozen=True)
class RawLog:
    """A log as it was read: the rows that could be taken apart into fields, and those that could not.

    Attributes:
        source: The file, for messages.
        row: Number of each row in `columns`; the first row of data is 1.
        columns: The mapped columns by name.
        unused: Columns of the log that the mapping does not name.
        blank: Rows in which no mapped field is filled in; counted, and no part of `rows`.
        unreadable: How many rows could not be taken apart; all are in `problems`.
        problems: Rows that cannot be imported; whoever finds one adds it.
    """

    source: str
    row: I64
    columns: dict[str, Column]
    unused: tuple[str, ...]
    blank: int
    unreadable: int
    problems: Problems = field(repr=False)

    @property
    def rows(self) -> int:
        """Rows of the log, readable or not; blank rows hold no row."""
        return len(self.row) + self.unreadable


def encode(values: Sequence[str]) -> Text:
    """Distinct values in order of first appearance; an empty one gets the code -1."""
    index: dict[str, int] = {"": -1}
    codes = np.fromiter((index.setdefault(value, len(index) - 1) for value in values), np.int32, len(values))
    del index[""]
    return Text(codes, list(index))


def recode(column: Text, change: Callable[[str], str]) -> Text:
    """The same rows with each distinct value changed; values that become equal share a code, empty ones get -1."""
    changed = encode([change(value) for value in column.values])
    table = np.append(changed.codes, np.int32(-1))
    return Text(table[column.codes].astype(np.int32), changed.values)


def join(columns: Sequence[Text]) -> Text:
    """One identity of several columns, written `a|b`; empty where any part is."""
    joined = columns[0]
    for column in columns[1:]:
        pair = joined.codes.astype(np.int64) * len(column.values) + column.codes
        pair[(joined.codes < 0) | (column.codes < 0)] = -1
        unique, codes = np.unique(pair, return_inverse=True)
        first, second = np.divmod(unique[unique >= 0], max(len(column.values), 1))
        values = [
            f"{joined.values[i]}|{column.values[k]}" for i, k in zip(first.tolist(), second.tolist(), strict=True)
        ]
        joined = Text((codes.reshape(-1) - (len(unique) - len(first))).astype(np.int32), values)
    return joined


def keep(column: Column, rows: npt.NDArray[np.intp]) -> Column:
    """Only these rows."""
    if isinstance(column, Text):
        return Text(column.codes[rows], column.values)
    if isinstance(column, Integers):
        return Integers(column.values[rows], column.empty[rows])
    if isinstance(column, Floats):
        return Floats(column.values[rows], column.empty[rows])
    return Instants(column.values[rows], column.empty[rows], column.zoned)


def is_empty(column: Column) -> Mask:
    """Where nothing stands."""
    return column.codes < 0 if isinstance(column, Text) else column.empty
