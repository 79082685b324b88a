"""Identifiers: short texts that name a donor, a lot or a depot, on screen, on paper and over the telephone.

Two ids that look the same must be the same, so every id is brought to one Unicode form (NFC), and what
cannot be seen, or would break the keys and addresses that ids are put into, is refused. Chinese is fine.
"""

from __future__ import annotations

from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from unicodedata import category, normalize

from reliefstock.errors import BadIdentifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["identifier", "near"]

_LONGEST: Final = 64
_RESERVED: Final = ":/|"
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


def near(given: str, known: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """Return at most `limit` known ids that look like the one given, the likest first.

    Case does not count, nor does the order of `known`. For the hint of `reliefstock.errors.Unknown`.

    >>> near("blankets", ["blanket", "quilt", "BLANKETS-L"])
    ('blanket', 'BLANKETS-L')
    """
    spelled: dict[str, list[str]] = {}
    for text in sorted(set(known)):
        spelled.setdefault(text.casefold(), []).append(text)
    alike = get_close_matches(given.casefold(), spelled, n=max(limit, 1))
    return tuple(text for folded in alike for text in spelled[folded])[: max(limit, 0)]


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
