"""Transaction logs become trace scenarios: baskets that are facts, at their times, in their stores, at their prices."""

from __future__ import annotations

from tillstorm.importing.datasets import DATASETS, Dataset
from tillstorm.importing.errors import LogError
from tillstorm.importing.mapping import Mapping
from tillstorm.importing.pipeline import RefusedError, import_log
from tillstorm.importing.report import ImportReport
from tillstorm.importing.trace import Trace, load_trace

__all__ = [
    "DATASETS",
    "Dataset",
    "ImportReport",
    "LogError",
    "Mapping",
    "RefusedError",
    "Trace",
    "import_log",
    "load_trace",
]
