"""What is wrong with the data, as data: gathered, never raised.

A finding has a code for programs, a sentence in both languages for people, the figures that it rests on,
and the documents behind it. Findings of one check are in a fixed order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from reliefstock.values import Language

__all__ = ["Finding"]


@attrs.frozen(kw_only=True)
class Finding:
    """One thing that does not add up, or that cannot be told.

    `about` names what it is about (a claim, a lot, a waybill); `figures` are named numbers as text;
    `documents` are the numbers of the documents behind it.
    """

    code: str
    about: str
    zh: str
    en: str
    figures: tuple[tuple[str, str], ...] = ()
    documents: tuple[str, ...] = ()

    def text(self, lang: Language = "en") -> str:
        """The sentence in Chinese (`zh`) or English."""
        return self.zh if lang == "zh" else self.en
