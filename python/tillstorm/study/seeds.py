"""Seeds of the replications of a study."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

RULE: Final = "the first 53 bits of SHA-256 of the text BASE/NUMBER; replications are numbered from 1"
BITS: Final = 53  # every reader of JSON keeps such a number exactly


def seed_of(base: int, number: int) -> int:
    """Seed of a replication: the same for every variant, and unlike the seeds of another base.

    Args:
        base: Seed of the study.
        number: Of the replication, from 1.
    """
    return int.from_bytes(sha256(f"{base}/{number}".encode()).digest()[:8], "big") >> (64 - BITS)
