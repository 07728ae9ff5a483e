"""Whatever is registered has its test, and every folder of tests its layer."""

from __future__ import annotations

import pytest
from tree_checks import registries
from tree_checks.layers import layer_table
from tree_checks.tree import ROOT, files, project_files, read, report

TESTS = {name: read(name) for name in files(".cpp", ".py", under="tests/") if not name.startswith("tests/tidy/")}


@pytest.mark.parametrize("kind", registries.KINDS, ids=lambda kind: kind.name)
def test_each_registered_file_is_named_by_a_test(kind):
    findings = list(registries.untested_files(kind, project_files(), TESTS))
    assert not findings, report(findings)


def test_each_scenario_has_its_page():
    paths = [name for name in project_files() if name.startswith("scenarios/") and "/schema/" not in name]
    assert any(path.endswith(registries.SCENARIO) for path in paths)
    findings = list(registries.undescribed_scenarios(paths))
    assert not findings, report(findings)


def test_each_scenario_is_run_by_a_test():
    """tests/python/test_packaged_scenarios.py runs what it finds: here, that it finds all of them."""
    from test_packaged_scenarios import SCENARIOS

    assert sorted(str(path.relative_to(ROOT)) for path in SCENARIOS) == files(registries.SCENARIO, under="scenarios/")


def test_tests_mirror_the_layers():
    layers = {name: bool(files(".cpp", under=f"cpp/{name}/")) for name in layer_table(read("cpp/README.md"))}
    del layers["bindings"]  # tested through Python
    folders = {name.split("/")[2] for name in TESTS if name.startswith("tests/cpp/") and name.count("/") >= 3}
    findings = list(registries.unmirrored_tests(folders, layers))
    assert not findings, report(findings)


# --- Each check can fail ---------------------------------------------------------------------------------------------


def test_an_untested_policy_is_found():
    kind = registries.KINDS[0]
    paths = ["cpp/policies/replenishment/min_max.cpp", "cpp/policies/replenishment/s_s.cpp", "cpp/erp/ledger.cpp"]
    tests = {"tests/cpp/policies/min_max_test.cpp": "TEST(MinMax, OrdersUpToMax)", "tests/cpp/erp/x.cpp": "s_s"}
    assert [finding.path for finding in registries.untested_files(kind, paths, tests)] == [
        "cpp/policies/replenishment/s_s.cpp"
    ]


def test_an_undescribed_scenario_is_found():
    paths = ["scenarios/a/b.scenario.json", "scenarios/a/c.scenario.json", "scenarios/a/c.md", "scenarios/a/d.md"]
    assert [str(finding) for finding in registries.undescribed_scenarios(paths)] == [
        "scenarios/a/b.scenario.json:1: has no b.md beside it",
        "scenarios/a/d.md:1: describes no scenario",
    ]


def test_a_missing_and_a_stray_test_folder_are_found():
    findings = registries.unmirrored_tests(["base", "misc"], {"base": True, "erp": True, "rules": False})
    assert [finding.path for finding in findings] == ["tests/cpp/misc", "cpp/erp"]
