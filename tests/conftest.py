"""Settings shared by every Python test."""

from pathlib import Path

import pytest
from hypothesis import settings

# Random examples are the same in every run, and no test fails because a machine is slow.
settings.register_profile("tillstorm", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("tillstorm")


@pytest.fixture(scope="session")
def source_root() -> Path:
    """The root of the checkout."""
    return Path(__file__).resolve().parents[1]
