"""What became of a recall: what every place and recipient had, what came back, and what is still out.

Lots that came in after the recall and fall under it are told of too, and so is all that was made of what is
recalled, since a kit with one recalled can in it is recalled.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import attrs

from reliefstock.book import Book
from reliefstock.ledger import Change, Entry, Lot, Place, PlaceKind, Side
from reliefstock.operations import RecallEnd, RecallNotice
from reliefstock.operations.recalled import contained_in, is_sold
from reliefstock.reconciliation.findings import Finding
from reliefstock.reconciliation.wording import amount_text, place_text
from reliefstock.values import Language, optional_date

__all__ = ["RecallRow", "RecallStatus", "recall_findings", "recall_status"]


@attrs.frozen(kw_only=True)
class RecallRow:
    """One lot in one place, in base units: had = came back + still there.

    `had` is what was there when the recall was made, and what came there since; `came_back` what left since,
    to wherever it went. `contains` are the recalled lots that it is made of, of a recalled lot itself.
    `documents` are those by which it came there; of kits, those of what is in them and of the building.
    """

    place: Place
    lot: str
    item: str
    contains: tuple[str, ...]
    had: int
    came_back: int
    documents: tuple[str, ...]

    @property
    def still_there(self) -> int:
        """What is there."""
        return self.had - self.came_back

    @property
    def is_out(self) -> bool:
        """Whether it is where goods are to be asked back from, or told of: on the road, given out, sold."""
        return self.place.kind.side in (Side.GIVEN_OUT, Side.IN_TRANSIT, Side.CONVERTED)

    @property
    def still_out(self) -> int:
        """What is still out: what is there, where it is out."""
        return self.still_there if self.is_out else 0


@attrs.frozen(kw_only=True)
class RecallStatus:
    """A recall, and where all of it is. `ended_on` is the day on which it was ended or taken back."""

    notice: RecallNotice
    on: date | None
    ended_on: date | None
    rows: tuple[RecallRow, ...]

    @property
    def still_out(self) -> tuple[RecallRow, ...]:
        """The rows of which anything is still out."""
        return tuple(row for row in self.rows if row.still_out)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is out any more, and nothing of it is in usable stock."""
        usable = (row for row in self.rows if row.place.kind is PlaceKind.WAREHOUSE)
        return not self.still_out and not any(row.still_there for row in usable)


def recall_status(
    book: Book, recall: str, *, on: date | str | None = None, known: int | None = None
) -> RecallStatus:
    """Where everything is that a recall is about, at the end of day `on`, as known after entry `known`.

    Raises `Unknown`, or `NotABusinessDate`.

    >>> from reliefstock.errors import Unknown
    >>> try:
    ...     recall_status(Book("Ankang", currency="CNY"), "RCL-000001")
    ... except Unknown as unknown:
    ...     print(unknown)
    the book knows no recall notice 'RCL-000001'; there is none of that name or number
    """
    day = optional_date(on)
    notice = book.desk().document(recall, RecallNotice)
    asked = _Asked(book, notice, day, known)
    return RecallStatus(notice=notice, on=day, ended_on=_ended(book, notice, day), rows=tuple(asked.rows()))


def _ended(book: Book, notice: RecallNotice, on: date | None) -> date | None:
    """The day on which a recall was over; what was taken back was over on that day too."""
    ends = (end for end in book.documents_of(RecallEnd) if end.recall == notice.number)
    days = [end.on for end in ends if not book.is_reversed(end.number)]
    reversed_on = book.reversed_on(notice.number)
    days += [] if reversed_on is None else [reversed_on]
    return min((day for day in days if on is None or day <= on), default=None)


def recall_findings(
    book: Book, recall: str, *, on: date | str | None = None, known: int | None = None
) -> tuple[Finding, ...]:
    """What of an open recall is still out, on the road, or in usable stock after all; none once it is over.

    Raises as `recall_status`.
    """
    status = recall_status(book, recall, on=on, known=known)
    rows = status.rows if status.ended_on is None else ()
    return tuple(_finding(book, status, row) for row in rows if _is_amiss(row))


