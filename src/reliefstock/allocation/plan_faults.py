"""What can be wrong with a plan, in words: each fault names whom it is about, and the figures it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import attrs

from reliefstock.allocation.plan import Outcome
from reliefstock.allocation.saying import Sentences, sentence_of
from reliefstock.values import Language, choose

__all__ = ["PlanFault", "outcome_word"]

_SENTENCES: Final[Sentences] = MappingProxyType(
    {
        "assured": (
            "分到 {0} 个，而在规则之前应得 {1} 个",
            "has {0}, and {1} are due before any rule",
        ),
        "cap": ("分到 {0} 个，至多可分 {1} 个", "has {0}, and may have {1} at most"),
        "conservation": ("共分出 {0} 个，而只有 {1} 个", "{0} are given out of {1}"),
        "dearer": (
            "再得一箱 {0} 个的次序在先，而另有 {1} 个分给了次序在后的",
            "the next box of {0} was due before {1} that went to others",
        ),
        "least": ("分到 {0} 个，少于至少有用的 {1} 个", "has {0}, fewer than the {1} that are of use"),
        "left": ("还能用一箱 {0} 个，而剩下 {1} 个", "could use a box of {0}, and {1} are left"),
        "length": (
            "有 {0} 条需求、{1} 条数量、{2} 条缘由",
            "there are {0} demands, {1} awards and {2} outcomes",
        ),
        "lot": ("分到 {0} 个，不是每箱 {1} 个的整箱", "has {0}, which are not whole boxes of {1}"),
        "outcome": ("缘由记为“{0}”，应为“{1}”", "the outcome is stated as {0!r}, and it is {1!r}"),
        "quota": (
            "分到 {0} 箱，而按份额应在 {1} 与 {2} 箱之间",
            "has {0} boxes, and the share lies between {1} and {2}",
        ),
        "said": ("{0!r} 不是一种缘由", "{0!r} is no outcome"),
        "stated": (
            "证明书上的“{0}”与方案不符",
            "the certificate states another {0!r} than the plan has",
        ),
        "ticket": (
            "再得一箱 {0} 个与他人同价而签在先，却由签在后的得到",
            "the next box of {0} was due by the ticket, and went to a later ticket at the same price",
        ),
        "tier": (
            "还能用一箱 {0} 个，而有 {1} 个留给了后面的级别",
            "could use a box of {0}, and {1} were passed on to later tiers",
        ),
        "turn": (
            "分到 {0} 个，而至少有用的数量没有轮到",
            "has {0}, though the least amount was not to be had",
        ),
        "whole": ("数量 {0!r} 不是不小于零的整数", "{0!r} is no whole number from 0 on"),
        "won": (
            "分到 {0} 个，而抽签只能全得 {1} 个或只得 {2} 个",
            "has {0}, and by lot it is all of {1} or {2}",
        ),
    }
)


_OUTCOMES_ZH: Final[Mapping[Outcome, str]] = MappingProxyType(
    {
        Outcome.MET: "全部满足",
        Outcome.MOST: "达到有用上限",
        Outcome.LEVEL: "按规则分到为止",
        Outcome.DRAWN: "凭签多得一箱",
        Outcome.TIED: "凭签未得一箱",
        Outcome.LEAST: "只得保证数",
        Outcome.BELOW_LEAST: "不足至少有用数",
        Outcome.LOT: "整箱放不下",
        Outcome.NO_MORE: "轮到时已分完",
        Outcome.WON: "抽签得中",
        Outcome.LOST: "抽签未中",
        Outcome.NO_NEED: "没有需求",
    }
)


@attrs.frozen
class PlanFault:
    """One thing in a plan that is not as the rule has it; `recipient` is empty where it is about all.

    `code` is one of `PlanFault.CODES`.

    >>> PlanFault("lot", "school 12", (7, 5)).sentence()
    'school 12: has 7, which are not whole boxes of 5'
    """

    code: str
    recipient: str
    figures: tuple[object, ...] = ()

    CODES = tuple(_SENTENCES)

    def sentence(self, lang: Language = "en") -> str:
        """What is wrong, in Chinese (`zh`) or English. Raises `Incomplete` for another language."""
        figures = (outcome_word(one, lang) if isinstance(one, Outcome) else one for one in self.figures)
        return sentence_of(_SENTENCES, self.code, self.recipient, figures, lang)


def outcome_word(outcome: Outcome, lang: Language = "en") -> str:
    """What is said of an award, in a few words.

    >>> outcome_word(Outcome.TIED, "zh"), outcome_word(Outcome.BELOW_LEAST)
    ('凭签未得一箱', 'below least')
    """
    return choose(lang, zh=_OUTCOMES_ZH[outcome], en=outcome.value)
