"""The schema of messages accepts what tillstorm writes and refuses what it would refuse to read."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "scenarios/schema/messages.schema.json").read_text(encoding="utf-8"))
SAMPLES = json.loads((ROOT / "tests/cpp/messages/samples.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())

Message = dict[str, Any]


def type_of(message: Message) -> str:
    """The type that a message's envelope names."""
    name: str = message["envelope"]["type"]
    return name


def test_the_schema_is_one() -> None:
    """The file itself is valid JSON Schema."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_there_is_a_sample_of_every_type() -> None:
    """The samples cover the schema's list."""
    assert [f"#/$defs/{type_of(message)}" for message in SAMPLES] == [entry["$ref"] for entry in SCHEMA["oneOf"]]


@pytest.mark.parametrize("message", SAMPLES, ids=type_of)
def test_a_message_as_written_is_accepted(message: Message) -> None:
    """What the codec writes is valid."""
    VALIDATOR.validate(message)


def test_the_example_of_the_documentation_is_accepted() -> None:
    """The example in docs/messages.md is a valid message."""
    text = (ROOT / "docs/messages.md").read_text(encoding="utf-8")
    VALIDATOR.validate(json.loads(text.split("```json\n")[1].split("```")[0]))


@pytest.mark.parametrize("message", SAMPLES, ids=type_of)
def test_a_body_under_another_type_is_refused(message: Message) -> None:
    """A message says what its type says: with the next type's name and another body it is refused."""
    following = SAMPLES[(SAMPLES.index(message) + 1) % len(SAMPLES)]
    if following["body"].keys() == message["body"].keys():
        return
    changed = copy.deepcopy(message)
    changed["envelope"]["type"] = type_of(following)
    assert not VALIDATOR.is_valid(changed)


@pytest.mark.parametrize("message", SAMPLES, ids=type_of)
def test_a_message_without_a_member_is_refused(message: Message) -> None:
    """Every member is required, but for 64-bit hashes."""
    for part in ("envelope", "body"):
        for name in message[part]:
            changed = copy.deepcopy(message)
            del changed[part][name]
            assert VALIDATOR.is_valid(changed) == (name in {"body_hash", "subject"}), f"{part}.{name}"
    for name in message:
        changed = copy.deepcopy(message)
        del changed[name]
        assert not VALIDATOR.is_valid(changed), name


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("envelope.place", 1),
        ("envelope.place", ""),
        ("envelope.terminal", 65_536),
        ("envelope.number", -1),
        ("envelope.business_date", "27.11.2026"),
        ("envelope.body_hash", "xyz"),
        ("currency.code", "usd"),
        ("currency.exponent", 9),
        ("body.net", 19.99),
        ("body.net", "1999"),
        ("body.tender", "shells"),
        ("body.discont", 1),
        ("lines", {}),
        ("lines", [{"item": "x"}]),
        ("extra", 1),
    ],
)
def test_a_wrong_member_is_refused(path: str, value: object) -> None:
    """Wrong types, values out of range and unknown members are refused."""
    changed = copy.deepcopy(SAMPLES[0])
    *parents, name = path.split(".")
    target = changed
    for parent in parents:
        target = target[parent]
    target[name] = value
    assert not VALIDATOR.is_valid(changed)
