"""Arguments of a type that a function does not take: said at once, with what it takes."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from pathlib import Path
from typing import SupportsIndex

from tillstorm.scenario import Scenario


def check_scenario(value: object) -> None:
    """Raises TypeError unless it is a Scenario."""
    if isinstance(value, Scenario):
        return
    if isinstance(value, str | Path):
        raise TypeError(f"expected a Scenario, not its name: load it with ts.Scenario.load({str(value)!r})")
    further = ": ts.Scenario.from_json(json.dumps(...)) reads a document" if isinstance(value, Mapping) else ""
    raise TypeError(f"expected a Scenario, not {described(value)}{further}")


def check_variants(value: object) -> None:
    """Raises TypeError unless it is a mapping of names to Scenarios."""
    if not isinstance(value, Mapping):
        raise TypeError(f"expected variants by name, like {{'as it is': a, 'changed': b}}, not {described(value)}")
    for name, scenario in value.items():
        if not isinstance(name, str):
            raise TypeError(f"the name of a variant is a text, not {described(name)}")
        check_scenario(scenario)


def whole_number(name: str, value: object) -> int:
    """An argument as a plain integer.

    Raises:
        TypeError: it is no whole number.
    """
    if isinstance(value, bool) or not isinstance(value, SupportsIndex):
        raise TypeError(f"{name} is a whole number, not {described(value)}")
    return operator.index(value)


def seed_of(value: object) -> int:
    """A seed as a plain integer.

    Raises:
        TypeError: it is no whole number.
        ValueError: it is outside 0 to 2^64 - 1.
    """
    if isinstance(value, bool) or not isinstance(value, SupportsIndex):
        raise TypeError(f"a seed is a whole number from 0 to 2^64 - 1, not {described(value)}")
    seed = operator.index(value)
    if not 0 <= seed < 1 << 64:
        raise ValueError(f"a seed is a whole number from 0 to 2^64 - 1, not {seed}")
    return seed


def described(value: object) -> str:
    """A value and its type, cut to a readable length."""
    text = repr(value)
    return f"{text if len(text) <= 60 else text[:57] + '...'} ({type(value).__name__})"
