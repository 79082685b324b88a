"""What an allocation remembers of the plan that it holds: enough to work the plan out again.

A plan of `reliefstock.allocation` is numbers; here it is written down with the paper by which goods are held:
the rule, what there was to share out, and what was asked for by whom. So whoever reads the book years later
can check the plan without the sheet that it was made on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import attrs
from attrs.converters import optional

from reliefstock.catalogue import Item
from reliefstock.errors import Incomplete
from reliefstock.values import Money, Quantity, one_form, several

__all__ = ["PlanRecord", "PlannedShare", "PlannedSource", "check_plan"]


@attrs.frozen
class PlannedShare:
    """What one recipient asked for, and what a plan gives to it, in base units; see `allocation.Demand`."""

    recipient: str = attrs.field(converter=one_form)
    need: int
    units: int
    weight: int = attrs.field(default=1, kw_only=True)
    tier: int = attrs.field(default=1, kw_only=True)
    least: int = attrs.field(default=0, kw_only=True)
    most: int | None = attrs.field(default=None, kw_only=True)
    lot: int = attrs.field(default=1, kw_only=True)


@attrs.frozen
class PlannedSource:
    """So many base units of a lot in a warehouse that could go to some of the recipients; None for all."""

    lot: str
    units: int
    warehouse: str
    recipients: tuple[str, ...] | None = attrs.field(converter=optional(several))


@attrs.frozen(kw_only=True)
class PlanRecord:
    """By which rule how much of an item was shared out, and among whom; `sources` where lots were told apart.

    `seed` is what was published before the tickets were drawn.
    """

    item: str = attrs.field(converter=one_form)
    rule: str
    rounding: str
    supply: int
    floor: int = 0
    seed: str = ""
    shares: tuple[PlannedShare, ...] = attrs.field(converter=several)
    sources: tuple[PlannedSource, ...] = attrs.field(default=(), converter=several)

    @property
    def awarded(self) -> int:
        """The base units that it gives to all of them."""
        return sum(share.units for share in self.shares)


def check_plan(plan: PlanRecord, item: Item, lines: Iterable[tuple[str, str, Quantity | Money]]) -> None:
    """Whether a plan can be what some lines (recipient, item, quantity) hold: all of it, or a part.

    Raises `Incomplete`.
    """
    held: Counter[str] = Counter()
    for recipient, of_item, quantity in lines:
        if of_item != item.id:
            raise _refused(
                f"it is for {item.id}, and a line is for {of_item}", f"方案为 {item.id}，而有一行为 {of_item}"
            )
        held[recipient] += item.base_units(quantity)
    for wrong in _wrong(plan, held):
        raise _refused(*wrong)


def _wrong(plan: PlanRecord, held: Counter[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with it, in English and in Chinese."""
    awards = {share.recipient: share.units for share in plan.shares}
    if len(awards) < len(plan.shares):
        yield "a recipient stands in it twice", "同一接收方有两条"
    for share in plan.shares:
        if share.units < 0 or share.need < 0:
            yield (
                f"it says {share.units} of {share.need} for {share.recipient}",
                f"{share.recipient} 需要 {share.need} 个，写的是 {share.units} 个",
            )
    if plan.awarded > plan.supply:
        yield (
            f"it gives {plan.awarded}, and there were {plan.supply}",
            f"共分出 {plan.awarded} 个，而只有 {plan.supply} 个",
        )
    for recipient, units in held.items():
        if units > awards.get(recipient, 0):
            yield (
                f"it gives {awards.get(recipient, 0)} to {recipient}, and the lines hold {units}",
                f"{recipient} 分得 {awards.get(recipient, 0)} 个，而各行预留 {units} 个",
            )


def _refused(missing: str, zh: str) -> Incomplete:
    return Incomplete(
        what="an allocation by a plan",
        missing=missing,
        do="hold what the plan says",
        zh=f"按方案分配：{zh}；请按方案预留",
    )
