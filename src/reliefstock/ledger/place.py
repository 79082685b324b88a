"""Where units can be: a place is a kind and an id.

Places inside the house (depots, funds, consignments) and places where goods ended (households,
schools, societies, projects, losses) never hold less than nothing. Places from which goods come (donors,
suppliers, gains, conversions) may: a donor who gave 500 stands at -500.

Every kind belongs to one side of the statement, so that the statement covers every unit there is.
"""

from __future__ import annotations

from enum import Enum
from functools import cached_property

import attrs

from reliefstock.values import identifier

__all__ = ["Place", "PlaceKind", "Side"]


class Side(Enum):
    """The side of the statement on which a place stands.

    opening + received + gains + converted = on hand + in transit + given out + lost.
    """

    RECEIVED = "received"
    GAINS = "gains"
    CONVERTED = "converted"
    ON_HAND = "on hand"
    IN_TRANSIT = "in transit"
    GIVEN_OUT = "given out"
    LOST = "lost"


class PlaceKind(Enum):
    """What a place is."""

    WAREHOUSE = "warehouse"
    QUARANTINE = "quarantine"
    FUND = "fund"
    TRANSIT = "transit"
    HOUSEHOLD = "household"
    SCHOOL = "school"
    SOCIETY = "society"
    PROJECT = "project"
    DONOR = "donor"
    SUPPLIER = "supplier"
    GAIN = "gain"
    LOSS = "loss"
    CONVERSION = "conversion"

    @cached_property
    def side(self) -> Side:
        """Its side of the statement."""
        return _SIDES[self.value]

    @cached_property
    def is_held(self) -> bool:
        """Whether what is there is still in the society's care."""
        return self.side in (Side.ON_HAND, Side.IN_TRANSIT)

    @cached_property
    def is_outside(self) -> bool:
        """Whether lots come from there or end there without anybody having got them."""
        return not (self.is_held or self.side is Side.GIVEN_OUT)

    @cached_property
    def may_go_below_zero(self) -> bool:
        """Whether it may hold less than nothing: places outside may, but no more is found than was lost."""
        return self.is_outside and self.side is not Side.LOST


_SIDES = {
    "warehouse": Side.ON_HAND,
    "quarantine": Side.ON_HAND,
    "fund": Side.ON_HAND,
    "transit": Side.IN_TRANSIT,
    "household": Side.GIVEN_OUT,
    "school": Side.GIVEN_OUT,
    "society": Side.GIVEN_OUT,
    "project": Side.GIVEN_OUT,
    "donor": Side.RECEIVED,
    "supplier": Side.RECEIVED,
    "gain": Side.GAINS,
    "loss": Side.LOST,
    "conversion": Side.CONVERTED,
}


def _place_id(given: object) -> str:
    return identifier(given, "place")


@attrs.frozen(cache_hash=True)
class Place:
    """A place; its text is `kind:id`.

    >>> str(Place(PlaceKind.WAREHOUSE, "ankang")), Place.parse("school:lvhe").kind.side.value
    ('warehouse:ankang', 'given out')
    """

    kind: PlaceKind
    id: str = attrs.field(converter=_place_id)

    def __str__(self) -> str:
        return f"{self.kind.value}:{self.id}"

    @classmethod
    def parse(cls, text: str) -> Place:
        """Read `kind:id` back. Raises ValueError for an unknown kind, `BadIdentifier` for a bad id."""
        kind, _, place_id = text.partition(":")
        return cls(PlaceKind(kind), place_id)
