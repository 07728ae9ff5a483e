"""Rows that cannot be imported: which, why, and what was found there."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tillstorm.importing.columns import I64, Mask

#: Every class of problem and what was expected instead. The order is the order of reports.
KINDS: Final = {
    "malformed_row": "a row with one field for each column",
    "not_utf8": "UTF-8 text",
    "empty_field": "a value",
    "bad_number": "a number such as 12, -3.50 or 1e3, without currency sign or thousands separator",
    "non_finite": "a finite number",
    "overflow": "a number that fits in 32 bits of minor units or base units, and at most 1000 terminals of a store",
    "inexact_amount": "no more decimals than the currency has",
    "inexact_quantity": "a whole number of base units; quantity_scale says how many base units one logged unit has",
    "negative_quantity": "a quantity of 0 or more; a log's returns are no sales",
    "negative_amount": "an amount of 0 or more; a log's refunds are no sales",
    "negative_discount": "a discount of 0 or more; discount_sign says how the log writes it",
    "negative_tax": "a tax of 0 or more",
    "bad_time": "a time such as 2017-01-31T18:05:00 from 1970 to 2199",
    "impossible_time": "a time that exists: clocks skip it in spring in this time zone",
    "duplicate_basket": "a basket with one store, one terminal and one time",
    "out_of_order_time": "a time no earlier than that of the row before (of the store); order=any says that rows may "
    "come in any order",
    "broken_basket": "a basket without problems in its other rows: baskets are imported whole",
}


@dataclass(frozen=True)
class Problem:
    """One row that cannot be imported.

    Attributes:
        row: Number of the row in the log; the first row of data is 1.
        kind: A key of `KINDS`.
        column: The column it is about, if it is about one.
        found: What stands there, cut to a readable length.
    """

    row: int
    kind: str
    column: str
    found: str


class Problems:
    """The first problem of each row."""

    def __init__(self) -> None:
        self._first: dict[int, Problem] = {}

    def add(self, row: int, kind: str, column: str, found: str) -> None:
        """Note a problem, unless the row already has one."""
        if row not in self._first:
            shown = found if len(found) <= 80 else found[:77] + "..."
            self._first[row] = Problem(row, kind, column, shown)

    def add_all(self, rows: I64, kind: str, column: str, found: Iterable[str]) -> None:
        """Note the same kind of problem in several rows."""
        for row, text in zip(rows.tolist(), found, strict=True):
            self.add(row, kind, column, text)

    @property
    def rows(self) -> int:
        """Rows with a problem."""
        return len(self._first)

    def __iter__(self) -> Iterator[Problem]:
        return iter([self._first[row] for row in sorted(self._first)])

    def among(self, row: I64) -> Mask:
        """For each of these row numbers, whether it has a problem."""
        return np.isin(row, np.fromiter(self._first, np.int64, len(self._first)))

    def counts(self) -> dict[str, int]:
        """Rows by class, in the order of `KINDS`; classes without rows are left out."""
        counted = Counter(problem.kind for problem in self._first.values())
        return {kind: counted[kind] for kind in KINDS if counted[kind]}

    def describe(self, first: int = 5) -> list[str]:
        """For each class one line with its count, its first rows, what was found and what was expected."""
        lines = []
        by_kind: dict[str, list[Problem]] = {}
        for row in sorted(self._first):
            by_kind.setdefault(self._first[row].kind, []).append(self._first[row])
        for kind in KINDS:
            if kind not in by_kind:
                continue
            problems = by_kind[kind]
            numbers = ", ".join(str(problem.row) for problem in problems[:first])
            more = f" and {len(problems) - first:,} more" if len(problems) > first else ""
            word = "row" if len(problems) == 1 else "rows"
            where = f" in `{problems[0].column}`" if problems[0].column else ""
            lines.append(
                f"{kind}: {len(problems):,} {word} ({word} {numbers}{more}); found {problems[0].found!r}{where}, "
                f"expected {KINDS[kind]}"
            )
        return lines
