"""What the summary of a run says of its exceptions: how many, how many are open or late, and who has most of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from rich.text import Text

from tillstorm.cli import words

if TYPE_CHECKING:
    from tillstorm.result import Result

CLOSED, OPEN = "book.exceptions", "book.open_exceptions"
PEOPLE = {
    "store_manager": "store managers",
    "inventory_planner": "inventory planners",
    "finance_analyst": "finance analysts",
    "it_support": "IT support",
}


def text(result: Result) -> Text:
    """One line: `376 exceptions raised: none open, 59 closed late; IT support had most, 374`; empty if there were none.

    If some are open, it says how many of them are overdue, and whose most of them are.
    """
    counts = result.exceptions
    raised = sum(count.opened for count in counts)
    if not raised:
        return Text()
    still_open = sum(count.open for count in counts)
    overdue = sum(count.overdue for count in counts)
    late = closed_late(result)
    line = Text(f"{words.number_of(raised, 'exception')} raised: {_number(still_open)} open")
    if still_open:
        line.append(f", {_number(overdue)} overdue", style="yellow" if overdue else "")
    if late:
        line.append(f", {late:,} closed late", style="yellow")
    return line.append(f"; {_who_has_most(result)}")


def closed_late(result: Result) -> int:
    """How many were overdue before they were closed. One that was opened again has a row for each time."""
    if CLOSED not in result.tables:
        return 0
    closed = result.table(CLOSED)
    late = np.unique(closed["id"][closed["breached"] != 0])
    if OPEN in result.tables:
        late = np.setdiff1d(late, result.table(OPEN)["id"])
    return int(late.size)


def _number(number: int) -> str:
    return f"{number:,}" if number else "none"


def _who_has_most(result: Result) -> str:
    """Whose most of the open ones are; of all, if none is open."""
    some_open = any(count.open for count in result.exceptions)
    by_role: dict[str, int] = {}
    for count in result.exceptions:
        by_role[count.role] = by_role.get(count.role, 0) + (count.open if some_open else count.opened)
    role, most = max(by_role.items(), key=lambda each: each[1])
    people = PEOPLE.get(role, role.replace("_", " "))
    if most == sum(by_role.values()):
        return f"what is open is for {people}" if some_open else f"for {people}"
    if not some_open:
        return f"{people} had most, {most:,}"
    return f"most of what is open is for {people}, {most:,}"
