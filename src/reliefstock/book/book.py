"""The book itself: what it knows, how it carries out a request, and what can be asked of it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TypeVar, Unpack, cast

import attrs

from reliefstock.book._verbs import Act
from reliefstock.book.closing import ClosingVerbs
from reliefstock.book.corrections import CorrectionVerbs
from reliefstock.book.counting import CountingVerbs
from reliefstock.book.distributing import DistributingVerbs
from reliefstock.book.holding import HoldingVerbs
from reliefstock.book.kitting import KittingVerbs
from reliefstock.book.losses import LossVerbs
from reliefstock.book.observing import ObservingVerbs
from reliefstock.book.quarantining import QuarantiningVerbs
from reliefstock.book.recalling import RecallingVerbs
from reliefstock.book.receiving import ReceivingVerbs
from reliefstock.book.redirecting import RedirectingVerbs
from reliefstock.book.revaluing import RevaluingVerbs
from reliefstock.book.selling import SellingVerbs
from reliefstock.book.spending import SpendingVerbs
from reliefstock.book.transfers import TransferVerbs
from reliefstock.catalogue import Item
from reliefstock.commands import digest
from reliefstock.errors import CommandConflict, Incomplete, NotExact, Unknown
from reliefstock.ledger import Entry, Holding, Ledger, Lot, Place, PlaceKind, Stamp
from reliefstock.operations import OPERATIONS, Counts, Desk, Document, Proposal, Request, Reversal
from reliefstock.operations._types import check_types
from reliefstock.operations.desk import numbered
from reliefstock.policy import Policy
from reliefstock.projects import Fund
from reliefstock.register import Noun, Register
from reliefstock.values import (
    Clock,
    SystemClock,
    business_date,
    identifier,
    minor_digits,
    near,
    one_form,
    optional_date,
)

__all__ = ["Book"]

_D = TypeVar("_D", bound=Document)


class Book(
    ReceivingVerbs,
    SpendingVerbs,
    TransferVerbs,
    DistributingVerbs,
    HoldingVerbs,
    KittingVerbs,
    LossVerbs,
    QuarantiningVerbs,
    RecallingVerbs,
    RedirectingVerbs,
    SellingVerbs,
    RevaluingVerbs,
    CorrectionVerbs,
    ObservingVerbs,
    CountingVerbs,
    ClosingVerbs,
):
    """The book of one society, in one currency of account.

    >>> from reliefstock import Donor, Item, Money, ReceivedLine, Valuation, Warehouse
    >>> book = Book("Ankang", currency="CNY")
    >>> quilt = Item("quilt", zh="棉被", en="Quilt")
    >>> book.add(quilt, Donor("province", zh="省红十字会"), Warehouse("depot", zh="备灾中心"))
    >>> worth = Valuation.voucher(Money.of("40000", "CNY"), "invoice 17")
    >>> note = book.receive(donor="province", into="depot", on="2023-01-10", counted_by=("a", "b"),
    ...                     lines=[ReceivedLine("quilt", quilt.quantity(500), valuation=worth)])
    >>> note.number, note.lots, book.on_hand("quilt").quantity
    ('GRN-000001', ('GRN-000001-1',), 500)
    """

    def __init__(
        self, name: str, *, currency: str, policy: Policy | None = None, clock: Clock | None = None
    ) -> None:
        minor_digits(currency)
        self._name = name
        self._currency = currency
        self.policy = policy or Policy()
        self._clock: Clock = clock or SystemClock()
        self._ledger = Ledger()
        self._register = Register()
        self._documents: dict[str, Document] = {}
        self._counts: dict[type[Document], int] = {}
        self._commands: dict[str, tuple[str, str]] = {}
        self._reversed_on: dict[str, date] = {}
        self._register.add(Item.money(currency), Item.difference(currency))

    @property
    def name(self) -> str:
        """Whose book it is."""
        return self._name

    @property
    def currency(self) -> str:
        """The currency of account, by its ISO 4217 code; it is the same for ever."""
        return self._currency

    # Nouns

    def add(self, *nouns: Noun) -> None:
        """Let the book know items, parties, depots, funds, projects; all of them or none.

        The same noun again changes nothing. Raises `AlreadyKnown` for an id with other content, or `BadData`
        for what is no noun, or not of the types that it states.
        """
        for noun in nouns:
            check_types(noun)
        self._register.add(*nouns)

    def amend(self, noun: Noun) -> None:
        """Change what is known of a noun (a name, a price, a size); no entry changes by it."""
        check_types(noun)
        self._register.amend(noun)

    @property
    def register(self) -> Register:
        """The nouns that the book knows."""
        return self._register

    # Verbs

    def do(self, request: Request[_D], **act: Unpack[Act]) -> _D:
        """Carry out a request: all checked, then all done, or an error and nothing changed.

        The verbs make the requests; a program that gets them as data can hand them in itself. Raises
        `BadData` where a part of it is not of the type that it is declared to be.
        """
        if type(request) in OPERATIONS:
            check_types(request)
        by, concerns = one_form(act.get("by", "")), optional_date(act.get("concerns"))
        command = act.get("command")
        if command is None:
            return self._carry_out(request, Stamp(command=uuid.uuid4().hex, by=by, concerns=concerns))
        command = identifier(command, "command")
        content = digest((request, by) if concerns is None else (request, by, concerns))
        known = self._commands.get(command)
        if known is not None:
            if known[0] != content:
                raise CommandConflict(command=command, document=known[1])
            return cast("_D", self._documents[known[1]])
        document = self._carry_out(request, Stamp(command=command, by=by, concerns=concerns))
        self._commands[command] = (content, document.number)
        return document

    # Questions

    @property
    def ledger(self) -> Ledger:
        """The ledger, to be read: positions, timelines, entries, lots."""
        return self._ledger

    @property
    def entries(self) -> Sequence[Entry]:
        """All entries by number."""
        return self._ledger.entries

    @property
    def documents(self) -> Mapping[str, Document]:
        """All documents by number, in the order in which they were made."""
        return MappingProxyType(self._documents)

    def document(self, number: str) -> Document:
        """The document of that number. Raises `Unknown`."""
        if number not in self._documents:
            raise Unknown(what="document", given=number, near=near(number, self._documents))
        return self._documents[number]

    def documents_of(self, kind: type[_D]) -> tuple[_D, ...]:
        """All documents of a kind, in the order in which they were made."""
        return tuple(document for document in self._documents.values() if isinstance(document, kind))

    def is_reversed(self, number: str) -> bool:
        """Whether a document has been taken back, with all that it posted. Raises `Unknown`."""
        return self.reversed_on(number) is not None

    def reversed_on(self, number: str) -> date | None:
        """The business date on which a document was taken back; None while it stands. Raises `Unknown`."""
        return self._reversed_on.get(self.document(number).number)

    def desk(self) -> Desk:
        """What a verb would look at now, to be read: for questions that a verb asks as well."""
        return self._desk(Stamp())

    def lot(self, lot_id: str) -> Lot:
        """The lot of that id. Raises `Unknown`."""
        return self._ledger.lot(lot_id)

    def item_of(self, lot_id: str) -> Item:
        """The item that a lot is of."""
        return self._register.item(self.lot(lot_id).item)

    def on_hand(
        self,
        item: str,
        warehouse: str | None = None,
        *,
        on: date | str | None = None,
        known: int | None = None,
        usable_only: bool = False,
    ) -> Holding:
        """How much of an item is in the depots (or one of them), or of money in the funds.

        In base units and minor units; at the end of day `on`, as known after entry `known`. Quarantined
        goods count unless `usable_only`. `warehouse` may be a fund. Raises `Unknown`, `NotABusinessDate`.
        """
        item = self._register.item(item).id
        if warehouse is not None:
            fund = self._register.has(Fund, warehouse)
            warehouse = (self._register.fund if fund else self._register.warehouse)(warehouse).id
        day, known = _moment(on, known)
        kinds = [PlaceKind.WAREHOUSE, PlaceKind.FUND]
        if not usable_only:
            kinds.append(PlaceKind.QUARANTINE)
        total = Holding(0, 0)
        for place in self._ledger.places(*kinds):
            if warehouse in (None, place.id):
                total += self._of_item(place, item, day, known)
        return total

    def holding(
        self, place: Place, lot: str, *, on: date | str | None = None, known: int | None = None
    ) -> Holding:
        """What a place held of a lot at the end of a day, as known after an entry."""
        self.lot(lot)
        day, known = _moment(on, known)
        return self._ledger.holding(place, lot, on=day, known=known)

    # Inside

    def _of_item(self, place: Place, item: str, on: date | None, known: int | None) -> Holding:
        if on is None and known is None:
            positions = self._ledger.stock(place, item).values()
            return sum((position.holding for position in positions), Holding(0, 0))
        there = self._ledger.holdings(place, item, on=on, known=known)
        return sum((held for _, held in there), Holding(0, 0))

    def _carry_out(self, request: Request[_D], stamp: Stamp) -> _D:
        operation = OPERATIONS.get(type(request))
        if operation is None:
            known = [kind.__name__ for kind in OPERATIONS]
            raise Unknown(what="operation", given=type(request).__name__, near=tuple(known))
        proposal = operation(self._desk(attrs.evolve(stamp, recorded_at=self._clock.now())), request)
        document = self._dated(proposal, stamp.concerns)
        self._ledger.post(
            proposal.entries,
            proposal.lots,
            holds=proposal.holds,
            outcomes=proposal.outcomes,
            counted=proposal.counted,
            closing=proposal.closing,
        )
        self._documents[document.number] = document
        if isinstance(document, Reversal):
            self._reversed_on[document.reverses] = document.on
        self._counts[type(document)] = self._counts.get(type(document), 0) + 1
        return cast("_D", document)

    def _dated(self, proposal: Proposal, concerns: date | None) -> Document:
        """The document, with the day that it is late news about, and the counts that it comes before.

        Raises `PeriodClosed` or `Incomplete`.
        """
        document = proposal.document
        concerns = concerns or document.concerns
        if concerns is not None and concerns > document.on:
            raise Incomplete(
                what=f"a document of {document.on}",
                missing=f"it concerns {concerns}, which is later",
                do="date it that day, or say which earlier day it is about",
            )
        if not document.may_be_dated_back:
            self._ledger.check_open(document.on)
        sheets = self._ledger.counts_behind(proposal.entries)
        conflicts = Counts.of(self.desk()).named(sheets) if sheets else ()
        return attrs.evolve(document, concerns=concerns, conflicts=conflicts)

    def _desk(self, stamp: Stamp) -> Desk:
        return Desk(
            ledger=self._ledger,
            register=self._register,
            policy=self.policy,
            documents=self.documents,
            reversed_on=MappingProxyType(self._reversed_on),
            currency=self.currency,
            today=self._clock.today(),
            stamp=stamp,
            next_number=self._next_number,
        )

    def _next_number(self, kind: type[Document]) -> str:
        return numbered(kind, self._counts.get(kind, 0) + 1)


def _moment(on: date | str | None, known: int | None) -> tuple[date | None, int | None]:
    """As of which day, as known after which entry. Raises `NotABusinessDate` or `NotExact`."""
    if known is not None and type(known) is not int:
        raise NotExact(what="the number of an entry", given=known)
    return None if on is None else business_date(on), known
