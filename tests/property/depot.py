"""The same machine with all the work of a depot: kits, quarantine, holds, counts, consents, sales, closing.

What is promised to whom, and which days are closed, the machine keeps by itself, as it keeps the shelf.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

import attrs
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from property.machine import BookMachine, days
from property.model import HELD, donors_of, kind_of, moments, rows
from property.world import (
    BILLS,
    DAYS,
    DIFFERENCE,
    DONORS,
    HOLDS,
    ITEMS,
    LAST,
    PLACES,
    PROGRAMMES,
    RESTRICTIONS,
    TODAY,
    WAREHOUSES,
    Errors,
    Gift,
    GiftLine,
    Line,
    Sent,
    stated,
    used,
    yuan,
)
from reliefstock import ArrivedLine, Handout, Period, Stage, Valuation, Waybill
from reliefstock.errors import (
    BelowZero,
    CloseBlocked,
    CountConflict,
    CountOvertaken,
    HeldForOthers,
    HoldBroken,
    Incomplete,
    NeedsApproval,
    NotEnough,
    NotOpen,
    NotUsable,
    OutsideRestriction,
    PastChanged,
    PeriodClosed,
    PeriodSealed,
    ResidueLeft,
)
from reliefstock.operations import ReceivingReport
from reliefstock.operations.counting import CountedLine
from reliefstock.operations.diverting import DivertedLine
from reliefstock.operations.holding import AllocationLine
from reliefstock.operations.kitting import BrokenLine
from reliefstock.operations.quarantining import QuarantinedLine, ReleasedLine
from reliefstock.operations.redirecting import Consent, RedirectedLine
from reliefstock.operations.selling import SaleReason, SoldLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reliefstock import Document, Lot

Moves = list[tuple[str, str, int]]

few = st.integers(1, 3)


@attrs.define
class Kept:
    """What the machine knows of a hold on one lot."""

    hold: str
    place: str
    lot: str
    units: int
    since: date
    until: date
    recipient: str
    programme: str
    came: list[tuple[date, int, str]] = attrs.field(factory=list)
    """When how much of it was resolved, by which document."""

    def left(self, on: date) -> int:
        """What it keeps from a day on: what has come of it by then and what comes later is gone."""
        if not self.since <= on <= self.until:
            return 0
        marks = [on, *(day for day, _, _ in self.came if day > on)]
        return min(self.units - sum(n for day, n, _ in self.came if day <= mark) for mark in marks)

    def keeps(self, on: date, *, counting_on_its_end: bool) -> int:
        """What is kept at the end of a day; one that ends after today may be thought to go on for ever."""
        ended = on > self.until and (counting_on_its_end or self.until <= TODAY)
        return 0 if on < self.since or ended else self.units - sum(n for day, n, _ in self.came if day <= on)


@attrs.frozen
class Work:
    """Something that is done in a depot: what it needs, and what is said of it."""

    needs: Callable[[Any], object]
    takes: dict[str, st.SearchStrategy[Any]]
    draws: bool


class DepotMachine(BookMachine):
    """One book in a depot."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[Kept] = []
        self.closed: date | None = None
        self.closes: list[Period] = []
        self.sealed: date | None = None
        self.recalls: dict[str, str] = {}
        """The lot that each recall is about."""
        self.renamed: dict[str, str] = {}

    def furnish(self) -> None:
        """Enough for kits, some of them built, and one of these promised."""
        lines = [GiftLine("quilt", 7, minor=500), GiftLine("rice", 15, minor=77)]
        self.take_in(Gift(DONORS[1], "north", lines, DAYS[1]))
        self.build_some(BILLS[0], 3, "north", DAYS[2], "")
        self.build_some(BILLS[2], 1, "north", DAYS[3], "")
        self.promise_some("h2", [Line("pack", 1, (), PLACES["h2"])], "north", (DAYS[3], LAST), "")

    # A day's work: families of verbs are drawn, so that each of them has its turn

    WORK: ClassVar[dict[str, Work]] = {
        "build": Work(
            lambda self: self.stocked(),
            {
                "bill": st.sampled_from(BILLS),
                "count": few,
                "at": st.sampled_from(WAREHOUSES),
                "on": days,
                "programme": st.sampled_from(PROGRAMMES),
            },
            draws=False,
        ),
        "unbuild": Work(lambda self: self.kits(), {"more": st.booleans(), "on": days}, draws=True),
        "rebuild": Work(
            lambda self: self.kits("warehouse"),
            {"on": days, "version": st.sampled_from(("1", "2"))},
            draws=True,
        ),
        "keep_apart": Work(lambda self: self.in_stock(), {"on": days, "more": st.booleans()}, draws=True),
        "let_out": Work(
            lambda self: self.in_stock("quarantine"), {"on": days, "more": st.booleans()}, draws=True
        ),
        "call_back": Work(lambda self: self.in_stock(), {}, draws=True),
        "promise": Work(
            lambda self: self.stocked(),
            {
                "recipient": st.sampled_from(tuple(PLACES)),
                "on": days,
                "lasts": st.sampled_from((0, 4, 20, 60)),
                "programme": st.sampled_from(PROGRAMMES),
            },
            draws=True,
        ),
        "keep_a_promise": Work(
            lambda self: self.open_holds(), {"on": days, "more": st.booleans()}, draws=True
        ),
        "take_back_a_promise": Work(
            lambda self: self.open_holds(), {"on": days, "part": st.booleans()}, draws=True
        ),
        "take_stock": Work(
            lambda self: self.in_stock(),
            {
                "at": st.sampled_from(WAREHOUSES),
                "on": days,
                "off": st.lists(st.sampled_from((0, 0, 0, -1, 1)), min_size=6, max_size=6),
                "form": st.sampled_from(("agreed", "agreed", "by the counter", "different")),
            },
            draws=False,
        ),
        "change_the_purpose": Work(
            lambda self: self.in_stock(),
            {
                "on": days,
                "restriction": st.sampled_from(RESTRICTIONS[1:]),
                "agreed": st.sampled_from((True, True, False)),
            },
            draws=True,
        ),
        "sell": Work(
            lambda self: self.in_stock(),
            {"on": days, "proceeds": st.sampled_from((1, 7, 100, 60_000))},
            draws=True,
        ),
        "learn_the_value": Work(
            lambda self: self.in_stock(),
            {"on": days, "minor": st.sampled_from((1, 99, 100, 40_000))},
            draws=True,
        ),
        "send_elsewhere": Work(
            lambda self: self.lots_now("transit"),
            {"on": days, "to": st.sampled_from((*WAREHOUSES, "pingli"))},
            draws=True,
        ),
        "arrive_in_part": Work(lambda self: self.lots_now("transit"), {"on": days}, draws=True),
        "arrive_together": Work(
            lambda self: len({place for place, _, _ in self.lots_now("transit")}) > 1,
            {"on": days},
            draws=False,
        ),
        "sign_for_a_loss": Work(
            lambda self: self.book.documents_of(ReceivingReport),
            {"on": days, "stage": st.sampled_from((Stage.SENDER, Stage.CARRIER, Stage.RECEIVER))},
            draws=True,
        ),
        "close_a_period": Work(lambda _: True, {"last": st.sampled_from(DAYS[:4])}, draws=False),
        "open_again": Work(lambda self: self.closes, {}, draws=True),
        "seal_for_good": Work(
            lambda self: self.closes and self.sealed is None,
            {"audited": st.sampled_from((False, True))},
            draws=False,
        ),
    }

    def some_of(self, data: st.DataObject, *names: str) -> None:
        """One of some works that can be done as things are, with all that it takes."""
        possible = [name for name in names if self.WORK[name].needs(self)]
        if not possible:
            return
        name = data.draw(st.sampled_from(possible))
        said = {word: data.draw(strategy) for word, strategy in self.WORK[name].takes.items()}
        if self.WORK[name].draws:
            said["data"] = data
        getattr(self, name)(**said)

    @rule(data=st.data())
    def pack_and_unpack(self, data: st.DataObject) -> None:
        """Kits are built, broken and rebuilt."""
        self.some_of(data, "build", "unbuild", "rebuild")

    @rule(data=st.data())
    def apart(self, data: st.DataObject) -> None:
        """Goods are kept apart, released and recalled."""
        self.some_of(data, "keep_apart", "let_out", "call_back")

    @rule(data=st.data())
    def promises(self, data: st.DataObject) -> None:
        """Goods are promised, given to whom they were promised, and released."""
        self.some_of(data, "promise", "keep_a_promise", "take_back_a_promise")

    @rule(data=st.data())
    def stocktaking(self, data: st.DataObject) -> None:
        """A warehouse is counted."""
        self.some_of(data, "take_stock")

    @rule(data=st.data())
    def papers(self, data: st.DataObject) -> None:
        """Goods get another purpose or value, or are sold."""
        self.some_of(data, "change_the_purpose", "sell", "learn_the_value")

    @rule(data=st.data())
    def road(self, data: st.DataObject) -> None:
        """What is on the road comes in parts, goes elsewhere, or is signed for."""
        self.some_of(data, "send_elsewhere", "arrive_in_part", "arrive_together", "sign_for_a_loss")

    @rule(data=st.data())
    def closing(self, data: st.DataObject) -> None:
        """Periods are closed, opened again and sealed."""
        self.some_of(data, "close_a_period", "open_again", "seal_for_good")

    # What is held, and what is closed

    def ask(
        self,
        verb: str,
        *args: object,
        must: Errors = (),
        may: Errors = (),
        **said: Any,  # noqa: ANN401 -- and takes its own words
    ) -> Any:  # noqa: ANN401 -- each verb gives back its own document
        """On a closed day nothing is entered, whatever else is wrong with it."""
        closed = self.is_closed(said.get("on"))
        if not closed:
            return super().ask(verb, *args, must=must, may=may, **said)
        document = super().ask(verb, *args, may=(*must, *may, PeriodClosed), **said)
        assert document is None or not document.entries, f"{verb}: entered on a closed day"
        return document

    def is_closed(self, on: object) -> bool:
        if not isinstance(on, date) or isinstance(on, datetime) or self.closed is None:
            return False
        return on <= self.closed

    @invariant()
    def the_book_knows_what_is_closed(self) -> None:
        assert (self.book.ledger.closed_through, self.book.ledger.sealed_through) == (
            self.closed,
            self.sealed,
        )

    @invariant()
    def the_book_knows_what_is_held(self) -> None:
        for day in DAYS[2::2]:
            held: dict[tuple[str, str], int] = {}
            for one in self.kept:
                units = one.keeps(day, counting_on_its_end=True)
                held[one.place, one.lot] = held.get((one.place, one.lot), 0) + units
            for (place, lot), units in held.items():
                [there] = [p for p in self.book.ledger.places() if str(p) == place]
                assert self.book.ledger.holds.held(there, lot, day) == units, (place, lot, day)

    def fits(self, lot: Lot, line: Line, on: date, programme: str) -> bool:
        return not self.is_recalled(lot.id, on) and super().fits(lot, line, on, programme)

    def unfit(self, line: Line, on: date, programme: str) -> Errors:
        recalled = any(self.is_recalled(lot, on) for lot in line.named)
        return (NotUsable, OutsideRestriction) if recalled else super().unfit(line, on, programme)

    def is_recalled(self, lot: str, on: date) -> bool:
        """The recalls of the machine are over on the last day, so they hold for all that is dated before."""
        called = {name for lot in self.recalls.values() for name in (lot, self.is_now(lot))}
        return on < LAST and not self.parts_of(lot).isdisjoint(called)

    def is_now(self, lot: str) -> str:
        while lot in self.renamed:
            lot = self.renamed[lot]
        return lot

    def landing(self, place: str, lot: str, on: date) -> str:
        kind, at = used(place)
        return f"quarantine:{at}" if kind == "warehouse" and self.is_recalled(lot, on) else place

    def free(self, place: str, on: date) -> dict[str, int]:
        least = self.least(place, on)
        return {lot: min(units, self.not_held(place, lot, on)) for lot, units in least.items()}

    def not_held(self, place: str, lot: str, on: date, *, counting_on_its_end: bool = False) -> int:
        """The least that is there and promised to nobody, at the end of any day from one on."""
        kept = [one for one in self.kept if (one.place, one.lot) == (place, lot)]
        past = moments(row for row in rows(self.book) if (row.place, row.lot) == (place, lot))
        there = past.get((place, lot), [])
        marks = {on, *(moment.on for moment in there if moment.on > on)}
        for one in kept:
            marks |= {one.since, one.until + timedelta(1), *(day for day, _, _ in one.came)}
        return max(
            0,
            min(
                next((moment.quantity for moment in reversed(there) if moment.on <= mark), 0)
                - sum(one.keeps(mark, counting_on_its_end=counting_on_its_end) for one in kept)
                for mark in marks
                if mark >= on
            ),
        )

    def taking(self, place: str, lot: str, units: int, on: date) -> Errors:
        """What must come of taking units of a lot that is named, by choice."""
        if self.least(place, on).get(lot, 0) < units:
            return (BelowZero, HeldForOthers)
        free = self.not_held(place, lot, on, counting_on_its_end=True)
        return (HeldForOthers,) if free < units else ()

    def in_stock(self, *kinds: str) -> list[tuple[str, str, int]]:
        """Goods, not money and not a difference of value, in places of some kinds."""
        there = self.lots_now(*(kinds or ("warehouse",)))
        return [one for one in there if self.book.lot(one[1]).item not in ("CNY", DIFFERENCE.id)]

    # Kits

    def build(self, bill: Any, count: int, at: str, on: date, programme: str) -> None:  # noqa: ANN401
        self.build_some(bill, count, at, on, programme)

    def build_some(self, bill: Any, count: int, at: str, on: date, programme: str) -> None:  # noqa: ANN401
        place, must = f"warehouse:{at}", ()
        free = self.free(place, on)
        for item, units in HOLDS[bill.item, bill.version].items():
            line = Line(item, units * count, (), "")
            lots = (lot for lot in map(self.book.lot, free) if lot.item == item)
            if sum(free[lot.id] for lot in lots if self.fits(lot, line, on, programme)) < line.units:
                must = (NotEnough,)
        document = self.ask(
            "build_kits",
            must=must,
            may=self.residue(on),
            moved=self.built(bill.item, bill.version, count, place),
            kit=bill.item,
            version=bill.version,
            count=ITEMS[bill.item].quantity(count),
            warehouse=at,
            on=on,
            assembled_by="a",
            checked_by="b",
            programme=programme,
        )
        if document:
            self.check_kits(document)

    def built(self, kit: str, version: str, count: int, place: str) -> Moves:
        moved: Moves = [("conversion", kit, -count), (place, kit, count)]
        for item, units in HOLDS[kit, version].items():
            moved += [(place, item, -units * count), ("conversion", item, units * count)]
        return moved

    def check_kits(self, document: Document) -> None:
        """What is in a kit says whose it is, what it is for, and when it expires."""
        for lot in map(self.book.lot, self.lots_of(document.entries)):
            if lot.item not in ("pack", "chest") or not lot.id.startswith(document.number):
                continue
            parts = [self.book.lot(part.lot) for part in lot.made_of]
            expiries = [part.expiry for part in parts if part.expiry]
            donors = {part.donor for part in parts}
            assert lot.expiry == min(expiries, default=None)
            assert lot.donor == (donors.pop() if len(donors) == 1 else None)
            assert set(lot.restrictions) == {one for part in parts for one in part.restrictions}
            assert lot.value == sum(part.value for part in lot.made_of)

    def unbuild(self, more: bool, on: date, data: st.DataObject) -> None:
        place, lot, there = data.draw(st.sampled_from(self.kits()))
        units = data.draw(st.integers(1, there + more))
        kind, warehouse = used(place)
        must, may = self.breaking_kits(place, lot, units, on)
        self.ask(
            "break_kits",
            must=must,
            may=may,
            moved=lambda made: self.broken(made.broken, place, on),
            warehouse=warehouse,
            lines=[BrokenLine(lot, ITEMS[self.book.lot(lot).item].quantity(units))],
            on=on,
            reason="needed apart",
            broken_by="a",
            checked_by="b",
            quarantined=kind == "quarantine",
        )

    def rebuild(self, on: date, version: str, data: st.DataObject) -> None:
        place, lot, there = data.draw(st.sampled_from(self.kits("warehouse")))
        item, units = self.book.lot(lot).item, data.draw(st.integers(1, there))
        must, may = self.breaking_kits(place, lot, units, on)
        version = version if item == "pack" else "1"
        self.ask(
            "rebuild_kits",
            must=must,
            may=(*may, NotEnough, HeldForOthers),
            moved=lambda made: self.broken(made.broken, place, on) + self.built(item, version, units, place),
            warehouse=used(place)[1],
            lines=[BrokenLine(lot, ITEMS[item].quantity(units))],
            version=version,
            on=on,
            reason="the bill has changed",
            assembled_by="a",
            checked_by="b",
        )

    def kits(self, *kinds: str) -> list[tuple[str, str, int]]:
        there = self.in_stock(*(kinds or ("warehouse", "quarantine")))
        return [one for one in there if self.book.lot(one[1]).item in ("pack", "chest")]

    def breaking_kits(self, place: str, lot: str, units: int, on: date) -> tuple[Errors, Errors]:
        """A kit is broken where it is and is free; a surplus one holds nothing that could come out."""
        must = self.taking(place, lot, units, on) if kind_of(place) == "warehouse" else ()
        if kind_of(place) == "quarantine" and self.least(place, on)[lot] < units:
            must = (BelowZero,)
        return must and (*must, NotUsable), (*self.residue(on), NotUsable, Incomplete)

    def broken(self, broken: Iterable[Any], place: str, on: date) -> Moves:
        moved: Moves = []
        for one in broken:
            kit, count = self.book.lot(one.lot).item, one.quantity.count
            moved += [(place, kit, -count), ("conversion", kit, count)]
            for pick in one.components:
                item = self.book.lot(pick.lot).item
                to = self.landing(place, pick.lot, on)
                moved += [("conversion", item, -pick.quantity), (to, item, pick.quantity)]
        return moved

    # Kept apart

    def keep_apart(self, on: date, more: bool, data: st.DataObject) -> None:
        place, lot, there = data.draw(st.sampled_from(self.in_stock()))
        units, at, item = data.draw(st.integers(1, there + more)), used(place)[1], self.book.lot(lot).item
        self.ask(
            "quarantine",
            must=(BelowZero,) if self.least(place, on)[lot] < units else (),
            may=self.residue(on),
            moved=[(place, item, -units), (f"quarantine:{at}", item, units)],
            warehouse=at,
            lines=[QuarantinedLine(lot, stated(item, units))],
            on=on,
            reason="wet",
            reported_by="a",
        )

    def let_out(self, on: date, more: bool, data: st.DataObject) -> None:
        place, lot, there = data.draw(st.sampled_from(self.in_stock("quarantine")))
        units, at, item = data.draw(st.integers(1, there + more)), used(place)[1], self.book.lot(lot)
        must: Errors = (BelowZero,) if self.least(place, on)[lot] < units else ()
        if (item.expiry and item.expiry < on) or self.is_recalled(lot, on):
            must = (NotUsable,)
        self.ask(
            "release",
            must=must,
            may=self.residue(on),
            moved=[(place, item.item, -units), (f"warehouse:{at}", item.item, units)],
            warehouse=at,
            lines=[ReleasedLine(lot, stated(item.item, units))],
            on=on,
            reason="dried",
            inspected_by="a",
            approved_by="b",
        )

    def call_back(self, data: st.DataObject) -> None:
        """A recall takes all of a lot out of use, in kits too; when it is over, all of it lies apart."""
        _, lot, _ = data.draw(st.sampled_from(self.in_stock()))
        inside = [one for one in self.book.ledger.lots if lot in self.parts_of(one)]
        there = [(p, one, n) for p, one, n in self.in_stock() if one in inside]
        moved = [
            move
            for place, one, units in there
            for move in (
                (place, self.book.lot(one).item, -units),
                (f"quarantine:{used(place)[1]}", self.book.lot(one).item, units),
            )
        ]
        called = self.ask(
            "recall",
            may=(NotOpen, BelowZero, ResidueLeft),
            moved=moved,
            lots=[lot],
            on=LAST,
            reason="mould",
            notice="notice 3",
            ordered_by="a",
        )
        if called:
            assert not [one for _, one, _ in self.in_stock() if one in inside]
            self.recalls[called.number] = lot
            self.ask("end_recall", called.number, on=LAST, reason="all seen", approved_by="b")

    def parts_of(self, lot: str) -> set[str]:
        """A lot and the goods in it; what was bought with money has nothing of what that was the price of."""
        goods = (part.lot for part in self.book.lot(lot).made_of)
        parts = {part for part in goods if self.book.lot(part).item not in ("CNY", DIFFERENCE.id)}
        return {lot}.union(*(self.parts_of(part) for part in parts))

    # Promised

    def promise(self, recipient: str, on: date, lasts: int, programme: str, data: st.DataObject) -> None:
        origin, drawn = self.draw_lines(data, PLACES[recipient])
        lines = [attrs.evolve(line, named=()) for line in drawn]
        self.promise_some(recipient, lines, origin, (on, on + timedelta(lasts)), programme)

    def promise_some(
        self, recipient: str, lines: list[Line], origin: str, days: tuple[date, date], programme: str
    ) -> None:
        on, until = days
        document = self.ask(
            "allocate",
            must=self.promising(f"warehouse:{origin}", on, until, lines, programme),
            may=(NotEnough,) if len(lines) > 1 else (),
            warehouse=origin,
            lines=[AllocationLine(recipient, line.item, stated(line.item, line.units)) for line in lines],
            on=on,
            until=until,
            programme=programme,
            source_document="plan 3",
            approved_by="b",
        )
        for held in document.lines if document else ():
            self.kept += (
                Kept(
                    hold=held.hold,
                    place=f"warehouse:{origin}",
                    lot=lot.lot,
                    units=lot.quantity,
                    since=on,
                    until=until,
                    recipient=recipient,
                    programme=programme,
                )
                for lot in held.lots
            )

    def promising(self, place: str, on: date, until: date, lines: list[Line], programme: str) -> Errors:
        free = self.free(place, on)
        for line in lines:
            usable = (
                free[lot.id]
                for lot in map(self.book.lot, free)
                if lot.item == line.item
                and self.fits(lot, line, until, programme)
                and not self.is_recalled(lot.id, on)
            )
            if sum(usable) < line.units:
                return (NotEnough,)
        return ()

    def keep_a_promise(self, on: date, more: bool, data: st.DataObject) -> None:
        one = data.draw(st.sampled_from(self.open_holds()))
        holds = [kept for kept in self.kept if kept.hold == one.hold]
        least, item = self.least(one.place, on), self.book.lot(one.lot).item
        there = [min(kept.left(on), least.get(kept.lot, 0)) for kept in holds]
        units = data.draw(st.integers(1, max(1, sum(there) + more)))
        must: Errors = (NotEnough, HoldBroken, BelowZero, Incomplete) if sum(there) < units else ()
        to_society = PLACES[one.recipient].startswith("society")
        document = self.ask(
            "distribute",
            must=must,
            may=(
                *self.residue(on),
                *((OutsideRestriction,) if to_society else ()),
                *self.in_the_way(holds, on),
            ),
            moved=[(one.place, item, -units), (PLACES[one.recipient], item, units)],
            origin=used(one.place)[1],
            lines=[Handout(one.recipient, item, stated(item, units), "sheet 2", hold=one.hold)],
            on=on,
            programme=one.programme,
        )
        for pick in document.lines[0].picks if document else ():
            [kept] = [kept for kept in holds if kept.lot == pick.lot]
            kept.came.append((on, pick.quantity, document.number))

    def take_back_a_promise(self, on: date, part: bool, data: st.DataObject) -> None:
        one = data.draw(st.sampled_from(self.open_holds()))
        holds = [kept for kept in self.kept if kept.hold == one.hold]
        left = sum(kept.left(on) for kept in holds)
        document = self.ask(
            "release_hold",
            must=() if left else (HoldBroken,),
            hold=one.hold,
            on=on,
            quantity=stated(self.book.lot(one.lot).item, 1) if part else None,
            reason="no need",
            released_by="b",
        )
        for lot in document.lots if document else ():
            [kept] = [kept for kept in holds if kept.lot == lot.lot]
            kept.came.append((on, lot.quantity, document.number))
            assert kept.left(on) >= 0

    def in_the_way(self, holds: list[Kept], on: date) -> Errors:
        """What is held may be recalled, or promised on to somebody whom a loss has left with nothing else."""
        recalled = any(self.is_recalled(one.lot, on) for one in holds)
        return (NotUsable, HeldForOthers) if recalled else (HeldForOthers,)

    def open_holds(self) -> list[Kept]:
        return [one for one in self.kept if one.units > sum(n for _, n, _ in one.came)]

    # Counted

    def take_stock(self, at: str, on: date, off: list[int], form: str) -> None:
        place = f"warehouse:{at}"
        plan = self.ask("plan_count", may=(Incomplete, NotOpen), warehouse=at, on=on, counters=("x", "y"))
        if plan is None:
            return
        self.count_a_plan(plan, place, off, form)
        if self.book.document(plan.number) and self.is_unsettled(plan.number):
            self.ask("reverse", plan.number, on=on, reason="counted anew", approved_by="b")
            self.taken_back.add(plan.number)

    def is_unsettled(self, plan: str) -> bool:
        return not any(sent.verb == "approve_count" and sent.args[0] == plan for sent in self.sent)

    def count_a_plan(self, plan: Any, place: str, off: list[int], form: str) -> None:  # noqa: ANN401
        on, lots = plan.on, [subject.lot for subject in plan.subjects]
        sums = self.at_the_end_of(place, on)
        differs = {lot: max(-sums[lot], by) for lot, by in zip(lots, off + [0] * len(lots), strict=False)}
        sheets: list[bool] = []
        for counter, slip in (("x", 0), ("y", form == "different")):
            lines = [
                CountedLine(lot, stated(self.book.lot(lot).item, sums[lot] + differs[lot] + slip))
                for lot in lots
            ]
            sheets.append(
                self.ask("count", plan.number, may=(NotOpen,), counter=counter, on=on, lines=lines)
                is not None
            )
        least = self.least(place, on)
        must: Errors = ()
        if any(least[lot] + by < 0 for lot, by in differs.items()):
            must = (BelowZero, CountOvertaken)
        if form == "different" and lots:
            must = (*must, NotOpen)
        if form == "by the counter":
            must = (*must, NeedsApproval)
        if not all(sheets):
            must = (*must, NotOpen)
        moved: Moves = []
        for lot, by in differs.items():
            item = self.book.lot(lot).item
            to = self.landing(place, lot, on) if by > 0 else place
            moved += [(to, item, by), ("gain:count", item, -max(0, by)), ("loss:count", item, max(0, -by))]
        self.ask(
            "approve_count",
            plan.number,
            must=must,
            may=(*self.residue(on), CountConflict, CountOvertaken),
            moved=moved,
            on=on,
            approved_by=("x",) if form == "by the counter" else ("p", "q"),
            explanation="seen",
        )

    def at_the_end_of(self, place: str, on: date) -> dict[str, int]:
        sums: dict[str, int] = {}
        for row in rows(self.book):
            if row.place == place:
                sums[row.lot] = sums.get(row.lot, 0) + (row.quantity if row.on <= on else 0)
        return sums

    # Another purpose, another value

    def change_the_purpose(self, on: date, restriction: Any, agreed: bool, data: st.DataObject) -> None:  # noqa: ANN401
        place, lot_id, there = data.draw(st.sampled_from(self.in_stock()))
        lot, units = self.book.lot(lot_id), data.draw(st.integers(1, there))
        donors = sorted(donors_of(self.book, lot_id))
        wanted = () if restriction is None or restriction.is_free else (restriction,)
        must = self.taking(place, lot_id, units, on)
        if not donors or not agreed:
            must = (*must, NeedsApproval)
        if lot.restrictions == wanted:
            must = (*must, Incomplete)
        document = self.ask(
            "redirect",
            must=must,
            may=self.residue(on),
            moved=[(place, lot.item, -units), (place, lot.item, units)],
            warehouse=used(place)[1],
            lines=[RedirectedLine(lot_id, stated(lot.item, units))],
            restriction=restriction,
            consents=[Consent(donor, "letter 4", DAYS[0]) for donor in donors if agreed],
            on=on,
            reason="the flood",
            requested_by="a",
            approved_by="b",
        )
        if document:
            new = self.book.lot(document.lots[0])
            assert (new.donor, new.restrictions, new.expiry) == (lot.donor, wanted, lot.expiry)

    def sell(self, on: date, proceeds: int, data: st.DataObject) -> None:
        place, lot_id, there = data.draw(st.sampled_from(self.in_stock()))
        lot, units = self.book.lot(lot_id), data.draw(st.integers(1, there))
        must = self.taking(place, lot_id, units, on)
        if (lot.expiry and lot.expiry < on) or self.is_recalled(lot_id, on):
            must = (*must, NotUsable)

        def moved(note: Any) -> Moves:  # noqa: ANN401
            [line] = note.lines
            more, less = max(0, line.proceeds - line.value), max(0, line.value - line.proceeds)
            return [
                (place, lot.item, -units),
                ("conversion", lot.item, units),
                ("conversion", "CNY", -proceeds),
                ("fund:general", "CNY", proceeds),
                ("gain:sale", DIFFERENCE.id, -more),
                ("conversion", DIFFERENCE.id, more - less),
                ("loss:sale", DIFFERENCE.id, less),
            ]

        note = self.ask(
            "sell",
            must=must,
            may=self.residue(on),
            moved=moved,
            warehouse=used(place)[1],
            lines=[SoldLine(lot_id, stated(lot.item, units), yuan(proceeds))],
            into="general",
            buyer="market",
            reason=SaleReason.EXCESS,
            paper="contract 5",
            on=on,
            requested_by="a",
            approved_by="b",
        )
        if note:
            money = self.book.lot(note.lots[0])
            assert (money.donor, money.restrictions, money.value) == (lot.donor, lot.restrictions, proceeds)

    def learn_the_value(self, on: date, minor: int, data: st.DataObject) -> None:
        """The units stay where they are; only what they are worth changes, from that day on."""
        _, lot_id, _ = data.draw(st.sampled_from(self.in_stock(*HELD, "household", "loss")))

        def moved(paper: Any) -> Moves:  # noqa: ANN401
            new = [self.book.lot(lot) for lot in paper.lots]
            more = [row for row in self.rows_of(paper) if row.place == "gain:revaluation"]
            less = [row for row in self.rows_of(paper) if row.place == "loss:revaluation"]
            assert new[0].item == self.book.lot(lot_id).item
            off = sum(row.quantity for row in (*more, *less))
            return [
                ("gain:revaluation", DIFFERENCE.id, sum(row.quantity for row in more)),
                ("loss:revaluation", DIFFERENCE.id, sum(row.quantity for row in less)),
                ("conversion", DIFFERENCE.id, -off),
            ]

        paper = self.ask(
            "revalue",
            may=(NotOpen, Incomplete, ResidueLeft, BelowZero),
            moved=moved,
            lot=lot_id,
            valuation=Valuation.fair_value(yuan(minor), "price list 9"),
            on=on,
            reason="measured",
            requested_by="a",
            approved_by="b",
        )
        for line in paper.lines if paper else ():
            self.renamed[line.lot] = line.new
            self.move_promises(str(line.place), line.lot, line.new, paper)

    def move_promises(self, place: str, lot: str, new: str, paper: Document) -> None:
        """What was promised of a lot is promised of the lot that it is from that day on."""
        for one in [one for one in self.kept if (one.place, one.lot) == (place, lot)]:
            left = one.left(max(paper.on, one.since))
            if left and paper.on <= one.until:
                since = max(paper.on, one.since)
                one.came.append((since, left, paper.number))
                self.kept.append(attrs.evolve(one, lot=new, units=left, since=since, came=[]))

    def rows_of(self, document: Document) -> Iterator[Any]:
        return (row for row in rows(self.book) if row.number in document.entries)

    # On the road

    def send_elsewhere(self, on: date, to: str, data: st.DataObject) -> None:
        transit, lot, there = data.draw(st.sampled_from(self.lots_now("transit")))
        [waybill] = [one for one in self.book.documents_of(Waybill) if f"transit:{one.number}" == transit]
        units, item = data.draw(st.integers(1, there)), self.book.lot(lot).item
        must: Errors = ()
        if self.least(transit, on)[lot] < units:
            must = (BelowZero, NotEnough)
        line = Line(item, units, (), "society:pingli")
        if to == "pingli" and not self.fits(self.book.lot(lot), line, on, waybill.programme):
            must = (*must, OutsideRestriction, NotUsable)
        if to == waybill.to:
            must = (Incomplete,)
        self.ask(
            "divert",
            waybill.number,
            must=must,
            may=self.residue(on),
            moved=[(transit, item, -units), ("transit:{number}", item, units)],
            to=to,
            lines=[DivertedLine(lot, stated(item, units))],
            on=on,
            reason="the bridge is down",
            approved_by="b",
        )

    def arrive_in_part(self, on: date, data: st.DataObject) -> None:
        """Some of what is on the road comes; the rest stays there, and nothing is short."""
        transit, lot, there = data.draw(st.sampled_from(self.lots_now("transit")))
        [waybill] = [one for one in self.book.documents_of(Waybill) if f"transit:{one.number}" == transit]
        units, item = data.draw(st.integers(1, there)), self.book.lot(lot).item
        self.ask(
            "arrive",
            waybill.number,
            must=(BelowZero,) if self.least(transit, on)[lot] < units else (),
            may=self.residue(on),
            moved=[(transit, item, -units), (self.landing(self.consignee(waybill), lot, on), item, units)],
            on=on,
            received_by="a",
            partial=True,
            lines=[ArrivedLine(lot, stated(item, units))],
        )

    def arrive_together(self, on: date) -> None:
        """All that is on the road to one consignee comes with one lorry, on one report."""
        underway = {place for place, _, _ in self.lots_now("transit")}
        waybills = [one for one in self.book.documents_of(Waybill) if f"transit:{one.number}" in underway]
        waybills = [one for one in waybills if one.to == waybills[0].to]
        numbers = [one.number for one in waybills]
        lots = [one for one in self.lots_now("transit") if used(one[0])[1] in numbers]
        moved: Moves = []
        for transit, lot, units in lots:
            item, to = self.book.lot(lot).item, self.landing(self.consignee(waybills[0]), lot, on)
            moved += [(transit, item, -units), (to, item, units)]
        late = any(self.least(transit, on)[lot] < units for transit, lot, units in lots)
        self.ask(
            "arrive",
            tuple(numbers),
            must=(BelowZero,) if late else (),
            may=self.residue(on),
            moved=moved,
            on=on,
            received_by="a",
            lines=[
                ArrivedLine(lot, stated(self.book.lot(lot).item, units), waybill=used(transit)[1])
                for transit, lot, units in lots
            ],
        )

    def consignee(self, waybill: Waybill) -> str:
        return f"{'society' if waybill.to_society else 'warehouse'}:{waybill.to}"

    def sign_for_a_loss(self, on: date, stage: Stage, data: st.DataObject) -> None:
        report = data.draw(st.sampled_from(self.book.documents_of(ReceivingReport)))

        def moved(paper: Any) -> Moves:  # noqa: ANN401
            return [
                move
                for line in paper.lines
                if line.was is not paper.stage
                for move in (
                    (f"loss:{line.kind.value}-{line.was.value}", line.item, -line.quantity),
                    (f"loss:{line.kind.value}-{paper.stage.value}", line.item, line.quantity),
                )
            ]

        self.ask(
            "sign_off",
            report.number,
            may=(NotOpen, Incomplete, BelowZero, ResidueLeft),
            moved=moved,
            on=on,
            stage=stage,
            signed_by="carrier",
            approved_by="b",
            paper="protocol 6",
        )

    # Closing

    def close_a_period(self, last: date) -> None:
        first = self.closed + timedelta(1) if self.closed else date(2026, 1, 1)
        if first > last:
            return
        period = Period(first, last)
        unsettled = [
            place
            for place, _, _ in self.lots_now("transit", "loss")
            if kind_of(place) == "transit" or "short" in place or "damaged" in place
        ]
        if self.ask(
            "close",
            period,
            may=(CloseBlocked,) if unsettled or self.counted() else (),
            on=TODAY,
            closed_by="a",
            approved_by="b",
        ):
            self.closes.append(period)
            self.closed = last

    def counted(self) -> bool:
        """Whether anything was counted, so that something may have come after it that speaks against it."""
        return any(sent.verb == "approve_count" for sent in self.sent)

    def open_again(self, data: st.DataObject) -> None:
        """A period is open again, and all after it."""
        period = data.draw(st.sampled_from(self.closes))
        sealed = self.sealed is not None and period.first <= self.sealed
        said = {"on": TODAY, "reason": "a list was found", "requested_by": "b", "approved_by": "c"}
        if self.ask("reopen", period, must=(PeriodSealed, NotOpen) if sealed else (), **said):
            del self.closes[self.closes.index(period) :]
            self.closed = period.first - timedelta(1)

    def seal_for_good(self, audited: bool) -> None:
        period = self.closes[0]
        said = {"on": TODAY, "sealed_by": "a", "approved_by": "b", "audit_paper": "report 7"}
        if audited and self.ask("seal", period, **said):
            self.sealed = period.last

    # Taken back

    def take_back(self, sent: Sent, on: date) -> None:
        if sent.verb in ("revalue", "plan_count", "count", "approve_count", "end_recall"):
            return  # what came of these is told where they are made
        before = len(self.taken_back)
        super().take_back(sent, on)
        if len(self.taken_back) == before:
            return
        self.recalls.pop(sent.document, None)
        for one in self.kept:
            if one.hold.startswith(f"{sent.document}-"):
                day = max(on, one.since)
                one.came.append((day, one.left(day), sent.document))
            back = sum(units for _, units, by in one.came if by == sent.document)
            if back and sent.verb in ("distribute", "release_hold") and one.since <= on <= one.until:
                one.came.append((on, -back, f"back of {sent.document}"))

    def taking_back(self, sent: Sent, on: date) -> Errors:
        if sent.document in self.taken_back:
            return (NotOpen,)
        if sent.verb in ("close", "reopen", "seal"):
            return (NotOpen, PastChanged)
        if sent.verb == "release_hold":
            return ()
        if sent.verb == "allocate":
            return self.withdrawing_a_promise(sent)
        return super().taking_back(sent, on)

    def withdrawing_a_promise(self, sent: Sent) -> Errors:
        """What was given out under a promise must be taken back first."""
        came = [one for kept in self.kept if kept.hold.startswith(f"{sent.document}-") for one in kept.came]
        given = {by for _, _, by in came if by.startswith("DL")}
        return (NotOpen,) if given - self.taken_back else ()

    def may_stand(self, sent: Sent) -> Errors:
        """Reports that were signed off, waybills that were diverted, holds that are over."""
        return (NotOpen, HoldBroken, HeldForOthers, Incomplete)
