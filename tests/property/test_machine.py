"""What holds of a book whatever is done to it, and that the machine which says so can fail."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, ClassVar

import attrs
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test

import reliefstock.ledger.ledger
from property.depot import DepotMachine
from property.model import fingerprint, violations
from property.stored import StoredMachine
from property.world import DAYS, NOUNS, QUILT, RICE, Gift, GiftLine, Line, worth, yuan
from reliefstock import (
    Book,
    BoughtLine,
    ConsignedLine,
    Document,
    Entry,
    FixedClock,
    Handout,
    Holding,
    Lot,
    Place,
    Pledge,
    ReceivedLine,
    ReliefstockError,
    Restriction,
)
from reliefstock.ledger import Draft, Holds, Landing, Ledger, Window, promises
from reliefstock.operations import Desk, Request
from reliefstock.operations.recalled import Recalls

if TYPE_CHECKING:
    from collections.abc import Callable

VERBS = (
    "pledge",
    "receive",
    "receive_money",
    "purchase",
    "spend",
    "dispatch",
    "arrive",
    "distribute",
    "return_",
    "write_off",
    "reverse",
    "observe",
    "mention",
    "build_kits",
    "break_kits",
    "rebuild_kits",
    "quarantine",
    "release",
    "recall",
    "end_recall",
    "allocate",
    "release_hold",
    "plan_count",
    "count",
    "approve_count",
    "redirect",
    "sell",
    "revalue",
    "divert",
    "sign_off",
    "close",
    "seal",
    "reopen",
    "sent again",
)
REFUSALS = (
    "BelowZero",
    "CommandConflict",
    "HeldForOthers",
    "Incomplete",
    "NeedsApproval",
    "NotEnough",
    "NotOpen",
    "NotUsable",
    "OutsideRestriction",
    "PastChanged",
    "PeriodClosed",
    "PeriodSealed",
)


STEPS = settings(stateful_step_count=30, deadline=None)
THE_SAME_EVERY_TIME = settings(
    STEPS, derandomize=True, database=None, phases=[Phase.generate], report_multiple_bugs=False
)


def run(chosen: settings) -> Counter[str]:
    """Run the machine; returns what it did, verb by verb and refusal by refusal."""

    class Machine(DepotMachine):
        done: ClassVar[Counter[str]] = Counter()

    run_state_machine_as_test(Machine, settings=chosen)
    return Machine.done


def assert_machine_goes_red() -> None:
    """The machine finds that something is wrong."""
    with pytest.raises(AssertionError):
        run(settings(THE_SAME_EVERY_TIME, max_examples=200))


def test_whatever_is_done_to_a_book_it_keeps_every_promise():
    examples = max(20, settings().max_examples // 3)
    assert run(settings(STEPS, max_examples=examples))["receive"] > 0


def test_a_book_in_a_file_keeps_every_promise_too_however_often_it_is_shut_and_opened():
    class Machine(StoredMachine):
        done: ClassVar[Counter[str]] = Counter()

    examples = max(10, settings().max_examples // 10)
    run_state_machine_as_test(Machine, settings=settings(STEPS, max_examples=examples))
    assert Machine.done["receive"] > 0


@st.composite
def errands(draw: st.DrawFn) -> list[tuple[str, int, date]]:
    """Things done to one lot: what, how many or which slip, on which of three days."""
    what = st.sampled_from(("give", "give", "bring back", "take back"))
    return draw(
        st.lists(st.tuples(what, st.integers(1, 3), st.sampled_from(DAYS[3:6])), min_size=4, max_size=10)
    )


def run_errands(units: int, minor: int, steps: list[tuple[str, int, date]]) -> Counter[str]:
    """One lot, one household, few days: here the odd fen meet."""
    machine = DepotMachine()
    machine.done = Counter()  # pyright: ignore[reportAttributeAccessIssue] -- of this run alone
    machine.book.add(*NOUNS)
    machine.print_of_book = fingerprint(machine.book)
    machine.take_in(Gift("company", "north", [GiftLine("quilt", units, minor=minor)], DAYS[0]))
    for what, number, on in [("give", 1, DAYS[2]), ("give", 1, DAYS[3]), *steps]:
        if what == "give" and machine.shelf["warehouse:north", "quilt"]:
            machine.give("north", [Line("quilt", number, (), "household:h1")], on, "")
        elif what == "bring back" and machine.shelf["household:h1", "quilt"]:
            machine.bring_back(("household:h1", "GRN-000001-1"), number, "north", on, usable=True)
        else:
            lists = [sent for sent in machine.sent if sent.verb == "distribute"]
            standing = [sent for sent in lists if sent.document not in machine.taken_back]
            machine.take_back((standing or machine.sent)[0 if number == 1 else -1], on)
        machine.every_promise_is_kept()
        machine.every_unit_is_where_the_requests_put_it()
        machine.what_was_entered_stands()
        machine.what_was_known_then_stays_what_was_known_then()
    return machine.done


@given(units=st.integers(2, 6), minor=st.integers(1, 20), steps=errands())
def test_odd_fen_find_their_way_there_and_back_and_are_never_left_alone(
    units: int, minor: int, steps: list[tuple[str, int, date]]
):
    done = run_errands(units, minor, steps)
    assert done["receive"] == 1


def test_a_slip_whose_odd_fen_went_back_by_itself_is_met_on_these_errands():
    assert run_errands(2, 101, [("bring back", 1, DAYS[5]), ("take back", 1, DAYS[5])])["ResidueLeft"] == 1


def test_the_machine_gets_to_every_verb_and_to_the_refusals_that_matter():
    """Longer and longer walks, until all was met; the first are mostly enough."""
    done: Counter[str] = Counter()
    for steps in (30, 35, 40, 45, 50):
        done += run(settings(THE_SAME_EVERY_TIME, max_examples=100, stateful_step_count=steps))
        if all(done[what] for what in (*VERBS, *REFUSALS)):
            break
    assert [what for what in (*VERBS, *REFUSALS) if not done[what]] == []


# The machine can fail: with a rule broken on purpose it goes red


def tampered(change: Callable[[Entry], Entry]) -> Callable[..., None]:
    """A ledger that checks nothing and changes entries as they come in."""
    land = Ledger.land

    def tampering(self: Ledger, landing: Landing) -> None:
        land(self, attrs.evolve(landing, entries=tuple(change(entry) for entry in landing.entries)))

    return tampering


def one_unit_less_arrives(entry: Entry) -> Entry:
    if entry.kind.value != "arrival" or entry.postings[-1].quantity < 2:
        return entry
    *before, last = entry.postings
    return attrs.evolve(entry, postings=(*before, attrs.evolve(last, quantity=last.quantity - 1)))


def a_fen_is_lost(entry: Entry) -> Entry:
    *before, last = entry.postings
    return attrs.evolve(entry, postings=(*before, attrs.evolve(last, value=last.value - 1)))


def goods_leave_at_a_rounded_price(entry: Entry) -> Entry:
    if entry.kind.value != "distribution":
        return entry
    return attrs.evolve(
        entry,
        postings=tuple(
            attrs.evolve(p, value=p.quantity * (abs(p.value) // abs(p.quantity))) for p in entry.postings
        ),
    )


def it_is_dated_a_day_later(entry: Entry) -> Entry:
    return attrs.evolve(entry, on=date.fromordinal(entry.on.toordinal() + 1))


def a_reversal_keeps_one_unit_back(entry: Entry) -> Entry:
    if entry.reverses is None:
        return entry
    return attrs.evolve(
        entry,
        postings=tuple(
            attrs.evolve(p, quantity=p.quantity - 1 if p.quantity > 1 else p.quantity) for p in entry.postings
        ),
    )


@pytest.mark.parametrize(
    "change",
    [
        one_unit_less_arrives,
        a_fen_is_lost,
        goods_leave_at_a_rounded_price,
        it_is_dated_a_day_later,
        a_reversal_keeps_one_unit_back,
    ],
)
def test_a_ledger_that_does_not_check_what_it_is_given_is_found_out(
    change: Callable[[Entry], Entry], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(reliefstock.ledger.ledger, "check_entries", lambda *_: None)
    monkeypatch.setattr(Ledger, "land", tampered(change))
    assert_machine_goes_red()


def test_a_ledger_that_does_not_look_at_later_dates_is_found_out(monkeypatch: pytest.MonkeyPatch):
    window = Ledger.window
    always = 10**9

    def only_today(self: Ledger, place: Place, lot: Lot, on: date) -> Window:
        there = self.holding(place, lot.id, on=on)
        return attrs.evolve(window(self, place, lot, on), quantity=there.quantity, heavy=always, light=always)

    monkeypatch.setattr(Ledger, "window", only_today)
    assert_machine_goes_red()


def test_lots_that_come_in_without_their_donor_or_restriction_are_found_out(monkeypatch: pytest.MonkeyPatch):
    land = Ledger.land

    def anonymous(self: Ledger, landing: Landing) -> None:
        lots = tuple(attrs.evolve(lot, donor=None) for lot in landing.lots)
        land(self, attrs.evolve(landing, lots=lots))

    def free(self: Ledger, landing: Landing) -> None:
        lots = tuple(attrs.evolve(lot, restrictions=()) for lot in landing.lots)
        land(self, attrs.evolve(landing, lots=lots))

    for losing in (anonymous, free):
        monkeypatch.setattr(Ledger, "land", losing)
        assert_machine_goes_red()


def test_a_book_that_forgets_its_commands_is_found_out(monkeypatch: pytest.MonkeyPatch):
    do = Book.do

    def forgetful(
        self: Book, request: Request[Document], *, command: str | None = None, by: str = ""
    ) -> Document:
        self._keeper.state.papers._done.clear()  # pyright: ignore[reportAttributeAccessIssue]
        return do(self, request, command=command, by=by)

    monkeypatch.setattr(Book, "do", forgetful)
    assert_machine_goes_red()


def test_a_book_that_keeps_something_of_what_failed_is_found_out(monkeypatch: pytest.MonkeyPatch):
    do = Book.do

    def sloppy(
        self: Book, request: Request[Document], *, command: str | None = None, by: str = ""
    ) -> Document:
        try:
            return do(self, request, command=command, by=by)
        except ReliefstockError:
            counts = self._keeper.state.papers._counts  # pyright: ignore[reportAttributeAccessIssue]
            counts[Pledge] = counts.get(Pledge, 0) + 1
            raise

    monkeypatch.setattr(Book, "do", sloppy)
    assert_machine_goes_red()


def test_a_ledger_that_touches_an_old_entry_is_found_out(monkeypatch: pytest.MonkeyPatch):
    land = Ledger.land

    def touching(self: Ledger, landing: Landing) -> None:
        land(self, landing)
        if len(self):
            object.__setattr__(self.entries[0], "by", f"clerk {len(self.entries)}")

    monkeypatch.setattr(Ledger, "land", touching)
    assert_machine_goes_red()


def test_a_ledger_that_answers_with_what_became_known_later_is_found_out(monkeypatch: pytest.MonkeyPatch):
    holding = Ledger.holding

    def wise_after_the_event(
        self: Ledger, place: Place, lot: str, *, on: date | None = None, known: int | None = None
    ) -> Holding:
        return holding(self, place, lot, on=on)

    monkeypatch.setattr(Ledger, "holding", wise_after_the_event)
    assert_machine_goes_red()


def test_a_book_that_ignores_restrictions_is_found_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Restriction, "objections", lambda _, __: ())
    assert_machine_goes_red()


def test_a_ledger_that_takes_things_back_twice_is_found_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Ledger, "reversed_by", lambda _, __: None)
    monkeypatch.setattr(Desk, "is_reversed", lambda _, __: False)
    machine = DepotMachine()
    machine.book.add(*NOUNS)
    machine.print_of_book = fingerprint(machine.book)
    machine.take_in(Gift("company", "north", [GiftLine("quilt", 6, minor=500)], DAYS[0]))
    machine.give("north", [Line("quilt", 1, (), "household:h1")], DAYS[2], "")
    machine.give("north", [Line("quilt", 1, (), "household:h1")], DAYS[3], "")
    machine.take_back(machine.sent[1], DAYS[5])
    with pytest.raises(AssertionError):
        machine.take_back(machine.sent[1], DAYS[5])


def test_a_book_that_gives_away_what_is_held_is_found_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Holds, "check_free", lambda *_, **__: None)
    monkeypatch.setattr(Holds, "has_kept", lambda *_: False)
    assert_machine_goes_red()


def test_a_book_that_enters_on_closed_days_is_found_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(promises, "_check_open", lambda *_: None)
    monkeypatch.setattr(Ledger, "check_open", lambda *_: None)
    assert_machine_goes_red()


def test_a_book_that_goes_on_using_what_is_recalled_is_found_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Recalls, "of", lambda *_: None)
    assert_machine_goes_red()


def test_kits_that_give_back_something_else_than_went_in_are_found_out(monkeypatch: pytest.MonkeyPatch):
    """A kit is broken, and of each of its parts one unit stays inside."""
    monkeypatch.setattr(promises, "_check_unmaking", lambda *_: None)
    monkeypatch.setattr(promises, "_check_sums", lambda *_: None)
    carry = Draft.carry

    def keeping(self: Draft, lot: Lot, source: Place, target: Place, moved: Holding) -> None:
        if str(source).startswith("conversion:") and moved.quantity > 1:
            moved = Holding(moved.quantity - 1, moved.value)
        carry(self, lot, source, target, moved)

    monkeypatch.setattr(Draft, "carry", keeping)
    assert_machine_goes_red()


# So can the second book-keeper: each complaint is shown a book that deserves it


def sound_book() -> Book:
    """Two gifts of money, a purchase, a gift of odd fen, a waybill, a list and a reversal."""
    book = Book("county", currency="CNY", clock=FixedClock("2026-11-23"))
    book.add(*NOUNS)
    winter = Restriction(programme="winter")
    book.receive_money(donor="company", into="general", amount=yuan(50), on="2026-10-01")
    book.receive_money(donor="province", into="general", amount=yuan(50), on="2026-10-01", restriction=winter)
    book.purchase(
        fund="general",
        supplier="mill",
        into="north",
        lines=[BoughtLine("rice", RICE.quantity(9), yuan(90))],
        on="2026-10-02",
        counted_by=("a", "b"),
        invoice="17",
        programme="winter",
    )
    quilts = [ReceivedLine("quilt", QUILT.quantity(3), valuation=worth(100))]
    book.receive(donor="foundation", into="north", lines=quilts, on="2026-10-03", counted_by=("a", "b"))
    book.dispatch(
        origin="north", to="south", lines=[ConsignedLine("quilt", QUILT.quantity(1))], on="2026-10-04"
    )
    given = [
        Handout("h1", "quilt", QUILT.quantity(1), "sheet 1"),
        Handout("h2", "quilt", QUILT.quantity(1), "sheet 1"),
    ]
    book.distribute(origin="north", lines=given, on="2026-10-05")
    book.reverse("WB-000001", on="2026-10-06", reason="no lorry", approved_by="b")
    return book


def overwrite(thing: object, **fields: object) -> None:
    """Change what cannot be changed, as a broken program or a forger would."""
    for field, value in fields.items():
        object.__setattr__(thing, field, value)


def forge_postings(book: Book, entry: int, **changes: int) -> None:
    for sign, posting in zip((1, -1), book.entries[entry - 1].postings[:2], strict=True):
        overwrite(posting, **{field: getattr(posting, field) + sign * by for field, by in changes.items()})


FORGERIES: tuple[tuple[str, Callable[[Book], object]], ...] = (
    ("numbers", lambda book: overwrite(book.entries[3], number=9)),
    ("quantity conserved", lambda book: overwrite(book.entries[3].postings[0], quantity=-4)),
    ("value conserved: entry 4, lot", lambda book: overwrite(book.entries[3].postings[1], value=99)),
    ("value conserved: entry 3, conversion", lambda book: forge_postings(book, 3, value=1)),
    ("below zero", lambda book: overwrite(book.entries[5], on=date(2026, 10, 2))),
    ("residue", lambda book: forge_postings(book, 5, value=1)),
    ("past stands", lambda book: overwrite(book.entries[6], on=date(2026, 10, 3))),
    ("past stands: entry 7 is not", lambda book: overwrite(book.entries[6].postings[0], value=34)),
    ("past stands: an entry is taken back twice", lambda book: overwrite(book.entries[5], reverses=5)),
    ("total conserved", lambda book: overwrite(book.entries[4].postings[0], quantity=-2)),
    ("origin", lambda book: overwrite(book.lot("GRN-000001-1"), quantity=4)),
    ("donor lost", lambda book: overwrite(book.lot("GRN-000001-1"), donor=None)),
    (
        "donor lost: lot PUR-000001-1 says",
        lambda book: overwrite(book.lot("PUR-000001-1"), donor="foundation"),
    ),
    ("making", lambda book: overwrite(book.lot("PUR-000001-1").made_of[0], value=1)),
    ("conversion", lambda book: forge_postings(book, 3, quantity=-50)),
    ("restriction lost", lambda book: [overwrite(book.lot(lot), restrictions=()) for lot in bought(book)]),
    (
        "restriction",
        lambda book: overwrite(
            book.lot("GRN-000001-1"),
            restrictions=(Restriction(places=("61",)), Restriction(recipients=("h1",))),
        ),
    ),
    (
        "restriction: entry 6, lot GRN-000001-1: expired",
        lambda book: overwrite(book.lot("GRN-000001-1"), expiry=date(2026, 10, 4)),
    ),
    ("documents: entry 5", lambda book: overwrite(book.entries[4], document="WB-000009")),
    ("documents: entries", lambda book: overwrite(book.document("WB-000001"), entries=())),
    ("as of", lambda book: overwrite(book.entries[4], on=date(2026, 10, 3))),
    ("on hand", lambda book: overwrite(book.entries[4], on=date(2026, 10, 3))),
    ("stock", lambda book: forge_postings(book, 4, quantity=1)),
)


def bought(book: Book) -> tuple[str, ...]:
    return tuple(lot for lot in book.ledger.lots if lot.startswith("PUR"))


def test_the_second_book_keeper_has_nothing_to_say_of_a_sound_book():
    assert violations(sound_book()) == []


@pytest.mark.parametrize(("complaint", "forge"), FORGERIES, ids=[complaint for complaint, _ in FORGERIES])
def test_the_second_book_keeper_complains_of_a_forged_book(complaint: str, forge: Callable[[Book], object]):
    book = sound_book()
    forge(book)
    assert [said for said in violations(book) if said.startswith(complaint)]
