"""`tillstorm compare`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tillstorm.cli import scenario_arguments, terminal, variants
from tillstorm.cli.exit_codes import FAILED, INTERRUPTED, PASSED
from tillstorm.errors import InterruptedStudyError, StudyError
from tillstorm.study import compare, plotting

if TYPE_CHECKING:
    from tillstorm.study import Study

SUMMARY = "compare scenarios, or variants of one, on the same customers"
DESCRIPTION = """\
Runs each variant many times and says how far the variants are from the first one: per KPI the mean of each, the
difference, its 95 % interval, and a verdict. Replication n of every variant has the same seed: the same people come
with the same wishes, so that a difference is the variant's doing. The result is the same on any number of threads.

Variants are several scenarios, with a name before them if you like, or one scenario and what is changed in it:

  tillstorm compare tutorial/two_stores incidents/store_cut_off
  tillstorm compare today=peak/peak_week planned=my_chain.scenario.json --baseline planned
  tillstorm compare peak/peak_week --variant realtime \\
      --variant hourly:integration.posting.mode=batch,integration.posting.interval_minutes=60

A long one is kept run by run in a folder, and goes on from there when the same command is given again; it may then have
more replications and further variants. --precision adds replications until an interval is narrow enough:

  tillstorm compare peak/peak_week --variant realtime --variant batch:integration.posting.mode=batch \\
      --kpi stock_accuracy,lost_sales_value --precision stock_accuracy=0.001 --out study --plot study.png

How to read it: the interval covers the true difference in 95 of 100 such studies; of twenty figures that do not differ,
one on average will be called higher or lower. "paired x 14" says that different customers would have needed 14 times as
many replications. The exit code is 1 if a promise was broken in a run or --precision was not reached.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of the verb."""
    parser.add_argument(
        "scenarios", nargs="+", metavar="SCENARIO", help="a file or the name of a packaged scenario; or NAME=SCENARIO"
    )
    parser.add_argument(
        "--variant",
        dest="variants",
        type=variants.variant,
        action="append",
        default=[],
        metavar="NAME[:PATH=VALUE,...]",
        help="a variant of the one scenario, and what is changed in it; may be repeated",
    )
    scenario_arguments.add_set(parser)
    parser.add_argument("--baseline", metavar="NAME", help="compare with this variant (default: the first)")
    parser.add_argument(
        "--replications", type=int, default=30, metavar="N", help="runs of each variant (default: 30, at least 2)"
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="other replications (default: 1)")
    parser.add_argument("--threads", type=int, metavar="N", help="runs at the same time (default: one per processor)")
    parser.add_argument(
        "--kpi",
        dest="kpis",
        action="append",
        default=[],
        metavar="NAME,...",
        help="show these figures only (default: all that a run filled); may be repeated",
    )
    parser.add_argument(
        "--precision",
        type=_precision,
        action="append",
        default=[],
        metavar="KPI=HALF_WIDTH",
        help="go on in batches of --replications until intervals are this narrow; may be repeated",
    )
    parser.add_argument(
        "--max-replications", type=int, metavar="N", help="where --precision gives up (default: 10 batches)"
    )
    parser.add_argument(
        "--confidence", type=_percent, default=0.95, metavar="PERCENT", help="of the intervals (default: 95)"
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="keep each finished run in DIR, and go on from there")
    parser.add_argument(
        "--plot", type=Path, metavar="FILE", help="draw the differences of each --kpi (.png, .svg, .pdf)"
    )
    parser.add_argument("--no-progress", action="store_true", help="show no progress bar")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--markdown", action="store_true", help="print a table in Markdown: a row for each variant")
    scenario_arguments.add_json(form, "means, differences, intervals and the value of every run")


def run(options: argparse.Namespace) -> int:
    """Compares."""
    kpis = [name.strip() for text in options.kpis for name in text.split(",") if name.strip()]
    scenarios = variants.load(options.scenarios, options.variants, options.changes)
    if options.plot is not None:
        _check_plot(options.plot, kpis)
    interrupted = False
    try:
        study = compare(
            scenarios,
            replications=options.replications,
            seed=options.seed,
            precision=dict(options.precision),
            max_replications=options.max_replications,
            threads=options.threads,
            progress=not (options.no_progress or options.json),
            kpis=kpis or None,
            baseline=options.baseline,
            confidence=options.confidence,
            out=options.out,
        )
    except InterruptedStudyError as error:
        study, interrupted = error.study, True
    if options.plot is not None and not interrupted:
        plotting.save(study, kpis, options.plot)  # first: whoever reads the output may stop reading
    _print(study, options)
    if interrupted:
        further = "" if options.out is None else f"; the same command goes on from {options.out}"
        terminal.errors().print(f"interrupted after {study.replications} complete replications{further}")
        return INTERRUPTED
    return PASSED if study.ok else FAILED


def _print(study: Study, options: argparse.Namespace) -> None:
    if options.json:
        terminal.print_json(study.to_dict())
    elif options.markdown:
        print(study.to_markdown(), end="")
    else:
        terminal.output().print(study.summary())
        if options.out is not None:
            terminal.output().print(f"kept in {options.out}", style="dim")


def _check_plot(path: Path, kpis: list[str]) -> None:
    plotting.prepare()
    if not kpis:
        raise StudyError("--plot draws the figures that --kpi names: add for example --kpi stock_accuracy")
    if path.suffix.lower() not in plotting.SUFFIXES:
        raise StudyError(f"--plot {path}: the name ends in {', '.join(plotting.SUFFIXES)}")
    if not path.parent.is_dir():
        raise StudyError(f"--plot {path}: there is no folder {path.parent}")


def _precision(text: str) -> tuple[str, float]:
    name, _, value = text.partition("=")
    try:
        half = float(value)
    except ValueError:
        half = 0.0
    if not name.strip() or not 0 < half < float("inf"):
        raise argparse.ArgumentTypeError(
            f"`{text}` is no precision; one is written KPI=HALF_WIDTH with a number above 0"
        )
    return name.strip(), half


def _percent(text: str) -> float:
    try:
        percent = float(text)
    except ValueError:
        percent = 0.0
    if not 50 <= percent <= 99.99:
        raise argparse.ArgumentTypeError(f"`{text}` is no confidence from 50 to 99.99")
    return percent / 100
