"""Exact values of the oracles of the road, and how noisy a run is: fluid limits, geometric and binomial counts.

Independent of tillstorm. The queues of the road are those of the tills (`queue_theory`), so that only what is no queue
is here.
"""

from __future__ import annotations

import math

from queue_theory import Quantity

MESSAGES_A_MINUTE = 12.0  # of the rows RETRY


def attempts_until_success(failing: float) -> dict[str, Quantity]:
    """Calls for a message are geometric: mean 1 / (1 - p), variance p / (1 - p)^2."""
    return {"attempts": Quantity(1 / (1 - failing), failing / MESSAGES_A_MINUTE)}


def given_up_after(failing: float, tries: int) -> dict[str, Quantity]:
    """Each message is given up with probability p^k."""
    share = failing**tries
    return {"given up": Quantity(share, (1 - share) / share / MESSAGES_A_MINUTE)}


def outage(rate: float, capacity: float, length: float) -> dict[str, Quantity]:
    """An outage as a fluid; `relative_variance` is that of one run, from the variance of its Poisson arrivals.

    The backlog is l D, gone after l D / (m - l), so that messages of D + l D / (m - l) = D m / (m - l) wait. Whoever
    comes first waits D, and since the wait falls in a straight line to nothing, their mean is D / 2.
    """
    backlog = rate * length
    delayed = backlog * capacity / (capacity - rate)
    drain = backlog / (capacity - rate)
    # The drain ends when arrivals since the outage began have fallen behind m t: a first passage with the variance
    # (arrivals until then) / (m - l)^2.
    of_drain = delayed / (capacity - rate) ** 2
    return {
        "backlog": Quantity(backlog, 1 / backlog),
        "drain": Quantity(drain, of_drain / drain**2),
        "delayed": Quantity(delayed, of_drain * capacity**2 / delayed**2),
        "largest delay": Quantity(length, 1 / (rate * length) ** 2),
        # Bounded by the variance of a wait in the middle of the drain, carried through all of it.
        "mean delay": Quantity(length / 2, delayed / 2 / capacity**2 / (length / 2) ** 2),
    }


def relative_error(quantity: Quantity, runs: int) -> float:
    """Of the mean over runs of a quantity whose variance is that of one run."""
    return math.sqrt(quantity.relative_variance / runs)
