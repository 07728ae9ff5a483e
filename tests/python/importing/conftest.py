from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from tillstorm.importing import ImportReport, Mapping, Trace, import_log, load_trace

if TYPE_CHECKING:
    from pathlib import Path

HEADER = ("shop", "till", "receipt", "sold_at", "sku", "units", "paid", "saved", "vat")
MAPPING = {
    "store": "shop",
    "terminal": "till",
    "basket": "receipt",
    "time": "sold_at",
    "item": "sku",
    "quantity": "units",
    "amount": "paid",
    "discount": "saved",
    "tax": "vat",
}
#: Four baskets of two stores: rows 1-2, 3, 4-5 and 6 of the log.
ROWS = (
    ("S1", "1", "r1", "2026-11-23T09:00:00", "apple", "2", "1.98", "0.02", "0.15"),
    ("S1", "1", "r1", "2026-11-23T09:00:00", "bread", "1", "2.50", "0", "0.19"),
    ("S2", "1", "r2", "2026-11-23T09:05:00", "apple", "1", "1.00", "0", "0.08"),
    ("S1", "2", "r3", "2026-11-23T10:00:00", "milk", "3", "2.97", "0.30", "0.22"),
    ("S1", "2", "r3", "2026-11-23T10:00:00", "apple", "1", "1.00", "0", "0.08"),
    ("S2", "1", "r4", "2026-11-24T09:00:00", "bread", "2", "5.00", "0", "0.38"),
)


class Log:
    """A log under construction, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows: list[list[str]] = [list(row) for row in ROWS]
        self.mapping: dict[str, Any] = dict(MAPPING)

    def set(self, row: int, column: str, value: str) -> Log:
        self.rows[row - 1][HEADER.index(column)] = value
        return self

    def write_csv(self) -> Path:
        path = self.folder / "log.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([HEADER, *self.rows])
        return path

    def run(self, on_error: str = "refuse", path: Path | None = None, **options: Any) -> tuple[ImportReport, Trace]:
        mapping = Mapping.from_dict(self.mapping)
        report, _ = import_log(
            path or self.write_csv(), mapping, self.folder / "out", name="log", on_error=on_error, **options
        )
        return report, load_trace(self.folder / "out" / "log.trace.npz")

    def quarantine(self) -> list[dict[str, str]]:
        with (self.folder / "out" / "quarantine.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


class Described(Protocol):
    def __call__(self, trace: Trace) -> list[Any]: ...


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path)


@pytest.fixture
def tickets() -> Described:
    """A trace as plain values: (time, store, terminal, tax, [(item, quantity, amount, discount), ...])."""

    def describe(trace: Trace) -> list[Any]:
        result = []
        for i in range(trace.tickets):
            lines = range(int(trace.ticket_first_line[i]), int(trace.ticket_first_line[i + 1]))
            result.append(
                (
                    str(trace.ticket_time_us[i].astype("datetime64[us]").astype("datetime64[s]")),
                    str(trace.store_ids[trace.ticket_store[i]]),
                    int(trace.ticket_terminal[i]),
                    int(trace.ticket_tax_minor[i]),
                    [
                        (
                            str(trace.item_ids[trace.line_item[k]]),
                            int(trace.line_quantity[k]),
                            int(trace.line_amount_minor[k]),
                            int(trace.line_discount_minor[k]),
                        )
                        for k in lines
                    ],
                )
            )
        return result

    return describe
