"""`make bench`: measures tillstorm against its yardsticks and writes what it saw.

    python tests/benchmarks/run.py [--quick | --full] [--build build/bench] [--out results/bench] [--write-docs]

Writes OUT.json and OUT.md and prints the latter. Ends with 0 whether or not the bars are met: they are for people to
read on a quiet machine. Ends with 2 if something could not be measured.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path

from bench_tools.measure import Answer, BenchError, machine
from bench_tools.report import bars, markdown
from bench_tools.suite import MODES, Suite

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"


def measure(mode: str, build: Path) -> Answer:
    start = time.monotonic()

    def say(what: str) -> None:
        print(f"[{time.monotonic() - start:5.0f} s] {what}", file=sys.stderr, flush=True)

    suite = Suite(MODES[mode], build, say)
    results: Answer = {"mode": mode, "machine": machine()}
    results["twin"] = suite.twin()
    results["mm1"] = suite.mm1()
    results["hold"] = suite.hold()
    results["chain"] = suite.chain()
    results["harness"] = suite.harness()
    results["machine"]["load_at_end"] = round(os.getloadavg()[0], 2)
    results["bars"] = bars(results)
    return results


def with_figures(document: str, figures: str) -> str:
    """The document with what stands between its two marks replaced."""
    if document.count(BEGIN) != 1 or document.count(END) != 1:
        raise BenchError(f"the document must have `{BEGIN}` and `{END}` once each")
    before, rest = document.split(BEGIN)
    return f"{before}{BEGIN}\n{figures}{END}{rest.split(END)[1]}"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Measure tillstorm against its yardsticks.")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_const", dest="mode", const="quick", help="toy sizes, under a minute")
    size.add_argument("--full", action="store_const", dest="mode", const="full", help="1200 stores x 365 days too")
    parser.add_argument("--build", type=Path, default=ROOT / "build" / "bench", help="CMake build with the programs")
    parser.add_argument("--out", type=Path, default=ROOT / "results" / "bench", help="OUT.json and OUT.md are written")
    parser.add_argument("--write-docs", action="store_true", help="put the tables into docs/benchmarks.md")
    chosen = parser.parse_args(arguments)
    try:
        results = measure(chosen.mode or "default", chosen.build)
        text = markdown(results)
        if chosen.write_docs:
            DOCUMENT.write_text(with_figures(DOCUMENT.read_text(encoding="utf-8"), text), encoding="utf-8")
    except (BenchError, OSError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    json_file, table_file = (chosen.out.with_name(chosen.out.name + suffix) for suffix in (".json", ".md"))
    json_file.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    table_file.write_text(text, encoding="utf-8")
    print(text)
    print(f"written: {json_file} and {table_file}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
