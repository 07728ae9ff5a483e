# ruff: noqa: D104 - the docstring is written below, from __all__ and the first line of each name's own docstring
from importlib import import_module as _import_module

from tillstorm._compiled import core as _core
from tillstorm.errors import (
    InterruptedRunError,
    InterruptedStudyError,
    MissingExtraError,
    Problem,
    ScenarioError,
    StudyError,
    TimeError,
    UserError,
)
from tillstorm.kpis import Kpi, Kpis, NotFilledError
from tillstorm.packaged import PackagedScenario, packaged_scenarios
from tillstorm.result import Result
from tillstorm.running import run
from tillstorm.scenario import Scenario
from tillstorm.simulation import Simulation, Snapshot
from tillstorm.study import Difference, Mean, Study, compare
from tillstorm.table import Column, Table
from tillstorm.violations import Violation

#: Every public name, in the order in which a reader meets them.
__all__ = [  # noqa: RUF022
    "Scenario",
    "run",
    "Result",
    "Kpis",
    "Kpi",
    "Violation",
    "Table",
    "Column",
    "Simulation",
    "Snapshot",
    "compare",
    "Study",
    "Difference",
    "Mean",
    "packaged_scenarios",
    "PackagedScenario",
    "ScenarioError",
    "Problem",
    "TimeError",
    "NotFilledError",
    "StudyError",
    "MissingExtraError",
    "InterruptedRunError",
    "InterruptedStudyError",
    "UserError",
]

__version__: str = _core.__version__


def _describe() -> str:
    lines = ["Simulates retail chains: what is true, what the books say, and the road between them.", ""]
    for name in __all__:
        summary = (globals()[name].__doc__ or "").partition("\n")[0]
        lines.append(f"{name:<22}{summary}")
    return "\n".join(lines) + "\n"


__doc__ = _describe()


def __getattr__(name: str) -> object:
    if name == "importing":  # loaded when it is asked for: a run needs none of it
        return _import_module("tillstorm.importing")
    raise AttributeError(f"module 'tillstorm' has no attribute '{name}'")
