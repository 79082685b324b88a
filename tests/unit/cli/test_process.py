"""The command as a process: what a shell sees of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

from architecture.checks import ROOT
from reliefstock.cli import main

PROGRAM = (sys.executable, "-m", "reliefstock")


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*PROGRAM, *words], env={**os.environ, **environment}, capture_output=True, timeout=120, check=False
    )


def test_a_process_ends_with_the_code_and_speaks_the_language_of_the_environment(folder: Path) -> None:
    well = run("stock", "county.db", LC_ALL="zh_CN.UTF-8", PYTHONUTF8="1")
    bad = run("stock", "nowhere.db", LC_ALL="zh_CN.UTF-8", PYTHONUTF8="1")
    assert (well.returncode, well.stderr) == (0, b"")
    assert well.stdout.decode().startswith("库存表\n")
    assert (bad.returncode, bad.stdout) == (3, b"")
    assert "reliefstock: 错误：nowhere.db" in bad.stderr.decode()


def test_a_closed_pipe_is_no_error(folder: Path) -> None:
    shell = " ".join([*PROGRAM, "report", "county.db", "trial-balance", "--by-place", "--format", "json"])
    done = subprocess.run(
        ["/bin/bash", "-o", "pipefail", "-c", f"{shell} | true"],
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_output_that_was_closed_before_is_no_error(folder: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as closed:
        done = subprocess.run(
            [*PROGRAM, "stock", "county.db"], stdout=closed, stderr=subprocess.PIPE, timeout=120, check=False
        )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
@pytest.mark.parametrize("form", ["table", "json"])
def test_an_output_without_room_is_told(folder: Path, form: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PROGRAM, "stock", "county.db", "--format", form],
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=120,
            check=False,
        )
    assert done.returncode == 3
    assert done.stderr.startswith(b"reliefstock: error: standard output cannot be read or written")


def test_an_output_that_is_not_in_utf_8_gets_json_all_the_same(folder: Path) -> None:
    done = run("stock", "county.db", "--format", "json", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode("ascii"))["tables"][0]["title"]["zh"] == "库存表"


def test_help_loads_no_database_no_tables_and_no_dates() -> None:
    heavy = ("sqlite3", "sqlalchemy", "psycopg", "tabulate", "pendulum", "cattrs")
    code = (
        "import sys; from reliefstock.cli import main; code = main(['--help']); "
        f"print([name for name in {heavy!r} if name in sys.modules], code)"
    )
    # without what measures coverage: that imports much of its own
    environment = {key: value for key, value in os.environ.items() if not key.startswith("COVERAGE_")}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, timeout=120, check=False
    )
    assert done.stdout.decode().splitlines()[-1] == "[] 0"


def test_the_command_that_is_installed_is_this_one() -> None:
    scripts = tomllib.loads(ROOT.joinpath("pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    module, _, name = scripts["reliefstock"].partition(":")
    assert getattr(import_module(module), name) is main


@pytest.mark.parametrize("kind", ["--help", "--version"])
def test_help_goes_to_standard_output(kind: str) -> None:
    done = run(kind)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout
