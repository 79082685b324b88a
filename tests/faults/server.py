"""A PostgreSQL server that falls down under load, and programs that lose their connection in mid-command."""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from random import Random
from threading import Thread
from typing import Final

import attrs

from contract.postgres import Server
from faults.checking import Figures
from faults.killing import lost_of
from faults.work import CLOCK, NAME, founded
from faults.writing import Program, started, told, writing
from reliefstock.book import Book

__all__ = ["Cable", "fall"]

_PROGRAMS: Final = 3
_THREADS: Final = 2


@attrs.define
class Cable:
    """What lies between programs and a server; when it is cut, all connections over it are lost."""

    to: int
    _door: socket.socket = attrs.field(factory=socket.socket)
    _ends: list[socket.socket] = attrs.field(factory=list)

    def __attrs_post_init__(self) -> None:
        self._door.bind(("127.0.0.1", 0))
        self._door.listen(64)

    @property
    def port(self) -> int:
        """Where programs connect to."""
        return self._door.getsockname()[1]

    def lay(self) -> None:
        """Begin to carry. Not before programs are started: they are forked, and threads are not."""
        Thread(target=self._carry, daemon=True).start()

    def _carry(self) -> None:
        while True:
            with suppress(OSError):
                here, _ = self._door.accept()
                try:
                    there = socket.create_connection(("127.0.0.1", self.to))
                except OSError:
                    here.close()
                    continue
                self._ends += [here, there]
                for source, target in ((here, there), (there, here)):
                    Thread(target=_pumped, args=(source, target), daemon=True).start()
            if self._door.fileno() < 0:
                return

    def cut(self) -> int:
        """Cut it; gives how many connections were on it. New ones can be made at once."""
        ends, self._ends = self._ends, []
        open_ = [end for end in ends if end.fileno() >= 0]
        for end in open_:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        return len(open_) // 2

    def close(self) -> None:
        """Take it away."""
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self.cut()


def _pumped(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(1 << 16):
            target.sendall(data)
    for end in (source, target):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()


def fall(server: Server, seed: int, falls: int, cuts: int) -> Figures:
    """Stop a server in immediate mode so many times under load, and cut the cable in between; then check."""
    random = Random(f"fall {seed}")
    figures = Figures(runs=1)
    address = server.database()
    founded(address, seed=seed).shut()
    cable = Cable(server.port)
    over = address.replace(f":{server.port}/", f":{cable.port}/")
    programs = [
        started(writing(over, f"p{seed}-{at}-", random.randrange(1 << 30), threads=_THREADS))
        for at in range(_PROGRAMS)
    ]
    try:
        cable.lay()
        events = ["fall"] * falls + ["cut"] * cuts
        random.shuffle(events)
        for event in events:
            _go_on(programs, random)
            if event == "fall":
                server.stop(at_once=True)
                server.start()
                figures.kills += 1
            else:
                figures.faults += cable.cut()
            figures.losses += _not_lost(address, programs, event)
        _go_on(programs, random)
    finally:
        for program in programs:
            program.stop()
        cable.close()
    marks, errors = told(programs)
    figures.commands = figures.acknowledged = len(marks)
    figures.losses += [*errors, *lost_of(address, marks)]
    return attrs.evolve(figures, losses=[f"server {seed}: {one}" for one in figures.losses])


def _go_on(programs: list[Program], random: Random) -> None:
    time.sleep(random.uniform(0.2, 0.8))
    for program in programs:
        program.listen()


def _not_lost(address: str, programs: list[Program], event: str) -> list[str]:
    """Whether what had been told before is there now, while the programs go on."""
    for program in programs:
        program.listen()
    marks, _ = told(programs)
    with Book.open(address, NAME, clock=CLOCK) as book:
        rows = book._keeper.journal.select("SELECT command FROM papers WHERE {book}", {})
    lost = marks.keys() - {str(command) for (command,) in rows}
    return [f"after a {event} command {one} is lost" for one in sorted(lost)]
