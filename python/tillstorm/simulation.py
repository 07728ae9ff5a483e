"""A run that is advanced by hand, looked at, and branched."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from tillstorm.arguments import described
from tillstorm.driving import drive
from tillstorm.errors import InterruptedRunError, TimeError
from tillstorm.moments import MICROSECOND, to_datetime, to_us
from tillstorm.result import Result
from tillstorm.running import core_simulation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tillstorm._compiled import core
    from tillstorm.moments import MomentLike
    from tillstorm.scenario import Scenario


@dataclass(frozen=True)
class Snapshot:
    """A moment of a simulation, kept aside; `Simulation.restore` goes on from it, as often as you like.

    Attributes:
        scenario: What was being simulated.
        seed: Seed of the run.
        now: The simulated moment, on the chain's clock.
    """

    scenario: Scenario
    seed: int
    now: datetime
    _core: core.Simulation = field(repr=False)
    _promises: bool = field(default=True, repr=False)
    _mutant: str | None = field(default=None, repr=False)


class Simulation:
    """A run of a scenario, standing at a simulated moment.

    Times without an offset are on the chain's clock (`chain.time_zone`). How often and where it is stopped changes
    nothing in the run.
    """

    def __init__(
        self,
        scenario: Scenario,
        seed: int | None = None,
        *,
        promises: bool = True,
        mutant: str | None = None,
        explain: Iterable[str] = (),
    ) -> None:
        """A run before its first event.

        Args:
            scenario: What to simulate.
            seed: Seed of all random streams; None takes the scenario's own.
            promises: Check the promises.
            mutant: A rule to break on purpose, by the name of its mutant.
            explain: Whose stories `Result.traces` tells: `ticket=STORE-TILL-NUMBER`, `message=TYPE:NUMBER@PLACE`,
                `item=ID@PLACE` or `exception=ID`.

        Raises:
            ScenarioError: the scenario cannot be simulated, or there is no such mutant, or nothing
                of that name to explain.
            TypeError: `scenario` is no Scenario, or `seed` no whole number.
            ValueError: the seed is outside 0 to 2^64 - 1.
        """
        self._scenario = scenario
        self._promises = promises
        self._mutant = mutant
        self._core, self._seed = core_simulation(scenario, seed, promises=promises, mutant=mutant, explain=explain)

    @property
    def scenario(self) -> Scenario:
        """What is simulated."""
        return self._scenario

    @property
    def seed(self) -> int:
        """Seed of the run."""
        return self._seed

    @property
    def start(self) -> datetime:
        """When the run begins: midnight of the first date."""
        return to_datetime(self._core.start_us, self._scenario.time_zone)

    @property
    def end(self) -> datetime:
        """When the last customer may come; what is pending then is still worked off."""
        return to_datetime(self._core.end_us, self._scenario.time_zone)

    @property
    def now(self) -> datetime:
        """The simulated moment reached: all before it has happened, nothing at or after it."""
        return to_datetime(self._core.now_us, self._scenario.time_zone)

    @property
    def finished(self) -> bool:
        """Whether nothing more can happen."""
        return self._core.finished

    @property
    def places(self) -> list[str]:
        """Ids of stores, then distribution centres: the rows of `truth` and `book`."""
        return list(self._core.place_ids)

    @property
    def items(self) -> list[str]:
        """Ids of the items: the columns of `truth` and `book`."""
        return list(self._core.item_ids)

    def run_until(self, moment: MomentLike) -> Simulation:
        """Runs everything before a simulated moment; returns itself.

        Args:
            moment: ISO text or a datetime on the chain's clock, a date, or a timedelta since the start of the run.

        Raises:
            TimeError: it is no time, or has passed.
            InterruptedRunError: Ctrl-C; the simulation stands between two events and can go on.
        """
        until_us = to_us(moment, zone=self._scenario.time_zone, start_us=self._core.start_us)
        if until_us < self._core.now_us:
            raise TimeError(f"{moment} has passed: the simulation is at {self.now:%Y-%m-%dT%H:%M:%S}")
        return self._drive(until_us)

    def step(self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0) -> Simulation:
        """Runs on for a length of simulated time; returns itself.

        Raises:
            TimeError: the length is not above 0.
            InterruptedRunError: Ctrl-C; the simulation stands between two events and can go on.
        """
        length = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        if length <= timedelta(0):
            raise TimeError("step needs a length above 0, such as step(hours=1)")
        return self._drive(self._core.now_us + length // MICROSECOND)

    def run(self) -> Result:
        """Runs to the end, until nothing is pending, and returns the result.

        Raises:
            InterruptedRunError: Ctrl-C; the simulation stands between two events and can go on.
        """
        self._drive(None)
        return self.result()

    def _drive(self, until_us: int | None) -> Simulation:
        if not drive(self._core, until_us):
            raise InterruptedRunError(self.result())
        return self

    def truth(self, what: str = "on_hand") -> np.ndarray[Any, np.dtype[np.int32]]:
        """What is really there, which only a simulation can know.

        Args:
            what: `on_hand`: units on shelf and in the backroom [base units].

        Returns:
            A read-only array, places x items; -1 where a place does not carry an item.

        Raises:
            ValueError: `what` is not one of these.
        """
        return self._matrix(what, self._core.truth_on_hand)

    def book(self, what: str = "on_hand") -> np.ndarray[Any, np.dtype[np.int32]]:
        """What the ERP believes to be there, in the shape of `truth`.

        Raises:
            ValueError: `what` is not `on_hand`.
        """
        return self._matrix(what, self._core.book_on_hand)

    @staticmethod
    def _matrix(what: str, read: Any) -> np.ndarray[Any, np.dtype[np.int32]]:  # noqa: ANN401
        if what != "on_hand":
            raise ValueError(f"there is no `{what}`; there is `on_hand`")
        matrix: np.ndarray[Any, np.dtype[np.int32]] = read()
        return matrix

    def snapshot(self) -> Snapshot:
        """Keeps the present moment aside."""
        return Snapshot(self._scenario, self._seed, self.now, self._core.copy(), self._promises, self._mutant)

    @classmethod
    def restore(cls, snapshot: Snapshot) -> Simulation:
        """Another simulation that stands where the snapshot was taken, and goes on from there like the first.

        Raises:
            TypeError: it is no snapshot.
        """
        if not isinstance(snapshot, Snapshot):
            raise TypeError(f"expected a Snapshot, which Simulation.snapshot() makes, not {described(snapshot)}")
        simulation = cls.__new__(cls)
        simulation._scenario = snapshot.scenario
        simulation._seed = snapshot.seed
        simulation._promises = snapshot._promises
        simulation._core = snapshot._core.copy()
        simulation._mutant = snapshot._mutant
        return simulation

    def result(self) -> Result:
        """The figures so far: partial unless the run is finished. The simulation can go on afterwards."""
        return Result(self._scenario, self._seed, self._core, promises=self._promises, mutant=self._mutant)

    def __repr__(self) -> str:
        state = "finished" if self.finished else f"at {self.now:%Y-%m-%dT%H:%M:%S}"
        return f"<Simulation of {self._scenario.name or 'a scenario'}, seed {self._seed}, {state}>"
