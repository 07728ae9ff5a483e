"""What a comparison has shown."""

from __future__ import annotations

import json
import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tillstorm._compiled import core
from tillstorm.extras import need
from tillstorm.kpis import KNOWN_NAMES
from tillstorm.study.difference import Difference, Mean, difference_of, mean_of
from tillstorm.study.names import unknown
from tillstorm.study.seeds import RULE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tillstorm.scenario import Scenario
    from tillstorm.study.outcome import Outcome
    from tillstorm.study.showing import Summary


@dataclass(frozen=True)
class Precision:
    """What a study was to reach.

    Attributes:
        half_widths: By KPI.
        max_replications: Where it gives up.
    """

    half_widths: Mapping[str, float]
    max_replications: int


@dataclass(frozen=True)
class BrokenPromise:
    """A run of a study in which promises were broken.

    Attributes:
        variant: Name of the variant.
        replication: Number of the replication, from 1.
        seed: Seed of the run.
        counted: How often promises were broken.
        message: What the first one says.
        replay: The command that shows it again.
    """

    variant: str
    replication: int
    seed: int
    counted: int
    message: str
    replay: str


@dataclass(frozen=True)
class InertFault:
    """A fault that did nothing in some replications of a variant: these say nothing about it.

    Attributes:
        variant: Name of the variant.
        fault: Which one, as `faults[0] erp_down`.
        replications: In how many it did nothing.
    """

    variant: str
    fault: str
    replications: int


