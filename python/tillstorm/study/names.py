"""Names that are not there, and the nearest ones that are."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from tillstorm.errors import StudyError

if TYPE_CHECKING:
    from collections.abc import Iterable


def unknown(kind: str, name: str, known: Iterable[str]) -> StudyError:
    """The error for a name of some kind that is not among those known."""
    names = list(known)
    near = difflib.get_close_matches(name, names, n=1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(names) or 'none'}"
    return StudyError(f"there is no {kind} `{name}`; {hint}")
