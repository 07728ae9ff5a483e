"""The pytest plugin: collects `*.scenario.json`, and gives the fixtures `tillstorm_scenario` and `tillstorm_run`.

pytest loads this module in every project of an environment in which tillstorm is installed. It must therefore cost
nothing there: whatever needs the compiled core is imported when a scenario or a fixture is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from os import PathLike
    from pathlib import Path

    from tillstorm.result import Result
    from tillstorm.scenario import Scenario
    from tillstorm.testing.collecting import ScenarioFile

SUFFIX = ".scenario.json"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the options of the plugin."""
    group = parser.getgroup("tillstorm", "tillstorm: scenarios of a retail chain")
    group.addoption(
        "--tillstorm-seed",
        type=int,
        metavar="N",
        help="run scenarios with this seed instead of their own (the first one, with replications)",
    )
    group.addoption(
        "--tillstorm-replications",
        type=int,
        default=1,
        metavar="N",
        help="run each collected scenario N times, with consecutive seeds (default: 1)",
    )
    group.addoption(
        "--tillstorm-update",
        action="store_true",
        help="write the KPIs of each collected scenario beside it, as NAME.kpis.json, instead of comparing them",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Refuses options that make no sense."""
    seed = config.getoption("tillstorm_seed")
    if seed is not None and not 0 <= seed < 1 << 64:
        raise pytest.UsageError(f"--tillstorm-seed: {seed} is no whole number from 0 to 2^64 - 1")
    if config.getoption("tillstorm_replications") < 1:
        raise pytest.UsageError("--tillstorm-replications: at least 1")
    if config.getoption("tillstorm_update") and (seed is not None or config.getoption("tillstorm_replications") > 1):
        raise pytest.UsageError("--tillstorm-update: goldens are of a scenario's own seed, without other options")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> ScenarioFile | None:
    """Makes a scenario file a file of tests: each of its promises and expectations is one."""
    if not file_path.name.endswith(SUFFIX):
        return None
    from tillstorm.testing.collecting import ScenarioFile  # noqa: PLC0415 - see above

    file: ScenarioFile = ScenarioFile.from_parent(parent, path=file_path)
    return file


@pytest.fixture
def tillstorm_scenario(request: pytest.FixtureRequest) -> Callable[..., Scenario]:
    """Loads a scenario: `tillstorm_scenario("shop", {"days": 1})`.

    The function takes a file beside the test (`.scenario.json` may be left out), a packaged name such as
    `tutorial/two_stores`, or any path; and changes as `Scenario.with_` takes them.
    """
    folder = request.path.parent

    def load(source: str | PathLike[str], changes: Mapping[str, object] | None = None) -> Scenario:
        from tillstorm.scenario import Scenario  # noqa: PLC0415 - see above

        for candidate in (folder / f"{source}{SUFFIX}", folder / source):
            if candidate.is_file():
                return Scenario.load(candidate, changes)
        return Scenario.load(source, changes)

    return load


@pytest.fixture
def tillstorm_run(
    request: pytest.FixtureRequest,
    tillstorm_scenario: Callable[..., Scenario],
    _tillstorm_results: dict[tuple[str, int], Result],
) -> Callable[..., Result]:
    """Runs a scenario and returns its result: `tillstorm_run("shop", {"days": 1}).kpis["tickets"]`.

    The function takes a `Scenario`, or what `tillstorm_scenario` takes; and `seed`. Without a seed it takes that of
    `--tillstorm-seed`, or the scenario's own. Equal runs of a session are run once.
    """
    usual: int | None = request.config.getoption("tillstorm_seed")

    def run(
        scenario: Scenario | str | PathLike[str],
        changes: Mapping[str, object] | None = None,
        *,
        seed: int | None = None,
    ) -> Result:
        from tillstorm.running import run as run_scenario  # noqa: PLC0415 - see above
        from tillstorm.scenario import Scenario  # noqa: PLC0415

        if not isinstance(scenario, Scenario):
            scenario = tillstorm_scenario(scenario, changes)
        elif changes:
            scenario = scenario.with_(changes)
        chosen = next((each for each in (seed, usual) if each is not None), scenario.seed)
        key = (f"{scenario.argument}\n{scenario.to_json()}", chosen)
        if key not in _tillstorm_results:
            _tillstorm_results[key] = run_scenario(scenario, chosen)
        return _tillstorm_results[key]

    return run


@pytest.fixture(scope="session")
def _tillstorm_results() -> dict[tuple[str, int], Result]:
    """What has been run in this session."""
    return {}
