"""Changes by dotted path, from Python values and from the command line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tillstorm import ScenarioError, overrides


def test_values_become_json():
    changes = {"a": 1, "b.c": "x", "d": None, "e": [1.5], "f": date(2026, 1, 2), "g": Path("log.npz")}
    assert overrides.from_mapping(changes) == [
        ("a", "1"),
        ("b.c", '"x"'),
        ("d", "null"),
        ("e", "[1.5]"),
        ("f", '"2026-01-02"'),
        ("g", '"log.npz"'),
    ]


def test_texts_are_split_at_the_first_equals_sign():
    assert overrides.from_texts(["a.b=c=d", "days = 3"]) == [("a.b", "c=d"), ("days", " 3")]


@pytest.mark.parametrize("text", ["days", "=3", " =3", ""])
def test_a_text_without_path_or_value_is_refused(text):
    with pytest.raises(ScenarioError, match="path=value"):
        overrides.from_texts([text])


def test_named_leaves_other_errors_alone():
    problem = {"message": "m", "file": "a.json", "line": 3, "column": 4}
    with pytest.raises(ScenarioError) as caught, overrides.named("with_"):
        raise ScenarioError([problem])
    assert caught.value.problems[0].line == 3
