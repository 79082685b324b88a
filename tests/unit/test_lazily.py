"""A package of many modules loads one of them when a name of it is first asked for."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import reliefstock
from reliefstock import errors, values
from reliefstock._lazily import load_lazily

PACKAGES = [reliefstock, errors, values]


def imports(package: ModuleType) -> list[tuple[str, str]]:
    """The module and the name of each import for who checks types."""
    text = Path(str(package.__file__)).read_text(encoding="utf-8")
    checked = [
        node
        for node in ast.parse(text).body
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    ]
    return [
        (str(node.module), alias.name)
        for block in checked
        for node in ast.walk(block)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    ]


def sums() -> ModuleType:
    package = ModuleType("sums")
    load_lazily(vars(package), {("gcd", "lcm"): lambda: import_module("math")})
    return package


every_package = pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.__name__)
every_name = pytest.mark.parametrize(
    ("package", "module", "name"),
    [(package, *found) for package in PACKAGES for found in imports(package)],
    ids=lambda part: getattr(part, "__name__", part),
)


@every_package
def test_every_name_is_imported_for_who_checks_types(package: ModuleType):
    assert sorted(name for _, name in imports(package)) == sorted(package.__all__)


@every_name
def test_a_name_is_loaded_from_where_types_are_checked(package: ModuleType, module: str, name: str):
    assert vars(package)["__getattr__"](name) is getattr(import_module(module), name)
    assert name in dir(package)


@every_package
def test_a_name_that_is_not_there_is_refused(package: ModuleType):
    with pytest.raises(AttributeError, match=rf"module '{package.__name__}' has no attribute 'Monney'") as no:
        getattr(package, "Monney")  # noqa: B009  # who checks types finds the plain one
    assert no.value.name == "Monney"


def test_what_was_asked_for_stays():
    package = sums()
    assert "gcd" not in vars(package)
    assert package.gcd(4, 6) == 2
    assert "gcd" in vars(package)


def test_what_is_not_loaded_yet_is_listed():
    assert {"gcd", "lcm"} <= set(dir(sums()))
    assert "lcm" not in vars(sums())
