"""Money and quantities as exact whole numbers: text is never turned into a float on the way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from tillstorm.importing.columns import Floats, Instants, Integers, Text, is_empty

if TYPE_CHECKING:
    from collections.abc import Callable

    from tillstorm.importing.columns import F64, I64, Column, Mask
    from tillstorm.importing.problems import Problems

#: Beyond this a value overflows whatever it is; well inside int64, so that sums of columns are safe.
LIMIT: Final = 2**31
_NUMBER: Final = re.compile(r"([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?", re.ASCII)
_NON_FINITE: Final = re.compile(r"[+-]?(?:nan|inf|infinity)", re.IGNORECASE)


def parse_scaled(text: str, factor: int, decimal_mark: str = ".") -> int | str:
    """The decimal number `text` times `factor`, exactly.

    Args:
        text: Such as `12`, `-3.50`, `1e3`.
        factor: Units per one: 100 for cents.
        decimal_mark: `.` or `,`.

    Returns:
        The whole number, or the problem: `bad_number`, `non_finite`, `overflow`, or `inexact` where the product is not
        whole.
    """
    plain = text if decimal_mark == "." else text.replace(".", "?").replace(decimal_mark, ".")
    match = _NUMBER.fullmatch(plain)
    if match is None or not (match[2] or match[3]):
        return "non_finite" if _NON_FINITE.fullmatch(text) else "bad_number"
    sign, whole, fraction, exponent = match[1], match[2], (match[3] or "").rstrip("0"), int(match[4] or 0)
    digits = int(whole + fraction or "0") * factor
    shift = exponent - len(fraction)
    if digits == 0:
        return 0
    if shift >= 0:
        value = digits * int(10**shift)
    else:
        value, rest = divmod(digits, int(10**-shift))
        if rest:
            return "inexact"
    if value >= LIMIT:
        return "overflow"
    return -value if sign == "-" else value


class NumberReader:
    """Turns columns of numbers into whole numbers and notes the rows in which that fails.

    Attributes:
        rounded: How many floating-point values were not within a millionth of a whole minor unit and were rounded, half
            to even, by column.
    """

    def __init__(self, row: I64, problems: Problems, decimal_mark: str) -> None:
        self._row = row
        self._problems = problems
        self._decimal_mark = decimal_mark
        self.rounded: dict[str, int] = {}

    def read(self, name: str, column: Column, factor: int, inexact: str) -> I64:
        """The column times `factor`; 0 where there is a problem.

        Args:
            name: The column's name, for messages.
            column: The values.
            factor: Units per one.
            inexact: The class of a product that is not whole: `inexact_amount` or `inexact_quantity`.
        """
        self._note(name, column, is_empty(column), "empty_field")
        if isinstance(column, Text):
            return self._text(name, column, lambda text: parse_scaled(text, factor, self._decimal_mark), inexact)
        if isinstance(column, Instants):
            self._note(name, column, ~column.empty, "bad_number")
            return np.zeros(len(self._row), np.int64)
        if isinstance(column, Integers):
            most = LIMIT // factor
            too_big = (column.values >= most) | (column.values <= -most)
            self._note(name, column, too_big & ~column.empty, "overflow")
            return np.where(too_big | column.empty, 0, column.values) * factor
        return self._floats(name, column, factor, inexact)

    def _text(self, name: str, column: Text, parse: Callable[[str], int | str], inexact: str) -> I64:
        table = np.zeros(len(column.values) + 1, np.int64)
        wrong: dict[str, list[int]] = {}
        for code, text in enumerate(column.values):
            value = parse(text)
            if isinstance(value, str):
                wrong.setdefault(inexact if value == "inexact" else value, []).append(code)
            else:
                table[code] = value
        for kind, codes in wrong.items():
            self._note(name, column, np.isin(column.codes, codes), kind)
        return table[column.codes]

    def _floats(self, name: str, column: Floats, factor: int, inexact: str) -> I64:
        finite: F64 = np.where(np.isfinite(column.values) & ~column.empty, column.values, 0.0)
        self._note(name, column, ~np.isfinite(column.values) & ~column.empty, "non_finite")
        scaled = finite * factor
        too_big = np.abs(scaled) >= LIMIT
        self._note(name, column, too_big, "overflow")
        scaled[too_big] = 0
        whole = np.rint(scaled)
        off = np.abs(scaled - whole) > 1e-6
        if inexact == "inexact_quantity":
            self._note(name, column, off, inexact)
        elif off.any():
            self.rounded[name] = int(off.sum())
        return whole.astype(np.int64)

    def _note(self, name: str, column: Column, where: Mask, kind: str) -> None:
        if where.any():
            rows = np.flatnonzero(where)
            self._problems.add_all(self._row[rows], kind, name, column.at(rows))
