"""Dates, ids, printed figures and plain data that cannot be read as what they are meant to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from reliefstock.errors._base import ValueRefused

if TYPE_CHECKING:
    from datetime import date

__all__ = [
    "BadData",
    "BadIdentifier",
    "ContainsItself",
    "DateTooFarAhead",
    "NotABusinessDate",
    "UnreadableFigure",
]


@attrs.define
class NotABusinessDate(ValueRefused, TypeError):
    """An instant, a number or a text that is no ISO date stands where a business date is due."""

    given: object

    def __str__(self) -> str:
        due = f"a business date is due, got {type(self.given).__name__} {self.given!r}"
        if isinstance(self.given, str):
            return f"{due}; write it 'YYYY-MM-DD'"
        return (
            f"{due}; give a date or 'YYYY-MM-DD': an instant has no business date until somebody says "
            "in which time zone"
        )

    def _zh(self) -> str:
        due = f"此处须为业务日期，现为 {type(self.given).__name__} {self.given!r}"
        if isinstance(self.given, str):
            return f"{due}；请写成 'YYYY-MM-DD'"
        return f"{due}；请用日期或 'YYYY-MM-DD'：时刻要说明时区才有业务日期"


@attrs.define
class DateTooFarAhead(ValueRefused):
    """A business date is later than the policy of the book allows."""

    asked: date
    latest: date

    def __str__(self) -> str:
        return (
            f"{self.asked.isoformat()} is too far ahead, the latest date the book takes is "
            f"{self.latest.isoformat()}; check the year, or raise Policy.days_ahead"
        )

    def _zh(self) -> str:
        return (
            f"{self.asked.isoformat()} 太靠后，本账簿最晚接受 {self.latest.isoformat()}；"
            "请核对年份，或调大 Policy.days_ahead"
        )


@attrs.define
class BadIdentifier(ValueRefused):
    """An id is empty, too long, or has characters that cannot be told apart on paper."""

    what: str
    given: object
    reason: str

    def __str__(self) -> str:
        return f"{self.given!r} cannot be a {self.what}: {self.reason}"

    def _zh(self) -> str:
        return f"{self.given!r} 不能作为编号（{self.what}）：{self.reason}"


@attrs.define
class UnreadableFigure(ValueRefused):
    """A printed amount cannot be read, or could be read in more than one way."""

    text: str
    position: int
    reason: str

    def __str__(self) -> str:
        at = self.position + 1
        return f"cannot read {self.text!r} as a printed figure, at character {at}: {self.reason}"

    def _zh(self) -> str:
        return f"{self.text!r} 读不成数字，问题在第 {self.position + 1} 个字符：{self.reason}"


@attrs.define
class ContainsItself(ValueRefused):
    """A kit would contain itself; `loop` is the way from its item through others back to it."""

    item: str
    loop: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"a kit of {self.item} would contain itself: {' > '.join(self.loop)}; "
            "take one of them out of its bill, or give the kit an item of its own"
        )

    def _zh(self) -> str:
        return (
            f"{self.item} 会包含它自己：{' > '.join(self.loop)}；"
            "请从物料清单中去掉其中一项，或为该组合包另设物资"
        )


@attrs.define
class BadData(ValueRefused):
    """Plain data is not what it is meant to be; `problems` has all that is wrong, each with its path."""

    what: str
    problems: tuple[str, ...]

    def __str__(self) -> str:
        head = f"this is no {self.what}; correct it and send it again:"
        return "\n".join([head, *(f"  {problem}" for problem in self.problems)])

    def _zh(self) -> str:
        return "\n".join([f"这不是 {self.what}；请改正后重新提交：", *(f"  {one}" for one in self.problems)])
