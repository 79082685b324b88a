"""A disk under SQLite that writes down what it is asked, fails when it is told to, and can lose its power.

It stands between the SQLite that Python has loaded and the system, as a VFS: the library runs on it as it is.
`Disk` is that layer. `Platter` is what lies on the disk according to its log: what was synced is safe, and of
all that came after, a loss of power leaves any part, in any order, the last of it torn.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Any, ClassVar, Final, NamedTuple, Self

import attrs

__all__ = ["CODES", "LOSSES", "Disk", "Event", "Fault", "Platter"]

_SECTOR: Final = 512
_PATH: Final = 4096

CODES: Final = {
    "full": ("write", 13),  # SQLITE_FULL
    "write": ("write", 10 | 3 << 8),  # SQLITE_IOERR_WRITE
    "sync": ("sync", 10 | 4 << 8),  # SQLITE_IOERR_FSYNC
    "read": ("read", 10 | 1 << 8),  # SQLITE_IOERR_READ
    "truncate": ("truncate", 10 | 6 << 8),  # SQLITE_IOERR_TRUNCATE
}
"""What can fail: by its name the call, and what SQLite calls it."""


class Event(NamedTuple):
    """What was asked of a disk: open, write, truncate, sync, broken (a sync that failed), delete, said.

    `said` is no call: it stands where something was acknowledged to somebody outside.
    """

    kind: str
    file: str = ""
    at: int = 0
    data: bytes = b""


@attrs.define
class Fault:
    """What is to fail: from the `at`-th such call on, so many `times`, then all is well again."""

    name: str
    at: int
    times: int
    met: int = 0

    def strikes(self, kind: str) -> int:
        """The code with which this call fails, or 0."""
        due, code = CODES[self.name]
        if kind != due or not self.times:
            return 0
        self.at -= 1
        if self.at >= 0:
            return 0
        self.times -= 1
        self.met += 1
        return code


# The layout of a VFS, as sqlite3.h has it

_File = ctypes.c_void_p
_CLOSE = ctypes.CFUNCTYPE(ctypes.c_int, _File)
_MOVE = ctypes.CFUNCTYPE(ctypes.c_int, _File, ctypes.c_void_p, ctypes.c_int, ctypes.c_int64)
_TRUNCATE = ctypes.CFUNCTYPE(ctypes.c_int, _File, ctypes.c_int64)
_SYNC = ctypes.CFUNCTYPE(ctypes.c_int, _File, ctypes.c_int)
_OPEN = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, _File, ctypes.c_int, ctypes.POINTER(ctypes.c_int)
)
_DELETE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int)


class _Methods(ctypes.Structure):
    _fields_: ClassVar = [
        ("version", ctypes.c_int),
        ("close", _CLOSE),
        ("read", _MOVE),
        ("write", _MOVE),
        ("truncate", _TRUNCATE),
        ("sync", _SYNC),
        ("others", ctypes.c_void_p * 13),
    ]


class _Vfs(ctypes.Structure):
    _fields_: ClassVar = [
        ("version", ctypes.c_int),
        ("size", ctypes.c_int),
        ("longest", ctypes.c_int),
        ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("data", ctypes.c_void_p),
        ("open", _OPEN),
        ("delete", _DELETE),
        ("others", ctypes.c_void_p * 16),
    ]


def _sqlite() -> ctypes.CDLL:
    """The very library that the module `sqlite3` has loaded. Raises `LookupError` where it is built in."""
    import sqlite3

    with open("/proc/self/maps", encoding="utf-8") as maps:  # noqa: PTH123 -- no file of ours
        loaded = {line.split()[-1] for line in maps if "libsqlite3" in line}
    if len(loaded) != 1:
        reason = (
            f"Python's SQLite {sqlite3.sqlite_version} is no library of its own: nothing can stand under it"
        )
        raise LookupError(reason)
    library = ctypes.CDLL(loaded.pop())
    library.sqlite3_vfs_find.restype = ctypes.c_void_p
    library.sqlite3_vfs_find.argtypes = [ctypes.c_char_p]
    library.sqlite3_vfs_register.argtypes = [ctypes.c_void_p, ctypes.c_int]
    library.sqlite3_vfs_unregister.argtypes = [ctypes.c_void_p]
    return library


_STANDING: Final[list[object]] = []


class Disk:
    """All files of SQLite that are opened while this lasts; close them before it ends.

    `log` is what was asked; `fault` what is to fail, and is counted from when it is set.
    """

    def __init__(self) -> None:
        self.log: list[Event] = []
        self.fault: Fault | None = None
        self._files: dict[int, str] = {}
        self._methods: dict[int, tuple[_Methods, _Methods]] = {}
        self._library = _sqlite()
        self._real = _Vfs.from_address(self._library.sqlite3_vfs_find(None))
        self._own = _Vfs()
        ctypes.memmove(ctypes.byref(self._own), ctypes.byref(self._real), ctypes.sizeof(_Vfs))
        self._own.name = b"faulty"
        self._own.open, self._own.delete = _OPEN(self._open), _DELETE(self._delete)

    def __enter__(self) -> Self:
        _STANDING.append(self)  # a file that somebody forgot to close would call what is no longer there
        self._library.sqlite3_vfs_register(ctypes.addressof(self._own), 1)
        return self

    def __exit__(self, *_: object) -> None:
        self._library.sqlite3_vfs_register(ctypes.addressof(self._real), 1)
        self._library.sqlite3_vfs_unregister(ctypes.addressof(self._own))

    def say(self, what: str) -> None:
        """Write down that something was acknowledged now."""
        self.log.append(Event("said", what))

    def _failing(self, kind: str) -> int:
        return self.fault.strikes(kind) if self.fault is not None else 0

    # What is asked of it

    def _open(self, _: int, name: int | None, file: int, flags: int, out: Any) -> int:  # noqa: ANN401
        path = os.fsdecode(ctypes.string_at(name)) if name else ""
        is_new = bool(path) and not os.path.exists(path)  # noqa: PTH110 -- a hot path
        code = self._real.open(ctypes.addressof(self._real), name, file, flags, out)
        if code == 0 and path:
            methods = ctypes.c_void_p.from_address(file)
            methods.value = self._standing_in(methods.value or 0)
            self._files[file] = path
            if is_new:
                self.log.append(Event("open", path))
        return code

    def _standing_in(self, methods: int) -> int:
        if methods not in self._methods:
            real, own = _Methods.from_address(methods), _Methods()
            ctypes.memmove(ctypes.byref(own), ctypes.byref(real), ctypes.sizeof(_Methods))
            own.version = min(real.version, 2)  # no memory maps, which would be written past us
            own.close = _CLOSE(lambda file: self._close(real, file))
            own.read = _MOVE(lambda file, *said: self._failing("read") or real.read(file, *said))
            own.write = _MOVE(lambda file, *said: self._write(real, file, *said))
            own.truncate = _TRUNCATE(lambda file, size: self._truncate(real, file, size))
            own.sync = _SYNC(lambda file, flags: self._sync(real, file, flags))
            self._methods[methods] = (real, own)
        return ctypes.addressof(self._methods[methods][1])

    def _close(self, real: _Methods, file: int) -> int:
        self._files.pop(file, None)
        return real.close(file)

    def _write(self, real: _Methods, file: int, data: int, size: int, at: int) -> int:
        code = self._failing("write")
        if code:
            size //= 2  # some of it was written before there was no more room
        if size and not real.write(file, data, size, at):
            self.log.append(Event("write", self._files[file], at, ctypes.string_at(data, size)))
        return code

    def _truncate(self, real: _Methods, file: int, size: int) -> int:
        code = self._failing("truncate") or real.truncate(file, size)
        if not code:
            self.log.append(Event("truncate", self._files[file], size))
        return code

    def _sync(self, real: _Methods, file: int, flags: int) -> int:
        code = self._failing("sync") or real.sync(file, flags)
        self.log.append(Event("broken" if code else "sync", self._files[file]))
        return code

    def _delete(self, _: int, name: bytes, at_once: int) -> int:
        code = self._real.delete(ctypes.addressof(self._real), name, at_once)
        if not code:
            self.log.append(Event("delete", os.fsdecode(name), at_once))
        return code


# What lies on it


@attrs.define
class _Lying:
    """A file: what is safe of it (None: no such file), and what may have come to the disk since."""

    safe: bytes | None
    since: list[Event] = attrs.field(factory=list)
    doubtful: list[Event] = attrs.field(factory=list)
    """What a failed sync was to make safe: it may be lost although a later sync succeeds."""


class Platter:
    """What lies on a disk after the events that it was fed, beginning with some files that are safe."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = {file: _Lying(content) for file, content in files.items()}

    def feed(self, event: Event) -> None:
        """Take in the next event of a log."""
        if event.kind == "said":
            return
        file = self._files.setdefault(event.file, _Lying(None))
        if event.kind == "sync":
            self._make_safe(file)
        elif event.kind == "broken":
            file.doubtful, file.since = file.doubtful + file.since, []
        else:
            file.since.append(event)
            if event.kind == "delete" and event.at:
                self._make_safe(file)

    def _make_safe(self, file: _Lying) -> None:
        """A sync promises what was written since the last that failed; what that one lost stays in doubt."""
        if file.doubtful:
            file.doubtful = [*file.doubtful, *(event._replace(kind=f"+{event.kind}") for event in file.since)]
        else:
            file.safe = _carried_out(file.safe, file.since)
        file.since = []

    def left(self, loss: str, random: Random) -> dict[str, bytes]:
        """What a loss of power leaves: a way of `LOSSES`, the rest by chance."""
        left = {}
        for name, file in self._files.items():
            doubtful = [event for event in file.doubtful if _is_kept(event, loss, random)]
            plain = [event._replace(kind=event.kind.lstrip("+")) for event in doubtful]
            content = _carried_out(file.safe, [*plain, *LOSSES[loss](file.since, random)])
            if content is not None:
                left[name] = content
        return left


