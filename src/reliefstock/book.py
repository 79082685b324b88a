"""The book: the one door. Verbs in the field's words go in, typed documents come out.

A verb is a thin wrapper: it makes a request, the operation of that name turns it into a proposal, the
ledger checks the promises, and then the document, its entries and its lots land together, or none of
them does. Everything else is a question asked of the book.

Every verb takes a `command`: an id of the caller's own for this very act. Sending the same command again,
after a time-out or a double click, gives the first document back and posts nothing; the same id with
other content is refused.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar, cast

from reliefstock.catalogue import Item
from reliefstock.commands import digest
from reliefstock.donations import PledgedLine, Restriction
from reliefstock.errors import CommandConflict, NotExact, Unknown
from reliefstock.ledger import Entry, Holding, Ledger, Lot, Place, PlaceKind, Side, Stamp
from reliefstock.operations import (
    Arrive,
    ArrivedLine,
    BoughtLine,
    ConsignedLine,
    Desk,
    Dispatch,
    Distribute,
    DistributionList,
    Document,
    DonationReceipt,
    GoodsReceivedNote,
    Handout,
    LossReason,
    Mention,
    MentionMovement,
    Observation,
    Observe,
    PaymentVoucher,
    Pledge,
    PledgeGift,
    Proposal,
    Purchase,
    PurchaseRecord,
    ReceiptForm,
    ReceivedLine,
    ReceiveGoods,
    ReceiveMoney,
    ReceivingReport,
    Request,
    Return,
    ReturnedLine,
    ReturnNote,
    Reversal,
    Reverse,
    Spend,
    Stage,
    Waybill,
    WriteOff,
    WriteOffNote,
    WrittenOffLine,
    arrive,
    dispatch,
    distribute,
    mention,
    observe,
    pledge,
    purchase,
    receive,
    receive_money,
    return_,
    reverse,
    spend,
    write_off,
)
from reliefstock.operations._types import check_types
from reliefstock.policy import Policy
from reliefstock.projects import Fund, State
from reliefstock.register import Noun, Register
from reliefstock.values import (
    Clock,
    Interval,
    Money,
    Period,
    SystemClock,
    business_date,
    identifier,
    minor_digits,
    near,
    one_form,
)

__all__ = ["Book"]

_D = TypeVar("_D", bound=Document)
_Operation = Callable[[Desk, Any], Proposal]

_OPERATIONS: Mapping[type[Request[Any]], _Operation] = MappingProxyType(
    {
        PledgeGift: pledge,
        ReceiveGoods: receive,
        ReceiveMoney: receive_money,
        Purchase: purchase,
        Dispatch: dispatch,
        Arrive: arrive,
        Distribute: distribute,
        Return: return_,
        WriteOff: write_off,
        Spend: spend,
        Reverse: reverse,
        Observe: observe,
        MentionMovement: mention,
    }
)


class Book:
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
        self._register.add(Item.money(currency))

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

    def do(self, request: Request[_D], *, command: str | None = None, by: str = "") -> _D:
        """Carry out a request: all checked, then all done, or an error and nothing changed.

        The verbs below make the requests; a program that gets them as data can hand them in itself.
        Raises `BadData` where a part of it is not of the type that it is declared to be.
        """
        if type(request) in _OPERATIONS:
            check_types(request)
        by = one_form(by)
        if command is None:
            return self._carry_out(request, uuid.uuid4().hex, by)
        command = identifier(command, "command")
        content = digest((request, by))
        known = self._commands.get(command)
        if known is not None:
            if known[0] != content:
                raise CommandConflict(command=command, document=known[1])
            return cast("_D", self._documents[known[1]])
        document = self._carry_out(request, command, by)
        self._commands[command] = (content, document.number)
        return document

    def pledge(
        self,
        *,
        donor: str,
        lines: Sequence[PledgedLine],
        on: date | str,
        restriction: Restriction | None = None,
        deliver_by: date | str | None = None,
        agreement: str = "",
        command: str | None = None,
        by: str = "",
    ) -> Pledge:
        """A donor promises something. It is not stock until it is received."""
        request = PledgeGift(
            donor=donor,
            lines=lines,
            on=on,
            restriction=restriction,
            deliver_by=deliver_by,
            agreement=agreement,
        )
        return self.do(request, command=command, by=by)

    def receive(
        self,
        *,
        donor: str,
        into: str,
        lines: Sequence[ReceivedLine],
        on: date | str,
        counted_by: Sequence[str],
        donation: str | None = None,
        restriction: Restriction | None = None,
        source_document: str = "",
        command: str | None = None,
        by: str = "",
    ) -> GoodsReceivedNote:
        """Goods come in from a donor, counted by two people; each line accepted, quarantined or refused.

        Raises `NeedsApproval`, `NotUsable` (too little life left), `Incomplete`, `Unknown`.
        """
        request = ReceiveGoods(
            donor=donor,
            into=into,
            lines=lines,
            on=on,
            counted_by=counted_by,
            donation=donation,
            restriction=restriction,
            source_document=source_document,
        )
        return self.do(request, command=command, by=by)

    def receive_money(
        self,
        *,
        donor: str,
        into: str,
        amount: Money,
        on: date | str,
        donation: str | None = None,
        restriction: Restriction | None = None,
        receipt: str = "",
        receipt_form: ReceiptForm | str = ReceiptForm.NUMBERED,
        original: Money | None = None,
        rate: str = "",
        source_document: str = "",
        command: str | None = None,
        by: str = "",
    ) -> DonationReceipt:
        """Money comes into a fund. Raises `CurrencyMismatch` for any but the currency of account."""
        request = ReceiveMoney(
            donor=donor,
            into=into,
            amount=amount,
            on=on,
            donation=donation,
            restriction=restriction,
            receipt=receipt,
            receipt_form=receipt_form,
            original=original,
            rate=rate,
            source_document=source_document,
        )
        return self.do(request, command=command, by=by)

    def purchase(
        self,
        *,
        fund: str,
        supplier: str,
        into: str,
        lines: Sequence[BoughtLine],
        on: date | str,
        counted_by: Sequence[str],
        invoice: str,
        programme: str = "",
        project: str | None = None,
        money: Sequence[str] = (),
        command: str | None = None,
        by: str = "",
    ) -> PurchaseRecord:
        """Goods are bought out of a fund; the lots remember whose money paid for them.

        Raises `NotEnough` where the money that may be used does not do.
        """
        request = Purchase(
            fund=fund,
            supplier=supplier,
            into=into,
            lines=lines,
            on=on,
            counted_by=counted_by,
            invoice=invoice,
            programme=programme,
            project=project,
            money=money,
        )
        return self.do(request, command=command, by=by)

    def dispatch(
        self,
        *,
        origin: str,
        to: str,
        lines: Sequence[ConsignedLine],
        on: date | str,
        carrier: str = "",
        programme: str = "",
        source_document: str = "",
        command: str | None = None,
        by: str = "",
    ) -> Waybill:
        """Goods go on the road to another warehouse or society; they are in transit until they arrive.

        Raises `NotEnough`, `NotUsable`, `OutsideRestriction`, `BelowZero`.
        """
        request = Dispatch(
            origin=origin,
            to=to,
            lines=lines,
            on=on,
            carrier=carrier,
            programme=programme,
            source_document=source_document,
        )
        return self.do(request, command=command, by=by)

    def arrive(
        self,
        waybill: str,
        *,
        on: date | str,
        received_by: str,
        lines: Sequence[ArrivedLine] = (),
        nothing_arrived: bool = False,
        stage: Stage | str = Stage.UNRESOLVED,
        note: str = "",
        approved_by: str = "",
        command: str | None = None,
        by: str = "",
    ) -> ReceivingReport:
        """A consignment arrives: every lot of it is stated, or that nothing came at all.

        More than was sent is approved by somebody else than who received it. Raises `NotOpen` for a waybill
        that is settled, `Incomplete` for a lot that nothing is said of, `NeedsApproval`.
        """
        request = Arrive(
            waybill=waybill,
            on=on,
            received_by=received_by,
            lines=lines,
            nothing_arrived=nothing_arrived,
            stage=stage,
            note=note,
            approved_by=approved_by,
        )
        return self.do(request, command=command, by=by)

    def distribute(
        self,
        *,
        origin: str,
        lines: Sequence[Handout],
        on: date | str,
        programme: str = "",
        source_document: str = "",
        command: str | None = None,
        by: str = "",
    ) -> DistributionList:
        """Give out a signed list from a warehouse, first expired, first out, within the restrictions.

        Raises `NotEnough`, `NeedsApproval` (no sign-off), and for named lots `NotUsable` or
        `OutsideRestriction`; then nobody on the list got anything.
        """
        request = Distribute(
            origin=origin, lines=lines, on=on, programme=programme, source_document=source_document
        )
        return self.do(request, command=command, by=by)

    def return_(
        self,
        *,
        recipient: str,
        into: str,
        lines: Sequence[ReturnedLine],
        on: date | str,
        reason: str,
        usable: bool = True,
        command: str | None = None,
        by: str = "",
    ) -> ReturnNote:
        """A recipient gives back what it had. Raises `BelowZero` for more than it had."""
        request = Return(recipient=recipient, into=into, lines=lines, on=on, reason=reason, usable=usable)
        return self.do(request, command=command, by=by)

    def write_off(
        self,
        *,
        warehouse: str,
        lines: Sequence[WrittenOffLine],
        on: date | str,
        reason: LossReason | str,
        explanation: str,
        reported_by: str,
        approved_by: str,
        quarantined: bool = False,
        command: str | None = None,
        by: str = "",
    ) -> WriteOffNote:
        """Goods are lost. Raises `NeedsApproval` where the reporter is the approver."""
        request = WriteOff(
            warehouse=warehouse,
            lines=lines,
            on=on,
            reason=reason,
            explanation=explanation,
            reported_by=reported_by,
            approved_by=approved_by,
            quarantined=quarantined,
        )
        return self.do(request, command=command, by=by)

    def spend(
        self,
        *,
        fund: str,
        project: str,
        amount: Money,
        on: date | str,
        purpose: str,
        requested_by: str,
        approved_by: str,
        voucher: str = "",
        money: Sequence[str] = (),
        command: str | None = None,
        by: str = "",
    ) -> PaymentVoucher:
        """Money of a fund is spent on a project: the lots named, or what is free for it.

        Raises `NotEnough`, `NeedsApproval`, and for named lots `OutsideRestriction`.
        """
        request = Spend(
            fund=fund,
            project=project,
            amount=amount,
            on=on,
            purpose=purpose,
            requested_by=requested_by,
            approved_by=approved_by,
            voucher=voucher,
            money=money,
        )
        return self.do(request, command=command, by=by)

    def reverse(
        self,
        document: str,
        *,
        on: date | str,
        reason: str,
        approved_by: str,
        command: str | None = None,
        by: str = "",
    ) -> Reversal:
        """Take back all that a document posted, once; or withdraw a pledge, an observation or a mention.

        Raises `NotOpen`, `BelowZero`, `ResidueLeft`.
        """
        request = Reverse(document=document, on=on, reason=reason, approved_by=approved_by)
        return self.do(request, command=command, by=by)

    def observe(
        self,
        what: str,
        *,
        count: Interval,
        unit: str,
        on: date | str,
        evidence: str,
        period: Period | None = None,
        project: str | None = None,
        state: State | str | None = None,
        place: str = "",
        what_zh: str = "",
        what_en: str = "",
        command: str | None = None,
        by: str = "",
    ) -> Observation:
        """Keep something counted that is not stock, with its evidence."""
        request = Observe(
            what=what,
            count=count,
            unit=unit,
            on=on,
            evidence=evidence,
            period=period,
            project=project,
            state=state,
            place=place,
            what_zh=what_zh,
            what_en=what_en,
        )
        return self.do(request, command=command, by=by)

    def mention(
        self,
        what: str,
        *,
        side: Side | str,
        period: Period,
        evidence: str,
        missing: Sequence[str],
        donor: str | None = None,
        item: str | None = None,
        recipients: Sequence[str] = (),
        programme: str = "",
        donation: str | None = None,
        value: Interval | None = None,
        quantity: Interval | None = None,
        unit: str = "",
        what_zh: str = "",
        what_en: str = "",
        command: str | None = None,
        by: str = "",
    ) -> Mention:
        """Keep a movement that cannot be posted because something about it is unknown."""
        request = MentionMovement(
            what=what,
            side=side,
            period=period,
            evidence=evidence,
            missing=missing,
            donor=donor,
            item=item,
            recipients=recipients,
            programme=programme,
            donation=donation,
            value=value,
            quantity=quantity,
            unit=unit,
            what_zh=what_zh,
            what_en=what_en,
        )
        return self.do(request, command=command, by=by)

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
        there = self._ledger.holdings(place, on=on, known=known)
        return sum((held for lot, held in there if lot.item == item), Holding(0, 0))

    def _carry_out(self, request: Request[_D], command: str, by: str) -> _D:
        operation = _OPERATIONS.get(type(request))
        if operation is None:
            known = [kind.__name__ for kind in _OPERATIONS]
            raise Unknown(what="operation", given=type(request).__name__, near=tuple(known))
        stamp = Stamp(command=command, by=by, recorded_at=self._clock.now())
        proposal = operation(self._desk(stamp), request)
        self._ledger.post(proposal.entries, proposal.lots)
        document = cast("_D", proposal.document)
        self._documents[document.number] = document
        if isinstance(document, Reversal):
            self._reversed_on[document.reverses] = document.on
        self._counts[type(document)] = self._counts.get(type(document), 0) + 1
        return document

    def _desk(self, stamp: Stamp) -> Desk:
        return Desk(
            ledger=self._ledger,
            register=self._register,
            policy=self.policy,
            documents=self._documents,
            reversed_on=self._reversed_on,
            currency=self.currency,
            today=self._clock.today(),
            stamp=stamp,
            next_number=self._next_number,
        )

    def _next_number(self, kind: type[Document]) -> str:
        return f"{kind.prefix}-{self._counts.get(kind, 0) + 1:06d}"


def _moment(on: date | str | None, known: int | None) -> tuple[date | None, int | None]:
    """As of which day, as known after which entry. Raises `NotABusinessDate` or `NotExact`."""
    if known is not None and type(known) is not int:
        raise NotExact(what="the number of an entry", given=known)
    return None if on is None else business_date(on), known
