from typing import Any, TypedDict

import numpy as np
import numpy.typing as npt

__version__: str

class KpiEntry(TypedDict):
    name: str
    value: float | None
    unit: str
    samples: int
    meaning: str

class ViolationEntry(TypedDict):
    promise: str
    at_us: int
    place: str
    entity: str
    expected: int
    actual: int
    message: str
    explain: str
    witness: list[str]

class TrailEntry(TypedDict):
    explain: str
    lines: list[str]
    left_out: int

class PromiseEntry(TypedDict):
    name: str
    equation: str
    meaning: str
    needs: list[str]
    guards: list[str]

class ExceptionEntry(TypedDict):
    type: str
    role: str
    opened: int
    open: int
    overdue: int

class FaultEntry(TypedDict):
    index: int
    kind: str
    from_us: int
    until_us: int
    stores: int
    effects: dict[str, int]

class RunResult(TypedDict):
    partial: bool
    reached_us: int
    digest: str
    kpis: list[KpiEntry]
    violations: list[ViolationEntry]
    violations_counted: int
    violations_by_promise: dict[str, int]
    no_witness: str
    trails: list[TrailEntry]
    counters: dict[str, int]
    coverage: dict[str, dict[str, int]]
    exceptions: list[ExceptionEntry]
    faults: list[FaultEntry]
    healed_us: int | None
    converged_us: int | None
    not_converged: list[str]
    stuck: list[str]

class ColumnEntry(TypedDict):
    name: str
    type: str
    unit: str
    meaning: str

class OutcomeEntry(TypedDict):
    name: str
    meaning: str

class RuleEntry(TypedDict):
    id: str
    flow: str
    title: str
    statement: str
    home: str
    parameters: list[str]
    guards: list[str]
    aliases: list[str]
    outcomes: list[OutcomeEntry]
    mutants: list[str]

class MutantEntry(TypedDict):
    id: str
    rules: list[str]
    bugs: list[str]
    mistake: str

class TableEntry(TypedDict):
    name: str
    title: str
    always: bool
    columns: list[ColumnEntry]

class ScenarioHandle:
    def to_json(self) -> str: ...
    def validate(self) -> None: ...
    def estimate_bytes(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def days(self) -> int: ...
    @property
    def seed(self) -> int: ...
    @property
    def start(self) -> str: ...
    @property
    def time_zone(self) -> str: ...
    @property
    def currency(self) -> str: ...
    @property
    def trace(self) -> str: ...
    @property
    def store_count(self) -> int: ...
    @property
    def item_count(self) -> int: ...

class Table:
    def chunks(self, name: str) -> list[npt.NDArray[Any]]: ...
    def labels(self, name: str) -> list[str] | None: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...
    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def num_rows(self) -> int: ...
    @property
    def columns(self) -> list[ColumnEntry]: ...

class Simulation:
    def __init__(
        self,
        scenario: ScenarioHandle,
        seed: int,
        promises: bool = True,
        trace: dict[str, Any] | None = None,
        mutant: str | None = None,
        explain: list[str] = ...,
        witness: bool = True,
    ) -> None: ...
    def advance(self, until_us: int | None, max_events: int) -> str: ...
    def copy(self) -> Simulation: ...
    def result(self) -> RunResult: ...
    def counters(self) -> dict[str, int]: ...
    def table_names(self) -> list[str]: ...
    def table(self, name: str) -> Table: ...
    def truth_on_hand(self) -> npt.NDArray[np.int32]: ...
    def book_on_hand(self) -> npt.NDArray[np.int32]: ...
    @property
    def now_us(self) -> int: ...
    @property
    def start_us(self) -> int: ...
    @property
    def end_us(self) -> int: ...
    @property
    def finished(self) -> bool: ...
    @property
    def place_ids(self) -> list[str]: ...
    @property
    def item_ids(self) -> list[str]: ...

def read_scenario(path: str, packaged_roots: list[str], overrides: list[tuple[str, str]]) -> ScenarioHandle: ...
def read_scenario_text(
    text: str, file_name: str, folder: str, packaged_roots: list[str], overrides: list[tuple[str, str]]
) -> ScenarioHandle: ...
def scenario_schema() -> str: ...
def scenario_reference() -> str: ...
def message_schema() -> str: ...
def message_reference() -> str: ...
def describe_tables() -> list[TableEntry]: ...
def promises() -> list[PromiseEntry]: ...
def rules() -> list[RuleEntry]: ...
def mutants() -> list[MutantEntry]: ...
def currency_exponent(code: str) -> int: ...
def memory_limit_bytes() -> int: ...
def time_zones() -> list[str]: ...
def to_local(zone: str, us: int) -> str: ...
def from_local(zone: str, text: str) -> int: ...
def set_log_level(level: int) -> None: ...
def take_log_messages() -> list[tuple[int, str]]: ...
def log(level: int, message: str) -> None: ...
def read_ndjson_log(path: str, columns: list[str]) -> dict[str, Any]: ...
