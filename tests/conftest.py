"""Settings shared by every Python test."""

import signal
from pathlib import Path

import pytest
from hypothesis import settings

# Random examples are the same in every run, and no test fails because a machine is slow.
settings.register_profile("tillstorm", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("tillstorm")

# A shell that starts us in the background has SIGINT ignored, here and in every child, and the tests of Ctrl-C would
# wait in vain. As in the foreground, it interrupts.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def source_root() -> Path:
    """The root of the checkout."""
    return Path(__file__).resolve().parents[1]
