"""What holds of a book whatever is done to it, and that the machine which says so can fail."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

import attrs
import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

import reliefstock.ledger.ledger
from property.machine import BookMachine
from property.world import NOUNS, QUILT, RICE, worth, yuan
from property.model import violations
from reliefstock import (
    Book,
    BoughtLine,
    ConsignedLine,
    Entry,
    FixedClock,
    Handout,
    Holding,
    Lot,
    ReceivedLine,
    ReliefstockError,
    Restriction,
)
from reliefstock.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

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
    "sent again",
)
REFUSALS = ("BelowZero", "CommandConflict", "Incomplete", "NotEnough", "NotOpen", "NotUsable", "PastChanged")


def run(examples: int, **how: Any) -> Counter[str]:
    """Run the machine; returns what it did, verb by verb and refusal by refusal."""

    class Machine(BookMachine):
        done: ClassVar[Counter[str]] = Counter()

    chosen = settings(max_examples=examples, stateful_step_count=30, deadline=None, **how)
    run_state_machine_as_test(Machine, settings=chosen)
    return Machine.done


def assert_machine_goes_red() -> None:
    """The machine finds that something is wrong, in a run that is the same every time."""
    with pytest.raises(AssertionError):
        run(100, derandomize=True, database=None, phases=[Phase.generate], report_multiple_bugs=False)


def test_whatever_is_done_to_a_book_it_keeps_every_promise():
    assert run(max(20, settings().max_examples // 2))["receive"] > 0


def test_the_machine_gets_to_every_verb_and_to_the_refusals_that_matter():
    done = run(40, derandomize=True, database=None, phases=[Phase.generate])
    assert [what for what in (*VERBS, *REFUSALS) if not done[what]] == []


# The machine can fail: with a rule broken on purpose it goes red


def tampered(change: Callable[[Entry], Entry]) -> Callable[..., None]:
    """A ledger that checks nothing and changes entries as they come in."""
    post = Ledger.post

    def tampering(self: Ledger, entries: Sequence[Entry], lots: Iterable[Lot] = ()) -> None:
        post(self, [change(entry) for entry in entries], lots)

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
    monkeypatch.setattr(Ledger, "post", tampered(change))
    assert_machine_goes_red()


def test_a_ledger_that_does_not_look_at_later_dates_is_found_out(monkeypatch: pytest.MonkeyPatch):
    window = Ledger.window
    always = 10**9

    def only_today(self: Ledger, place: Any, lot: Lot, on: date) -> Any:
        there = self.holding(place, lot.id, on=on)
        return attrs.evolve(window(self, place, lot, on), quantity=there.quantity, heavy=always, light=always)

    monkeypatch.setattr(Ledger, "window", only_today)
    assert_machine_goes_red()


def test_lots_that_come_in_without_their_donor_or_restriction_are_found_out(monkeypatch: pytest.MonkeyPatch):
    post = Ledger.post

    def anonymous(self: Ledger, entries: Sequence[Entry], lots: Iterable[Lot] = ()) -> None:
        post(self, entries, [attrs.evolve(lot, donor=None) for lot in lots])

    def free(self: Ledger, entries: Sequence[Entry], lots: Iterable[Lot] = ()) -> None:
        post(self, entries, [attrs.evolve(lot, restrictions=()) for lot in lots])

    for losing in (anonymous, free):
        monkeypatch.setattr(Ledger, "post", losing)
        assert_machine_goes_red()


def test_a_book_that_forgets_its_commands_is_found_out(monkeypatch: pytest.MonkeyPatch):
    do = Book.do

    def forgetful(self: Book, request: Any, *, command: str | None = None, by: str = "") -> Any:
        self._commands.clear()
        return do(self, request, command=command, by=by)

    monkeypatch.setattr(Book, "do", forgetful)
    assert_machine_goes_red()


def test_a_book_that_keeps_something_of_what_failed_is_found_out(monkeypatch: pytest.MonkeyPatch):
    do = Book.do

    def sloppy(self: Book, request: Any, *, command: str | None = None, by: str = "") -> Any:
        try:
            return do(self, request, command=command, by=by)
        except ReliefstockError:
            self._commands[f"failed {command}"] = ("", "")
            raise

    monkeypatch.setattr(Book, "do", sloppy)
    assert_machine_goes_red()


def test_a_ledger_that_touches_an_old_entry_is_found_out(monkeypatch: pytest.MonkeyPatch):
    post = Ledger.post

    def touching(self: Ledger, entries: Sequence[Entry], lots: Iterable[Lot] = ()) -> None:
        post(self, entries, lots)
        object.__setattr__(self.entries[0], "by", f"clerk {len(self.entries)}")

    monkeypatch.setattr(Ledger, "post", touching)
    assert_machine_goes_red()


def test_a_ledger_that_answers_with_what_became_known_later_is_found_out(monkeypatch: pytest.MonkeyPatch):
    holding = Ledger.holding

    def wise_after_the_event(
        self: Ledger, place: Any, lot: str, *, on: date | None = None, known: int | None = None
    ) -> Holding:
        return holding(self, place, lot, on=on)

    monkeypatch.setattr(Ledger, "holding", wise_after_the_event)
    assert_machine_goes_red()


def test_a_book_that_ignores_restrictions_is_found_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Restriction, "objections", lambda _, __: ())
    assert_machine_goes_red()


def test_a_ledger_that_takes_things_back_twice_is_found_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Ledger, "reversed_by", lambda _, __: None)
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
    ("purchase", lambda book: overwrite(book.lot("PUR-000001-1").made_of[0], value=1)),
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
