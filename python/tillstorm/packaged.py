"""The scenarios that come with tillstorm, named without a path: `peak/peak_week`."""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass
from pathlib import Path

from tillstorm.errors import Problem, ScenarioError

SUFFIX = ".scenario.json"


def roots() -> list[Path]:
    """The folders that packaged names start from: inside the installed package, or `scenarios/` of a source tree."""
    package = Path(__file__).resolve().parent
    candidates = (package / "scenarios", package.parents[1] / "scenarios")
    return [folder for folder in candidates if folder.is_dir()][:1]


@dataclass(frozen=True)
class PackagedScenario:
    """A scenario that comes with tillstorm.

    Attributes:
        name: What `Scenario.load` and `tillstorm run` take.
        title: Its description.
        path: Its file.
    """

    name: str
    title: str
    path: Path


def packaged_scenarios() -> list[PackagedScenario]:
    """The scenarios that come with tillstorm, by name."""
    found = []
    for root in roots():
        for path in sorted(root.rglob(f"*{SUFFIX}")):
            name = path.relative_to(root).as_posix().removesuffix(SUFFIX)
            found.append(PackagedScenario(name, _title(path), path))
    return found


def _title(path: Path) -> str:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    return str(document.get("description") or document.get("name") or "") if isinstance(document, dict) else ""


def resolve(source: str | Path) -> Path:
    """The file of a path or of a packaged name.

    Raises:
        ScenarioError: there is neither such a file nor such a packaged scenario.
    """
    path = Path(source)
    if path.is_file():
        return path
    name = path.as_posix().removesuffix(SUFFIX)
    for root in roots():
        candidate = root / f"{name}{SUFFIX}"
        if candidate.is_file() and root.resolve() in candidate.resolve().parents:
            return candidate
    raise ScenarioError([_not_found(str(source), path)])


def _not_found(source: str, path: Path) -> Problem:
    if path.is_dir():
        return Problem("this is a folder; name a file in it", file=source)
    names = [scenario.name for scenario in packaged_scenarios()]
    by_leaf = {name.rsplit("/", 1)[-1]: name for name in names}
    leaf = source.rsplit("/", 1)[-1].removesuffix(SUFFIX)
    near = difflib.get_close_matches(source, names, n=1) or difflib.get_close_matches(leaf, by_leaf, n=1)
    return Problem(
        "there is no such file and no packaged scenario of that name (`tillstorm scenarios` lists them)",
        file=source,
        nearest=by_leaf.get(near[0], near[0]) if near else "",
    )
