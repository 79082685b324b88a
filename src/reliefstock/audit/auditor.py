"""The auditor: reads the records of a book one after the other and recomputes all that it comes to.

Nothing is believed and nothing is shared with what wrote the records but the form of the records themselves:
no balance, no rule. What is kept meanwhile grows with what there is (lots, places, holds, days), and of each
entry with some thirty bytes, so that records may be read from a store as they come.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final

import attrs

from reliefstock.audit.balances import Balances, totals
from reliefstock.audit.closing import Closed
from reliefstock.audit.counting import Counts
from reliefstock.audit.entries import Entries
from reliefstock.audit.figures import CountFigure, Figures, HoldFigure, differences
from reliefstock.audit.finding import AuditFinding, Findings
from reliefstock.audit.holding import Holds, Kept
from reliefstock.audit.papers import Papers
from reliefstock.audit.reading import Nouns, Opening, Posted, UnreadableError, content_of
from reliefstock.errors import ChainBroken
from reliefstock.journal import START, Checkpoint, Head, Record, verified_hashes

__all__ = ["FORMAT", "Audit", "Progress", "balances", "recompute"]

FORMAT: Final = 1
"""The newest version of what records say that is read here."""

Progress = Callable[[int], object]
"""Is told now and then how many records have been read."""

_EVERY: Final = 10_000


@attrs.frozen(kw_only=True)
class Audit:
    """What an audit came to: the figures of the book, recomputed, and all that is wrong with its records.

    `ended` is the number of the record at which it had to stop, None where it read all; `lots` and `places`
    are how many there are.
    """

    book: str
    currency: str
    figures: Figures
    findings: tuple[AuditFinding, ...]
    lots: int
    places: int
    ended: int | None

    @property
    def is_sound(self) -> bool:
        """Whether all was read and nothing is wrong."""
        return not self.findings

    def compare(self, figures: Figures) -> tuple[AuditFinding, ...]:
        """Every figure on which a book does not agree with what was recomputed."""
        return differences(self.figures, figures)


def recompute(
    records: Iterable[Record], *, known: Iterable[Head | Checkpoint] = (), progress: Progress | None = None
) -> Audit:
    """Recompute everything from the records of a book, from the first one on, and check every promise.

    Args:
        records: in their order, the first one first. Any rows of number, previous, payload will do.
        known: checkpoints that somebody kept, or heads alone: the records must lead to each of them.
        progress: is told after every 10,000 records how many there were.

    What is wrong is gathered in the findings and nothing is raised. A record that cannot be read, or a chain
    that is broken, ends the audit with a finding that says where; the figures are those up to there.

    >>> from reliefstock import Book
    >>> from reliefstock.journal import follow
    >>> book = Book("Ankang", currency="CNY")
    >>> audit = recompute(book.records())
    >>> audit.book, audit.is_sound, audit.figures.records
    ('Ankang', True, 1)
    >>> recompute([*book.records(), follow(book.head, b"?")]).findings[0].text()
    'record 2: it cannot be read, and the audit ends: it is of version 63, and this release reads version 1'
    """
    auditor = _Auditor()
    auditor.read(records, [_head(one) for one in known], progress)
    return auditor.audit()


def _head(kept: Head | Checkpoint) -> Head:
    return kept if isinstance(kept, Head) else Head(kept.size, kept.head)


def balances(
    records: Iterable[Record], *, on: date | None = None, known: int | None = None
) -> dict[tuple[str, str], tuple[int, int]]:
    """What every place held of every lot at the end of a day, as known after an entry.

    Both default to the latest. Quantities are in base units, values in minor units, by place and lot; what is
    nothing is left out. The records are read for this and summed, and only their chain is checked.

    Raises:
        ChainBroken: the records do not follow one another.
        ValueError: one of them cannot be read.

    >>> from reliefstock import Book
    >>> balances(Book("Ankang", currency="CNY").records())
    {}
    """
    sums: dict[tuple[str, str], tuple[int, int]] = {}
    for record, _ in _verified(records, ()):
        try:
            content = content_of(record[2])
        except UnreadableError as error:
            reason = f"record {record[0]} cannot be read: {error}"
            raise ValueError(reason) from error
        for entry in content.entries if isinstance(content, Posted) else ():
            if (on is None or entry.on <= on) and (known is None or entry.number <= known):
                for _, place, lot, units, value in entry.legs:
                    there = sums.get((place, lot), (0, 0))
                    sums[place, lot] = (there[0] + units, there[1] + value)
    return {key: there for key, there in sums.items() if there != (0, 0)}


def _verified(records: Iterable[Record], known: Iterable[Head]) -> Iterator[tuple[Record, bytes]]:
    """Each record with its hash, once its place in the chain is checked. Raises `ChainBroken`."""
    met: deque[Record] = deque()

    def passing() -> Iterator[Record]:
        for record in records:
            met.append(record)
            yield record

    for its_hash in verified_hashes(passing(), START, known):
        yield met.popleft(), its_hash


class _Auditor:
    """What is known while records are read."""

    def __init__(self) -> None:
        self._findings = Findings()
        self._balances = Balances(self._findings)
        self._entries = Entries(self._balances, self._findings)
        self._holds = Holds(self._balances.lots, self._findings)
        self._counts = Counts(self._balances, self._entries, self._findings)
        self._closed = Closed(self._findings)
        self._papers = Papers(self._findings)
        self._opening: Opening | None = None
        self._head = START
        self._ended: int | None = None

    def read(self, records: Iterable[Record], known: Iterable[Head], progress: Progress | None) -> None:
        """Read all records, or as many as can be read."""
        try:
            for record, its_hash in _verified(records, known):
                self._findings.record = record[0]
                self._land(content_of(record[2]))
                self._head = Head(record[0], its_hash)
                if progress is not None and record[0] % _EVERY == 0:
                    progress(record[0])
        except UnreadableError as error:
            self._end(self._findings.record, "record-unreadable", reason=error)
        except ChainBroken as broken:
            self._end(broken.number, "chain-broken", fault=broken.fault, reason=broken.reason)
        except _NewerError as newer:
            self._end(self._findings.record, "format-newer", format=newer, known=FORMAT)

    def _end(self, record: int, code: str, **figures: object) -> None:
        self._findings.record, self._ended = record, record
        self._findings.entry = None
        self._findings.add(code, **figures)

    def _land(self, content: Opening | Posted | Nouns) -> None:
        if self._findings.record == 1 and not isinstance(content, Opening):
            self._findings.add("book-not-opened")
        if isinstance(content, Posted):
            self._posted(content)
        elif isinstance(content, Opening):
            self._opened(content)
        else:
            self._balances.register(content.known)

    def _opened(self, opening: Opening) -> None:
        if opening.format > FORMAT:
            raise _NewerError(opening.format)
        if self._findings.record > 1:
            self._findings.add("book-opened-twice")
            return
        self._opening = opening
        self._balances.opened(opening.currency)

    def _posted(self, posted: Posted) -> None:
        self._papers.land(posted)
        self._closed.check(posted)
        for count in posted.counts:
            self._counts.land(count, posted.paper.number)
        for lot in posted.lots:
            self._balances.bring(lot)
        for entry in posted.entries:
            self._entries.enter(entry)
        for lot in posted.lots:
            known = self._balances.lots.get(lot.id)
            if known is not None and known.born is None:
                self._findings.add("lot-not-brought", "", lot.id)
        if posted.holds or posted.outcomes or self._holds.kept:
            self._holds.land(posted.holds, posted.outcomes, posted.entries, posted.paper.number)
        if posted.closing is not None:
            self._closed.land(posted.closing)

    # What it came to

    def audit(self) -> Audit:
        """All of it."""
        opening = self._opening or Opening("", "", 0)
        return Audit(
            book=opening.book,
            currency=opening.currency,
            figures=self._figures(),
            findings=self._findings.found,
            lots=len(self._balances.lots),
            places=self._balances.places,
            ended=self._ended,
        )

    def _figures(self) -> Figures:
        found = list(self._balances.found())
        return Figures(
            balances={(place, lot.id): (units, value) for place, lot, units, value in found},
            totals=totals(found),
            holds={key: _hold(kept) for key, kept in self._holds.kept.items()},
            counts={
                (count.document, count.place, count.lot): CountFigure(count.on, count.counted, there)
                for count, there in self._counts.counts
            },
            documents=dict(self._papers.numbers),
            entries=len(self._entries),
            closed=self._closed.through,
            sealed=self._closed.sealed,
            records=self._head.size,
            head=self._head.hash,
        )


def _hold(kept: Kept) -> HoldFigure:
    hold = kept.hold
    return HoldFigure(hold.place, hold.quantity, hold.since, hold.until, **kept.resolved)


class _NewerError(Exception):
    """The records are of a later format."""
