"""Files and functions stay short enough to be read at one go."""

from __future__ import annotations

import pytest
from tree_checks import sizes
from tree_checks.tree import files, read, report

CPP_FILES = files(".h", ".cpp")
PYTHON_FILES = files(".py")


def test_there_is_something_to_check():
    assert len(CPP_FILES) > 10
    assert len(PYTHON_FILES) > 5


def test_files_are_short():
    findings = [finding for name in [*CPP_FILES, *PYTHON_FILES] for finding in sizes.file_findings(name, read(name))]
    assert not findings, report(findings)


def test_the_root_cmake_file_is_short():
    assert len(read("CMakeLists.txt").splitlines()) < 100


def test_cpp_functions_are_short():
    findings = [finding for name in CPP_FILES for finding in sizes.cpp_function_findings(name, read(name))]
    assert not findings, report(findings)


def test_python_functions_are_short():
    findings = [finding for name in PYTHON_FILES for finding in sizes.python_function_findings(name, read(name))]
    assert not findings, report(findings)


# --- Each check can fail ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "limit"), [("a.cpp", 500), ("a.h", 500), ("a.py", 400)])
def test_a_long_file_is_found(name, limit):
    assert not list(sizes.file_findings(name, "x\n" * limit))
    assert len(list(sizes.file_findings(name, "x\n" * (limit + 1)))) == 1


def test_a_long_python_function_is_found_and_its_docstring_is_not_counted():
    docstring = '    """One.\n' + "\n" * 50 + '    """\n'
    fits = "def f():\n" + docstring + "    pass\n" * 69
    assert not list(sizes.python_function_findings("a.py", fits))
    assert [str(finding) for finding in sizes.python_function_findings("a.py", fits + "    pass\n")] == [
        "a.py:1: f has 71 lines, at most 70"
    ]


HEADS = [
    "int f(int a, std::vector<int> b = {})",
    "template <class T>\nauto C::f(T&& t) const noexcept -> std::vector<int>",
    "C::C(int a) : a_(a), b_{1, 2}, c_{}",
    "explicit operator bool() const",
    "static constexpr auto kTable = [](int n)",
    "TEST(EventQueue, BreaksTiesBySiteBeforeOrigin)",
    "struct Result make(const struct Input& input)",
    'extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)',
]


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("around", ["{}", "namespace a {{\nclass B : public C<int> {{\n public:\n{}}};\n}}\n"])
def test_a_long_cpp_function_is_found(head, around):
    def findings(body_lines):
        body = "  if (a) { b('{', \"}\"); }  // }\n" * body_lines
        return list(sizes.cpp_function_findings("a.cpp", around.format(head + " {\n" + body + "}\n")))

    spare = sizes.FUNCTION_LINES - head.count("\n") - 2
    assert findings(spare) == []
    assert len(findings(spare + 1)) == 1


def test_scopes_and_tables_are_not_functions():
    text = (
        "namespace a {\nenum class E : int { x, y };\nstruct S {\n  int a{1};\n  std::array<int, 2> b = {1, 2};\n};\n"
        "constexpr std::array kTable = {\n" + "  f(1),\n" * 100 + "};\n" + "int g() { return 1'000'000; }\n}\n"
    )
    assert [head for _, _, head in sizes.cpp_functions(text)] == ["int g()"]
