"""Exact values of the till oracles, and how long a run must be to estimate them, from Markov chains solved directly.

Independent of tillstorm. A quantity is a ratio of two rewards A / B, each with a rate while the chain is in a state and
an amount at each transition. With a the long-run rate of A and b that of B, the exact value is w = a / b, and an
estimate from a run of length t has, for large t, the relative variance v / t where

    v = sigma^2(A - w B) / (b w)^2

and sigma^2 is the asymptotic variance of a reward Y with mean 0: with h solving the Poisson equation
sum_j q_ij (h_j - h_i) + y_i = 0, it is sum_i pi_i sum_j q_ij (g_ij + h_j - h_i)^2 (Asmussen, Applied Probability and
Queues, 2nd edition, I.7 and XI; Whitt 1992, Asymptotic Formulas for Markov Processes, for birth-death processes).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_matrix, lil_matrix
from scipy.sparse.linalg import spsolve

TAIL = 1e-16


@dataclass(frozen=True)
class Quantity:
    """An exact value, and `relative_variance` v: the relative variance of an estimate is v / length of the run."""

    exact: float
    relative_variance: float


@dataclass
class Chain:
    """A Markov chain by its transitions: from, to, rate, and what kind of event it is."""

    size: int
    transitions: list[tuple[int, int, float, str]]

    def __post_init__(self) -> None:
        self.origin = np.array([t[0] for t in self.transitions])
        self.target = np.array([t[1] for t in self.transitions])
        self.rate = np.array([t[2] for t in self.transitions])
        generator = lil_matrix((self.size, self.size))
        for i, j, rate, _ in self.transitions:
            generator[i, j] += rate
            generator[i, i] -= rate
        self.generator = csc_matrix(generator)
        balance = lil_matrix(generator.T)
        balance[0, :] = 1.0
        self.stationary = spsolve(csc_matrix(balance), np.eye(1, self.size)[0])

    def events(self, kind: str, where: Callable[[int], bool] = lambda _state: True) -> np.ndarray:
        """1 for each transition of a kind out of the states chosen."""
        return np.array([float(k == kind and where(i)) for i, _, _, k in self.transitions])

    def ratio(
        self,
        of: tuple[np.ndarray | float, np.ndarray | float],
        per: tuple[np.ndarray | float, np.ndarray | float],
    ) -> Quantity:
        """Rewards as (while in each state, at each transition)."""
        state_a, jump_a = (np.broadcast_to(np.asarray(v, float), n) for v, n in zip(of, self._sizes(), strict=True))
        state_b, jump_b = (np.broadcast_to(np.asarray(v, float), n) for v, n in zip(per, self._sizes(), strict=True))
        a, b = self._mean(state_a, jump_a), self._mean(state_b, jump_b)
        w = a / b
        return Quantity(w, self._variance(state_a - w * state_b, jump_a - w * jump_b) / (b * w) ** 2)

    def _sizes(self) -> tuple[int, int]:
        return self.size, len(self.transitions)

    def _mean(self, state: np.ndarray, jump: np.ndarray) -> float:
        return float(self.stationary @ state + (self.stationary[self.origin] * self.rate) @ jump)

    def _variance(self, state: np.ndarray, jump: np.ndarray) -> float:
        drift = np.array(state)
        np.add.at(drift, self.origin, self.rate * jump)
        equations = lil_matrix(self.generator)
        equations[0, :] = 0.0
        equations[0, 0] = 1.0
        right = -drift
        right[0] = 0.0
        h = spsolve(csc_matrix(equations), right)
        change = jump + h[self.target] - h[self.origin]
        return float((self.stationary[self.origin] * self.rate) @ change**2)


def markov_queue(
    arrivals: float, service: float, servers: int, room: int | None = None, patience: float = 0.0
) -> dict[str, Quantity]:
    """M/M/c, with room for so many or any number, whose waiting customers leave at rate `patience` each.

    Quantities: `p_wait` and `blocked` and `abandoned` of those who come, `wait` of those who are served or leave,
    `in_system`, `time_in_system` of those served.
    """
    size = (room if room is not None else servers + _tail_length(arrivals, service, servers, patience)) + 1
    transitions = []
    for n in range(size):
        transitions.append((n, n + 1, arrivals, "arrival") if n + 1 < size else (n, n, arrivals, "blocked"))
        if n > 0:
            transitions.append((n, n - 1, min(n, servers) * service, "service"))
        if n > servers and patience > 0:
            transitions.append((n, n - 1, (n - servers) * patience, "abandoned"))
    chain = Chain(size, transitions)
    state = np.arange(size)
    waiting = np.maximum(state - servers, 0)
    entered = chain.events("arrival")
    came = entered + chain.events("blocked")
    found = {
        "in_system": chain.ratio((state, 0), (1, 0)),
        "time_in_system": chain.ratio((state, 0), (0, entered)),
    }
    if room is None or room > servers:
        found["wait"] = chain.ratio((waiting, 0), (0, entered))
        found["p_wait"] = chain.ratio((0, chain.events("arrival", lambda n: n >= servers)), (0, came))
    if room is not None:
        found["blocked"] = chain.ratio((0, chain.events("blocked")), (0, came))
    if patience > 0:
        found["abandoned"] = chain.ratio((0, chain.events("abandoned")), (0, came))
    return found


def _tail_length(arrivals: float, service: float, servers: int, patience: float) -> int:
    """Waiting places beyond which the stationary probability is below TAIL."""
    probability, length = 1.0, 0
    while probability > TAIL:
        length += 1
        probability *= arrivals / (servers * service + length * patience)
    return length


def erlang_service_queue(arrivals: float, mean_service: float, stages: int) -> Quantity:
    """Mean wait of M/E_k/1."""
    size = 60 * stages * max(1, round(1 / (1 - arrivals * mean_service)))
    rate = stages / mean_service
    transitions = []
    for work in range(size):  # stages of service still to come; a customer is `stages` of them
        if work + stages < size:
            transitions.append((work, work + stages, arrivals, "arrival"))
        if work > 0:
            transitions.append((work, work - 1, rate, "stage"))
    chain = Chain(size, transitions)
    waiting = np.maximum(-(-np.arange(size) // stages) - 1, 0)
    return chain.ratio((waiting, 0), (0, chain.events("arrival")))


def breakdown_queue(arrivals: float, service: float, failing: float, repair: float, size: int = 400) -> Quantity:
    """Mean number in an M/M/1 whose server fails at any time and resumes after repair. States: 2 n + (1 if down)."""
    transitions = []
    for n in range(size):
        transitions += [(2 * n, 2 * n + 1, failing, "fails"), (2 * n + 1, 2 * n, repair, "repaired")]
        if n + 1 < size:
            transitions += [(2 * n + down, 2 * n + 2 + down, arrivals, "arrival") for down in (0, 1)]
        if n > 0:
            transitions.append((2 * n, 2 * n - 2, service, "service"))
    chain = Chain(2 * size, transitions)
    return chain.ratio((np.arange(2 * size) // 2, 0), (1, 0))


def pollaczek_khinchine(arrivals: float, mean_service: float, scv: float) -> float:
    """Mean wait of M/G/1."""
    load = arrivals * mean_service
    return load * mean_service * (1 + scv) / (2 * (1 - load))
