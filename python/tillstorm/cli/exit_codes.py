"""What the command's exit code says."""

from typing import Final

PASSED: Final = 0
FAILED: Final = 1  # an expectation or a promise failed
BAD_INPUT: Final = 2
INTERNAL_ERROR: Final = 3
INTERRUPTED: Final = 130  # Ctrl-C, as a shell reports it; what was complete has been written
