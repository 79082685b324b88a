"""Entries that would break a promise of the ledger."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal

import attrs

from reliefstock.errors._base import ReliefstockError

if TYPE_CHECKING:
    from datetime import date

__all__ = [
    "BelowZero",
    "CountBroken",
    "CountConflict",
    "CountOvertaken",
    "HeldForOthers",
    "HoldBroken",
    "LotOriginBroken",
    "PastChanged",
    "PeriodClosed",
    "PeriodSealed",
    "PromiseBroken",
    "QuantityNotConserved",
    "ResidueLeft",
    "ValueNotConserved",
]


class PromiseBroken(ReliefstockError):
    """An entry would break a promise of the ledger; nothing was posted."""


@attrs.define
class QuantityNotConserved(PromiseBroken):
    """Promise 1: in every entry the quantities of each lot sum to zero."""

    lot: str
    difference: int

    def __str__(self) -> str:
        return (
            f"the postings of lot {self.lot} sum to {self.difference:+d} units, not to zero; "
            "say where the rest came from or went"
        )

    def _zh(self) -> str:
        return f"批次 {self.lot} 的各笔数量合计为 {self.difference:+d}，不为零；请写明其余的来处或去处"


@attrs.define
class ValueNotConserved(PromiseBroken):
    """Promise 2: in every entry the values of each lot, or of a conversion, sum to zero."""

    where: str
    difference: int

    def __str__(self) -> str:
        return (
            f"the values of {self.where} sum to {self.difference:+d} minor units, not to zero; "
            "say where the rest came from or went"
        )

    def _zh(self) -> str:
        return (
            f"{self.where} 的各笔金额合计为 {self.difference:+d}（最小货币单位），不为零；"
            "请写明其余的来处或去处"
        )


@attrs.define
class BelowZero(PromiseBroken):
    """Promise 3: no place inside holds less than nothing on any date."""

    place: str
    lot: str
    on: date
    asked: int
    there: int

    def __str__(self) -> str:
        return (
            f"asked to take {self.asked} of lot {self.lot} from {self.place}, but on "
            f"{self.on.isoformat()} only {self.there} would be there; take less, take another lot, "
            "or correct the later entries first"
        )

    def _zh(self) -> str:
        return (
            f"要从 {self.place} 取批次 {self.lot} 的 {self.asked}，"
            f"但 {self.on.isoformat()} 那里只会有 {self.there}；"
            "请少取，改取其他批次，或先更正其后的分录"
        )


@attrs.define
class CountOvertaken(BelowZero):
    """Promise 3: units that a count found missing have left by the book since, so they cannot be lost.

    `count` is the plan of the count, `since` are the entries that took from the lot after it was counted.
    """

    count: str
    since: tuple[int, ...]

    def __str__(self) -> str:
        return (
            f"count {self.count} found {self.asked} of lot {self.lot} missing in {self.place}, and from "
            f"{self.on.isoformat()} on only {self.there} of it are left there: entries "
            f"{', '.join(map(str, self.since))} took them since; correct those that took what was not there, "
            "or withdraw the sheets and count again"
        )

    def _zh(self) -> str:
        return (
            f"盘点 {self.count} 发现 {self.place} 的批次 {self.lot} 少 {self.asked}，"
            f"但 {self.on.isoformat()} 起那里只剩 {self.there}：其后由第 "
            f"{'、'.join(map(str, self.since))} 号分录出库；请更正多出库的分录，或撤回盘点表后重新盘点"
        )


@attrs.define
class ResidueLeft(PromiseBroken):
    """Promise 4: a place with no units of a lot holds none of its value.

    Values are in minor units. `least` and `most` are what the units asked for can carry.
    """

    place: str
    lot: str
    on: date
    asked: int
    least: int
    most: int

    def __str__(self) -> str:
        return (
            f"taking a value of {self.asked} minor units of lot {self.lot} from {self.place} would "
            f"leave value without units on {self.on.isoformat()}, the units can carry {self.least} "
            f"to {self.most}; date the entry later, or correct the later entries first"
        )

    def _zh(self) -> str:
        return (
            f"从 {self.place} 取走批次 {self.lot} 的 {self.asked}（最小货币单位），"
            f"{self.on.isoformat()} 会剩下没有数量的金额，这些数量可带走 {self.least} 至 {self.most}；"
            "请把日期写晚，或先更正其后的分录"
        )


@attrs.define
class PastChanged(PromiseBroken):
    """Promise 5: an entry is never changed; it is reversed, once, exactly, and done again."""

    entry: int
    reason: str

    def __str__(self) -> str:
        return f"entry {self.entry} stands: {self.reason}"

    def _zh(self) -> str:
        return f"第 {self.entry} 号分录不可改动：{self.reason}"


@attrs.define
class CountBroken(PromiseBroken):
    """Promise 6: a count says what was counted, and what the book knew at that moment."""

    document: str
    lot: str
    reason: str

    def __str__(self) -> str:
        return f"the count of lot {self.lot} on {self.document} cannot be kept: {self.reason}"

    def _zh(self) -> str:
        return f"{self.document} 对批次 {self.lot} 的盘点不能登记：{self.reason}"


@attrs.define
class CountConflict(PromiseBroken):
    """Promise 6: entries that came to be known after a count may explain what it found.

    `entries` are their numbers, `lots` what they moved; each is to be acknowledged.
    """

    count: str
    entries: tuple[int, ...]
    lots: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"count {self.count} did not know entries {self._entries('en')}, which tell of days before it or "
            f"take such entries back, of lot {', '.join(self.lots)}; look at them and name each: in late= to "
            "take it into what the book said on that day, or in set_aside= where it only takes an entry back "
            "and changes nothing of what was counted"
        )

    def _zh(self) -> str:
        return (
            f"盘点 {self.count} 时账簿尚无第 {self._entries('zh')} 号分录，"
            f"它们涉及盘点以前的事，批次 {'、'.join(self.lots)}；请逐一核对并写明："
            "计入当日账面数的写入 late=，只是冲销、与所盘数量无关的写入 set_aside="
        )

    def _entries(self, lang: Literal["en", "zh"]) -> str:
        return ("、" if lang == "zh" else ", ").join(map(str, self.entries))


@attrs.define
class HoldBroken(PromiseBroken):
    """Promise 7: a hold keeps something that is there, and is resolved once."""

    hold: str
    lot: str
    reason: str

    def __str__(self) -> str:
        return f"hold {self.hold} on lot {self.lot} stands as it is: {self.reason}"

    def _zh(self) -> str:
        return f"预留 {self.hold}（批次 {self.lot}）不可改动：{self.reason}"


@attrs.define
class HeldForOthers(PromiseBroken):
    """Promise 3: what is held for one is not given to another. Quantities are in base units.

    `free` is what could be taken at most.
    """

    place: str
    lot: str
    on: date
    asked: int
    free: int

    def __str__(self) -> str:
        return (
            f"asked for {self.asked} of lot {self.lot} in {self.place} from {self.on.isoformat()} on, "
            f"{self.free} are free and the rest is held for others; take less, take another lot, name the "
            "hold, or release one first"
        )

    def _zh(self) -> str:
        return (
            f"{self.on.isoformat()} 起要用 {self.place} 批次 {self.lot} 的 {self.asked}，"
            f"未预留的只有 {self.free}，其余已为他人预留；请少取，改取其他批次，写明预留编号，或先解除预留"
        )


@attrs.define
class PeriodClosed(PromiseBroken):
    """Promise 9: nothing is dated on a day that is closed."""

    day: date
    closed_through: date

    @property
    def first_open(self) -> date:
        """The day on which late news can be entered."""
        return self.closed_through + timedelta(days=1)

    def __str__(self) -> str:
        return (
            f"{self.day.isoformat()} is closed, the book is closed through "
            f"{self.closed_through.isoformat()}; date it {self.first_open.isoformat()} or later and say "
            f"which day it is about: concerns='{self.day.isoformat()}'"
        )

    def _zh(self) -> str:
        return (
            f"{self.day.isoformat()} 已结账（本账簿已结至 {self.closed_through.isoformat()}）；"
            f"请记在 {self.first_open.isoformat()} 或以后，并注明所属日期："
            f"concerns='{self.day.isoformat()}'"
        )


@attrs.define
class PeriodSealed(PromiseBroken):
    """Promise 9: what is sealed is never opened again."""

    sealed_through: date

    def __str__(self) -> str:
        return (
            f"the book is sealed through {self.sealed_through.isoformat()} and stays closed up to then; "
            "enter late news on the first open day, with the date that it is about"
        )

    def _zh(self) -> str:
        return (
            f"账簿已封存至 {self.sealed_through.isoformat()}，不能再开；"
            "迟到的事项请记在第一个未结账的日期，并注明所属日期"
        )


@attrs.define
class LotOriginBroken(PromiseBroken):
    """A lot comes in once and whole, and each entry tells from where to where it went."""

    lot: str
    reason: str

    def __str__(self) -> str:
        return f"lot {self.lot} cannot be posted so: {self.reason}"

    def _zh(self) -> str:
        return f"批次 {self.lot} 不能这样记账：{self.reason}"
