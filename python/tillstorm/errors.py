"""What a user can do wrong, and what is said then. Everything here is a mistake of the input, not of tillstorm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tillstorm.result import Result
    from tillstorm.study.results import Study


class UserError(Exception):
    """Base of everything that the caller can put right. Its text says what happened and what to do."""


class MissingExtraError(UserError, ImportError):
    """An optional package is needed and not installed.

    Args:
        package: What could not be imported.
        extra: The extra of tillstorm that brings it.
        purpose: What it is needed for.
    """

    def __init__(self, package: str, *, extra: str, purpose: str) -> None:
        super().__init__(f"{purpose} needs {package}: pip install 'tillstorm[{extra}]'", name=package)
        self.extra = extra


class StudyError(UserError, ValueError):
    """A comparison cannot be made as asked for, or its folder belongs to another one."""


class TimeError(UserError, ValueError):
    """A simulated time that cannot be read, or that lies where it may not."""


@dataclass(frozen=True)
class Problem:
    """One fault of a scenario. Texts that do not apply are empty, numbers that do not apply are 0.

    Attributes:
        file: The file as it was named; `--set` for an override.
        path: Where in the document, such as `chain.stores[3].terminals`; empty means the document itself.
        line: Line, from 1.
        column: Column in characters, from 1.
        found: What stands there.
        allowed: What may stand there.
        message: What is wrong, as a sentence without its full stop.
        nearest: The valid name that is nearest to the one found.
    """

    message: str
    file: str = ""
    path: str = ""
    line: int = 0
    column: int = 0
    found: str = ""
    allowed: str = ""
    nearest: str = ""

    def __str__(self) -> str:
        where = [self.file] if self.file else []
        if self.line:
            where += [str(self.line), str(self.column)]
        text = ":".join(where) + ": " if where else ""
        text += f"{self.path}: {self.message}" if self.path else self.message
        parts = [f"found {self.found}"] if self.found else []
        parts += [f"allowed {self.allowed}"] if self.allowed else []
        text += f"; {', '.join(parts)}" if parts else ""
        return text + (f"; did you mean {self.nearest}?" if self.nearest else "")

    @classmethod
    def from_mapping(cls, values: Mapping[str, object]) -> Problem:
        """From the names and values that the core reports."""

        def text(key: str) -> str:
            return str(values.get(key, ""))

        def number(key: str) -> int:
            value = values.get(key, 0)
            return value if isinstance(value, int) else 0

        return cls(
            message=text("message"),
            file=text("file"),
            path=text("path"),
            line=number("line"),
            column=number("column"),
            found=text("found"),
            allowed=text("allowed"),
            nearest=text("nearest"),
        )


class ScenarioError(UserError, ValueError):
    """A scenario cannot be read, or cannot be simulated. Carries all that was found in one reading.

    Attributes:
        problems: What is wrong, in the order of the document.
        texts: The text behind a file name that is no file (a scenario read from a string), for showing its lines.
    """

    def __init__(self, problems: Iterable[Problem | Mapping[str, object]]) -> None:
        self.problems: tuple[Problem, ...] = tuple(
            p if isinstance(p, Problem) else Problem.from_mapping(p) for p in problems
        )
        self.texts: dict[str, str] = {}
        super().__init__(str(self))

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


class InterruptedRunError(KeyboardInterrupt):
    """A run was stopped by Ctrl-C, between two events. What was complete is in `result`, as partial."""

    def __init__(self, result: Result) -> None:
        super().__init__("the run was interrupted; what is complete is in .result")
        self.result = result


class InterruptedStudyError(KeyboardInterrupt):
    """A comparison was stopped by Ctrl-C. The replications that every variant has completed are in `study`."""

    def __init__(self, study: Study) -> None:
        super().__init__("the comparison was interrupted; what is complete is in .study")
        self.study = study
