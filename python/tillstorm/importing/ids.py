"""Ids of a scenario from the names of a log: 1 to 64 bytes without blanks or control characters, and each once."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST: Final = 64
_FORBIDDEN: Final = re.compile(r"[\x00-\x20\x7f]+")


def is_id(name: str) -> bool:
    """Whether a name can stand as an id as it is."""
    return bool(name) and len(name.encode()) <= LONGEST and _FORBIDDEN.search(name) is None


def ids_of(names: Iterable[str]) -> dict[str, str]:
    """An id for each name; most are their own.

    Blanks and control characters become `_`. A name that is then too long, or the same as another id, is cut and ends
    in `~` and eight digits of the name's SHA-256, so that the id depends on the name alone wherever that is possible.
    """
    distinct = sorted(set(names))
    ids = {name: name for name in distinct if is_id(name)}
    taken = set(ids)
    for name in distinct:
        if name in ids:
            continue
        plain = _FORBIDDEN.sub("_", name)
        if plain in taken or not is_id(plain):
            digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
            plain = f"{_cut(plain, LONGEST - 9)}~{digest[:8]}"
        ids[name] = plain
        taken.add(plain)
    return ids


def free_id(wanted: str, taken: Iterable[str]) -> str:
    """The wanted id, or the first of `wanted-2`, `wanted-3`, ... that is not taken."""
    used, number, free = set(taken), 1, wanted
    while free in used:
        number += 1
        free = f"{wanted}-{number}"
    return free


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode("utf-8", "ignore")
