"""Programs that answer with one line of JSON, run in turn."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

Answer: TypeAlias = dict[str, Any]
Program: TypeAlias = Callable[[], Answer]


class BenchError(RuntimeError):
    """A program of the benchmark failed or answered something else than one line of JSON."""


def answer_of(command: Sequence[str | Path]) -> Answer:
    """Runs the command and reads its last line."""
    words = [str(word) for word in command]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BenchError(f"{' '.join(words)} ended with {done.returncode}: {done.stderr.strip()[-2000:]}")
    lines = done.stdout.strip().splitlines()
    try:
        answer = json.loads(lines[-1])
    except (IndexError, ValueError) as error:
        raise BenchError(f"{' '.join(words)} did not answer with a line of JSON: {done.stdout[-500:]!r}") from error
    if not isinstance(answer, dict):
        raise BenchError(f"{' '.join(words)} answered {lines[-1]!r}, not an object")
    return answer


def alternate(
    programs: Mapping[str, Program], rounds: int, once: frozenset[str] = frozenset()
) -> dict[str, list[Answer]]:
    """A B C, A B C, ...: each program once a round, so that a slow spell of the machine meets all of them.

    Those named in `once` take part in the first round only.
    """
    answers: dict[str, list[Answer]] = {name: [] for name in programs}
    for number in range(rounds):
        for name, program in programs.items():
            if number == 0 or name not in once:
                answers[name].append(program())
    return answers


def median_of(answers: Sequence[Answer], key: str) -> float:
    return statistics.median(float(answer[key]) for answer in answers)


def median_ratio(above: Sequence[float], below: Sequence[float]) -> float:
    """The median over the rounds of the ratio within a round."""
    return statistics.median(a / b for a, b in zip(above, below, strict=True))


def machine() -> Answer:
    """What the figures were measured on; the load says how far to trust them."""
    model = platform.processor() or platform.machine()
    cpu_info = Path("/proc/cpuinfo")
    if cpu_info.exists():
        for line in cpu_info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    return {
        "processor": model,
        "cores": os.cpu_count() or 1,
        "python": platform.python_version(),
        "load_at_start": round(os.getloadavg()[0], 2),
    }
