"""The report to a donor: what was promised, what came, and where all of it is now.

Donors may ask and copy what became of their gift (Red Cross Society Law, art. 21). For each donation the
report has what was received, lot by lot with its value and what the value rests on, and its ends as the
trace finds them: on hand, on the road, given out, lost; of a lot of several donors, a purchase or a kit, the
share of this donor. The ends sum to what was given, to the fen.

A report made for the public keeps back the name of a donor who asked for it (Charity Law 2023, art. 82), and
with it what papers about the gift are called, since those often say whose it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import attrs

from reliefstock.book import Book
from reliefstock.donations import Basis, PledgedLine, Restriction
from reliefstock.ledger import Holding, Place, PlaceKind, Side
from reliefstock.operations import DonationReceipt, GoodsReceivedNote, Pledge, ReceiptForm, ReceivedLot
from reliefstock.reconciliation import Trace, TraceEnd, trace
from reliefstock.reports.naming import NIL, Naming, notes, unvalued_notes
from reliefstock.reports.tables import Align, Column, Row, Table
from reliefstock.reports.words import listed
from reliefstock.values import Language, Money, Quantity

__all__ = [
    "Donation",
    "DonationEnd",
    "DonationReport",
    "ReceivedGift",
    "donation_ends_table",
    "donation_report",
    "donation_report_table",
]

_RECEIVED: tuple[tuple[str, Align], ...] = (
    ("donation", "left"),
    ("date", "left"),
    ("receipt", "left"),
    ("lot", "left"),
    ("item", "left"),
    ("pledged", "right"),
    ("quantity", "right"),
    ("refused", "right"),
    ("value", "right"),
    ("basis", "left"),
    ("evidence", "left"),
    ("restriction", "left"),
)


@attrs.frozen(kw_only=True)
class ReceivedGift:
    """One line of what came: a lot, or what was refused of it and why.

    `quantity` is in base units, `value` in minor units, both as they came in; `receipt` is the number of
    the donation receipt, or of the goods received note. `evidence` is empty where it is not public.
    """

    on: date
    document: str
    receipt: str
    form: ReceiptForm
    lot: str | None
    item: str
    quantity: int
    value: int
    basis: Basis
    evidence: str
    restrictions: tuple[Restriction, ...]
    refused: Quantity | Money | None
    refusal_reason: str
    is_reversed: bool


@attrs.frozen(kw_only=True)
class DonationEnd:
    """Where a part of a donation is now, in base units and minor units.

    What was given out is summed by the kind of recipient (`recipients` of them), everything else by place;
    `lots` are those that are summed.
    `was_converted` says that it was bought with the gift, or made of it; `is_shared` that it is a share, in
    value, of lots of several donors: the quantity is what is there of these lots, whose units nobody can
    tell apart.
    """

    kind: PlaceKind
    place: Place | None
    item: str
    lots: tuple[str, ...]
    quantity: int
    value: int
    recipients: int
    was_converted: bool
    is_shared: bool

    @property
    def side(self) -> Side:
        """On which side of the statement it ended."""
        return self.kind.side


@attrs.frozen(kw_only=True)
class Donation:
    """One donation: what was promised, what came, where it is. `given` is in minor units."""

    number: str
    pledged_on: date | None
    pledged: tuple[PledgedLine, ...]
    received: tuple[ReceivedGift, ...]
    given: int
    ends: tuple[DonationEnd, ...]

    @property
    def accounted(self) -> int:
        """What the ends sum to, in minor units."""
        return sum(end.value for end in self.ends)

    @property
    def difference(self) -> int:
        """What was given less what is accounted for, in minor units: zero, or something is wrong."""
        return self.given - self.accounted


@attrs.frozen(kw_only=True)
class DonationReport:
    """All donations of a donor, in the order in which the book met them.

    `donor` is None where the name is kept back; `public` says for whom the report is.
    """

    donor: str | None
    public: bool
    donations: tuple[Donation, ...]

    @property
    def given(self) -> int:
        """What was given and found in all, in minor units."""
        return sum(donation.given for donation in self.donations)

    @property
    def difference(self) -> int:
        """What is not accounted for, in minor units: zero, or something is wrong."""
        return sum(donation.difference for donation in self.donations)


def donation_report(book: Book, donor: str, *, public: bool = False) -> DonationReport:
    """What a donor gave and what became of it, as the book stands now. Raises `Unknown`.

    >>> from reliefstock import Donor
    >>> book = Book("Ankang", currency="CNY")
    >>> book.add(Donor("A", zh="甲公司", hidden=True))
    >>> donation_report(book, "A", public=True)
    DonationReport(donor=None, public=True, donations=())
    """
    masked = public and book.register.donor(donor).hidden
    papers = _papers(book, book.register.donor(donor).id)
    donations = (_donation(book, number, found, masked=masked) for number, found in papers.items())
    return DonationReport(
        donor=None if masked else book.register.donor(donor).id, public=public, donations=tuple(donations)
    )


def donation_report_table(report: DonationReport, book: Book, lang: Language = "en") -> Table:
    """What was promised and what came, a line each; the total is the value of what stands.

    >>> nothing = DonationReport(donor=None, public=True, donations=())
    >>> donation_report_table(nothing, Book("Ankang", currency="CNY"), "zh").zh
    '捐赠使用报告：不愿公开名称的捐赠方'
    """
    naming = Naming(book, lang, public=report.public)
    came = [gift for donation in report.donations for gift in donation.received]
    is_reversed = ("reversed",) if any(gift.is_reversed for gift in came) else ()
    unvalued = _unvalued(report, book)
    total = naming.amount(sum(gift.value for gift in came if not gift.is_reversed))
    return Table(
        "donation_report",
        _title("title.donation report", report, Naming(book, "zh", public=report.public)),
        _title("title.donation report", report, Naming(book, "en", public=report.public)),
        columns=tuple(Column.named(head, align) for head, align in _RECEIVED),
        rows=tuple(row for donation in report.donations for row in _donation_rows(naming, report, donation)),
        total=(naming.word("said.all"), "", "", "", "", "", "", "", total, "", "", ""),
        notes_zh=notes(book, "zh", *is_reversed, *unvalued),
        notes_en=notes(book, "en", *is_reversed, *unvalued),
        lang=lang,
    )


def donation_ends_table(report: DonationReport, book: Book, lang: Language = "en") -> Table:
    """Where all of it is now; whether the total is what was given and found is said in a note.

    >>> nothing = DonationReport(donor=None, public=True, donations=())
    >>> donation_ends_table(nothing, Book("Ankang", currency="CNY")).notes("en")
    ('amounts in CNY', 'the ends sum to the 0 given and found')
    """
    naming = Naming(book, lang, public=report.public)
    there = dict.fromkeys(lot for one in report.donations for end in one.ends for lot in end.lots)
    unvalued = unvalued_notes(book, there)
    accounted = sum(donation.accounted for donation in report.donations)
    return Table(
        "donation_ends",
        _title("title.donation ends", report, Naming(book, "zh", public=report.public)),
        _title("title.donation ends", report, Naming(book, "en", public=report.public)),
        columns=(
            Column.named("donation"),
            Column.named("state"),
            Column.named("where"),
            Column.named("item"),
            Column.named("quantity", "right"),
            Column.named("value", "right"),
        ),
        rows=tuple(
            _end_cells(naming, donation, end) for donation in report.donations for end in donation.ends
        ),
        total=(naming.word("said.all"), "", "", "", "", naming.amount(accounted)),
        notes_zh=(*notes(book, "zh", *unvalued), _balance_note(Naming(book, "zh"), report)),
        notes_en=(*notes(book, "en", *unvalued), _balance_note(Naming(book, "en"), report)),
        lang=lang,
    )


# Rows


_Paper = Pledge | GoodsReceivedNote | DonationReceipt


def _papers(book: Book, donor: str) -> dict[str, list[_Paper]]:
    """The papers of a donor by donation: a pledge and what came of it, or what came without one."""
    papers: dict[str, list[_Paper]] = {}
    for paper in book.documents.values():
        if isinstance(paper, _Paper) and paper.donor == donor:
            number = paper.number if isinstance(paper, Pledge) else paper.donation
            papers.setdefault(number, []).append(paper)
    return papers


def _donation(book: Book, number: str, papers: list[_Paper], *, masked: bool) -> Donation:
    pledge = next((paper for paper in papers if isinstance(paper, Pledge)), None)
    received = tuple(gift for paper in papers for gift in _received(book, paper, masked=masked))
    traced = trace(book, number) if any(gift.lot for gift in received) else None
    return Donation(
        number=number,
        pledged_on=None if pledge is None else pledge.on,
        pledged=() if pledge is None else pledge.lines,
        received=received,
        given=0 if traced is None else traced.given,
        ends=() if traced is None else tuple(_ends(traced)),
    )


def _received(book: Book, paper: _Paper, *, masked: bool) -> Iterator[ReceivedGift]:
    if isinstance(paper, GoodsReceivedNote):
        for line in paper.lines:
            yield _goods(book, paper, line, masked=masked)
    if isinstance(paper, DonationReceipt):
        yield _money(book, paper, masked=masked)


def _goods(book: Book, note: GoodsReceivedNote, line: ReceivedLot, *, masked: bool) -> ReceivedGift:
    lot = None if line.lot is None else book.lot(line.lot)
    return ReceivedGift(
        on=note.on,
        document=note.number,
        receipt=note.number,
        form=ReceiptForm.NUMBERED,
        lot=line.lot,
        item=line.item,
        quantity=0 if lot is None else lot.quantity,
        value=0 if lot is None else lot.value,
        basis=line.valuation.basis,
        evidence="" if masked else line.valuation.evidence,
        restrictions=() if lot is None else lot.restrictions,
        refused=line.refused,
        refusal_reason=line.refusal_reason,
        is_reversed=book.is_reversed(note.number),
    )


def _money(book: Book, receipt: DonationReceipt, *, masked: bool) -> ReceivedGift:
    lot = book.lot(receipt.lot)
    return ReceivedGift(
        on=receipt.on,
        document=receipt.number,
        receipt=receipt.receipt,
        form=receipt.receipt_form,
        lot=lot.id,
        item=lot.item,
        quantity=lot.quantity,
        value=lot.value,
        basis=lot.valuation.basis,
        evidence="" if masked else lot.valuation.evidence,
        restrictions=lot.restrictions,
        refused=None,
        refusal_reason="",
        is_reversed=book.is_reversed(receipt.number),
    )


def _ends(traced: Trace) -> Iterator[DonationEnd]:
    """The ends, those of one kind and item together: households and schools are counted, not listed."""
    sums: dict[tuple[Place | PlaceKind, str, bool, bool], list[TraceEnd]] = {}
    for end in traced.ends:
        where = end.place.kind if end.side is Side.GIVEN_OUT else end.place
        sums.setdefault((where, end.item, end.depth > 0, end.shared), []).append(end)
    return map(_end, sums.values())


def _end(ends: list[TraceEnd]) -> DonationEnd:
    first = ends[0]
    is_given = first.side is Side.GIVEN_OUT
    return DonationEnd(
        kind=first.place.kind,
        place=None if is_given else first.place,
        item=first.item,
        lots=tuple(dict.fromkeys(end.lot for end in ends)),
        quantity=sum(end.quantity for end in ends),
        value=sum(end.value for end in ends),
        recipients=len({end.place for end in ends}) if is_given else 0,
        was_converted=first.depth > 0,
        is_shared=first.shared,
    )


# Cells


def _unvalued(report: DonationReport, book: Book) -> tuple[str, ...]:
    gifts = (gift for donation in report.donations for gift in donation.received)
    return unvalued_notes(book, (gift.lot for gift in gifts if gift.lot))


def _title(key: str, report: DonationReport, naming: Naming) -> str:
    donor = naming.word("said.anonymous") if report.donor is None else naming.donor(report.donor)
    return naming.word(key, donor=donor)


def _donation_rows(naming: Naming, report: DonationReport, donation: Donation) -> Iterator[Row]:
    for line in donation.pledged:
        yield _pledged_cells(naming, donation, line)
    for gift in donation.received:
        yield _gift_cells(naming, report, donation, gift)


def _pledged_cells(naming: Naming, donation: Donation, line: PledgedLine) -> Row:
    on = "" if donation.pledged_on is None else donation.pledged_on.isoformat()
    parts = [naming.stated(part) for part in (line.quantity, line.value) if part is not None]
    cells = (donation.number, on, "", "", naming.item(line.item), listed(parts, naming.lang))
    return (*cells, "", "", "", "", "", "")


def _gift_cells(naming: Naming, report: DonationReport, donation: Donation, gift: ReceivedGift) -> Row:
    return (
        donation.number,
        gift.on.isoformat(),
        _receipt(naming, gift),
        gift.lot or "",
        naming.item(gift.item),
        "",
        naming.quantity(gift.item, gift.quantity),
        _refused(naming, gift),
        *(_worth(naming, report, gift) if gift.lot else ("", "", "", "")),
    )


def _worth(naming: Naming, report: DonationReport, gift: ReceivedGift) -> Row:
    """What it is worth, on which basis, shown by what, and what it may be used for."""
    unvalued = gift.basis is Basis.MEMORANDUM
    return (
        naming.word("said.not stated") if unvalued else naming.amount(gift.value),
        naming.word(f"basis.{gift.basis.value}"),
        naming.word("said.not public") if report.donor is None else gift.evidence,
        naming.restrictions(gift.restrictions),
    )


def _receipt(naming: Naming, gift: ReceivedGift) -> str:
    receipt = naming.word(f"receipt.{gift.form.value}", receipt=gift.receipt)
    return naming.word("said.also reversed", text=receipt) if gift.is_reversed else receipt


def _refused(naming: Naming, gift: ReceivedGift) -> str:
    if gift.refused is None:
        return NIL
    return naming.word("said.because", text=naming.stated(gift.refused), reason=gift.refusal_reason)


def _end_cells(naming: Naming, donation: Donation, end: DonationEnd) -> Row:
    item, quantity = naming.item(end.item), naming.quantity(end.item, end.quantity)
    return (
        donation.number,
        naming.word(f"side.{end.side.value}"),
        _where(naming, end),
        naming.word("said.made into", text=item) if end.was_converted else item,
        naming.word("said.joint", text=quantity) if end.is_shared else quantity,
        naming.worth(end.item, Holding(end.quantity, end.value)),
    )


def _where(naming: Naming, end: DonationEnd) -> str:
    if end.place is not None:
        return naming.kind_and_place(end.place)
    return naming.word("said.recipients", kind=naming.word(f"place.{end.kind.value}"), count=end.recipients)


def _balance_note(naming: Naming, report: DonationReport) -> str:
    key = "note.donation differs" if report.difference else "note.donation balances"
    return naming.word(key, given=naming.amount(report.given), difference=naming.amount(report.difference))
