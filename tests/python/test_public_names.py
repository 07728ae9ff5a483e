"""The public names of the package: each is there, has a docstring, and is in the package's own description."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

import tillstorm


def test_the_table_of_names_has_no_repeats():
    assert len(tillstorm.__all__) == len(set(tillstorm.__all__))


@pytest.mark.parametrize("name", tillstorm.__all__)
def test_a_public_name_is_there_and_described(name):
    thing = getattr(tillstorm, name)
    summary = (inspect.getdoc(thing) or "").partition("\n")[0]
    assert summary.endswith("."), f"{name} needs a docstring whose first line is a sentence"
    assert f"{name:<22}{summary}" in tillstorm.__doc__


@pytest.mark.parametrize("name", [n for n in tillstorm.__all__ if inspect.isclass(getattr(tillstorm, n))])
def test_public_members_of_a_class_are_described(name):
    cls = getattr(tillstorm, name)
    own = {member: value for member, value in vars(cls).items() if not member.startswith("_")}
    fields = set(getattr(cls, "__dataclass_fields__", {}))
    for member, value in own.items():
        if member not in fields and (callable(value) or isinstance(value, (property, classmethod, staticmethod))):
            assert inspect.getdoc(getattr(cls, member)), f"{name}.{member} has no docstring"


def test_everything_public_is_in_the_table():
    others = {"annotations", "importing", "TYPE_CHECKING"}
    for name, value in vars(tillstorm).items():
        if name.startswith("_") or name in others or inspect.ismodule(value):
            continue
        assert name in tillstorm.__all__


def test_star_import_gives_the_table():
    names: dict[str, object] = {}
    exec("from tillstorm import *", names)
    assert set(tillstorm.__all__) <= set(names)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'Szenario'"):
        _ = tillstorm.Szenario


def test_importing_is_loaded_when_asked_for():
    code = (
        "import sys, tillstorm\n"
        "early = 'tillstorm.importing' in sys.modules\n"
        "tillstorm.importing.load_trace\n"
        "print(early)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_importing_the_package_needs_no_optional_library():
    code = (
        "import sys\n"
        "for name in ('pandas', 'pyarrow', 'scipy', 'rich'): sys.modules[name] = None\n"
        "import tillstorm\n"
        "tillstorm.run(tillstorm.Scenario.load('tutorial/one_day'))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_importing_the_package_loads_no_core_before_it_is_needed():
    code = "import sys, tillstorm; print('tillstorm._core' in sys.modules, 'numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_a_missing_core_says_what_to_do():
    code = "import sys; sys.modules['tillstorm._core'] = None\nimport tillstorm; tillstorm.run"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "compiled core" in done.stderr
    assert "pip install" in done.stderr


def test_the_version_is_that_of_the_distribution():
    assert tillstorm.__version__.count(".") == 2
