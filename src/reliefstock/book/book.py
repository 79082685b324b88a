"""The book itself: what it knows, how it carries out a request, and what can be asked of it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from os import PathLike
from typing import TYPE_CHECKING, Any, Self, TypeVar, Unpack, cast

import attrs

from reliefstock.book._verbs import Act
from reliefstock.book.address import PATIENCE, Store, new_store, old_store
from reliefstock.book.closing import ClosingVerbs
from reliefstock.book.copying import Progress, copied
from reliefstock.book.corrections import CorrectionVerbs
from reliefstock.book.counting import CountingVerbs
from reliefstock.book.distributing import DistributingVerbs
from reliefstock.book.holding import HoldingVerbs
from reliefstock.book.keeper import Keeper
from reliefstock.book.kitting import KittingVerbs
from reliefstock.book.losses import LossVerbs
from reliefstock.book.observing import ObservingVerbs
from reliefstock.book.proofs import Proofs
from reliefstock.book.quarantining import QuarantiningVerbs
from reliefstock.book.recalling import RecallingVerbs
from reliefstock.book.receiving import ReceivingVerbs
from reliefstock.book.redirecting import RedirectingVerbs
from reliefstock.book.revaluing import RevaluingVerbs
from reliefstock.book.selling import SellingVerbs
from reliefstock.book.spending import SpendingVerbs
from reliefstock.book.state import State
from reliefstock.book.transfers import TransferVerbs
from reliefstock.catalogue import Item
from reliefstock.errors import CommandConflict, Incomplete, NotABook, NotExact, Unknown
from reliefstock.journal import Checkpoint, Continuation, Head, Receipt, Record
from reliefstock.ledger import Entry, Holding, Ledger, Lot, Place, PlaceKind, Stamp
from reliefstock.operations import OPERATIONS, Counts, Desk, Document, Operation, Proposal, Request
from reliefstock.operations._types import check_types
from reliefstock.operations.desk import numbered
from reliefstock.people import MemoryPeople, People
from reliefstock.policy import Policy
from reliefstock.projects import Fund
from reliefstock.records import Amended, Known, Opened, PolicySet, Posted, asked
from reliefstock.register import Noun, Register
from reliefstock.stores.memory import MemoryJournal
from reliefstock.stores.person_ids import new_person_id
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

if TYPE_CHECKING:
    from reliefstock.book.taking_in import TakenIn
    from reliefstock.bulk import Columns

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
        store = Store(MemoryJournal(name), MemoryPeople(make=new_person_id))
        self._begin(Keeper(*store), clock, self._opening(name, currency, policy, clock))

    @classmethod
    def create(
        cls,
        address: str | PathLike[str],
        name: str,
        *,
        currency: str,
        policy: Policy | None = None,
        clock: Clock | None = None,
        people: str | PathLike[str] | None = None,
        patience: float = PATIENCE,
    ) -> Self:
        """Make a new book where it is to be kept: a file, or `postgresql+psycopg://…` for a database.

        The people whom it names are kept there too, apart from its records, or in a file of their own that
        `people` names. `patience` is how many seconds to wait for others that are writing.

        Raises an error of `StoreError`, `AlreadyABook` where there is one of that name.
        """
        opened = cls._opening(name, currency, policy, clock)
        keeper = Keeper(*new_store(address, name, people=people, patience=patience))
        return cls._kept(keeper, clock, opened)

    @classmethod
    def open(
        cls,
        address: str | PathLike[str],
        name: str | None = None,
        *,
        clock: Clock | None = None,
        people: str | PathLike[str] | None = None,
        read_only: bool = False,
        snapshot: bool = True,
        patience: float = PATIENCE,
    ) -> Self:
        """Open a book where it is kept; `name` says which, where there are several, and is checked.

        `people` is the file of the people where it was made with one. With `snapshot` off the book is opened
        by its records alone, from the first to the last.

        Raises an error of `StoreError`, or `RecordBroken` where its records are not what was written.
        """
        store = old_store(address, name, people=people, patience=patience, read_only=read_only)
        book = cls._kept(Keeper(*store, use_snapshot=snapshot), clock)
        if name is not None and name != book.name:
            book.shut()
            raise NotABook(store.journal.where, f"it is the book {book.name!r}, not {name!r}")
        return book

    @classmethod
    def _opening(cls, name: str, currency: str, policy: Policy | None, clock: Clock | None) -> Opened:
        """What the first record is to say; checked before anything is made."""
        minor_digits(currency)
        recorded_at = (clock or SystemClock()).now()
        return Opened(book=name, currency=currency, policy=policy or Policy(), recorded_at=recorded_at)

    @classmethod
    def _kept(cls, keeper: Keeper, clock: Clock | None, opened: Opened | None = None) -> Self:
        book = cls.__new__(cls)
        try:
            book._begin(keeper, clock, opened)  # noqa: SLF001 -- it is one of this class
        except BaseException:
            keeper.close()
            raise
        return book

    def _begin(self, keeper: Keeper, clock: Clock | None, opened: Opened | None) -> None:
        self._keeper = keeper
        self._proofs = Proofs(keeper)
        self._clock: Clock = clock or SystemClock()
        if opened is None:
            keeper.catch_up()
        else:
            keeper.begin(opened)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.shut()

    def shut(self) -> None:
        """Let go of the file or the connection; nothing is lost by not doing so. A book in memory stays."""
        self._keeper.close()

    @property
    def name(self) -> str:
        """Whose book it is."""
        return self._state.name

    @property
    def currency(self) -> str:
        """The currency of account, by its ISO 4217 code; it is the same for ever."""
        return self._state.currency

    @property
    def policy(self) -> Policy:
        """What the society has decided for itself; it is kept in the book, also where it changes."""
        return self._state.policy

    @policy.setter
    def policy(self, policy: Policy) -> None:
        check_types(policy)

        def act(state: State) -> tuple[PolicySet | None, None]:
            changed = policy != state.policy
            return PolicySet(policy=policy, recorded_at=self._clock.now()) if changed else None, None

        self._keeper.do(act)

    @property
    def people(self) -> People:
        """The people whom its papers name: kept beside the records, and erased there alone."""
        return self._keeper.people

    # What several do, and several at once

    def batch(self) -> AbstractContextManager[None]:
        """All that is done inside becomes durable together at the end; none of it where the block raises.

        Others cannot write meanwhile, so be short: some thousand acts.

        >>> book = Book("Ankang", currency="CNY")
        >>> with book.batch():
        ...     book.add(Item("quilt", zh="棉被", en="Quilt"))
        ...     book.add(Item("tent", zh="帐篷", en="Tent"))
        >>> [item.id for item in book.register.all(Item) if item.currency is None]
        ['quilt', 'tent']
        """
        return self._keeper.batch()

    def catch_up(self) -> None:
        """Take in what others have written to the same book; every verb does so first.

        Raises `StoreError`, or `RecordBroken` where records are not what was written.
        """
        self._keeper.catch_up()

    def erase(self, *people: str) -> None:
        """Erase all that is known of people, by their opaque ids; records and proofs stay as they are.

        See `People.alike` for all ids under which the same name was written. Raises `Unknown`.
        """
        with self._keeper.lock:
            self._keeper.people.erase(*people)
            self._keeper.forget()

    # What it can prove

    @property
    def head(self) -> Head:
        """How many records there are, and the hash of the last: it stands for every byte of all of them."""
        return self._keeper.head

    def records(self, after: int = 0) -> Iterator[Record]:
        """The records as they are stored, of which everything else is made.

        Raises `StoreDamaged` for one that has not the hash which was stored with it.
        """
        return self._keeper.journal.read(after)

    def verify(self, known: Iterable[Checkpoint] = (), *, progress: Progress | None = None) -> Head:
        """Read all records again, and check that none was changed, dropped, put in, moved or cut off.

        What a whole new chain would hide is found by checkpoints that others kept. `progress` is told how
        many records are done, and of how many. Raises `ChainBroken`, with the record and what is wrong with
        it, or `StoreError`.

        >>> book = Book("Ankang", currency="CNY")
        >>> book.verify().size
        1
        """
        return self._proofs.verify(tuple(known), progress=progress)

    def checkpoint(self, on: date | str | None = None) -> Checkpoint:
        """How far the book has come, for an office above to countersign and to keep; dated today.

        Raises `NotABusinessDate`.
        """
        return self._proofs.checkpoint(self._clock.today() if on is None else business_date(on))

    def receipt(self, donation: str, checkpoint: Checkpoint | None = None) -> Receipt:
        """The records that tell of a donation, each with the proof that it is in the book.

        Whoever has it can check it without the book: `reliefstock.journal.check_receipt`. It is of a
        checkpoint that is given, or of one of today. Raises `Unknown`.
        """
        return self._proofs.receipt(donation, checkpoint or self.checkpoint())

    def continuation(self, older: Checkpoint, newer: Checkpoint | None = None) -> Continuation:
        """The proof that the book at a later checkpoint (None: today) begins with all that it had earlier.

        Raises `BadData` for two books, `Incomplete` for checkpoints in the wrong order.
        """
        return self._proofs.continuation(older, newer or self.checkpoint())

    def keep_snapshot(self) -> None:
        """Keep what there is now beside the records, so that opening begins here. It is only a cache."""
        self._keeper.keep_snapshot()

    def copy_to(
        self,
        address: str | PathLike[str],
        *,
        people: str | PathLike[str] | None = None,
        patience: float = PATIENCE,
        progress: Progress | None = None,
    ) -> Head:
        """Copy the book, record by record, to a new place: to a database, or for a new index.

        Every checkpoint and receipt of this one is good for the other, which has the same name. The people
        are copied too, into a file of their own where `people` names one. Others may write meanwhile; what
        they write then is not copied. Raises as `create` and `verify`.
        """
        target = new_store(address, self.name, people=people, patience=patience)
        try:
            with self._keeper.lock:
                return copied(Store(self._keeper.journal, self._keeper.people), target, progress)
        finally:
            target.journal.close()
            target.people.close()

    # Nouns

    def add(self, *nouns: Noun) -> None:
        """Let the book know items, parties, depots, funds, projects; all of them or none.

        The same noun again changes nothing. Raises `AlreadyKnown` for an id with other content, or `BadData`
        for what is no noun, or not of the types that it states.
        """
        for noun in nouns:
            check_types(noun)

        def act(state: State) -> tuple[Known | None, None]:
            new = state.register.new(*nouns)
            return Known(nouns=new, recorded_at=self._clock.now()) if new else None, None

        self._keeper.do(act)

    def amend(self, noun: Noun) -> None:
        """Change what is known of a noun (a name, a price, a size); no entry changes by it."""
        check_types(noun)

        def act(state: State) -> tuple[Amended, None]:
            state.register.check_amended(noun)
            return Amended(noun=noun, recorded_at=self._clock.now()), None

        self._keeper.do(act)

    @property
    def register(self) -> Register:
        """The nouns that the book knows."""
        return self._state.register

    # Verbs

    def do(self, request: Request[_D], **act: Unpack[Act]) -> _D:
        """Carry out a request: all checked, then all done, or an error and nothing changed.

        The verbs make the requests; a program that gets them as data can hand them in itself. Raises
        `BadData` where a part of it is not of the type that it is declared to be.
        """
        operation = OPERATIONS.get(type(request))
        if operation is None:
            known = [kind.__name__ for kind in OPERATIONS]
            raise Unknown(what="operation", given=type(request).__name__, near=tuple(known))
        check_types(request)
        command = act.get("command")
        stamp = Stamp(
            command=uuid.uuid4().hex if command is None else identifier(command, "command"),
            by=one_form(act.get("by", "")),
            concerns=optional_date(act.get("concerns")),
        )
        content = asked(request, stamp.by, stamp.concerns, self.people)

        def carry_out(state: State) -> tuple[Posted | None, Document]:
            done = state.papers.done(stamp.command)
            if done is None:
                posted = self._checked(state, operation, request, stamp, content)
                return posted, posted.document
            if done.content != content:
                raise CommandConflict(command=stamp.command, document=done.document)
            return None, state.papers.documents[done.document]

        return cast("_D", self._keeper.do(carry_out))

    def take_in(self, *columns: Columns, by: str = "", progress: Progress | None = None) -> TakenIn:
        """Take in many rows at once: what an old system has kept, or the file of a year.

        It writes the same records as `receive` and `distribute` would row by row, and refuses the same: the
        rows are taken in the order of their `line`, or else by day, all of them or none. The refused ones do
        not keep the others from being looked at, so that all that is wrong is told at once. `progress` is
        told how many rows were looked at, and of how many.

        Raises:
            ImportRefused: rows are refused; each with its number in its columns, which begin at 1.
            StoreError: it cannot be kept.

        >>> from reliefstock import Donor, Handouts, Household, Item, Receipts, Warehouse
        >>> book = Book("Ankang", currency="CNY")
        >>> book.add(Item("quilt", zh="棉被", en="Quilt"), Donor("province", zh="省红十字会"))
        >>> book.add(Warehouse("depot", zh="备灾中心"), Household("H-1"), Household("H-2"))
        >>> gifts = Receipts(on=["2023-01-10"], donor="province", into="depot", item="quilt", quantity=500,
        ...                  value=4_000_000, evidence="old ledger, page 3", counted_by=("a", "b"))
        >>> given = Handouts(on="2023-02-01", origin="depot", recipient=["H-1", "H-2"], item="quilt",
        ...                  quantity=[2, 3], signature=["sheet 1, line 1", "sheet 1, line 2"])
        >>> len(book.take_in(gifts, given).records), book.on_hand("quilt").quantity
        (3, 495)
        """
        from reliefstock.book.taking_in import take_in  # noqa: PLC0415 -- few programs need it

        stamp = Stamp(by=one_form(by))
        return take_in(
            self._keeper,
            columns,
            desk=lambda: self._desk(self._state, stamp),
            clock=self._clock,
            do=lambda request, command: self.do(request, command=command, by=stamp.by),
            progress=progress,
        )

    # Questions

    @property
    def ledger(self) -> Ledger:
        """The ledger, to be read: positions, timelines, entries, lots."""
        return self._state.ledger

    @property
    def entries(self) -> Sequence[Entry]:
        """All entries by number."""
        return self._state.ledger.entries

    @property
    def documents(self) -> Mapping[str, Document]:
        """All documents by number, in the order in which they were made."""
        return self._state.papers.documents

    def document(self, number: str) -> Document:
        """The document of that number. Raises `Unknown`."""
        documents = self.documents
        found = documents.get(number)
        if found is None:
            raise Unknown(what="document", given=number, near=near(number, documents))
        return found

    def documents_of(self, kind: type[_D]) -> tuple[_D, ...]:
        """All documents of a kind, in the order in which they were made."""
        return self._state.papers.of(kind)

    def is_reversed(self, number: str) -> bool:
        """Whether a document has been taken back, with all that it posted. Raises `Unknown`."""
        return self.reversed_on(number) is not None

    def reversed_on(self, number: str) -> date | None:
        """The business date on which a document was taken back; None while it stands. Raises `Unknown`."""
        return self._state.papers.reversed_on.get(self.document(number).number)

    def desk(self) -> Desk:
        """What a verb would look at now, to be read: for questions that a verb asks as well."""
        return self._desk(self._state, Stamp())

    def lot(self, lot_id: str) -> Lot:
        """The lot of that id. Raises `Unknown`."""
        return self.ledger.lot(lot_id)

    def item_of(self, lot_id: str) -> Item:
        """The item that a lot is of."""
        return self.register.item(self.lot(lot_id).item)

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
        item = self.register.item(item).id
        if warehouse is not None:
            fund = self.register.has(Fund, warehouse)
            warehouse = (self.register.fund if fund else self.register.warehouse)(warehouse).id
        day, known = _moment(on, known)
        kinds = [PlaceKind.WAREHOUSE, PlaceKind.FUND]
        if not usable_only:
            kinds.append(PlaceKind.QUARANTINE)
        total = Holding(0, 0)
        for place in self._places(warehouse, kinds):
            total += self._of_item(place, item, day, known)
        return total

    def holding(
        self, place: Place, lot: str, *, on: date | str | None = None, known: int | None = None
    ) -> Holding:
        """What a place held of a lot at the end of a day, as known after an entry."""
        self.lot(lot)
        day, known = _moment(on, known)
        return self.ledger.holding(place, lot, on=day, known=known)

    # Inside

    def _places(self, one: str | None, kinds: Sequence[PlaceKind]) -> Iterable[Place]:
        """The places of some kinds where anything ever was, or those of one depot."""
        return self.ledger.places(*kinds) if one is None else [Place(kind, one) for kind in kinds]

    def _of_item(self, place: Place, item: str, on: date | None, known: int | None) -> Holding:
        if on is None and known is None:
            return self.ledger.total(place, item)
        there = self.ledger.holdings(place, item, on=on, known=known)
        return sum((held for _, held in there), Holding(0, 0))

    @property
    def _state(self) -> State:
        return self._keeper.state

    def _checked(
        self, state: State, operation: Operation, request: Request[Any], stamp: Stamp, content: bytes
    ) -> Posted:
        """What a request would post, with every promise checked."""
        desk = self._desk(state, attrs.evolve(stamp, recorded_at=self._clock.now()))
        proposal = operation(desk, request)
        document = self._dated(desk, proposal, stamp.concerns)
        state.ledger.check(proposal.landing)
        return Posted.by(stamp.command, content, document, proposal.landing)

    def _dated(self, desk: Desk, proposal: Proposal, concerns: date | None) -> Document:
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
                zh=f"{document.on} 的单据：所属日期 {concerns} 比它晚；请把单据记在那一天，"
                "或写明较早的所属日期",
            )
        if not document.may_be_dated_back:
            desk.ledger.check_open(document.on)
        sheets = desk.ledger.counts_behind(proposal.entries)
        conflicts = Counts.of(desk).named(sheets) if sheets else ()
        return attrs.evolve(document, concerns=concerns, conflicts=conflicts)

    def _desk(self, state: State, stamp: Stamp) -> Desk:
        return Desk(
            ledger=state.ledger,
            register=state.register,
            policy=state.policy,
            documents=state.papers.documents,
            reversed_on=state.papers.reversed_on,
            currency=state.currency,
            today=self._clock.today(),
            stamp=stamp,
            next_number=lambda kind: numbered(kind, state.papers.count(kind) + 1),
        )


def _moment(on: date | str | None, known: int | None) -> tuple[date | None, int | None]:
    """As of which day, as known after which entry. Raises `NotABusinessDate` or `NotExact`."""
    if known is not None and type(known) is not int:
        raise NotExact(what="the number of an entry", given=known)
    return None if on is None else business_date(on), known
