"""The figures of a run, and those that have no value."""

from __future__ import annotations

import pytest

from tillstorm import Kpi, Kpis, NotFilledError
from tillstorm.kpis import KNOWN_NAMES, NO_SAMPLE, NOT_IN_THIS_VERSION

REPORTED = [
    {"name": "tickets", "value": 5.0, "unit": "tickets", "samples": 5, "meaning": "Sales."},
    {"name": "backlog_drain_s", "value": None, "unit": "s", "samples": 0, "meaning": "Longest drain."},
]


@pytest.fixture
def kpis():
    return Kpis(REPORTED)


def test_a_filled_figure_has_value_unit_samples_and_meaning(kpis):
    assert kpis["tickets"] == Kpi("tickets", 5.0, "tickets", 5, "Sales.")
    assert float(kpis["tickets"]) == 5.0
    assert kpis.value("tickets") == 5.0
    assert list(kpis) == ["tickets"]
    assert kpis.to_dict() == {"tickets": 5.0}


def test_every_other_known_figure_says_why_it_has_none(kpis):
    assert kpis.not_filled["backlog_drain_s"] == NO_SAMPLE
    assert kpis.not_filled["shrink_rate"] == NOT_IN_THIS_VERSION
    assert set(kpis.not_filled) | set(kpis) == set(KNOWN_NAMES)
    assert len(kpis) == 1
    assert repr(kpis) == f"<1 KPIs filled, {len(KNOWN_NAMES) - 1} not>"


def test_asking_for_what_is_not_there_gives_the_reason(kpis):
    with pytest.raises(NotFilledError, match="no sample"):
        kpis["backlog_drain_s"]
    with pytest.raises(KeyError, match="not part of this version"):
        kpis["shrink_rate"]
    with pytest.raises(KeyError, match="no KPI `sales`"):
        kpis["sales"]
    with pytest.raises(KeyError, match="no KPI `net_sale`; did you mean `net_sales`"):
        kpis["net_sale"]
    assert kpis.value("shrink_rate") is None
    assert kpis.value("shrink_rate", 0.5) == 0.5
    assert "shrink_rate" not in kpis


def test_known_names_are_those_of_the_guide(source_root):
    text = (source_root / "docs/guide/kpis.md").read_text(encoding="utf-8")
    for name in KNOWN_NAMES:
        assert f"`{name}`" in text
