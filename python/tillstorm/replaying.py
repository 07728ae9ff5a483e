"""The command that shows something again: the one place that writes it."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from tillstorm.scenario import SAVED_NAME

if TYPE_CHECKING:
    from datetime import datetime

    from tillstorm.scenario import Scenario


def command(
    scenario: Scenario,
    seed: int,
    mutant: str | None,
    *,
    until: datetime | None = None,
    explain: str = "",
    verdicts_only: bool = False,
) -> str:
    """The command that runs a scenario again as it was run.

    Args:
        scenario: What was simulated.
        seed: Seed of the run.
        mutant: The rule that was broken on purpose; None for none.
        until: Stop there, on the chain's clock; None runs to the end.
        explain: Whose story to tell, as `--explain` takes it; empty for none.
        verdicts_only: Only the verdicts matter: `tillstorm check`, if that can run it. It takes no `--set` and no
            `--mutant`.
    """
    is_plain = mutant is None and "--set" not in shlex.split(scenario.argument)
    words = [f"tillstorm {'check' if verdicts_only and is_plain else 'run'} {scenario.argument} --seed {seed}"]
    if mutant is not None:
        words.append(f"--mutant {mutant}")
    if until is not None:
        words.append(f"--until {until:%Y-%m-%dT%H:%M}")
    if explain:
        words.append(f"--explain {shlex.quote(explain)}")
    if scenario.argument == SAVED_NAME:  # it was made in Python: there is no file yet
        words.append(f" # after scenario.save('{SAVED_NAME}')")
    return " ".join(words)
