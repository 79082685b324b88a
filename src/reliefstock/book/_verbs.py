"""What every verb of the book has in common: it makes a request, and the book carries it out."""

from __future__ import annotations

from datetime import date
from typing import TypedDict, TypeVar, Unpack

from reliefstock.operations import Desk, Document, Request

__all__ = ["Act", "Verbs"]

_D = TypeVar("_D", bound=Document)


class Act(TypedDict, total=False):
    """What may be said of any act, whatever it is.

    `command` is the caller's own id for this very act: sent again it gives the first document back. `by` is
    who does it. `concerns` is the day that late news is about, where that day is in a closed period and the
    document is dated on an open one.
    """

    command: str | None
    by: str
    concerns: date | str | None


class Verbs:
    """A family of verbs; the book is made of them."""

    def do(self, request: Request[_D], **act: Unpack[Act]) -> _D:
        """Carry out a request: all checked, then all done, or an error and nothing changed."""
        raise NotImplementedError

    def desk(self) -> Desk:
        """What a verb would look at now, for questions that go with a family of verbs."""
        raise NotImplementedError
