"""Demand that was drawn with known parameters is estimated back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from tillstorm.fit import Baskets, compare, estimate, fitted_scenario
from tillstorm.importing import Mapping

WEEKDAY = np.array([0.8, 0.9, 0.9, 1.0, 1.1, 1.3, 1.0])
MONTH = np.array([0.9, 0.9, 1.0, 0.9, 1.0, 1.0, 0.9, 1.1, 0.9, 0.9, 1.1, 1.4])
SIZE = np.array([0.5, 1.0, 1.5])
POPULARITY = np.array([1.0, 0.5, 0.25, 0.125, 0.0625])
HOURS = np.concatenate([np.zeros(9), np.arange(1.0, 13.0), np.zeros(3)])
#: Store 0 carries only the first three items.
CARRIED = [3, 5, 5]


def draw(days: int = 365, per_day: float = 60, noise: float = 0.0, seed: int = 1) -> Baskets:
    random = np.random.default_rng(seed)
    start = date(2026, 1, 1)
    blank = np.zeros(0, np.int64)
    frame = Baskets(start, days, ["a", "b", "c"], list("vwxyz"), np.ones(5, np.int64), *[blank] * 8)
    index = WEEKDAY[frame.weekday] / WEEKDAY.mean() * MONTH[frame.month] / MONTH.mean()
    mean = per_day * np.outer(index, SIZE / SIZE.mean())
    if noise:
        mean *= np.maximum(0, 1 + noise * random.normal(size=mean.shape))
    counts = random.poisson(mean)
    when, store = (np.repeat(axis.reshape(-1), counts.reshape(-1)) for axis in np.indices(counts.shape))
    tickets = len(when)
    lines = random.geometric(1 / 2.5, tickets)
    line_ticket = np.repeat(np.arange(tickets), lines)
    item = np.zeros(len(line_ticket), np.int64)
    for place, carried in enumerate(CARRIED):
        chosen = np.flatnonzero(store[line_ticket] == place)
        item[chosen] = random.choice(carried, len(chosen), p=POPULARITY[:carried] / POPULARITY[:carried].sum())
    quantity = random.geometric(1 / 1.4, len(line_ticket))
    return replace(
        frame,
        ticket_store=store,
        ticket_date=when,
        ticket_hour=random.choice(24, tickets, p=HOURS / HOURS.sum()),
        line_ticket=line_ticket,
        line_item=item,
        line_quantity=quantity,
        line_amount=quantity * (100 + item) * 9 // 10,
        line_discount=quantity * (100 + item) - quantity * (100 + item) * 9 // 10,
    )


@pytest.mark.statistics
def test_known_parameters_are_found_again() -> None:
    """Accepted within 5 standard errors of counts of that size; seed fixed."""
    baskets = draw()
    fit = estimate(baskets)
    assert fit.covers_months
    assert fit.tickets_per_store_day == pytest.approx(60, rel=0.02)
    assert fit.store_size == pytest.approx(SIZE / SIZE.mean(), rel=0.03)
    assert fit.weekday_index == pytest.approx(WEEKDAY / WEEKDAY.mean(), rel=0.05)
    assert fit.month_index == pytest.approx(MONTH / MONTH.mean(), rel=0.08)
    assert fit.weekday_index.mean() == pytest.approx(1)
    assert fit.month_index.mean() == pytest.approx(1)
    assert fit.hourly_weekday == pytest.approx(HOURS / HOURS.sum(), abs=0.01)
    assert fit.lines_per_ticket == pytest.approx(2.5, rel=0.02)
    assert fit.units_per_line == pytest.approx(1.4, rel=0.01)
    assert fit.day_noise_cv < 0.03
    assert fit.peak_days == {}
    assert fit.discount_share == pytest.approx(0.1, abs=0.005)


@pytest.mark.statistics
def test_popularity_is_that_of_the_draws_although_not_every_store_carries_every_item() -> None:
    """Accepted within 5 %: about 5 standard errors of the rarest item's count."""
    fit = estimate(draw())
    assert fit.popularity == pytest.approx(POPULARITY, rel=0.05)
    assert [pair.tolist() for pair in fit.pairs] == [[0, 1, 2], [0, 1, 2, 3, 4], [0, 1, 2, 3, 4]]


@pytest.mark.statistics
def test_the_noise_of_store_days_is_told_from_chance() -> None:
    """Accepted within 10 % of the coefficient of variation, over 1095 store days."""
    assert estimate(draw(noise=0.3)).day_noise_cv == pytest.approx(0.3, rel=0.1)


