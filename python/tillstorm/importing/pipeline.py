"""From a log to a trace scenario."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from tillstorm._compiled import core
from tillstorm.errors import ScenarioError
from tillstorm.importing.baskets import check_baskets, check_order, check_terminals, complete_baskets, count_repeats
from tillstorm.importing.errors import LogError, nearest
from tillstorm.importing.files import read_log
from tillstorm.importing.lines import LineReader, Lines
from tillstorm.importing.problems import KINDS, Problems
from tillstorm.importing.report import ImportReport, report_of
from tillstorm.importing.scenario_file import span_of, text_of, trace_scenario
from tillstorm.importing.tickets import Tickets, build
from tillstorm.scenario import Scenario

if TYPE_CHECKING:
    from tillstorm.importing.columns import RawLog
    from tillstorm.importing.mapping import Mapping

ON_ERROR: Final = ("refuse", "quarantine")
QUARANTINE: Final = "quarantine.csv"
_QUARANTINE_COLUMNS: Final = ("row", "reason", "column", "found", "expected")


class RefusedError(LogError):
    """Rows of the log cannot be imported; `problems` has them all."""

    def __init__(self, message: str, problems: Problems) -> None:
        super().__init__(message)
        self.problems = problems


def read_lines(path: Path, mapping: Mapping, *, form: str | None, on_error: str) -> tuple[RawLog, Lines]:
    """The log's good rows; with `quarantine` the others are in the log's problems.

    Raises:
        LogError: the log as a whole cannot be used.
        RefusedError: it has rows that cannot be imported, and they are not to be quarantined.
    """
    _check_zone(mapping)
    log = read_log(path, mapping, form)
    if log.rows == 0:
        raise LogError(f"log {path}: 0 rows below the header; expected at least one")
    lines = LineReader(log, mapping).read()
    check_baskets(lines, mapping, log.problems)
    check_order(lines, mapping, log.problems)
    check_terminals(lines, log.problems)
    if log.problems.rows and on_error == "refuse":
        raise RefusedError(_refusal(log), log.problems)
    complete_baskets(lines, mapping, log.problems)
    return log, lines.select(~log.problems.among(lines.row))


def import_log(
    path: Path,
    mapping: Mapping,
    out: Path,
    *,
    name: str = "",
    description: str = "",
    form: str | None = None,
    on_error: str = "refuse",
    replenished: bool = True,
) -> tuple[ImportReport, Tickets]:
    """Turn a transaction log into a trace scenario.

    Writes NAME.scenario.json, NAME.trace.npz and NAME.import.json into `out`, and quarantine.csv if rows were
    quarantined; a quarantine.csv of an earlier import goes.

    Args:
        path: The log: CSV, Parquet or NDJSON.
        mapping: Which column means what.
        out: Folder to write to; made if it is not there.
        name: Name of the scenario; by default the log's file name.
        description: What the scenario says of itself.
        form: `csv`, `parquet` or `ndjson`; by default the file's name decides.
        on_error: `refuse` a log with problems, or `quarantine` the rows that have one.
        replenished: Whether the simulated DC refills the stores.

    Raises:
        LogError: the log or the mapping cannot be used, or would make a scenario that cannot be run.
        RefusedError: rows cannot be imported.
    """
    label = name or re.sub(r"[^A-Za-z0-9_-]+", "_", path.stem).strip("_") or "log"
    log, lines = read_lines(path, mapping, form=form, on_error=on_error)
    if len(lines) == 0:
        _write_quarantine(log, out)
        raise RefusedError(f"log {path}: no row is left to import\n" + _listing(log), log.problems)
    tickets = build(lines, mapping)
    tickets.trace.check()
    start, days = span_of(tickets.trace, mapping)
    _check_days(days, path, lines)
    report = report_of(log, lines, tickets, mapping, (start.isoformat(), days))
    report.repeated_lines = count_repeats(lines)
    if report.repeated_lines:
        report.notes.append(f"Lines equal to an earlier line of their basket, kept: {report.repeated_lines:,}.")
    text = description or f"Baskets of the log {path.name}, replayed as facts."
    out.mkdir(parents=True, exist_ok=True)
    document = trace_scenario(label, text, tickets, mapping, replenished=replenished)
    tickets.trace.save(out / f"{label}.trace.npz")
    _write_scenario(text_of(document), out / f"{label}.scenario.json", out / f"{label}.trace.npz")
    report.files = [f"{label}.scenario.json", f"{label}.trace.npz", f"{label}.import.json"]
    if log.problems.rows:
        _write_quarantine(log, out)
        report.files.append(QUARANTINE)
    else:
        _remove_quarantine(out)
    (out / f"{label}.import.json").write_text(json.dumps(report.to_dict(), indent=2) + "\n", encoding="utf-8")
    return report, tickets


def _check_zone(mapping: Mapping) -> None:
    known = core.time_zones()
    if mapping.stores_zone not in known:
        raise LogError(
            f"mapping: unknown time zone {mapping.stores_zone!r} for the stores{nearest(mapping.stores_zone, known)} "
            "`chain_time_zone` may name another zone than that in which the log is written."
        )


def _check_days(days: int, path: Path, lines: Lines) -> None:
    most = int(Scenario.schema()["properties"]["days"]["maximum"])
    if days <= most:
        return
    first, last = int(lines.time_us.argmin()), int(lines.time_us.argmax())
    when = [str(np.datetime64(int(lines.time_us[i]), "us").astype("datetime64[D]")) for i in (first, last)]
    raise LogError(
        f"log {path}: {days:,} days from row {lines.row[first]} ({when[0]}) to row {lines.row[last]} ({when[1]}); a"
        f" scenario has at most {most:,} days. Nothing was written. Correct the times of these rows, or import a part"
        " of the log."
    )


def _write_scenario(text: str, path: Path, trace: Path) -> None:
    """Writes the scenario if it can be run; else takes its trace away again."""
    try:
        Scenario.from_json(text, folder=path.parent, name=str(path)).validate()
    except ScenarioError as error:
        trace.unlink()
        raise LogError(f"the log would make a scenario that cannot be run; nothing was written\n{error}") from error
    path.write_text(text, encoding="utf-8")


def _remove_quarantine(out: Path) -> None:
    """Takes away what an earlier import has written; another file of that name stays."""
    earlier = out / QUARANTINE
    if earlier.is_file():
        with earlier.open(encoding="utf-8", errors="replace") as file:
            ours = file.readline().rstrip("\n") == ",".join(_QUARANTINE_COLUMNS)
        if ours:
            earlier.unlink()


def _write_quarantine(log: RawLog, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    with (out / QUARANTINE).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_QUARANTINE_COLUMNS)
        for problem in log.problems:
            writer.writerow([problem.row, problem.kind, problem.column, problem.found, KINDS[problem.kind]])


def _listing(log: RawLog) -> str:
    return "\n".join(f"  {line}" for line in log.problems.describe())


def _refusal(log: RawLog) -> str:
    return (
        f"log {log.source}: {log.problems.rows:,} of {log.rows:,} rows cannot be imported (the first row of data is "
        f"row 1)\n{_listing(log)}\nNothing was written. Correct the log or the mapping, or import the other rows with "
        "--on-error quarantine."
    )
