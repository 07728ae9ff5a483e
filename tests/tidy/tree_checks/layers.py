"""Who may include whom. The tables are those of cpp/README.md: what is documented is what is checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tree_checks.tree import Finding, code_of, line_of

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?P<open>["<])(?P<name>[^">\n]+)[">]', re.MULTILINE)
TABLE_ROW = re.compile(r"^\|(?P<first>[^|\n]*)\|(?P<second>[^|\n]*)\|", re.MULTILINE)


def section(document: str, heading: str) -> str:
    """The text below a heading of a Markdown document, up to the next heading."""
    match = re.search(rf"^#+ {re.escape(heading)}\n(?P<body>.*?)(?=^#|\Z)", document, re.MULTILINE | re.DOTALL)
    if not match:
        raise ValueError(f'the document has no heading "{heading}"')
    return match["body"]


def rows(table: str) -> Iterator[tuple[str, str]]:
    """The first two cells of each body row of a Markdown table."""
    for match in list(TABLE_ROW.finditer(table))[2:]:
        yield match["first"].strip(), match["second"].strip()


def layer_table(document: str) -> dict[str, set[str]]:
    """Each layer and the layers that it may include, from the section "Layers"."""
    return {layer.strip("`"): set(re.findall(r"\w+", allowed)) for layer, allowed in rows(section(document, "Layers"))}


def third_party_table(document: str) -> dict[str, list[str]]:
    """Each third-party include prefix and the files or folders (relative to cpp/) that may name it."""
    return {
        prefix.strip("`"): re.findall(r"`([^`]+)`", allowed)
        for prefix, allowed in rows(section(document, "Third-party headers"))
    }


def includes(text: str) -> Iterator[tuple[int, str, str]]:
    """Line, quote (`"` or `<`) and name of each include."""
    code = code_of(text, keep_includes=True)
    for match in INCLUDE.finditer(code):
        yield line_of(code, match.start()), match["open"], match["name"]


def layer_findings(path: str, text: str, table: Mapping[str, set[str]]) -> Iterator[Finding]:
    """Includes of a file of cpp/ (its path relative to cpp/) that its layer may not have."""
    layer = path.split("/", maxsplit=1)[0]
    if layer not in table:
        yield Finding(path, 1, f"{layer} is no layer of cpp/README.md")
        return
    for line, quote, name in includes(text):
        if quote == "<":
            continue
        if "/" not in name:
            yield Finding(path, line, f'"{name}" is named without its layer: include paths start at cpp/')
        elif (other := name.split("/")[0]) not in table:
            yield Finding(path, line, f'"{name}" is in no layer: third-party headers are named in <>')
        elif other != layer and other not in table[layer]:
            yield Finding(path, line, f"{layer} may not include {other} ({name})")


BOOK_ONLY = re.compile(r"^(erp/|analytics/(?!kpis/))")


def book_side_findings(path: str, text: str) -> Iterator[Finding]:
    """Includes of truth tables where only the books may be read."""
    if not BOOK_ONLY.match(path):
        return
    for line, _, name in includes(text):
        if re.match(r"record/truth", name):
            yield Finding(path, line, f"{path.split('/', maxsplit=1)[0]} reads the books only, and {name} is the truth")


def third_party_findings(path: str, text: str, table: Mapping[str, list[str]]) -> Iterator[Finding]:
    """Third-party includes outside the files that the table names. A header of ours in <> is one too."""
    for line, quote, name in includes(text):
        if quote != "<":
            continue
        prefix = next((prefix for prefix in table if name.startswith(prefix)), None)
        if prefix is None:
            if ("/" in name and not name.startswith("sys/")) or name.endswith((".hpp", ".hh")):
                yield Finding(path, line, f"<{name}> is no library of cpp/README.md")
        elif not any(
            path == allowed or (allowed.endswith("/") and path.startswith(allowed)) for allowed in table[prefix]
        ):
            yield Finding(path, line, f"<{name}> is confined to {', '.join(table[prefix])}")


def include_cycle(graph: Mapping[str, set[str]]) -> list[str]:
    """A cycle of the include graph, its first file repeated at the end, or an empty list."""
    done: set[str] = set()
    for start in graph:
        trail: list[str] = []
        stack = [(start, iter(sorted(graph[start])))] if start not in done else []
        trail += [start] * len(stack)
        while stack:
            node, pending = stack[-1]
            following = next(pending, None)
            if following is None:
                done.add(node)
                stack.pop()
                trail.pop()
            elif following in trail:
                return [*trail[trail.index(following) :], following]
            elif following in graph and following not in done:
                stack.append((following, iter(sorted(graph[following]))))
                trail.append(following)
    return []


LAYER_CALL = re.compile(r"tillstorm_layer\(\s*(?P<name>\w+)(?P<arguments>[^)]*)\)")


def link_findings(path: str, text: str, table: Mapping[str, set[str]]) -> Iterator[Finding]:
    """Layers that a layer's CMakeLists.txt links and the table does not allow."""
    for match in LAYER_CALL.finditer(re.sub(r"#[^\n]*", "", text)):
        words = match["arguments"].split()
        depends = words[words.index("DEPENDS") + 1 :] if "DEPENDS" in words else []
        for layer in depends[: next((i for i, word in enumerate(depends) if word.isupper()), len(depends))]:
            if layer not in table.get(match["name"], set()):
                yield Finding(path, line_of(text, match.start()), f"{match['name']} may not link {layer}")
