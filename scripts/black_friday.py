#!/usr/bin/env python3
"""Draws docs/figures/black_friday.svg, and prints the table of docs/guide/capacity.md: the road on Black Friday.

python scripts/black_friday.py [--workers N ...] [--out FILE]

Backlog: tickets that have happened and are not posted, every five minutes. Latency: from the sale to its posting, mean
over the tickets of five minutes by the time of the sale. A day of 120 stores takes some seconds a row, and needs the
extra `report`.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

import tillstorm as ts
from tillstorm.cli import words

if TYPE_CHECKING:
    from collections.abc import Mapping

PICTURE = Path(__file__).resolve().parents[1] / "docs/figures/black_friday.svg"
SCENARIO = "peak/black_friday"
STEP = np.timedelta64(5, "m")
MICROSECONDS = 1_000_000
KPIS = ("posting_latency_p50_s", "posting_latency_p95_s", "backlog_peak_messages", "erp_utilisation")
HEADS = ("ERP workers", "half posted within", "95 % within", "most messages waiting", "workers at work")

Curves = tuple[np.ndarray, np.ndarray, np.ndarray]


def main() -> None:
    """Runs the day with each number of workers; draws and prints what came out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workers", type=int, nargs="+", default=[3, 4, 8], metavar="N", help="of the ERP (3 4 8)")
    parser.add_argument("--out", type=Path, default=PICTURE, metavar="FILE")
    options = parser.parse_args()
    curves, lines = {}, [f"| {' | '.join(HEADS)} |", "|---" * len(HEADS) + "|"]
    for workers in options.workers:
        changes = {"integration.capacity.erp_workers": workers, "record.tables": ["book.deliveries"]}
        result = ts.run(ts.Scenario.load(SCENARIO).with_(changes))
        curves[f"{workers} workers"] = curves_of(result)
        half, most, backlog, busy = (result.kpis[name].value for name in KPIS)
        lines.append(
            f"| {workers} | {words.length(half)} | {words.length(most)} | {backlog:,.0f} | {100 * busy:.0f} % |"
        )
    draw(curves, options.out)
    print("\n".join(lines))


def curves_of(result: ts.Result) -> Curves:
    """Hours of the chain's day, tickets waiting, and minutes from sale to posting."""
    deliveries = result.table("book.deliveries")
    is_ticket = (deliveries["type"] == "ticket") & (deliveries["outcome"] == "first_post")
    happened, posted = deliveries["event_time"][is_ticket], deliveries["posted_at"][is_ticket]
    edges = np.arange(happened.min(), posted.max() + STEP, STEP)
    waiting = np.searchsorted(np.sort(happened), edges) - np.searchsorted(np.sort(posted), edges)
    step = np.searchsorted(edges, happened, side="right") - 1
    delay = (posted - happened).astype(np.int64) / MICROSECONDS / 60
    tickets = np.bincount(step, minlength=len(edges))
    total = np.bincount(step, weights=delay, minlength=len(edges))
    mean = np.divide(total, tickets, out=np.full(len(edges), np.nan), where=tickets > 0)
    noon = np.datetime64(round(result.faults[0].start.timestamp() * MICROSECONDS), "us")  # the ERP slows down then
    return 12 + (edges - noon) / np.timedelta64(1, "h"), waiting, mean


def draw(curves: Mapping[str, Curves], path: Path) -> None:
    """Backlog above latency, a curve for each number of workers."""
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")  # the same picture each time
    import matplotlib as mpl  # noqa: PLC0415 - after the environment

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "tillstorm"
    import matplotlib.pyplot as plt  # noqa: PLC0415

    figure, (above, below) = plt.subplots(2, 1, sharex=True, figsize=(8, 5.5), layout="constrained")
    for name, (hours, waiting, delay) in curves.items():
        above.plot(hours, waiting, label=name)
        below.plot(hours, delay, label=name)
    for axes, title in ((above, "tickets waiting"), (below, "minutes from sale to posting")):
        axes.axvspan(12, 14, color="0.9", label="ERP 20 times as slow")
        axes.set_ylabel(title)
        axes.set_ylim(bottom=0)
        axes.grid(alpha=0.3)
    above.legend()
    below.set_xlabel("hour of Black Friday, by the chain's clock")
    figure.savefig(path)


if __name__ == "__main__":
    main()
