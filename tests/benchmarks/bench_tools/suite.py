"""What is measured: the cases, their sizes, and what is kept of each answer."""

from __future__ import annotations

import math
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench_tools.measure import Answer, Program, alternate, answer_of, median_of, median_ratio

HERE = Path(__file__).resolve().parents[1]
OURS = "tillstorm"
SLOW = frozenset({"salabim"})  # making its components takes minutes: one round


@dataclass(frozen=True)
class Sizes:
    """How much of everything a mode measures."""

    customers: int  # of M/M/1, the same for all
    long_customers: int  # of M/M/1, the engine against the bare loop alone
    pending: tuple[int, ...]
    steps: int  # of HOLD
    chain: tuple[tuple[int, int], ...]  # stores, days
    twin: tuple[int, int]  # stores, days
    rounds: int
    rounds_of_big: int  # above BIG store-days
    harness: tuple[int, int]  # stores, days: what coverage, mutants and promises add
    rounds_of_harness: int
    least_store_days: int = 3360  # smaller runs are repeated, from set-up on, until they last long enough to time
    most_pending_salabim: int = 100_000  # a component takes kilobytes


BIG = 30_000
HUGE = 200_000  # one round
QUICK = Sizes(5_000, 200_000, (1_000, 10_000), 20_000, ((12, 1), (12, 28), (120, 1)), (2, 2), 1, 1, (12, 7), 1, 120)
SQUARE = ((12, 1), (12, 28), (12, 365), (120, 1), (120, 28), (120, 365), (1200, 1), (1200, 28))
DEFAULT = Sizes(50_000, 2_000_000, (1_000, 100_000, 1_000_000), 300_000, SQUARE, (12, 7), 3, 2, (12, 28), 7)
FULL = Sizes(
    100_000, 5_000_000, (1_000, 100_000, 1_000_000), 1_000_000, (*SQUARE, (1200, 365)), (12, 28), 5, 3, (120, 28), 9
)
MODES = {"quick": QUICK, "default": DEFAULT, "full": FULL}


