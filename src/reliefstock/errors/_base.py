"""The root of the errors, the branch of values, and the one error that any of them may raise itself."""

from __future__ import annotations

from functools import partial
from typing import Any, Final, Literal

import attrs

__all__ = ["Incomplete", "ReliefstockError", "ValueRefused"]

_PACKAGE: Final = "reliefstock.errors"


class ReliefstockError(Exception):
    """The root: catch this to catch all that the library raises on purpose.

    >>> from reliefstock.errors import CurrencyMismatch
    >>> print(CurrencyMismatch(asked="USD", there="CNY").sentence("zh"))
    USD 与 CNY 不能合在一起；请先按写明的汇率折算，并留存汇率依据
    """

    __module__ = _PACKAGE

    def __init_subclass__(cls) -> None:
        """An error of this package is shown, and pickled, as one of where it is imported from."""
        super().__init_subclass__()
        if cls.__module__.startswith(f"{_PACKAGE}."):
            cls.__module__ = _PACKAGE

    def __reduce__(self) -> str | tuple[Any, ...]:
        """Copied and pickled by its fields, so that those stated by keyword come back as well."""
        kind = type(self)
        if not attrs.has(kind):
            return super().__reduce__()
        return partial(kind, **{field.alias: getattr(self, field.name) for field in attrs.fields(kind)}), ()

    def sentence(self, lang: Literal["en", "zh"] = "en") -> str:
        """The sentence in English, as `str` gives it, or in Chinese (`zh`).

        What an operation said in words of its own, a reason or what to do, stays as it was said.

        Raises:
            Incomplete: `lang` is neither 'en' nor 'zh'.
        """
        if lang == "zh":
            return self._zh()
        if lang == "en":
            return str(self)
        raise Incomplete(
            "a text for people",
            f"there is none in the language {lang!r}",
            "ask for 'zh' or 'en'",
            zh=f"没有 {lang!r} 这种语言的文字；请用 'zh' 或 'en'",
        )

    def _zh(self) -> str:
        return str(self)


class ValueRefused(ReliefstockError, ValueError):
    """A value cannot be what it is meant to be."""


@attrs.define
class Incomplete(ValueRefused):
    """Something that must be stated is missing, or two statements exclude one another.

    `zh` is the whole sentence in Chinese, where whoever raised it has said it in Chinese too.
    """

    what: str
    missing: str
    do: str
    zh: str = attrs.field(default="", kw_only=True)

    def __str__(self) -> str:
        return f"{self.what}: {self.missing}; {self.do}"

    def _zh(self) -> str:
        return self.zh or f"{self.what}：{self.missing}；{self.do}"
