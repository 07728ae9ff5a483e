"""The integration rules: what must hold on the road between stores and books, from the one list in the core."""

from __future__ import annotations

import difflib
from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from tillstorm._compiled import core
from tillstorm.errors import UserError
from tillstorm.scenario import Scenario

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Parameter:
    """A key of the scenario that a rule reads.

    Attributes:
        path: Where it is in the document.
        meaning: What it says.
        unit: Its unit; empty for none.
        default: Its value if the document says nothing.
        source: Where the default comes from; empty for a switch or a name.
        variants: What it may be, where that is a choice of names: each name with its meaning.
    """

    path: str
    meaning: str
    unit: str
    default: Any
    source: str
    variants: Mapping[str, str]


@dataclass(frozen=True)
class Rule:
    """One integration rule.

    Attributes:
        id: As in the catalogue of rules: `MSG-03`.
        flow: Part of the business that it belongs to.
        title: A few words.
        statement: What must hold.
        home: The file below `cpp/` that decides.
        parameters: Keys of the scenario that it reads.
        outcomes: What can come of it: names and meanings.
        guards: Promises and key figures that show when it is broken.
        mutants: Names of its wrong variants.
        aliases: Ids of rules that are one with this.
    """

    id: str
    flow: str
    title: str
    statement: str
    home: str
    parameters: tuple[Parameter, ...]
    outcomes: Mapping[str, str]
    guards: tuple[str, ...]
    mutants: tuple[str, ...]
    aliases: tuple[str, ...]

    @property
    def variants(self) -> list[str]:
        """Each choice that the scenario has here, as an override: `integration.posting.mode=batch`."""
        return [f"{parameter.path}={name}" for parameter in self.parameters for name in parameter.variants]

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {**asdict(self), "variants": self.variants}


@cache
def _list() -> tuple[Rule, ...]:
    schema = Scenario.schema()
    return tuple(
        Rule(
            id=entry["id"],
            flow=entry["flow"],
            title=entry["title"],
            statement=entry["statement"],
            home=entry["home"],
            parameters=tuple(_parameter(schema, path) for path in entry["parameters"]),
            outcomes={outcome["name"]: outcome["meaning"] for outcome in entry["outcomes"]},
            guards=tuple(entry["guards"]),
            mutants=tuple(entry["mutants"]),
            aliases=tuple(entry["aliases"]),
        )
        for entry in core.rules()
    )


def rules() -> list[Rule]:
    """The integration rules, in the order of the list."""
    return list(_list())


def find(name: str) -> Rule:
    """The rule of an id or alias, in upper or lower case.

    Raises:
        UserError: there is none; the text has the nearest id.
    """
    ids = {alias: rule for rule in _list() for alias in (rule.id, *rule.aliases)}
    if name.upper() in ids:
        return ids[name.upper()]
    raise UserError(f"there is no rule `{name}`{nearest(name.upper(), ids)} `tillstorm rules` lists them")


def nearest(name: str, known: Mapping[str, object]) -> str:
    """`; did you mean X?` for a wrong name, or a full stop."""
    near = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean {near[0]}?" if near else "."


def _parameter(schema: dict[str, Any], path: str) -> Parameter:
    """What the schema says of a key: nothing, if a rule names one that the document does not have."""
    node = schema
    for step in path.split("."):
        node = node.get("items", node).get("properties", {}).get(step, {})
    choices = node.get("oneOf", node.get("items", {}).get("oneOf", []))
    return Parameter(
        path=path,
        meaning=node.get("description", ""),
        unit=node.get("unit", ""),
        default=node.get("default"),
        source=node.get("source", ""),
        variants={c["const"]: c.get("description", "") for c in choices if c.get("const") is not None},
    )
