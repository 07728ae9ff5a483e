"""docs/rules.md says what the list of rules and the packaged scenarios say."""

from __future__ import annotations

import os
from pathlib import Path

from tillstorm import rule_pages

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/rules.md"


def test_the_page_of_the_rules_is_the_committed_one():
    made = rule_pages.markdown()
    if os.environ.get("TILLSTORM_UPDATE"):
        PAGE.write_text(made, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == made, (
        "docs/rules.md is not what the rules and the packaged scenarios say: run this test once with"
        " TILLSTORM_UPDATE=1 and look at the difference"
    )


def test_long_lists_of_scenarios_are_cut():
    names = ["a", "b", "c", "d", "e"]
    assert rule_pages.reached_by(names[:3], 5) == "a, b, c"
    assert rule_pages.reached_by(names[:4], 5) == "a, b, c and 1 more"
    assert rule_pages.reached_by(names, 5) == "all 5 scenarios"
    assert rule_pages.reached_by(names[:2], 2) == "a, b"
