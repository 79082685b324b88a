"""Plans beside one another: several rules on one case, and a new plan against the one before.

`compare` is for the choice of a rule, before anything is decided; `change` tells who gained and who lost when
a plan is made again; `alabama` warns where one unit more would leave somebody with less.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from functools import cached_property
from itertools import pairwise

import attrs

from reliefstock.allocation.demand import Demand, Demands
from reliefstock.allocation.measures import Measures, measures
from reliefstock.allocation.plan import Plan
from reliefstock.allocation.reasons import rule_text
from reliefstock.allocation.rules import Rule
from reliefstock.allocation.sharing import share
from reliefstock.allocation.stated import listed_as
from reliefstock.errors import Incomplete
from reliefstock.values import Language, choose

__all__ = ["Change", "ChangeKind", "Changes", "Comparison", "Paradox", "alabama", "change", "compare"]


@attrs.frozen(eq=False)
class Comparison:
    """Several plans for the same demands.

    Raises:
        Incomplete: there is no plan, or they are for different demands.
    """

    plans: tuple[Plan, ...]

    def __attrs_post_init__(self) -> None:
        listed_as(Plan, "a comparison", self.plans)
        if not self.plans:
            raise Incomplete(
                "a comparison", "there is no plan", "name a rule", zh="比较：没有方案；请写明规则"
            )
        first = self.plans[0].demands
        if any(plan.demands is not first and plan.demands != first for plan in self.plans):
            raise Incomplete(
                "a comparison",
                "the plans are for different demands",
                "use `change` for them",
                zh="比较：各方案的需求不同；请改用 `change`",
            )

    @cached_property
    def measures(self) -> tuple[Measures, ...]:
        """The measures of each plan."""
        return tuple(map(measures, self.plans))

    @property
    def recipients(self) -> Sequence[str]:
        """Whose demands they are."""
        return self.plans[0].demands.recipients

    def labels(self, lang: Language = "en") -> tuple[str, ...]:
        """The rules by name; numbered where two plans are by one rule."""
        names = [rule_text(plan.rule, lang) for plan in self.plans]
        return tuple(
            f"{name} #{names[: at + 1].count(name)}" if names.count(name) > 1 else name
            for at, name in enumerate(names)
        )


def compare(
    supply: int,
    demands: Demands | Iterable[Demand],
    rules: Iterable[Rule],
    *,
    floor: int = 0,
    seed: str = "",
) -> Comparison:
    """Share out the same by several rules.

    Raises:
        BadDemand: a demand cannot be.
        NotExact: a supply or a floor is no whole number.
        NotPositive: it is below zero.
        Incomplete: there is no rule, or one of them cannot be used for these demands.

    >>> from reliefstock.allocation import EqualAwards, EqualLosses
    >>> claims = [Demand("A", 100), Demand("B", 200), Demand("C", 300)]
    >>> both = compare(201, claims, [EqualAwards(), EqualLosses()])
    >>> [list(plan.units) for plan in both.plans], [str(told.smallest) for told in both.measures]
    ([[67, 67, 67], [0, 51, 150]], ['67/300', '0'])
    """
    listed = demands if isinstance(demands, Demands) else Demands.of(demands)
    by = listed_as(Rule, "a comparison", rules)
    return Comparison(tuple(share(supply, listed, rule, floor=floor, seed=seed) for rule in by))


class ChangeKind(Enum):
    """How a recipient fares in a plan that is made again."""

    GAINED = "gained"
    LOST = "lost"
    NEW = "new"
    GONE = "gone"


@attrs.frozen
class Change:
    """One recipient for whom something is not as it was; None where they are in one of the plans only."""

    recipient: str
    before: int | None
    after: int | None

    @property
    def kind(self) -> ChangeKind:
        """Whether they gained or lost, are new or gone."""
        if self.before is None:
            return ChangeKind.NEW
        if self.after is None:
            return ChangeKind.GONE
        return ChangeKind.GAINED if self.after > self.before else ChangeKind.LOST

    @property
    def difference(self) -> int:
        """The units more than before, below zero where they are fewer."""
        return (self.after or 0) - (self.before or 0)

    def sentence(self, lang: Language = "en") -> str:
        """What changed, in Chinese (`zh`) or English.

        >>> Change("A", 4, 2).sentence(), Change("B", None, 3).sentence("zh")
        ('A lost 2: 4 before, 2 now.', 'B：新列入，分得 3 个。')
        """
        who, before, after, by = self.recipient, self.before, self.after, abs(self.difference)
        zh, en = {
            ChangeKind.GAINED: (
                f"{who}：增加 {by} 个（{before} → {after}）。",
                f"{who} gained {by}: {before} before, {after} now.",
            ),
            ChangeKind.LOST: (
                f"{who}：减少 {by} 个（{before} → {after}）。",
                f"{who} lost {by}: {before} before, {after} now.",
            ),
            ChangeKind.NEW: (f"{who}：新列入，分得 {after} 个。", f"{who} is new, with {after}."),
            ChangeKind.GONE: (
                f"{who}：不再列入，原分得 {before} 个。",
                f"{who} is no longer listed, and had {before}.",
            ),
        }[self.kind]
        return choose(lang, zh=zh, en=en)


@attrs.frozen(eq=False)
class Changes:
    """What is not in a plan as it was in the one before.

    Attributes:
        before: the plan before.
        after: the plan now.
        changes: those who fare otherwise: in the order of the plan now, and then who is gone.
    """

    before: Plan
    after: Plan
    changes: tuple[Change, ...]

    def of(self, kind: ChangeKind) -> tuple[Change, ...]:
        """Those who gained, or lost, or are new or gone."""
        return tuple(one for one in self.changes if one.kind is kind)

    def total(self, kind: ChangeKind) -> int:
        """How many units those of one kind have more than before, below zero where fewer."""
        return sum(one.difference for one in self.of(kind))

    @property
    def unchanged(self) -> int:
        """How many have what they had."""
        listed = sum(one.kind is not ChangeKind.GONE for one in self.changes)
        return len(self.after) - listed

    def sentence(self, lang: Language = "en") -> str:
        r"""All of it in a sentence, in Chinese (`zh`) or English.

        >>> from reliefstock.allocation import Proportional
        >>> claims = [Demand("A", 60), Demand("B", 60), Demand("C", 20)]
        >>> before, after = share(70, claims, Proportional()), share(63, claims[:2], Proportional())
        >>> print(change(before, after).sentence().replace(": ", ":\n"))
        63 instead of 70 units are given:
        2 gained 3, 0 lost 0, 0 are new with 0, 1 gone had 10, 0 are as before.
        """
        counts = [(len(self.of(kind)), abs(self.total(kind))) for kind in ChangeKind]
        (gained, more), (lost, less), (new, theirs), (gone, had) = counts
        now, then, same = self.after.awarded, self.before.awarded, self.unchanged
        return choose(
            lang,
            zh=f"共分 {now} 个，原为 {then} 个：{gained} 个接收方增加 {more}，{lost} 个减少 {less}，"
            f"{new} 个新列入得 {theirs}，{gone} 个不再列入原得 {had}，{same} 个不变。",
            en=f"{now} instead of {then} units are given: {gained} gained {more}, {lost} lost {less}, "
            f"{new} are new with {theirs}, {gone} gone had {had}, {same} are as before.",
        )


def change(before: Plan, after: Plan) -> Changes:
    """Who gained and who lost between two plans, who is new and who is gone.

    >>> from reliefstock.allocation import Rounding, Proportional
    >>> claims = [Demand("A", 6), Demand("B", 6), Demand("C", 2)]
    >>> ten, eleven = (share(supply, claims, Proportional(Rounding.HAMILTON)) for supply in (10, 11))
    >>> [one.sentence() for one in change(ten, eleven).of(ChangeKind.LOST)]
    ['C lost 1: 2 before, 1 now.']
    """
    return Changes(before, after, tuple(_changes(before, after)))


def _changes(before: Plan, after: Plan) -> Iterator[Change]:
    had = _units_of(before)
    for recipient, units in zip(after.demands.recipients, after.units, strict=True):
        was = had.pop(recipient, None)
        if was != units:
            yield Change(recipient, was, units)
    for recipient, units in had.items():
        yield Change(recipient, units, None)


def _units_of(plan: Plan) -> dict[str, int]:
    return dict(zip(plan.demands.recipients, plan.units, strict=True))


@attrs.frozen
class Paradox:
    """Somebody who has less where there is one unit more: the Alabama paradox on the case in hand."""

    rule: Rule
    recipient: str
    supply: int
    units: int
    units_with_one_more: int

    def sentence(self, lang: Language = "en") -> str:
        """The warning, in Chinese (`zh`) or English."""
        name, more = rule_text(self.rule, lang), self.supply + 1
        return choose(
            lang,
            zh=f"“{name}”在此出现亚拉巴马悖论：总数由 {self.supply} 增至 {more}，"
            f"{self.recipient} 反而由 {self.units} 减至 {self.units_with_one_more}。",
            en=f"{name} shows the Alabama paradox: with {more} units instead of {self.supply}, "
            f"{self.recipient} has {self.units_with_one_more} instead of {self.units}.",
        )


def alabama(
    supply: int, demands: Demands | Iterable[Demand], rule: Rule, *, floor: int = 0, seed: str = ""
) -> tuple[Paradox, ...]:
    """Who would have less with one unit more than the supply, or has less than with one unit fewer.

    Where boxes are of one size, and there are neither floors nor least amounts, only the largest remainders
    and lots do that. Otherwise a larger box, or one more floor or least amount, can fit all of a sudden and
    take from others under any rule; that is told as well.

    Raises:
        BadDemand: a demand cannot be.
        NotExact: a supply or a floor is no whole number.
        NotPositive: it is below zero.
        Incomplete: the rule cannot be used for these demands.

    >>> from reliefstock.allocation import Proportional, Rounding
    >>> claims = [Demand("A", 6), Demand("B", 6), Demand("C", 2)]
    >>> print(*(one.sentence() for one in alabama(10, claims, Proportional(Rounding.HAMILTON))))
    proportional (Hamilton) shows the Alabama paradox: with 11 units instead of 10, C has 1 instead of 2.
    >>> alabama(10, claims, Proportional())
    ()
    """
    listed = demands if isinstance(demands, Demands) else Demands.of(demands)
    plans = [share(supply, listed, rule, floor=floor, seed=seed)]  # refuses what is no supply
    plans.append(share(supply + 1, listed, rule, floor=floor, seed=seed))
    if supply:
        plans.insert(0, share(supply - 1, listed, rule, floor=floor, seed=seed))
    return tuple(
        Paradox(rule, listed.recipients[at], fewer.supply, units, more.units[at])
        for fewer, more in pairwise(plans)
        for at, units in enumerate(fewer.units)
        if more.units[at] < units
    )
