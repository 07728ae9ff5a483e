"""The reference of the integration rules, in Markdown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tillstorm import suite
from tillstorm._compiled import core
from tillstorm.rule_list import Parameter, Rule, rules

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NAMED = 3
PREFACE = """\
# Integration rules

Generated from the list in `cpp/rules/` and from one run of each packaged scenario; a test compares this page with both.
To write it anew after a change, run `TILLSTORM_UPDATE=1 pytest tests/python/test_rules_page.py`.

Each rule says what must hold on the road between the stores and the books. It has one home in the code, reads keys of
the [scenario](scenario-reference.md), and counts its outcomes in every run: `tillstorm check --coverage` shows which
happened. Its mutants break it on purpose, mostly as a real system did (`BUG-...`, numbered as in the catalogue of such
bugs); `tillstorm mutants` shows whether a suite would notice. What the catalogue of rules calls by another name is in
[names of the catalogue](decisions/names-of-the-catalogue.md).
"""


def markdown() -> str:
    """The page, with the packaged scenarios that reach each outcome. Runs each of them once."""
    checked = suite.check(suite.load(suite.sources_of([])))
    reached: dict[str, list[str]] = {}
    for each in checked:
        for rule, outcomes in each.result.coverage.rules.items():
            for outcome, count in outcomes.items():
                if count:
                    reached.setdefault(f"{rule}.{outcome}", []).append(each.source)
    return page(rules(), reached, len(checked))


def page(chosen: Sequence[Rule], reached: Mapping[str, Sequence[str]], scenarios: int) -> str:
    """The page of some rules.

    Args:
        chosen: The rules, in order.
        reached: Scenarios by `RULE.outcome`.
        scenarios: How many there are.
    """
    parts = [PREFACE, _contents(chosen)]
    parts += [
        _section(rule, {name: reached_by(names, scenarios) for name, names in reached.items()}) for rule in chosen
    ]
    return "\n".join(parts)


def reached_by(names: Sequence[str], scenarios: int) -> str:
    """Which of so many scenarios reach an outcome: all of them, or the first few by name."""
    if len(names) == scenarios and scenarios > NAMED:
        return f"all {scenarios} scenarios"
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def _contents(chosen: Sequence[Rule]) -> str:
    rows = [
        f"| [{rule.id}](#{rule.id.lower()}) | {rule.flow} | {rule.title} | {len(rule.outcomes)} | {len(rule.mutants)} |"
        for rule in chosen
    ]
    return _table("rule | flow | what it is about | outcomes | mutants", rows)


def _section(rule: Rule, reached: Mapping[str, str]) -> str:
    also = f" Also known as {', '.join(rule.aliases)}." if rule.aliases else ""
    lines = [f"## {rule.id}", "", f"**{_cell(rule.title)}.** {rule.statement}{also}", ""]
    lines += [f"Decided in `cpp/{rule.home}`; guarded by {', '.join(f'`{name}`' for name in rule.guards)}.", ""]
    outcomes = [
        f"| `{name}` | {_cell(meaning)} | {reached.get(f'{rule.id}.{name}', '*none*')} |"
        for name, meaning in rule.outcomes.items()
    ]
    lines.append(_table("outcome | meaning | reached by", outcomes))
    if rule.parameters:
        lines.append(_table("parameter | meaning | default | source", [_parameter(each) for each in rule.parameters]))
    mutants = {entry["id"]: entry for entry in core.mutants()}
    mistakes = [
        f"| `{name}` | {_cell(mutants[name]['mistake'])} | {', '.join(mutants[name]['bugs'])} |"
        for name in rule.mutants
    ]
    if mistakes:
        lines.append(_table("mutant | what it does wrong | stands for", mistakes))
    return "\n".join(lines)


def _parameter(parameter: Parameter) -> str:
    variants = "".join(f" `{name}`: {meaning}" for name, meaning in parameter.variants.items())
    default = "" if parameter.default is None else f"`{json.dumps(parameter.default)}`"
    unit = f" {parameter.unit}" if parameter.unit and default else ""
    meaning = _cell(parameter.meaning + variants)
    return f"| `{parameter.path}` | {meaning} | {_cell(default + unit)} | {_cell(parameter.source)} |"


def _table(heading: str, rows: Sequence[str]) -> str:
    rule = "|".join("---" for _ in heading.split(" | "))
    return "\n".join([f"| {heading} |", f"|{rule}|", *rows, ""])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
