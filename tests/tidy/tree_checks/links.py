"""Links between the documents."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator

from tree_checks.tree import Finding, line_of

LINK = re.compile(r"(?<!!)\[[^\]\n]+\]\((?P<target>[^)\s#]+)(?:#[^)\s]*)?\)")
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def link_findings(path: str, text: str, exists: Callable[[str], bool]) -> Iterator[Finding]:
    """Links of a document to files that are not there; `exists` is asked with a path from the root."""
    text = FENCED.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    for match in LINK.finditer(text):
        target = match["target"]
        if "://" not in target and not exists(posixpath.normpath(posixpath.join(posixpath.dirname(path), target))):
            yield Finding(path, line_of(text, match.start()), f"links to {target}, which is not there")
