"""What is published with a plan: the few figures from which anybody can see that its rule was kept.

For each tier it has what was there and what was left, the price of the dearest box that was given and of the
cheapest that was not. Where boxes are of one size and the first is not above the second, nobody can point to
a box that should rather have come to them.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import attrs

from reliefstock.allocation.plan import Outcome, Plan
from reliefstock.allocation.plan_faults import PlanFault
from reliefstock.allocation.prices import Price
from reliefstock.allocation.reasons import left_reason, level_text, rule_text
from reliefstock.allocation.rounding import Rounding
from reliefstock.allocation.standing import Standing, Tier
from reliefstock.allocation.verifying import verify_plan
from reliefstock.values import Language, choose

__all__ = ["Certificate", "TierLevel", "certificate_of", "verify_certificate"]


@attrs.frozen(kw_only=True)
class TierLevel:
    """What the rule did in one tier.

    Attributes:
        tier: its number.
        begins: the units that were there when it came to its turn.
        assured: how many of them went to floors and least amounts, as far as not given before.
        given: how many the rule gave.
        left: the units that it left over.
        reached: the price of the dearest box that the rule gave, if it gave any.
        comes_next: the price of the cheapest box that it did not give, if anybody has use for one.
        remainder: of largest remainders, the smallest that had one box more; else None.
    """

    tier: int
    begins: int
    assured: int
    given: int
    left: int
    reached: Price | None
    comes_next: Price | None
    remainder: Fraction | None = None


@attrs.frozen(kw_only=True)
class Certificate:
    """The figures of a plan that are published with it.

    Attributes:
        rule: the name of the rule, and of its rounding.
        supply: the units that there were.
        floor: what everybody had first.
        seed: what the tickets were drawn with.
        recipients: how many demands there were.
        awarded: the units given.
        left: the units that nobody has.
        tiers: what the rule did in each.
        drawn: who had a last box, or all, by ticket.
        tied: who had not, by ticket.
        passed_over: whose next box did not fit, or who could not have the least amount of use.
    """

    rule: str
    supply: int
    floor: int
    seed: str
    recipients: int
    awarded: int
    left: int
    tiers: tuple[TierLevel, ...]
    drawn: tuple[str, ...]
    tied: tuple[str, ...]
    passed_over: tuple[str, ...]

    def sentences(self, plan: Plan, lang: Language = "en") -> tuple[str, ...]:
        """The certificate of a plan in words, in Chinese (`zh`) or English."""
        return tuple(_sentences(self, plan, lang))


def certificate_of(plan: Plan) -> Certificate:
    r"""The certificate of a plan.

    >>> from reliefstock.allocation import Demand, Proportional, share
    >>> plan = share(10, [Demand("A", 6), Demand("B", 6), Demand("C", 2)], Proportional())
    >>> made = certificate_of(plan)
    >>> print(*made.sentences(plan), sep="\n")
    By proportional (Webster) 10 of 10 go to 3 recipients.
    Tier 1: the rule reached 3/4 of the need; the next box is due at 3/4 of the need.
    By ticket 1 won and 2 lost (seed '').
    Nothing is left.
    """
    tiers = Standing(plan).tiers
    return Certificate(
        rule=rule_text(plan.rule),
        supply=plan.supply,
        floor=plan.floor,
        seed=plan.seed,
        recipients=len(plan),
        awarded=plan.awarded,
        left=plan.left,
        tiers=tuple(_level(plan, tier) for tier in tiers),
        drawn=_whose(plan, Outcome.DRAWN, Outcome.WON),
        tied=_whose(plan, Outcome.TIED, Outcome.LOST),
        passed_over=_whose(plan, Outcome.LOT, Outcome.BELOW_LEAST),
    )


def verify_certificate(certificate: Certificate, plan: Plan) -> tuple[PlanFault, ...]:
    """Everything that is wrong with a plan, and every figure of a certificate that is not the plan's.

    >>> from reliefstock.allocation import Demand, Proportional, share
    >>> plan = share(10, [Demand("A", 6), Demand("B", 6), Demand("C", 2)], Proportional())
    >>> made = certificate_of(plan)
    >>> verify_certificate(made, plan)
    ()
    >>> [fault.sentence() for fault in verify_certificate(attrs.evolve(made, left=1), plan)]
    ["the certificate states another 'left' than the plan has"]
    """
    if faults := verify_plan(plan):
        return faults
    true = certificate_of(plan)
    names = [field.name for field in attrs.fields(Certificate)]
    return tuple(
        PlanFault("stated", "", (name,))
        for name in names
        if getattr(certificate, name) != getattr(true, name)
    )


def _whose(plan: Plan, *outcomes: Outcome) -> tuple[str, ...]:
    pairs = zip(plan.demands.recipients, plan.outcomes, strict=True)
    return tuple(recipient for recipient, outcome in pairs if outcome in outcomes)


def _level(plan: Plan, tier: Tier) -> TierLevel:
    given = sum((one.boxes - one.low) * one.kind.lot * one.size for one in tier.open)
    return TierLevel(
        tier=tier.number,
        begins=tier.begins,
        assured=tier.begins - tier.left - given,
        given=given,
        left=tier.left,
        reached=tier.reached(plan.rule),
        comes_next=tier.comes_next(plan.rule),
        remainder=_remainder(plan, tier),
    )


def _remainder(plan: Plan, tier: Tier) -> Fraction | None:
    if plan.rule.rounding is not Rounding.HAMILTON:
        return None
    shares = zip(tier.open, tier.quotas(plan), strict=True)
    return min((quota % 1 for one, quota in shares if one.boxes > quota), default=None)


def _sentences(made: Certificate, plan: Plan, lang: Language) -> Iterator[str]:
    rule = rule_text(plan.rule, lang)
    yield choose(
        lang,
        zh=f"按“{rule}”，{made.supply} 个中的 {made.awarded} 个分给 {made.recipients} 个接收方。",
        en=f"By {rule} {made.awarded} of {made.supply} go to {made.recipients} recipients.",
    )
    if made.floor:
        yield choose(
            lang, zh=f"先人人各得 {made.floor} 个。", en=f"First everybody has a floor of {made.floor}."
        )
    for tier in made.tiers:
        if tier.reached is not None and tier.comes_next is not None:
            reached, after = (level_text(plan.rule, at, lang) for at in (tier.reached, tier.comes_next))
            yield choose(
                lang,
                zh=f"第 {tier.tier} 级：按规则分到{reached}为止，再得一箱要到{after}。",
                en=f"Tier {tier.tier}: the rule reached {reached}; the next box is due at {after}.",
            )
    if made.drawn or made.tied:
        yield choose(
            lang,
            zh=f"凭签决定：{len(made.drawn)} 个得中，{len(made.tied)} 个未中（公布的种子：“{made.seed}”）。",
            en=f"By ticket {len(made.drawn)} won and {len(made.tied)} lost (seed {made.seed!r}).",
        )
    yield left_reason(plan, lang)
