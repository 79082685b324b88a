"""What comes out: how many units for each recipient, how that came about, and what is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from functools import cached_property

import attrs

from reliefstock.allocation.demand import Demands
from reliefstock.allocation.rules import Rule
from reliefstock.errors import Unknown

__all__ = ["Award", "Outcome", "Plan"]


class Outcome(Enum):
    """What decided an award."""

    MET = "met"
    """All that is needed."""
    MOST = "most"
    """The most that is said to be of use, less than the need."""
    LEVEL = "level"
    """Up to the level that all have reached; the next box is dearer."""
    DRAWN = "drawn"
    """One box more than some equals have: there were not enough for all of them, the tickets decided."""
    TIED = "tied"
    """One box less than some equals have, by the tickets."""
    LEAST = "least"
    """The least amount or the floor alone: the rule would have given no more than that."""
    BELOW_LEAST = "below least"
    """Nothing: the least amount that is of use could not be had."""
    LOT = "lot"
    """The next box does not fit into what is left, or into what is needed."""
    NO_MORE = "no more"
    """Nothing was left for this tier, or beyond the floor."""
    WON = "won"
    """All that is needed, by lot."""
    LOST = "lost"
    """Nothing, by lot."""
    NO_NEED = "no need"
    """Nothing is needed."""


@attrs.frozen
class Award:
    """What one recipient has in a plan."""

    recipient: str
    need: int
    units: int
    outcome: Outcome

    @property
    def unmet(self) -> int:
        """How much of the need is not met."""
        return max(self.need - self.units, 0)


@attrs.frozen(eq=False)
class Plan(Sequence[Award]):
    """The awards of a rule, in the order of the demands.

    Attributes:
        supply: how many units there were.
        demands: what was asked for.
        rule: by which rule.
        floor: how many units everybody had before any rule, as far as they need them.
        seed: the published seed of the tickets; empty where ids were in their order.
        units: the units of each demand.
        outcomes: what decided on each.
    """

    supply: int
    demands: Demands
    rule: Rule
    floor: int
    seed: str
    units: Sequence[int]
    outcomes: Sequence[Outcome]

    @cached_property
    def sizes(self) -> Mapping[tuple[int, int], int]:
        """How many recipients there are of a kind, by its number, who have so many units."""
        return Counter(zip(self.demands.kind_of, self.units, strict=True))

    @cached_property
    def awarded(self) -> int:
        """The units of all awards."""
        return sum(self.units)

    @property
    def left(self) -> int:
        """The units that nobody has."""
        return self.supply - self.awarded

    @cached_property
    def unmet(self) -> int:
        """The need of all that is not met."""
        kinds = self.demands.kinds
        return sum(max(kinds[kind].need - units, 0) * size for (kind, units), size in self.sizes.items())

    def award(self, recipient: str) -> Award:
        """The award of a recipient. Raises `Unknown`."""
        at = self.demands.place_of.get(recipient)
        if at is None:
            raise Unknown("recipient", recipient)
        return self[at]

    def __len__(self) -> int:
        return len(self.units)

    def __iter__(self) -> Iterator[Award]:
        return (self[at] for at in range(len(self)))

    def __getitem__(self, at: int) -> Award:  # pyright: ignore[reportIncompatibleMethodOverride] -- no slices
        kind = self.demands.kinds[self.demands.kind_of[at]]
        return Award(self.demands.recipients[at], kind.need, self.units[at], self.outcomes[at])
