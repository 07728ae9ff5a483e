"""The oracles by id: a scenario of the ordinary model each, and what it must give."""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tillstorm.errors import UserError
from tillstorm.packaged import SUFFIX
from tillstorm.scenario import Scenario

if TYPE_CHECKING:
    from collections.abc import Iterable


class OracleError(UserError, LookupError):
    """There is no oracle of that id."""


@dataclass(frozen=True)
class Quantity:
    """One figure of an oracle.

    Attributes:
        name: Symbol, such as `Wq`.
        meaning: What it is, in words.
        exact: Its value.
        unit: Unit; empty for a pure number.
        kpi: KPI that estimates it; empty if `harmonic` or `measure` does.
        scale: What the KPI is multiplied by to be in `unit`.
        harmonic: `at`, `peak` or `lag`: a figure of the daily wave, estimated by its first harmonic.
        hour: With `at`: hours after midnight.
        measure: What estimates it where no KPI does (`road_figures`).
        limit: Where the exact value is that of a limit: how far the model may be from it, as a share of it.
    """

    name: str
    meaning: str
    exact: float
    unit: str = ""
    kpi: str = ""
    scale: float = 1.0
    harmonic: str = ""
    hour: float = 0.0
    measure: str = ""
    limit: float = 0.0


@dataclass(frozen=True)
class Row:
    """An oracle: a system with exact figures, as a scenario.

    Attributes:
        id: Family and number, such as `MMC-2`.
        title: The system, in a line.
        quick_days: Days of a run of the quick check; those of the full one are in the scenario.
        quantities: What is exact.
        path: The scenario's file.
    """

    id: str
    title: str
    quick_days: int
    quantities: tuple[Quantity, ...]
    path: Path

    @property
    def family(self) -> str:
        """The id without its number."""
        return self.id.partition("-")[0]

    def scenario(self) -> Scenario:
        """The scenario, with the days of the full check."""
        return Scenario.load(self.path)


def folder() -> Path:
    """Where the oracles are: inside the installed package, or `tests/oracles` of a source tree."""
    package = Path(__file__).resolve().parent
    candidates = (package / "rows", package.parents[2] / "tests" / "oracles")
    for candidate in candidates:
        if (candidate / "expected.json").is_file():
            return candidate
    raise OracleError(f"the oracles are not installed: {candidates[0]} is missing")


def load_rows(root: Path | None = None) -> list[Row]:
    """All oracles, in the order of `expected.json`; `root` is where they lie if not in `folder()`."""
    root = folder() if root is None else root
    document = json.loads((root / "expected.json").read_text(encoding="utf-8"))
    return [_row(entry, root) for entry in document["rows"]]


def _row(entry: dict[str, Any], root: Path) -> Row:
    quantities = tuple(Quantity(**quantity) for quantity in entry["quantities"])
    return Row(entry["id"], entry["title"], entry["quick_days"], quantities, root / f"{entry['id']}{SUFFIX}")


def select(rows: Iterable[Row], ids: Iterable[str]) -> list[Row]:
    """The rows of these ids or families, in the rows' own order; all of them if there are no ids.

    Raises:
        OracleError: an id that is neither; the text names the nearest.
    """
    rows = list(rows)
    wanted = {text.upper() for text in ids}
    known = {row.id.upper() for row in rows} | {row.family.upper() for row in rows}
    for text in sorted(wanted - known):
        near = difflib.get_close_matches(text, sorted(known), n=1)
        hint = f"; did you mean {near[0]}?" if near else "."
        raise OracleError(f"there is no oracle `{text}`{hint} There are {', '.join(row.id for row in rows)}")
    return [row for row in rows if not wanted or wanted & {row.id.upper(), row.family.upper()}]
