"""The figures of a run, and which of the known ones it could not fill."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

#: The names that every version of tillstorm uses for these figures. Those that a run's core does not know yet are
#: reported as such: they are never filled with a constant.
KNOWN_NAMES: Final = (
    "tickets",
    "lines",
    "returns",
    "net_sales",
    "gross_margin",
    "lost_sales_value",
    "on_shelf_availability",
    "stock_accuracy",
    "inventory_turns",
    "transfer_units",
    "replenishment_cycle_time_h",
    "shrink_rate",
    "posting_latency_p50_s",
    "posting_latency_p95_s",
    "posting_latency_p99_s",
    "backlog_peak_messages",
    "backlog_drain_s",
    "duplicates_blocked",
    "dead_letters",
    "attempts_per_message",
    "dropped_share",
    "erp_wait_probability",
    "erp_mean_wait_s",
    "erp_mean_queue",
    "erp_utilisation",
    "erp_saturated_hours",
    "middleware_wait_probability",
    "middleware_mean_wait_s",
    "middleware_mean_queue",
    "middleware_utilisation",
    "promotion_compliance",
    "margin_leakage",
    "return_processing_accuracy",
    "reconciliation_effort_min",
    "exceptions_opened",
    "exceptions_overdue",
    "exceptions_open",
    "oversell_rate",
    "order_cancel_rate",
    "bopis_ready_time_p90_min",
)

NO_SAMPLE: Final = "no sample"
NOT_IN_THIS_VERSION: Final = "not part of this version"


@dataclass(frozen=True)
class Kpi:
    """One figure of a result.

    Attributes:
        name: Snake case.
        value: The figure, in `unit`.
        unit: Unit; empty for a pure number.
        samples: How many observations are behind it.
        meaning: What it says, in a sentence.
    """

    name: str
    value: float
    unit: str = ""
    samples: int = 0
    meaning: str = ""

    def __float__(self) -> float:
        return self.value

    def to_dict(self) -> dict[str, Any]:
        """What is known of it besides its value, for JSON."""
        return {"unit": self.unit, "samples": self.samples, "meaning": self.meaning}


class NotFilledError(KeyError):
    """A figure that this run did not fill; the text says why."""

    def __str__(self) -> str:
        return str(self.args[0])


class Kpis(Mapping[str, Kpi]):
    """The filled figures of a run by name; `not_filled` has the others, each with its reason.

    A figure without a sample has no value: asking for it raises `NotFilledError`.
    """

    def __init__(self, reported: Iterable[Mapping[str, Any]]) -> None:
        """From what the core reports: name, unit, value (None without a sample), samples, meaning."""
        self._filled: dict[str, Kpi] = {}
        self._not_filled: dict[str, str] = {}
        for entry in reported:
            if entry["value"] is None:
                self._not_filled[entry["name"]] = NO_SAMPLE
            else:
                self._filled[entry["name"]] = Kpi(**entry)
        for name in KNOWN_NAMES:
            if name not in self._filled:
                self._not_filled.setdefault(name, NOT_IN_THIS_VERSION)

    @property
    def not_filled(self) -> Mapping[str, str]:
        """Known figures without a value, and why: `no sample` or `not part of this version`."""
        return dict(self._not_filled)

    def value(self, name: str, default: float | None = None) -> float | None:
        """The value of a figure, or `default` if it is not filled."""
        kpi = self._filled.get(name)
        return default if kpi is None else kpi.value

    def to_dict(self) -> dict[str, float]:
        """The values of the filled figures."""
        return {name: kpi.value for name, kpi in self._filled.items()}

    def __getitem__(self, name: str) -> Kpi:
        if name in self._filled:
            return self._filled[name]
        reason = self._not_filled.get(name)
        if reason:
            raise NotFilledError(f"{name} is not filled: {reason}")
        near = difflib.get_close_matches(str(name), [*self._filled, *self._not_filled], n=1)
        raise NotFilledError(f"there is no KPI `{name}`" + (f"; did you mean `{near[0]}`?" if near else ""))

    def __iter__(self) -> Iterator[str]:
        return iter(self._filled)

    def __len__(self) -> int:
        return len(self._filled)

    def __repr__(self) -> str:
        return f"<{len(self)} KPIs filled, {len(self._not_filled)} not>"
