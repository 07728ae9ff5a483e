"""The bar of a study: runs done, time left."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def study_bar(console: Console | None = None) -> Iterator[StudyBar]:
    """A bar on standard error, or on `console`; on something that is no terminal it shows nothing."""
    console = console or Console(stderr=True)
    bar = Progress(
        TextColumn("[bold]{task.description}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TextColumn("runs,"),
        TimeRemainingColumn(compact=True),
        TextColumn("left"),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with bar:
        yield StudyBar(bar)


class StudyBar:
    """Shows how far a study is."""

    def __init__(self, bar: Progress) -> None:
        """Adds its line to `bar`; see `study_bar`."""
        self._bar = bar
        self._task = bar.add_task("comparing", total=None)

    def say(self, what: str) -> None:
        """Shows what is being done."""
        self._bar.update(self._task, description=what)

    def update(self, done: int, total: int) -> None:
        """Shows that `done` runs of `total` are there; a study with a wanted precision may add to them."""
        self._bar.update(self._task, description="comparing", completed=done, total=total)
