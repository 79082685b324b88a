"""What things are called, in the language of a report: items, places, donors, amounts, quantities.

A book knows ids; a reader knows names. One `Naming` a report turns the one into the other, and in a public
report keeps back the names that donors do not want published (Charity Law 2023, art. 82).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

import attrs

from reliefstock.book import Book
from reliefstock.catalogue import Item
from reliefstock.donations import Restriction
from reliefstock.ledger import Holding, Place, PlaceKind
from reliefstock.operations import (
    Allocation,
    CountPlan,
    CountReport,
    CountSheet,
    DistributionList,
    Document,
    DonationReceipt,
    GoodsReceivedNote,
    HoldRelease,
    KitBreak,
    KitBuild,
    KitRebuild,
    LossSignOff,
    Mention,
    Observation,
    PaymentVoucher,
    PeriodClose,
    PeriodSeal,
    Pledge,
    PurchaseRecord,
    QuarantineNote,
    RecallEnd,
    RecallNotice,
    ReceivingReport,
    Redirection,
    ReleaseNote,
    Reopening,
    ReturnNote,
    Revaluation,
    Reversal,
    SaleNote,
    Waybill,
    WriteOffNote,
)
from reliefstock.operations.desk import packs_of
from reliefstock.parties import Household, Society, Warehouse
from reliefstock.reconciliation import By
from reliefstock.reconciliation.kits import incomplete_lots
from reliefstock.reconciliation.statement import JOINT, ROAD
from reliefstock.register import Register
from reliefstock.reports.words import WORDS, listed, word
from reliefstock.values import Language, Money, Period, Quantity, Unit, number_text

__all__ = ["NIL", "Naming", "legend", "notes", "unvalued_notes"]

NIL = "0"
"""What stands where there is nothing."""

_DOCUMENTS: tuple[type[Document], ...] = (
    Pledge,
    GoodsReceivedNote,
    DonationReceipt,
    PurchaseRecord,
    Waybill,
    ReceivingReport,
    LossSignOff,
    DistributionList,
    ReturnNote,
    PaymentVoucher,
    WriteOffNote,
    Reversal,
    Mention,
    Observation,
    CountPlan,
    CountSheet,
    CountReport,
    PeriodClose,
    PeriodSeal,
    Reopening,
    QuarantineNote,
    ReleaseNote,
    RecallNotice,
    RecallEnd,
    Allocation,
    HoldRelease,
    Redirection,
    SaleNote,
    Revaluation,
    KitBuild,
    KitBreak,
    KitRebuild,
)

_AND = " + "  # how people read it


@attrs.frozen
class Naming:
    """Names out of a book, in one language; `public` masks donors who asked for it.

    >>> from reliefstock import Donor
    >>> book = Book("Ankang", currency="CNY")
    >>> book.add(Donor("A", zh="甲公司", hidden=True))
    >>> Naming(book, "zh").donor("A"), Naming(book, "en", public=True).donor("A")
    ('甲公司', 'a donor who asked not to be named')
    """

    book: Book
    lang: Language = "en"
    public: bool = attrs.field(default=False, kw_only=True)

    def word(self, key: str, **given: object) -> str:
        """The word of a key (see `words`)."""
        return word(key, self.lang, **given)

    def amount(self, minor: int) -> str:
        """An amount of the currency of account: '40,000.00', or '0'."""
        return Money(minor, self.book.currency).text() if minor else NIL

    def worth(self, item: str, held: Holding) -> str:
        """The value of so much of an item; 'not valued' where there is some and nobody stated its value."""
        if held.value or not held.quantity:
            return self.amount(held.value)
        is_unvalued = any(self.book.lot(lot).item == item for lot in self._incomplete)
        return self.word("said.not valued") if is_unvalued else NIL

    def quantity(self, item: str, base_units: int) -> str:
        """So much of an item: '500件', '500 piece', an amount where value is the count, or '0'."""
        if not base_units:
            return NIL
        return self.stated(self.book.register.item(item).stated(base_units))

    def stated(self, amount: Quantity | Money) -> str:
        """A quantity or an amount as a document states it."""
        return amount.text() if isinstance(amount, Money) else amount.text(self.lang)

    def packs(self, item: str, parts: Sequence[Quantity | Money]) -> str:
        """A quantity in packs: '20箱 + 4件'; nothing where they say no more than the base units do.

        Where packs of an item share a name, each says what it holds.
        """
        base = self.book.register.item(item).unit
        stated = [part for part in parts if isinstance(part, Quantity)]
        if all(part.unit == base for part in stated):
            return ""
        return _AND.join(self._part(item, part) for part in stated)

    def packed(self, lot_id: str, base_units: int) -> str:
        """So much of a lot in the packs that it came in; nothing where it came in none, or is no full one."""
        lot = self.book.lot(lot_id)
        return self.packs(lot.item, packs_of(self.book.register.item(lot.item), lot, base_units))

    def pack(self, item: str, unit: Unit) -> str:
        """The name of a pack; where other packs of the item share it, with what it holds: '箱（24件装）'."""
        return self._holding(item, unit, unit.name(self.lang))

    def _part(self, item: str, part: Quantity) -> str:
        return self._holding(item, part.unit, part.text(self.lang))

    def _holding(self, item: str, unit: Unit, text: str) -> str:
        if len(self._namesakes.get((item, unit.name(self.lang)), ())) <= 1:
            return text
        base = self.book.register.item(item).unit
        holds = number_text(unit.ratio / base.ratio)  # exact: Fraction
        return self.word("said.holding", text=text, count=holds, unit=base.name(self.lang))

    @cached_property
    def _incomplete(self) -> frozenset[str]:
        return incomplete_lots(self.book)

    @cached_property
    def _namesakes(self) -> Mapping[tuple[str, str], set[Unit]]:
        """The packs of each item by what they are called: those that it declares, and those of its lots."""
        packs = [(item.id, pack) for item in self.book.register.all(Item) for pack in item.packs]
        packs += [(lot.item, lot.pack) for lot in self.book.ledger.lots.values() if lot.pack is not None]
        found: dict[tuple[str, str], set[Unit]] = {}
        for item, pack in packs:
            found.setdefault((item, pack.name(self.lang)), set()).add(pack)
        return found

    def restrictions(self, restrictions: Iterable[Restriction]) -> str:
        """What a gift may be used for: 'any use', or every part of every restriction."""
        parts = [part for one in restrictions for part in self._restriction(one)]
        return listed(parts, self.lang) or self.word("said.unrestricted")

    def item(self, item: str) -> str:
        """The name of an item."""
        return self.book.register.item(item).name(self.lang)

    def donor(self, donor: str) -> str:
        """The name of a donor, unless it is to be kept back."""
        noun = self.book.register.donor(donor)
        return self.word("said.anonymous") if self.public and noun.hidden else noun.name(self.lang)

    def donors(self, text: str) -> str:
        """The names of the donors of a lot, as `donors_of` gives them; 'no donor' for none."""
        if not text:
            return self.word("said.no donor")
        return _AND.join(map(self.donor, text.split(JOINT)))

    def site(self, place_id: str) -> str:
        """The name of a warehouse or a fund."""
        register = self.book.register
        if register.has(Warehouse, place_id):
            return register.warehouse(place_id).name(self.lang)
        return register.fund(place_id).name(self.lang)

    def recipient(self, recipient: str) -> str:
        """The name of a school or a society; of a household, its id: nobody's name is in the book."""
        noun = self.book.register.recipient(recipient)
        return noun.id if isinstance(noun, Household) else noun.name(self.lang)

    def consignee(self, to: str) -> str:
        """The name of a warehouse or of another society, to which goods go."""
        return self.site(to) if self.book.register.has(Warehouse, to) else self.recipient(to)

    def place(self, place: Place) -> str:
        """The name of a place, without its kind."""
        if place.kind is PlaceKind.DONOR:
            return self.donor(place.id)
        if place.kind in _RECEIVING:
            return self.recipient(place.id)
        if place.kind in _NAMED:
            return _NAMED[place.kind](self.book.register, place.id, self.lang)
        return self._reason(place.id) if place.kind in _REASONED else place.id

    def kind_and_place(self, place: Place) -> str:
        """The name of a place after its kind: '学校：吕河镇中心学校'."""
        return self.word("said.place", kind=self.word(f"place.{place.kind.value}"), name=self.place(place))

    def group(self, by: By, group: str) -> str:
        """The name of a group of a statement."""
        if not group:
            return self.word(_NO_GROUP.get(by, "said.none"))
        return _GROUPS[by](self, group) if by in _GROUPS else group

    def _restriction(self, restriction: Restriction) -> Iterator[str]:
        until = (restriction.until.isoformat(),) if restriction.until else ()
        programme = (restriction.programme,) if restriction.programme else ()
        parts = {
            "places": restriction.places,
            "programme": programme,
            "groups": restriction.groups,
            "recipients": restriction.recipients,
            "until": until,
        }
        for name, what in parts.items():
            if what:
                yield self.word(f"restriction.{name}", what=listed(what, self.lang))

    def _reason(self, place_id: str) -> str:
        """A loss or a gain, and in whose custody: 'short-carrier'."""
        reason, dash, stage = place_id.partition("-")
        if not dash:
            return self._known("reason", reason)
        return self.word(
            "said.at stage", reason=self._known("reason", reason), stage=self._known("stage", stage)
        )

    def _known(self, kind: str, name: str) -> str:
        key = f"{kind}.{name}"
        return self.word(key) if key in WORDS else name


