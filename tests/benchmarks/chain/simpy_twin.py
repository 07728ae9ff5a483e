"""The slice as a SimPy user would write it: stores with tills, baskets, shelves, messages, a head office, trucks.

    python simpy_twin.py DAYS STORES [ITEMS]

Each customer is a process that queues at a Resource of tills; each ticket is a message that takes its time on the way,
as in SimPy's own example of a cable with latency; the head office takes messages from a Store, dedupes them by key,
moves its book stock and adds up its journal; each night it orders up to the target and a truck comes the next day.

Left out, so that the twin does less than what it is compared with: ecommerce and the distribution centre's own stock,
substitution, patience, returns, weather and seasons, time zones, keyed randomness, outages and replay, deferred
posting, end of day by business date, KPIs, tables, and every promise that is checked.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Generator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, TypeAlias

import simpy

Process: TypeAlias = Generator[simpy.Event, Any, None]

DAY = 24 * 3600.0
OPENS, CLOSES = 9, 21
HOURLY = [0.04, 0.065, 0.09, 0.105, 0.1, 0.095, 0.095, 0.1, 0.11, 0.095, 0.065, 0.04]
TICKETS_PER_DAY = 400
TAX_PPM = 82_500
TILLS = 5
SHELF, MINIMUM, TARGET = 40, 8, 40


@dataclass(frozen=True)
class Ticket:
    store: int
    number: int
    time: float
    lines: list[tuple[int, int, int]]  # item, quantity, unit price
    total: int
    tax: int


@dataclass
class Catalogue:
    price: list[int]
    cost: list[int]
    cumulative: list[float]  # Zipf popularity, for random.choices

    @classmethod
    def of(cls, items: int) -> Catalogue:
        chance = random.Random(7)
        price = [199 + chance.randrange(9000) for _ in range(items)]
        weights = [1 / (rank + 1) ** 0.8 for rank in range(items)]
        chance.shuffle(weights)
        return cls(price, [p * 6 // 10 for p in price], list(accumulate(weights)))


@dataclass
class HeadOffice:
    env: simpy.Environment
    catalogue: Catalogue
    stores: int
    seen: set[tuple[int, int]] = field(default_factory=set)
    book: list[list[int]] = field(default_factory=list)
    on_order: list[dict[int, int]] = field(default_factory=list)
    journal: dict[str, int] = field(default_factory=dict)
    posted_lines: int = 0

    def __post_init__(self) -> None:
        self.inbox = simpy.Store(self.env)
        items = len(self.catalogue.price)
        self.book = [[SHELF] * items for _ in range(self.stores)]
        self.on_order = [{} for _ in range(self.stores)]
        self.journal = dict.fromkeys(("revenue", "tax", "tender", "cost_of_goods", "inventory"), 0)
        self.env.process(self.post_messages())

    def post_messages(self) -> Process:
        while True:
            ticket: Ticket = yield self.inbox.get()
            key = (ticket.store, ticket.number)
            if key in self.seen:
                continue
            self.seen.add(key)
            book, cost = self.book[ticket.store], 0
            for item, quantity, _ in ticket.lines:
                book[item] -= quantity
                cost += self.catalogue.cost[item] * quantity
            self.journal["revenue"] -= ticket.total - ticket.tax
            self.journal["tax"] -= ticket.tax
            self.journal["tender"] += ticket.total
            self.journal["cost_of_goods"] += cost
            self.journal["inventory"] -= cost
            self.posted_lines += len(ticket.lines)

    def review(self, store: StoreSite) -> Process:
        """Overnight: what is short is ordered; the truck arrives before the next opening."""
        book, on_order = self.book[store.index], self.on_order[store.index]
        for item, units in enumerate(book):
            if units < MINIMUM and item not in on_order:
                on_order[item] = TARGET - units
        if not on_order:
            return
        load = dict(on_order)
        yield self.env.timeout(6 * 3600.0)
        for item, quantity in load.items():
            store.shelf[item] += quantity
            book[item] += quantity
            del on_order[item]


class StoreSite:
    def __init__(self, env: simpy.Environment, index: int, office: HeadOffice) -> None:
        self.env = env
        self.index = index
        self.office = office
        self.catalogue = office.catalogue
        self.random = random.Random(1000 + index)
        self.tills = simpy.Resource(env, capacity=TILLS)
        self.items = range(len(self.catalogue.price))
        self.shelf = [SHELF] * len(self.catalogue.price)
        self.tickets = self.lines = self.lost = 0
        self.waited = 0.0

    def day_by_day(self, days: int) -> Process:
        for day in range(days):
            for hour in range(OPENS, CLOSES):
                start = day * DAY + hour * 3600.0
                rate = TICKETS_PER_DAY * HOURLY[hour - OPENS] / 3600.0
                at = start + self.random.expovariate(rate)
                while at < start + 3600.0:
                    yield self.env.timeout(max(0.0, at - self.env.now))
                    self.env.process(self.customer())
                    at += self.random.expovariate(rate)
            yield self.env.timeout((day + 1) * DAY - self.env.now)
            self.env.process(self.office.review(self))

    def customer(self) -> Process:
        arrived = self.env.now
        count = 1
        while self.random.random() < 1.85 / 2.85:
            count += 1
        wanted = self.random.choices(self.items, cum_weights=self.catalogue.cumulative, k=count)
        basket = []
        for item in wanted:
            quantity = 1
            while self.random.random() < 0.3 / 1.3:
                quantity += 1
            if self.shelf[item] < quantity:
                self.lost += 1
                continue
            self.shelf[item] -= quantity
            basket.append((item, quantity, self.catalogue.price[item]))
        if not basket:
            return
        with self.tills.request() as turn:
            yield turn
            self.waited += self.env.now - arrived
            yield self.env.timeout(self.random.lognormvariate(3.9, 0.5))
        self.send(basket)

    def send(self, basket: list[tuple[int, int, int]]) -> None:
        net = sum(quantity * price for _, quantity, price in basket)
        tax = sum((quantity * price * TAX_PPM + 500_000) // 1_000_000 for _, quantity, price in basket)
        self.tickets += 1
        self.lines += len(basket)
        self.env.process(self.link(Ticket(self.index, self.tickets, self.env.now, basket, net + tax, tax)))

    def link(self, ticket: Ticket) -> Process:
        yield self.env.timeout(self.random.uniform(0.2, 1.0))
        self.office.inbox.put(ticket)


def main(days: int, stores: int, items: int = 5000) -> None:
    env = simpy.Environment()
    office = HeadOffice(env, Catalogue.of(items), stores)
    sites = [StoreSite(env, index, office) for index in range(stores)]
    for site in sites:
        env.process(site.day_by_day(days))
    start = time.process_time()
    env.run(until=days * DAY)
    cpu = time.process_time() - start
    tickets = sum(site.tickets for site in sites)
    assert len(office.seen) == tickets
    assert sum(office.journal.values()) == 0
    assert [site.shelf for site in sites] == office.book
    answer = {
        "who": "SimPy twin",
        "version": simpy.__version__,
        "days": days,
        "stores": stores,
        "items": items,
        "tickets": tickets,
        "lines": office.posted_lines,
        "lost_lines": sum(site.lost for site in sites),
        "run_cpu_s": cpu,
        "tickets_per_s": tickets / cpu,
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
