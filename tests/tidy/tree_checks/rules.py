"""The list of rules holds together: each rule has its tests, home, guards and mutants, and names only what exists."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tree_checks.tree import Finding, line_of

TEST_KINDS = ("Happy", "Edge", "Failure")

TEXT = r'((?:"(?:[^"\\]|\\.)*"\s*)+)'
RULE = re.compile(r"struct (?P<struct>\w+) \{\s*static constexpr RuleText text\{(?P<text>.*?)\};", re.DOTALL)
MEMBER = re.compile(rf"\.(?P<name>\w+) =\s*{TEXT}")
LISTED = re.compile(r"\brule::(\w+)")
MUTANT = re.compile(r'^TILLSTORM_MUTANT\((\w+), "([^"]*)"', re.MULTILINE)
TEST = re.compile(r"^TEST(?:_[FP])?\((?P<suite>\w+),\s*(?P<name>\w+)\)", re.MULTILINE)
RULE_SUITE = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z]+)*_\d{2,3}")


@dataclass(frozen=True)
class Rule:
    """A rule as its header tells it."""

    path: str
    line: int
    struct: str
    id: str
    home: str
    parameters: tuple[str, ...]
    guards: tuple[str, ...]


@dataclass(frozen=True)
class Mutant:
    """A line of the list of mutants."""

    line: int
    id: str
    rules: tuple[str, ...]


@dataclass
class World:
    """What the names of the list are looked up in."""

    paths: Collection[str]
    schema: Mapping[str, Any]
    promises: Collection[str]
    figures: Collection[str]
    tests: Mapping[str, str] = field(default_factory=dict)


def joined(literals: str) -> str:
    """The text of adjacent C++ string literals."""
    return "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', literals))


def rules_of(sources: Mapping[str, str]) -> list[Rule]:
    """Every rule in some headers, in order."""
    rules = []
    for path, text in sources.items():
        for match in RULE.finditer(text):
            members = {member["name"]: joined(member[2]) for member in MEMBER.finditer(match["text"])}
            rules.append(
                Rule(
                    path=path,
                    line=line_of(text, match.start()),
                    struct=match["struct"],
                    id=members["id"],
                    home=members["home"],
                    parameters=tuple(members.get("parameters", "").split()),
                    guards=tuple(members.get("guards", "").split()),
                )
            )
    return rules


def mutants_of(text: str) -> list[Mutant]:
    """Every mutant of the list."""
    return [Mutant(line_of(text, m.start()), m[1], tuple(m[2].split())) for m in MUTANT.finditer(text)]


def suite_of(rule_id: str) -> str:
    """The name of a rule's test suites: `MSG_03`."""
    return rule_id.replace("-", "_")


def unlisted_rules(rules: Iterable[Rule], list_text: str) -> Iterator[Finding]:
    """Rules that are not in the list of all rules, and ids that two rules share."""
    listed = set(LISTED.findall(list_text))
    seen: set[str] = set()
    for rule in rules:
        if rule.struct not in listed:
            yield Finding(rule.path, rule.line, f"rule {rule.id} is not in the list of all_rules.h")
        if rule.id in seen:
            yield Finding(rule.path, rule.line, f"rule {rule.id} is there twice")
        seen.add(rule.id)


def untested_rules(rules: Collection[Rule], tests: Mapping[str, str]) -> Iterator[Finding]:
    """Rules without a happy-path, an edge or a failure test, and suites that are named after no rule."""
    known = {suite_of(rule.id) for rule in rules}
    kinds: dict[str, set[str]] = {suite: set() for suite in known}
    for path, text in tests.items():
        for match in TEST.finditer(text):
            suite, line = match["suite"], line_of(text, match.start())
            if suite in known:
                kind = next((kind for kind in TEST_KINDS if match["name"].startswith(kind)), None)
                if kind is None:
                    yield Finding(path, line, f"{match['name']} does not begin with {', '.join(TEST_KINDS)}")
                else:
                    kinds[suite].add(kind)
            elif RULE_SUITE.fullmatch(suite):
                yield Finding(path, line, f"{suite} is the suite of no rule in the list")
    for rule in rules:
        for kind in TEST_KINDS:
            if kind not in kinds[suite_of(rule.id)]:
                yield Finding(rule.path, rule.line, f"rule {rule.id} has no test {suite_of(rule.id)}.{kind}*")


def has_key(schema: Mapping[str, Any], path: str) -> bool:
    """Whether the schema of scenarios has a key at this path; the items of a list are looked into."""
    node: Mapping[str, Any] = schema
    for step in path.split("."):
        properties = node.get("items", node).get("properties", {})
        if step not in properties:
            return False
        node = properties[step]
    return True


def wrong_names(rules: Iterable[Rule], world: World) -> Iterator[Finding]:
    """Homes, parameters and guards that do not exist."""
    for rule in rules:
        if f"cpp/{rule.home}" not in world.paths:
            yield Finding(rule.path, rule.line, f"rule {rule.id}: its home cpp/{rule.home} does not exist")
        for parameter in rule.parameters:
            if not has_key(world.schema, parameter):
                yield Finding(rule.path, rule.line, f"rule {rule.id}: no scenario has a key {parameter}")
        if not rule.guards:
            yield Finding(rule.path, rule.line, f"rule {rule.id} has no guard")
        for guard in rule.guards:
            kind, _, name = guard.rpartition(":")
            known = world.figures if kind == "kpi" else world.promises
            if kind not in {"", "kpi"} or name not in known:
                yield Finding(rule.path, rule.line, f"rule {rule.id}: its guard {guard} is no promise and no KPI")


def unpaired_mutants(rules: Collection[Rule], mutants: Collection[Mutant], path: str) -> Iterator[Finding]:
    """Mutants of no rule in the list, and rules without a mutant."""
    known = {rule.id for rule in rules}
    for mutant in mutants:
        if not mutant.rules:
            yield Finding(path, mutant.line, f"mutant {mutant.id} belongs to no rule")
        for rule_id in mutant.rules:
            if rule_id not in known:
                yield Finding(path, mutant.line, f"mutant {mutant.id} breaks {rule_id}, which is not in the list")
    broken = {rule_id for mutant in mutants for rule_id in mutant.rules}
    for rule in rules:
        if rule.id not in broken:
            yield Finding(rule.path, rule.line, f"rule {rule.id} has no mutant")
