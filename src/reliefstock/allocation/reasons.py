"""Why each has what they have: a sentence for every award, in Chinese and in English.

Sentences are made when they are asked for. What is said of a million households is put together once for all
who stand alike, and only tickets are looked up one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from math import gcd
from types import MappingProxyType
from typing import Final

import attrs

from reliefstock.allocation.plan import Outcome, Plan
from reliefstock.allocation.prices import Price, price
from reliefstock.allocation.rounding import Rounding
from reliefstock.allocation.rules import (
    ContestedGarment,
    Equal,
    EqualLosses,
    Lottery,
    MaxMinFill,
    Proportional,
    Rule,
)
from reliefstock.allocation.shortfalls import CatchUp
from reliefstock.allocation.standing import Cohort, Row, Standing, Tier
from reliefstock.allocation.tickets import ticket
from reliefstock.errors import Unknown
from reliefstock.values import Language, choose

__all__ = ["Reasons", "left_reason", "level_text", "reason", "rule_text"]

_SHOWN: Final = 12  # so many figures of a ticket are enough to find it
_TICKET: Final = "\0"  # stands in a sentence where the ticket comes

_WHY: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "met": ("需求全部满足", "all that is needed"),
        "most": ("超过 {most} 个没有用处", "more than {most} would be of no use"),
        "level": (
            "按规则分到{reached}为止，再得一箱要到{next}",
            "the rule reached {reached}, and the next box is due only at {next}",
        ),
        "level after": (
            "再得一箱在{next}，同等的先给小箱、先给一箱提高更多的",
            "the next box, at {next}, comes after equals whose boxes are smaller or lift them higher",
        ),
        "level unreached": ("按规则已没有可分的", "nothing was left for the rule to give"),
        "level remainders": (
            "按份额应得 {quota} 箱，零头按最大余数取舍",
            "the exact share is {quota} boxes, and the largest remainders have one more",
        ),
        "drawn": (
            "最后一箱在{last}，同等的不够分，凭签 {ticket} 得到",
            "the last box, at {last}, did not go round among equals and came by ticket {ticket}",
        ),
        "drawn remainders": (
            "按份额应得 {quota} 箱，余数相同的不够分，凭签 {ticket} 多得一箱",
            "the exact share is {quota} boxes, and among equal remainders one more came by ticket {ticket}",
        ),
        "tied": (
            "再得一箱在{next}，同等的不够分，签 {ticket} 未中",
            "the next box, at {next}, did not go round among equals, and ticket {ticket} came too late",
        ),
        "tied remainders": (
            "按份额应得 {quota} 箱，余数相同的不够分，签 {ticket} 未中",
            "the exact share is {quota} boxes, and among equal remainders ticket {ticket} came too late",
        ),
        "least": (
            "只得规则之前保证的（人人先得 {floor}，至少有用 {least}）",
            "no more than is assured before the rule (a floor of {floor}, a least amount of {least})",
        ),
        "below least": (
            "至少 {least} 个才有用，已不够",
            "the least amount that is of use, {least}, was not to be had",
        ),
        "lot": (
            "每箱 {lot} 个，再得一箱超过所余或所需",
            "one more box of {lot} does not fit into what was left, or into what is of use",
        ),
        "no more": ("轮到第 {tier} 级时已分完", "nothing was left for tier {tier}"),
        "no more than floor": (
            "轮到第 {tier} 级时已分完，只得人人先得的 {floor}",
            "beyond the floor of {floor} nothing was left for tier {tier}",
        ),
        "won": ("抽签得中，签 {ticket}", "won by lot, with ticket {ticket}"),
        "lost": ("抽签未中，签 {ticket}", "lost by lot, with ticket {ticket}"),
        "no need": ("没有需求", "nothing is needed"),
    }
)


class Reasons(Sequence[str]):
    """The sentences of all awards of a plan, in the order of the demands.

    >>> from reliefstock.allocation import Demand, MaxMinFill, share
    >>> plan = share(8, [Demand("A", 6), Demand("B", 3), Demand("C", 2)], MaxMinFill())
    >>> for sentence in Reasons(plan): print(sentence.partition(": ")[2])
    needs 6, has 4 (2/3): the rule reached 1/2 of the need, and the next box is due only at 2/3 of the need.
    needs 3, has 2 (2/3): the rule reached 1/2 of the need, and the next box is due only at 2/3 of the need.
    needs 2, has 2 (1): all that is needed.
    """

    def __init__(self, plan: Plan, lang: Language = "en") -> None:
        self.plan = plan
        self.lang: Language = lang
        self._standing = Standing(plan)

    def __len__(self) -> int:
        return len(self.plan)

    def __iter__(self) -> Iterator[str]:
        said = self._said  # with it the rows are known
        rows, row_of = self._standing.alike
        texts = [said[row] for row in rows]
        for recipient, number in zip(self.plan.demands.recipients, row_of, strict=True):
            text = texts[number]
            if _TICKET in text:
                text = text.replace(_TICKET, self._ticket(recipient, rows[number][0]))
            yield recipient + text

    def __getitem__(self, at: int) -> str:  # pyright: ignore[reportIncompatibleMethodOverride] -- no slices
        return self.plan.demands.recipients[at] + self._with_ticket(self._said, at)

    def why(self, at: int) -> str:
        """The reason alone, for a table that has the figures."""
        return self._with_ticket(self._whys, at)

    def of(self, recipient: str) -> str:
        """The sentence of a recipient. Raises `Unknown`."""
        at = self.plan.demands.place_of.get(recipient)
        if at is None:
            raise Unknown("recipient", recipient)
        return self[at]

    def _with_ticket(self, texts: Mapping[Row, str], at: int) -> str:
        """What is said of one recipient. The texts are given, as with them the rows are known."""
        at = range(len(self))[at]
        row = self._standing.row(at)
        return texts[row].replace(_TICKET, self._ticket(self.plan.demands.recipients[at], row[0]))

    @cached_property
    def _whys(self) -> Mapping[Row, str]:
        """The reason of all who stand alike."""
        return {
            one.row: self._why(one, reached, quota)
            for tier in self._standing.tiers
            for reached in [self._reached(tier)]
            for one, quota in self._with_quotas(tier)
        }

    def _reached(self, tier: Tier) -> _Reached | None:
        price = tier.reached(self.plan.rule)
        return None if price is None else _Reached(price, level_text(self.plan.rule, price, self.lang))

    def _with_quotas(self, tier: Tier) -> Iterator[tuple[Cohort, Fraction | None]]:
        """The cohorts, with their exact shares in boxes where they are rounded by the largest remainders."""
        quotas: dict[Row, Fraction] = {}
        if self.plan.rule.rounding is Rounding.HAMILTON:
            shares = tier.quotas(self.plan)
            quotas = {one.row: share for one, share in zip(tier.open, shares, strict=True)}
        return ((one, quotas.get(one.row)) for one in tier.cohorts)

    @cached_property
    def _said(self) -> Mapping[Row, str]:
        """All of a sentence but the recipient, and the ticket, of all who stand alike."""
        has_tiers = len(self._standing.tiers) > 1
        whys = self._whys
        return {
            row: self._sentence(one, whys[row], has_tiers=has_tiers)
            for tier in self._standing.tiers
            for one in tier.cohorts
            for row in [one.row]
        }

    def _sentence(self, one: Cohort, why: str, *, has_tiers: bool) -> str:
        kind = one.kind
        is_zh = self.lang == "zh"
        parts = [f"第 {kind.tier} 级，" if is_zh else f"tier {kind.tier}, "] if has_tiers else []
        parts += [f"权数 {kind.weight}，" if is_zh else f"weight {kind.weight}, "] if kind.weight > 1 else []
        has = f"需要 {kind.need} 个，分得 {one.units} 个" if is_zh else f"needs {kind.need}, has {one.units}"
        parts.append(has)
        if kind.need:
            filled = _ratio(one.units, kind.need)
            parts.append(f"（{filled}）" if is_zh else f" ({filled})")
        return f"：{''.join(parts)}：{why}。" if is_zh else f": {''.join(parts)}: {why}."

    def _why(self, one: Cohort, reached: _Reached | None, quota: Fraction | None) -> str:
        kind = one.kind
        told: dict[str, object] = {
            "most": kind.most,
            "least": kind.least,
            "lot": kind.lot,
            "tier": kind.tier,
            "floor": self.plan.floor,
            "ticket": _TICKET,
            "quota": quota,
        }
        key = one.outcome.value
        if one.outcome in _OF_THE_RULE:
            key, levels = self._at_level(one, reached, quota)
            told |= levels
        elif one.outcome is Outcome.NO_MORE and one.boxes:
            key = "no more than floor"
        zh, en = _WHY[key]
        return choose(self.lang, zh=zh, en=en).format(**told)

    def _at_level(
        self, one: Cohort, reached: _Reached | None, quota: Fraction | None
    ) -> tuple[str, dict[str, str]]:
        """Which reason it is where the level of the rule decided, and the levels in words."""
        key, rule = one.outcome.value, self.plan.rule
        if quota is not None:
            return f"{key} remainders", {}
        if reached is None:
            return "level unreached", {}
        if one.outcome is Outcome.DRAWN:
            return key, {"last": level_text(rule, price(rule, one.kind, max(one.boxes, 1)), self.lang)}
        after = price(rule, one.kind, one.boxes + 1)
        if one.outcome is Outcome.LEVEL and after <= reached.price:
            key = "level after"
        return key, {"reached": reached.text, "next": level_text(rule, after, self.lang)}

    def _ticket(self, recipient: str, kind: int) -> str:
        plan = self.plan
        if isinstance(plan.rule, Lottery):
            return ticket(plan.seed, recipient, plan.demands.kinds[kind].weight)[:_SHOWN]
        return ticket(plan.seed, recipient)[:_SHOWN] if plan.seed else recipient


@attrs.frozen
class _Reached:
    """The level that a tier reached, and that in words, which are the same for all in it."""

    price: Price
    text: str


def _ratio(units: int, need: int) -> str:
    """A fill rate in lowest terms; a fraction of its own for each sentence would cost more than the rest."""
    divisor = gcd(units, need)
    return f"{units // divisor}/{need // divisor}" if need > divisor else str(units // divisor)


_OF_THE_RULE: Final = frozenset({Outcome.LEVEL, Outcome.DRAWN, Outcome.TIED})


def reason(plan: Plan, at: int | str, lang: Language = "en") -> str:
    """Why a recipient, by place or by id, has what they have. Raises `Unknown`, or `IndexError`.

    Whoever asks for many makes `Reasons` once.

    >>> from reliefstock.allocation import Demand, Equal, share
    >>> plan = share(5, [Demand("A", 6, most=2), Demand("B", 6)], Equal())
    >>> reason(plan, "A", "zh")
    'A：需要 6 个，分得 2 个（1/3）：超过 2 个没有用处。'
    """
    reasons = Reasons(plan, lang)
    return reasons.of(at) if isinstance(at, str) else reasons[at]


def left_reason(plan: Plan, lang: Language = "en") -> str:
    """What is left of a plan, and why.

    >>> from reliefstock.allocation import Demand, Equal, share
    >>> left_reason(share(5, [Demand("A", 6, lot=3)], Equal()))
    '2 are left: no box that is still of use is so small.'
    """
    left = plan.left
    if not left:
        return choose(lang, zh="没有剩余。", en="Nothing is left.")
    is_of_use = any(
        0 < one.high > one.boxes
        for tier in Standing(plan).tiers
        for one in tier.cohorts
        if not one.had_no_turn
    )
    if is_of_use:
        return choose(
            lang,
            zh=f"剩余 {left} 个：还能用的每箱都比这多。",
            en=f"{left} are left: no box that is still of use is so small.",
        )
    return choose(
        lang, zh=f"剩余 {left} 个：没有人还能用。", en=f"{left} are left: nobody has any more use for them."
    )


def rule_text(rule: Rule, lang: Language = "en") -> str:
    """The name of a rule, and how it is rounded.

    >>> rule_text(Proportional()), rule_text(Proportional(), "zh"), rule_text(MaxMinFill())
    ('proportional (Webster)', '按需求比例（Webster）', 'max-min fill rate')
    """
    if isinstance(rule, MaxMinFill | Lottery):
        return choose(lang, zh=rule.zh, en=rule.name)
    rounding = rule.rounding.value
    return choose(lang, zh=f"{rule.zh}（{rounding}）", en=f"{rule.name} ({rounding})")


def level_text(rule: Rule, at: Price, lang: Language = "en") -> str:
    """The level of a rule in words, per weight of 1; where it is rounded by Hill as a root.

    >>> level_text(Proportional(), (0, Fraction(2, 3))), level_text(EqualLosses(), (0, Fraction(-50)))
    ('2/3 of the need', 'a loss of 50')
    """
    half, level = at
    number = f"√({level})" if rule.rounding is Rounding.HILL else str(level)
    if isinstance(rule, Equal):
        return choose(lang, zh=f"每份 {number} 个", en=f"{number} each")
    if isinstance(rule, CatchUp):
        return choose(lang, zh=f"各轮累计需求的 {number}", en=f"{number} of all that was needed so far")
    if isinstance(rule, Proportional | MaxMinFill):
        return choose(lang, zh=f"需求的 {number}", en=f"{number} of the need")
    if isinstance(rule, EqualLosses) or (isinstance(rule, ContestedGarment) and half):
        return choose(lang, zh=f"缺口 {-level} 个", en=f"a loss of {-level}")
    return choose(lang, zh=f"每份 {number} 个", en=f"{number} each")
