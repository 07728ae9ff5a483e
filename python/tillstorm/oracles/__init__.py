"""Exact and published results that the ordinary model must reproduce, and the runs that show it."""

from __future__ import annotations

from tillstorm.oracles.estimation import FULL, QUICK, Estimate, Rule
from tillstorm.oracles.replication import estimate_row
from tillstorm.oracles.rows import OracleError, Quantity, Row, load_rows, select

__all__ = [
    "FULL",
    "QUICK",
    "Estimate",
    "OracleError",
    "Quantity",
    "Row",
    "Rule",
    "estimate_row",
    "load_rows",
    "select",
]
