"""Rounds: what to give today and what to keep for those who have not come yet.

Recipients come one round after another, and what a round needs is known only when it is there. Of the rounds
to come there is an `Expected`: how many, what one needs on average, and how far one may be off. A *policy*
makes a fill rate for today of that: how many units for a unit of need.

Whoever gives the same to all who come has to set it so low that something is left at the end; whoever gives
to the last unit gives unevenly. `Static` is at the one end, `Hope` at the other, and `Guardrail` at any point
between (Sinclair, Jain, Banerjee and Yu, "Sequential Fair Allocation: Achieving the Optimal Envy-Efficiency
Tradeoff Curve", 2022).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cached_property
from math import isqrt
from typing import ClassVar, Final

import attrs

from reliefstock.allocation.demand import Demand, Demands
from reliefstock.allocation.plan import Plan
from reliefstock.allocation.rules import MaxMinFill, Rule
from reliefstock.allocation.saying import Said
from reliefstock.allocation.sharing import share
from reliefstock.allocation.stated import checked_number
from reliefstock.errors import Incomplete, NotExact, NotPositive
from reliefstock.values import Language, choose

__all__ = ["Expected", "Guardrail", "Hope", "Kept", "Policy", "Static", "Today", "WhyKept", "plan_today"]

_BITS: Final = 32
"""Roots are rounded up to a multiple of 2 to the power of -32."""


@attrs.frozen
class Expected:
    """Those who are still to come, without today.

    Raises `NotExact` for what is neither a whole number nor a fraction, `NotPositive` for what is below zero.

    Attributes:
        rounds: in how many rounds.
        need: what one round needs on average.
        spread: how far the need of one round may be off; several are off by the root of their number times as
            much, as what one needs does not depend on another. Twice the standard deviation is rarely passed.

    >>> Expected(100, Fraction(3, 2), Fraction(3, 2)).margin
    Fraction(15, 1)
    """

    rounds: int
    need: int | Fraction = 0
    spread: int | Fraction = 0

    def __attrs_post_init__(self) -> None:
        checked_number("rounds", self.rounds)
        for what, number in (("need", self.need), ("spread", self.spread)):
            checked_number(what, number, is_whole=False)

    @classmethod
    def seen(cls, needs: Sequence[int], rounds: int) -> Expected:
        """So many rounds more that are like those that were seen.

        Raises `NotPositive` if none was seen, `NotExact` for what is no whole number.

        >>> Expected.seen([1, 3], rounds=5)
        Expected(rounds=5, need=Fraction(2, 1), spread=Fraction(2, 1))
        """
        if not isinstance(needs, Sequence):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not check types
            raise NotExact("the needs of the rounds that were seen", needs)
        if not needs:
            raise NotPositive("the number of rounds that were seen", 0)
        for need in needs:
            checked_number("the need of a round that was seen", need)
        mean = Fraction(sum(needs), len(needs))
        variance = Fraction(sum((need - mean) ** 2 for need in needs), len(needs))
        return cls(rounds, mean, 2 * _root(variance))

    @cached_property
    def total(self) -> Fraction:
        """What all of them need on average."""
        return Fraction(self.need * self.rounds)

    @cached_property
    def margin(self) -> Fraction:
        """How far all of them together may be off."""
        return self.spread * _root(Fraction(self.rounds))

    def next(self) -> Expected:
        """Those who are to come after the next round. Raises `NotPositive` where there is no next."""
        return attrs.evolve(self, rounds=self.rounds - 1)


@attrs.frozen
class Policy:
    """A way to set the fill rate of a round."""

    name: ClassVar[str] = ""
    zh: ClassVar[str] = ""

    def fill(self, stock: int | Fraction, need: int | Fraction, expected: Expected) -> Fraction:
        """How many units for a unit of need today; 0 where nothing is needed.

        It can be above 1: the rates are of one another, and not every need says how much is of use. Raises
        `NotExact`, `NotPositive`, and `Incomplete` where nothing is said of those to come or it is none.

        >>> Hope().fill(60, 20, Expected(4, 25))
        Fraction(1, 2)
        """
        checked_number("stock", stock, is_whole=False)
        checked_number("need", need, is_whole=False)
        _check_expected(expected)
        if not need:
            return Fraction(0)
        return min(Fraction(stock, need), self.level(Fraction(stock), Fraction(need), expected))

    def level(self, stock: Fraction, need: Fraction, expected: Expected) -> Fraction:  # noqa: ARG002 -- as each policy has it
        """The same for a need above zero, also where the stock does not suffice for it."""
        raise _no_policy(self)

    def assured(self, fill: Fraction) -> Fraction:
        """The fill rate that is kept for those to come when today has `fill`."""
        return fill


@attrs.frozen
class Static(Policy):
    """All rounds have one fill rate, set before the first; what is then not needed is left.

    >>> Static.begun(900, 20, Expected(24, 20, 20))
    Static(rate=Fraction(3, 2))
    """

    name: ClassVar[str] = "static"
    zh: ClassVar[str] = "固定比例"

    rate: Fraction

    def __attrs_post_init__(self) -> None:
        checked_number("rate", self.rate, is_whole=False)

    @classmethod
    def begun(cls, stock: int, need: int, expected: Expected) -> Static:
        """Set before the first round has anything: it suffices also where the margin is needed.

        Raises `NotPositive` where no round needs anything, `NotExact` for what is no whole number.
        """
        return cls(_certain(stock, need, expected))

    def level(self, stock: Fraction, need: Fraction, expected: Expected) -> Fraction:  # noqa: ARG002 -- set before
        """See `Policy.level`."""
        return self.rate


@attrs.frozen
class Guardrail(Policy):
    """Each round has the lower rate, or the upper one where the lower is still certain for all who may come.

    No two rounds are further apart than the two rates, unless the stock runs out. The further apart these
    are, the less is left at the end.

    >>> rails = Guardrail.begun(900, 20, Expected(24, 20, 20))
    >>> str(rails.lower), str(rails.upper)
    ('3/2', '15/8')
    """

    name: ClassVar[str] = "guardrail"
    zh: ClassVar[str] = "护栏"

    lower: Fraction
    upper: Fraction

    def __attrs_post_init__(self) -> None:
        checked_number("lower rate", self.lower, is_whole=False)
        checked_number("upper rate", self.upper, is_whole=False)
        if self.upper < self.lower:
            missing = f"the upper rate {self.upper} is below the lower {self.lower}"
            raise Incomplete(
                self.name,
                missing,
                "state the lower one first",
                zh=f"{self.zh}：上限 {self.upper} 低于下限 {self.lower}；请先填写较低的",
            )

    @classmethod
    def begun(
        cls, stock: int, need: int, expected: Expected, exponent: Fraction = Fraction(1, 2)
    ) -> Guardrail:
        """Set before the first round has anything.

        The lower rate is that of `Static`. Of the upper one, with n rounds, the lower falls short by a part
        that is n to the power of -exponent.

        Raises:
            NotPositive: no round needs anything, or the exponent is not above zero.
            NotExact: the exponent is no fraction.
        """
        if not isinstance(exponent, Fraction):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not check types
            raise NotExact("exponent", exponent)
        if exponent <= 0:
            raise NotPositive("exponent", exponent)
        lower = _certain(stock, need, expected)
        if not expected.rounds:
            return cls(lower, lower)
        apart = _root(Fraction((expected.rounds + 1) ** exponent.numerator), exponent.denominator)
        return cls(lower, lower * apart / (apart - 1))  # exact: Fraction

    def level(self, stock: Fraction, need: Fraction, expected: Expected) -> Fraction:
        """See `Policy.level`."""
        if not expected.rounds:
            return min(max(stock / need, self.lower), self.upper)  # exact: Fraction
        certain = self.lower * (expected.total + expected.margin)
        return self.upper if stock >= certain + need * self.upper else self.lower

    def assured(self, fill: Fraction) -> Fraction:  # noqa: ARG002 -- set before
        """See `Policy.assured`."""
        return self.lower


@attrs.frozen
class Hope(Policy):
    """Every round has what it would have if those to come needed just what is expected; nothing is left."""

    name: ClassVar[str] = "hope"
    zh: ClassVar[str] = "按预期"

    def level(self, stock: Fraction, need: Fraction, expected: Expected) -> Fraction:
        """See `Policy.level`."""
        return stock / (need + expected.total)  # exact: Fraction


class WhyKept(Said):
    """Why units are not given out today."""

    TO_COME = "to come", "留给预计会来的人", "for those who are expected"
    MARGIN = "margin", "以防来的人比预计多", "in case that more come than expected"
    EVEN = "even", "以免今天的人比其他人多得", "so that today has no more than others have had"
    NOT_NEEDED = "not needed", "今天没有人需要", "nobody needs it today"
    BOXES = "boxes", "不合整箱、最低或最高用量", "it fits no box, no least amount and no most"


@attrs.frozen
class Kept:
    """Units that are not given out today, and why."""

    units: int
    why: WhyKept

    def text(self, lang: Language = "en") -> str:
        """Say it in a language.

        >>> Kept(5, WhyKept.MARGIN).text(), Kept(5, WhyKept.MARGIN).text("zh")
        ('5 kept: in case that more come than expected', '保留 5：以防来的人比预计多')
        """
        return choose(lang, en=f"{self.units} kept: {self.why.en}", zh=f"保留 {self.units}：{self.why.zh}")


@attrs.frozen(eq=False)
class Today:
    """What one round has, and what is kept.

    Attributes:
        stock: the units that there were this morning.
        plan: the awards of today.
        policy: by which policy.
        expected: who is to come after today.
        fill: the fill rate that the policy sets for today.
        carried: the part of a unit that is due and not given out; hand it to the next round.
    """

    stock: int
    plan: Plan
    policy: Policy
    expected: Expected
    fill: Fraction
    carried: Fraction

    @property
    def kept(self) -> int:
        """The units that are still there tonight."""
        return self.stock - self.plan.awarded

    @cached_property
    def why(self) -> tuple[Kept, ...]:
        """The units that are kept, by reason."""
        assured = self.policy.assured(self.fill)
        rest = self.stock - self.plan.supply
        is_met = self.plan.supply >= self.plan.demands.need
        parts: list[Kept] = []
        for units, why in (
            (_up(assured * self.expected.total), WhyKept.TO_COME),
            (_up(assured * self.expected.margin), WhyKept.MARGIN),
            (rest, WhyKept.NOT_NEEDED if is_met else WhyKept.EVEN),
        ):
            kept = min(units, rest)
            rest -= kept
            parts.append(Kept(kept, why))
        parts.append(Kept(self.plan.left, WhyKept.BOXES))
        return tuple(kept for kept in parts if kept.units)


def plan_today(
    stock: int,
    arrived: Demands | Iterable[Demand],
    *,
    expected: Expected,
    policy: Policy,
    rule: Rule | None = None,
    carried: Fraction = Fraction(0),
    seed: str = "",
) -> Today:
    """Share out today's part of a stock among those who have come, in whole units, and keep the rest.

    The policy says how much there is for today, the rule who has it. A part of a unit is not lost but counted
    in the next round, so that at any time less than one unit that was due is still to be given.

    Args:
        stock: the units that there are.
        arrived: what those of today need.
        expected: who is to come after today.
        policy: how much is for today; set it up before the first round (`Static.begun`, `Guardrail.begun`).
        rule: how those of today share it; by the max-min fill rate if nothing is said.
        carried: what `Today.carried` of the round before says.
        seed: the published seed of the tickets.

    Raises:
        BadDemand: a demand cannot be.
        NotExact: the stock is no whole number, or what is carried is no fraction.
        NotPositive: one of them is below zero.
        Incomplete: the policy or the rule is none, or nothing is said of those to come.

    >>> today = plan_today(100, [Demand("A", 12), Demand("B", 8)], expected=Expected(4, 25), policy=Hope())
    >>> list(today.plan.units), today.kept, [kept.text() for kept in today.why]
    ([9, 7], 84, ['84 kept: for those who are expected'])
    >>> today.carried
    Fraction(2, 3)
    """
    checked_number("stock", stock)
    checked_number("what is carried", carried, is_whole=False)
    if not isinstance(policy, Policy):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not check types
        raise _no_policy(policy)
    demands = arrived if isinstance(arrived, Demands) else Demands.of(arrived)
    fill = policy.fill(stock, demands.need, expected)
    due = fill * demands.need + carried
    today = min(due.numerator // due.denominator, stock, demands.need)
    plan = share(today, demands, MaxMinFill() if rule is None else rule, seed=seed)
    return Today(stock, plan, policy, expected, fill, due - due.numerator // due.denominator)


def _check_expected(expected: object) -> None:
    if not isinstance(expected, Expected):
        raise Incomplete(
            "those who are to come",
            f"{expected!r} says nothing of them",
            "state them as Expected(rounds, need)",
            zh=f"预计会来的人：{expected!r} 未作说明；请用 Expected(轮数, 每轮需求) 写明",
        )


def _no_policy(policy: object) -> Incomplete:
    return Incomplete(
        "a plan for today",
        f"{policy!r} is no policy",
        "name one, as Hope()",
        zh=f"今日方案：{policy!r} 不是留存办法；请写明一种，如 Hope()",
    )


def _certain(stock: int, need: int, expected: Expected) -> Fraction:
    """The fill rate for which the stock suffices, also where those to come are off by the margin."""
    checked_number("stock", stock)
    checked_number("need", need)
    _check_expected(expected)
    margin = expected.spread * _root(Fraction(expected.rounds + 1))
    most = need + expected.total + margin
    if most <= 0:
        raise NotPositive("the need of all rounds", most)
    return stock / most  # exact: Fraction


def _root(number: Fraction, degree: int = 2) -> Fraction:
    """The smallest multiple of 2 to the power of -32 whose power is no less than a number."""
    raised = _up(number * (1 << (_BITS * degree)))
    root = isqrt(raised) if degree == 2 else _whole_root(raised, degree)  # noqa: PLR2004 -- a square root
    return Fraction(root if root**degree == raised else root + 1, 1 << _BITS)


def _whole_root(number: int, degree: int) -> int:
    """The largest whole number whose power is at most a number, by Newton from above."""
    root = 1 << -(-number.bit_length() // degree)
    while True:
        better = ((degree - 1) * root + number // root ** (degree - 1)) // degree
        if better >= root:
            return root
        root = better


def _up(number: Fraction) -> int:
    return -(-number.numerator // number.denominator)
