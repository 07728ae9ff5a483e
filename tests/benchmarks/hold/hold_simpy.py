"""HOLD in SimPy: timeouts, each of which sets the next one in its callback; the cheapest way that SimPy has."""

from __future__ import annotations

import json
import random
import sys
import time

import simpy


def main(pending: int, steps: int) -> None:
    env = simpy.Environment()
    exponential = random.Random(1).expovariate

    def again(_: simpy.Event) -> None:
        set_timeout()

    def set_timeout() -> None:
        env.timeout(exponential(0.001)).callbacks.append(again)

    for _ in range(pending):
        set_timeout()
    for _ in range(min(pending, steps)):
        env.step()
    start = time.process_time()
    for _ in range(steps):
        env.step()
    cpu = time.process_time() - start
    answer = {
        "who": "SimPy",
        "version": simpy.__version__,
        "pending": pending,
        "events": steps,
        "cpu_s": cpu,
        "events_per_s": steps / cpu,
        "reached_s": env.now,
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
