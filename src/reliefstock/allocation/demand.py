"""What is asked for: who needs how much, and what counts when there is not enough.

Demands that say the same are of one *kind*. A million households are a few kinds, so what a rule has to think
about is small; demands are kept in columns, a kind for each recipient.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

import attrs

from reliefstock.errors import BadDemand, Incomplete

__all__ = ["Demand", "Demands", "Kind"]

_MOST: Final = 2**63 - 1


@attrs.frozen
class Kind:
    """All that a rule looks at in a demand. Where nothing is said, `most` is a very large number."""

    need: int
    weight: int = 1
    tier: int = 1
    least: int = 0
    most: int = _MOST
    lot: int = 1

    @property
    def cap(self) -> int:
        """As much as is of use: the need, or what is said to be the most useful, if that is less."""
        return min(self.need, self.most)

    @property
    def figures(self) -> tuple[int, int, int, int, int, int]:
        """The numbers, in the order in which they stand here."""
        return self.need, self.weight, self.tier, self.least, self.most, self.lot

    @property
    def is_whole(self) -> bool:
        """Whether all of it is in whole numbers."""
        return all(type(number) is int for number in self.figures)

    @property
    def fault(self) -> str:
        """What is wrong with it, if anything."""
        if not self.is_whole:
            return "whole"
        if self.need < 0 or self.least < 0 or self.most < 0:
            return "negative"
        if self.weight < 1:
            return "weight"
        if self.lot < 1:
            return "lot"
        if max(self.figures) > _MOST:
            return "large"
        return "least" if self.least > self.cap else ""


@attrs.frozen
class Demand:
    """So many base units of one item or kit are needed by one recipient.

    Attributes:
        recipient: the id of the household, school or society.
        need: how many units.
        item: the item or the kit, where it is of use to say it.
        weight: how much a unit of need counts beside that of others, a whole number from 1 on.
        tier: whoever is in tier 1 comes before all in tier 2, and so on.
        least: fewer than this are of no use: the award is nothing, or as many at least.
        most: more than this are of no use, though the need is larger.
        lot: units come in whole boxes of so many.
    """

    recipient: str
    need: int
    item: str = attrs.field(default="", kw_only=True)
    weight: int = attrs.field(default=1, kw_only=True)
    tier: int = attrs.field(default=1, kw_only=True)
    least: int = attrs.field(default=0, kw_only=True)
    most: int | None = attrs.field(default=None, kw_only=True)
    lot: int = attrs.field(default=1, kw_only=True)

    @property
    def kind(self) -> Kind:
        """What a rule looks at."""
        most = _MOST if self.most is None else self.most
        return Kind(self.need, self.weight, self.tier, self.least, most, self.lot)


class Demands(Sequence[Demand]):
    """The demands for one item, a recipient each, in columns.

    Raises `BadDemand` for the first demand that cannot be: a need that is no whole number or negative, a
    weight below 1, a least amount above the most, or a second demand of one recipient.

    >>> some = Demands.of([Demand("A", 6), Demand("B", 6), Demand("C", 2)])
    >>> len(some), len(some.kinds), some.need
    (3, 2, 14)
    >>> Demands.columns(["A", "B"], [3, -1])  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    reliefstock.errors.BadDemand: the demand of B: -1 units are needed; state a whole number from 0 on, ...
    """

    def __init__(
        self, recipients: Sequence[str], kinds: Sequence[Kind], kind_of: Sequence[int], item: str = ""
    ) -> None:
        self.recipients = tuple(recipients)
        self.kinds = tuple(kinds)
        self.kind_of = kind_of
        self.item = item
        for number, kind in enumerate(self.kinds):
            if kind.fault:
                raise BadDemand(self.recipients[self.kind_of.index(number)], kind.fault, kind.figures)
        self._check_recipients()

    def _check_recipients(self) -> None:
        if len(set(self.recipients)) == len(self.recipients):
            return
        seen: set[str] = set()
        for recipient in self.recipients:
            if recipient in seen:
                raise BadDemand(recipient, "twice")
            seen.add(recipient)

    @classmethod
    def of(cls, demands: Iterable[Demand]) -> Demands:
        """The demands in columns. Raises `BadDemand`, also where they are for several items."""
        listed = list(demands)
        for demand in listed:
            if not isinstance(demand, Demand):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not check types
                raise Incomplete("the demands", f"{demand!r} is no demand", "state each as a Demand")
        for demand in listed:
            if demand.item != listed[0].item:
                raise BadDemand(demand.recipient, "items", (demand.item, listed[0].item))
        kinds = [demand.kind for demand in listed]
        for demand, kind in zip(listed, kinds, strict=True):
            if not kind.is_whole:  # 5.0 is equal to 5, and would be taken for the same kind
                raise BadDemand(demand.recipient, "whole", kind.figures)
        known: dict[Kind, int] = {}
        kind_of = array("l", [known.setdefault(kind, len(known)) for kind in kinds])
        item = listed[0].item if listed else ""
        return cls([demand.recipient for demand in listed], tuple(known), kind_of, item)

    @classmethod
    def columns(
        cls, recipients: Sequence[str], needs: Sequence[int], *, item: str = "", **stated: Sequence[int]
    ) -> Demands:
        """The same from columns of whole numbers: `weight`, `tier`, `least`, `most` and `lot` where stated.

        Raises `BadDemand`, also for a column of another length.
        """
        for name, column in {"need": needs, **stated}.items():
            if len(column) != len(recipients):
                raise BadDemand(f"column {name}", "length", (len(column), len(recipients)))
            if set(map(type, column)) - {int}:
                at = next(at for at, number in enumerate(column) if type(number) is not int)
                raise BadDemand(recipients[at], "whole", (column[at],))
        names = ("need", *stated)
        known: dict[int | tuple[int, ...], int] = {}
        rows: Iterable[int | tuple[int, ...]] = zip(needs, *stated.values(), strict=True) if stated else needs
        kind_of = array("l", [known.setdefault(row, len(known)) for row in rows])
        kinds = [Kind(**_named(names, row)) for row in known]
        return cls(recipients, kinds, kind_of, item)

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """How many demands there are of each kind."""
        counted = [0] * len(self.kinds)
        for kind in self.kind_of:
            counted[kind] += 1
        return tuple(counted)

    @cached_property
    def need(self) -> int:
        """What all of them need together."""
        return sum(kind.need * size for kind, size in zip(self.kinds, self.sizes, strict=True))

    @cached_property
    def place_of(self) -> Mapping[str, int]:
        """Where the demand of a recipient stands."""
        return {recipient: at for at, recipient in enumerate(self.recipients)}

    def members(self, kind: int) -> list[int]:
        """Where the demands of a kind stand."""
        return [at for at, one in enumerate(self.kind_of) if one == kind]

    def __len__(self) -> int:
        return len(self.recipients)

    def __iter__(self) -> Iterator[Demand]:
        return (self._demand(at) for at in range(len(self)))

    def __getitem__(self, at: int) -> Demand:  # pyright: ignore[reportIncompatibleMethodOverride] -- no slices
        return self._demand(range(len(self))[at])

    def _demand(self, at: int) -> Demand:
        kind = self.kinds[self.kind_of[at]]
        most = None if kind.most == _MOST else kind.most
        stated = {"weight": kind.weight, "tier": kind.tier, "least": kind.least, "lot": kind.lot}
        return Demand(self.recipients[at], kind.need, item=self.item, most=most, **stated)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Demands):
            return NotImplemented
        return self.item == other.item and list(self) == list(other)

    def __hash__(self) -> int:
        return hash((self.item, self.recipients))


def _named(names: Sequence[str], row: int | tuple[int, ...]) -> dict[str, int]:
    return dict(zip(names, row if isinstance(row, tuple) else (row,), strict=True))
