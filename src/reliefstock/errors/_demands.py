"""Demands that no rule can share out for, and what can be wrong with one."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import attrs

from reliefstock.errors._base import ValueRefused

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["BadDemand"]


@attrs.define
class BadDemand(ValueRefused):
    """A demand is not one that can be shared out for; `fault` says what is wrong with it.

    `stated` has the figures: of a demand its need, weight, tier, least, most and lot.
    """

    recipient: str
    fault: str
    stated: tuple[object, ...] = ()

    def __str__(self) -> str:
        return f"the demand of {self.recipient}: {_DEMANDS[self.fault][0].format(*self.stated)}"

    def _zh(self) -> str:
        return f"{self.recipient} 的需求：{_DEMANDS[self.fault][1].format(*self.stated)}"


_DEMANDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "whole": (
            "{0!r} and what else is stated are not all whole numbers; state whole units",
            "{0!r} 等数字不全是整数；请用整数单位填写",
        ),
        "negative": (
            "{0} units are needed; state a whole number from 0 on, also as least and most",
            "需要 {0} 个；请填写不小于 0 的整数，最少与最多亦同",
        ),
        "weight": ("the weight is {1}; state a whole number from 1 on", "权数为 {1}；请填写不小于 1 的整数"),
        "lot": ("a box has {5} units; state a whole number from 1 on", "每箱 {5} 个；请填写不小于 1 的整数"),
        "large": (
            "a number has more than 63 bits; count in larger units",
            "数字超过 63 位二进制；请改用较大的单位",
        ),
        "least": (
            "at least {3} are asked for, and at most {4} of {0} needed are of use; change one of these",
            "至少要 {3} 个，而需要 {0} 个、至多 {4} 个有用；请调低前者或调高后者",
        ),
        "twice": ("there are two of one recipient; add them up", "同一接收方有两条；请合并"),
        "items": (
            "it is for {0!r}, and the first is for {1!r}; share out item by item",
            "物资为 {0!r}，而第一条为 {1!r}；请按物资分别分配",
        ),
        "length": (
            "it has {0} rows and there are {1} recipients; state a row for each",
            "有 {0} 行，而接收方有 {1} 个；请每个接收方一行",
        ),
        "sources": ("nothing says which sources it may have; name them", "没有写明可用哪些来源；请写明"),
        "id": ("its recipient is no text; name it by its id", "接收方不是文本；请用编号写明"),
        "column": (
            "it is none; state need, weight, tier, least, most or lot, a list of whole numbers each",
            "没有这一列；请填写 need、weight、tier、least、most 或 lot，各为整数列表",
        ),
        "reached": (
            "of the least amount of {0} there is enough for each alone and not for all; say who goes without",
            "至少有用的 {0} 个，单独都够，合起来不够；请指明谁不参加",
        ),
    }
)
