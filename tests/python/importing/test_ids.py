"""Names of a log become ids that a scenario takes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tillstorm.importing.ids import free_id, ids_of, is_id

if TYPE_CHECKING:
    from conftest import Log

NAMES = st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=80), min_size=1, max_size=30)


# Property: every id can stand in a scenario, no two names share one, and a name that is an id already keeps it.
@given(NAMES)
def test_ids_are_valid_distinct_and_names_where_possible(names: list[str]) -> None:
    ids = ids_of(names)
    assert set(ids) == set(names)
    assert all(is_id(changed) for changed in ids.values())
    assert len(set(ids.values())) == len(ids)
    assert all(ids[name] == name for name in names if is_id(name))


def test_blanks_become_underscores_and_clashes_get_a_hash() -> None:
    assert ids_of(["white mug", "tea"]) == {"white mug": "white_mug", "tea": "tea"}
    both = ids_of(["white mug", "white_mug"])
    assert both["white_mug"] == "white_mug"
    assert both["white mug"].startswith("white_mug~")
    assert len(ids_of(["\u00e9" * 40])["\u00e9" * 40].encode()) <= 64


def test_a_free_id_is_counted_up() -> None:
    assert free_id("DC1", []) == "DC1"
    assert free_id("DC1", ["DC1", "DC1-2"]) == "DC1-3"


def test_names_that_are_no_ids_stay_as_names(log: Log) -> None:
    for row in (1, 3, 5):
        log.set(row, "sku", "green apple")
    for row in (3, 6):
        log.set(row, "shop", "DC1")
    report, trace = log.run()
    assert trace.item_ids.tolist() == ["bread", "green_apple", "milk"]
    assert any("'green apple' has the id green_apple" in note for note in report.notes)
    document = json.loads((log.folder / "out" / "log.scenario.json").read_text())
    assert document["catalogue"]["items"][1]["name"] == "green apple"
    assert document["chain"]["distribution_centres"] == [{"id": "DC1-2"}]
