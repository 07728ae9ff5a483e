"""Every scenario of the package runs, keeps every promise and meets its own expectations."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tillstorm._compiled import core

FOLDER = Path(__file__).resolve().parents[2] / "scenarios"
SCENARIOS = sorted(FOLDER.rglob("*.scenario.json"))


def test_there_are_scenarios():
    assert SCENARIOS


def promises_of(path: Path) -> set[str]:
    """What the scenario promises: all but those that it is there to see broken."""
    expect = json.loads(path.read_text()).get("expect", {})
    assert expect.get("invariants", "all") == "all"
    return {entry["name"] for entry in core.promises()} - set(expect.get("broken", []))


@pytest.mark.parametrize(
    "path", SCENARIOS, ids=lambda path: str(path.relative_to(FOLDER)).removesuffix(".scenario.json")
)
def test_the_scenario_passes_under_its_packaged_name(path, tillstorm):
    name = str(path.relative_to(FOLDER)).removesuffix(".scenario.json")
    done = tillstorm("run", name, "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    answer = json.loads(done.stdout)
    assert answer["ok"] is True
    assert not {each["promise"] for each in answer["violations"]} & promises_of(path)
    assert answer["kpis"]["tickets"] > 0, "a scenario in which nobody buys shows nothing"