def notes(book: Book, lang: Language, *keys: str) -> tuple[str, ...]:
    """The notes under a table: in which currency its amounts are, and the notes of some keys.

    >>> notes(Book("Ankang", currency="CNY"), "zh", "unvalued")
    ('金额单位：人民币元', '未说明价值的批次只计数量，不在金额之内')
    """
    key = f"currency.{book.currency}"
    currency = word(key, lang) if key in WORDS else book.currency
    return (word("note.amounts", lang, currency=currency), *(word(f"note.{name}", lang) for name in keys))


def legend(rows: Iterable[Sequence[str]], lang: Language) -> tuple[str, ...]:
    """The note that says what the documents in some rows are, by the letters of their numbers.

    >>> legend([("GRN-000001", "MEN-000002")], "zh")
    ('单据：GRN 入库单、MEN 待补记录',)
    """
    text = " ".join(cell for cells in rows for cell in cells)
    prefixes = set(re.findall(r"\b([A-Z]+)-\d{6}", text))
    used = [f"{one.prefix} {one.title(lang)}" for one in _DOCUMENTS if one.prefix in prefixes]
    return (word("note.documents", lang, documents=listed(used, lang)),) if used else ()


def unvalued_notes(book: Book, lots: Iterable[str]) -> tuple[str, ...]:
    """The keys of the notes that some of these lots have no value stated, or hold something that has none.

    >>> unvalued_notes(Book("Ankang", currency="CNY"), ())
    ()
    """
    incomplete = incomplete_lots(book)
    there = [book.lot(lot) for lot in lots if lot in incomplete]
    unvalued = ("unvalued",) if any(lot.unvalued for lot in there) else ()
    return unvalued if all(lot.unvalued for lot in there) else (*unvalued, "components without value")


