"""The daily wave of customers in the store: its first harmonic, from means over hours.

A rate a + b sin(w t) and exponential stays give a mean number of customers m(t) = c + p cos(w t) + q sin(w t), with no
other harmonic. The mean over an hour of such a wave is the wave at the middle of the hour times
g = sin(w h / 2) / (w h / 2), h being the hour; so the discrete Fourier coefficients of the hourly means, divided by g,
estimate p and q without bias.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from tillstorm.simulation import Simulation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tillstorm.oracles.rows import Quantity
    from tillstorm.scenario import Scenario

HOURS = 24
OMEGA = 2 * math.pi / HOURS
ARRIVAL_PEAK_HOUR = 6.0
CUSTOMERS = "customers_in_store_mean"


def measure_wave(quantities: Sequence[Quantity], scenario: Scenario, seed: int) -> dict[str, float]:
    """Each quantity of one run, by name."""
    level, cosine, sine = first_harmonic(hourly_means(scenario, seed))
    return {quantity.name: _figure(quantity, level, cosine, sine) for quantity in quantities}


def _figure(quantity: Quantity, level: float, cosine: float, sine: float) -> float:
    if quantity.harmonic == "at":
        angle = OMEGA * quantity.hour
        return level + cosine * math.cos(angle) + sine * math.sin(angle)
    if quantity.harmonic == "peak":
        return level + math.hypot(cosine, sine)
    lag = math.atan2(sine, cosine) / OMEGA - ARRIVAL_PEAK_HOUR
    return (lag + HOURS / 2) % HOURS - HOURS / 2


def first_harmonic(means: np.ndarray[tuple[int], np.dtype[np.float64]]) -> tuple[float, float, float]:
    """Level, cosine and sine coefficient of a wave of 24 hours from its means over successive hours of whole days."""
    middles = np.arange(len(means)) + 0.5
    attenuation = math.sin(OMEGA / 2) / (OMEGA / 2)
    cosine = 2 * float(np.mean(means * np.cos(OMEGA * middles))) / attenuation
    sine = 2 * float(np.mean(means * np.sin(OMEGA * middles))) / attenuation
    return float(np.mean(means)), cosine, sine


def hourly_means(scenario: Scenario, seed: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Mean number of customers in the store over each hour after the first day.

    The KPI is a mean over time since the end of the warm-up, the first day; so the integral over an hour is a
    difference of two such means times their lengths.
    """
    simulation = Simulation(scenario, seed).step(days=1)
    integrals = [0.0]
    for hour in range(1, HOURS * (scenario.days - 1) + 1):
        simulation.step(hours=1)
        integrals.append(simulation.result().kpis[CUSTOMERS].value * hour)
    return np.diff(np.asarray(integrals))