def test_a_day_far_from_the_others_gets_its_own_index() -> None:
    baskets = draw()
    closed = baskets.ticket_date != 200
    number = np.cumsum(closed) - 1
    kept = closed[baskets.line_ticket]
    baskets = replace(
        baskets,
        ticket_store=baskets.ticket_store[closed],
        ticket_date=baskets.ticket_date[closed],
        ticket_hour=baskets.ticket_hour[closed],
        line_ticket=number[baskets.line_ticket[kept]],
        line_item=baskets.line_item[kept],
        line_quantity=baskets.line_quantity[kept],
        line_amount=baskets.line_amount[kept],
        line_discount=baskets.line_discount[kept],
    )
    assert estimate(baskets).peak_days == {date(2026, 7, 20): 0.0}


def test_months_are_not_told_apart_where_the_log_is_too_short() -> None:
    fit = estimate(draw(days=90))
    assert not fit.covers_months
    assert fit.month_index.tolist() == [1.0] * 12


def test_less_than_a_week_tells_no_weekdays_apart() -> None:
    fit = estimate(draw(days=3))
    assert fit.weekday_index == pytest.approx(1.0)
    assert fit.tickets_per_store_day == pytest.approx(draw(days=3).tickets / 9)


def test_an_item_not_sold_in_pieces_is_sold_by_its_mean_line() -> None:
    baskets = draw(days=28)
    fuel = baskets.line_item == 4
    baskets.units_per_sale[4] = 1000
    baskets.line_quantity[fuel] = 10_000
    baskets.line_amount[fuel] = 2_500
    fit = estimate(baskets)
    assert fit.units_per_sale[4] == round(10_000 / fit.units_per_line)
    assert fit.unit_price[4] == pytest.approx(2_500 / fit.units_per_line, abs=1)
    assert fit.units_per_line == pytest.approx(1.4, rel=0.03)  # Fuel takes no part in it.


def test_the_fitted_scenario_holds_what_was_estimated() -> None:
    baskets = draw(days=28)
    fit = estimate(baskets)
    stores = [{"id": store, "terminals": 1} for store in baskets.stores]
    mapping = Mapping(time=("t",), amount=("a",))
    document = fitted_scenario("fitted", baskets, mapping, fit=fit, stores=stores, tax_rate_ppm=70_000)
    demand = document["demand"]
    assert demand["lines_per_ticket"] == pytest.approx(fit.lines_per_ticket, abs=1e-6)
    assert sum(demand["hourly_profile_weekday"]) == pytest.approx(1, abs=1e-4)
    assert [store["size_ppm"] for store in document["chain"]["stores"]] == [
        round(size * 1_000_000) for size in fit.store_size.tolist()
    ]
    assert document["chain"]["stores"][0]["assortment"] == "a"
    assert document["catalogue"]["assortments"][0] == {"id": "a", "items": ["v", "w", "x"]}
    assert document["demand"]["discount_share_ppm"] == round(fit.discount_share * 1_000_000)
    charged = [item["price_minor"] * (1 - fit.discount_share) for item in document["catalogue"]["items"]]
    assert charged == pytest.approx(fit.unit_price.tolist(), abs=0.5)


def test_a_log_compared_with_itself_has_no_distance() -> None:
    baskets = draw(days=28)
    assert all(marginal.distance == pytest.approx(0, abs=1e-12) for marginal in compare(baskets, baskets))


def test_each_marginal_sees_its_own_difference() -> None:
    baskets = draw(days=28)

    def differing(**changes: object) -> set[str]:
        return {m.name for m in compare(baskets, replace(baskets, **changes)) if m.distance > 1e-9}  # type: ignore[arg-type]

    assert differing(ticket_hour=baskets.ticket_hour[::-1] % 12) == {
        "tickets by hour, Mon-Fri",
        "tickets by hour, Sat-Sun",
    }
    assert "tickets by store" in differing(ticket_store=np.zeros(baskets.tickets, np.int64))
    assert differing(line_quantity=baskets.line_quantity + 1) == {"units per line"}
    assert {"lines by item", "items of 100 lines or more"} <= differing(line_item=4 - baskets.line_item)
    assert "tickets by weekday" in differing(ticket_date=baskets.ticket_date // 7 * 7)
    assert {"amount", "amount per line", "discount share"} == differing(line_amount=baskets.line_amount * 2)
