"""The trace: a log's baskets as columns, in one `.npz` file that the core replays."""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from tillstorm.importing.errors import LogError

if TYPE_CHECKING:
    from pathlib import Path

FORMAT_VERSION: Final = 1
KEY: Final = "demand.trace"

I32: TypeAlias = npt.NDArray[np.int32]
I64: TypeAlias = npt.NDArray[np.int64]
U32: TypeAlias = npt.NDArray[np.uint32]
U64: TypeAlias = npt.NDArray[np.uint64]
Names: TypeAlias = npt.NDArray[np.str_]

_TYPES: Final = {
    "ticket_time_us": np.int64,
    "ticket_store": np.uint32,
    "ticket_terminal": np.uint32,
    "ticket_first_line": np.uint64,
    "ticket_tax_minor": np.int64,
    "line_item": np.uint32,
    "line_quantity": np.int32,
    "line_amount_minor": np.int32,
    "line_discount_minor": np.int32,
}

#: What reading a file that is no trace, or part of one, may raise.
_DAMAGE: Final = (
    OSError,
    ValueError,
    KeyError,
    EOFError,
    TypeError,
    AttributeError,
    NotImplementedError,
    RuntimeError,
    SyntaxError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


@dataclass(frozen=True)
class Trace:
    """Tickets of a log, ordered by time, then store, then basket.

    Attributes:
        ticket_time_us: When the ticket was closed [us UTC].
        ticket_store: Index into `store_ids`.
        ticket_terminal: Which till of the store, from 0.
        ticket_first_line: Lines of ticket i are [first[i], first[i + 1]); one entry more than there are tickets.
        ticket_tax_minor: Tax on top of the lines' amounts [minor units].
        line_item: Index into `item_ids`.
        line_quantity: What left the shelf [base units]; 0 for a line that moved money only, or nothing.
        line_amount_minor: Charged for the line, net of its discount, before tax [minor units].
        line_discount_minor: Given on the line [minor units].
        store_ids: Ids of the stores that occur, in ascending order.
        item_ids: Ids of the items that occur, in ascending order.
    """

    ticket_time_us: I64
    ticket_store: U32
    ticket_terminal: U32
    ticket_first_line: U64
    ticket_tax_minor: I64
    line_item: U32
    line_quantity: I32
    line_amount_minor: I32
    line_discount_minor: I32
    store_ids: Names
    item_ids: Names

    @property
    def tickets(self) -> int:
        """How many tickets."""
        return len(self.ticket_time_us)

    @property
    def lines(self) -> int:
        """How many lines."""
        return len(self.line_item)

    @property
    def line_ticket(self) -> I64:
        """The ticket of each line."""
        first = self.ticket_first_line.astype(np.int64)
        return np.repeat(np.arange(self.tickets, dtype=np.int64), first[1:] - first[:-1])

    def check(self) -> None:
        """Make sure that the columns fit together.

        Raises:
            LogError: they do not; the message says which and where.
        """
        for name, kind in _TYPES.items():
            column = getattr(self, name)
            if column.dtype != kind or column.ndim != 1:
                raise LogError(f"trace: `{name}` is {column.dtype} with {column.ndim} axes, expected {np.dtype(kind)}")
        first = self.ticket_first_line
        _hold(len(first) == self.tickets + 1, "ticket_first_line", "one entry more than there are tickets")
        for name in ("ticket_store", "ticket_terminal", "ticket_tax_minor"):
            _hold(len(getattr(self, name)) == self.tickets, name, "one entry for each ticket")
        for name in ("line_quantity", "line_amount_minor", "line_discount_minor"):
            _hold(len(getattr(self, name)) == self.lines, name, "one entry for each line")
        _hold(first[0] == 0 and first[-1] == self.lines, "ticket_first_line", "entries from 0 to the number of lines")
        _hold(bool(np.all(first[1:] > first[:-1])), "ticket_first_line", "rising entries: each ticket has a line")
        _hold(bool(np.all(np.diff(self.ticket_time_us) >= 0)), "ticket_time_us", "times in ascending order")
        _hold(_below(self.ticket_store, len(self.store_ids)), "ticket_store", "indices into store_ids")
        _hold(_below(self.line_item, len(self.item_ids)), "line_item", "indices into item_ids")
        _hold(_below(self.ticket_terminal, 1000), "ticket_terminal", "numbers below 1000")
        for name in ("ticket_tax_minor", "line_quantity", "line_amount_minor", "line_discount_minor"):
            _hold(bool(np.all(getattr(self, name) >= 0)), name, "no negative entries")
        for name in ("store_ids", "item_ids"):
            ids = getattr(self, name)
            _hold(ids.dtype.kind == "U" and bool(np.all(ids[1:] > ids[:-1])), name, "text, each once, in order")

    def save(self, path: Path) -> None:
        """Write the trace, uncompressed, the same bytes for the same trace."""
        columns = {field.name: getattr(self, field.name) for field in fields(self)}
        with path.open("wb") as file:
            np.savez(file, format_version=np.int64(FORMAT_VERSION), **columns)


def load_trace(path: Path) -> Trace:
    """Read a trace that `tillstorm import` wrote.

    Raises:
        LogError: the file is missing, damaged, of another version, or its columns do not fit together.
    """
    names = [field.name for field in fields(Trace)]
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            version = int(file["format_version"])
            columns = {name: np.ascontiguousarray(file[name]) for name in names} if version == FORMAT_VERSION else {}
    except FileNotFoundError as error:
        raise LogError(f"{KEY}: {path}: no such file; `tillstorm import` writes it beside the scenario") from error
    except _DAMAGE as error:  # what numpy says of it speaks to programmers
        raise LogError(f"{KEY}: {path} is not a trace, or a damaged one; import the log again") from error
    if version != FORMAT_VERSION:
        raise LogError(f"{KEY}: {path} has format {version}, expected {FORMAT_VERSION}; import the log again")
    trace = Trace(**columns)
    try:
        trace.check()
    except LogError as error:
        raise LogError(f"{KEY}: {path}: {error}") from error
    return trace


def _below(values: U32, limit: int) -> bool:
    return len(values) == 0 or int(values.max()) < limit


def _hold(holds: bool, name: str, expected: str) -> None:  # noqa: FBT001 - reads as an assertion
    if not holds:
        raise LogError(f"trace: `{name}` does not fit; expected {expected}. Import the log again.")
