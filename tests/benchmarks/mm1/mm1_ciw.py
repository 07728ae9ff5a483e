"""M/M/1 at load 0.9 in Ciw: one node, simulated until the given number of customers has finished."""

from __future__ import annotations

import json
import sys
import time

import ciw  # type: ignore[import-untyped]


def main(customers: int) -> None:
    ciw.seed(1)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate=0.9)],
        service_distributions=[ciw.dists.Exponential(rate=1.0)],
        number_of_servers=[1],
    )
    simulation = ciw.Simulation(network)
    start = time.process_time()
    simulation.simulate_until_max_customers(customers, method="Finish")
    cpu = time.process_time() - start
    waits = [record.waiting_time for record in simulation.get_all_records()]
    answer = {
        "who": "Ciw",
        "version": ciw.__version__,
        "customers": customers,
        "events": 2 * customers,
        "cpu_s": cpu,
        "events_per_s": 2 * customers / cpu,
        "mean_wait_s": sum(waits) / len(waits),
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main(int(sys.argv[1]))
