"""Key figures kept beside a scenario, in a file that people can read: name, value, unit."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tillstorm.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from tillstorm.result import Result

SUFFIX = ".scenario.json"
DIGITS = 10


def path_of(scenario: Path) -> Path:
    """`shop.kpis.json` for `shop.scenario.json`."""
    return scenario.with_name(scenario.name.removesuffix(SUFFIX) + ".kpis.json")


def figures(result: Result) -> dict[str, dict[str, Any]]:
    """The filled KPIs of a run, to ten significant digits."""
    return {
        name: {"value": float(f"{kpi.value:.{DIGITS}g}"), "unit": kpi.unit} for name, kpi in sorted(result.kpis.items())
    }


def write(path: Path, result: Result) -> None:
    """Writes the figures of a run, a line for each."""
    lines = [f"  {json.dumps(name)}: {json.dumps(entry)}" for name, entry in figures(result).items()]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def differences(path: Path, result: Result) -> list[str]:
    """How the figures of a run differ from those of a file, a line for each; empty if they do not.

    Raises:
        UserError: the file is not what `write` writes.
    """
    try:
        kept: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
        golden = {name: (float(entry["value"]), str(entry["unit"])) for name, entry in kept.items()}
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UserError(f"{path}: no key figures ({error}); `pytest --tillstorm-update` writes it anew") from error
    seen = {name: (entry["value"], entry["unit"]) for name, entry in figures(result).items()}
    width = max((len(name) for name in {*golden, *seen}), default=0)
    return [
        f"{name:<{width}}  {_difference(golden.get(name), seen.get(name))}"
        for name in sorted({*golden, *seen})
        if golden.get(name) != seen.get(name)
    ]


def _difference(golden: tuple[float, str] | None, seen: tuple[float, str] | None) -> str:
    if golden is None:
        assert seen is not None
        return f"{_text(seen)}, not in the file"
    if seen is None:
        return f"not filled by this run; the file says {_text(golden)}"
    share = ""
    if golden[0] and golden[1] == seen[1]:
        share = f" ({100 * (seen[0] - golden[0]) / abs(golden[0]):+.3g} %)"
    return f"{_text(seen)}; the file says {_text(golden)}{share}"


def _text(figure: tuple[float, str]) -> str:
    value, unit = figure
    number = f"{value:.0f}" if value == int(value) else f"{value:.{DIGITS}g}"
    return f"{number} {unit}".strip()