def _is_kept(event: Event, loss: str, random: Random) -> bool:
    """Whether what a failed sync left in doubt is there; `+` is what a later sync has promised."""
    if event.kind.startswith("+") or loss == "kept":
        return True
    return loss != "lost" and random.random() < 0.5


def _carried_out(content: bytes | None, events: list[Event]) -> bytes | None:
    if not events:
        return content
    there = None if content is None else bytearray(content)
    for event in events:
        if event.kind == "delete":
            there = None
            continue
        there = bytearray() if there is None else there
        if event.kind == "truncate":
            del there[event.at :]
            there.extend(bytes(event.at - len(there)))
        elif event.kind == "write":
            there.extend(bytes(max(0, event.at - len(there))))
            there[event.at : event.at + len(event.data)] = event.data
    return None if there is None else bytes(there)


def _some(events: list[Event], random: Random) -> list[Event]:
    return [event for event in events if random.random() < 0.5]


def _tail(events: list[Event], random: Random) -> list[Event]:
    return events[: random.randint(0, len(events))]


def _torn(events: list[Event], random: Random) -> list[Event]:
    """The first of them, and of the last of those a part: some sectors, or to the middle of one."""
    kept = _tail(events, random)
    return [*kept[:-1], *(_torn_one(event, random) for event in kept[-1:])]


