"""What a run has shown."""

from __future__ import annotations

import difflib
import json
from typing import TYPE_CHECKING, Any

from tillstorm import replaying, saving
from tillstorm._compiled import core
from tillstorm.coverage import Coverage
from tillstorm.exceptions import ExceptionCount
from tillstorm.expectations import in_short, judge
from tillstorm.faults import FaultOutcome
from tillstorm.kpis import Kpis
from tillstorm.moments import MICROSECOND, to_datetime
from tillstorm.table import Table
from tillstorm.violations import Violation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime, timedelta
    from os import PathLike
    from pathlib import Path

    from tillstorm.expectations import Verdict
    from tillstorm.scenario import Scenario

REPLAY_MARGIN_US = 60_000_000


def _lines_of(trail: core.TrailEntry) -> tuple[str, ...]:
    left_out = trail["left_out"]
    return (*trail["lines"], *([f"... and {left_out:,} more lines, which are not kept"] if left_out else []))


class Result:
    """The figures, broken promises and tables of a run, as of one simulated moment."""

    def __init__(
        self,
        scenario: Scenario,
        seed: int,
        simulation: core.Simulation,
        *,
        promises: bool = True,
        mutant: str | None = None,
    ) -> None:
        """Reads out a simulation of the core, which checked its promises or not.

        Users get theirs from `run` or `Simulation.result`.
        """
        reported = simulation.result()
        zone = scenario.time_zone
        self._scenario = scenario
        self._seed = seed
        self._mutant = mutant
        self._partial: bool = reported["partial"]
        self._reached = to_datetime(reported["reached_us"], zone)
        self._digest: str = reported["digest"]
        self._kpis = Kpis(reported["kpis"])
        self._violations = tuple(
            Violation.from_mapping(entry, zone, self._replay(entry["at_us"], simulation.end_us, entry["explain"]))
            for entry in reported["violations"]
        )
        self._violations_counted: int = reported["violations_counted"]
        self._violations_by_promise: dict[str, int] = dict(reported["violations_by_promise"])
        self._no_witness: str = reported["no_witness"]
        self._traces = {trail["explain"]: _lines_of(trail) for trail in reported["trails"]}
        self._coverage = Coverage(reported["coverage"])
        self._counters: dict[str, int] = dict(reported["counters"])
        self._exceptions = tuple(ExceptionCount.from_mapping(entry) for entry in reported["exceptions"])
        self._faults = tuple(FaultOutcome.from_mapping(entry, zone) for entry in reported["faults"])
        self._healed_us: int | None = reported["healed_us"]
        self._converged_us: int | None = reported["converged_us"]
        self._not_converged: tuple[str, ...] = tuple(reported["not_converged"])
        self._stuck: tuple[str, ...] = tuple(reported["stuck"])
        self._tables = {name: Table(simulation.table(name)) for name in simulation.table_names()}
        self._verdicts = judge(self, promises=promises)

    def _replay(self, at_us: int, end_us: int, explain: str = "") -> str:
        """The command that runs far enough to show something again; to the end, if it was only seen there."""
        after = to_datetime(at_us + REPLAY_MARGIN_US, self._scenario.time_zone) if at_us < end_us else None
        return replaying.command(self._scenario, self._seed, self._mutant, until=after, explain=explain)

    @property
    def ok(self) -> bool:
        """Whether every promise was kept and every expectation met: all of `verdicts` passed."""
        return all(verdict.passed for verdict in self._verdicts)

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """Each promise and each expectation of the scenario, passed or failed; of a partial run, the promises."""
        return self._verdicts

    @property
    def failures(self) -> tuple[Verdict, ...]:
        """The verdicts that failed."""
        return tuple(verdict for verdict in self._verdicts if not verdict.passed)

    @property
    def coverage(self) -> Coverage:
        """How often each outcome of each integration rule happened."""
        return self._coverage

    @property
    def exceptions(self) -> tuple[ExceptionCount, ...]:
        """Problems that became somebody's work, by type and role."""
        return self._exceptions

    @property
    def violations(self) -> tuple[Violation, ...]:
        """The broken promises in the order in which they were seen; the first ones, if there are very many."""
        return self._violations

    @property
    def violations_counted(self) -> int:
        """How often promises were broken, including those that `violations` leaves out."""
        return self._violations_counted

    @property
    def violations_by_promise(self) -> Mapping[str, int]:
        """How often each promise was broken; a promise that is not here was kept."""
        return dict(self._violations_by_promise)

    @property
    def not_judged(self) -> Mapping[str, int]:
        """How often each promise was broken that `expect` does not speak of: seen, but no failure of the run."""
        judged = {verdict.name.removeprefix("broken.") for verdict in self._verdicts}
        return {name: times for name, times in self._violations_by_promise.items() if name not in judged}

    @property
    def no_witness(self) -> str:
        """Why the violations come without a witness; empty if the first ones have it."""
        return self._no_witness

    @property
    def traces(self) -> Mapping[str, Sequence[str]]:
        """The stories asked for with `explain`, by their filter: a line for each step, with its local time."""
        return dict(self._traces)

    @property
    def mutant(self) -> str | None:
        """The rule that was broken on purpose, by the name of its mutant."""
        return self._mutant

    @property
    def faults(self) -> tuple[FaultOutcome, ...]:
        """What each fault of the scenario did so far, in the scenario's order."""
        return self._faults

    @property
    def inert_faults(self) -> tuple[FaultOutcome, ...]:
        """The faults that had no effect at all; empty while the run is partial, since they may still come."""
        return () if self._partial else tuple(fault for fault in self._faults if fault.inert)

    @property
    def converged_after(self) -> timedelta | None:
        """How long after the end of the last fault the books of every place equalled the truth again.

        Simulated time from that end to the first moment at which everything that each place has handed over is posted,
        and its books show what was handed over. None without faults, and if some place has not come that far (see
        `not_converged`).
        """
        if self._converged_us is None or self._healed_us is None:
            return None
        return (self._converged_us - self._healed_us) * MICROSECOND

    @property
    def not_converged(self) -> tuple[str, ...]:
        """Places whose books have not equalled the truth since the last fault ended; empty without faults."""
        return self._not_converged

    @property
    def stuck(self) -> tuple[str, ...]:
        """What a finished run has left pending: a sentence each with the place, how much, since when and why."""
        return self._stuck

    @property
    def kpis(self) -> Kpis:
        """The figures by name; `kpis.not_filled` says which known ones have no value, and why."""
        return self._kpis

    @property
    def digest(self) -> str:
        """128-bit hash of all facts of the run in order: equal digest means equal run."""
        return self._digest

    @property
    def counters(self) -> Mapping[str, int]:
        """How much was done: events, tickets, lines, pending messages, bytes of state, pairs of store and item."""
        return dict(self._counters)

    @property
    def partial(self) -> bool:
        """Whether the run was stopped before its end; figures are then of what was reached."""
        return self._partial

    @property
    def reached(self) -> datetime:
        """Simulated moment reached, on the chain's clock."""
        return self._reached

    @property
    def scenario(self) -> Scenario:
        """What was simulated."""
        return self._scenario

    @property
    def seed(self) -> int:
        """Seed of the run."""
        return self._seed

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables that the run has written."""
        return tuple(self._tables)

    def table(self, name: str) -> Table:
        """A table by name.

        Raises:
            KeyError: there is no such table, or the run has not written it; the text says which, and how to ask for it.
        """
        if name in self._tables:
            return self._tables[name]
        wrote = f"this run wrote {', '.join(self._tables) or 'none'}"
        known = [entry["name"] for entry in core.describe_tables()]
        if name in known:
            raise KeyError(
                f"this run has not written `{name}`: drill-down tables are asked for by record.tables in the scenario;"
                f" {wrote}"
            )
        near = difflib.get_close_matches(str(name), known, n=1)
        hint = f"; did you mean `{near[0]}`?" if near else f"; there is {', '.join(known)}."
        raise KeyError(f"there is no table `{name}`{hint} {wrote[0].upper()}{wrote[1:]}")

    def save(self, folder: str | PathLike[str], tables: Iterable[str] | None = None) -> Path:
        """Writes `summary.json` and one Parquet file for each table; returns the folder.

        Args:
            folder: Made if it does not exist. Files of an earlier result in it are replaced, or removed.
            tables: Which tables; None means all that the run has written.

        Raises:
            MissingExtraError: tables are to be written and pyarrow is not installed.
            KeyError: the run has not written one of `tables`.
        """
        return saving.save(self, folder, self.tables if tables is None else tuple(tables))

    def to_dict(self) -> dict[str, Any]:
        """Everything but the tables as plain values, as `summary.json` and `tillstorm run --json` show it."""
        return {
            "scenario": self._scenario.name,
            "seed": self._seed,
            "ok": self.ok,
            "partial": self._partial,
            "reached": self._reached.isoformat(),
            "digest": self._digest,
            "kpis": self._kpis.to_dict(),
            "kpi_info": {name: kpi.to_dict() for name, kpi in self._kpis.items()},
            "kpis_not_filled": dict(self._kpis.not_filled),
            "violations": [violation.to_dict() for violation in self._violations],
            "violations_counted": self._violations_counted,
            "violations_by_promise": dict(self._violations_by_promise),
            "not_judged": dict(self.not_judged),
            "traces": {name: list(lines) for name, lines in self._traces.items()},
            "mutant": self._mutant,
            "exceptions": [each.to_dict() for each in self._exceptions],
            "faults": [fault.to_dict() for fault in self._faults],
            "converged_after_s": None if (after := self.converged_after) is None else after.total_seconds(),
            "not_converged": list(self._not_converged),
            "stuck": list(self._stuck),
            "expectations": [verdict.to_dict() for verdict in self._verdicts],
            "coverage": self._coverage.to_dict(),
            "counters": dict(self._counters),
            "tables": {name: table.num_rows for name, table in self._tables.items()},
        }

    def to_json(self) -> str:
        """`to_dict` as JSON text."""
        return json.dumps(self.to_dict(), indent=2, ensure_ascii=False)

    def __repr__(self) -> str:
        part = f", partial until {self._reached:%Y-%m-%dT%H:%M}" if self._partial else ""
        tickets = self._counters.get("tickets", 0)
        return f"<Result of {self._scenario.name or 'a scenario'}: {tickets} tickets, {in_short(self)}{part}>"
