"""JUnit XML, as continuous integration reads it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# XML 1.0 has no other control characters, not even escaped ones.
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Case:
    """One test case.

    Attributes:
        group: Where it belongs: a scenario, a rule.
        name: Its name there.
        seconds: How long it took.
        failure: One line; empty if it passed.
        text: All that is to be said of the failure.
        output: What else is to be said, passed or not: the case's standard output.
    """

    group: str
    name: str
    seconds: float = 0.0
    failure: str = ""
    text: str = ""
    output: str = ""


def write(path: Path, suite: str, cases: Sequence[Case]) -> None:
    """Writes test cases as one suite; the folder of `path` is made if it does not exist."""
    root = Element("testsuites")
    element = SubElement(
        root,
        "testsuite",
        name=suite,
        tests=str(len(cases)),
        failures=str(sum(bool(case.failure) for case in cases)),
        errors="0",
        skipped="0",
        time=f"{sum(case.seconds for case in cases):.3f}",
    )
    for case in cases:
        node = SubElement(
            element, "testcase", classname=_clean(case.group), name=_clean(case.name), time=f"{case.seconds:.3f}"
        )
        if case.failure:
            SubElement(node, "failure", message=_clean(case.failure)).text = _clean(case.text)
        if case.output:
            SubElement(node, "system-out").text = _clean(case.output)
    indent(root)
    path.parent.mkdir(parents=True, exist_ok=True)
    ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def _clean(text: str) -> str:
    return FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
