"""Whatever is built of whatever lots, and broken in whatever order, comes out to the last unit and fen."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from reliefstock import (
    ArrivedLine,
    BillOfMaterials,
    Book,
    BrokenLine,
    Component,
    ConsignedLine,
    FixedClock,
    Item,
    Money,
    Place,
    Policy,
    ReceivedLine,
    Valuation,
    Warehouse,
)
from reliefstock.errors import BelowZero
from reliefstock.parties import Donor
from reliefstock.reconciliation import By, statement, trace
from reliefstock.reconciliation.kits import buildable
from reliefstock.values import PIECE, Period, Quantity

BIRTH = date(2023, 1, 1)
YEAR = Period.year(2023)
DEPOT, OTHER = Place.parse("warehouse:depot"), Place.parse("warehouse:other")
ITEMS = tuple(Item(name, zh=name, en=name) for name in ("a", "b", "c", "kit", "box", "crate"))


def pieces(count: int) -> Quantity:
    return Quantity(count, PIECE)


@st.composite
def stocks(draw: st.DrawFn) -> list[tuple[str, str, int, int]]:
    """Lots of three items, some of them worth nothing: item, donor, units, fen."""
    lots = st.tuples(
        st.sampled_from("abc"), st.sampled_from(("one", "two")), st.integers(1, 12), st.integers(0, 40)
    )
    return [(item, "one", 3, 10) for item in "abc"] + draw(st.lists(lots, max_size=6))


def opened(stock: list[tuple[str, str, int, int]], per_kit: tuple[int, int, int]) -> Book:
    book = Book("any", currency="CNY", clock=FixedClock("2023-12-31"), policy=Policy(counters=0, approvers=0))
    book.add(*ITEMS, *(Donor(one, zh=one) for one in ("one", "two")))
    book.add(Warehouse("depot", zh="depot"), Warehouse("other", zh="other"))
    parts = [Component(item, pieces(count)) for item, count in zip("abc", per_kit, strict=True) if count]
    book.add(BillOfMaterials(item="kit", version="1", components=parts))
    book.add(BillOfMaterials(item="box", version="1", components=[Component("kit", pieces(2))]))
    book.add(
        BillOfMaterials(
            item="crate", version="1", components=[Component("box", pieces(1)), Component("a", pieces(1))]
        )
    )
    for item, donor, count, fen in stock:
        worth = Valuation.voucher(Money(fen, "CNY"), "v") if fen else Valuation.memorandum()
        line = ReceivedLine(item, pieces(count), valuation=worth)
        book.receive(donor=donor, into="depot", on=BIRTH, lines=[line], counted_by=("x", "y"))
    return book


def build(book: Book, kit: str, count: int, day: int) -> list[str]:
    on = BIRTH + timedelta(day)
    count = min(count, buildable(book, kit, "depot", on).kits)
    if not count:
        return []
    made = book.build_kits(
        kit=kit, count=pieces(count), warehouse="depot", on=on, assembled_by="x", checked_by="y"
    )
    return list(made.lots)


def break_(book: Book, lot: str, count: int, on: date, warehouse: str = "depot") -> bool:
    """Whether so many were there on every later day; if they were, they can be broken."""
    there = book.ledger.window(Place.parse(f"warehouse:{warehouse}"), book.lot(lot), on).quantity
    try:
        book.break_kits(
            warehouse=warehouse,
            lines=[BrokenLine(lot, pieces(count))],
            on=on,
            reason="any",
            broken_by="x",
            checked_by="y",
        )
    except BelowZero:
        assert count > there
        return False
    assert count <= there
    return True


def move(book: Book, lot: str, count: int, on: date) -> None:
    line = ConsignedLine(book.lot(lot).item, pieces(count), lots=(lot,))
    sent = book.dispatch(origin="depot", to="other", lines=[line], on=on)
    book.arrive(sent.number, on=on, received_by="x", lines=[ArrivedLine(lot, pieces(count))], approved_by="y")


def check(book: Book) -> None:
    """No unit is worth anything but its floor or one fen more, in any place, inside kits too; all adds up."""
    for place, lot, _ in book.ledger.timelines():
        held = book.ledger.holding(place, lot.id)
        units = abs(held.quantity)
        value = held.value if held.quantity >= 0 else -held.value
        assert lot.floor * units <= value <= (lot.floor + 1) * units, (str(place), lot.id)
    assert statement(book, YEAR, by=By.DONOR).findings == ()
    assert statement(book, YEAR).total.converted.value == 0
    ends: dict[tuple[str, str], int] = {}
    for donation in book.ledger.donations:
        found = trace(book, donation)
        assert found.findings == ()
        for end in found.ends:
            assert end.quantity > 0
            assert end.value >= 0
            ends[str(end.place), end.lot] = ends.get((str(end.place), end.lot), 0) + end.value
    for place in (DEPOT, OTHER):
        for lot, held in book.ledger.holdings(place):
            assert ends.get((str(place), lot.id), 0) == held.value


Steps = list[tuple[str, int, int]]
STEPS = st.lists(
    st.tuples(st.sampled_from(("break", "move", "late")), st.integers(0, 99), st.integers(1, 4)), max_size=12
)


def step(book: Book, lot: str, what: str, count: int, day: int) -> None:
    """Kits are broken, or broken on an earlier day, or go to the other depot, as far as they are there."""
    on = BIRTH + timedelta(day)
    if what == "late":
        break_(book, lot, count, BIRTH + timedelta(day // 2 + 3))
    elif what == "break":
        break_(book, lot, count, on)
    elif book.ledger.window(DEPOT, book.lot(lot), on).quantity >= count:
        move(book, lot, count, on)


def break_all(book: Book, lots: list[str]) -> None:
    """The outermost kits first."""
    for lot in sorted(lots, key=lambda one: ("crate", "box", "kit").index(book.lot(one).item)):
        for warehouse, place in (("depot", DEPOT), ("other", OTHER)):
            left = book.ledger.holding(place, lot).quantity
            if left:
                assert break_(book, lot, left, BIRTH + timedelta(100), warehouse)


def in_depots(book: Book) -> dict[str, tuple[int, int]]:
    sums: dict[str, tuple[int, int]] = {}
    for place in (DEPOT, OTHER):
        for lot, held in book.ledger.holdings(place):
            quantity, value = sums.get(lot.id, (0, 0))
            sums[lot.id] = (quantity + held.quantity, value + held.value)
    return sums


@given(
    stock=stocks(),
    per_kit=st.tuples(st.integers(1, 3), st.integers(0, 2), st.integers(0, 3)),
    counts=st.tuples(st.integers(1, 9), st.integers(0, 3), st.integers(0, 2)),
    steps=STEPS,
)
def test_kits_of_kits_give_back_what_went_in(
    stock: list[tuple[str, str, int, int]],
    per_kit: tuple[int, int, int],
    counts: tuple[int, int, int],
    steps: Steps,
) -> None:
    book = opened(stock, per_kit)
    before = in_depots(book)
    order = enumerate(zip(("kit", "box", "crate"), counts, strict=True), 1)
    lots = [lot for day, (kit, count) in order for lot in build(book, kit, count, day)]
    check(book)
    for day, (what, which, count) in enumerate(steps if lots else [], 10):
        step(book, lots[which % len(lots)], what, count, day)
        check(book)
    break_all(book, lots)
    check(book)
    assert in_depots(book) == before
