"""A wheel of this tree, and fresh virtual environments to put it into."""

from __future__ import annotations

import shutil
import sys
import venv
from pathlib import Path

import pytest
from packaging_tools import run

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree, built with the build tools of this environment, in the folder that `make` builds in."""
    folder = tmp_path_factory.mktemp("wheel")
    settings = (f"build-dir={ROOT / 'build' / 'python'}", "cmake.define.TILLSTORM_WARNINGS_AS_ERRORS=ON")
    options = ["--no-deps", "--no-build-isolation", *(f"--config-settings={setting}" for setting in settings)]
    run(sys.executable, "-m", "pip", "wheel", *options, "--wheel-dir", folder, ROOT, cwd=folder)
    (path,) = folder.glob("tillstorm-*.whl")
    return path


@pytest.fixture(scope="session")
def fresh_python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a new environment that holds the wheel and its core dependencies, and nothing else."""
    folder = tmp_path_factory.mktemp("fresh") / "venv"
    venv.create(folder, with_pip=True, symlinks=True)
    python = folder / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", wheel, cwd=folder)
    return python


@pytest.fixture(scope="session")
def readelf() -> str:
    """The readelf command: it comes with the compiler's binutils."""
    path = shutil.which("readelf")
    assert path, "readelf is missing: it comes with binutils, which g++ needs"
    return path
