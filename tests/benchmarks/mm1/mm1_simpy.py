"""M/M/1 at load 0.9 in SimPy, written as its documentation writes it: a process for each customer, a Resource."""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Generator
from typing import Any

import simpy


class Queue:
    def __init__(self, customers: int) -> None:
        self.env = simpy.Environment()
        self.server = simpy.Resource(self.env, capacity=1)
        self.random = random.Random(1)
        self.waited = 0.0
        self.served = 0
        self.env.process(self.source(customers))

    def source(self, customers: int) -> Generator[simpy.Event, Any, None]:
        for _ in range(customers):
            yield self.env.timeout(self.random.expovariate(0.9))
            self.env.process(self.customer())

    def customer(self) -> Generator[simpy.Event, Any, None]:
        arrived = self.env.now
        with self.server.request() as turn:
            yield turn
            self.waited += self.env.now - arrived
            self.served += 1
            yield self.env.timeout(self.random.expovariate(1.0))


def main(customers: int) -> None:
    queue = Queue(customers)
    start = time.process_time()
    queue.env.run()
    cpu = time.process_time() - start
    answer = {
        "who": "SimPy",
        "version": simpy.__version__,
        "customers": queue.served,
        "events": 2 * queue.served,
        "cpu_s": cpu,
        "events_per_s": 2 * queue.served / cpu,
        "mean_wait_s": queue.waited / queue.served,
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main(int(sys.argv[1]))
