"""Runs the fenced examples of a Markdown document, in order, in one folder.

| fence | what is done with it |
|---|---|
| ```` ```python ```` | run among the names of the blocks before; a ```` ```text ```` right after it is its output |
| ```` ```console ```` | each `$ command` is run by bash; the lines below it are its output |
| ```` ```sh ```` | each line is a `make` verb of the Makefile or a `pip install .` with extras that exist |
| ```` ```json ```` | is valid JSON; with `file=NAME` after the word it is written to that file first |

In expected output, `...` stands for any text, also over several lines; trailing blanks count for nothing. Every other
language is a mistake in the document, except those of `NOT_RUN`.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NOT_RUN = {"cpp", "cmake", "toml", "csv"}
FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<body>.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """One fenced block."""

    document: str
    line: int
    language: str
    file: str | None
    body: str

    @property
    def place(self) -> str:
        """Where the block is, for an error."""
        return f"{self.document}:{self.line}"


class DocumentError(AssertionError):
    """An example does not do what its document says."""


def blocks_of(document: str, text: str) -> list[Block]:
    """The fenced blocks of a document, in order."""
    blocks = []
    for match in FENCE.finditer(text):
        words = match["info"].split()
        file = next((word.removeprefix("file=") for word in words[1:] if word.startswith("file=")), None)
        line = text.count("\n", 0, match.start()) + 1
        blocks.append(Block(document, line, words[0] if words else "", file, match["body"]))
    return blocks


def matches(expected: str, actual: str) -> bool:
    """Whether a text is as expected, `...` standing for anything and trailing blanks for nothing."""
    pattern = ".*".join(re.escape(part) for part in tidied(expected).split("..."))
    return re.fullmatch(pattern, tidied(actual), re.DOTALL) is not None


def tidied(text: str) -> str:
    """A text without trailing blanks, on its lines and at its end."""
    return "\n".join(line.rstrip() for line in text.splitlines()).rstrip()


def compare(place: str, expected: str, actual: str) -> None:
    """Raises where the output of an example is another than its document shows."""
    if not matches(expected, actual):
        raise DocumentError(f"{place}: expected\n{tidied(expected)}\n--- but it printed\n{tidied(actual)}")


class Runner:
    """Runs the blocks of one document."""

    def __init__(self, folder: Path, environment: dict[str, str], verbs: set[str], extras: set[str]) -> None:
        self.folder = folder
        self.environment = environment
        self.verbs = verbs
        self.extras = extras
        self.names: dict[str, Any] = {"__name__": "__main__"}

    def run(self, blocks: list[Block]) -> None:
        """Runs all blocks in order; the current folder must be `folder`."""
        for index, block in enumerate(blocks):
            if block.language == "python":
                following = blocks[index + 1] if index + 1 < len(blocks) else None
                self.python(block, following.body if following and following.language == "text" else None)
            elif block.language == "console":
                self.console(block)
            elif block.language == "sh":
                self.shell(block)
            elif block.language == "json":
                self.json(block)
            elif block.language == "text":
                if index == 0 or blocks[index - 1].language != "python":
                    raise DocumentError(f"{block.place}: a text block shows the output of the python block before it")
            elif block.language not in NOT_RUN:
                raise DocumentError(f"{block.place}: no way to check a block of `{block.language}`")

    def python(self, block: Block, expected: str | None) -> None:
        """Runs a Python block among the names of those before it."""
        output = io.StringIO()
        source = "\n" * block.line + block.body  # so that a traceback names the document's own lines
        with contextlib.redirect_stdout(output):
            exec(compile(source, block.document, "exec"), self.names)
        if expected is not None:
            compare(block.place, expected, output.getvalue())

    def console(self, block: Block) -> None:
        """Runs each command of a console block and compares what it prints, both streams as one."""
        parts = re.split(r"^\$ ", block.body, flags=re.MULTILINE)
        if parts[0].strip() or len(parts) == 1:
            raise DocumentError(f"{block.place}: a console block starts with `$ command`")
        for part in parts[1:]:
            command, _, expected = part.partition("\n")
            done = subprocess.run(
                ["bash", "-c", command],
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
            compare(f"{block.place}: $ {command}", expected, done.stdout)

    def shell(self, block: Block) -> None:
        """Checks that each line of set-up is one that this project has."""
        for line in block.body.splitlines():
            command = line.partition("#")[0].split()
            if not command:
                continue
            if command[0] == "make" and set(command[1:]) <= self.verbs:
                continue
            install = re.fullmatch(r"pip install '?(?:\.|tillstorm)(?:\[(?P<extras>[\w,]+)\])?'?", " ".join(command))
            if install and set((install["extras"] or "").split(",")) - {""} <= self.extras:
                continue
            raise DocumentError(f"{block.place}: `{line}` is no verb of the Makefile and no install with known extras")

    def json(self, block: Block) -> None:
        """Checks a JSON block and writes it where the next blocks look for it."""
        try:
            json.loads(block.body)
        except json.JSONDecodeError as error:
            raise DocumentError(f"{block.place}: not JSON: {error}") from error
        if block.file:
            path = self.folder / block.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.body, encoding="utf-8")
