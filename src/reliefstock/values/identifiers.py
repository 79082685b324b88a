"""Identifiers: short texts that name a donor, a lot or a depot, on screen, on paper and over the telephone.

Two ids that look the same must be the same, so every id is brought to one Unicode form (NFC), and what
cannot be seen, or would break the keys and addresses that ids are put into, is refused. Chinese is fine.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from unicodedata import category, normalize

from reliefstock.errors import BadIdentifier
from reliefstock.values._several import several

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["identifier", "near", "one_form", "spelled", "texts"]

_LONGEST: Final = 64
_RESERVED: Final = ":/|"
_NUMBER: Final = re.compile("[0-9]+")
_HALVES: Final = re.compile("[\ud800-\udfff]")
_BLANK: Final = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
_UNDRAWN: Final = frozenset("\u034f\u115f\u1160\u2800\ufe0e\ufe0f")  # joiner, fillers, blank, variants
_UNSEEN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Cc": "a control character",
        "Cf": "an invisible format character",
        "Cn": "an unassigned character",
        "Co": "a private-use character",
        "Cs": "half of a surrogate pair",
        "Zl": "a line separator",
        "Zp": "a paragraph separator",
        "Zs": "a space that is not the plain one",
    }
)


def identifier(given: object, what: str) -> str:
    """Return an id in its one form: NFC, 1 to 64 characters, all of them visible.

    Refused are control, format, private, surrogate and unassigned characters, line separators, space at
    either end, any space but the plain one, and the three marks that keys are joined with: ':', '/', '|'.

    Args:
        given: what somebody wrote.
        what: what it is to name, for the message.

    Raises:
        BadIdentifier: `given` is not a text or breaks one of these rules; the first is named.

    >>> identifier("汉滨区 1号库", "warehouse")
    '汉滨区 1号库'
    >>> identifier("depot/1", "warehouse")
    Traceback (most recent call last):
    reliefstock.errors.BadIdentifier: 'depot/1' cannot be a warehouse: character 6 is the reserved mark '/'
    """
    if not isinstance(given, str):
        raise BadIdentifier(what, given, f"it must be a text, not {type(given).__name__}")
    text = normalize("NFC", given)
    reason = _wrong_size(text) or _wrong_ends(text) or _wrong_character(text)
    if reason:
        raise BadIdentifier(what, given, reason)
    return text


def one_form(given: object) -> str:
    """Return a text in the one form of ids, NFC, so that what looks the same is the same.

    Raises:
        BadIdentifier: it is no text, or none that can be written down.

    >>> one_form("Cafe\u0301") == "Caf\u00e9"
    True
    """
    if not isinstance(given, str):
        raise BadIdentifier("name", given, f"it must be a text, not {type(given).__name__}")
    if _HALVES.search(given):
        raise BadIdentifier("name", given, "it has half of a surrogate pair, which cannot be written down")
    return normalize("NFC", given)


def texts(given: Iterable[str]) -> tuple[str, ...]:
    """Return several texts, each in one form. Raises `Incomplete` as `several` does, or `BadIdentifier`.

    >>> texts(["flood-hit", "school"])
    ('flood-hit', 'school')
    """
    return tuple(one_form(text) for text in several(given))


def spelled(name: str) -> str:
    """Return what a reader sees of a person's name, however it was typed; nothing where nothing is seen.

    Full and half width, capitals, spaces and characters without a form of their own make no other person.

    >>> spelled("Ａ 甲\u200b"), spelled("\u200b ")
    ('a甲', '')
    """
    plain = normalize("NFKC", normalize("NFKC", name).casefold())
    return "".join(mark for mark in plain if category(mark) not in _BLANK and mark not in _UNDRAWN)


def near(given: object, known: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """Return at most `limit` known ids that look like the one given, the likest first.

    Case does not count, nor does the order of `known`. An id that differs in its numbers alone is no hint: it
    names another thing of the kind, and what is no text looks like none. For the hint of
    `reliefstock.errors.Unknown`.

    >>> near("blankets", ["blanket", "quilt", "BLANKETS-L"])
    ('blanket', 'BLANKETS-L')
    """
    if not isinstance(given, str):
        return ()
    by_folded: dict[str, list[str]] = {}
    for text in sorted(set(known)):
        if not _another_number(given.casefold(), text.casefold()):
            by_folded.setdefault(text.casefold(), []).append(text)
    alike = get_close_matches(given.casefold(), by_folded, n=max(limit, 1))
    return tuple(text for folded in alike for text in by_folded[folded])[: max(limit, 0)]


def _another_number(given: str, text: str) -> bool:
    """Whether two ids are alike but for their numbers, zeros before them aside."""
    if _NUMBER.sub("0", given) != _NUMBER.sub("0", text):
        return False
    return [n.lstrip("0") for n in _NUMBER.findall(given)] != [n.lstrip("0") for n in _NUMBER.findall(text)]


def _wrong_size(text: str) -> str:
    if not text:
        return "it is empty"
    return f"it has {len(text)} characters, {_LONGEST} are allowed" if len(text) > _LONGEST else ""


def _wrong_ends(text: str) -> str:
    return "it begins or ends with a space" if text != text.strip() else ""


def _wrong_character(text: str) -> str:
    for position, character in enumerate(text, start=1):
        reason = _wrong(character)
        if reason:
            return f"character {position} is {reason}"
    return ""


def _wrong(character: str) -> str:
    if character in _RESERVED:
        return f"the reserved mark {character!r}"
    return "" if character == " " else _UNSEEN.get(category(character), "")
