"""A scenario: what a run simulates, as an immutable value."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tillstorm import overrides, packaged
from tillstorm._compiled import core
from tillstorm.baseline import baseline_document
from tillstorm.errors import ScenarioError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike

TEXT_NAME = "<text>"
SAVED_NAME = "scenario.json"


def _roots() -> list[str]:
    return [str(root) for root in packaged.roots()]


def _set_options(changes: overrides.Overrides) -> str:
    return "".join(f" --set {shlex.quote(f'{path}={value}')}" for path, value in changes)


class Scenario:
    """A chain, its customers, its integration and what goes wrong, to be simulated by `run`.

    A scenario never changes: `with_` gives another one. Each is valid when it exists, so that `load`, `from_json`,
    `baseline` and `with_` are the places where a mistake shows.
    """

    __slots__ = ("_argument", "_handle", "_text")

    def __init__(self, handle: core.ScenarioHandle, argument: str = SAVED_NAME) -> None:
        """Wraps what the core has read; use `load`, `from_json` or `baseline`.

        Args:
            handle: What the core has read.
            argument: How a command line names it, changes included.
        """
        self._handle = handle
        self._text = handle.to_json()
        self._argument = argument

    @classmethod
    def load(cls, source: str | PathLike[str], changes: Mapping[str, object] | None = None) -> Scenario:
        """Reads a scenario document.

        Args:
            source: A file, or the name of a packaged scenario such as `peak/peak_week`.
            changes: Dotted paths and values that hold over the document, as in `with_`.

        Raises:
            ScenarioError: there is no such scenario, or something is wrong with it: all that cannot be read
                or, if all can, all that contradicts itself.
        """
        with overrides.named("changes"):
            return cls.read(source, overrides.from_mapping(changes or {}))

    @classmethod
    def read(cls, source: str | PathLike[str], changes: overrides.Overrides) -> Scenario:
        """`load` with changes as paths and JSON texts: what `--set` has."""
        path = packaged.resolve(Path(source))
        argument = shlex.quote(str(source)) + _set_options(changes)
        return cls(core.read_scenario(str(path), _roots(), changes), argument)

    @classmethod
    def from_json(cls, text: str, *, folder: str | PathLike[str] = ".", name: str = TEXT_NAME) -> Scenario:
        """Reads a scenario from a text.

        Args:
            text: The document.
            folder: Where `extends` and `demand.trace` are looked for.
            name: What to call the text in messages.

        Raises:
            ScenarioError: something is wrong with the document.
        """
        return cls._from_text(text, [], folder=Path(folder), name=name)

    @classmethod
    def _from_text(cls, text: str, changes: overrides.Overrides, *, folder: Path, name: str) -> Scenario:
        try:
            return cls(core.read_scenario_text(text, name, str(folder), _roots(), changes))
        except ScenarioError as error:
            error.texts[name] = text
            raise

    @classmethod
    def baseline(
        cls, *, stores: int = 120, skus: int = 5000, days: int = 28, seed: int = 1, **sections: Mapping[str, Any]
    ) -> Scenario:
        """A believable chain of generated stores and items, with one distribution centre and a web shop.

        Args:
            stores: How many stores.
            skus: How many items.
            days: Days in which customers come.
            seed: Seed of the run's random streams; the chain itself is the same for every seed.
            sections: Top-level sections of the document whose values hold over the baseline's, such as
                `demand={"tickets_per_store_day": 250}`.

        Raises:
            ScenarioError: a value is not allowed.
        """
        document = baseline_document(stores=stores, items=skus, days=days, seed=seed, sections=sections)
        return cls.from_json(json.dumps(document), name="<baseline>")

    def with_(self, changes: Mapping[str, object]) -> Scenario:
        """Another scenario in which some values differ.

        Args:
            changes: Dotted paths and values: `{"integration.posting.mode": "batch", "chain.stores[0].terminals": 2}`.
                An object is merged into what is there; a list replaces the list.

        Raises:
            ScenarioError: an unknown path, or a value that is not allowed there.
            TypeError: `changes` is no mapping of texts.
        """
        return self.changed(overrides.from_mapping(changes), origin="with_")

    def changed(self, changes: overrides.Overrides, origin: str) -> Scenario:
        """`with_` with changes as paths and JSON texts; an error in one says `origin` where a file would be named."""
        with overrides.named(origin):
            other = self._from_text(self._text, changes, folder=Path(), name="<scenario>")
        if self._argument != SAVED_NAME:
            other._argument = self._argument + _set_options(changes)
        return other

    def validate(self) -> None:
        """Checks what only the whole can show: that it can be expanded, and that a run of it would fit in memory.

        Raises:
            ScenarioError: it cannot be run.
        """
        self._handle.validate()

    def to_json(self) -> str:
        """The document: what differs from the defaults, with all that it extends merged in."""
        return self._text

    def to_dict(self) -> dict[str, Any]:
        """The document as Python values."""
        document: dict[str, Any] = json.loads(self._text)
        return document

    def save(self, path: str | PathLike[str]) -> Path:
        """Writes the document and returns where. Reading it back gives an equal scenario."""
        target = Path(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(self._text.rstrip("\n") + "\n", encoding="utf-8")
        return target

    @staticmethod
    def schema() -> dict[str, Any]:
        """JSON Schema (draft 2020-12) of the document."""
        schema: dict[str, Any] = json.loads(core.scenario_schema())
        return schema

    @property
    def name(self) -> str:
        """Its short name; empty if it has none."""
        return self._handle.name

    @property
    def description(self) -> str:
        """What it shows."""
        return self._handle.description

    @property
    def start(self) -> str:
        """First simulated date, ISO."""
        return self._handle.start

    @property
    def days(self) -> int:
        """Days in which customers come."""
        return self._handle.days

    @property
    def seed(self) -> int:
        """Seed that a run uses unless it is given another."""
        return self._handle.seed

    @property
    def stores(self) -> int:
        """Number of stores."""
        return self._handle.store_count

    @property
    def skus(self) -> int:
        """Number of items in the catalogue."""
        return self._handle.item_count

    @property
    def time_zone(self) -> str:
        """IANA name of the chain's time zone."""
        return self._handle.time_zone

    @property
    def currency(self) -> str:
        """ISO 4217 code."""
        return self._handle.currency

    @property
    def trace(self) -> Path | None:
        """The imported log that it replays, if it does."""
        return Path(self._handle.trace) if self._handle.trace else None

    @property
    def argument(self) -> str:
        """How a command line names it: the file or packaged name it was loaded from, with changes as `--set` options.

        `scenario.json`, which `Result.save` writes, if it was not loaded.
        """
        return self._argument

    @property
    def handle(self) -> core.ScenarioHandle:
        """What the core simulates; not for users."""
        return self._handle

    def __eq__(self, other: object) -> bool:
        return self._text == other._text if isinstance(other, Scenario) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._text)

    def __reduce__(self) -> tuple[object, tuple[str, str]]:
        return _unpickled, (self._text, self._argument)

    def __repr__(self) -> str:
        plural = "" if self.days == 1 else "s"
        return (
            f"<Scenario {self.name or 'without a name'}: {self.stores} stores, {self.skus} items,"
            f" {self.days} day{plural} from {self.start}, seed {self.seed}>"
        )


def _unpickled(text: str, argument: str) -> Scenario:
    return Scenario(core.read_scenario_text(text, TEXT_NAME, ".", _roots(), []), argument)
