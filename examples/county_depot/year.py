"""A year in the making: the book, chance, a diary of what is to come, and the short words of the story."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from heapq import heappop, heappush
from random import Random
from typing import TypeAlias

import attrs

from reliefstock import (
    ArrivedLine,
    Book,
    BoughtLine,
    ConsignedLine,
    CountedLine,
    DistributionList,
    Handout,
    Household,
    Money,
    Period,
    PeriodClose,
    Place,
    PlaceKind,
    Quantity,
    ReceivedLine,
    Restriction,
    ReturnedLine,
    ReturnNote,
    StockLevel,
    UnlistedLine,
    Valuation,
    Waybill,
)
from reliefstock.errors import Blocker
from reliefstock.operations import CountStatus, CountSubject
from reliefstock.reconciliation import ClosingCheck, PromiseAtRisk, Statement, buildable, count_status
from reliefstock.values import add_days

__all__ = [
    "BOOKKEEPER",
    "CURRENCY",
    "DIRECTOR",
    "FLOOD",
    "INSPECTOR",
    "KEEPERS",
    "SUPERVISOR",
    "TOWNSHIPS",
    "WINTER",
    "YEAR",
    "AtRisk",
    "Blocked",
    "Closed",
    "Event",
    "Given",
    "Year",
    "after",
    "yuan",
]

CURRENCY = "CNY"
YEAR = Period.year(2024)
TOWNSHIPS = ("990123101", "990123102", "990123103")
FLOOD, WINTER = "flood", "winter drive"
KEEPERS = ("storekeeper A", "storekeeper B")
BOOKKEEPER, DIRECTOR, SUPERVISOR, INSPECTOR = "bookkeeper", "director", "supervisor", "inspector"

_FULL_SIZE = 240


def after(on: date | str, days: int) -> str:
    """The day so many days later."""
    return add_days(on, days).isoformat()


def yuan(amount: int) -> Money:
    """So many yuan."""
    return Money.of(amount, CURRENCY)


@attrs.frozen(kw_only=True)
class Closed:
    """A month that was closed, with the checklist and the statement that were printed on that day."""

    close: PeriodClose
    checks: tuple[ClosingCheck, ...]
    statement: Statement

    @property
    def period(self) -> Period:
        """Which month it is."""
        return self.close.period


@attrs.frozen(kw_only=True)
class Blocked:
    """A close that was tried and refused, with everything that was in its way."""

    period: Period
    on: str
    blockers: tuple[Blocker, ...]


@attrs.frozen(kw_only=True)
class AtRisk:
    """Promises that could not be kept any more, as was seen on a day."""

    on: str
    rows: tuple[PromiseAtRisk, ...] = ()


@attrs.frozen
class Given:
    """So many base units of an item for somebody, from what is held under `hold` if it was promised."""

    recipient: str
    item: str
    units: int
    hold: str = ""


@attrs.define(kw_only=True)
class Year:
    """A year of the county, and what the story remembers of it from one event to a later one."""

    book: Book
    chance: Random
    households: int
    gifts: tuple[Mapping[str, str], ...]
    prices: Mapping[str, str]
    closed: list[Closed] = attrs.field(factory=list[Closed])
    blocked: list[Blocked] = attrs.field(factory=list[Blocked])
    at_risk: AtRisk = attrs.field(factory=lambda: AtRisk(on=YEAR.first.isoformat()))
    kept: dict[str, tuple[str, ...]] = attrs.field(factory=dict[str, tuple[str, ...]])
    _diary: list[tuple[str, int, Event]] = attrs.field(factory=list["tuple[str, int, Event]"])
    _planned: int = 0
    _sheets: int = 0

    # What is to come, and what is remembered

    def later(self, on: str, event: Event) -> None:
        """Something is to happen on a day; of one day, in the order in which it was planned."""
        self._planned += 1
        heappush(self._diary, (on, self._planned, event))

    def live(self) -> None:
        """Let everything happen that is planned, and what comes of it, day by day."""
        while self._diary:
            on, _, event = heappop(self._diary)
            event(self, on)

    def keep(self, name: str, *ids: str) -> None:
        """Remember lots or documents under a name."""
        self.kept[name] = ids

    # How much

    def n(self, count: int) -> int:
        """So much as a county of this size has where one of full size has `count`; at least one of any."""
        return -(-count * self.households // _FULL_SIZE)

    def units(self, item: str, count: int) -> Quantity:
        """So many base units of an item."""
        return self.book.register.item(item).quantity(count)

    def packs(self, item: str, count: int) -> Quantity:
        """So many packs of an item, or units of one that comes in none."""
        packs = self.book.register.item(item).packs
        return Quantity(count, packs[0]) if packs else self.units(item, count)

    def in_pack(self, item: str) -> int:
        """How many base units are in a pack of an item."""
        return self.book.register.item(item).base_units(self.packs(item, 1))

    def cost(self, item: str, packs: int) -> Money:
        """What so many packs cost this time: the price of the list, or some hundredths more or less."""
        fen = Money.of(self.prices[item], CURRENCY).minor
        return Money(fen * packs * self.chance.randint(96, 104) // 100, CURRENCY)

    # Who, and what there is

    def families(self, township: str = "", group: str = "") -> list[Household]:
        """The households of a township and of a group, or of all."""
        there = (one for one in self.book.register.all(Household) if one.division.startswith(township))
        return [one for one in there if not group or group in one.groups]

    def shelf(self, depot: str, item: str, kind: PlaceKind = PlaceKind.WAREHOUSE) -> dict[str, int]:
        """What a depot has of an item, or keeps apart: base units by lot, the largest first."""
        stock = self.book.ledger.stock(Place(kind, depot), item)
        there = {lot: position.quantity for lot, position in stock.items()}
        return dict(sorted(there.items(), key=lambda one: -one[1]))

    def with_recipient(self, kind: PlaceKind, recipient: str, item: str) -> dict[str, int]:
        """What a household or a school has of an item: base units by lot."""
        there = self.book.ledger.holdings(Place(kind, recipient))
        return {lot.id: held.quantity for lot, held in there if lot.item == item}

    def spare(self, item: str, depot: str, on: str) -> int:
        """What can be given out of an item, to anybody, so that the depot keeps half of its minimum."""
        levels = (one for one in self.book.register.all(StockLevel) if one.id == f"{depot}/{item}")
        minimum = sum(one.units(self.book.register.item(item))[0] for one in levels)
        return max(0, self.book.available(item, depot, on=on).available - minimum // 2)

    def money(self, programme: str = "") -> int:
        """What is in the fund and may be spent on anything, or on a programme, in fen."""
        there = self.book.ledger.holdings(Place(PlaceKind.FUND, "general"))
        return sum(held.value for lot, held in there if lot.programme in ("", programme))

    # What comes in

    def gift(self, name: str, on: str, donation: str | None = None) -> tuple[str, ...]:
        """The gifts of that name come, each donor's on a goods received note; returns the lots."""
        by_donor: dict[str, list[ReceivedLine]] = {}
        for row in self.gifts:
            if row["gift"] == name:
                by_donor.setdefault(row["donor"], []).append(self._line(row, on))
        lots: list[str] = []
        for donor, lines in by_donor.items():
            note = self.book.receive(
                donor=donor,
                into="depot",
                on=on,
                lines=lines,
                counted_by=KEEPERS,
                donation=donation,
                source_document=f"delivery note of {on}",
            )
            lots += note.lots
        return tuple(lots)

    def _line(self, row: Mapping[str, str], on: str) -> ReceivedLine:
        item, apart, refused = row["item"], self.n(int(row["apart"] or 0)), self.n(int(row["refused"] or 0))
        accepted = self.n(int(row["packs"])) - apart - refused
        return ReceivedLine(
            item,
            self.packs(item, accepted) if accepted else None,
            valuation=self._worth(row["value"], item, accepted + apart, on),
            quarantined=self.packs(item, apart) if apart else None,
            quarantine_reason=row["why"],
            refused=self.packs(item, refused) if refused else None,
            refusal_reason=row["why"],
            expiry=row["expiry"] or None,
            batch=row["batch"],
            restriction=Restriction(
                programme=row["programme"], groups=(row["group"],) if row["group"] else ()
            ),
        )

    def _worth(self, basis: str, item: str, packs: int, on: str) -> Valuation:
        if basis == "memorandum" or not packs:
            return Valuation.memorandum()
        by = Valuation.fair_value if basis == "fair value" else Valuation.voucher
        return by(self.cost(item, packs), f"{basis} of {on}")

    def money_gift(self, on: str, donor: str, amount: Money, programme: str = "") -> None:
        """Money comes into the fund."""
        free = Restriction(programme=programme)
        self.book.receive_money(donor=donor, into="general", amount=amount, on=on, restriction=free)

    def buy(self, on: str, goods: Mapping[str, int], programme: str = "", expiry: str | None = None) -> None:
        """So many packs of each item are bought, as far as the money goes; some is kept for other things."""
        left, lines = self.money(programme) - yuan(self.n(1_500)).minor, list[BoughtLine]()
        for item, packs in goods.items():
            cost = self.cost(item, packs)
            if cost.minor <= left:
                left -= cost.minor
                lines.append(BoughtLine(item, self.packs(item, packs), cost, expiry=expiry))
        if lines:
            self.book.purchase(
                fund="general",
                supplier=self.chance.choice(("wholesaler", "mill")),
                into="depot",
                on=on,
                lines=lines,
                counted_by=KEEPERS,
                invoice=f"invoice {self.chance.randint(1000, 9999)}",
                programme=programme,
            )

    def build(self, on: str, kit: str, count: int, lots: Sequence[str] = ()) -> None:
        """So many kits are built, or as many as there are components for."""
        could = buildable(self.book, kit, "depot", on).kits
        self.book.build_kits(
            kit=kit,
            count=self.units(kit, min(count, could)),
            warehouse="depot",
            on=on,
            assembled_by=KEEPERS[0],
            checked_by=KEEPERS[1],
            lots=lots,
        )

    # What goes out, and back

    def send(
        self,
        on: str,
        origin: str,
        to: str,
        goods: Mapping[str, int],
        *,
        programme: str = "",
        due: str | None = None,
    ) -> Waybill:
        """So many base units of each item go on the road; what there is none of is left out."""
        return self.book.dispatch(
            origin=origin,
            to=to,
            on=on,
            lines=[ConsignedLine(item, self.units(item, units)) for item, units in goods.items() if units],
            carrier="haulier",
            programme=programme,
            vehicle="lorry",
            due=due,
        )

    def arrives(self, waybill: Waybill, days: int) -> None:
        """All that is on the road of a waybill will be there after so many days."""
        self.later(after(waybill.on, days), partial(_arrive, waybill=waybill.number))

    def arrive(self, waybill: str, on: str, *, half: bool = False, missing: tuple[str, int] = ("", 0)) -> str:
        """What is on the road of a waybill comes: all, or a half of each lot, or so much less of an item.

        Returns the number of the report.
        """
        there = self.book.ledger.holdings(Place(PlaceKind.TRANSIT, waybill))
        lines: list[ArrivedLine] = []
        item, less = missing
        for lot, held in there:
            came = -(-held.quantity // 2) if half else held.quantity
            gone = min(came, less) if lot.item == item else 0
            less -= gone
            lines.append(
                ArrivedLine(
                    lot.id, self.units(lot.item, came - gone), stage="carrier", noted_on_waybill=gone > 0
                )
            )
        report = self.book.arrive(waybill, on=on, received_by="storekeeper there", lines=lines, partial=half)
        return report.number

    def hand_out(
        self, on: str, depot: str, lines: Iterable[Given], programme: str = "", concerns: str | None = None
    ) -> DistributionList:
        """A signed list of what was given to whom."""
        self._sheets += 1
        handouts = [
            Handout(
                line.recipient,
                line.item,
                self.units(line.item, line.units),
                f"sheet {self._sheets}, line {number}",
                hold=line.hold,
            )
            for number, line in enumerate(lines, 1)
        ]
        return self.book.distribute(
            origin=depot, on=on, programme=programme, lines=handouts, concerns=concerns
        )

    def give_back(
        self, on: str, recipient: str, goods: Mapping[str, int], reason: str, *, usable: bool = True
    ) -> ReturnNote:
        """Somebody brings so much of some lots back to the depot."""
        return self.book.return_(
            recipient=recipient,
            into="depot",
            lines=[ReturnedLine(lot, self.units(self.book.item_of(lot).id, n)) for lot, n in goods.items()],
            on=on,
            reason=reason,
            usable=usable,
        )

    # What is counted

    def hand_in(
        self, on: str, plan: str, counter: str, off: Mapping[str, int], *unlisted: UnlistedLine
    ) -> None:
        """Somebody counts what is due of a plan; of some lots the shelf is `off` from the book."""
        status = count_status(self.book, plan)
        lines = [
            CountedLine(
                subject.lot, self._on_shelf(status, subject, on, off), quarantined=subject.quarantined
            )
            for subject in status.due
        ]
        self.book.count(plan, counter=counter, on=on, lines=lines, unlisted=unlisted)

    def _on_shelf(
        self, status: CountStatus, subject: CountSubject, on: str, off: Mapping[str, int]
    ) -> Quantity:
        place = subject.place(status.plan.warehouse)
        there = self.book.holding(place, subject.lot, on=on).quantity
        return self.units(subject.item, there + off.get(subject.lot, 0))


def _arrive(year: Year, on: str, *, waybill: str) -> None:
    year.arrive(waybill, on)


Event: TypeAlias = Callable[[Year, str], None]
"""Something that happens on a day of the year."""
