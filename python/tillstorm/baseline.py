"""The document behind `Scenario.baseline`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def baseline_document(
    *, stores: int, items: int, days: int, seed: int, sections: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """The baseline with the values of `sections` over it.

    Objects are merged, everything else is replaced; what is not said here comes from the defaults, each of which names
    its source in the scenario reference.
    """
    document: dict[str, Any] = {
        "name": "baseline",
        "description": "A believable chain of generated stores and items, one distribution centre and a web shop.",
        "days": days,
        "seed": seed,
        "chain": {"generate": {"stores": stores}, "distribution_centres": [{"id": "DC1"}]},
        "catalogue": {"generate": {"items": items}},
        "demand": {"online": {}},
    }
    return merged(document, sections)


def merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """`base` with the values of `over`: objects are merged, everything else is replaced."""
    result = dict(base)
    for key, value in over.items():
        below = result.get(key)
        result[key] = merged(below, value) if isinstance(below, Mapping) and isinstance(value, Mapping) else value
    return result