def _torn_one(event: Event, random: Random) -> Event:
    size = random.randint(0, len(event.data))
    if random.random() < 0.5:
        size -= size % _SECTOR
    if random.random() < 0.5:
        return event._replace(data=event.data[:size])
    return event._replace(at=event.at + size, data=event.data[size:])  # a disk may begin at the end


def _garbled(events: list[Event], random: Random) -> list[Event]:
    """Some of them, and where one of these was torn, what nobody wrote."""
    kept = _some(events, random)
    if kept and kept[-1].kind == "write":
        last = kept[-1]
        size = random.randint(0, len(last.data))
        kept[-1] = last._replace(data=last.data[:size] + random.randbytes(len(last.data) - size))
    return kept


LOSSES: Final[Mapping[str, Callable[[list[Event], Random], list[Event]]]] = {
    "kept": lambda events, _: events,
    "lost": lambda _, __: [],
    "some": _some,
    "tail": _tail,
    "torn": _torn,
    "garbled": _garbled,
}
"""What comes to the disk of what was not synced: all (a killed process), nothing, some in any order, the
first of it, the first and a part of the next, some and in the place of a part what nobody wrote."""


def said_before(log: list[Event]) -> Iterator[tuple[int, Event]]:
    """Each event with how many acknowledgements stand before it."""
    said = 0
    for event in log:
        yield said, event
        said += event.kind == "said"
