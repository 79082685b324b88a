"""A book and its records, compared: the one module of the audit that knows what a book is (promise 13).

What a book says is asked of its ledger, its positions and its papers, and handed over as plain figures; what
the records say is recomputed by `reliefstock.audit.auditor`, which shares none of that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import attrs

from reliefstock.audit.auditor import Audit, Progress, recompute
from reliefstock.audit.figures import CountFigure, Figures, HoldFigure
from reliefstock.audit.finding import AuditFinding
from reliefstock.book import Book
from reliefstock.journal import Checkpoint, Head, Record
from reliefstock.ledger import Holding, How, Place, PlaceKind, Standing
from reliefstock.operations import CountSheet

__all__ = ["AuditReport", "audit", "figures_of"]


@attrs.frozen(kw_only=True)
class AuditReport:
    """An audit, and where the book does not agree with it; `compared` says whether there was a book."""

    recomputed: Audit
    differences: tuple[AuditFinding, ...]
    compared: bool

    @property
    def findings(self) -> tuple[AuditFinding, ...]:
        """All that is wrong: in the records, and between them and the book."""
        return self.recomputed.findings + self.differences

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings

    @property
    def figures(self) -> Figures:
        """The figures of the book, recomputed."""
        return self.recomputed.figures


def audit(
    records: Iterable[Record],
    book: Book | None = None,
    *,
    known: Iterable[Head | Checkpoint] = (),
    progress: Progress | None = None,
) -> AuditReport:
    """Recompute a book from its records, check every promise, and compare what comes out with the book.

    The book must be at the same record: what it has done since is told as a difference. `known` are
    checkpoints that somebody kept, `progress` is told now and then how many records have been read. Nothing
    that is wrong is raised: it is in the findings.

    >>> book = Book("Ankang", currency="CNY")
    >>> report = audit(book.records(), book)
    >>> report.is_sound, report.figures.records
    (True, 1)
    """
    recomputed = recompute(records, known=known, progress=progress)
    differences = () if book is None else recomputed.compare(figures_of(book))
    return AuditReport(recomputed=recomputed, differences=differences, compared=book is not None)


def figures_of(book: Book) -> Figures:
    """The figures of a book, as the book itself says them.

    >>> figures_of(Book("Ankang", currency="CNY")).entries
    0
    """
    ledger = book.ledger
    return Figures(
        balances=_balances(book),
        totals=_totals(book),
        holds={one.hold.key: _hold(one) for one in ledger.holds},
        counts=_counts(book),
        documents=Counter(number.rpartition("-")[0] for number in book.documents),
        entries=len(ledger),
        closed=ledger.closed_through,
        sealed=ledger.sealed_through,
        records=book.head.size,
        head=book.head.hash,
    )


def _balances(book: Book) -> dict[tuple[str, str], tuple[int, int]]:
    found = ((place, lot.id, timeline.as_of()) for place, lot, timeline in book.ledger.timelines())
    return {(str(place), lot): (there.quantity, there.value) for place, lot, there in found if there}


def _counts(book: Book) -> dict[tuple[str, str, str], CountFigure]:
    lines = ((sheet, line.subject) for sheet in book.documents_of(CountSheet) for line in sheet.lines)
    shelves = dict.fromkeys((subject.place(sheet.warehouse), subject.lot) for sheet, subject in lines)
    return {
        (one.document, str(place), lot): CountFigure(one.on, one.counted, one.there)
        for place, lot in shelves
        for one in book.ledger.counted(place, lot)
    }


def _totals(book: Book) -> dict[str, tuple[int, int]]:
    """What is in care by the positions, which verbs take from, and not by the history of entries."""
    totals: dict[str, Holding] = {}
    items = dict.fromkeys(lot.item for lot in book.ledger.lots.values())
    for place in book.ledger.places(*(kind for kind in PlaceKind if kind.is_held)):
        for item in items:
            for there in _shelf(book, place, item):
                totals[item] = totals.get(item, Holding(0, 0)) + there
    return {item: (total.quantity, total.value) for item, total in totals.items()}


def _shelf(book: Book, place: Place, item: str) -> list[Holding]:
    return [position.holding for position in book.ledger.stock(place, item).values()]


def _hold(one: Standing) -> HoldFigure:
    came = dict.fromkeys(How, 0)
    for outcome in one.outcomes:
        came[outcome.how] += outcome.quantity
    hold = one.hold
    resolved = {how.value: units for how, units in came.items()}
    return HoldFigure(str(hold.place), hold.quantity, hold.since, hold.until, **resolved)
