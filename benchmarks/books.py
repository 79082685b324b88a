"""Books of any size to measure on: the same size is the same book, entry by entry, on every machine.

They are of one city with ten depots and twenty items that gets through forty papers a day, so a book of
100,000 entries is seven years of work: more entries are more days, more lots and more households, while what
is on hand levels off. Half of the papers are distribution lists, a quarter waybills and what came
of them, a tenth goods received; the rest are purchases, gifts of money, returns, losses and reversals. One
list in fifty comes in a month late.

One gift of masks of the first day lasts for the whole book, and every twentieth list takes from it: that lot
has a history that grows with the book, where all others have a short one.
"""

from __future__ import annotations

from collections import deque
from datetime import date, timedelta
from functools import cache
from itertools import count
from random import Random
from typing import TYPE_CHECKING

import attrs

from reliefstock import (
    ArrivedLine,
    Book,
    BoughtLine,
    ConsignedLine,
    DistributionList,
    Document,
    Donor,
    FixedClock,
    Fund,
    Handout,
    Household,
    Item,
    LossReason,
    Money,
    Place,
    PlaceKind,
    Quantity,
    ReceivedLine,
    ReturnedLine,
    Supplier,
    Valuation,
    Warehouse,
    WrittenOffLine,
)
from reliefstock.errors import PromiseBroken, RuleBroken

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["DAY_ONE", "DEPOTS", "DONORS", "ITEMS", "MASKS", "City", "build", "city_of"]

DAY_ONE = date(2016, 1, 1)
DEPOTS = tuple(f"depot {number}" for number in range(10))
ITEMS = tuple(f"item {number}" for number in range(20))
MASKS = "masks"
DONORS = tuple(f"donor {number}" for number in range(50))
_PAPERS_A_DAY = 40
_UNITS = 40  # of a gift; three of them are a share
_COST = Money(2_876_543, "CNY")


def build(entries: int) -> City:
    """A city of its own, whose book has exactly so many entries."""
    city = City()
    city.receive(MASKS, DEPOTS[0], 1_000_000_000)
    city.work_until(entries)
    return city


@cache
def city_of(entries: int) -> City:
    """The one city of that size, to be asked and not to be written to; it is built once a process."""
    return build(entries)


