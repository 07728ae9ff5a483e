"""The rows of a log by role: who, where, when, what, how much, for how much."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from tillstorm.importing.columns import Floats, Instants, Text, is_empty, join
from tillstorm.importing.errors import LogError
from tillstorm.importing.numbers import LIMIT, NumberReader
from tillstorm.importing.times import place_in_day, read_times

if TYPE_CHECKING:
    import numpy.typing as npt

    from tillstorm.importing.columns import I64, Column, Mask, RawLog
    from tillstorm.importing.mapping import Mapping


@dataclass(frozen=True)
class Lines:
    """One entry for each readable row of the log, in the order of the log.

    Attributes:
        row: Number of the row in the log.
        store, terminal, basket, item: Identities.
        customer: Identity, where the log has one.
        time_us: UTC [us].
        quantity: How much, in units of 1 / quantity_scale of a logged unit.
        amount, discount, tax: Minor units.
        notes: What was assumed or changed, for the summary.
    """

    row: I64
    store: Text
    terminal: Text
    basket: Text
    item: Text
    customer: Text | None
    time_us: I64
    quantity: I64
    amount: I64
    discount: I64
    tax: I64
    notes: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.row)

    def select(self, where: Mask) -> Lines:
        """Only the rows where the mask holds."""
        rows = np.flatnonzero(where)

        def text(column: Text) -> Text:
            return Text(column.codes[rows], column.values)

        return replace(
            self,
            row=self.row[rows],
            store=text(self.store),
            terminal=text(self.terminal),
            basket=text(self.basket),
            item=text(self.item),
            customer=text(self.customer) if self.customer else None,
            time_us=self.time_us[rows],
            quantity=self.quantity[rows],
            amount=self.amount[rows],
            discount=self.discount[rows],
            tax=self.tax[rows],
        )


class LineReader:
    """Reads a log's columns by role; every row that does not fit is noted in the log's problems."""

    def __init__(self, log: RawLog, mapping: Mapping) -> None:
        self._log = log
        self._mapping = mapping
        self._numbers = NumberReader(log.row, log.problems, mapping.decimal_mark)
        self._notes: list[str] = []

    def read(self) -> Lines:
        """All roles.

        Raises:
            LogError: a column whose type cannot serve its role, or an unknown time zone.
        """
        rows = len(self._log.row)
        store = self._identity("store", self._mapping.default_store)
        quantity = self._quantity()
        amount = self._money("amount")
        discount = self._money("discount")
        tax = self._money("tax")
        basket = self._identity("basket", "")
        if not self._mapping.basket:
            self._notes.append("The log names no baskets: each row is a basket of its own.")
            basket = Text(np.arange(rows, dtype=np.int32), [f"row {number}" for number in self._log.row.tolist()])
        customer = self._identity("customer", "", optional=True) if self._mapping.customer else None
        time_us = self._time(store)
        self._note_rounding()
        return Lines(
            row=self._log.row,
            store=store,
            terminal=self._identity("terminal", "1"),
            basket=basket,
            item=self._identity("item", self._mapping.default_item),
            customer=customer,
            time_us=time_us,
            quantity=quantity,
            amount=amount,
            discount=discount,
            tax=tax,
            notes=self._notes,
        )

    def _identity(self, role: str, default: str, *, optional: bool = False) -> Text:
        names = self._mapping.columns_of(role)
        if not names:
            return Text(np.zeros(len(self._log.row), np.int32), [default])
        columns = [_as_text(name, self._log.columns[name]) for name in names]
        if not optional:
            for name, column in zip(names, columns, strict=True):
                self._note(name, column, is_empty(column), "empty_field")
        return join(columns)

    def _quantity(self) -> I64:
        names = self._mapping.quantity
        scale = self._mapping.quantity_scale
        if not names:
            self._notes.append("The log has no quantities: each row is one unit.")
            return np.full(len(self._log.row), scale, np.int64)
        total = sum(self._numbers.read(name, self._log.columns[name], scale, "inexact_quantity") for name in names)
        quantity = np.asarray(total, np.int64)
        self._check(names, quantity, quantity < 0, "negative_quantity", scale)
        self._check(names, quantity, quantity >= LIMIT, "overflow", scale)
        return quantity

    def _money(self, role: str) -> I64:
        names = self._mapping.columns_of(role)
        if not names:
            return np.zeros(len(self._log.row), np.int64)
        factor = 10**self._mapping.currency_exponent
        total = sum(self._numbers.read(name, self._log.columns[name], factor, "inexact_amount") for name in names)
        minor = np.asarray(total, np.int64)
        if role == "discount" and self._mapping.discount_sign == "negative":
            minor = -minor
        self._check(names, minor, minor < 0, f"negative_{role}", factor)
        self._check(names, minor, minor >= LIMIT, "overflow", factor)
        return minor

    def _time(self, store: Text) -> I64:
        names = self._mapping.time
        if len(names) == 1:
            name, column = names[0], self._log.columns[names[0]]
        else:  # A date and a time of day in two columns.
            name = "+".join(names)
            joined = join([_as_text(part, self._log.columns[part]) for part in names])
            column = Text(joined.codes, [value.replace("|", "T") for value in joined.values])
        times = read_times(name, column, self._log.row, self._mapping, self._log.problems)
        utc = times.utc_us
        if times.twice:
            self._notes.append(
                f"Rows with a local time that occurs twice in autumn, taken as the first: {times.twice:,}."
            )
        dated = np.flatnonzero(times.dates >= 0)
        if len(dated):
            local = place_in_day(times.dates[dated], store.codes[dated].astype(np.int64), self._mapping.time_of_day)
            converted, skipped, _ = times.zone.to_utc(local)
            utc[dated] = converted
            self._notes.append(
                f"Rows with a date and no time: {len(dated):,}, put at {self._mapping.time_of_day} "
                f"({self._mapping.time_zone}). Times within the day are made up."
            )
            if skipped.any():
                raise LogError("mapping: `time_of_day` falls into an hour that clocks skip on a date of the log")
        return utc

    def _check(self, names: tuple[str, ...], value: I64, where: Mask, kind: str, factor: int) -> None:
        rows = np.flatnonzero(where)
        found = [_decimal(number, factor) for number in value[rows].tolist()]
        self._log.problems.add_all(self._log.row[rows], kind, "+".join(names), found)
        value[rows] = 0

    def _note(self, name: str, column: Column, where: Mask, kind: str) -> None:
        rows: npt.NDArray[np.intp] = np.flatnonzero(where)
        self._log.problems.add_all(self._log.row[rows], kind, name, column.at(rows))

    def _note_rounding(self) -> None:
        floats = [name for role in ("amount", "discount", "tax") for name in self._mapping.columns_of(role)]
        floats = [name for name in floats if isinstance(self._log.columns[name], Floats)]
        if floats:
            changed = sum(self._numbers.rounded.get(name, 0) for name in floats)
            self._notes.append(
                f"{', '.join(floats)}: binary floating point, rounded half to even to whole minor units; {changed:,} "
                "values were further than a millionth from one."
            )


def _as_text(name: str, column: Column) -> Text:
    """An identity is its text; 330 and 330.0 are the same."""
    if isinstance(column, Text):
        return column
    if isinstance(column, Instants):
        values = column.values.astype("datetime64[us]").astype("datetime64[s]")
        distinct, codes = np.unique(values, return_inverse=True)
        text = [str(value) for value in distinct]
    else:
        plain = column.values
        if isinstance(column, Floats):
            finite = plain[~column.empty]
            if not np.all(np.isfinite(finite)) or np.any(finite != np.floor(finite)) or np.any(np.abs(finite) >= 2**53):
                raise LogError(f"column `{name}` holds fractions; expected whole numbers or text as an identity")
            plain = np.where(column.empty, 0, plain).astype(np.int64)
        distinct_numbers, codes = np.unique(plain, return_inverse=True)
        text = [str(value) for value in distinct_numbers.tolist()]
    coded = codes.reshape(-1).astype(np.int32)
    coded[column.empty] = -1
    return Text(coded, text)


def _decimal(value: int, factor: int) -> str:
    decimals = len(str(factor)) - 1
    if factor != 10**decimals or decimals == 0:
        return str(value)
    sign, digits = ("-" if value < 0 else ""), str(abs(value)).rjust(decimals + 1, "0")
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}"
