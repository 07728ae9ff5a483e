#!/usr/bin/env python3
"""Must posting be real-time, or will batch do? Makes the table of docs/tutorials/realtime_or_batch.md.

python scripts/realtime_or_batch.py                                       print the table
python scripts/realtime_or_batch.py --out study --update docs/tutorials/realtime_or_batch.md

The second keeps each finished run in `study`, goes on from there when it is called again, and writes the table into the
document. Other chains: --stores, --items, --days; other integration: --set, which holds for every row.
"""

from __future__ import annotations

import argparse
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import tillstorm as ts
from tillstorm import overrides
from tillstorm.cli import words
from tillstorm.errors import UserError
from tillstorm.study.showing import decimals

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = {
    "real-time": {"mode": "realtime"},
    "micro-batch": {"mode": "microbatch"},
    "every 15 minutes": {"mode": "batch", "interval_minutes": 15},
    "hourly": {"mode": "batch", "interval_minutes": 60},
    "nightly": {"mode": "batch", "interval_minutes": 1440},
}
LATENCIES = {
    "half posted within": "posting_latency_p50_s",
    "95 %": "posting_latency_p95_s",
    "99 %": "posting_latency_p99_s",
}
KPIS = ["stock_accuracy", "lost_sales_value", "net_sales", *LATENCIES.values(), "backlog_peak_messages"]
BEGIN, END = "<!-- table: begin -->\n", "<!-- table: end -->\n"


def main() -> int:
    """Makes the table."""
    options = arguments()
    chain = ts.Scenario.baseline(stores=options.stores, skus=options.items, days=options.days)
    chain = chain.changed(overrides.from_texts(options.changes), origin="--set")
    study = ts.compare(
        {name: chain.with_({"integration.posting": posting}) for name, posting in ROWS.items()},
        replications=options.replications,
        seed=options.seed,
        threads=options.threads,
        progress=True,
        kpis=KPIS,
        out=options.out,
    )
    text = f"{table(study)}\n{certainty(study, options)}"
    if options.update is None:
        print(text, end="")
    else:
        update(options.update, text)
    return 0 if study.ok else 1


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("stores", 6), ("items", 2000), ("days", 56), ("replications", 20), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default, metavar="N", help=f"default: {default}")
    parser.add_argument("--threads", type=int, metavar="N", help="runs at the same time (default: one per processor)")
    parser.add_argument(
        "--set", dest="changes", action="append", default=[], metavar="PATH=VALUE", help="for every row"
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="keep each finished run in DIR, and go on from there")
    parser.add_argument("--update", type=Path, metavar="FILE", help="write the table between the marks of a document")
    return parser.parse_args()


def table(study: ts.Study) -> str:
    """The table in Markdown."""
    heads = ["posting", "stock records right", "against real-time, in points", "lost sales, of demand"]
    heads += ["lost sales against real-time", *LATENCIES, "most messages waiting"]
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    means = {kpi: {mean.variant: mean.mean for mean in study.means(kpi)} for kpi in study.kpis}
    accuracy = {row.variant: row for row in study.differences("stock_accuracy")}
    lost = {row.variant: row for row in study.differences("lost_sales_value")}
    currency = study.scenarios[study.baseline].currency
    for name in study.variants:
        wanted = means["lost_sales_value"][name] + means["net_sales"][name]
        cells = [
            name,
            f"{100 * means['stock_accuracy'][name]:.2f} %",
            change(accuracy.get(name), points),
            f"{100 * means['lost_sales_value'][name] / wanted:.2f} %",
            change(lost.get(name), lambda value, _half: words.money(value, currency)),
            *(words.length(means[kpi][name]) for kpi in LATENCIES.values()),
            f"{means['backlog_peak_messages'][name]:,.0f}",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def points(value: float, half_width: float) -> str:
    """A share in points, with as many digits as its interval allows."""
    return f"{100 * value:.{decimals(100 * half_width)}f}"


def change(row: ts.Difference | None, form: Callable[[float, float], str]) -> str:
    """A difference with the half width of its interval; empty for the baseline."""
    if row is None:
        return ""
    if row.verdict == "same":
        return "the same"
    if math.isnan(row.half_width):
        return row.verdict
    seen = f" ({row.verdict})" if row.verdict == "no difference seen" else ""
    sign = "+" if row.difference > 0 else ""
    return f"{sign}{form(row.difference, row.half_width)} ± {form(row.half_width, row.half_width)}{seen}"


def certainty(study: ts.Study, options: argparse.Namespace) -> str:
    """How the figures came about, and how sure they are."""
    chain = study.scenarios[study.baseline]
    sizes = ((chain.stores, "store"), (chain.skus, "item"), (chain.days, "day"))
    text = (
        f"{', '.join(words.number_of(*size) for size in sizes)}; {study.replications} replications of each row on the"
        f" same customers (seed {options.seed}). What follows ± is half of the interval that covers the true"
        f" difference in {100 * study.confidence:.0f} of 100 such studies.\n"
    )
    changed = "".join(f" `{change}`" for change in options.changes)
    text += f"In every row:{changed}.\n" if changed else ""
    broken = study.broken_promises
    counted = {name: sum(run.variant == name for run in broken) for name in study.variants}
    rows = ", ".join(f"{name} in {count}" for name, count in counted.items() if count)
    return text + (f"Promises were broken: {rows} of {study.replications} runs.\n" if broken else "")


def update(path: Path, text: str) -> None:
    """Writes the table between the marks of a document."""
    document = path.read_text(encoding="utf-8")
    before, begin, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise UserError(f"{path}: there are no lines `{BEGIN.strip()}` and `{END.strip()}` to write between")
    path.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except UserError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)
