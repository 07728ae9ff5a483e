"""A scenario file as a file of tests: one run, shared by an item for each promise and each expectation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tillstorm import replaying
from tillstorm.errors import ScenarioError
from tillstorm.expectations import Verdict, describe, names_of, not_judged
from tillstorm.running import run
from tillstorm.scenario import Scenario
from tillstorm.testing import goldens

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tillstorm.result import Result

GOLDEN_NAME = "kpis.json"


class VerdictFailedError(Exception):
    """A promise or an expectation that does not hold; its text is all that is to be said."""


class ScenarioFile(pytest.File):
    """A scenario; its items share one run for each seed."""

    def collect(self) -> Iterator[pytest.Item]:
        """An item for each promise and expectation, and one for the golden KPIs if there are any."""
        scenario = self._load()
        option = self.config.getoption
        seed = scenario.seed if option("tillstorm_seed") is None else option("tillstorm_seed")
        golden = goldens.path_of(self.path)
        for replication in range(option("tillstorm_replications")):
            shared = SharedRun(scenario, seed + replication)
            is_own = shared.seed == scenario.seed
            suffix = "" if is_own else f"[seed {shared.seed}]"
            for name in names_of(scenario):
                item = VerdictItem.from_parent(self, name=f"{name}{suffix}", verdict=name, shared=shared)
                if name == "digest" and not is_own:
                    item.add_marker(pytest.mark.skip(reason="the digest is of the scenario's own seed"))
                yield self._together(item)
            if is_own and (option("tillstorm_update") or golden.is_file()):
                yield self._together(GoldenItem.from_parent(self, name=GOLDEN_NAME, golden=golden, shared=shared))

    def _load(self) -> Scenario:
        try:
            scenario = Scenario.load(self._shown_path())
            scenario.validate()
        except ScenarioError as error:
            raise self.CollectError(f"{error}") from None
        return scenario

    def _shown_path(self) -> Path:
        """As it is named on a command line in the folder that pytest was started in."""
        here = self.config.invocation_params.dir
        return self.path.relative_to(here) if self.path.is_relative_to(here) else self.path

    def _together(self, item: pytest.Item) -> pytest.Item:
        """With `--dist loadgroup`, one worker gets all items of a file and runs it once."""
        if self.config.pluginmanager.hasplugin("xdist"):
            item.add_marker(pytest.mark.xdist_group(self.nodeid))
        return item


class SharedRun:
    """One run of a scenario, made when the first item asks for it."""

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self._scenario = scenario
        self.seed = seed
        self._result: Result | None = None
        self._error: Exception | None = None
        self._has_warned = False

    def result(self) -> Result:
        """The result; what went wrong in the run goes wrong for each item."""
        if self._error is not None:
            raise self._error
        if self._result is None:
            try:
                self._result = run(self._scenario, self.seed)
            except Exception as error:
                self._error = error
                raise
        return self._result

    def warn_once(self, item: pytest.Item) -> None:
        """Warns, at the first item that is run, of promises that are broken and that the scenario does not ask for."""
        if not self._has_warned:
            self._has_warned = True
            for line in not_judged(self.result()):
                item.warn(pytest.PytestWarning(f"{line}; expect.invariants leaves it out"))


class _Item(pytest.Item):
    """What the items of a scenario file have in common."""

    def __init__(self, *, shared: SharedRun, **others: Any) -> None:  # noqa: ANN401 - what pytest passes
        super().__init__(**others)
        self._shared = shared

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:  # noqa: ANN401
        """A failed verdict in its own words, without a traceback."""
        if isinstance(excinfo.value, (VerdictFailedError, ScenarioError)):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Place and heading of a failure.

        A skip needs a line: the first one stands for the file. The heading must not end the node id, or `-v` would
        take its dots for those of a Python class.
        """
        return self.path, 0, f"{self.path.name}: {self.name}"


class VerdictItem(_Item):
    """A promise or an expectation."""

    def __init__(self, *, verdict: str, **others: Any) -> None:  # noqa: ANN401
        super().__init__(**others)
        self._verdict = verdict

    def runtest(self) -> None:
        """Looks up the verdict."""
        verdict = self._find()
        self._shared.warn_once(self)
        self.user_properties += [("expected", verdict.expected), ("seen", verdict.seen)]
        if not verdict.passed:
            raise VerdictFailedError(describe(verdict))

    def _find(self) -> Verdict:
        return next(verdict for verdict in self._shared.result().verdicts if verdict.name == self._verdict)


class GoldenItem(_Item):
    """The key figures, compared with those of the file beside the scenario."""

    def __init__(self, *, golden: Path, **others: Any) -> None:  # noqa: ANN401
        super().__init__(**others)
        self._golden = golden

    def runtest(self) -> None:
        """Compares them, or writes them."""
        result = self._shared.result()
        if self.config.getoption("tillstorm_update"):
            goldens.write(self._golden, result)
            return
        differences = goldens.differences(self._golden, result)
        if differences:
            raise VerdictFailedError(
                "\n".join(
                    [
                        f"{_figures(len(differences))} not as in {self._golden.name}",
                        *(f"  {line}" for line in differences),
                        f"  replay  {replaying.command(result.scenario, result.seed, result.mutant)}",
                        f"  accept  pytest {result.scenario.argument} --tillstorm-update",
                    ]
                )
            )


def _figures(number: int) -> str:
    return "1 key figure is" if number == 1 else f"{number} key figures are"
