"""Where money is kept and what it is spent on: funds and projects.

A project says what it is meant to cost. What it has received and spent is asked of the ledger, never
noted beside it; what it has built is observed, with evidence, and stands in a state.
"""

from __future__ import annotations

from enum import Enum

import attrs

from reliefstock.parties import Named
from reliefstock.values import Money, one_form, several

__all__ = ["Fund", "Project", "State"]


class State(Enum):
    """How far an output has come."""

    PLANNED = "planned"
    BEGUN = "begun"
    DONE = "done"


@attrs.frozen(kw_only=True)
class Fund(Named):
    """Where money is kept; `project` names the project that it is kept for, if any."""

    project: str | None = None


@attrs.frozen(kw_only=True)
class Project(Named):
    """A project with its budget; `places` are the division codes it works in.

    As long as it is only planned nothing can be spent on it. `evidence` names the paper that says all this.
    """

    budget: Money | None = None
    state: State | None = None
    programme: str = attrs.field(default="", converter=one_form)
    places: tuple[str, ...] = attrs.field(default=(), converter=several)
    evidence: str = ""
