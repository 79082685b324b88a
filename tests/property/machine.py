"""A machine that does all that can be done to a book, in any order, dated forward and back.

After every step a second book-keeper (`property.model`) checks every promise, a shelf that is kept from the
requests alone says where every unit must be, and what was once known must still be known. Each rule also
says beforehand how its request must end: carried out, or refused with which error. An error leaves the book
exactly as it was.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

import attrs
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from property.model import (
    HELD,
    Row,
    births,
    carries,
    fingerprint,
    kind_of,
    least_from,
    misuse,
    moments,
    rows,
    totals,
    violations,
)
from reliefstock import (
    ArrivedLine,
    Book,
    BoughtLine,
    ConsignedLine,
    Document,
    Donor,
    FixedClock,
    Handout,
    Household,
    Interval,
    Item,
    LossReason,
    Period,
    PledgedLine,
    Policy,
    ReliefstockError,
    Restriction,
    ReturnedLine,
    School,
    Side,
    Stage,
    Waybill,
    WrittenOffLine,
)
from reliefstock.audit import audit
from reliefstock.errors import (
    AlreadyKnown,
    BelowZero,
    CommandConflict,
    Incomplete,
    NotEnough,
    NotOpen,
    NotUsable,
    OutsideRestriction,
    PastChanged,
    ResidueLeft,
    Unknown,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from reliefstock import Lot


from property.world import (
    BAD,
    DAYS,
    DONORS,
    DOUBLES,
    GOODS,
    LAST,
    NOUNS,
    PLACES,
    PROGRAMMES,
    QUILT,
    RESTRICTIONS,
    TODAY,
    WAREHOUSES,
    Bought,
    Errors,
    Gift,
    GiftLine,
    Line,
    Sent,
    ending,
    next_month,
    stated,
    used,
    where,
    yuan,
)

small = st.integers(1, 9)
days = st.sampled_from((*DAYS, LAST, LAST, LAST))


class BookMachine(RuleBasedStateMachine):
    """One book, and what it must say."""

    done: ClassVar[Counter[str]] = Counter()
    """How often each verb was carried out, and how often each error came, by whoever runs the machine."""

    def __init__(self) -> None:
        super().__init__()
        self.book = Book(
            "county", currency="CNY", clock=FixedClock("2026-11-23"), policy=Policy(shelf_months=1)
        )
        self.shelf: Counter[tuple[str, str]] = Counter()
        self.sent: list[Sent] = []
        self.taken_back: set[str] = set()
        self.commands = 0
        self.past: tuple[str, ...] = ()
        self.checked: tuple[str, ...] = ()
        self.views: list[tuple[int, dict[tuple[str, date], tuple[int, int]]]] = []
        self.steps = 0

    def teardown(self) -> None:
        """Somebody who shares nothing with the book reads all of its records."""
        assert audit(self.book.records(), self.book).findings == ()

    @initialize(
        minor=st.sampled_from((101, 500, 50000, 51666)),
        units=st.integers(3, 7),
        on=st.sampled_from(DAYS[:3]),
        restriction=st.sampled_from(RESTRICTIONS[3:]),
    )
    def open_the_book(self, minor: int, units: int, on: date, restriction: Restriction) -> None:
        """Something is there from the beginning, so that there is something to do."""
        self.book.add(*NOUNS)
        self.print_of_book = fingerprint(self.book)
        self.receive_money(DONORS[0], 10 * units, None, on)
        self.receive_money(DONORS[1], 150, None, DAYS[1])
        self.take_in(Gift(DONORS[0], "north", [GiftLine("quilt", units, minor=minor)], on))
        self.take_in(Gift(DONORS[0], "north", [GiftLine("rice", 9, 1, minor=77, expiry=DAYS[5])], DAYS[0]))
        self.take_in(Gift(DONORS[2], "south", [GiftLine("quilt", 3, bad=1, minor=500)], DAYS[1]))
        self.take_in(Gift(DONORS[2], "north", [GiftLine("mixed", 12)], DAYS[1], restriction))
        self.send("north", "south", [Line("quilt", 1, (), None), Line("rice", 4, (), None)], DAYS[2], "")
        self.give(
            "north", [Line("rice", 3, (), PLACES["h1"]), Line("quilt", 1, (), PLACES["h1"])], DAYS[2], ""
        )
        self.give("north", [Line("quilt", 1, (), PLACES["h1"])], DAYS[3], "")
        self.furnish()

    def furnish(self) -> None:
        """What else is there from the beginning."""

    # What every request goes through

    def ask(
        self,
        verb: str,
        *args: object,
        must: Errors = (),
        may: Errors = (),
        moved: Iterable[tuple[str, str, int]] | Callable[[Any], Iterable[tuple[str, str, int]]] = (),
        **said: object,
    ) -> Document | None:
        """Send a request. `must`: it must be refused with one of these; `may`: it may be.

        `moved` says what of which item comes to which place, or is told by the document where nobody could
        know before, as what comes out of a kit.
        """
        self.commands += 1
        said |= {"command": f"command {self.commands}", "by": "clerk"}
        try:
            document = getattr(self.book, verb)(*args, **said)
        except ReliefstockError as error:
            self.refused(verb, error, must + may)
            return None
        assert not must, f"{verb} {args} should have been refused with one of {must}"
        self.done[verb] += 1
        if callable(moved):
            moved = moved(document)
        moves = tuple(
            (where(place.format(number=document.number)), item, units)
            for place, item, units in moved
            if units
        )
        self.sent.append(Sent(verb, args, said, document.number, moves))
        for place, item, units in moves:
            self.shelf[place, item] += units
        self.remember()
        self.print_of_book = fingerprint(self.book)
        return document

    def refused(self, verb: str, error: ReliefstockError, expected: Errors) -> None:
        assert isinstance(error, expected), f"{verb}: {type(error).__name__} came unexpected: {error}"
        assert str(error)
        assert fingerprint(self.book) == self.print_of_book, f"{verb} failed and left something behind"
        self.done[type(error).__name__] += 1

    def remember(self) -> None:
        """Keep what is known now, to be compared with what will then have been known."""
        known = len(self.book.entries)
        if self.book.entries and (not self.views or self.views[-1][0] != known):
            self.views.append((known, self.view(None)))

    def view(self, known: int | None) -> dict[tuple[str, date], tuple[int, int]]:
        seen: dict[tuple[str, date], tuple[int, int]] = {}
        for item in (*GOODS, "CNY"):
            for day in DAYS:
                there = self.book.on_hand(item, on=day, known=known)
                seen[item, day] = (there.quantity, there.value)
        return seen

    # What must hold after every step

    @invariant()
    def every_promise_is_kept(self) -> None:
        now = fingerprint(self.book)
        if now != self.checked:  # what was found sound and has not changed is sound
            assert violations(self.book) == []
            self.checked = now

    @invariant()
    def every_unit_is_where_the_requests_put_it(self) -> None:
        posted: Counter[tuple[str, str]] = Counter()
        for (place, lot), (units, _) in totals(rows(self.book)).items():
            posted[where(place), self.book.lot(lot).item] += units
        there = {key: units for key, units in posted.items() if units}
        asked = {key: units for key, units in self.shelf.items() if units}
        assert there == asked, {key: (there.get(key), asked.get(key)) for key in there.keys() ^ asked.keys()}

    @invariant()
    def what_was_entered_stands(self) -> None:
        entries = tuple(repr(entry) for entry in self.book.entries)
        assert entries[: len(self.past)] == self.past
        self.past = entries

    @invariant()
    def what_was_known_then_stays_what_was_known_then(self) -> None:
        self.steps += 1
        if self.views:
            known, seen = self.views[self.steps % len(self.views)]
            assert self.view(known) == seen

    # What the model knows before it asks

    def least(self, place: str, on: date) -> dict[str, int]:
        """How many units of each lot could be taken from a place on a day."""
        least = least_from(rows(self.book), on)
        return {lot: max(0, units) for (where, lot), units in least.items() if where == place}

    def is_now(self, lot: str) -> str:
        """What a lot is called by now."""
        return lot

    def landing(self, place: str, lot: str, on: date) -> str:
        """Where goods come to rest that are meant for a place on a day."""
        return place

    def free(self, place: str, on: date) -> dict[str, int]:
        """How many units of each lot anybody may take from a place on a day."""
        return self.least(place, on)

    def residue(self, on: date) -> Errors:
        """Only what is dated back before another entry can be refused for its odd fen."""
        return (ResidueLeft,) if any(entry.on > on for entry in self.book.entries) else ()

    def picking(self, source: str, on: date, lines: Sequence[Line], programme: str) -> tuple[Errors, Errors]:
        """Whether there is enough for every line, certainly not, or perhaps."""
        least, asked_before, may = self.free(source, on), 0, self.residue(on)
        for line in lines:
            lots = [lot for lot in map(self.book.lot, least) if lot.item == line.item]
            if errors := self.unfit(line, on, programme):
                return errors, may
            usable = sum(least[lot.id] for lot in lots if self.fits(lot, line, on, programme))
            if usable < line.units:
                return (NotEnough,), may
            if usable - asked_before < line.units:
                may = (*may, NotEnough)
            asked_before += line.units
        return (), may

    def fits(self, lot: Lot, line: Line, on: date, programme: str) -> bool:
        if line.named and lot.id not in line.named:
            return False
        if line.target is None:
            return lot.expiry is None or on <= lot.expiry
        return not misuse(self.book, lot, on, line.target, programme)

    def unfit(self, line: Line, on: date, programme: str) -> Errors:
        """What must come of a line that names a lot which may not be used."""
        for lot in map(self.book.lot, line.named):
            if lot.expiry and lot.expiry < on:
                return (NotUsable,)
            if not self.fits(lot, line, on, programme):
                return (OutsideRestriction,)
        return ()

    def lots_now(self, *kinds: str) -> list[tuple[str, str, int]]:
        """Where there is something now: place, lot and units, in the order of the postings."""
        sums = totals(rows(self.book))
        return [
            (place, lot, units)
            for (place, lot), (units, _) in sums.items()
            if kind_of(place) in kinds and units
        ]

    # Gifts

    @rule(data=st.data(), count=small, on=days, donor=st.sampled_from(DONORS))
    def keep_what_is_no_stock(self, data: st.DataObject, count: int, on: date, donor: str) -> None:
        which = data.draw(st.sampled_from(("pledge", "observe", "mention")))
        if which == "pledge":
            self.pledge(donor, count, data.draw(st.sampled_from(RESTRICTIONS)), on)
        elif which == "observe":
            self.observe(count, on, data.draw(st.sampled_from((None, "well"))))
        else:
            self.mention(count, data.draw(st.sampled_from(Side)), data.draw(st.sampled_from((None, donor))))

    def pledge(self, donor: str, units: int, restriction: Restriction | None, on: date) -> None:
        lines = [PledgedLine("quilt", QUILT.quantity(units)), PledgedLine("mixed", value=yuan(units))]
        self.ask("pledge", donor=donor, lines=lines, on=on, restriction=restriction, agreement="letter")

    @rule(
        gift=st.builds(
            Gift,
            donor=st.sampled_from(DONORS),
            into=st.sampled_from(WAREHOUSES),
            lines=st.lists(
                st.builds(
                    GiftLine,
                    item=st.sampled_from(tuple(GOODS)),
                    good=st.integers(0, 12),
                    doubtful=st.sampled_from((0, 0, 0, 1, 3)),
                    bad=st.sampled_from((0, 0, 2)),
                    minor=st.sampled_from((0, 1, 5, 7, 100, 50000, 100003)),
                    expiry=st.sampled_from((None, None, DAYS[3], DAYS[5], TODAY + timedelta(400))),
                ),
                min_size=1,
                max_size=2,
            ),
            on=days,
            restriction=st.sampled_from(RESTRICTIONS),
        ),
        pledged=st.booleans(),
        data=st.data(),
    )
    def receive(self, gift: Gift, pledged: bool, data: st.DataObject) -> None:
        pledges = [sent for sent in self.sent if sent.verb == "pledge"]
        self.take_in(gift, data.draw(st.sampled_from(pledges)) if pledged and pledges else None)

    def take_in(self, gift: Gift, promise: Sent | None = None) -> None:
        must: Errors = self.breaking(promise, gift) if promise else ()
        moved: list[tuple[str, str, int]] = []
        for line in gift.lines:
            if not line.entering + line.bad:
                must = (*must, Incomplete)
            if line.good and line.expiry and line.expiry < next_month(gift.on):
                must = (*must, NotUsable)
            moved += [
                (f"warehouse:{gift.into}", line.item, line.good),
                (f"quarantine:{gift.into}", line.item, line.doubtful),
                (f"donor:{gift.donor}", line.item, -line.entering),
            ]
        note = self.ask(
            "receive",
            must=must,
            moved=moved,
            donor=gift.donor,
            into=gift.into,
            lines=[line.received() for line in gift.lines],
            on=gift.on,
            counted_by=("a", "b"),
            donation=promise.document if promise else None,
            restriction=gift.restriction,
        )
        if note:
            given = (promise.said["restriction"] if promise else None, gift.restriction)
            self.check_origin(note.entries, gift.donor, promise.document if promise else note.number, given)
            expiries = [line.expiry for line in gift.lines if line.entering]
            assert [self.book.lot(lot).expiry for lot in self.lots_of(note.entries)] == expiries

    def breaking(self, promise: Sent, gift: Gift) -> Errors:
        """How a gift can be at odds with the pledge that it is said to fulfil."""
        if promise.document in self.taken_back:
            return (NotOpen,)
        promised = promise.said["restriction"]
        programmes = {one.programme for one in (promised, gift.restriction) if one and one.programme}
        return (Incomplete,) if promise.said["donor"] != gift.donor or len(programmes) > 1 else ()

    def check_origin(
        self, entries: tuple[int, ...], donor: str, donation: str, given: tuple[Restriction | None, ...]
    ) -> None:
        """What the donor said, when it was promised and when it came, stands on every lot, once."""
        wanted = tuple(dict.fromkeys(one for one in given if one is not None and not one.is_free))
        for lot in map(self.book.lot, self.lots_of(entries)):
            assert (lot.donor, lot.donation, lot.restrictions) == (donor, donation, wanted), f"lot {lot.id}"

    def lots_of(self, entries: tuple[int, ...]) -> list[str]:
        return list(dict.fromkeys(p.lot for entry in entries for p in self.book.entries[entry - 1].postings))

    @rule(
        donor=st.sampled_from(DONORS),
        amount=st.integers(1, 60),
        restriction=st.sampled_from(RESTRICTIONS),
        on=days,
    )
    def receive_money(self, donor: str, amount: int, restriction: Restriction | None, on: date) -> None:
        moved = [("fund:general", "CNY", amount), (f"donor:{donor}", "CNY", -amount)]
        receipt = self.ask(
            "receive_money",
            moved=moved,
            donor=donor,
            into="general",
            amount=yuan(amount),
            on=on,
            restriction=restriction,
        )
        if receipt:
            self.check_origin(receipt.entries, donor, receipt.number, (restriction,))

    # Money out

    @precondition(lambda self: self.shelf["fund:general", "CNY"])
    @rule(
        lines=st.lists(
            st.builds(
                Bought,
                item=st.sampled_from(("quilt", "rice")),
                units=st.integers(1, 7),
                cost=st.sampled_from((1, 2, 3, 7, 10, 25, 40, 100)),
                expiry=st.sampled_from((None, DAYS[4], TODAY + timedelta(90))),
            ),
            min_size=1,
            max_size=2,
        ),
        on=days,
        programme=st.sampled_from(PROGRAMMES),
        project=st.sampled_from((None, "well")),
        data=st.data(),
    )
    def purchase(
        self, lines: list[Bought], on: date, programme: str, project: str | None, data: st.DataObject
    ) -> None:
        money = [lot for _, lot, _ in self.lots_now("fund")]
        named = tuple(data.draw(st.just([]) | st.lists(st.sampled_from(money), unique=True, max_size=4)))
        into = data.draw(st.sampled_from(WAREHOUSES))
        self.ask(
            "purchase",
            must=self.paying(sum(line.cost for line in lines), on, programme, project, named),
            moved=[
                move
                for line in lines
                for move in (
                    ("fund:general", "CNY", -line.cost),
                    ("conversion:{number}", "CNY", line.cost),
                    ("conversion:{number}", line.item, -line.units),
                    (f"warehouse:{into}", line.item, line.units),
                )
            ],
            fund="general",
            supplier="mill",
            into=into,
            lines=[
                BoughtLine(
                    line.item, GOODS[line.item].quantity(line.units), yuan(line.cost), expiry=line.expiry
                )
                for line in lines
            ],
            on=on,
            counted_by=("a", "b"),
            invoice="17",
            programme=programme,
            project=project,
            money=named,
        )

    def paying(
        self, cost: int, on: date, programme: str, project: str | None, named: tuple[str, ...] = ()
    ) -> Errors:
        """What must come of paying: named money is held to its last day and its programme alone."""
        least = self.least("fund:general", on)
        for_what = programme or ("winter" if project else "")
        if named:
            conditions = [condition for lot in named for condition in self.book.lot(lot).restrictions]
            if any(one.until and one.until < on for one in conditions):
                return (OutsideRestriction,)
            if for_what and any(one.programme not in ("", for_what) for one in conditions):
                return (OutsideRestriction,)
            usable = list(named)
        else:
            place = f"project:{project}" if project else ""
            usable = [lot for lot in least if not misuse(self.book, self.book.lot(lot), on, place, for_what)]
        return () if sum(least[lot] for lot in usable) >= cost else (NotEnough,)

    @precondition(lambda self: self.shelf["fund:general", "CNY"])
    @rule(amount=st.integers(1, 30), on=days)
    def spend(self, amount: int, on: date) -> None:
        self.ask(
            "spend",
            must=self.paying(amount, on, "winter", "well"),
            moved=[("fund:general", "CNY", -amount), ("project:well", "CNY", amount)],
            fund="general",
            project="well",
            amount=yuan(amount),
            on=on,
            purpose="pipes",
            requested_by="a",
            approved_by="b",
        )

    # On the road

    @precondition(lambda self: self.stocked())
    @rule(
        to=st.sampled_from((*WAREHOUSES, "pingli")),
        on=days,
        programme=st.sampled_from(PROGRAMMES),
        data=st.data(),
    )
    def dispatch(self, to: str, on: date, programme: str, data: st.DataObject) -> None:
        origin, lines = self.draw_lines(data, None if to in WAREHOUSES else "society:pingli")
        self.send(origin, to, lines, on, programme)

    def send(self, origin: str, to: str, lines: list[Line], on: date, programme: str) -> None:
        must, may = self.picking(f"warehouse:{origin}", on, lines, programme)
        if to == origin:
            must = (Incomplete,)
        moved = [(f"warehouse:{origin}", line.item, -line.units) for line in lines]
        moved += [("transit:{number}", line.item, line.units) for line in lines]
        self.ask(
            "dispatch",
            must=must,
            may=may,
            moved=moved,
            origin=origin,
            to=to,
            lines=[ConsignedLine(line.item, stated(line.item, line.units), line.named) for line in lines],
            on=on,
            programme=programme,
        )

    @precondition(lambda self: self.book.documents_of(Waybill))
    @rule(
        on=days,
        come=st.lists(
            st.sampled_from(("all", "all", "short", "damaged", "over", "none")), min_size=8, max_size=8
        ),
        form=st.sampled_from(("listed", "listed", "listed", "nothing", "one line missing")),
        data=st.data(),
    )
    def arrive(self, on: date, come: list[str], form: str, data: st.DataObject) -> None:
        waybills = self.book.documents_of(Waybill)
        underway = {place for place, _, _ in self.lots_now("transit")}
        still_open = tuple(waybill for waybill in waybills if f"transit:{waybill.number}" in underway)
        waybill = data.draw(st.sampled_from(still_open * 3 + waybills))
        transit = f"transit:{waybill.number}"
        now = {lot: units for place, lot, units in self.lots_now("transit") if place == transit}
        names = ((self.is_now(line.lot), line.lot) for line in waybill.lines)
        lots = list(dict.fromkeys(name if name in now else printed for name, printed in names))
        parts = [
            "none" if form == "nothing" else how
            for how, _ in zip((*come, *["all"] * len(lots)), lots, strict=False)
        ]
        ends = {lot: ending(how, now.get(lot, 0)) for lot, how in zip(lots, parts, strict=True)}
        least = self.least(transit, on)
        must: Errors = ()
        if not now:
            must = (NotOpen, Unknown)
        elif form == "one line missing" and now.get(lots[0]):
            must = (Incomplete,)
        elif any(least[lot] < units for lot, units in now.items()):
            must = (BelowZero,)
        target = f"{'society' if waybill.to_society else 'warehouse'}:{waybill.to}"
        moved: list[tuple[str, str, int]] = []
        for lot, (good, damaged, over) in ends.items():
            item, sent = self.book.lot(lot).item, now.get(lot, 0)
            short = sent + over - good - damaged
            moved += [
                (transit, item, -sent),
                (self.landing(target, lot, on), item, good),
                ("loss:damaged-carrier", item, damaged),
                ("loss:short-sender", item, short),
                ("gain:over-sender", item, -over),
            ]
        arrived = [
            ArrivedLine(
                lot,
                stated(self.book.lot(lot).item, good) if good else None,
                damaged=stated(self.book.lot(lot).item, damaged) if damaged else None,
                stage=Stage.SENDER,
                damage_stage=Stage.CARRIER,
            )
            for lot, (good, damaged, _) in ends.items()
        ]
        said: dict[str, Any] = {"lines": arrived}
        if form == "nothing":
            said = {"nothing_arrived": True, "stage": Stage.SENDER}
        elif form == "one line missing":
            said = {"lines": arrived[1:]}
        self.ask(
            "arrive",
            waybill.number,
            must=must,
            may=(),
            moved=moved,
            on=on,
            received_by="a",
            approved_by="b",
            **said,
        )

    # To the doorstep

    @precondition(lambda self: self.stocked())
    @rule(
        recipients=st.lists(st.sampled_from(tuple(PLACES)), min_size=3, max_size=3),
        on=days,
        programme=st.sampled_from(PROGRAMMES),
        data=st.data(),
    )
    def distribute(self, recipients: list[str], on: date, programme: str, data: st.DataObject) -> None:
        origin, drawn = self.draw_lines(data, "")
        lines = [
            attrs.evolve(line, target=PLACES[recipient])
            for line, recipient in zip(drawn, recipients, strict=False)
        ]
        self.give(origin, lines, on, programme)

    def give(self, origin: str, lines: list[Line], on: date, programme: str) -> None:
        must, may = self.picking(f"warehouse:{origin}", on, lines, programme)
        moved = [(f"warehouse:{origin}", line.item, -line.units) for line in lines]
        moved += [(line.target or "", line.item, line.units) for line in lines]
        handouts = [
            Handout(
                used(line.target or "")[1], line.item, stated(line.item, line.units), "sheet 1", line.named
            )
            for line in lines
        ]
        self.ask(
            "distribute",
            must=must,
            may=may,
            moved=moved,
            origin=origin,
            lines=handouts,
            on=on,
            programme=programme,
        )

    def stocked(self) -> bool:
        return any(units for (place, _), units in self.shelf.items() if kind_of(place) == "warehouse")

    def draw_lines(self, data: st.DataObject, target: str | None) -> tuple[str, list[Line]]:
        """A warehouse that has something, and one to three lines of what it has, or a little more."""
        there = self.lots_now("warehouse")
        place = data.draw(st.sampled_from(sorted({place for place, _, _ in there})))
        lots = [lot for where, lot, _ in there if where == place]
        lines: list[Line] = []
        for lot in data.draw(st.lists(st.sampled_from(lots), min_size=1, max_size=3)):
            item = self.book.lot(lot).item
            units = data.draw(st.integers(1, max(1, self.shelf[place, item] // 2 + 1)))
            named = (lot,) if data.draw(st.integers(0, 3)) == 0 else ()
            lines.append(Line(item, units, named, target))
        return used(place)[1], lines

    @precondition(lambda self: self.lots_now("household", "school", "society"))
    @rule(into=st.sampled_from(WAREHOUSES), on=days, usable=st.booleans(), more=st.booleans(), data=st.data())
    def return_(self, into: str, on: date, usable: bool, more: bool, data: st.DataObject) -> None:
        source, lot, there = data.draw(st.sampled_from(self.lots_now("household", "school", "society")))
        units = data.draw(st.integers(1, there + more))
        self.bring_back((source, lot), units, into, on, usable)

    def bring_back(self, origin: tuple[str, str], units: int, into: str, on: date, usable: bool) -> None:
        source, lot = origin
        item = self.book.lot(lot).item
        target = self.landing(f"{'warehouse' if usable else 'quarantine'}:{into}", lot, on)
        self.ask(
            "return_",
            must=(BelowZero,) if self.least(source, on)[lot] < units else (),
            may=self.residue(on),
            moved=[(source, item, -units), (target, item, units)],
            recipient=used(source)[1],
            into=into,
            lines=[ReturnedLine(lot, stated(item, units))],
            on=on,
            reason="too many",
            usable=usable,
        )

    @precondition(lambda self: self.lots_now("warehouse", "quarantine"))
    @rule(on=days, reason=st.sampled_from(LossReason), more=st.booleans(), data=st.data())
    def write_off(self, on: date, reason: LossReason, more: bool, data: st.DataObject) -> None:
        source, lot, there = data.draw(st.sampled_from(self.lots_now("warehouse", "quarantine")))
        units = data.draw(st.integers(1, there + more))
        item = self.book.lot(lot).item
        kind, warehouse = used(source)
        self.ask(
            "write_off",
            must=(BelowZero,) if self.least(source, on)[lot] < units else (),
            may=self.residue(on),
            moved=[(source, item, -units), (f"loss:{reason.value}", item, units)],
            warehouse=warehouse,
            lines=[WrittenOffLine(lot, stated(item, units))],
            on=on,
            reason=reason,
            explanation="seen by two",
            reported_by="a",
            approved_by="b",
            quarantined=kind == "quarantine",
        )

    # Corrections

    @precondition(lambda self: self.sent)
    @rule(on=days, data=st.data())
    def reverse(self, on: date, data: st.DataObject) -> None:
        gone = [sent for sent in self.sent if sent.document in self.taken_back]
        standing = [sent for sent in self.sent if sent.moved and sent not in gone]
        sent = data.draw(st.sampled_from(standing * 2 + gone * 2 + self.sent))
        self.take_back(sent, on)

    def take_back(self, sent: Sent, on: date) -> None:
        moved = [(place, item, -units) for place, item, units in sent.moved]
        if self.ask(
            "reverse",
            sent.document,
            must=self.taking_back(sent, on),
            may=self.may_stand(sent),
            moved=moved,
            on=on,
            reason="a mistake",
            approved_by="b",
        ):
            self.taken_back.add(sent.document)

    def taking_back(self, sent: Sent, on: date) -> Errors:
        document = self.book.document(sent.document)
        if sent.document in self.taken_back:
            return (NotOpen,)
        if not document.entries:
            return self.withdrawing(sent, document.on, on)
        if sent.verb == "reverse" or on < document.on:
            return (PastChanged,)
        number, lines = len(self.book.entries), rows(self.book)
        for entry in reversed(document.entries):
            number += 1
            back = [row for row in lines if row.number == entry]
            lines += [Row(on, number, r.place, r.lot, -r.quantity, -r.value) for r in back]
        return self.refusals(lines)

    def may_stand(self, _: Sent) -> Errors:
        """What may still be in the way of taking a document back."""
        return ()

    def withdrawing(self, sent: Sent, made: date, on: date) -> Errors:
        """What moved nothing can be withdrawn, unless something rests on it; a note of refusals cannot."""
        if sent.verb not in ("pledge", "observe", "mention"):
            return (NotOpen,)
        if on < made:
            return (Incomplete,)
        fulfilled = (
            other.said.get("donation") == sent.document
            and other.moved
            and other.document not in self.taken_back
            for other in self.sent
        )
        return (NotOpen,) if any(fulfilled) else ()

    def refusals(self, lines: list[Row]) -> Errors:
        inside = (*HELD, "household", "school", "society", "project")
        born = births(self.book)
        found: set[type[ReliefstockError]] = set()
        for (place, lot), past in moments(lines).items():
            for moment in past if kind_of(place) in inside else ():
                if moment.quantity < 0:
                    found.add(BelowZero)
                if not carries(self.book.lot(lot), moment.quantity, moment.value):
                    found.add(ResidueLeft)
            if kind_of(place) == "conversion" and born[lot] == place:
                found.update(BelowZero for moment in past if moment.quantity > 0)
            elif kind_of(place) == "conversion":
                found.update(BelowZero for moment in past if moment.quantity < 0)
                found.update(
                    ResidueLeft
                    for moment in past
                    if not carries(self.book.lot(lot), moment.quantity, moment.value)
                )
        return tuple(sorted(found, key=lambda error: error.__name__))

    # What is no stock

    def observe(self, count: int, on: date, project: str | None) -> None:
        self.ask(
            "observe",
            "wells dug",
            count=Interval.exactly(count),
            unit="well",
            on=on,
            evidence="photograph",
            project=project,
        )

    def mention(self, count: int, side: Side, donor: str | None) -> None:
        self.ask(
            "mention",
            "a gift that a newspaper speaks of",
            side=side,
            period=Period.month(2026, 10),
            evidence="newspaper",
            missing=("quantity",),
            donor=donor,
            value=Interval.at_least(count),
        )

    # Twice is once

    @precondition(lambda self: self.sent)
    @rule()
    def open_again(self) -> None:
        """What is known is made anew from the records alone, and is the same."""
        before = fingerprint(self.book)
        self.book._keeper.forget()
        assert fingerprint(self.book) == before
        assert self.book.verify() == self.book.head

    @rule(data=st.data(), changed=st.booleans())
    def send_again(self, data: st.DataObject, changed: bool) -> None:
        """The same again is the same document; the same id with other content is refused."""
        sent = data.draw(st.sampled_from(self.sent))
        said = sent.said | ({"by": "somebody else"} if changed else {})
        try:
            document = getattr(self.book, sent.verb)(*sent.args, **said)
        except CommandConflict as conflict:
            self.refused("send again", conflict, (CommandConflict,) if changed else ())
            return
        assert not changed, "a used id was taken for something else"
        assert document is self.book.document(sent.document)
        assert fingerprint(self.book) == self.print_of_book, "the same command was carried out twice"
        self.done["sent again"] += 1

    # What no book takes, and what changes no total

    @rule(data=st.data())
    def slip(self, data: st.DataObject) -> None:
        which = data.draw(st.integers(0, len(BAD) + 1))
        if which < len(BAD):
            verb, said, error = BAD[which]
            self.ask(verb, must=(error,), **said)
        elif which == len(BAD):
            self.change_a_price(data.draw(small))
        else:
            self.add_a_second_of_that_id(data.draw(st.sampled_from(DOUBLES)))

    def change_a_price(self, price: int) -> None:
        entries = tuple(self.book.entries)
        self.book.amend(attrs.evolve(QUILT, price=yuan(price)))
        self.book.add(*NOUNS[1:])
        assert tuple(self.book.entries) == entries
        self.print_of_book = fingerprint(self.book)

    def add_a_second_of_that_id(self, noun: Item | Household | School) -> None:
        try:
            self.book.add(Donor("never", zh="从未"), noun)
        except AlreadyKnown as known:
            self.refused("add", known, (AlreadyKnown,))
        else:
            raise AssertionError(f"{noun} was taken in the place of another")
