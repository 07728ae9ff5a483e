"""Every example of README.md and docs/ does what the document says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from document_blocks import Block, DocumentError, Runner, blocks_of, matches

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.fixture
def runner(tmp_path, monkeypatch, command_environment):
    monkeypatch.chdir(tmp_path)
    verbs = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    extras_table = (ROOT / "pyproject.toml").read_text().split("[project.optional-dependencies]")[1].split("\n[")[0]
    extras = set(re.findall(r"^(\w+) = \[", extras_table, re.MULTILINE))
    return Runner(tmp_path, command_environment, verbs, extras)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_examples_do_what_they_say(document, runner):
    runner.run(blocks_of(str(document.relative_to(ROOT)), document.read_text(encoding="utf-8")))


def test_the_first_screen_of_readme_has_the_two_commands_and_an_example():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    first_screen = "\n".join(text.splitlines()[:50])
    assert "make demo" in first_screen
    assert "make test" in first_screen
    assert "```python" in first_screen


# --- The harness can fail -------------------------------------------------------------------------------------------


def run_text(runner: Runner, text: str) -> None:
    runner.run(blocks_of("a.md", text))


GOOD = """
```json file=input.json
{"a": 1}
```
```python
import json
import pathlib
a = json.loads(pathlib.Path("input.json").read_text())["a"]
```
```python
print("a is", a)
print("took", 0.123, "s")
```
```text
a is 1
took ... s
```
```console
$ cat input.json
{"a": 1}
$ echo one; echo two >&2; exit 3
one
two
$ printf 'x\\ny\\nz\\n'
x
...
```
```sh
make demo  # the main job
pip install '.[parquet]'
```
"""


def test_good_examples_pass(runner):
    run_text(runner, GOOD)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("```python\nprint(1)\n```\n```text\n2\n```\n", "a.md:1: expected\n2"),
        ("\n```console\n$ echo 1\n2\n```\n", "a.md:2: \\$ echo 1: expected\n2"),
        ("```console\n$ echo 1\n```\n", "expected\n\n--- but it printed\n1"),
        ("```console\necho 1\n```\n", "starts with `\\$ command`"),
        ("```json\n{\n```\n", "not JSON"),
        ("```sh\nmake coffee\n```\n", "no verb"),
        ("```sh\npip install '.[coffee]'\n```\n", "known extras"),
        ("```text\nstray\n```\n", "output of the python block before it"),
        ("```\nstray\n```\n", "no way to check"),
        ("```ruby\nputs 1\n```\n", "no way to check"),
    ],
)
def test_a_wrong_example_is_found(runner, text, message):
    with pytest.raises(DocumentError, match=message):
        run_text(runner, text)


def test_an_exception_of_an_example_names_its_line(runner):
    with pytest.raises(ZeroDivisionError) as caught:
        run_text(runner, "Text.\n\n```python\na = 1\na / 0\n```\n")
    assert (caught.traceback[-1].path, caught.traceback[-1].lineno + 1) == ("a.md", 5)


def test_blocks_know_their_line_and_file():
    assert blocks_of("a.md", "x\n```json file=b.json\n{}\n```\n") == [Block("a.md", 2, "json", "b.json", "{}\n")]


@pytest.mark.parametrize(
    ("expected", "actual", "is_match"),
    [
        ("a\nb", "a  \nb\n\n", True),
        ("a ... c", "a b b c", True),
        ("a\n...\nc", "a\n1\n2\nc", True),
        ("a", "ab", False),
        ("a.c", "abc", False),
    ],
)
def test_wildcards(expected, actual, is_match):
    assert matches(expected, actual) is is_match