@attrs.define
class City:
    """A book, and those who fill it."""

    book: Book = attrs.field(init=False)
    _chance: Random = attrs.field(init=False)
    _papers: count[int] = attrs.field(factory=count, init=False)
    _households: list[str] = attrs.field(factory=list[str], init=False)
    _lists: deque[str] = attrs.field(factory=lambda: deque[str](maxlen=200), init=False)
    _on_the_road: deque[str] = attrs.field(factory=deque[str], init=False)

    def __attrs_post_init__(self) -> None:
        self._chance = Random(2023)  # noqa: S311 -- chance that comes again, not chance that nobody may guess
        self.book = Book("city", currency="CNY", clock=FixedClock("2099-12-31"))
        self.book.add(*(Donor(donor, zh=donor) for donor in DONORS))
        self.book.add(*(Warehouse(depot, zh=depot) for depot in DEPOTS))
        self.book.add(*(Item(item, zh=item, en=item) for item in (*ITEMS, MASKS)))
        self.book.add(Fund("fund", zh="fund"), Supplier("supplier", zh="supplier"))

    @property
    def today(self) -> date:
        """The day that the city has come to."""
        return DAY_ONE + timedelta(days=len(self.book.ledger) // _PAPERS_A_DAY)

    def work_until(self, entries: int) -> None:
        """Go on until the book has so many entries."""
        papers, weights = zip(*self._work(), strict=True)
        while len(self.book.ledger) < entries:
            (paper,) = self._chance.choices(papers, weights)
            try:
                paper()
            except (RuleBroken, PromiseBroken):  # not enough there: so that is what comes in next
                self.receive(self._item(), self._depot(), _UNITS)

    def _work(self) -> list[tuple[Callable[[], object], int]]:
        """The papers, each of one entry, and how often they come in a hundred."""
        return [
            (lambda: self.distribute(self._item(), self._depot(), self._chance.randrange(1, 6)), 52),
            (lambda: self.distribute(MASKS, DEPOTS[0], 2), 3),
            (lambda: self.distribute(self._item(), self._depot(), 1, days_late=30), 1),
            (lambda: self.dispatch(self._item(), *self._chance.sample(DEPOTS, 2)), 12),
            (self.arrive_next, 13),
            (lambda: self.receive(self._item(), self._depot(), _UNITS), 3),
            (self.receive_money, 4),
            (self.purchase, 4),
            (self.give_back, 3),
            (self.write_off, 3),
            (self.reverse, 1),
        ]

    # Papers

    def receive(self, item: str, depot: str, units: int) -> str:
        """Goods come in, half of them with an expiry date; returns the number of the note."""
        worth = Money(units * 100 + self._chance.randrange(units), "CNY")
        expiry = self.today + timedelta(days=self._chance.randrange(400, 800))
        line = ReceivedLine(
            item,
            self._of(item, units),
            valuation=Valuation.voucher(worth, "invoice"),
            expiry=expiry if self._chance.randrange(2) and item != MASKS else None,
        )
        note = self.book.receive(
            donor=self._chance.choice(DONORS),
            into=depot,
            lines=[line],
            on=self.today,
            counted_by=("A", "B"),
            command=self._command(),
        )
        return note.number

    def receive_money(self) -> Document:
        """A gift of money, of any amount."""
        amount = Money(self._chance.randrange(1_000_000, 5_000_000), "CNY")
        donor, command = self._chance.choice(DONORS), self._command()
        return self.book.receive_money(
            donor=donor, into="fund", amount=amount, on=self.today, command=command
        )

    def purchase(self) -> Document:
        """Goods are bought, with the money of whoever gave it first."""
        item = self._item()
        return self.book.purchase(
            fund="fund",
            supplier="supplier",
            into=self._depot(),
            lines=[BoughtLine(item, self._of(item, _UNITS // 2), _COST)],
            on=self.today,
            counted_by=("A", "B"),
            invoice="invoice",
            command=self._command(),
        )

    def distribute(self, item: str, depot: str, households: int, *, days_late: int = 0) -> Document:
        """A list: three units a household."""
        lines = [
            Handout(self._household(), item, self._of(item, 3), f"line {line}") for line in range(households)
        ]
        on = max(DAY_ONE, self.today - timedelta(days=days_late))
        made = self.book.distribute(origin=depot, lines=lines, on=on, command=self._command())
        self._lists.append(made.number)
        return made

    def dispatch(self, item: str, origin: str, to: str) -> str:
        """Twelve units go to another depot; returns the number of the waybill."""
        lines = [ConsignedLine(item, self._of(item, 12))]
        made = self.book.dispatch(origin=origin, to=to, lines=lines, on=self.today, command=self._command())
        self._on_the_road.append(made.number)
        return made.number

    def arrive_next(self) -> Document | str:
        """The first waybill on the road arrives, where there is one."""
        if not self._on_the_road:
            return self.receive(self._item(), self._depot(), _UNITS)
        return self.arrive(self._on_the_road[0])

    def arrive(self, waybill: str) -> Document:
        """A waybill arrives; in one of ten cases one unit is short."""
        self._on_the_road.remove(waybill)
        short = int(self._chance.randrange(10) == 0)
        road = Place(PlaceKind.TRANSIT, waybill)
        lots = [lot for lot, _ in self.book.ledger.holdings(road)]
        sent = {lot: self.book.holding(road, lot.id).quantity for lot in lots}
        lines = [
            ArrivedLine(lot.id, self._of(lot.item, units - short) if units > short else None)
            for lot, units in sent.items()
        ]
        return self.book.arrive(waybill, on=self.today, received_by="R", lines=lines, command=self._command())

    def give_back(self) -> Document:
        """A household returns what it got by some list of late."""
        line = self._lately().lines[0]
        pick = line.picks[0]
        returned = ReturnedLine(pick.lot, self._of(line.item, pick.quantity))
        return self.book.return_(
            recipient=line.recipient,
            into=self._depot(),
            lines=[returned],
            on=self.today,
            reason="moved away",
            command=self._command(),
        )

    def write_off(self) -> Document | str:
        """All of a lot is lost that would be given out next: mostly it has expired."""
        item, depot = self._item(), self._depot()
        stock = self.book.ledger.stock(Place(PlaceKind.WAREHOUSE, depot), item)
        lots = [lot for lot in stock if self.book.lot(lot).expiry]
        if not lots:
            return self.receive(item, depot, _UNITS)
        lot = min(lots, key=lambda lot: (self.book.lot(lot).expiry, lot))
        return self.book.write_off(
            warehouse=depot,
            lines=[WrittenOffLine(lot, self._of(item, stock[lot].quantity))],
            on=self.today,
            reason=LossReason.EXPIRED,
            explanation="expired",
            reported_by="R",
            approved_by="S",
            command=self._command(),
        )

    def reverse(self) -> Document:
        """Some list of late was a mistake."""
        return self.book.reverse(
            self._lately().number,
            on=self.today,
            reason="mistake",
            approved_by="S",
            command=self._command(),
        )

    # What is on them

    def _lately(self) -> DistributionList:
        made = self.book.document(self._chance.choice(self._lists) if self._lists else "none")
        assert isinstance(made, DistributionList)
        return made

    def _command(self) -> str:
        return f"paper {next(self._papers)}"

    def _item(self) -> str:
        return self._chance.choice(ITEMS)

    def _depot(self) -> str:
        return self._chance.choice(DEPOTS)

    def _household(self) -> str:
        """Every third share goes to a household that the book has not met."""
        if self._households and self._chance.randrange(3):
            return self._chance.choice(self._households)
        household = f"H-{len(self._households):06d}"
        self._households.append(household)
        self.book.add(Household(household, size=self._chance.randrange(1, 7)))
        return household

    def _of(self, item: str, units: int) -> Quantity:
        return self.book.register.item(item).quantity(units)
