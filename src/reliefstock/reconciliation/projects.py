"""A project's account: what it is to cost, what came in for it, what was spent on it, what it has built.

Money is asked of the ledger, outputs of the observations that stand. Nothing of it is noted beside them, so
nothing of it can drift. What was begun and is now done is observed anew, the earlier observation reversed.
"""

from __future__ import annotations

import attrs

from reliefstock.book import Book
from reliefstock.operations import Observation
from reliefstock.projects import State
from reliefstock.reconciliation.measures import Measure, Measured, What, measure
from reliefstock.values import Interval, Period

__all__ = ["Output", "ProjectAccount", "project_account"]


@attrs.frozen(kw_only=True)
class Output:
    """How many of something a project has planned, begun and done, in units of count `unit`.

    None where nobody counted any in that state.
    """

    what: str
    zh: str
    en: str
    unit: str
    planned: Interval | None = None
    begun: Interval | None = None
    done: Interval | None = None


@attrs.frozen(kw_only=True)
class ProjectAccount:
    """The account of a project at the end of a period. Amounts are in minor units.

    `budget` is None where none is stated. `received` is what donors paid into the project's funds, `spent`
    what was paid out on it; both are exact but for what papers only mention.
    """

    project: str
    state: State | None
    period: Period
    budget: int | None
    received: Measured
    spent: Measured
    outputs: tuple[Output, ...]

    @property
    def left(self) -> int | None:
        """What the budget still allows; below zero where more was spent, None without a budget."""
        return None if self.budget is None else self.budget - int(self.spent.bounds.low)


def project_account(book: Book, project: str, period: Period) -> ProjectAccount:
    """The account of a project for a period. Raises `Unknown`.

    >>> from reliefstock import Money, Project
    >>> book = Book("Ankang", currency="CNY")
    >>> book.add(Project("school", zh="校舍", budget=Money.of("300000", "CNY")))
    >>> project_account(book, "school", Period.year(2023)).left
    30000000
    """
    noun = book.register.project(project)
    asked = Measure(what=What.PROJECT_RECEIVED, period=period, project=project)
    return ProjectAccount(
        project=project,
        state=noun.state,
        period=period,
        budget=None if noun.budget is None else noun.budget.minor,
        received=measure(book, asked),
        spent=measure(book, attrs.evolve(asked, what=What.PROJECT_SPENT)),
        outputs=_outputs(book, project, period),
    )


def _outputs(book: Book, project: str, period: Period) -> tuple[Output, ...]:
    """What was observed of the project up to the end of the period, each thing in its own unit."""
    found: dict[tuple[str, str, str], Output] = {}
    for seen in book.documents_of(Observation):
        stands = seen.period.last <= period.last and not book.is_reversed(seen.number)
        if seen.project == project and seen.state is not None and stands:
            key = (seen.what, seen.unit, seen.about("zh"))
            output = found.get(
                key, Output(zh=seen.about("zh"), en=seen.about("en"), what=seen.what, unit=seen.unit)
            )
            found[key] = _with(output, seen.state, seen.count)
    return tuple(found.values())


def _with(output: Output, state: State, count: Interval) -> Output:
    name = state.value
    before: Interval | None = getattr(output, name)
    return attrs.evolve(output, **{name: count if before is None else before + count})
