"""Texts of lines `name: value`: written in one form, and read in no other.

They are kept for years, copied by hand at times, and compared. So each begins with what it is and its
version, a hash stands in groups of eight characters, and the last line of what must not change is a short
check over all above it, which tells a slip of the pen from a proof that fails.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from hashlib import sha256
from typing import Final, TypeVar

import attrs

from reliefstock.errors import BadData, BadIdentifier, TextBroken
from reliefstock.journal.merkle import HASH_SIZE
from reliefstock.values import one_form

__all__ = ["Lines", "a_hash", "a_size", "check_of", "hash_text", "hashes_text", "one_line"]

_T = TypeVar("_T")

_HASH: Final = re.compile("(?:[0-9a-f]{8} ){7}[0-9a-f]{8}")
_MOST: Final = 10**19
_NUMBER: Final = re.compile("0|[1-9][0-9]{0,18}")  # below that
_DAY: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NOT_IN_A_LINE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff]")
_INDENT: Final = "  "


def one_line(what: str, given: object) -> str:
    """A text that can stand behind a name: one line, with something in it, in the one form of texts (NFC).

    Raises:
        BadIdentifier: it is none, empty, has a blank at an end, or a line break or another control character.
    """
    if not isinstance(given, str):
        raise BadIdentifier(what, given, f"it must be a text, not {type(given).__name__}")
    if not given or given != given.strip():
        raise BadIdentifier(what, given, "it is empty, or has a blank at an end")
    if _NOT_IN_A_LINE.search(given):
        raise BadIdentifier(what, given, "it has a line break or another control character")
    return one_form(given)


def a_hash(_: object, field: attrs.Attribute[bytes], given: bytes) -> None:
    """A validator. Raises `BadData` for what is no hash."""
    if type(given) is not bytes or len(given) != HASH_SIZE:
        raise BadData("text with hashes", (f"a hash of {HASH_SIZE} bytes is due @ $.{field.name}",))


def a_size(_: object, field: attrs.Attribute[int], given: int) -> None:
    """A validator. Raises `BadData` for what is no number of records."""
    if type(given) is not int or not 0 <= given < _MOST:
        raise BadData("text with hashes", (f"a number of records is due @ $.{field.name}",))


def hash_text(given: bytes) -> str:
    """A hash in hexadecimal, in groups of eight characters."""
    text = given.hex()
    return " ".join(text[at : at + 8] for at in range(0, len(text), 8))


def hashes_text(name: str, given: Iterable[bytes]) -> str:
    """Several hashes: how many, and one a line."""
    lines = [f"{_INDENT}{hash_text(one)}\n" for one in given]
    return f"{name}: {len(lines)}\n{''.join(lines)}"


def check_of(above: str) -> str:
    """The check over a text: the first eight characters of its SHA-256."""
    return sha256(above.encode()).hexdigest()[:8]


class Lines:
    """The lines of a text, read one after the other. Whatever is not as it is due raises `TextBroken`."""

    def __init__(self, what: str, text: str) -> None:
        self._what = what
        self._text = text
        self._lines = text.split("\n")
        self._at = 0
        self._check_form()

    @property
    def at_end(self) -> bool:
        """Whether all lines are read."""
        return self._at == len(self._lines) - 1

    def broken(self, reason: str) -> TextBroken:
        """What is wrong with the line that was read last."""
        return TextBroken(self._what, max(1, self._at), reason)

    def due(self, line: str) -> None:
        """This very line."""
        if self._next() != line:
            raise self.broken(f"the line {line!r} is due" if line else "an empty line is due")

    def text(self, name: str) -> str:
        """What stands behind a name."""
        stated, colon, value = self._next().partition(": ")
        if stated != name or not colon:
            raise self.broken(f"'{name}: ' is due")
        try:
            found = one_line(name, value)
        except BadIdentifier as bad:
            raise self.broken(bad.reason) from bad
        if found != value:
            raise self.broken("its characters are not in the one form of texts (NFC)")
        return found

    def number(self, name: str) -> int:
        """A whole number, not below zero."""
        text = self.text(name)
        if not _NUMBER.fullmatch(text):
            raise self.broken(f"a whole number is due, got {text!r}")
        return int(text)

    def day(self, name: str) -> date:
        """A date."""
        text = self.text(name)
        try:
            return date.fromisoformat(text if _DAY.fullmatch(text) else "")
        except ValueError:
            raise self.broken(f"a date is due, as YYYY-MM-DD, got {text!r}") from None

    def hash(self, name: str) -> bytes:
        """A hash."""
        return self._hash(self.text(name))

    def hashes(self, name: str) -> tuple[bytes, ...]:
        """Several hashes."""
        return tuple(self._hash(self._indented()) for _ in range(self.number(name)))

    def block(self, name: str, read: Callable[[str], _T]) -> _T:
        """What is read of all lines below a name that are indented, without their indent."""
        self.due(f"{name}:")
        begin = self._at
        text = "\n".join(self._block())
        try:
            return read(text)
        except TextBroken as broken:
            raise TextBroken(self._what, begin + broken.line, broken.reason) from broken

    def check(self) -> None:
        """The check over all that was read so far."""
        above = "".join(f"{line}\n" for line in self._lines[: self._at])
        if self.text("check") != check_of(above):
            raise self.broken("it does not fit what is above: there is a slip in some line")

    def end(self) -> None:
        """Nothing more."""
        if not self.at_end:
            self._next()
            raise self.broken("there is more than is due")

    def _check_form(self) -> None:
        at = self._text.find("\r")
        if at >= 0:
            line = self._text.count("\n", 0, at) + 1
            raise TextBroken(self._what, line, "it has carriage returns; save it with plain line breaks")
        if self._lines[-1]:
            raise TextBroken(self._what, len(self._lines), "the last line does not end")

    def _next(self) -> str:
        if self.at_end:
            raise TextBroken(self._what, self._at + 1, "the text ends before it should")
        self._at += 1
        return self._lines[self._at - 1]

    def _indented(self) -> str:
        line = self._next()
        if not line.startswith(_INDENT):
            raise self.broken("an indented line is due")
        return line[len(_INDENT) :]

    def _block(self) -> Iterator[str]:
        yield self._indented()
        while self._lines[self._at].startswith(_INDENT):
            yield self._indented()

    def _hash(self, text: str) -> bytes:
        if not _HASH.fullmatch(text):
            raise self.broken("a hash is due: 64 characters of 0 to 9 and a to f, in groups of eight")
        return bytes.fromhex(text)
