"""What is said of plans in Chinese and in English: reasons by name, and faults with their figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Self, TypeAlias

from reliefstock.values import Language, choose

__all__ = ["Said", "Sentences", "sentence_of"]

Sentences: TypeAlias = Mapping[str, tuple[str, str]]
"""Of each code the sentence in Chinese and in English, with places for the figures."""


class Said(Enum):
    """A reason with its words, stated beside its name: a short code, then Chinese, then English."""

    zh: str
    en: str

    def __new__(cls, code: str, zh: str, en: str) -> Self:
        """The value is the code alone, so that what is kept of it does not change with the words."""
        made = object.__new__(cls)
        made._value_ = code
        made.zh = zh
        made.en = en
        return made

    def sentence(self, lang: Language = "en") -> str:
        """The same in words, in Chinese (`zh`) or English. Raises `Incomplete` for another language."""
        return choose(lang, zh=self.zh, en=self.en)


def sentence_of(
    sentences: Sentences, code: str, about: str, figures: Iterable[object], lang: Language
) -> str:
    """What is wrong, and about whom; nothing is said of that where it is about all.

    >>> sentence_of({"over": ("多 {0} 个", "{0} too many")}, "over", "lot 7", (2,), "zh")
    'lot 7：多 2 个'
    """
    zh, en = sentences[code]
    said = choose(lang, zh=zh, en=en).format(*figures)
    if not about:
        return said
    return choose(lang, zh=f"{about}：{said}", en=f"{about}: {said}")
