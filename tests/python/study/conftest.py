"""A chain that is small enough to be compared many times."""

from __future__ import annotations

import pytest

import tillstorm as ts


@pytest.fixture(scope="session")
def chain():
    return ts.Scenario.baseline(stores=2, skus=60, days=2)


@pytest.fixture(scope="session")
def hourly(chain):
    return chain.with_({"integration.posting.mode": "batch", "integration.posting.interval_minutes": 60})


@pytest.fixture(scope="session")
def study(chain, hourly):
    return ts.compare({"realtime": chain, "hourly": hourly}, replications=4, threads=2)
