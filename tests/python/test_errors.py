"""How an error reads."""

from __future__ import annotations

import pytest

import tillstorm as ts


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (ts.Problem("it is wrong"), "it is wrong"),
        (ts.Problem("it is wrong", file="a.json"), "a.json: it is wrong"),
        (
            ts.Problem("m", file="a.json", path="days", line=2, column=3, found="0", allowed="1 to 9", nearest="5"),
            "a.json:2:3: days: m; found 0, allowed 1 to 9; did you mean 5?",
        ),
    ],
)
def test_a_problem_reads_as_one_line(problem, text):
    assert str(problem) == text


def test_an_error_has_a_line_for_each_problem():
    error = ts.ScenarioError([ts.Problem("one"), {"message": "two", "line": 3, "column": 1, "file": "f"}])
    assert str(error) == "one\nf:3:1: two"
    assert error.args == ("one\nf:3:1: two",)


def test_a_missing_extra_is_an_import_error_with_the_command_that_helps():
    error = ts.MissingExtraError("pyarrow", extra="parquet", purpose="writing")
    assert isinstance(error, ImportError)
    assert str(error) == "writing needs pyarrow: pip install 'tillstorm[parquet]'"
    assert (error.name, error.extra) == ("pyarrow", "parquet")


def test_an_interrupted_run_is_a_keyboard_interrupt():
    assert issubclass(ts.InterruptedRunError, KeyboardInterrupt)
    assert not issubclass(ts.InterruptedRunError, Exception)
