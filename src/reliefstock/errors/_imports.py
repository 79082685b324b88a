"""Data files with bad rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import attrs

from reliefstock.errors._base import ReliefstockError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["BadRow", "ImportRefused"]


@attrs.frozen
class BadRow:
    """One thing wrong with one cell of a data file. Lines count from 1, the header is line 1.

    Of columns, which have no header, the first row is line 1.

    `reason_zh` is the reason in Chinese, where whoever noted it has said it in Chinese too.
    """

    __module__ = "reliefstock.errors"  # from where it is imported

    file: str
    line: int
    column: str
    given: str
    reason: str
    reason_zh: str = ""

    def __str__(self) -> str:
        column = f", column {self.column}" if self.column else ""
        given = f" (got {self.given!r})" if self.given else ""
        return f"{self.file}, line {self.line}{column}: {self.reason}{given}"

    def sentence(self, lang: Literal["en", "zh"] = "en") -> str:
        """What is wrong, in English or in Chinese (`zh`); the reason in English where it has no other."""
        if lang != "zh":
            return str(self)
        column = f"，{self.column} 列" if self.column else ""
        given = f"（现为 {self.given!r}）" if self.given else ""
        return f"{self.file} 第 {self.line} 行{column}：{self.reason_zh or self.reason}{given}"


class ImportRefused(ReliefstockError):
    """A data file has bad rows: all of them are listed, and nothing was posted."""

    def __init__(self, rows: Sequence[BadRow]) -> None:
        self.rows = tuple(rows)
        super().__init__(self.rows)

    def __str__(self) -> str:
        things = "one thing is" if len(self.rows) == 1 else f"{len(self.rows)} things are"
        head = f"{things} wrong with the data, nothing was posted; correct it and import again:"
        return "\n".join([head, *(f"  {row}" for row in self.rows)])

    def _zh(self) -> str:
        head = f"数据有 {len(self.rows)} 处错误，一笔也未记账；请改正后重新导入："
        return "\n".join([head, *(f"  {row.sentence('zh')}" for row in self.rows)])
