"""The two languages that people read here. Which one is said in each call and remembered nowhere.

Every text of the library goes through `choose`, so that no other language is ever half there.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from reliefstock.errors import Incomplete

__all__ = ["Language", "choose"]

Language: TypeAlias = Literal["en", "zh"]


def choose(lang: str, *, en: str, zh: str) -> str:
    """Return the text in the language asked for.

    Raises:
        Incomplete: `lang` is neither 'en' nor 'zh'.

    >>> choose("zh", en="piece", zh="件")
    '件'
    """
    if lang == "zh":
        return zh
    if lang == "en":
        return en
    raise Incomplete(
        "a text for people",
        f"there is none in the language {lang!r}",
        "ask for 'zh' or 'en'",
        zh=f"没有 {lang!r} 这种语言的文字；请用 'zh' 或 'en'",
    )
