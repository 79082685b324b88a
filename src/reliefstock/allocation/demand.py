"""What is asked for: who needs how much, and what counts when there is not enough.

Demands that say the same are of one *kind*. A million households are a few kinds, so what a rule has to think
about is small; demands are kept in columns, a kind for each recipient.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Container, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import count
from operator import attrgetter, le
from typing import Final, TypeVar

import attrs

from reliefstock.errors import BadDemand, Incomplete

__all__ = ["Demand", "Demands", "Kind"]

_MOST: Final = 2**63 - 1

_Said = TypeVar("_Said", bound=Hashable)


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
        self._check_kinds()
        self._check_recipients()

    def _check_kinds(self) -> None:
        if _are_right(self.kinds):
            return
        for number, kind in enumerate(self.kinds):
            if kind.fault:
                at = next((at for at, one in enumerate(self.kind_of) if one == number), None)
                raise BadDemand("nobody" if at is None else self.recipients[at], kind.fault, kind.figures)

    def _check_recipients(self) -> None:
        if not set(map(type, self.recipients)) <= {str}:
            _check_ids(self.recipients)
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
        listed: list[Demand] = list(demands) if isinstance(demands, Iterable) else [demands]  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not check types
        for demand in listed:
            if not isinstance(demand, Demand):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not check types
                raise Incomplete(
                    "the demands",
                    f"{demand!r} is no demand",
                    "state each as a Demand",
                    zh=f"需求：{demand!r} 不是需求；请逐条用 Demand 写明",
                )
        for demand in listed:
            if demand.item != listed[0].item:
                raise BadDemand(demand.recipient, "items", (demand.item, listed[0].item))
        kinds = [demand.kind for demand in listed]
        for demand, kind in zip(listed, kinds, strict=True):
            if not kind.is_whole:  # 5.0 is equal to 5, and would be taken for the same kind
                raise BadDemand(demand.recipient, "whole", kind.figures)
        known, kind_of = _numbered(kinds)
        item = listed[0].item if listed else ""
        return cls([demand.recipient for demand in listed], known, kind_of, item)

    @classmethod
    def columns(
        cls, recipients: Sequence[str], needs: Sequence[int], *, item: str = "", **stated: Sequence[int]
    ) -> Demands:
        """The same from columns of whole numbers: `weight`, `tier`, `least`, `most` and `lot` where stated.

        Raises `BadDemand`, also for a column of another length.
        """
        _check_columns(recipients, {"need": needs, **stated})
        for name, column in {"need": needs, **stated}.items():
            if len(column) != len(recipients):
                raise BadDemand(f"column {name}", "length", (len(column), len(recipients)))
            if set(map(type, column)) - {int}:
                at = next(at for at, number in enumerate(column) if type(number) is not int)
                raise BadDemand(recipients[at], "whole", (column[at],))
        rows: Iterable[int | tuple[int, ...]] = zip(needs, *stated.values(), strict=True) if stated else needs
        known, kind_of = _numbered(rows)
        return cls(recipients, _kinds(("need", *stated), known), kind_of, item)

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """How many demands there are of each kind."""
        counted = Counter(self.kind_of)
        return tuple(counted[number] for number in range(len(self.kinds)))

    @cached_property
    def need(self) -> int:
        """What all of them need together."""
        return sum(kind.need * size for kind, size in zip(self.kinds, self.sizes, strict=True))

    @cached_property
    def place_of(self) -> Mapping[str, int]:
        """Where the demand of a recipient stands."""
        return {recipient: at for at, recipient in enumerate(self.recipients)}

    def members(self, kinds: Container[int]) -> Mapping[int, list[int]]:
        """Where the demands of some kinds stand, by kind."""
        found: dict[int, list[int]] = defaultdict(list)
        kind_of = self.kind_of
        for at in [at for at, kind in enumerate(kind_of) if kind in kinds]:
            found[kind_of[at]].append(at)
        return found

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


def _check_ids(recipients: Iterable[object]) -> None:
    for recipient in recipients:
        if not isinstance(recipient, str):
            raise BadDemand(repr(recipient), "id")


def _check_columns(recipients: object, columns: Mapping[str, object]) -> None:
    """Refuse columns that a kind has not, and what has no rows."""
    known = {field.name for field in attrs.fields(Kind)}
    for name, column in {"recipients": recipients, **columns}.items():
        if name not in known | {"recipients"} or not isinstance(column, Sequence | array):
            raise BadDemand(f"column {name}", "column")


def _numbered(said: Iterable[_Said]) -> tuple[list[_Said], array[int]]:
    """What is said, each once, and the number of each in that."""
    numbers: defaultdict[_Said, int] = defaultdict(count().__next__)
    number_of = array("l", map(numbers.__getitem__, said))
    return list(numbers), number_of


def _are_right(kinds: Sequence[Kind]) -> bool:
    """Whether no kind has a fault, looked at in columns; where one has, `Kind.fault` says which."""
    if not kinds:
        return True
    columns = [list(map(attrgetter(field.name), kinds)) for field in attrs.fields(Kind)]
    if any(set(map(type, column)) != {int} or max(column) > _MOST for column in columns):
        return False
    needs, weights, _, leasts, mosts, lots = columns
    if min(map(min, (needs, leasts, mosts))) < 0 or min(map(min, (weights, lots))) < 1:
        return False
    return all(map(le, leasts, map(min, needs, mosts)))


def _kinds(names: Sequence[str], rows: Iterable[int | tuple[int, ...]]) -> list[Kind]:
    return [Kind(row) if isinstance(row, int) else Kind(**dict(zip(names, row, strict=True))) for row in rows]
