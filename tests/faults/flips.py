"""Bytes of a file that change by themselves: everything that can be asked of the book is asked after each.

An answer is that of the sound book, or a typed error; all else was read silently. And where an answer, or
anything that stands in a table, is not what it was, `verify` or the check of the store must say so.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from shutil import rmtree
from typing import Any, Final
from unittest.mock import patch

import attrs

from faults.checking import Figures
from faults.power import scratch
from faults.work import CLOCK, Clerk, founded, sent
from property.world import DAYS, GOODS, WAREHOUSES
from reliefstock import Period, ReliefstockError
from reliefstock.audit import audit, figures_of
from reliefstock.book import Book, address
from reliefstock.reconciliation import By, statement, trace

__all__ = ["Flipped", "answers", "as_large", "flip", "flip_as_large", "small_book"]


@attrs.define
class Flipped:
    """What came of a flip: the page that it was in, what was read silently, whether it had to be found."""

    page: str
    silent: list[str]
    changed: bool
    found: bool


def small_book(path: Path, commands: int, seed: int = 1) -> None:
    """A book in a file with pages of every kind: records, index, snapshot, people, and some that are free."""
    with founded(path, seed=seed) as book:
        clerk = Clerk(seed)
        for _ in range(commands):
            sent(clerk.next(book), book)
        book.keep_snapshot()
        book.keep_snapshot()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:  # so that there are free pages
        connection.execute("CREATE TABLE spare (content BLOB)")
        connection.execute("INSERT INTO spare VALUES (randomblob(20000))")
        connection.execute("DROP TABLE spare")


# What can be asked of a book


def _opened(path: Path, *, snapshot: bool) -> Callable[[Callable[[Book], object]], object]:
    def ask(question: Callable[[Book], object]) -> object:
        with Book.open(path, clock=CLOCK, snapshot=snapshot) as book:
            return question(book)

    return ask


def _on_hand(book: Book) -> object:
    return [
        (item, at, on, book.on_hand(item, at, on=on)) for item in GOODS for at in WAREHOUSES for on in DAYS
    ]


def _traces(book: Book) -> object:
    donations = sorted({lot.donation for lot in book.ledger.lots.values() if lot.donation})
    return [trace(book, donation) for donation in donations[:5]]


def _once_more(book: Book) -> object:
    """What a command that was sent before is answered."""
    rows = book._keeper.journal.select("SELECT command FROM papers WHERE {book} ORDER BY record", {})
    papers: Any = book._keeper.state.papers
    return [papers.done(str(command)) for (command,) in rows]


_QUESTIONS: Final[Mapping[str, Callable[[Book], object]]] = {
    "figures": figures_of,
    "documents": lambda book: [*book.documents.items()],
    "entries": lambda book: [*book.entries],
    "nouns": lambda book: [*book.register.nouns()],
    "on hand": _on_hand,
    "as known": lambda book: [book.on_hand("quilt", known=known) for known in range(1, len(book.entries), 5)],
    "statement": lambda book: statement(book, Period.year(2026), by=By.DONATION),
    "trace": _traces,
    "once more": _once_more,
    "reversed": lambda book: [book.reversed_on(number) for number in book.documents],
    "records": lambda book: [*book.records()],
    "verify": lambda book: book.verify(),
    "checkpoint": lambda book: book.checkpoint("2026-11-23"),
    "receipt": lambda book: book.receipt(_donation(book)),
    "people": lambda book: [book.people.name_of(book.people.id_of(who)) for who in ("甲", "乙", "clerk A")],
    "audit": lambda book: audit(book.records(), book),
}


def _donation(book: Book) -> str:
    return next(lot.donation for lot in book.ledger.lots.values() if lot.donation)


def answers(path: Path) -> dict[str, object]:
    """What is answered to every question, by the name of it; a typed error is an answer too.

    Each is asked of a book that was opened for it with its snapshot; and of one without, all after another.
    """
    given: dict[str, object] = {}
    for snapshot in (True, False):
        ask = _opened(path, snapshot=snapshot)
        try:
            found = ask(lambda book: {name: _answer(book, one) for name, one in _QUESTIONS.items()})
        except ReliefstockError as error:
            found = dict.fromkeys(_QUESTIONS, error)
        except Exception as error:  # noqa: BLE001 -- that is what is looked for
            found = dict.fromkeys(_QUESTIONS, _Untyped(error))
        given |= {f"{name}, {'with' if snapshot else 'without'} snapshot": one for name, one in found.items()}  # type: ignore[attr-defined]
    return given


@attrs.frozen
class _Untyped:
    """What nobody who uses the library expects."""

    error: Exception


def _answer(book: Book, question: Callable[[Book], object]) -> object:
    try:
        return question(book)
    except ReliefstockError as error:
        return error
    except Exception as error:  # noqa: BLE001 -- as above
        return _Untyped(error)


def _is_found(path: Path) -> bool:
    """Whether `verify` and the check of the store, together, find anything."""
    try:
        with Book.open(path, clock=CLOCK) as book:
            book.verify()
            journal: Any = book._keeper.journal
            return bool(journal.check())
    except ReliefstockError:
        return True


def _content(path: Path) -> list[Any] | str:
    """All that stands in all tables, as SQLite reads it."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            connection.text_factory = bytes
            schema = connection.execute("SELECT name, sql FROM sqlite_schema ORDER BY name").fetchall()
            tables = [name for name, sql in schema if sql and sql.startswith(b"CREATE TABLE")]
            rows = [connection.execute(f'SELECT * FROM "{name.decode()}"').fetchall() for name in tables]  # noqa: S608 -- what SQLite says
            return [schema, *rows]
    except (sqlite3.Error, UnicodeError) as error:
        return str(error)