@attrs.frozen
class _Asked:
    """A question about a recall."""

    book: Book
    notice: RecallNotice
    on: date | None
    known: int | None

    def rows(self) -> Iterator[RecallRow]:
        """The rows, lot by lot, each lot in the order in which it came to its places."""
        for lot_id, contains in self._lots().items():
            lot = self.book.lot(lot_id)
            for place in self._places(lot):
                row = self._row(lot, place, contains)
                if row.had:
                    yield row

    def _lots(self) -> dict[str, tuple[str, ...]]:
        """What is recalled and what contains it, with what it contains."""
        named = [lot for lot in self.book.ledger.lots.values() if self.notice.names(lot)]
        contains: dict[str, tuple[str, ...]] = {}
        for one in named:
            for lot in contained_in(self.book.desk(), one):
                contains[lot.id] = (*contains.get(lot.id, ()), one.id)
        return contains | {one.id: (one.id,) for one in named}

    def _places(self, lot: Lot) -> Iterator[Place]:
        postings = (one for entry in self.book.ledger.entries_of(lot.id) for one in entry.postings)
        for place in dict.fromkeys(one.place for one in postings if one.lot == lot.id):
            if not place.kind.may_go_below_zero or is_sold(self.book.desk(), lot, place):
                yield place

    def _row(self, lot: Lot, place: Place, contains: tuple[str, ...]) -> RecallRow:
        changes = tuple(self._changes(lot, place))
        had = sum(change.quantity for change, entry in changes if self._came(lot, place, change, entry))
        return RecallRow(
            place=place,
            lot=lot.id,
            item=lot.item,
            contains=contains,
            had=had,
            came_back=had - sum(change.quantity for change, _ in changes),
            documents=tuple(dict.fromkeys(self._documents(lot, place))),
        )

    def _changes(self, lot: Lot, place: Place) -> Iterator[tuple[Change, Entry]]:
        timeline = self.book.ledger.timeline(place, lot.id)
        for change in timeline.changes() if timeline else ():
            if (self.on is None or change.on <= self.on) and (
                self.known is None or change.entry <= self.known
            ):
                yield change, self.book.ledger.entry(change.entry)

    def _came(self, lot: Lot, place: Place, change: Change, entry: Entry) -> bool:
        """Whether it is part of what was there at the recall, or of what came since.

        What takes an entry back is of the same kind as that entry. What turned into another lot, revalued or
        broken out of a kit, has gone nowhere: it is told of as that lot.
        """
        first = change.entry if entry.reverses is None else entry.reverses
        return (
            first <= self.notice.known
            or (change.quantity > 0) is (entry.reverses is None)
            or _turned(lot, place, entry)
        )

    def _documents(self, lot: Lot, place: Place) -> Iterator[str]:
        """The papers by which it came to a place; of what turned into it there, those of what that was.

        The paper of the turning is one of them where other goods came of it: kits, or what was in them. Goods
        that only got another id came by their old papers.
        """
        found: list[list[str]] = []
        seen, waiting = {lot.id}, [lot]
        for one in waiting:
            found.append([])
            for before, entry in self._comings(one, place):
                waiting += [part for part in before if part.id not in seen]
                seen.update(part.id for part in before)
                if entry.reverses is None and all(part.item != one.item for part in before):
                    found[-1].append(entry.document)
        for papers in reversed(found):
            yield from papers

    def _comings(self, lot: Lot, place: Place) -> Iterator[tuple[list[Lot], Entry]]:
        """Standing entries by which a lot came to a place, each with the lots that it was there before."""
        for change, entry in self._changes(lot, place):
            if change.quantity > 0 and self.book.ledger.reversed_by(change.entry) is None:
                turned = _turned(lot, place, entry)
                yield [self.book.lot(part.lot) for part in lot.made_of] if turned else [], entry


def _turned(lot: Lot, place: Place, entry: Entry) -> bool:
    """Whether goods of a place became another lot by an entry, or another lot became these."""
    legs = (posting.place for posting in entry.postings if posting.lot == lot.id)
    return place.kind is not PlaceKind.CONVERSION and any(leg.kind is PlaceKind.CONVERSION for leg in legs)


def _is_amiss(row: RecallRow) -> bool:
    return bool(row.still_out) or (row.place.kind is PlaceKind.WAREHOUSE and bool(row.still_there))


def _finding(book: Book, status: RecallStatus, row: RecallRow) -> Finding:
    code, zh, en = _WHAT.get(row.place.kind, _STILL_OUT)
    return Finding(
        code=code,
        about=status.notice.number,
        zh=zh.format(**_told(book, status, row, "zh")),
        en=en.format(**_told(book, status, row, "en")),
        figures=(("had", str(row.had)), ("came back", str(row.came_back)), ("still", str(row.still_there))),
        documents=(status.notice.number, *row.documents),
    )


def _told(book: Book, status: RecallStatus, row: RecallRow, lang: Language) -> dict[str, str]:
    lot = book.lot(row.lot)
    return {
        "recall": status.notice.number,
        "place": place_text(book, row.place, lang),
        "item": book.register.item(row.item).name(lang),
        "amount": amount_text(book, lot, row.still_there, lang),
        "lot": lot.id,
    }


_STILL_OUT = (
    "recall-still-out",
    "召回 {recall}：{place} 尚有 {item} {amount}（批次 {lot}）未收回",
    "recall {recall}: {place} still has {amount} of {item} (lot {lot})",
)
_WHAT = {
    PlaceKind.TRANSIT: (
        "recall-on-the-road",
        "召回 {recall}：{item} {amount}（批次 {lot}）在途（{place}），到货后隔离",
        "recall {recall}: {amount} of {item} (lot {lot}) are on the road ({place}), to be kept apart",
    ),
    PlaceKind.CONVERSION: (
        "recall-sold",
        "召回 {recall}：{item} {amount}（批次 {lot}）已由 {place} 变卖，应通知买方",
        "recall {recall}: {amount} of {item} (lot {lot}) were sold by {place}, the buyer is to be told",
    ),
    PlaceKind.WAREHOUSE: (
        "recall-usable",
        "召回 {recall}：{place} 的可用库存中有 {item} {amount}（批次 {lot}），应隔离",
        "recall {recall}: {amount} of {item} (lot {lot}) are in usable stock in {place}; keep them apart",
    ),
}
