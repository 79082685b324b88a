"""Who does the work: with which program, from which file, and how its answer is read."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from subprocess import run

import attrs
from beside import journals
from beside.work import Entry, Totals

__all__ = ["GROUPS", "PEERS", "Group", "Peer"]

HERE = Path(__file__).resolve().parent
APART = {"cash.py": "piecash", "accounts.py": "python_accounting"}
"""Programs with an environment of their own, because their packages do not go with ours."""


@attrs.frozen(kw_only=True)
class Peer:
    """One that is measured."""

    name: str
    does: str
    command: Callable[[str], list[str]]
    """What is run, for a file of the work."""
    missing: Callable[[], str]
    """What has to be installed; nothing where it is there."""
    totals: Callable[[str], Totals]
    """What it found, by what it printed."""
    text: Callable[[Iterable[Entry]], Iterable[str]] | None = None
    """The work in its own language; otherwise it is given comma-separated values."""
    asked: Callable[[str], list[str]] | None = None
    """Where the program that is measured prints no balances: the one that does, which is not measured."""
    most: int = sys.maxsize
    """It is given no more entries than this."""
    keeps_quantities: bool = True


@attrs.frozen(kw_only=True)
class Group:
    """Those that are compared with one of ours, and how many times faster than they ours is meant to be."""

    title: str
    ours: str
    theirs: dict[str, float | None]


def _printed(text: str) -> Totals:
    return {(place, item): (quantity or 0, value or 0) for place, item, quantity, value in json.loads(text)}


def _script(name: str, *words: str) -> Callable[[str], list[str]]:
    return lambda work: [interpreter(name), str(HERE / name), *words, work]


@cache
def interpreter(script: str) -> str:
    """The Python that runs a script: ours, or that of the environment that uv made for it."""
    uv = shutil.which("uv")
    if script not in APART or uv is None:
        return sys.executable
    asked = [uv, "python", "find", "--offline", "--script", str(HERE / script)]
    return run(asked, check=False, capture_output=True, text=True).stdout.strip() or sys.executable  # noqa: S603 -- ours


@cache
def _has(python: str, package: str) -> bool:
    return not run([python, "-c", f"import {package}"], check=False, capture_output=True).returncode  # noqa: S603 -- ours


def _apart(script: str) -> Callable[[], str]:
    def missing() -> str:
        return (
            "" if _has(interpreter(script), APART[script]) else f"uv sync --script benchmarks/beside/{script}"
        )

    return missing


def _package(name: str) -> Callable[[], str]:
    return lambda: "" if find_spec(name) else "uv sync --group benchmark"


def _program(name: str, how: str) -> Callable[[], str]:
    return lambda: "" if program(name) else how


def program(name: str) -> str | None:
    """Where a program is: beside our Python, or on the path."""
    beside = Path(sys.executable).parent / name
    return str(beside) if beside.exists() else shutil.which(name)


def _there() -> str:
    return ""


def _ours(name: str, does: str, way: str, most: int = sys.maxsize) -> Peer:
    return Peer(
        name=name, does=does, command=_script("ours.py", way), missing=_there, totals=_printed, most=most
    )


def _sums(name: str, does: str, way: str, package: str = "", most: int = sys.maxsize) -> Peer:
    missing = _package(package) if package else _there
    command = _script("sums.py", way)
    return Peer(name=name, does=does, command=command, missing=missing, totals=_printed, most=most)


def _sourced(name: str, does: str, way: str, most: int) -> Peer:
    command, missing = _script("sourced.py", way), _package("eventsourcing")
    return Peer(name=name, does=does, command=command, missing=missing, totals=_printed, most=most)


def _balances(work: str) -> list[str]:
    words = [
        "balance",
        "--flat",
        "--lots",
        "--no-total",
        "--balance-format",
        journals.LEDGER_FORMAT,
        "^Depot",
    ]
    return [program("ledger") or "", "--args-only", "--file", work, *words]


def _hledger(work: str) -> list[str]:
    words = ["balance", "--flat", "--no-total", "--output-format", "csv", "^Depot"]
    return [program("hledger") or "", "--file", work, *words]


def _bean_check(work: str) -> list[str]:
    return [program("bean-check") or "", "--no-cache", work]


def _bean_query(work: str) -> list[str]:
    return [program("bean-query") or "", "--format", "csv", work, journals.BEANCOUNT_QUERY]


_ALL = (
    _ours(
        "reliefstock",
        "picks lots, checks all promises, chain verified; as columns, into a file with its index",
        "columns",
    ),
    Peer(
        name="ledger",
        does="C++; quantity and value by lot; is told the lots",
        command=_balances,
        missing=_program("ledger", "apt-get install ledger"),
        totals=journals.ledger_totals,
        text=journals.ledger,
    ),
    Peer(
        name="hledger",
        does="Haskell; quantity and value; knows no lots",
        command=_hledger,
        missing=_program("hledger", "apt-get install hledger"),
        totals=journals.hledger_totals,
        text=journals.hledger,
    ),
    Peer(
        name="beancount",
        does="Python and C; picks lots, FIFO (bean-check)",
        command=_bean_check,
        missing=_program("bean-query", "uv sync --group benchmark"),
        totals=journals.beancount_totals,
        text=journals.beancount,
        asked=_bean_query,
    ),
    _sums("python", "plain Python, FIFO; checks nothing, keeps nothing", "python"),
    _sums("sqlite3", "rows, 1,000 a commit (WAL, FULL), and sums; is told the value", "sqlite"),
    _sums("duckdb", "sums alone; is told the value", "duckdb", "duckdb"),
    _sums("polars", "sums alone; is told the value", "polars", "polars"),
    _sourced("eventsourcing", "aggregates with lots, FIFO, in memory, saved each", "memory", 100_000),
    _ours("reliefstock-verbs", "as above; verb by verb, in memory", "memory", 100_000),
    _ours("reliefstock-thousands", "as above; as columns, 1,000 entries a commit", "thousands", 100_000),
    _ours("reliefstock-batches", "as above; 1,000 verbs a commit", "batches", 20_000),
    _sourced(
        "eventsourcing-batches", "SQLite, all that 1,000 entries touched saved at once", "batches", 20_000
    ),
    _sourced("eventsourcing-sqlite", "SQLite, saved each", "saved", 5_000),
    Peer(
        name="piecash",
        does="GnuCash on SQLite, 1,000 a commit; is told the value",
        command=_script("cash.py"),
        missing=_apart("cash.py"),
        totals=_printed,
        most=500,
    ),
    Peer(
        name="python-accounting",
        does="SQLite, posted each; value alone, which it is told",
        command=_script("accounts.py"),
        missing=_apart("accounts.py"),
        totals=_printed,
        most=100,
        keeps_quantities=False,
    ),
    _ours("reliefstock-each", "as above; a commit for each verb", "each", 500),
    _sums("sqlite3-commits", "a row a commit, with the settings of a book", "commits", most=500),
)

PEERS = {peer.name: peer for peer in _ALL}

GROUPS = (
    Group(
        title="From a file to balances",
        ours="reliefstock",
        theirs={
            "ledger": 3,
            "hledger": 15,
            "beancount": 25,
            "python": None,
            "sqlite3": None,
            "duckdb": None,
            "polars": None,
        },
    ),
    Group(title="One verb at a time, in memory", ours="reliefstock-verbs", theirs={"eventsourcing": 1.5}),
    Group(
        title="Durable on SQLite, 1,000 at a time",
        ours="reliefstock-thousands",
        theirs={
            "reliefstock-batches": None,
            "eventsourcing-batches": None,
            "eventsourcing-sqlite": 20,
            "piecash": 50,
            "python-accounting": None,
        },
    ),
    Group(title="Durable on SQLite, one by one", ours="reliefstock-each", theirs={"sqlite3-commits": 0.7}),
)
