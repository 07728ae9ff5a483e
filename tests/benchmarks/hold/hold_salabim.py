"""HOLD in salabim: components that hold again and again."""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Generator
from typing import Any

import salabim as sim  # type: ignore[import-untyped]

exponential = random.Random(1).expovariate


class Holder(sim.Component):  # type: ignore[misc]
    def process(self) -> Generator[Any, None, None]:
        while True:
            yield self.hold(exponential(0.001))


def main(pending: int, steps: int) -> None:
    env = sim.Environment(trace=False, yieldless=False)
    for _ in range(pending):
        Holder()
    for _ in range(pending + min(pending, steps)):  # the first step of each component only starts it
        env.step()
    start = time.process_time()
    for _ in range(steps):
        env.step()
    cpu = time.process_time() - start
    answer = {
        "who": "salabim",
        "version": sim.__version__,
        "pending": pending,
        "events": steps,
        "cpu_s": cpu,
        "events_per_s": steps / cpu,
        "reached_s": env.now(),
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
