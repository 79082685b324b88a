"""What a society may decide for itself: the figures that the rules leave open, with their sources."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import Enum

import attrs

from reliefstock.errors import Incomplete, NotExact

__all__ = ["PickingRule", "Policy"]


class PickingRule(Enum):
    """In which order lots are taken where none is named; what they cost is a matter of the lot alone."""

    FEFO = "FEFO"
    """First expired, first out; of these the more narrowly given, then the first that came in."""
    FIFO = "FIFO"
    """First in, first out."""


def _between(least: int, most: int) -> Callable[[object, attrs.Attribute[int], int], None]:
    def check(_: object, field: attrs.Attribute[int], value: int) -> None:
        if type(value) is not int:
            raise NotExact(what=f"Policy.{field.name}", given=value)
        if not least <= value <= most:
            raise Incomplete(
                what=f"Policy.{field.name}",
                missing="it is out of bounds",
                do=f"state {least} to {most}",
                zh=f"Policy.{field.name}：超出范围；请填 {least} 至 {most}",
            )

    return check


def _picking_rule(_: object, field: attrs.Attribute[PickingRule], value: PickingRule) -> None:
    if not isinstance(value, PickingRule):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not check types
        raise Incomplete(
            what=f"Policy.{field.name}",
            missing=f"{value!r} is no rule",
            do="name a member of PickingRule",
            zh=f"Policy.{field.name}：{value!r} 不是取货次序；请用 PickingRule 中的一项",
        )


def _yes_or_no(_: object, field: attrs.Attribute[bool], value: bool) -> None:  # noqa: FBT001 -- attrs hands it on
    if type(value) is not bool:
        raise Incomplete(
            what=f"Policy.{field.name}",
            missing=f"{value!r} says neither",
            do="state True or False",
            zh=f"Policy.{field.name}：{value!r} 没有写明是与否；请填 True 或 False",
        )


@attrs.frozen(kw_only=True)
class Policy:
    """The policy of a book. Raises `NotExact` or `Incomplete` for a figure that cannot be meant.

    >>> Policy().shelf_months
    6
    """

    days_ahead: int = attrs.field(default=7, validator=_between(0, 36_500))
    """A business date may be so many days after today; more is taken for a slip of the pen."""
    shelf_months: int = attrs.field(default=6, validator=_between(0, 1_200))
    """Donated goods have at least so many months to expiry (Charity Law, art. 36; Deyang rules, art. 4)."""
    short_shelf_months: int = attrs.field(default=3, validator=_between(0, 1_200))
    """... or so many, where their whole life is `shelf_months` or less (Deyang rules, art. 4)."""
    picking: PickingRule = attrs.field(default=PickingRule.FEFO, validator=_picking_rule)
    """Which lots go out first, where a request says nothing of it."""
    expiry_day_usable: bool = attrs.field(default=True, validator=_yes_or_no)
    """Whether goods can be given out on the day of expiry itself."""
    counters: int = attrs.field(default=2, validator=_between(0, 100))
    """Goods that come in are counted by so many people (Wuhan rules for donated goods)."""
    notice_days: int = attrs.field(default=90, validator=_between(0, 3_650))
    """What expires without anybody to use it, and restrictions that end, are told of so many days ahead."""
    transit_days: int = attrs.field(default=7, validator=_between(0, 3_650))
    """Goods on the road are due so many days after they left, where a waybill does not say when."""
    sign_off: bool = attrs.field(default=True, validator=_yes_or_no)
    """Every line of a distribution list says where it is signed for; off only to take in old papers."""
    approvers: int = attrs.field(default=2, validator=_between(0, 100))
    """So many different people, the one who asks included, take part in a payment, a write-off, a close."""
    count_threshold: int = attrs.field(default=0, validator=_between(0, 10**36))
    """What a count found over and missing, worth so much together, one person may approve; above it
    `approvers` different people do. In minor units of the book's currency; what has no value is above it."""
    count_permille: int = attrs.field(default=1_000, validator=_between(0, 1_000_000))
    """... and of each lot so many thousandths of what the book says was there, where it says anything."""

    def days_left(self, expiry: date, on: date) -> int:
        """For how many days after `on` goods of that expiry can still be given out; below zero: no more.

        >>> from datetime import date
        >>> Policy().days_left(date(2023, 5, 31), on=date(2023, 5, 31))
        0
        >>> Policy(expiry_day_usable=False).days_left(date(2023, 5, 31), on=date(2023, 5, 31))
        -1
        """
        return (expiry - on).days - (0 if self.expiry_day_usable else 1)
