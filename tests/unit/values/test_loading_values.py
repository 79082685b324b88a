"""The package of values loads a module when a name of it is first asked for."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from reliefstock import values

IMPORTS = [
    (node.module, alias.name)
    for node in ast.walk(ast.parse(Path(values.__file__).read_text(encoding="utf-8")))
    if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("reliefstock")
    for alias in node.names
]


def test_every_name_is_imported_for_who_checks_types():
    assert sorted(name for _, name in IMPORTS) == sorted(values.__all__)


@pytest.mark.parametrize(("module", "name"), IMPORTS)
def test_a_name_is_loaded_from_where_types_are_checked(module: str, name: str):
    assert values.__getattr__(name) is getattr(import_module(module), name)
    assert name in dir(values)


def test_a_name_that_is_not_there_is_refused():
    with pytest.raises(AttributeError, match="no attribute 'Monney'"):
        values.__getattr__("Monney")


def test_money_alone_loads_no_calendar():
    program = (
        "import importlib.util, sys; "
        "spec = importlib.util.find_spec('reliefstock.values'); "
        "before = set(sys.modules); "
        "[sys.modules.pop(name) for name in before if name.startswith('reliefstock')]; "
        "import types; root = types.ModuleType('reliefstock'); "
        "root.__path__ = [spec.submodule_search_locations[0].rpartition('/')[0]]; "
        "sys.modules['reliefstock'] = root; "
        "from reliefstock.values import Money; "
        "print(sorted(name for name in sys.modules if name.startswith('reliefstock.values')))"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    loaded = ast.literal_eval(done.stdout)
    assert "reliefstock.values.money" in loaded
    assert "reliefstock.values.calendar" not in loaded
