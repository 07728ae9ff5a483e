"""The scripts answer at toy size, and bars and tables say what the figures say. No timing is asserted."""

from __future__ import annotations

import copy
import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BUILDS = [ROOT / "build" / name for name in ("bench", "release")]
PROGRAMS = ("bare_year", "chain_bench", "mm1_bench", "hold_bench")


@pytest.fixture(autouse=True)
def _scripts_are_importable(monkeypatch):
    monkeypatch.syspath_prepend(str(HERE))


def answer_of(script, *arguments):
    command = [sys.executable, str(HERE / script), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("library", ["simpy", "salabim", "ciw"])
def test_each_mm1_serves_everybody_with_some_waiting(library):
    pytest.importorskip(library)
    answer = answer_of(f"mm1/mm1_{library}.py", 200)
    assert (answer["customers"], answer["events"]) == (200, 400)
    assert answer["mean_wait_s"] > 0


@pytest.mark.parametrize("library", ["simpy", "salabim"])
def test_each_hold_moves_its_clock_by_the_mean_increment(library):
    pytest.importorskip(library)
    pending, steps = 50, 5000
    answer = answer_of(f"hold/hold_{library}.py", pending, steps)
    assert (answer["pending"], answer["events"]) == (pending, steps)
    # Steps come at a rate of pending / 1000 s; four standard errors of their number.
    expected = (steps + pending) * 1000 / pending
    assert abs(answer["reached_s"] - expected) < 4 * expected / (steps + pending) ** 0.5


def test_the_twin_sells_what_its_customers_want_and_is_the_same_again():
    pytest.importorskip("simpy")
    once, again = answer_of("chain/simpy_twin.py", 2, 2, 300), answer_of("chain/simpy_twin.py", 2, 2, 300)
    assert abs(once["tickets"] - 2 * 2 * 400) < 4 * (2 * 2 * 400) ** 0.5
    assert 2.5 < once["lines"] / once["tickets"] < 3
    assert (once["tickets"], once["lines"]) == (again["tickets"], again["lines"])


def race(**faster):
    rows = [{"who": "tillstorm", "version": "", "events_per_s": 1e7, "tillstorm_is_faster": 1.0}]
    for who, factor in faster.items():
        rows.append({"who": who, "version": "1", "events_per_s": 1e7 / factor, "tillstorm_is_faster": factor})
    return rows


def chain_case(stores, days, ratio):
    figures = dict.fromkeys(
        [
            "events_per_s",
            "tickets_per_s",
            "lines_per_s",
            "s_per_year_of_120_stores",
            "bytes_per_store_item",
            "set_up_s",
            "run_s",
            "drain_s",
            "lines_per_ticket",
            "bare_lines_per_ticket",
        ],
        1.0,
    )
    ratios = {"ratio_per_ticket": ratio, "ratio_per_line": ratio, "unchecked_ratio_per_ticket": ratio}
    counts = {"tickets": 5, "rounds": 3, "peak_rss_bytes": 1 << 28, "violations": 0, "promises_cost": 0.07}
    return {"stores": stores, "days": days, **figures, **ratios, **counts}


FIGURES = {
    "mode": "default",
    "machine": {"processor": "one", "cores": 2, "python": "3", "load_at_start": 0.1, "load_at_end": 1.0},
    "twin": {
        "stores": 2,
        "days": 3,
        "tickets_per_s": 1e6,
        "twin_tickets_per_s": 1e4,
        "ratio_per_ticket": 60.0,
        "ratio_per_line": 61.0,
    },
    "mm1": [{"customers": 1000, "rows": race(SimPy=200.0)}],
    "hold": [{"pending": 1000, "rows": race(SimPy=45.0)}],
    "chain": [chain_case(12, 28, 1.9), chain_case(120, 365, 2.1)],
    "harness": {
        "stores": 12,
        "days": 28,
        "rounds": 7,
        "coverage": 0.01,
        "mutants": 0.0,
        "coverage_and_mutants": 0.01,
        "check_points": 0.01,
        "each_promise": {"exactly_once": 0.02},
        "promises": 0.1,
        "everything": 0.11,
    },
}


def test_bars_that_are_met():
    report = importlib.import_module("bench_tools.report")
    assert all(bar["met"] for bar in report.bars(FIGURES))


@pytest.mark.parametrize(
    ("path", "value", "missed"),
    [
        (("mm1", 0, "rows", 1, "tillstorm_is_faster"), 49.0, ["M/M/1"]),
        (("twin", "ratio_per_ticket"), 14.0, ["twin"]),
        (("chain", 1, "ratio_per_ticket"), 4.01, ["bare loop", "over smallest"]),
        (("chain", 0, "ratio_per_ticket"), 1.6, ["over smallest"]),
        (("harness", "promises"), 0.151, ["promises, all"]),
        (("chain", 1, "peak_rss_bytes"), (1 << 30) + 1, ["memory of 365 days"]),
    ],
)
def test_a_bar_that_is_missed_is_marked(path, value, missed):
    report = importlib.import_module("bench_tools.report")
    results = copy.deepcopy(FIGURES)
    place = results
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    results["bars"] = report.bars(results)
    found = [bar["bar"] for bar in results["bars"] if not bar["met"]]
    assert len(found) == len(missed)
    assert all(part in name for part, name in zip(missed, found, strict=True))
    assert report.markdown(results).count("**missed**") == len(missed)


def test_programs_run_in_turn():
    measure = importlib.import_module("bench_tools.measure")
    order = []
    programs = {name: lambda name=name: order.append(name) or {"x": len(order)} for name in "ab"}
    answers = measure.alternate(programs, 2)
    assert order == ["a", "b", "a", "b"]
    assert answers == {"a": [{"x": 1}, {"x": 3}], "b": [{"x": 2}, {"x": 4}]}
    order.clear()
    measure.alternate(programs, 3, once=frozenset("b"))
    assert order == ["a", "b", "a", "a"]
    assert measure.median_ratio([2, 9, 4], [1, 3, 4]) == 2


def test_a_program_that_fails_or_says_nothing_is_named():
    measure = importlib.import_module("bench_tools.measure")
    with pytest.raises(measure.BenchError, match=r"ended with 3"):
        measure.answer_of([sys.executable, "-c", "raise SystemExit(3)"])
    with pytest.raises(measure.BenchError, match=r"did not answer"):
        measure.answer_of([sys.executable, "-c", "pass"])


def test_figures_go_between_the_marks_of_the_document():
    run = importlib.import_module("run")
    document = run.DOCUMENT.read_text(encoding="utf-8")
    once = run.with_figures(document, "figures\n")
    assert f"{run.BEGIN}\nfigures\n{run.END}" in once
    assert run.with_figures(once, "figures\n") == once
    with pytest.raises(Exception, match="once each"):
        run.with_figures("no marks", "figures\n")


def test_the_whole_benchmark_at_toy_size(monkeypatch, tmp_path, capsys):
    for library in ("simpy", "salabim", "ciw"):
        pytest.importorskip(library)
    build = next((b for b in BUILDS if all((b / "tests/benchmarks" / name).exists() for name in PROGRAMS)), None)
    if build is None:
        pytest.skip("the benchmark's programs are not built")
    variants = tmp_path / "builds"
    for variant in ("", "-bare", "-coverage", "-mutants"):  # the same programs: how fast they are, no test says
        (variants / f"bench{variant}" / "tests").mkdir(parents=True)
        (variants / f"bench{variant}" / "tests" / "benchmarks").symlink_to(build / "tests" / "benchmarks")
    build = variants / "bench"
    suite = importlib.import_module("bench_tools.suite")
    toy = suite.Sizes(200, 500, (10,), 200, ((2, 1),), (1, 1), 1, 1, (2, 1), 1, 1)
    monkeypatch.setitem(suite.MODES, "quick", toy)
    run = importlib.import_module("run")
    assert run.main(["--quick", "--build", str(build), "--out", str(tmp_path / "bench")]) == 0
    results = json.loads((tmp_path / "bench.json").read_text(encoding="utf-8"))
    assert results["chain"][0]["violations"] == 0
    assert "price_authorised" in results["harness"]["each_promise"]
    assert results["harness"]["violations"] == 0
    assert {row["who"] for row in results["mm1"][0]["rows"]} == {"tillstorm", "bare loop", "SimPy", "Ciw", "salabim"}
    assert (tmp_path / "bench.md").read_text(encoding="utf-8") in capsys.readouterr().out


def test_programs_that_are_not_built_are_told_in_one_line(tmp_path, capsys):
    run = importlib.import_module("run")
    assert run.main(["--quick", "--build", str(tmp_path), "--out", str(tmp_path / "bench")]) == 2
    message = capsys.readouterr().err.strip().splitlines()[-1]
    assert message.startswith("bench: ")
    assert "chain_bench" in message


@pytest.mark.parametrize("switch", ["TILLSTORM_COVERAGE", "TILLSTORM_MUTANTS"])
def test_a_build_without_a_part_is_refused_for_anything_but_benchmarks(switch, tmp_path):
    command = ["cmake", "-S", ROOT, "-B", tmp_path, f"-D{switch}=OFF", "-DTILLSTORM_BUILD_TESTS=ON"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "off in benchmarks only" in done.stderr
