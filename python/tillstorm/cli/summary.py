"""What `tillstorm run` prints: what happened, in the words of the people who run a chain."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from rich import box
from rich.console import Group
from rich.measure import Measurement
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from tillstorm._compiled import core
from tillstorm.cli import exception_lines, fault_lines, store_days, words
from tillstorm.cli.headlines import Line, books, customers, sales
from tillstorm.cli.terminal import symbol
from tillstorm.expectations import EXPECTATION, describe, not_judged
from tillstorm.kpis import NO_SAMPLE, NOT_IN_THIS_VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rich.console import Console

    from tillstorm.result import Result
    from tillstorm.violations import Violation

WORST_STORES = 5
SHOWN_VIOLATIONS = 5
BAR_WIDTH = 24
STORE_DAYS = "truth.store_days"


def show(result: Result, folder: Path | None, seconds: float, console: Console) -> None:
    """Prints the summary of a result that took `seconds` of real time and was written to `folder`, if it was."""
    shapes = box.ROUNDED if symbol(console, "\N{BOX DRAWINGS LIGHT ARC DOWN AND RIGHT}", "") else box.ASCII2
    console.print(_heading(result, shapes))
    console.print(
        _side_by_side([_block(title, lines, shapes) for title, lines in _headlines(result) if lines], console)
    )
    if STORE_DAYS in result.tables and len(result.table(STORE_DAYS)):
        for table in (_periods(result, console), _worst_stores(result)):
            console.print()
            console.print(table)
    console.print()
    for story in stories(result):
        console.print(story, soft_wrap=True)
    console.print(_promises(result, console), soft_wrap=True)
    console.print(_expectations(result, console), soft_wrap=True, end="")
    if result.faults or result.stuck:
        console.print(fault_lines.text(result, console), soft_wrap=True)
    if result.exceptions:
        console.print(exception_lines.text(result))
    console.print(_facts(result, seconds))
    console.print(_not_filled(result))
    console.print(_next_steps(result, folder), soft_wrap=True)


def _heading(result: Result, shapes: box.Box) -> Panel:
    scenario = result.scenario
    text = Text()
    if scenario.description:
        text.append(f"{scenario.description}\n")
    text.append(
        f"{words.days(scenario.start, scenario.days)}, {words.number_of(scenario.stores, 'store')},"
        f" {words.number_of(scenario.skus, 'item')}, seed {result.seed}",
        style="dim",
    )
    if result.partial:
        text.append(
            f"\nPartial: stopped at {result.reached:%a %d %b %Y %H:%M}; figures are up to there", style="yellow"
        )
        if STORE_DAYS in result.tables and len(result.table(STORE_DAYS)):
            text.append("; those of customers, days and stores are of the days closed by then", style="yellow")
    if result.mutant is not None:
        mistake = next(entry["mistake"] for entry in core.mutants() if entry["id"] == result.mutant)
        text.append(f"\nA rule is broken on purpose, mutant {result.mutant}: {mistake}", style="yellow")
    title = Text(f" {scenario.name or 'a scenario without a name'} ", style="bold")
    return Panel(text, title=title, title_align="left", box=shapes, expand=False)


def _headlines(result: Result) -> list[tuple[str, list[Line]]]:
    totals = store_days.totals(result.table(STORE_DAYS)) if STORE_DAYS in result.tables else {}
    return [
        ("Sales", sales(result, totals)),
        ("Customers, closed days" if result.partial else "Customers", customers(result, totals)),
        ("The books", books(result)),
    ]


def _block(title: str, lines: list[Line], shapes: box.Box) -> Panel:
    grid = Table.grid(padding=(0, 2))
    grid.add_column()
    grid.add_column(justify="right")
    for line in lines:
        grid.add_row(Text(line.label, style="dim"), Text(line.value, style="bold"))
    return Panel(grid, title=Text(f" {title} "), title_align="left", box=shapes, expand=False)


def _side_by_side(blocks: list[Panel], console: Console) -> Group:
    """Blocks in rows, as many in each as the terminal has room for."""
    rows: list[list[Panel]] = []
    room = 0
    for block in blocks:
        width = Measurement.get(console, console.options, block).maximum + 1
        if width > room:
            rows.append([])
            room = console.width + 1
        rows[-1].append(block)
        room -= width
    grids = []
    for row in rows:
        grid = Table.grid(padding=(0, 1, 0, 0))
        grid.add_row(*row)
        grids.append(grid)
    return Group(*grids)


def _periods(result: Result, console: Console) -> Table:
    currency = result.scenario.currency
    kind, periods = store_days.by_period(result.table(STORE_DAYS), result.scenario.days)
    best = max(period.net_minor for period in periods)
    bar = symbol(console, "\N{UPPER HALF BLOCK}", "#")
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    table.add_column({"day": "day", "week": "week from", "month": "month"}[kind])
    for heading in ("tickets", "net sales"):
        table.add_column(heading, justify="right")
    table.add_column("")
    table.add_column("lost sales", justify="right")
    for period in periods:
        width = round(BAR_WIDTH * max(period.net_minor, 0) / best) if best > 0 else 0
        table.add_row(
            period.title,
            f"{period.tickets:,}",
            words.money(words.major(period.net_minor, currency), currency),
            Text(bar * width, style="green"),
            words.money(words.major(period.lost_value_minor, currency), currency),
        )
    return table


def _worst_stores(result: Result) -> Table:
    currency = result.scenario.currency
    stores = store_days.by_store(result.table(STORE_DAYS))
    worst = sorted(stores, key=lambda s: (-_lost_share(s), s.place))[:WORST_STORES]
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    table.add_column("stores that lost most", style="cyan")
    for heading in ("net sales", "lost sales", "of demand", "left the queue", "mean wait"):
        table.add_column(heading, justify="right")
    for store in worst:
        table.add_row(
            store.place,
            words.money(words.major(store.net_minor, currency), currency),
            words.money(words.major(store.lost_value_minor, currency), currency),
            words.share(store.lost_value_minor, store.net_minor + store.lost_value_minor),
            words.share(store.left, store.customers),
            words.length(store.wait_s),
        )
    return table


def _lost_share(store: store_days.StoreTotals) -> float:
    wanted = store.net_minor + store.lost_value_minor
    return store.lost_value_minor / wanted if wanted else 0.0


def _expectations(result: Result, console: Console) -> Text:
    judged = [verdict for verdict in result.verdicts if verdict.kind == EXPECTATION]
    failed = [verdict for verdict in judged if not verdict.passed]
    if not judged:
        return Text()
    if not failed:
        tick = symbol(console, "\N{HEAVY CHECK MARK}", "ok")
        text = Text(f"{tick} {words.number_of(len(judged), 'expectation')} met", style="green")
        return text.append(f": {', '.join(verdict.name for verdict in judged)}\n", style="dim not green")
    cross = symbol(console, "\N{HEAVY BALLOT X}", "broken")
    text = Text(f"{cross} {len(failed)} of {words.number_of(len(judged), 'expectation')} not met", style="bold red")
    for verdict in failed:
        text.append("\n" + describe(verdict, indent="  "), style="not bold default")
    return text.append("\n")


def _promises(result: Result, console: Console) -> Text:
    if result.violations_counted == 0:
        until = " so far" if result.partial else ""
        tick = symbol(console, "\N{HEAVY CHECK MARK}", "ok")
        text = Text(f"{tick} every promise was kept{until}", style="green")
        promises = core.promises()
        names = ", ".join(promise["name"].replace("_", " ") for promise in promises)
        return text.append(f": {len(promises)} of {len(promises)}: {names}", style="dim not green")
    cross = symbol(console, "\N{HEAVY BALLOT X}", "broken")
    counted = result.violations_counted
    broken, promises = result.violations_by_promise, core.promises()
    kept = len(promises) - len(broken)
    text = Text(f"{cross} promises were broken {words.number_of(counted, 'time')}", style="bold red")
    text.append(f"; {kept} of {len(promises)} were kept", style="not bold default")
    for name, times in broken.items():
        text.append(f"\n  {name}: {words.number_of(times, 'time')}", style="red not bold")
    shown = _first_of_each(result.violations)[: max(SHOWN_VIOLATIONS, len(broken))]
    for violation in shown:
        promise, message = violation.promise, violation.message
        named = message.startswith(promise)
        text.append(f"\n  {promise}{'' if named else ': '}", style="red not bold")
        text.append(message.removeprefix(promise), style="not bold default")
        for line in violation.witness:
            text.append(f"\n      {line}", style="not bold dim")
    if counted > len(shown):
        text.append(f"\n  and {counted - len(shown):,} more", style="not bold default")
    if result.no_witness:
        text.append(f"\n  {result.no_witness}", style="not bold dim")
    for line in not_judged(result):
        text.append(f"\nwarning: {line}; expect.invariants leaves it out", style="yellow not bold")
    return text


def _first_of_each(violations: Sequence[Violation]) -> list[Violation]:
    """The first violation of each promise, then the others."""
    first = {violation.promise: violation for violation in reversed(violations)}
    return sorted(violations, key=lambda violation: violation is not first[violation.promise])


def stories(result: Result) -> list[Text]:
    """What `--explain` asked for, a text for each filter."""
    texts = []
    for name, lines in result.traces.items():
        text = Text(name, style="bold")
        for line in lines or [f"did not happen before {result.reached:%Y-%m-%d %H:%M}"]:
            text.append(f"\n  {line}", style="not bold default")
        texts.append(text.append("\n"))
    return texts


def _facts(result: Result, seconds: float) -> Text:
    counters = result.counters
    pace = counters["tickets"] / seconds if seconds > 0 else 0.0
    text = Text("digest ", style="dim")
    text.append(result.digest, style="not dim")
    text.append(
        f"\n{words.count(counters['tickets'])} tickets, {words.count(counters['events'])} events in"
        f" {words.length(seconds)}: {pace:,.0f} tickets/s, {words.size(counters['state_bytes'])} of state"
    )
    return text


def _not_filled(result: Result) -> Text:
    text = Text(f"{len(result.kpis)} KPIs filled", style="dim")
    for reason in (NO_SAMPLE, NOT_IN_THIS_VERSION):
        names = [name for name, why in result.kpis.not_filled.items() if why == reason]
        text.append(f"; {reason}: {', '.join(names)}" if names else "")
    return text


def _next_steps(result: Result, folder: Path | None) -> Text:
    text = Text()
    if folder is not None:
        text.append("written to ").append(str(folder), style="bold")
        text.append(f": summary.json, scenario.json, {len(result.tables)} tables as Parquet\n")
    text.append("next: ", style="dim")
    if not result.ok and result.violations:
        text.append(result.violations[0].replay)
    elif folder is not None:
        reader = "pandas.read_parquet" if find_spec("pandas") else "pyarrow.parquet.read_table"
        module = reader.rpartition(".")[0]
        text.append(f"python -c \"import {module}; print({reader}('{folder}/{STORE_DAYS}.parquet'))\"")
    else:
        seed = "" if result.seed == result.scenario.seed else f" --seed {result.seed}"
        mutant = "" if result.mutant is None else f" --mutant {result.mutant}"
        text.append(f"tillstorm run {result.scenario.argument}{seed}{mutant} --out results")
    return text
