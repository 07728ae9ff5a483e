"""The progress bar: what it shows, and that it stays away where there is no terminal."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

import tillstorm as ts
from tillstorm.progress import describe, progress_bar


@pytest.fixture
def scenario():
    return ts.Scenario.baseline(stores=2, skus=20, days=2)


def shown(scenario, moment, *, terminal):
    simulation = ts.Simulation(scenario)
    console = Console(file=io.StringIO(), force_terminal=terminal, width=120, color_system=None)
    with progress_bar(scenario, console=console) as bar:
        simulation.run_until(moment)
        bar.update(simulation._core)
    return console.file.getvalue()


def test_it_shows_date_share_pace_and_time_left(scenario):
    text = shown(scenario, "2026-11-24T00:00", terminal=True)
    assert "Tue 24 Nov 2026 00:00" in text
    assert "50%" in text
    assert "tickets/s" in text
    assert "left" in text


def test_it_shows_nothing_without_a_terminal(scenario):
    assert shown(scenario, "2026-11-24T00:00", terminal=False) == ""


def test_after_the_last_customer_it_says_so():
    assert describe(5, 5, "UTC").endswith("posting what is left")
    assert describe(4, 5, "UTC") == "Thu 01 Jan 1970 00:00"