class Study:
    """The figures of each variant in each replication, and how far the variants are apart."""

    def __init__(
        self,
        scenarios: Mapping[str, Scenario],
        outcomes: Mapping[tuple[str, int], Outcome],
        *,
        replications: int,
        seed: int,
        baseline: str,
        kpis: tuple[str, ...] | None,
        confidence: float,
        precision: Precision | None,
    ) -> None:
        """Takes the first `replications` of the outcomes; users get theirs from `compare`."""
        self._scenarios = dict(scenarios)
        self._runs = {name: [outcomes[name, n + 1] for n in range(replications)] for name in scenarios}
        self._replications = replications
        self._seed = seed
        self._baseline = baseline
        self._confidence = confidence
        self._precision = precision
        self._asked = kpis is not None
        self._kpis = self._filled() if kpis is None else kpis

    def _all_runs(self) -> list[Outcome]:
        return [run for runs in self._runs.values() for run in runs]

    def _filled(self) -> tuple[str, ...]:
        names = {name for run in self._all_runs() for name in run.kpis}
        known = [name for name in KNOWN_NAMES if name in names]
        return (*known, *sorted(names - set(known)))

    @property
    def variants(self) -> tuple[str, ...]:
        """Names of the variants, in the order given."""
        return tuple(self._runs)

    @property
    def baseline(self) -> str:
        """Name of the variant that the others are compared with."""
        return self._baseline

    @property
    def scenarios(self) -> Mapping[str, Scenario]:
        """What each variant simulates."""
        return dict(self._scenarios)

    @property
    def replications(self) -> int:
        """How many runs there are of each variant."""
        return self._replications

    @property
    def seeds(self) -> tuple[int, ...]:
        """Seeds of the replications: `tillstorm run --seed` with one of them runs it alone.

        Derived from the seed of the study: the first 53 bits of SHA-256 of the text `BASE/NUMBER`, with the number of
        the replication from 1.
        """
        return tuple(run.seed for run in self._runs[self._baseline])

    @property
    def confidence(self) -> float:
        """Of the intervals, such as 0.95."""
        return self._confidence

    @property
    def kpis(self) -> tuple[str, ...]:
        """The figures that the study shows: those asked for, or all that a run has filled."""
        return self._kpis

    @property
    def asked(self) -> bool:
        """Whether figures were asked for, rather than all shown."""
        return self._asked

    @property
    def broken_promises(self) -> tuple[BrokenPromise, ...]:
        """The runs in which promises were broken."""
        return tuple(
            BrokenPromise(run.variant, run.number, run.seed, run.violations, run.message, run.replay)
            for run in self._all_runs()
            if run.violations
        )

    @property
    def inert_faults(self) -> tuple[InertFault, ...]:
        """The faults that did nothing: a way of posting may have nothing to do while an outage lasts."""
        counts = Counter((run.variant, fault) for run in self._all_runs() for fault in run.inert)
        return tuple(InertFault(variant, fault, count) for (variant, fault), count in counts.items())

    @property
    def ok(self) -> bool:
        """Whether every promise was kept in every run, and the precision reached that was asked for."""
        return self.precise and not self.broken_promises

    @property
    def precise(self) -> bool:
        """Whether the intervals are as narrow as was asked for; also if nothing was."""
        return not self.imprecise

    @property
    def imprecise(self) -> tuple[Difference, ...]:
        """The differences whose intervals are wider than was asked for, or are not there."""
        wanted = {} if self._precision is None else self._precision.half_widths
        return tuple(row for kpi, half in wanted.items() for row in self.differences(kpi) if not row.half_width <= half)

    def unit(self, kpi: str) -> str:
        """Unit of a figure; empty for a pure number, or if no run has filled it."""
        self._check(kpi)
        return next((run.units[kpi] for run in self._all_runs() if kpi in run.units), "")

    def values(self, kpi: str) -> np.ndarray[Any, np.dtype[np.float64]]:
        """A figure of every run: an array, variants x replications; not a number where a run had no sample.

        Raises:
            StudyError: there is no such figure.
        """
        self._check(kpi)
        rows = [[run.kpis.get(kpi, math.nan) for run in runs] for runs in self._runs.values()]
        return np.array(rows, dtype=np.float64).reshape(len(rows), self._replications)

    def _check(self, kpi: str) -> None:
        if kpi in self._kpis or any(kpi in run.kpis or kpi in run.no_sample for run in self._all_runs()):
            return
        raise unknown("KPI", kpi, self._filled())

    def means(self, kpi: str) -> list[Mean]:
        """The mean of a figure for each variant, with its own interval.

        Raises:
            StudyError: there is no such figure.
        """
        unit = self.unit(kpi)
        return [
            mean_of(name, kpi, unit, row.tolist(), self._confidence)
            for name, row in zip(self._runs, self.values(kpi), strict=True)
        ]

    def differences(self, kpi: str) -> list[Difference]:
        """How far each variant is from the baseline in a figure, with the interval of that difference.

        Raises:
            StudyError: there is no such figure.
        """
        unit = self.unit(kpi)
        values = dict(zip(self._runs, self.values(kpi).tolist(), strict=True))
        return [
            difference_of((name, self._baseline), kpi, unit, (row, values[self._baseline]), self._confidence)
            for name, row in values.items()
            if name != self._baseline
        ]

    def summary(self) -> Summary:
        """A table for people: `print` shows it as text, a console of rich in colour."""
        from tillstorm.study.showing import Summary  # noqa: PLC0415 - only who looks needs the terminal library

        return Summary(self)

    def to_markdown(self, kpis: Sequence[str] | None = None) -> str:
        """A table in Markdown: one row for each variant, one column for each figure."""
        from tillstorm.study.showing import markdown  # noqa: PLC0415 - as in `summary`

        return markdown(self, self._kpis if kpis is None else kpis)

    def to_pandas(self) -> Any:  # noqa: ANN401 - pandas is optional
        """A pandas frame: one row for each run, indexed by variant and replication; its seed, and each figure.

        Raises:
            MissingExtraError: pandas is not installed.
        """
        pandas = need("pandas", extra="pandas", purpose="a study as a pandas frame")
        rows = [
            {"variant": run.variant, "replication": run.number, "seed": run.seed}
            | {kpi: run.kpis.get(kpi, math.nan) for kpi in self._kpis}
            for run in self._all_runs()
        ]
        frame = pandas.DataFrame(rows, columns=["variant", "replication", "seed", *self._kpis])
        return frame.set_index(["variant", "replication"])

    def plot(self, kpi: str, ax: Any = None) -> Any:  # noqa: ANN401 - matplotlib is optional
        """Draws the paired differences of a figure and their intervals; returns matplotlib's axes.

        Args:
            kpi: Which figure.
            ax: Axes to draw on; None makes a figure.

        Raises:
            MissingExtraError: matplotlib is not installed.
            StudyError: there is no such figure.
        """
        from tillstorm.study.plotting import plot  # noqa: PLC0415 - it needs an extra

        return plot(self, kpi, ax)

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain values, as `tillstorm compare --json` shows it; None where there is no number."""
        return {
            "ok": self.ok,
            "version": core.__version__,
            "replications": self._replications,
            "confidence": self._confidence,
            "baseline": self._baseline,
            "seed": self._seed,
            "seed_rule": RULE,
            "seeds": list(self.seeds),
            "precision": self._precision_dict(),
            "variants": [
                {
                    "name": name,
                    "scenario": self._scenarios[name].argument,
                    "violations_counted": sum(run.violations for run in runs),
                    "digests": [run.digest for run in runs],
                }
                for name, runs in self._runs.items()
            ],
            "kpis": {kpi: self._kpi_dict(kpi) for kpi in self._kpis},
            "broken_promises": [dict(broken.__dict__) for broken in self.broken_promises],
            "inert_faults": [dict(inert.__dict__) for inert in self.inert_faults],
        }

    def _precision_dict(self) -> dict[str, Any] | None:
        if self._precision is None:
            return None
        return {
            "half_widths": dict(self._precision.half_widths),
            "max_replications": self._precision.max_replications,
            "reached": self.precise,
        }

    def _kpi_dict(self, kpi: str) -> dict[str, Any]:
        return {
            "unit": self.unit(kpi),
            "means": [mean.to_dict() for mean in self.means(kpi)],
            "differences": [difference.to_dict() for difference in self.differences(kpi)],
            "values": {name: [run.kpis.get(kpi) for run in runs] for name, runs in self._runs.items()},
        }

    def to_json(self) -> str:
        """`to_dict` as JSON text."""
        return json.dumps(self.to_dict(), indent=2, ensure_ascii=False, allow_nan=False)

    def __repr__(self) -> str:
        others = ", ".join(name for name in self.variants if name != self._baseline)
        return f"<Study of {others} against {self._baseline}: {self._replications} replications>"
