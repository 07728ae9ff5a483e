"""Changes to a scenario by dotted path: `{"integration.posting.mode": "batch"}`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from tillstorm.errors import Problem, ScenarioError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Overrides = list[tuple[str, str]]
CORE_NAME = "--set"


@contextmanager
def named(origin: str) -> Iterator[None]:
    """Within it, an error that is in an override says `origin` where a file would be named, and no line."""
    try:
        yield
    except ScenarioError as error:
        if all(problem.file != CORE_NAME for problem in error.problems):
            raise
        renamed = ScenarioError(
            replace(problem, file=origin, line=0, column=0) if problem.file == CORE_NAME else problem
            for problem in error.problems
        )
        raise renamed from None


def from_mapping(changes: Mapping[str, object]) -> Overrides:
    """Dotted paths and Python values as the core takes them: paths and JSON texts.

    Raises:
        TypeError: it is no mapping of texts.
        ScenarioError: a value that JSON cannot say.
    """
    _check_mapping(changes)
    return [(path, to_json(path, value)) for path, value in changes.items()]


def _check_mapping(changes: object) -> None:
    if not isinstance(changes, Mapping) or not all(isinstance(path, str) for path in changes):
        raise TypeError(
            f"changes are a dict of dotted paths and values, such as {{'days': 7}}, not {changes!r:.60}"
            f" ({type(changes).__name__})"
        )


def to_json(path: str, value: object) -> str:
    """A value as JSON text; dates, times and paths as their text.

    Raises:
        ScenarioError: JSON cannot say it (NaN, an object of some class).
    """
    try:
        return json.dumps(value, allow_nan=False, ensure_ascii=False, default=_plain)
    except (TypeError, ValueError) as error:
        raise ScenarioError(
            [Problem(f"the value cannot be written as JSON ({error})", file="with_", path=path)]
        ) from error


def _plain(value: object) -> object:
    for method in ("isoformat", "tolist", "__fspath__"):
        convert = getattr(value, method, None)
        if callable(convert):
            return convert()
    raise TypeError(f"{type(value).__name__} has no JSON form")


def from_texts(texts: Iterable[str]) -> Overrides:
    """Command-line texts `path=value`; the value is JSON, or else taken as a string.

    Raises:
        ScenarioError: a text without `=` or without a path.
    """
    overrides = []
    for text in texts:
        path, equals, value = text.partition("=")
        if not equals or not path.strip():
            problem = Problem("an override is written path=value", file="--set", found=f"`{text}`", allowed="days=7")
            raise ScenarioError([problem])
        overrides.append((path.strip(), value))
    return overrides
