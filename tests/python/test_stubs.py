"""The committed stubs of the compiled core say what is in the binary: the same names, the same parameters."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import pytest

import tillstorm
from tillstorm import _core

STUB = Path(tillstorm.__file__).parent / "_core.pyi"
# Classes that exist for type checkers only: what the core's dictionaries hold.
SHAPES = {
    "KpiEntry",
    "ViolationEntry",
    "RunResult",
    "ColumnEntry",
    "TableEntry",
    "OutcomeEntry",
    "RuleEntry",
    "MutantEntry",
    "TrailEntry",
    "PromiseEntry",
    "FaultEntry",
    "ExceptionEntry",
}


def parameters_of_stub(function: ast.FunctionDef) -> list[str]:
    names = [argument.arg for argument in function.args.args]
    return names[1:] if names[:1] == ["self"] else names


def parameters_of_binary(function: object) -> list[str]:
    """The parameter names of a pybind11 function, from the signature that opens its docstring."""
    signature = (inspect.getdoc(function) or "").partition("\n")[0]
    inside = re.match(r"\w+\((.*)\)", signature)
    assert inside, signature
    names = re.findall(r"(?:^|, )(\w+): ", inside[1])
    return names[1:] if names[:1] == ["self"] else names


def stub_nodes() -> dict[str, ast.stmt]:
    tree = ast.parse(STUB.read_text(encoding="utf-8"))
    nodes: dict[str, ast.stmt] = {}
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name not in SHAPES:
            nodes[node.name] = node
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            nodes[node.target.id] = node
    return nodes


NODES = stub_nodes()
CLASSES = [name for name, node in NODES.items() if isinstance(node, ast.ClassDef)]


def test_the_module_has_the_names_of_the_stub():
    binary = {name for name in vars(_core) if not name.startswith("_")} | {"__version__"}
    assert set(NODES) == binary


@pytest.mark.parametrize("name", [name for name, node in NODES.items() if isinstance(node, ast.FunctionDef)])
def test_a_function_has_the_parameters_of_the_stub(name):
    assert parameters_of_stub(NODES[name]) == parameters_of_binary(getattr(_core, name))


@pytest.mark.parametrize("name", CLASSES)
def test_a_class_has_the_members_of_the_stub(name):
    stub = {node.name: node for node in NODES[name].body if isinstance(node, ast.FunctionDef)}
    cls = getattr(_core, name)
    binary = {member for member in vars(cls) if not member.startswith("_")}
    binary |= {"__init__", "__arrow_c_stream__"} & set(vars(cls)) & set(stub)
    assert set(stub) == binary
    for member, node in stub.items():
        is_property = any(isinstance(d, ast.Name) and d.id == "property" for d in node.decorator_list)
        assert is_property == isinstance(vars(cls)[member], property), member
        if not is_property:
            assert parameters_of_stub(node) == parameters_of_binary(getattr(cls, member)), member


@pytest.mark.parametrize("name", CLASSES)
def test_members_of_a_class_are_described(name):
    cls = getattr(_core, name)
    for member in (m for m in vars(cls) if not m.startswith("_")):
        assert (getattr(cls, member).__doc__ or "").strip(), f"{name}.{member}"
