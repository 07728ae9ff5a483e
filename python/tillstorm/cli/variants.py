"""The variants that a command line names: several scenarios, or one and what is changed in it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tillstorm import overrides, packaged
from tillstorm.cli import scenario_arguments
from tillstorm.errors import StudyError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tillstorm.scenario import Scenario

OPENING = "[{"
CLOSING = "]}"


def variant(text: str) -> tuple[str, list[str]]:
    """`NAME` or `NAME:PATH=VALUE,PATH=VALUE` as name and changes; a comma inside of JSON divides nothing.

    Raises:
        ArgumentTypeError: it has no name, or something after the colon that changes nothing.
    """
    name, colon, rest = text.partition(":")
    changes = [part.strip() for part in parts(rest)] if colon else []
    if not name.strip() or "=" in name or any(not part.partition("=")[1] for part in changes):
        raise argparse.ArgumentTypeError(
            f"`{text}` is no variant; one is written NAME or NAME:PATH=VALUE,PATH=VALUE, for example"
            " hourly:integration.posting.mode=batch,integration.posting.interval_minutes=60"
        )
    return name.strip(), changes


def parts(text: str) -> Iterator[str]:
    """A text divided at its commas, but not at those in brackets or in quotes."""
    depth, quoted, escaped, begin = 0, False, False, 0
    for place, character in enumerate(text):
        if quoted:
            quoted = escaped or character != '"'
            escaped = character == "\\" and not escaped
        elif character == '"':
            quoted = True
        elif character in OPENING:
            depth += 1
        elif character in CLOSING:
            depth -= 1
        elif character == "," and depth <= 0:
            yield text[begin:place]
            begin = place + 1
    yield text[begin:]


def load(
    sources: Sequence[str], variants: Sequence[tuple[str, list[str]]], changes: Sequence[str]
) -> dict[str, Scenario]:
    """The variants by name.

    Args:
        sources: Scenarios, each with a name before it if it has an equals sign: `today=peak/peak_week`.
        variants: Names and changes, of the one scenario.
        changes: Changes of all of them.

    Raises:
        StudyError: there is nothing to compare, or a name stands for two.
        ScenarioError: something is wrong with a scenario or a change.
    """
    if variants and len(sources) > 1:
        raise StudyError("variants are of one scenario: name one, or several and no --variant")
    if len(sources) == 1 and len(variants) < 2:
        raise StudyError(
            "nothing to compare it with: name a second scenario, or two variants such as --variant realtime"
            " --variant hourly:integration.posting.mode=batch,integration.posting.interval_minutes=60"
        )
    found: dict[str, Scenario] = {}
    for name, make in _named(sources, variants, changes):
        if name in found:
            raise StudyError(f"two variants are called `{name}`; a name goes before a scenario: today={sources[-1]}")
        found[name] = make
    return found


def _named(
    sources: Sequence[str], variants: Sequence[tuple[str, list[str]]], changes: Sequence[str]
) -> Iterator[tuple[str, Scenario]]:
    if variants:
        base = scenario_arguments.load(sources[0], changes)
        for name, own in variants:
            scenario = base.changed(overrides.from_texts(own), origin=f"--variant {name}") if own else base
            yield name, scenario
        return
    seen: dict[str, int] = {}
    for text in sources:
        name, source = _split(text)
        if not name:
            seen[source] = seen.get(source, 0) + 1
            name = source if seen[source] == 1 else f"{source} ({seen[source]})"
        yield name, scenario_arguments.load(source, changes)


def _split(text: str) -> tuple[str, str]:
    """`NAME=SCENARIO` in two; a scenario alone has no name."""
    name, equals, source = text.partition("=")
    if not equals or Path(text).is_file() or not name.strip() or "/" in name:
        return "", text.removesuffix(packaged.SUFFIX) if not Path(text).is_file() else text
    return name.strip(), source
