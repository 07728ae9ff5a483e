"""Business exceptions of a run: problems that became somebody's work."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tillstorm._core import ExceptionEntry


@dataclass(frozen=True)
class ExceptionCount:
    """The exceptions of one type that one role had, as of one moment of a run.

    One by one, those that are closed are in `result.table("book.exceptions")`, the others in `book.open_exceptions`.

    Attributes:
        type: What kind of problem: `dead_letter`.
        role: Who had to deal with them: `it_support`.
        opened: How many there were.
        open: How many are still open at that moment.
        overdue: Of those that are open, how many are overdue, or have been since they were opened.
    """

    type: str
    role: str
    opened: int
    open: int
    overdue: int

    @classmethod
    def from_mapping(cls, entry: ExceptionEntry) -> ExceptionCount:
        """From what the core reports."""
        return cls(entry["type"], entry["role"], entry["opened"], entry["open"], entry["overdue"])

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)
