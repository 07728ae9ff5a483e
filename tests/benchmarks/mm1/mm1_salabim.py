"""M/M/1 at load 0.9 in salabim: a Component for each customer, a Resource, generators instead of greenlets."""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Generator
from typing import Any

import salabim as sim  # type: ignore[import-untyped]


class Tally:
    def __init__(self) -> None:
        self.random = random.Random(1)
        self.waited = 0.0
        self.served = 0


class Customer(sim.Component):  # type: ignore[misc]
    def setup(self, server: Any, tally: Tally) -> None:
        self.server = server
        self.tally = tally

    def process(self) -> Generator[Any, None, None]:
        arrived = self.env.now()
        yield self.request(self.server)
        self.tally.waited += self.env.now() - arrived
        self.tally.served += 1
        yield self.hold(self.tally.random.expovariate(1.0))
        self.release()


class Source(sim.Component):  # type: ignore[misc]
    def setup(self, server: Any, tally: Tally, customers: int) -> None:
        self.server = server
        self.tally = tally
        self.customers = customers

    def process(self) -> Generator[Any, None, None]:
        for _ in range(self.customers):
            yield self.hold(self.tally.random.expovariate(0.9))
            Customer(server=self.server, tally=self.tally)


def main(customers: int) -> None:
    env = sim.Environment(trace=False, yieldless=False)
    tally = Tally()
    Source(server=sim.Resource("server"), tally=tally, customers=customers)
    start = time.process_time()
    env.run()
    cpu = time.process_time() - start
    answer = {
        "who": "salabim",
        "version": sim.__version__,
        "customers": tally.served,
        "events": 2 * tally.served,
        "cpu_s": cpu,
        "events_per_s": 2 * tally.served / cpu,
        "mean_wait_s": tally.waited / tally.served,
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main(int(sys.argv[1]))
