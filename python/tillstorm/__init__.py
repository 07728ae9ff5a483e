"""Simulates retail chains: what is true, what the books say, and the road between them.

Scenario              A chain, its customers, its integration and what goes wrong, to be simulated by `run`.
run                   Simulates a scenario from its start to its end, until nothing is pending any more.
Result                The figures, broken promises and tables of a run, as of one simulated moment.
Kpis                  The filled figures of a run by name; `not_filled` has the others, each with its reason.
Kpi                   One figure of a result.
Violation             A promise that was broken, in the words of the person who must act.
Verdict               One named pass or fail of a run.
FaultOutcome          A fault of the scenario and what it did in the run.
ExceptionCount        The exceptions of one type that one role had, as of one moment of a run.
Coverage              How often each outcome of each integration rule happened, in a run or in a whole suite.
Table                 Rows that a run has written, column by column.
Column                What is known of a column without its rows.
Simulation            A run of a scenario, standing at a simulated moment.
Snapshot              A moment of a simulation, kept aside; `Simulation.restore` goes on from it, as often as you like.
compare               Runs variants of a scenario on the same customers, many times, and says how far they are apart.
Study                 The figures of each variant in each replication, and how far the variants are apart.
Difference            How far a variant is from the baseline in one figure, replication by replication on the same customers.
Mean                  The mean of a figure over the replications of one variant. Not a number where there is none.
rules                 The integration rules, in the order of the list.
Rule                  One integration rule.
mutants               Runs a suite against mutants: wrong variants of rules, one at a time, to see whether it notices.
MutantReport          What a suite made of the mutants.
MutantResult          What a suite made of one mutant.
packaged_scenarios    The scenarios that come with tillstorm, by name.
PackagedScenario      A scenario that comes with tillstorm.
ScenarioError         A scenario cannot be read, or cannot be simulated. Carries all that was found in one reading.
Problem               One fault of a scenario. Texts that do not apply are empty, numbers that do not apply are 0.
TimeError             A simulated time that cannot be read, or that lies where it may not.
NotFilledError        A figure that this run did not fill; the text says why.
StudyError            A comparison cannot be made as asked for, or its folder belongs to another one.
MissingExtraError     An optional package is needed and not installed.
InterruptedRunError   A run was stopped by Ctrl-C, between two events. What was complete is in `result`, as partial.
InterruptedStudyError A comparison was stopped by Ctrl-C. The replications that every variant has completed are in `study`.
UserError             Base of everything that the caller can put right. Its text says what happened and what to do.
"""

from __future__ import annotations

from importlib import import_module as _import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tillstorm.coverage import Coverage as Coverage
    from tillstorm.errors import InterruptedRunError as InterruptedRunError
    from tillstorm.errors import InterruptedStudyError as InterruptedStudyError
    from tillstorm.errors import MissingExtraError as MissingExtraError
    from tillstorm.errors import Problem as Problem
    from tillstorm.errors import ScenarioError as ScenarioError
    from tillstorm.errors import StudyError as StudyError
    from tillstorm.errors import TimeError as TimeError
    from tillstorm.errors import UserError as UserError
    from tillstorm.exceptions import ExceptionCount as ExceptionCount
    from tillstorm.expectations import Verdict as Verdict
    from tillstorm.faults import FaultOutcome as FaultOutcome
    from tillstorm.kpis import Kpi as Kpi
    from tillstorm.kpis import Kpis as Kpis
    from tillstorm.kpis import NotFilledError as NotFilledError
    from tillstorm.mutation import MutantReport as MutantReport
    from tillstorm.mutation import MutantResult as MutantResult
    from tillstorm.mutation import mutants as mutants
    from tillstorm.packaged import PackagedScenario as PackagedScenario
    from tillstorm.packaged import packaged_scenarios as packaged_scenarios
    from tillstorm.result import Result as Result
    from tillstorm.rule_list import Rule as Rule
    from tillstorm.rule_list import rules as rules
    from tillstorm.running import run as run
    from tillstorm.scenario import Scenario as Scenario
    from tillstorm.simulation import Simulation as Simulation
    from tillstorm.simulation import Snapshot as Snapshot
    from tillstorm.study import Difference as Difference
    from tillstorm.study import Mean as Mean
    from tillstorm.study import Study as Study
    from tillstorm.study import compare as compare
    from tillstorm.table import Column as Column
    from tillstorm.table import Table as Table
    from tillstorm.violations import Violation as Violation

#: Every public name, in the order in which a reader meets them, and the module that has it. A module is loaded when one
#: of its names is asked for, so that pytest, which loads the plugin of this package in every project, stays quick.
_HOMES = {
    "Scenario": "scenario",
    "run": "running",
    "Result": "result",
    "Kpis": "kpis",
    "Kpi": "kpis",
    "Violation": "violations",
    "Verdict": "expectations",
    "FaultOutcome": "faults",
    "ExceptionCount": "exceptions",
    "Coverage": "coverage",
    "Table": "table",
    "Column": "table",
    "Simulation": "simulation",
    "Snapshot": "simulation",
    "compare": "study",
    "Study": "study",
    "Difference": "study",
    "Mean": "study",
    "rules": "rule_list",
    "Rule": "rule_list",
    "mutants": "mutation",
    "MutantReport": "mutation",
    "MutantResult": "mutation",
    "packaged_scenarios": "packaged",
    "PackagedScenario": "packaged",
    "ScenarioError": "errors",
    "Problem": "errors",
    "TimeError": "errors",
    "NotFilledError": "kpis",
    "StudyError": "errors",
    "MissingExtraError": "errors",
    "InterruptedRunError": "errors",
    "InterruptedStudyError": "errors",
    "UserError": "errors",
}

__all__ = list(_HOMES)


def __getattr__(name: str) -> object:
    if name == "importing":
        return _import_module("tillstorm.importing")
    if name == "__version__":
        value: object = _import_module("tillstorm._compiled").core.__version__
    elif name in _HOMES:
        value = getattr(_import_module(f"tillstorm.{_HOMES[name]}"), name)
    else:
        raise AttributeError(f"module 'tillstorm' has no attribute '{name}'")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, "__version__"})
