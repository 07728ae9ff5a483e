"""The bar of a study: runs done, time left."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.progress import MofNCompleteColumn, TextColumn

from tillstorm.progress import terminal_bar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console
    from rich.progress import Progress


@contextmanager
def study_bar(console: Console | None = None) -> Iterator[StudyBar]:
    """A bar over the runs of a study; see `terminal_bar`."""
    with terminal_bar(MofNCompleteColumn(), TextColumn("runs,"), console=console) as bar:
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
