"""A chain that is small enough to be compared many times."""

from __future__ import annotations

import threading

import pytest

import tillstorm as ts
from tillstorm import pool


@pytest.fixture(scope="session")
def chain():
    return ts.Scenario.baseline(stores=2, skus=60, days=2)


@pytest.fixture(scope="session")
def hourly(chain):
    return chain.with_({"integration.posting.mode": "batch", "integration.posting.interval_minutes": 60})


@pytest.fixture(scope="session")
def study(chain, hourly):
    return ts.compare({"realtime": chain, "hourly": hourly}, replications=4, threads=2)


@pytest.fixture
def interrupt():
    """Puts in a patch what stands for Ctrl-C, and gives the event: who sets it has pressed the keys."""

    def put_in(patch: pytest.MonkeyPatch) -> threading.Event:
        noted = threading.Event()

        class Interrupt:
            def __init__(self, again):
                assert callable(again)

            def __enter__(self):
                return noted

            def __exit__(self, *_):
                return None

        patch.setattr(pool, "interrupt_noted", Interrupt)
        return noted

    return put_in
