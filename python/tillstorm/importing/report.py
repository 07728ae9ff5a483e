"""What an import did: counts that add up, totals to the minor unit, and what was assumed."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from tillstorm.importing.columns import RawLog
    from tillstorm.importing.lines import Lines
    from tillstorm.importing.mapping import Mapping
    from tillstorm.importing.tickets import Tickets


@dataclass
class ImportReport:
    """What an import did.

    `rows` = `imported` + `quarantined`, and `quarantined` is the sum of `problems`; `lines` = `imported`.

    Attributes:
        source: The log.
        rows: Rows of the log; blank ones hold no row.
        imported: Rows that became lines of tickets.
        quarantined: Rows with a problem, all in quarantine.csv.
        blank: Rows with nothing in any mapped column.
        problems: Quarantined rows by class.
        tickets, lines, stores, items: What the trace holds.
        pairs: Pairs of store and item that occur.
        customers: Distinct customers, where the log has them.
        start, days: Span in local dates of the stores.
        currency, currency_exponent: In which the totals are.
        amount_minor, discount_minor, tax_minor: Totals.
        zero_amount_lines, zero_quantity_lines: Lines that moved no money, no goods.
        repeated_lines: Lines equal to an earlier line of their basket; kept.
        bulk_items: Items not sold in pieces, by the size of their quantities.
        unused_columns: Columns of the log that the mapping does not name.
        notes: What was assumed or changed.
        files: What was written.
    """

    source: str
    rows: int
    imported: int
    quarantined: int
    blank: int
    problems: dict[str, int]
    tickets: int = 0
    lines: int = 0
    stores: int = 0
    items: int = 0
    pairs: int = 0
    customers: int = 0
    start: str = ""
    days: int = 0
    currency: str = ""
    currency_exponent: int = 0
    amount_minor: int = 0
    discount_minor: int = 0
    tax_minor: int = 0
    zero_amount_lines: int = 0
    zero_quantity_lines: int = 0
    repeated_lines: int = 0
    bulk_items: int = 0
    unused_columns: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """As JSON values."""
        return asdict(self)

    def money(self, minor: int) -> str:
        """An amount with its decimals and currency."""
        unit = 10**self.currency_exponent
        decimals = f".{minor % unit:0{self.currency_exponent}d}" if self.currency_exponent else ""
        return f"{minor // unit:,}{decimals} {self.currency}"

    def text(self) -> str:
        """For a person."""
        amount, discount, tax = (self.money(v) for v in (self.amount_minor, self.discount_minor, self.tax_minor))
        customers = f", {_counted(self.customers, 'customer')}" if self.customers else ""
        rows = _counted(self.rows, "row")
        pairs = f"{_counted(self.pairs, 'pair')} of store and item"
        lines = [
            f"{self.source}: {rows} = {self.imported:,} imported + {self.quarantined:,} quarantined",
            f"  {_counted(self.tickets, 'ticket')}, {_counted(self.lines, 'line')}{customers}",
            f"  {_counted(self.stores, 'store')}, {_counted(self.items, 'item')}, {pairs}",
            f"  {_counted(self.days, 'day')} from {self.start}",
            f"  amount {amount}, discount {discount}, tax {tax}",
        ]
        lines += [f"  quarantined {count:,}: {kind}" for kind, count in self.problems.items()]
        lines += [f"  note: {note}" for note in self.notes]
        lines += [f"  wrote {name}" for name in self.files]
        return "\n".join(lines)


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" + ("" if number == 1 else "s")


def report_of(log: RawLog, lines: Lines, tickets: Tickets, mapping: Mapping, span: tuple[str, int]) -> ImportReport:
    """Count what was read and what was built."""
    trace = tickets.trace
    store = trace.ticket_store[trace.line_ticket].astype(np.int64)
    report = ImportReport(
        source=log.source,
        rows=log.rows,
        imported=len(lines),
        quarantined=log.problems.rows,
        blank=log.blank,
        problems=log.problems.counts(),
        tickets=trace.tickets,
        lines=trace.lines,
        stores=len(trace.store_ids),
        items=len(trace.item_ids),
        pairs=len(np.unique(store * len(trace.item_ids) + trace.line_item)),
        customers=len(np.unique(lines.customer.codes[lines.customer.codes >= 0])) if lines.customer else 0,
        start=span[0],
        days=span[1],
        currency=mapping.currency,
        currency_exponent=mapping.currency_exponent,
        amount_minor=int(trace.line_amount_minor.sum(dtype=np.int64)),
        discount_minor=int(trace.line_discount_minor.sum(dtype=np.int64)),
        tax_minor=int(trace.ticket_tax_minor.sum()),
        zero_amount_lines=int((trace.line_amount_minor == 0).sum()),
        zero_quantity_lines=int((trace.line_quantity == 0).sum()),
        bulk_items=tickets.units.bulk,
        unused_columns=list(log.unused),
        notes=list(lines.notes),
    )
    if tickets.names:
        example = next(iter(tickets.names.items()))
        report.notes.append(
            f"{_counted(len(tickets.names), 'name')} that cannot stand as ids, kept as names: {example[1]!r} has the "
            f"id {example[0]}."
        )
    _note_policies(report, mapping)
    return report


def _note_policies(report: ImportReport, mapping: Mapping) -> None:
    notes = report.notes
    if report.blank:
        notes.append(f"{_counted(report.blank, 'blank row')} without any mapped field; not counted as rows.")
    if report.zero_quantity_lines:
        notes.append(f"{_counted(report.zero_quantity_lines, 'line')} with quantity 0 kept: no stock moves.")
    if report.zero_amount_lines:
        notes.append(f"{_counted(report.zero_amount_lines, 'line')} with amount 0 kept: no money moves.")
    if report.bulk_items:
        notes.append(
            f"{_counted(report.bulk_items, 'item')} with a median quantity of {mapping.bulk_median} or more not sold "
            f"in pieces: {mapping.bulk_units} base units are one sales unit."
        )
    if not mapping.tax:
        notes.append("The log has no tax: none is charged.")
    notes.append(f"Costs are not in the log: list price less a margin of {mapping.margin_ppm / 10_000:g} %.")
    if report.unused_columns:
        notes.append(f"Columns not used: {', '.join(report.unused_columns)}.")
