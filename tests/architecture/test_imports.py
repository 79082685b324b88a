"""Who may import whom, and what the domain does without.

The order of the layers and the bans on third parties are contracts of import-linter, in pyproject.toml; here
they are run, and shown to be able to fail. The purity of the domain is checked on the text of its modules.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from architecture.checks import ROOT, forbidden_imports, imported_modules, module_name, modules

if TYPE_CHECKING:
    from pathlib import Path

IMPURE = (
    "io",
    "os",
    "pathlib",
    "random",
    "secrets",
    "shutil",
    "socket",
    "sqlite3",
    "subprocess",
    "sys",
    "tempfile",
    "threading",
    "time",
    "urllib",
    "uuid",
)
LINTER = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def run(*arguments: str, cwd: Path = ROOT, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Start this interpreter anew, without what measures coverage: that imports much of its own."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("COVERAGE_")}
    environment["PYTHONUTF8"] = "1"
    if path is not None:
        environment["PYTHONPATH"] = str(path)
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


def lint(cwd: Path, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    return run("-c", LINTER, "--no-cache", cwd=cwd, path=path)


def test_nothing_imports_what_stands_above_it() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def small_package(folder: Path, **texts: str) -> Path:
    """A package of the same name with the same contracts, and only the given modules besides the errors."""
    package = folder / "reliefstock"
    package.mkdir()
    shutil.copy(ROOT / "pyproject.toml", folder)
    for name, text in {"__init__": "", "errors": "", "values": "", **texts}.items():
        (package / f"{name}.py").write_text(text, encoding="utf-8")
    return folder


def test_the_contracts_are_kept_by_a_small_package_that_keeps_them(tmp_path: Path) -> None:
    folder = small_package(tmp_path, values="import reliefstock.errors", book="import reliefstock.values")
    done = lint(folder, path=folder)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("texts", "contract"),
    [
        ({"errors": "import reliefstock.values"}, "Nothing imports what stands above it"),
        ({"_lazily": "import reliefstock.errors"}, "Nothing imports what stands above it"),
        ({"book": "", "ledger": "from reliefstock import book"}, "Nothing imports what stands above it"),
        ({"catalogue": "", "values": "import reliefstock.catalogue"}, "Nothing imports what stands above it"),
        ({"unplaced": ""}, "Nothing imports what stands above it"),
        ({"book": "import pendulum"}, "Only values.calendar imports pendulum"),
        ({"book": "def rows():\n    import tabulate"}, "Only reports.tables imports tabulate"),
        ({"book": "import beancount"}, "Nothing imports beancount"),
    ],
)
def test_a_broken_contract_is_found(texts: dict[str, str], contract: str, tmp_path: Path) -> None:
    folder = small_package(tmp_path, **texts)
    done = lint(folder, path=folder)
    assert done.returncode == 1
    assert f"{contract} BROKEN" in " ".join(done.stdout.split())


@pytest.mark.parametrize("path", modules(below="book"), ids=module_name)
def test_the_domain_has_no_clock_no_chance_and_no_files(path: Path) -> None:
    assert forbidden_imports(path.read_text(encoding="utf-8"), IMPURE) == []


@pytest.mark.parametrize(
    ("text", "complaints"),
    [
        ("import time", ["line 1 imports time"]),
        ("import os.path as p", ["line 1 imports os.path"]),
        ("from random import choice", ["line 1 imports random"]),
        ("def f():\n    import sqlite3", ["line 2 imports sqlite3"]),
        ("import importlib\nm = importlib.import_module('uuid')", ["line 2 imports uuid"]),
        ("m = __import__('socket')", ["line 1 imports socket"]),
        ("from datetime import date\nimport timeit", []),
    ],
)
def test_an_impure_import_is_found_wherever_it_stands(text: str, complaints: list[str]) -> None:
    assert forbidden_imports(text, IMPURE) == complaints


def test_a_computed_import_is_not_overlooked() -> None:
    assert imported_modules("import_module(name)") == [(1, "(computed)")]


@pytest.mark.parametrize("path", modules(below="book"), ids=module_name)
def test_the_domain_computes_no_import(path: Path) -> None:
    names = [name for _, name in imported_modules(path.read_text(encoding="utf-8"))]
    assert "(computed)" not in names


@pytest.mark.parametrize("module", ["reliefstock", "reliefstock.values"])
def test_an_import_loads_no_dates_library_no_tables_and_no_database(module: str) -> None:
    heavy = ("pendulum", "sqlite3", "tabulate")
    done = run("-c", f"import sys, {module}; print([name for name in {heavy!r} if name in sys.modules])")
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_what_is_loaded_would_be_seen() -> None:
    done = run("-c", "import sys, sqlite3; print('sqlite3' in sys.modules)")
    assert done.stdout.strip() == "True"


def test_a_book_that_holds_no_plan_loads_no_rules() -> None:
    loaded = "[name for name in sys.modules if name.startswith('reliefstock.allocation')]"
    done = run("-c", f"import sys; from reliefstock import Book; print({loaded})")
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
