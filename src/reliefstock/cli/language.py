"""Which language to speak: the one that the command asks for, else that of the environment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reliefstock.values import Language

__all__ = ["language"]

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")  # in the order in which they count


def language(words: Sequence[str], environment: Mapping[str, str]) -> Language:
    """The language of a command, looked up before it is parsed: its help and its errors are in it, too.

    >>> language(["stock", "county.db", "--lang", "zh"], {})
    'zh'
    >>> language([], {"LANG": "zh_CN.UTF-8"}), language([], {"LC_ALL": "C", "LANG": "zh_CN.UTF-8"})
    ('zh', 'en')
    """
    asked = _asked(words)
    if asked is None:
        stated = [environment[name] for name in _VARIABLES if environment.get(name)]
        asked = "zh" if stated and stated[0].lower().startswith("zh") else "en"
    return "zh" if asked == "zh" else "en"


def _asked(words: Sequence[str]) -> str | None:
    """The last `--lang` there is; what follows `--` is no option."""
    given = words[: words.index("--")] if "--" in words else words
    found: str | None = None
    for at, word in enumerate(given):
        name, equals, value = word.partition("=")
        if name == "--lang":
            found = value if equals else next(iter(given[at + 1 : at + 2]), None)
    return found
