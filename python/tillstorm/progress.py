"""The bar of a run: simulated date, tickets per second, time left."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn

from tillstorm.moments import to_datetime

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tillstorm._compiled import core
    from tillstorm.scenario import Scenario


@contextmanager
def terminal_bar(*middle: ProgressColumn, console: Console | None = None) -> Iterator[Progress]:
    """What a bar of ours looks like: what is done, the bar, the columns of `middle`, the time left.

    On standard error, or on `console`; on something that is no terminal it shows nothing.
    """
    console = console or Console(stderr=True)
    bar = Progress(
        TextColumn("[bold]{task.description}"),
        BarColumn(bar_width=30),
        *middle,
        TimeRemainingColumn(compact=True),
        TextColumn("left"),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with bar:
        yield bar


@contextmanager
def progress_bar(
    scenario: Scenario, until_us: int | None = None, console: Console | None = None
) -> Iterator[ProgressBar]:
    """A bar over the simulated time of `scenario`, up to `until_us` if that is given; see `terminal_bar`."""
    with terminal_bar(TaskProgressColumn(), TextColumn("{task.fields[pace]}"), console=console) as bar:
        yield ProgressBar(bar, scenario.time_zone, until_us)


class ProgressBar:
    """Shows how far a run is."""

    def __init__(self, bar: Progress, zone: str, until_us: int | None) -> None:
        """Adds its line to `bar`; see `progress_bar`."""
        self._bar = bar
        self._zone = zone
        self._until_us = until_us
        self._task = bar.add_task("starting", total=None, pace="")
        self._began = time.perf_counter()

    def update(self, simulation: core.Simulation) -> None:
        """Shows the moment that the run has reached."""
        last_us = simulation.end_us if self._until_us is None else min(self._until_us, simulation.end_us)
        now_us = simulation.now_us
        elapsed = max(time.perf_counter() - self._began, 1e-9)
        self._bar.update(
            self._task,
            description=describe(now_us, simulation.end_us, self._zone),
            total=last_us - simulation.start_us,
            completed=min(now_us, last_us) - simulation.start_us,
            pace=f"{simulation.counters()['tickets'] / elapsed:,.0f} tickets/s",
        )


def describe(now_us: int, end_us: int, zone: str) -> str:
    """The simulated moment in words; after the last customer, that the drain is going on."""
    text = f"{to_datetime(now_us, zone):%a %d %b %Y %H:%M}"
    return text if now_us < end_us else f"{text}, posting what is left"
