"""The command behind docs/tutorials/realtime_or_batch.md, at toy size."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SCRIPT = ROOT / "scripts/realtime_or_batch.py"
DOCUMENT = ROOT / "docs/tutorials/realtime_or_batch.md"
TOY = ("--stores", "1", "--items", "50", "--days", "2", "--replications", "2")
ROWS = ["real-time", "micro-batch", "every 15 minutes", "hourly", "nightly"]


@pytest.fixture
def script(tmp_path, command_environment):
    def run(*arguments):
        return subprocess.run(
            [sys.executable, SCRIPT, *TOY, *map(str, arguments)],
            cwd=tmp_path,
            env=command_environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def rows_of(text):
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if line.startswith("|")]
    return {cells[0]: cells for cells in rows}


def test_the_table_is_printed(script):
    done = script()
    assert done.returncode == 0, done.stderr
    rows = rows_of(done.stdout)
    assert [name for name in rows if name in ROWS] == ROWS
    assert len({len(cells) for cells in rows.values()}) == 1
    shares = [float(rows[name][1].removesuffix(" %")) for name in ROWS]
    assert shares == sorted(shares, reverse=True)
    assert "1 store, 50 items, 2 days; 2 replications of each row on the same customers (seed 1)" in done.stdout


def test_the_document_has_the_rows_of_the_command_and_is_written_between_its_marks(script, tmp_path):
    before = DOCUMENT.read_text(encoding="utf-8")
    assert [name for name in rows_of(before) if name in ROWS] == ROWS
    copy = tmp_path / "copy.md"
    copy.write_text(before, encoding="utf-8")
    done = script("--update", copy, "--out", tmp_path / "study", "--set", "seed=3")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    after = copy.read_text(encoding="utf-8")
    head, tail = before.split("<!-- table: begin -->")[0], before.split("<!-- table: end -->")[1]
    assert after.startswith(head)
    assert after.endswith(tail)
    assert "1 store, 50 items, 2 days" in after
    assert "In every row: `seed=3`." in after
    assert len((tmp_path / "study/replications.jsonl").read_text().splitlines()) == 2 * len(ROWS)


def test_a_document_without_marks_is_a_mistake(script, tmp_path):
    (tmp_path / "copy.md").write_text("nothing")
    done = script("--update", "copy.md")
    assert done.returncode == 2
    assert "there are no lines `<!-- table: begin -->`" in done.stderr
