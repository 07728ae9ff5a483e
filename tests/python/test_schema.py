"""The JSON Schema of the scenario document: what it accepts, what it refuses, and that the reader is no laxer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import tillstorm as ts

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SHIPPED = sorted(SCENARIOS.rglob("*.scenario.json"))

GOOD: dict[str, Any] = {
    "chain": {"stores": [{"id": "0001"}], "distribution_centres": [{"id": "DC1"}]},
    "catalogue": {"items": [{"id": "a", "gtin": "4006381333931"}]},
}
FAULT = {"kind": "duplicate", "from": "2026-11-24T10:00", "for": "PT1H"}

# Members added to a good document that neither schema nor reader may accept.
BAD: dict[str, dict[str, Any]] = {
    "unknown key": {"dyas": 3},
    "unknown key inside": {"integration": {"posting": {"mod": "batch"}}},
    "unknown name": {"integration": {"posting": {"mode": "hourly"}}},
    "text for a number": {"days": "3"},
    "fraction for a whole number": {"days": 3.5},
    "below the range": {"days": 0},
    "above the range": {"chain": {"generate": {"stores": 1_000_000_000}}},
    "below the range of a list's entries": {"demand": {"weekday_index": [1, 1, 1, 1, 1, 1, -1]}},
    "list of a wrong length": {"demand": {"weekday_index": [1, 1, 1]}},
    "number past 64 bits": {"seed": 2**64},
    "no date": {"start": "27.11.2026"},
    "no time of day": {"pricing": {"publish_at": "31:00"}},
    "no duration": {"faults": [{**FAULT, "for": "2 hours"}]},
    "years in a duration": {"faults": [{**FAULT, "for": "P1Y"}]},
    "no moment": {"faults": [{**FAULT, "from": "2026-11-24"}]},
    "unknown key of a bound": {"expect": {"kpis": {"tickets": {"mim": 1}}}},
    "list for an object with names": {"expect": {"kpis": []}},
    "neither all nor a list": {"expect": {"invariants": "some"}},
    "missing key": {"faults": [{"kind": "duplicate", "for": "PT1H"}]},
    "null for a required key": {"faults": [{**FAULT, "kind": None}]},
    "missing id": {"chain": {"stores": [{"name": "nameless"}]}},
    "empty id": {"chain": {"stores": [{"id": ""}]}},
    "null in a list": {"record": {"tables": [None]}},
    "list for an object": {"people": []},
}

# Members that both accept.
FINE: dict[str, dict[str, Any]] = {
    "null for the default": {"days": None, "people": {"patience_minutes": None}, "integration": None},
    "whole number with a point": {"days": 3.0},
    "greatest seed": {"seed": 2**64 - 1},
    "durations": {"faults": [{**FAULT, "for": text} for text in ("PT0.5S", "P1DT2H3M4S", "P2W", "P1D", "PT1.5H")]},
    "moments": {"faults": [{**FAULT, "from": f"2026-11-24T10:00{rest}"} for rest in ("", ":30", "Z", ":00.5-05:00")]},
    "late closing": {"chain": {"stores": [{"id": "x", "opening": {"weekday": {"close": "30:00"}}}]}},
}


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    schema = json.loads((SCENARIOS / "schema/scenario.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def document(more: dict[str, Any]) -> dict[str, Any]:
    """The good document with members added, the chain's among themselves."""
    chain = {**GOOD["chain"], **more.get("chain", {})}
    return {**GOOD, **more, "chain": chain}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_scenario_fits_the_schema(path: Path, validator: jsonschema.Draft202012Validator) -> None:
    validator.validate(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_what_is_written_fits_the_schema(path: Path, validator: jsonschema.Draft202012Validator) -> None:
    validator.validate(json.loads(ts.Scenario.load(path).to_json()))


@pytest.mark.parametrize("more", BAD.values(), ids=BAD.keys())
def test_schema_and_reader_refuse(more: dict[str, Any], validator: jsonschema.Draft202012Validator) -> None:
    bad = document(more)
    assert not validator.is_valid(bad)
    with pytest.raises(ts.ScenarioError):
        ts.Scenario.from_json(json.dumps(bad))


@pytest.mark.parametrize("more", FINE.values(), ids=FINE.keys())
def test_schema_and_reader_accept(more: dict[str, Any], validator: jsonschema.Draft202012Validator) -> None:
    fine = document(more)
    validator.validate(fine)
    ts.Scenario.from_json(json.dumps(fine))


def test_every_default_fits_its_own_place(validator: jsonschema.Draft202012Validator) -> None:
    def check(node: dict[str, Any], path: str) -> int:
        count = 0
        if "default" in node:
            jsonschema.Draft202012Validator(node).validate(node["default"])
            count += 1
        for name, child in node.get("properties", {}).items():
            assert child["description"].endswith("."), path
            count += check(child, f"{path}.{name}")
        if "items" in node:
            count += check(node["items"], f"{path}[]")
        return count

    assert check(dict(validator.schema), "") > 100