def _site(naming: Naming, group: str) -> str:
    return naming.word("side.in transit") if group == ROAD else naming.site(group)


def _society(naming: Naming, group: str) -> str:
    register = naming.book.register
    return register.society(group).name(naming.lang) if register.has(Society, group) else group


def _recipient_kind(naming: Naming, group: str) -> str:
    return naming.word("said.held" if group == "held" else f"place.{group}")


_Named = Callable[[Register, str, Language], str]
_NAMED: Mapping[PlaceKind, _Named] = MappingProxyType(
    {
        PlaceKind.WAREHOUSE: lambda register, id_, lang: register.warehouse(id_).name(lang),
        PlaceKind.QUARANTINE: lambda register, id_, lang: register.warehouse(id_).name(lang),
        PlaceKind.FUND: lambda register, id_, lang: register.fund(id_).name(lang),
        PlaceKind.PROJECT: lambda register, id_, lang: register.project(id_).name(lang),
        PlaceKind.SUPPLIER: lambda register, id_, lang: register.supplier(id_).name(lang),
    }
)
_RECEIVING = (PlaceKind.HOUSEHOLD, PlaceKind.SCHOOL, PlaceKind.SOCIETY)
_REASONED = (PlaceKind.GAIN, PlaceKind.LOSS)

_GROUPS: Mapping[By, Callable[[Naming, str], str]] = MappingProxyType(
    {
        By.ITEM: Naming.item,
        By.DONOR: Naming.donors,
        By.DONATION: lambda _, group: _AND.join(group.split(JOINT)),
        By.WAREHOUSE: _site,
        By.SOCIETY: _society,
        By.RECIPIENT_KIND: _recipient_kind,
        By.PERIOD: lambda naming, group: Period.parse(group).text(naming.lang),
    }
)
_NO_GROUP: Mapping[By, str] = MappingProxyType(
    {
        By.DONOR: "said.no donor",
        By.DONATION: "said.no donor",
        By.PROGRAMME: "said.no programme",
    }
)
