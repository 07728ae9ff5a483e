"""How the tests of the Python package call it as a user would."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

# Terminal output that does not depend on the terminal.
PLAIN_TERMINAL = {"NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "100", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}


@pytest.fixture(scope="session")
def command_environment() -> dict[str, str]:
    """The environment of a command: a plain terminal, and this interpreter's scripts found first."""
    scripts = Path(sys.executable).parent
    if shutil.which("tillstorm", path=str(scripts)) is None:
        pytest.fail(f"there is no tillstorm command beside {sys.executable}: install the package first (make setup)")
    return {**os.environ, **PLAIN_TERMINAL, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"}


@pytest.fixture
def tillstorm(command_environment: dict[str, str], tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the installed command in an empty folder: `tillstorm("run", name, "--json")`."""

    def run(*arguments: str | Path, cwd: Path = tmp_path, timeout: float = 300) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["tillstorm", *map(str, arguments)],
            cwd=cwd,
            env=command_environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    return run
