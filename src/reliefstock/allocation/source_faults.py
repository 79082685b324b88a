"""What can be wrong with a plan out of several sources, or with a transport, in words."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

import attrs

from reliefstock.allocation.saying import Sentences, sentence_of
from reliefstock.values import Language

__all__ = ["SourceFault"]

_SENTENCES: Final[Sentences] = MappingProxyType(
    {
        "alone": (
            "什么也没有，而至少有用的 {0} 个是可以得到的",
            "has nothing, and the least amount of use, {0}, was to be had",
        ),
        "apart": ("没有列入任何瓶颈", "it is in no bottleneck"),
        "better": (
            "再得一箱的次序在先，而同一来源的他人已分到次序在后的",
            "its next box was due before one that others have of what it may receive of",
        ),
        "beyond": (
            "还能领取来源 {0}，而该来源未在它的瓶颈之前用完",
            "may receive of source {0}, which is not used up as far as its bottleneck",
        ),
        "cap": ("分到 {0} 个，至多可分 {1} 个", "has {0}, and may have {1} at most"),
        "cost": ("总成本为 {0}，而写的是 {1}", "the cost is {0}, and {1} is stated"),
        "dear": (
            "由来源 {0} 发放，单位成本加稀缺价为 {1}，而另有来源只需 {2}",
            "served by source {0} at {1} with the price of what is scarce, and {2} is possible",
        ),
        "least": ("分到 {0} 个，少于至少有用的 {1} 个", "has {0}, fewer than the {1} that are of use"),
        "length": (
            "有 {0} 条需求、{1} 条数量、{2} 条缘由",
            "there are {0} demands, {1} awards and {2} reasons",
        ),
        "left": ("剩下 {0} 个，而写的是 {1} 个", "{0} are left, and {1} are stated"),
        "lot": ("数量 {0} 不是每箱 {1} 个的整箱", "{0} are not whole boxes of {1}"),
        "not for it": ("领取了限定给他人的来源 {0}", "has of source {0}, which is not for it"),
        "price": (
            "稀缺价为 {0}，而还剩 {1} 个；有剩余的来源应为 0",
            "the price of what is scarce is {0}, and {1} are left; it is 0 where any are",
        ),
        "outcome": ("缘由与方案不符", "what is said to have decided on it is not so"),
        "over": ("发出 {0} 个，而只有 {1} 个", "{0} are given out of {1}"),
        "sum": ("由各来源共领 {0} 个，而分到 {1} 个", "has {0} of all sources, and {1} are awarded"),
        "unknown": ("不在方案之内", "it is not in the plan"),
    }
)


@attrs.frozen
class SourceFault:
    """One thing that is not as it has to be, about a recipient or a source; `code` is one of `CODES`.

    >>> SourceFault("over", "lot 7", (12, 10)).sentence()
    'lot 7: 12 are given out of 10'
    """

    code: str
    about: str
    figures: tuple[object, ...] = ()

    CODES = tuple(_SENTENCES)

    def sentence(self, lang: Language = "en") -> str:
        """What is wrong, in Chinese (`zh`) or English. Raises `Incomplete` for another language."""
        return sentence_of(_SENTENCES, self.code, self.about, self.figures, lang)
