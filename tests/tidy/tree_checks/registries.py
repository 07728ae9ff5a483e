"""What is registered has its test. Each kind of thing is one line in `KINDS`: a new kind is a new line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from tree_checks.tree import Finding


@dataclass(frozen=True)
class Kind:
    """A kind of registered thing: one file of `files` each (a glob), tested by a file that names it below `tests`."""

    name: str
    files: str
    tests: str


KINDS = (
    Kind("policy", "cpp/policies/*/*.cpp", "tests/cpp/policies/"),
    Kind("invariant", "cpp/harness/invariants/*.cpp", "tests/cpp/harness/"),
    Kind("detector", "cpp/analytics/detectors/*.cpp", "tests/cpp/analytics/"),
    Kind("KPI", "cpp/analytics/kpis/*.cpp", "tests/cpp/analytics/"),
)


def words_of(texts: Iterable[str]) -> set[str]:
    """Every name in some texts, and every word of a name in CamelCase as snake case."""
    names = {name for text in texts for name in re.findall(r"\w+", text)}
    return names | {re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower() for name in names}


def untested_files(kind: Kind, paths: Iterable[str], tests: Mapping[str, str]) -> Iterator[Finding]:
    """Files of a kind that no test below its test folder names."""
    named = words_of(text for path, text in tests.items() if path.startswith(kind.tests))
    for path in paths:
        if PurePosixPath(path).match(kind.files) and (name := PurePosixPath(path).stem) not in named:
            yield Finding(path, 1, f"the {kind.name} {name} is named by no test below {kind.tests}")


SCENARIO = ".scenario.json"


def undescribed_scenarios(paths: Iterable[str]) -> Iterator[Finding]:
    """Scenarios without the page that says what they show, and pages without a scenario."""
    present = set(paths)
    for path in sorted(present):
        if path.endswith(SCENARIO) and path.removesuffix(SCENARIO) + ".md" not in present:
            yield Finding(path, 1, f"has no {PurePosixPath(path).name.removesuffix(SCENARIO)}.md beside it")
        if (
            path.endswith(".md")
            and PurePosixPath(path).stem != "README"
            and path.removesuffix(".md") + SCENARIO not in present
        ):
            yield Finding(path, 1, "describes no scenario")


def unmirrored_tests(test_folders: Iterable[str], layers: Mapping[str, bool]) -> Iterator[Finding]:
    """Folders of tests/cpp that are no layer, and layers with code of their own (`layers[name]`) but no folder."""
    present = set(test_folders)
    for folder in sorted(present - set(layers)):
        yield Finding(f"tests/cpp/{folder}", 1, "mirrors no layer of cpp/")
    for layer in sorted(name for name, has_code in layers.items() if has_code and name not in present):
        yield Finding(f"cpp/{layer}", 1, f"has no tests in tests/cpp/{layer}")