class Suite:
    """The cases, run with programs from `build`; `say` tells what is going on."""

    def __init__(self, sizes: Sizes, build: Path, say: Callable[[str], None]) -> None:
        self.sizes = sizes
        self.build = build
        self.bin = build / "tests" / "benchmarks"
        self.say = say

    def built(self, name: str, *arguments: object) -> Program:
        return lambda: answer_of([self.bin / name, *map(str, arguments)])

    @staticmethod
    def script(name: str, *arguments: object) -> Program:
        return lambda: answer_of([sys.executable, HERE / name, *map(str, arguments)])

    def race(self, programs: dict[str, Program], rounds: int) -> list[Answer]:
        """Events per CPU second of each, and how many times as many tillstorm has."""
        answers = alternate(programs, rounds, once=SLOW)
        ours = [float(each["events_per_s"]) for each in answers[OURS]]
        return [
            {
                "who": who,
                "version": rows[0].get("version", ""),
                "events_per_s": median_of(rows, "events_per_s"),
                "tillstorm_is_faster": median_ratio(ours[: len(rows)], [float(each["events_per_s"]) for each in rows]),
                "mean_wait_s": rows[0].get("mean_wait_s"),
            }
            for who, rows in answers.items()
        ]

    def mm1(self) -> list[Answer]:
        n, many = self.sizes.customers, self.sizes.long_customers
        self.say(f"M/M/1, {n} customers")
        programs = {
            OURS: self.built("mm1_bench", "engine", n),
            "bare loop": self.built("mm1_bench", "bare", n),
            "SimPy": self.script("mm1/mm1_simpy.py", n),
            "Ciw": self.script("mm1/mm1_ciw.py", n),
            "salabim": self.script("mm1/mm1_salabim.py", n),
        }
        cases = [{"customers": n, "rows": self.race(programs, self.sizes.rounds)}]
        self.say(f"M/M/1, {many} customers")
        programs = {OURS: self.built("mm1_bench", "engine", many), "bare loop": self.built("mm1_bench", "bare", many)}
        return [*cases, {"customers": many, "rows": self.race(programs, max(3, self.sizes.rounds))}]

    def hold(self) -> list[Answer]:
        cases = []
        steps = self.sizes.steps
        for pending in self.sizes.pending:
            self.say(f"HOLD, {pending} pending")
            programs = {
                OURS: self.built("hold_bench", "engine", pending, 10 * steps),
                "std::priority_queue": self.built("hold_bench", "bare", pending, 10 * steps),
                "SimPy": self.script("hold/hold_simpy.py", pending, steps),
            }
            if pending <= self.sizes.most_pending_salabim:
                programs["salabim"] = self.script("hold/hold_salabim.py", pending, steps)
            cases.append({"pending": pending, "rows": self.race(programs, self.sizes.rounds)})
        return cases

    def chain(self) -> list[Answer]:
        return [self.chain_of(stores, days) for stores, days in self.sizes.chain]

    def chain_of(self, stores: int, days: int) -> Answer:
        self.say(f"chain, {stores} stores, {days} days")
        store_days = stores * days
        repeats = min(100, math.ceil(self.sizes.least_store_days / store_days))
        rounds = 1 if store_days > HUGE else self.sizes.rounds_of_big if store_days > BIG else self.sizes.rounds

        def product(*, promises: bool, online: bool) -> Program:
            return self.built("chain_bench", days, stores, int(promises), int(online), 5000, repeats)

        checked = product(promises=True, online=True)
        volume = [0.0]

        def measured() -> Answer:
            answer = checked()
            volume[0] = answer["tickets"] / (store_days * repeats)
            return answer

        def floor() -> Answer:  # as many customers a day as the product has just had
            return self.built("bare_year", days, stores, f"{volume[0]:.3f}", repeats)()

        programs = {
            OURS: measured,
            "bare": floor,
            "unchecked": product(promises=False, online=True),
        }
        if (stores, days) == (120, 28) or len(self.sizes.chain) < len(SQUARE):
            programs["no_web_shop"] = product(promises=True, online=False)
        return chain_figures(alternate(programs, rounds), stores, days, rounds)

    def harness(self) -> Answer:
        """What each part of the harness adds to a run, switched on alone; all programs run in turn."""
        stores, days = self.sizes.harness
        self.say(f"harness, {stores} stores, {days} days")
        repeats = max(1, math.ceil(self.sizes.least_store_days / (stores * days)))
        listed = subprocess.run([self.bin / "chain_bench", "1", "1", "?"], capture_output=True, text=True, check=False)
        promises = listed.stderr.strip().rpartition("one of ")[2].split()[3:]

        def program(variant: str, which: str) -> Program:
            path = self.build.with_name(self.build.name + variant) / "tests" / "benchmarks" / "chain_bench"
            return lambda: answer_of([path, *map(str, (days, stores, which, 1, 5000, repeats))])

        programs = {
            "bare": program("-bare", "0"),
            "coverage": program("-coverage", "0"),
            "mutants": program("-mutants", "0"),
            "unchecked": program("", "0"),
            "points": program("", "points"),
            **{name: program("", name) for name in promises},
            "all": program("", "1"),
        }
        return harness_figures(alternate(programs, self.sizes.rounds_of_harness), promises, stores, days)

    def twin(self) -> Answer:
        stores, days = self.sizes.twin
        self.say(f"SimPy twin, {stores} stores, {days} days")
        repeats = max(1, 336 // (stores * days))
        answers = alternate(
            {
                OURS: self.built("chain_bench", days, stores, 1, 0, 5000, repeats),
                "twin": self.script("chain/simpy_twin.py", days, stores),
            },
            self.sizes.rounds,
        )
        ours, twin = answers[OURS], answers["twin"]
        return {
            "stores": stores,
            "days": days,
            "tickets_per_s": median_of(ours, "tickets_per_s"),
            "twin_tickets_per_s": median_of(twin, "tickets_per_s"),
            "twin_lines_per_ticket": twin[0]["lines"] / twin[0]["tickets"],
            "lines_per_ticket": ours[0]["lines"] / ours[0]["tickets"],
            "ratio_per_ticket": median_ratio(cost(twin, "tickets"), cost(ours, "tickets")),
            "ratio_per_line": median_ratio(cost(twin, "lines"), cost(ours, "lines")),
        }


def cost(answers: Sequence[Answer], unit: str) -> list[float]:
    """CPU seconds of the run for each ticket, line or event."""
    return [float(each["run_cpu_s"]) / float(each[unit]) for each in answers]


def chain_figures(answers: dict[str, list[Answer]], stores: int, days: int, rounds: int) -> Answer:
    ours, bare = answers[OURS], answers["bare"]
    keys = ("events_per_s", "tickets_per_s", "lines_per_s", "s_per_year_of_120_stores", "bytes_per_store_item")
    figures: dict[str, Any] = {
        "stores": stores,
        "days": days,
        "rounds": rounds,
        "tickets": ours[0]["tickets"] // ours[0]["repeats"],
        "lines_per_ticket": ours[0]["lines"] / ours[0]["tickets"],
        "bare_lines_per_ticket": bare[0]["lines"] / bare[0]["tickets"],
        **{key: median_of(ours, key) for key in keys},
        "set_up_s": median_of(ours, "set_up_cpu_s") / ours[0]["repeats"],
        "run_s": median_of(ours, "run_cpu_s") / ours[0]["repeats"],
        "drain_s": median_of(ours, "drain_cpu_s") / ours[0]["repeats"],
        "peak_rss_bytes": max(each["peak_rss_bytes"] for each in ours),
        "violations": sum(each["violations"] for each in ours),
        "ratio_per_ticket": median_ratio(cost(ours, "tickets"), cost(bare, "tickets")),
        "ratio_per_line": median_ratio(cost(ours, "lines"), cost(bare, "lines")),
        "unchecked_ratio_per_ticket": median_ratio(cost(answers["unchecked"], "tickets"), cost(bare, "tickets")),
        "promises_cost": median_ratio(cost(ours, "tickets"), cost(answers["unchecked"], "tickets")) - 1,
    }
    if "no_web_shop" in answers:
        figures["web_shop_cost"] = median_ratio(cost(ours, "tickets"), cost(answers["no_web_shop"], "tickets")) - 1
        figures["no_web_shop_ratio_per_ticket"] = median_ratio(
            cost(answers["no_web_shop"], "tickets"), cost(bare, "tickets")
        )
    return figures


def harness_figures(answers: dict[str, list[Answer]], promises: list[str], stores: int, days: int) -> Answer:
    """How much longer a run takes with each part switched on alone, as a share of the run without it."""

    def added(name: str, to: str) -> float:
        above, below = ([float(each["run_cpu_s"]) for each in answers[which]] for which in (name, to))
        return median_ratio(above, below) - 1

    return {
        "stores": stores,
        "days": days,
        "rounds": len(answers["bare"]),
        "bare_run_s": median_of(answers["bare"], "run_cpu_s") / answers["bare"][0]["repeats"],
        "coverage": added("coverage", "bare"),
        "mutants": added("mutants", "bare"),
        "coverage_and_mutants": added("unchecked", "bare"),
        "check_points": added("points", "unchecked"),
        "each_promise": {name: added(name, "points") for name in promises},
        "promises": added("all", "unchecked"),
        "everything": added("all", "bare"),
        "violations": sum(each["violations"] for each in answers["all"]),
    }
