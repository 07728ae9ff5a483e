"""Threads that make runs, and what Ctrl-C does to them.

A process that ends while one of its threads is inside the core aborts. So the first Ctrl-C only asks the runs to give
up, which they do between two slices, and is raised once it is safe. If a second one comes before all threads have
stopped, the command line leaves at once, without Python's own end; a notebook or a program of somebody else waits on.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeVar

from tillstorm.driving import give_up_when, interrupt_noted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

LOOK_SECONDS: Final = 0.2
INTERRUPTED: Final = 130
SHOW_CURSOR: Final = "\x1b[?25h"

Value = TypeVar("Value")


class Pool:
    """Threads whose runs give up when the pool stops; see `pool_of`."""

    def __init__(self, executor: ThreadPoolExecutor, noted: threading.Event) -> None:
        self._executor = executor
        self._noted = noted

    @property
    def interrupted(self) -> bool:
        """Whether a Ctrl-C has come."""
        return self._noted.is_set()

    def submit(self, function: Callable[..., Value], *arguments: object) -> Future[Value]:
        """Has a thread call it."""
        return self._executor.submit(function, *arguments)

    def some_of(self, waiting: set[Future[Value]]) -> tuple[set[Future[Value]], set[Future[Value]]]:
        """Waits until some are done, or a short time for a Ctrl-C to be seen: those that are done, and the others."""
        done, left = wait(waiting, LOOK_SECONDS, FIRST_COMPLETED)
        return done, left

    def result(self, future: Future[Value]) -> Value:
        """What the call has returned.

        Raises:
            KeyboardInterrupt: Ctrl-C came before it did.
        """
        while not self.some_of({future})[0]:
            if self.interrupted:
                break
        if self.interrupted:
            raise KeyboardInterrupt
        return future.result()

    def map(self, function: Callable[..., Value], arguments: Iterable[object]) -> list[Value]:
        """The results of a call for each argument, in their order.

        Raises:
            KeyboardInterrupt: Ctrl-C came before all were there.
        """
        waiting = [self.submit(function, argument) for argument in arguments]
        return [self.result(future) for future in waiting]


@contextmanager
def pool_of(threads: int) -> Iterator[Pool]:
    """Threads for the time of a `with`; whatever ends it early makes their runs give up, and waits until they have."""
    stop = threading.Event()
    with (
        interrupt_noted(again=_interrupted_again) as noted,
        ThreadPoolExecutor(threads, initializer=give_up_when, initargs=(stop,)) as executor,
    ):
        pool = Pool(executor, noted)
        try:
            yield pool
        except BaseException:
            stop.set()
            raise
        finally:
            if pool.interrupted:
                stop.set()
            if stop.is_set():
                executor.shutdown(cancel_futures=True)


_is_command_line = threading.Event()


def own_the_process() -> None:
    """Says that this process is the command line's: nothing of anybody else is lost when it is left at once."""
    _is_command_line.set()


def _interrupted_again() -> None:
    if _is_command_line.is_set():
        leave_at_once()


def leave_at_once() -> None:
    """Ends the process with exit code 130, now."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):  # nobody is left to be told
            stream.flush()
    with contextlib.suppress(Exception):
        if sys.stderr.isatty():  # a progress bar may have hidden it
            sys.stderr.write(SHOW_CURSOR)
            sys.stderr.flush()
    os._exit(INTERRUPTED)
