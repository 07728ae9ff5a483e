"""scripts/changed_rules.py, on a repository of its own: which rules `make mutants` breaks first."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import tillstorm as ts

SCRIPT = Path(__file__).parents[2] / "scripts/changed_rules.py"
ENTRY = """\
struct {name} {{
  static constexpr RuleText text{{
      .id = "{id}",
      .statement = "{statement}",
      .home = "{home}",
      .guards = "exactly_once"}};
}};
"""
HEADER = "#pragma once\n" + "\n".join(
    ENTRY.format(name=name, id=rule, statement="It holds.", home=home)
    for name, rule, home in (
        ("Envelope", "MSG-01", "integration/channel.cpp"),
        ("Key", "MSG-02", "integration/channel.cpp"),
        ("Dedupe", "MSG-03", "erp/posting.cpp"),
    )
)
MUTANTS = """\
TILLSTORM_MUTANT(canary, "MSG-03", "", "too many")
TILLSTORM_MUTANT(new_key, "MSG-02 MSG-01", "BUG-001", "a new key")
"""
FILES = {
    "cpp/rules/message_rules.h": HEADER,
    "cpp/rules/mutants.def": MUTANTS,
    "cpp/integration/channel.cpp": "int channel;\n",
    "cpp/erp/posting.cpp": "int posting;\n",
    "README.md": "Read me.\n",
}


class Repository:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.git("init", "-q")
        self.commit(FILES)

    def git(self, *arguments: str) -> None:
        names = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *names, *arguments], cwd=self.root, check=True, capture_output=True)

    def write(self, files: dict[str, str]) -> None:
        for name, text in files.items():
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            (self.root / name).write_text(text)

    def commit(self, files: dict[str, str]) -> None:
        self.write(files)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "x")

    def changed(self, *arguments: str) -> tuple[str, str]:
        done = subprocess.run(
            [sys.executable, SCRIPT, "--root", self.root, *arguments], capture_output=True, text=True, check=True
        )
        return done.stdout.strip(), done.stderr


@pytest.fixture
def repository(tmp_path, monkeypatch):
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    return Repository(tmp_path)


@pytest.mark.parametrize(
    ("files", "rules"),
    [
        ({"README.md": "Read me again.\n"}, ""),
        ({"cpp/erp/posting.cpp": "int posted;\n"}, "MSG-03"),
        ({"cpp/integration/channel.cpp": "int link;\n"}, "MSG-01,MSG-02"),
        ({"cpp/rules/message_rules.h": HEADER.replace("It holds.", "It must hold.", 1)}, "MSG-01"),
        ({"cpp/rules/message_rules.h": HEADER + "\n// A remark between entries.\n"}, ""),
        ({"cpp/rules/mutants.def": MUTANTS.replace("a new key", "another key")}, "MSG-01,MSG-02"),
        ({"cpp/rules/mutants.def": MUTANTS + 'TILLSTORM_MUTANT(again, "MSG-03", "", "again")\n'}, "MSG-03"),
        ({"cpp/rules/mutants.def": MUTANTS.splitlines()[1] + "\n"}, "MSG-03"),
        (
            {"cpp/rules/more_rules.h": ENTRY.format(name="New", id="FIN-01", statement="x", home="erp/new.cpp")},
            "FIN-01",
        ),
    ],
)
def test_home_entry_and_mutants_count(repository, files, rules):
    repository.commit(files)
    assert repository.changed()[0] == rules


def test_the_reason_is_said_and_edits_that_are_not_committed_count(repository):
    repository.commit({"README.md": "More.\n"})
    repository.write({"cpp/erp/posting.cpp": "int edited;\n"})
    assert repository.changed() == ("MSG-03", "MSG-03 has changed: cpp/erp/posting.cpp\n")


def test_only_the_parent_is_compared_unless_another_is_named(repository):
    repository.commit({"cpp/erp/posting.cpp": "int posted;\n"})
    repository.commit({"README.md": "More.\n"})
    assert repository.changed()[0] == ""
    assert repository.changed("--against", "HEAD~2")[0] == "MSG-03"


def test_without_a_parent_nothing_has_changed(repository, tmp_path):
    said, reason = repository.changed()
    assert said == ""
    assert "no rule counts as changed" in reason


def test_it_reads_the_headers_of_this_project():
    sys.path.insert(0, str(SCRIPT.parent))
    try:
        import changed_rules
    finally:
        sys.path.pop(0)
    rules = SCRIPT.parents[1] / "cpp/rules"
    found = {
        id_: each.home
        for path in rules.glob("*_rules.h")
        for id_, each in changed_rules.entries_of(path.read_text()).items()
    }
    assert found == {rule.id: rule.home for rule in ts.rules()}
    mutants = changed_rules.mutants_of((rules / "mutants.def").read_text())
    assert {name for rule in ts.rules() for name in rule.mutants} <= set(mutants)
