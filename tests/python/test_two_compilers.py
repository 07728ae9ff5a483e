"""The same scenario, seed and version give the same digest, whichever compiler built the core."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def digests(compiler: str, folder: Path) -> list[str]:
    """Build the driver with `compiler` in `folder`, which is kept for the next time, and run it."""
    if not (folder / "build.ninja").exists():
        settings = [f"-DCMAKE_CXX_COMPILER={compiler}", "-DCMAKE_BUILD_TYPE=Release", "-DTILLSTORM_BUILD_DIGEST=ON"]
        if shutil.which("ccache"):
            settings.append("-DCMAKE_CXX_COMPILER_LAUNCHER=ccache")
        subprocess.run(["cmake", "-G", "Ninja", "-S", ROOT, "-B", folder, *settings], check=True, capture_output=True)
    build = ["cmake", "--build", folder, "--target", "digest_driver", "--parallel", "2"]
    built = subprocess.run(build, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout[-3000:]
    run = subprocess.run([folder / "tests" / "digest" / "digest_driver"], check=True, capture_output=True, text=True)
    return run.stdout.splitlines()


@pytest.mark.slow
def test_gcc_and_clang_give_the_same_digest() -> None:
    by_gcc = digests("g++", ROOT / "build" / "digest-gcc")
    by_clang = digests("clang++", ROOT / "build" / "digest-clang")
    assert len(by_gcc) == 3
    assert all(line.endswith(" 0 violations") for line in by_gcc)
    assert len({line.split()[0] for line in by_gcc}) == 3, "posting modes differ in their facts"
    assert by_gcc == by_clang
