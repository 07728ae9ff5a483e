"""What would make a result depend on the machine, and what does not belong into the tree."""

from __future__ import annotations

import pytest
from tree_checks import banned
from tree_checks.tree import code_of, files, read, report

CPP_FILES = [name.removeprefix("cpp/") for name in files(".h", ".cpp", under="cpp/")]
TEXT_FILES = files(".h", ".cpp", ".py", ".pyi", ".md", ".txt", ".cmake", ".toml", ".json", ".sh", "Makefile", ".ci/run")
DOCUMENTS = ["README.md", *files(".md", under="docs/"), *files(".md", under="cpp/"), *files(".md", under="scenarios/")]


def test_there_is_something_to_check():
    assert len(CPP_FILES) > 10
    assert len(TEXT_FILES) > 30
    assert len(DOCUMENTS) > 2


def test_nothing_banned_is_called():
    findings = [finding for name in CPP_FILES for finding in banned.ban_findings(name, read(f"cpp/{name}"))]
    assert not findings, report(findings)


def test_no_unordered_container_is_iterated():
    findings = [f for name in CPP_FILES for f in banned.unordered_iteration_findings(name, read(f"cpp/{name}"))]
    assert not findings, report(findings)


def test_no_text_names_a_machine_or_leaves_something_unfinished():
    findings = [finding for name in TEXT_FILES for finding in banned.text_findings(name, read(name))]
    assert not findings, report(findings)


def test_documents_name_no_hosts():
    findings = [finding for name in DOCUMENTS for finding in banned.host_findings(name, read(name))]
    assert not findings, report(findings)


def test_headers_are_included_once():
    headers = [name for name in files(".h") if not read(name).lstrip().startswith("#pragma once")]
    assert not headers, f"these do not open with #pragma once: {headers}"


# --- Each check can fail ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "code", "is_found"),
    [
        ("model/store.cpp", "auto t = std::chrono::steady_clock::now();", True),
        ("model/store.cpp", "auto t = std::chrono::system_clock::now();", True),
        ("model/store.cpp", "auto t = std::time(nullptr);", True),
        ("base/log.cpp", "auto t = std::chrono::system_clock::now();", False),
        ("bindings/progress.cpp", "auto t = std::chrono::steady_clock::now();", False),
        ("model/store.cpp", "#include <random>", True),
        ("model/store.cpp", "int r = rand();", True),
        ("model/store.cpp", "std::mt19937_64 g(seed);", True),
        ("model/store.cpp", "int r = stream.rand();", False),
        ("model/store.cpp", "double x = std::log(y);", True),
        ("model/store.cpp", "double x = ::exp(y);", True),
        ("model/store.cpp", "double x = pow(y, 2);", True),
        ("model/store.cpp", "double x = std::lgammaf(y);", True),
        ("model/store.cpp", "double x = elementary::log(y);", False),
        ("model/store.cpp", 'log(LogLevel::info, "opened");', False),
        ("model/store.cpp", "double x = std::sqrt(std::floor(y));", False),
        ("model/store.cpp", '// std::log(y)\nauto s = "std::exp(y)";', False),
        ("engine/elementary.cpp", "double log(double x) { return x; }", False),
        ("erp/ledger.h", "std::unordered_map<int, int> cells;", True),
        ("scenario/reader.cpp", "std::unordered_map<int, int> names;", False),
        ("scenario/reader.cpp", "std::setlocale(LC_ALL, nullptr);", True),
        ("scenario/reader.cpp", "using namespace std;", True),
    ],
)
def test_a_banned_call_is_found(path, code, is_found):
    assert bool(list(banned.ban_findings(path, code))) is is_found


@pytest.mark.parametrize(
    ("code", "is_found"),
    [
        ("std::unordered_map<int, std::vector<int>> seen;\nfor (const auto& [k, v] : seen) use(k);", True),
        ("std::unordered_set<int> seen;\nauto it = seen.begin();", True),
        ("std::unordered_set<int> seen;\nbool b = seen.contains(3);\nfor (int x : ordered) use(x);", False),
    ],
)
def test_iterating_an_unordered_container_is_found(code, is_found):
    assert bool(list(banned.unordered_iteration_findings("scenario/reader.cpp", code))) is is_found


@pytest.mark.parametrize(
    ("line", "is_found"),
    [
        ("see /" + "work/shared/design.md", True),
        ("see /" + "root/notes", True),
        ("see /" + "home/jo/notes", True),
        ("docs/work/in progress", False),
        ("// TO" + "DO: later", True),
        ("-march" + "=native", True),
        ("int x = 1;  // NO" + "LINT", True),
        ("int x = 1;  // NO" + "LINT(bugprone-branch-clone): the two branches differ in their comment", False),
        ("x = 1  # no" + "qa", True),
        ("x = 1  # no" + "qa: E501", False),
        ("x = 1  # type: ignor" + "e", True),
        ("x = 1  # type: ignor" + "e[attr-defined]", False),
    ],
)
def test_a_banned_word_is_found(line, is_found):
    assert bool(list(banned.text_findings("a.txt", line))) is is_found


@pytest.mark.parametrize(
    ("line", "is_found"),
    [
        ("get it from https" + "://files.some.net/x", True),
        ("a package of somewhere" + ".org", True),
        ('"$schema": "https://json-schema.org/draft/2020-12/schema"', False),
        ("run `make demo`", False),
    ],
)
def test_a_host_in_a_document_is_found(line, is_found):
    assert bool(list(banned.host_findings("README.md", line))) is is_found


def test_comments_and_literals_are_blanked_and_lines_kept():
    text = 'int a = 1\'000; // "x\nauto s = R"({")"; /* a\nb */ char c = \'"\'; auto t = "\\"}";\n'
    code = code_of(text)
    assert code.count("\n") == text.count("\n")
    assert "1'000" in code
    assert not set('"{}') & set(code)
