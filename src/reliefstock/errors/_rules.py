"""Rules of the field that a request does not meet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import attrs

from reliefstock.errors._base import ReliefstockError

if TYPE_CHECKING:
    from datetime import date

__all__ = [
    "Blocker",
    "CloseBlocked",
    "NeedsApproval",
    "NotEnough",
    "NotOpen",
    "NotUsable",
    "OutsideRestriction",
    "OverCapacity",
    "RuleBroken",
]


class RuleBroken(ReliefstockError):
    """A rule of the field is not met; nothing was posted."""


@attrs.define
class NotEnough(RuleBroken):
    """There is less usable stock than asked for. Quantities are in base units of the item.

    Of what is counted by value these are minor units of `currency`, which has so many `decimals`.
    """

    item: str
    place: str
    on: date
    asked: int
    there: int
    passed_over: tuple[str, ...] = ()
    currency: str | None = None
    decimals: int = 0

    def __str__(self) -> str:
        why = f" ({'; '.join(self.passed_over)})" if self.passed_over else ""
        return (
            f"asked for {self._of_item()} from {self.place} on {self.on.isoformat()}, "
            f"{self._stated(self.there)} can be used{why}; ask for less, or bring in more first"
        )

    def _zh(self) -> str:
        why = f"（{'；'.join(self.passed_over)}）" if self.passed_over else ""
        return (
            f"{self.on.isoformat()} 要从 {self.place} 取 {self._of_item()}，"
            f"可用 {self._stated(self.there)}{why}；请减少数量，或先补充"
        )

    def _of_item(self) -> str:
        if self.currency is None:
            return f"{self.asked} {self.item}"
        of_what = "" if self.item == self.currency else f" of {self.item}"
        return f"{self._stated(self.asked)}{of_what}"

    def _stated(self, units: int) -> str:
        if self.currency is None:
            return str(units)
        major, minor = divmod(units, 10**self.decimals)
        return f"{self.currency} {major:,}" + (f".{minor:0{self.decimals}}" if self.decimals else "")


@attrs.define
class OutsideRestriction(RuleBroken):
    """A use for which the donor did not give the goods or the money."""

    lot: str
    restriction: str
    asked: str

    def __str__(self) -> str:
        return (
            f"lot {self.lot} was given for {self.restriction}, not for {self.asked}; "
            "use another lot, or record the donor's consent first"
        )

    def _zh(self) -> str:
        return (
            f"批次 {self.lot} 限用于 {self.restriction}，不能用于 {self.asked}；"
            "请改用其他批次，或先记录捐赠方的同意"
        )


@attrs.define
class NotUsable(RuleBroken):
    """The goods are expired, quarantined, or too short-lived to be accepted."""

    what: str
    reason: str
    do: str

    def __str__(self) -> str:
        return f"{self.what} cannot be used: {self.reason}; {self.do}"

    def _zh(self) -> str:
        return f"{self.what} 不可使用：{self.reason}；{self.do}"


@attrs.define(kw_only=True)
class OverCapacity(RuleBroken):
    """A load weighs more, or is larger, than its vehicle takes. In grams and millilitres; None: not stated.

    `unknown` are the items on it of which the weight or the volume is not known, so that it is more yet.
    """

    what: str
    vehicle: str
    weight: int
    max_weight: int | None
    volume: int
    max_volume: int | None
    unknown: tuple[str, ...] = ()

    def __str__(self) -> str:
        loads = self._over("kg", "L")
        over = " and ".join(f"{load} {unit} where it takes {most}" for load, most, unit in loads)
        more = f", and {', '.join(self.unknown)} not counted" if self.unknown else ""
        return (
            f"{self.what} is too much for vehicle {self.vehicle}: {over}{more}; "
            "send less, make two waybills of it, or name a larger vehicle"
        )

    def _zh(self) -> str:
        over = "、".join(f"{load} {unit}，限 {most}" for load, most, unit in self._over("千克", "升"))
        more = f"（{'、'.join(self.unknown)} 未计）" if self.unknown else ""
        return (
            f"{self.what} 超出车辆 {self.vehicle} 的承载：{over}{more}；"
            "请减少数量，分开两单，或改用更大的车辆"
        )

    def _over(self, kilograms: str, litres: str) -> list[tuple[str, str, str]]:
        loads = ((self.weight, self.max_weight, kilograms), (self.volume, self.max_volume, litres))
        return [
            (_thousandths(load), _thousandths(most), unit)
            for load, most, unit in loads
            if most is not None and load > most
        ]


def _thousandths(units: int) -> str:
    """Grams as kilograms, millilitres as litres: 4200 is 4.2."""
    whole, rest = divmod(units, 1000)
    return f"{whole:,}" + (f".{rest:03}".rstrip("0") if rest else "")


@attrs.define
class NeedsApproval(RuleBroken):
    """Somebody else must approve or take part, by rule."""

    what: str
    reason: str

    def __str__(self) -> str:
        return f"{self.what} needs approval: {self.reason}"

    def _zh(self) -> str:
        return f"{self.what} 须经批准：{self.reason}"


@attrs.frozen(kw_only=True)
class Blocker:
    """One thing that is in the way of closing a period, in both languages.

    `code` says what kind of thing it is, `about` names it (a plan of a count, a waybill), `documents` are the
    papers behind it.
    """

    __module__ = "reliefstock.errors"  # from where it is imported

    code: str
    about: str
    zh: str
    en: str
    documents: tuple[str, ...] = ()

    def sentence(self, lang: Literal["en", "zh"] = "en") -> str:
        """What is in the way, in English or in Chinese (`zh`)."""
        return self.zh if lang == "zh" else self.en


@attrs.define
class CloseBlocked(RuleBroken):
    """A period cannot be closed yet; `blockers` has all that is in the way. `period` is as it is written."""

    period: str
    blockers: tuple[Blocker, ...]

    def __str__(self) -> str:
        things = "one thing is" if len(self.blockers) == 1 else f"{len(self.blockers)} things are"
        head = f"{self.period} cannot be closed yet, {things} in the way; settle it and close it again:"
        return "\n".join([head, *(f"  {one.sentence('en')}" for one in self.blockers)])

    def _zh(self) -> str:
        head = f"{self.period} 还不能结账，有 {len(self.blockers)} 项未了结；请处理后再结账："
        return "\n".join([head, *(f"  {one.sentence('zh')}" for one in self.blockers)])


@attrs.define
class NotOpen(RuleBroken):
    """A document has already been dealt with, or nothing can be done with it yet."""

    document: str
    state: str
    asked: str
    do: str = "reverse what was done first"

    def __str__(self) -> str:
        return f"{self.document} is {self.state}, so it cannot be {self.asked}; {self.do}"

    def _zh(self) -> str:
        return f"{self.document} 的状态为 {self.state}，不能 {self.asked}；{self.do}"