# Flipping


@contextmanager
def as_large() -> Generator[None]:
    """Files are opened as those are that are too large to be looked through whole at each opening."""
    with patch.object(address, "LOOKED_THROUGH", -1):
        yield


def flip_as_large(seed: int, flips: int, commands: int) -> Figures:
    """The same of a file that is opened as a large one is."""
    with as_large():
        return flip(seed, flips, commands)[0]


def flip(seed: int, flips: int, commands: int) -> tuple[Figures, list[Flipped]]:
    """Flip so many bytes, one at a time, of a book that was made with so many commands."""
    folder = scratch()
    random = Random(f"flip {seed}")
    figures, came = Figures(runs=1), list[Flipped]()
    try:
        path = folder / "county.db"
        small_book(path, commands, seed)
        sound, content, whole = answers(path), _content(path), path.read_bytes()
        kinds = _kinds(path)
        for _ in range(flips):
            at = _position(random, len(whole))
            other = (whole[at] ^ random.choice((1 << random.randrange(8), random.randint(1, 255)))) or 1
            path.write_bytes(
                whole[:at] + bytes([other if other != whole[at] else whole[at] ^ 1]) + whole[at + 1 :]
            )
            one = _come_of(path, sound, content, kinds.get(at // 4096 + 1, "free"))
            came.append(one)
            wrong = [*_wrong(one)]
            figures.faults += 1
            figures.struck += bool(wrong)
            figures.losses += (f"flip {seed} of byte {at} in {one.page}: {what}" for what in wrong)
    finally:
        rmtree(folder)
    return figures, came


def _position(random: Random, size: int) -> int:
    """A byte: of the header, of the head of a page, or any."""
    chance = random.random()
    if chance < 0.1:
        return random.randrange(100)
    if chance < 0.3:
        return random.randrange(size // 4096) * 4096 + random.randrange(40)
    return random.randrange(size)


def _kinds(path: Path) -> dict[int, str]:
    """What each page is of."""
    with closing(sqlite3.connect(path)) as connection:
        return {page: str(name) for page, name in connection.execute("SELECT pageno, name FROM dbstat")}


def _come_of(path: Path, sound: dict[str, object], content: Any, page: str) -> Flipped:  # noqa: ANN401
    now = answers(path)
    silent = [
        f"{name}: {one.error!r}" if isinstance(one, _Untyped) else name
        for name, one in now.items()
        if one != sound[name] and not isinstance(one, ReliefstockError)
    ]
    refused = any(isinstance(one, ReliefstockError) and one != sound[name] for name, one in now.items())
    changed = bool(silent) or refused or _content(path) != content
    return Flipped(page, silent, changed, _is_found(path))


def _wrong(one: Flipped) -> Iterator[str]:
    yield from (f"silently read: {name}" for name in one.silent)
    if one.changed and not one.found:
        yield "it is not found"
