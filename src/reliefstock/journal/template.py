"""Bytes with gaps: what many records have in common is written once, and each fills in what it says itself.

A template is learnt from an example and from the fragments of which is known what they say. So it knows
nothing of what it writes, and cannot write it otherwise than the example was written: whoever learns one
shows it a second example, which it has to write by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any, Final

from reliefstock.errors import EncodingBroken
from reliefstock.journal.encoding import Plain, encode

__all__ = ["Template", "fragment", "list_of", "text", "whole"]

_BYTE: Final = 256
_TEXT: Final = 0x60
_LIST: Final = 0x80
_SHORT: Final = 24


def fragment(given: Plain) -> bytes:
    r"""What stands for plain data within the bytes of other plain data: all but the version.

    >>> fragment("GRN-1"), fragment(None)
    (b'eGRN-1', b'\xf6')
    """
    return encode(given)[1:]


def _heads(major: int) -> tuple[bytes, ...]:
    return tuple(bytes((major | n,)) if n < _SHORT else bytes((major | _SHORT, n)) for n in range(_BYTE))


_TEXTS: Final = _heads(_TEXT)
_LISTS: Final = _heads(_LIST)
_WHOLES: Final = (*_heads(0), b"\x19", b"\x1a")
_BELOW_ZERO: Final = (*_heads(0x20), b"\x39", b"\x3a")
_OF_TWO, _OF_FOUR = _BYTE, _BYTE + 1  # what stands before a number of so many bytes


def text(given: str) -> bytes:
    """The fragment of a text. Raises UnicodeEncodeError for half of a surrogate pair.

    >>> text("quilt") == fragment("quilt")
    True
    """
    raw = given.encode()
    return _TEXTS[len(raw)] + raw if len(raw) < _BYTE else fragment(given)


def whole(given: int) -> bytes:
    """The fragment of a whole number.

    >>> all(whole(number) == fragment(number) for number in (0, 24, 255, 256, -1, -25, -(1 << 20), 1 << 70))
    True
    """
    if given >= 0:
        argument, heads = given, _WHOLES
    else:
        argument, heads = ~given, _BELOW_ZERO
    if argument < _BYTE:
        return heads[argument]
    if argument < 1 << 16:
        return heads[_OF_TWO] + argument.to_bytes(2, "big")
    return heads[_OF_FOUR] + argument.to_bytes(4, "big") if argument < 1 << 32 else fragment(given)


def list_of(fragments: Sequence[bytes]) -> bytes:
    """The fragment of a list, of those of what is in it.

    >>> list_of([whole(1), text("quilt")]) == fragment([1, "quilt"])
    True
    >>> list_of([whole(7)] * 300) == fragment([7] * 300)
    True
    """
    size = len(fragments)
    head = _LISTS[size] if size < _BYTE else fragment([None] * size)[:-size]
    return head + b"".join(fragments)


class Template:
    r"""Bytes with gaps, of which each has a name; a name may stand in several places.

    >>> first = {"by": text("keeper"), "to": text("school")}
    >>> second = {"by": text("clerk"), "to": text("county")}
    >>> example = encode(["note", "keeper", "school", "keeper"])
    >>> other = encode(["note", "clerk", "county", "clerk"])
    >>> note = Template.learnt(example, first, other, second)
    >>> note.filled(by=text("a"), to=text("b")) == encode(["note", "a", "b", "a"])
    True
    """

    def __init__(self, example: bytes, gaps: Mapping[str, bytes]) -> None:
        found = _found(example, gaps)
        parts: list[bytes] = []
        end = 0
        for start, name in found:
            parts.append(example[end:start].replace(b"%", b"%%"))
            end = start + len(gaps[name])
        parts.append(example[end:].replace(b"%", b"%%"))
        self._format = b"%b".join(parts)
        self._order = tuple(name for _, name in found)

    @classmethod
    def learnt(
        cls, example: bytes, gaps: Mapping[str, bytes], other: bytes, of_other: Mapping[str, bytes]
    ) -> Template:
        """The template of an example, once it has shown that it writes another one.

        Raises:
            EncodingBroken: it does not; with the offset of the first byte that is another.
        """
        made = cls(example, gaps)
        written = made.filled(**of_other)
        if written != other:
            both, shorter = zip(written, other, strict=False), min(len(written), len(other))
            at = next((at for at, (one, due) in enumerate(both) if one != due), shorter)
            raise EncodingBroken(at, "two examples have more than their gaps between them")
        return made

    def filled(self, **gaps: bytes) -> bytes:
        """The bytes with these fragments in the gaps; those that have no place are left out."""
        return self._format % tuple(gaps[name] for name in self._order)

    def filling(self, *names: str) -> Callable[[tuple[bytes, ...]], bytes]:
        """What fills the gaps with a tuple of fragments, in the order of these names: for many records.

        Raises:
            ValueError: a gap is not among them.
        """
        at: Any = itemgetter(*[names.index(name) for name in self._order], 0)
        written = self._format + b"%.0b"  # of the last, which is there so that there always are several
        return lambda fragments: written % at(fragments)


def _found(example: bytes, gaps: Mapping[str, bytes]) -> list[tuple[int, str]]:
    """Where each gap is; a longer fragment goes before a shorter one that may be part of it."""
    taken = bytearray(len(example))
    found: list[tuple[int, str]] = []
    for name in sorted(gaps, key=lambda name: -len(gaps[name])):
        sought = gaps[name]
        at = example.find(sought)
        while at >= 0:
            end = at + len(sought)
            if not any(taken[at:end]):
                taken[at:end] = b"\x01" * len(sought)
                found.append((at, name))
            at = example.find(sought, end)
    return sorted(found)
