"""What can be wrong with a log as a whole; what is wrong with single rows is in `problems`."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from tillstorm.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable


class LogError(UserError, ValueError):
    """A log, its mapping or its trace cannot be used: the message says what, where, and what to do."""


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint such as `; did you mean `store_id`?`, or only a full stop when no known name is near."""
    close = difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean `{close[0]}`?" if close else "."
