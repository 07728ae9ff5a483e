"""Includes follow the tables of cpp/README.md."""

from __future__ import annotations

import re

import pytest
from tree_checks import layers
from tree_checks.tree import files, read, report

MAP = read("cpp/README.md")
LAYERS = layers.layer_table(MAP)
THIRD_PARTY = layers.third_party_table(MAP)
CPP_FILES = [name.removeprefix("cpp/") for name in files(".h", ".cpp", under="cpp/")]


def test_there_is_something_to_check():
    assert len(CPP_FILES) > 10
    assert len(LAYERS) == 14
    assert len(THIRD_PARTY) >= 5


def test_each_include_is_allowed_to_its_layer():
    findings = [finding for name in CPP_FILES for finding in layers.layer_findings(name, read(f"cpp/{name}"), LAYERS)]
    assert not findings, report(findings)


def test_what_reads_the_books_does_not_include_the_truth():
    findings = [finding for name in CPP_FILES for finding in layers.book_side_findings(name, read(f"cpp/{name}"))]
    assert not findings, report(findings)


def test_third_party_headers_are_confined():
    findings = [
        finding for name in CPP_FILES for finding in layers.third_party_findings(name, read(f"cpp/{name}"), THIRD_PARTY)
    ]
    assert not findings, report(findings)


def test_no_file_includes_itself_by_way_of_others():
    graph = {
        name: {other for _, quote, other in layers.includes(read(f"cpp/{name}")) if quote == '"'} for name in CPP_FILES
    }
    assert not layers.include_cycle(graph)


def test_the_table_has_no_cycle_and_is_closed_downward():
    assert not layers.include_cycle(LAYERS)
    for layer, allowed in LAYERS.items():
        for below in allowed:
            assert LAYERS[below] <= allowed, f"{layer} may include {below}, so it sees what {below} includes"


def test_cmake_links_only_what_the_table_allows_and_names_every_layer():
    findings = [
        finding
        for name in files("CMakeLists.txt", under="cpp/")
        for finding in layers.link_findings(name, read(name), LAYERS)
    ]
    assert not findings, report(findings)
    declared = re.search(r"set\(TILLSTORM_LAYERS(?P<names>[^)]*)\)", read("CMakeLists.txt"))
    assert declared
    assert declared["names"].split() == [layer for layer in LAYERS if layer != "bindings"]


# --- Each check can fail ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        ("model/store.h", '#include "erp/ledger.h"\n', "model may not include erp (erp/ledger.h)"),
        ("erp/ledger.h", '#  include "model/store.h"\n', "erp may not include model (model/store.h)"),
        (
            "engine/kernel.h",
            '#include "messages/envelope.h"\n',
            "engine may not include messages (messages/envelope.h)",
        ),
        ("base/time.h", '#include "rules/law.h"\n', "base may not include rules (rules/law.h)"),
        ("base/time.h", '#include "money.h"\n', '"money.h" is named without its layer: include paths start at cpp/'),
        (
            "base/time.h",
            '#include "spdlog/spdlog.h"\n',
            '"spdlog/spdlog.h" is in no layer: third-party headers are named in <>',
        ),
        ("util/misc.h", "", "util is no layer of cpp/README.md"),
    ],
)
def test_a_forbidden_include_is_found(path, text, message):
    assert [finding.message for finding in layers.layer_findings(path, text, LAYERS)] == [message]


def test_an_include_in_a_comment_counts_for_nothing():
    text = '// #include "erp/ledger.h"\n/*\n#include "erp/ledger.h"\n*/\n#include "base/time.h"  // "erp/x.h"\n'
    assert list(layers.includes(text)) == [(5, '"', "base/time.h")]


@pytest.mark.parametrize(
    ("path", "is_found"),
    [
        ("erp/ledger.cpp", True),
        ("analytics/detectors/phantom_stock.cpp", True),
        ("analytics/kpis/stock_accuracy.cpp", False),
        ("harness/invariants/book_equals_truth.cpp", False),
    ],
)
def test_a_detector_that_peeks_at_the_truth_is_found(path, is_found):
    assert bool(list(layers.book_side_findings(path, '#include "record/truth_tables.h"\n'))) is is_found


@pytest.mark.parametrize(
    ("path", "text", "is_found"),
    [
        ("base/log.cpp", "#include <spdlog/spdlog.h>\n", False),
        ("base/log.h", "#include <spdlog/spdlog.h>\n", True),
        ("engine/network.cpp", "#include <boost/graph/adjacency_list.hpp>\n", False),
        ("engine/kernel.h", "#include <boost/graph/adjacency_list.hpp>\n", True),
        ("erp/ledger.cpp", "#include <simdjson.h>\n", True),
        ("harness/simulation.h", "#include <pybind11/pybind11.h>\n", True),
        ("bindings/module.cpp", "#include <pybind11/pybind11.h>\n", False),
        ("model/store.cpp", "#include <Eigen/Dense>\n", True),
        ("model/store.cpp", "#include <vector>\n", False),
    ],
)
def test_a_third_party_header_outside_its_files_is_found(path, text, is_found):
    assert bool(list(layers.third_party_findings(path, text, THIRD_PARTY))) is is_found


def test_a_cycle_is_found_and_named():
    graph = {"a.h": {"b.h"}, "b.h": {"c.h", "vector"}, "c.h": {"b.h"}, "d.h": {"a.h"}}
    assert layers.include_cycle(graph) == ["b.h", "c.h", "b.h"]
    assert layers.include_cycle({"a.h": {"b.h", "c.h"}, "b.h": {"c.h"}, "c.h": set()}) == []


def test_a_forbidden_link_is_found():
    text = "tillstorm_layer(model\n  SOURCES store.cpp\n  DEPENDS base erp\n  PRIVATE tillstorm::simdjson)\n"
    assert [finding.message for finding in layers.link_findings("cpp/model/CMakeLists.txt", text, LAYERS)] == [
        "model may not link erp"
    ]
