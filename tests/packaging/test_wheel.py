"""The wheel holds all it needs: it imports where none of the libraries that it was built with is installed."""

from __future__ import annotations

import json
import re
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from packaging_tools import run

ROOT = Path(__file__).resolve().parents[2]

# What every Linux with a C++ run time has (the libraries that the manylinux policies allow).
SYSTEM_LIBRARIES = re.compile(r"(?:libc|libm|libdl|librt|libpthread|libstdc\+\+|libgcc_s|ld-linux-[\w-]+)\.so\.\d+")


def needed_libraries(readelf: str, library: Path) -> list[str]:
    return re.findall(r"\(NEEDED\).*\[(.+)\]", run(readelf, "--dynamic", library, cwd=library.parent))


@pytest.fixture(scope="module")
def unpacked(wheel, tmp_path_factory):
    folder = tmp_path_factory.mktemp("unpacked")
    zipfile.ZipFile(wheel).extractall(folder)
    return folder


def test_every_library_it_links_is_inside_or_on_every_system(unpacked, readelf):
    package = unpacked / "tillstorm"
    libraries = list(package.glob("*.so*"))
    assert libraries
    for library in libraries:
        for name in needed_libraries(readelf, library):
            assert SYSTEM_LIBRARIES.fullmatch(name) or (package / name).is_file(), f"{library.name} needs {name}"


def test_a_library_that_is_not_carried_would_be_noticed():
    assert SYSTEM_LIBRARIES.fullmatch("libstdc++.so.6")
    assert not SYSTEM_LIBRARIES.fullmatch("libsimdjson.so.14")
    assert not SYSTEM_LIBRARIES.fullmatch("libfmt.so.9")


def test_no_library_of_the_system_is_mapped_but_the_run_time(fresh_python):
    """What the dynamic linker really took, by the process's own memory map."""
    program = (
        "import tillstorm, tillstorm._core, json, pathlib\n"
        "lines = pathlib.Path('/proc/self/maps').read_text().splitlines()\n"
        "paths = {line.split(None, 5)[5] for line in lines if '.so' in line and len(line.split(None, 5)) == 6}\n"
        "print(json.dumps({'file': tillstorm.__file__, 'mapped': sorted(paths)}))\n"
    )
    answer = json.loads(run(fresh_python, "-I", "-c", program, cwd=fresh_python.parent))
    environment = fresh_python.parents[1]
    assert Path(answer["file"]).is_relative_to(environment)
    ours = [Path(path) for path in answer["mapped"] if Path(path).is_relative_to(environment)]
    assert any(path.name.startswith("_core.") for path in ours)
    for name in ("libsimdjson", "libfmt", "libspdlog", "libboost"):
        outside = [path for path in answer["mapped"] if name in path and Path(path) not in ours]
        assert not outside, f"{outside} was taken from the system"


def test_core_dependencies_are_few(unpacked):
    (metadata,) = unpacked.glob("*.dist-info/METADATA")
    required = re.findall(r"^Requires-Dist: ([\w-]+)[^;\n]*$", metadata.read_text(), re.MULTILINE)
    assert sorted(required) == ["numpy", "rich"]


def test_it_holds_what_a_user_needs_and_nothing_else(unpacked, wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for name in ("__init__.py", "py.typed", "_core.pyi", "cli/__init__.py", "scenarios/peak/peak_week.scenario.json"):
        assert f"tillstorm/{name}" in names
    scenarios = {path.relative_to(ROOT) for path in (ROOT / "scenarios").rglob("*") if path.is_file()}
    assert {str(Path("tillstorm") / path) for path in scenarios} <= names
    oracles = [path.name for path in (ROOT / "tests" / "oracles").glob("*.json")]
    assert oracles
    assert {f"tillstorm/oracles/rows/{name}" for name in oracles} <= names
    for licence in ("LICENSE", "THIRD_PARTY.md", "Apache-2.0.txt"):
        assert any(".dist-info/licenses/" in name and name.endswith(f"/{licence}") for name in names)
    stray = [name for name in names if not name.startswith(("tillstorm/", "tillstorm-")) or "__pycache__" in name]
    assert not stray


def test_the_command_runs_a_packaged_scenario_by_name(fresh_python, tmp_path):
    command = fresh_python.parent / "tillstorm"
    listed = json.loads(run(command, "scenarios", "--json", cwd=tmp_path))
    names = {scenario["name"] for scenario in listed}
    assert "peak/peak_week" in names
    smallest = min(
        (ROOT / "scenarios" / "tutorial").glob("*.scenario.json"), key=lambda path: path.stat().st_size
    ).name.removesuffix(".scenario.json")
    answer = json.loads(run(command, "run", f"tutorial/{smallest}", "--json", cwd=tmp_path))
    assert answer["ok"] is True


def test_the_version_has_one_home(fresh_python, wheel):
    (declared,) = re.findall(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert wheel.name.split("-")[1] == declared
    shown = run(fresh_python, "-I", "-c", "import tillstorm; print(tillstorm.__version__)", cwd=fresh_python.parent)
    assert shown.strip() == declared


def test_the_source_archive_builds_the_same_package(tmp_path):
    """The archive holds every source file that the build reads."""
    program = "import scikit_build_core.build as build, sys; print(build.build_sdist(sys.argv[1]))"
    name = run(sys.executable, "-c", program, tmp_path, cwd=ROOT).split()[-1]
    with tarfile.open(tmp_path / name) as archive:
        members = {member.split("/", 1)[1] for member in archive.getnames() if "/" in member}
    for folder in ("cpp", "cmake", "python", "scenarios", "tests/oracles"):
        expected = {str(path.relative_to(ROOT)) for path in (ROOT / folder).rglob("*") if path.is_file()}
        expected = {path for path in expected if "__pycache__" not in path}
        assert expected <= members
    assert {"CMakeLists.txt", "pyproject.toml", "LICENSE", "README.md"} <= members
    assert not any(member.startswith((".ci/", "build/", "results/", ".venv/")) for member in members)
