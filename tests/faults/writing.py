"""Programs that write to a book for real, in processes of their own, and tell through a pipe what came.

A line is written to the pipe once a verb has returned, and not before: what stands there was acknowledged.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from threading import Thread
from typing import Final, TypeVar

import attrs

from faults.work import CLOCK, NAME, Clerk, Command, founded, sent
from reliefstock import Document
from reliefstock.book import Book
from reliefstock.errors import StoreBusy, StoreUnreachable

__all__ = ["Program", "founding", "mark", "started", "told", "writing"]

_T = TypeVar("_T")

_LONGEST: Final = 120  # seconds, after which a program that was forgotten ends by itself
_PAUSE: Final = 0.05  # seconds before a command is sent again


def mark(document: Document) -> str:
    """A short mark of all that a document says."""
    return sha256(repr(document).encode()).hexdigest()[:16]


@attrs.define
class Program:
    """A process that writes: its id, and the pipe from it."""

    pid: int
    pipe: int
    heard: bytes = b""

    def kill(self) -> None:
        """End it at once, in whatever it is doing, and hear what it had said."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Let it end after its command."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        os.kill(self.pid, how)
        while said := os.read(self.pipe, 1 << 16):
            self.heard += said
        os.close(self.pipe)
        os.waitpid(self.pid, 0)

    def listen(self) -> None:
        """Hear what it has said so far; a pipe that is full would hold it up."""
        os.set_blocking(self.pipe, False)
        try:
            while said := os.read(self.pipe, 1 << 16):
                self.heard += said
        except BlockingIOError:
            pass
        finally:
            os.set_blocking(self.pipe, True)


def told(programs: Sequence[Program]) -> tuple[dict[str, str], list[str]]:
    """What programs were told: the mark of each document by its command, and what went wrong in them."""
    marks: dict[str, str] = {}
    errors: list[str] = []
    for program in programs:
        whole, _, _ = program.heard.rpartition(b"\n")  # the last line may be cut off
        for line in whole.decode().splitlines():
            kind, _, rest = line.partition(" ")
            if kind == "error":
                errors.append(rest)
                continue
            command, _, its = rest.partition(" ")
            if marks.setdefault(command, its) != its:
                errors.append(f"command {command} was given two documents")
    return marks, errors


def started(work: Callable[[int], None]) -> Program:
    """A process that does some work and is given a pipe to tell of it."""
    reading, writing_end = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing_end)
        return Program(pid, reading)
    try:
        os.close(reading)
        signal.alarm(_LONGEST)
        work(writing_end)
    finally:
        os._exit(0)


class _Desk:
    """One who writes: with a keeper of the book of their own, and commands that nobody else has."""

    def __init__(self, address: str, prefix: str, seed: int, pipe: int) -> None:
        self._address, self._pipe, self._prefix = address, pipe, prefix
        self._clerk = Clerk(seed, prefix)
        self._goes_on = True

    def stop(self) -> None:
        """Let what is done now be the last."""
        self._goes_on = False

    def work(self) -> None:
        """Until it is told to stop, or killed."""
        try:
            self._work()
        except BaseException as error:
            self._say(f"error {self._prefix}: {type(error).__name__}: {error}".replace("\n", " "))
            raise

    def _say(self, line: str) -> None:
        os.write(self._pipe, f"{line}\n".encode())

    def _work(self) -> None:
        book = self._until_it_can(lambda: Book.open(self._address, NAME, clock=CLOCK))
        before: list[Command] = []
        while self._goes_on:
            before.append(self._until_it_can(lambda: self._clerk.next(book)))
            self._send(before[-1], book)
            if len(before) % 7 == 0:
                self._send(before[len(before) // 2], book)
            if len(before) % 20 == 0:
                self._until_it_can(book.keep_snapshot)
        book.shut()

    def _send(self, command: Command, book: Book) -> None:
        """Send a command until there is an answer to it, and tell of that."""
        answer = self._until_it_can(lambda: sent(command, book))
        if isinstance(answer, Document):
            self._say(f"done {command.id} {mark(answer)}")

    def _until_it_can(self, act: Callable[[], _T]) -> _T:
        """Do something again while the store cannot be reached; what else is wrong with it is an error."""
        while True:
            try:
                return act()
            except (StoreUnreachable, StoreBusy):
                time.sleep(_PAUSE)


def writing(address: str, prefix: str, seed: int, *, threads: int = 1) -> Callable[[int], None]:
    """The work of a program in which so many threads write to one book, until a SIGTERM."""

    def work(pipe: int) -> None:
        desks = [_Desk(address, f"{prefix}{at}", seed * 100 + at, pipe) for at in range(threads)]
        signal.signal(signal.SIGTERM, lambda *_: [desk.stop() for desk in desks])
        busy = [Thread(target=desk.work) for desk in desks]
        for thread in busy:
            thread.start()
        for thread in busy:
            while thread.is_alive():  # in pieces, so that a signal is heard
                thread.join(0.1)

    return work


def founding(path: Path) -> Callable[[int], None]:
    """The work of a program that makes a new book."""

    def work(pipe: int) -> None:
        founded(path).shut()
        os.write(pipe, b"done founded -\n")

    return work
