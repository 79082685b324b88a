"""The lane of what is ordinary: each way in which it might go wrong is found by comparing it with the verbs.

A mutant is the lane with one thing wrong. It takes in the rows of a case into a book with a past, and leaves
another book than the verbs one by one; without the mutant it leaves the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import attrs
import pytest

from property.test_taking_in import CLOCK, NOUNS, Case, all_of, begun, in_turn, one_by_one, taken_in
from reliefstock import Basis, Book, Donor, Household, Item, PickingRule, Policy, Restriction, Warehouse
from reliefstock.bulk import Landed, forms, lane, looking, picking
from reliefstock.bulk.forms import HANDOUT, RECEIPT, Form
from reliefstock.bulk.looking import Day
from reliefstock.journal.template import fragment
from reliefstock.ledger._shelf import Shelf

Gaps = tuple[bytes, ...]
Mutate = Callable[[pytest.MonkeyPatch], None]


def gift(**other: Any) -> dict[str, Any]:  # noqa: ANN401 -- a row has values of every type
    return {
        "on": "2024-03-10",
        "donor": "company",
        "into": "depot",
        "item": "quilt",
        "quantity": 70,
        "value": 1_001,
        "evidence": "old ledger",
        "expiry": None,
        "batch": "",
        "condition": "",
        "restriction": None,
        "source_document": "",
        "command": None,
        **other,
    }


def handout(**other: Any) -> dict[str, Any]:  # noqa: ANN401 -- as above
    return {
        "on": "2024-03-20",
        "origin": "depot",
        "recipient": "H-1",
        "item": "quilt",
        "quantity": 7,
        "signature": "sheet 1",
        "programme": "",
        "source_document": "",
        "command": None,
        **other,
    }


PLAIN = Case(
    policy=Policy(),
    acts=(),
    gifts=[gift(), gift(on="2024-03-11", expiry="2025-01-31", batch="B-9", source_document="slip 3")],
    given=[
        handout(),
        handout(on="2024-03-21", recipient="H-2", programme="winter", source_document="list 9"),
    ],
    basis=Basis.VOUCHER,
    by="keeper",
    lines=None,
)


def case(**other: Any) -> Case:  # noqa: ANN401 -- as above
    return attrs.evolve(PLAIN, **other)


EARLY = "2024-02-10"  # before the count of the case in which quilts are counted
CASES: dict[str, Case] = {
    "plain": PLAIN,
    "by age": case(policy=Policy(picking=PickingRule.FIFO)),
    "held": case(acts=("held",), given=[handout(quantity=290), handout(quantity=60)]),
    "counted": case(acts=("counted",), given=[handout(on=EARLY)]),
    "recalled": case(
        acts=("recalled",),
        gifts=[gift(item="water"), gift(item="water", batch="B-7", expiry="2025-01-31")],
        given=[handout(item="water")],
    ),
    "closed": case(acts=("closed",), gifts=[gift(on="2024-01-20")], given=[handout(on="2024-01-25")]),
    "apart": case(acts=("apart",), given=[handout(quantity=290), handout(recipient="H-2", quantity=60)]),
    "no signature": case(given=[handout(signature="")]),
    "unsigned is enough": case(policy=Policy(sign_off=False), given=[handout(signature="")]),
    "expired": case(
        policy=Policy(shelf_months=0, short_shelf_months=0),
        gifts=[gift(expiry="2024-03-15")],
        given=[handout(quantity=30)],
    ),
    "short life": case(gifts=[gift(expiry="2024-04-01")]),
    "three count": case(policy=Policy(counters=3)),
    "earmarked": case(
        gifts=[gift(restriction=Restriction(programme="back to school"), expiry="2025-01-01")],
        given=[handout(), handout(recipient="school", programme="back to school")],
    ),
    "two lots": case(given=[handout(quantity=305), handout(quantity=30)]),
    "twice": case(given=[handout(command="old-1"), handout(command="old-1")]),
    "dated back": case(given=[handout(on="2024-04-01"), handout(on="2024-03-01")], lines=[1, 2, 3, 4]),
    "from the future": case(
        gifts=[gift(on="2024-04-10")], given=[handout(on="2024-03-20", quantity=305)], lines=[1, 2]
    ),
    "below nothing": case(given=[handout(quantity=430), handout(quantity=11)]),
    "in boxes": case(acts=("packed",), given=[handout(origin="branch", item="water", quantity=310)]),
}


def is_found(case: Case, mutate: Mutate | None = None) -> bool:
    """Whether rows that are taken in leave another book than the verbs, or refuse others."""
    with in_turn():
        one = begun(Book("county", currency="CNY", clock=CLOCK), case)
        before = tuple(one.records())
        refused = one_by_one(one, case)
    with in_turn(), pytest.MonkeyPatch.context() as patched:
        other = begun(Book("county", currency="CNY", clock=CLOCK), case)
        if mutate is not None:
            mutate(patched)
        taken = taken_in(other, case)
    if refused:
        return taken != tuple(refused) or tuple(other.records()) != before
    return isinstance(taken, tuple) or all_of(other) != all_of(one)


# The mutants


def the_last_lot_first(patched: pytest.MonkeyPatch) -> None:
    tickets = picking.Taking._tickets

    def last_first(*given: Any) -> Iterable[Any]:  # noqa: ANN401
        return reversed(list(tickets(*given)))

    patched.setattr(picking.Taking, "_tickets", last_first)


def one_fen_more(patched: pytest.MonkeyPatch) -> None:
    taken = picking._taken

    def more(*given: Any) -> picking.Taken | None:  # noqa: ANN401
        one = taken(*given)
        return None if one is None else one._replace(value=one.value + 1)

    patched.setattr(picking, "_taken", more)


def a_unit_that_stays(patched: pytest.MonkeyPatch) -> None:
    taken = picking._taken

    def one_less(*given: Any) -> picking.Taken | None:  # noqa: ANN401
        one = taken(*given)
        return None if one is None else one._replace(after=attrs.evolve(one.after, out=one.after.out - 1))

    patched.setattr(picking, "_taken", one_less)


def another_household(patched: pytest.MonkeyPatch) -> None:
    recipient = looking.Looking._recipient
    other: Mapping[str, str] = {"H-1": "H-2", "H-2": "H-1"}
    patched.setattr(looking.Looking, "_recipient", lambda self, given: recipient(self, other[given]))


def exchanged(form: Form, names: tuple[str, ...], one: str, other: str) -> Form:
    """A form that writes one gap in the place of the other."""
    first, second = sorted((names.index(one), names.index(other)))

    def record(gaps: Gaps) -> bytes:
        mixed = [*gaps]
        mixed[first], mixed[second] = gaps[second], gaps[first]
        return form.record(tuple(mixed))

    return attrs.evolve(form, record=record)


def exchanged_in_handouts(one: str, other: str) -> Mutate:
    def mutate(patched: pytest.MonkeyPatch) -> None:
        mixed = exchanged(forms.form_of_handouts("CNY"), HANDOUT, one, other)
        patched.setattr(lane, "form_of_handouts", lambda _: mixed)

    return mutate


def exchanged_in_receipts(one: str, other: str) -> Mutate:
    def mutate(patched: pytest.MonkeyPatch) -> None:
        mixed = exchanged(forms.form_of_receipts("CNY", valued=True), RECEIPT, one, other)
        patched.setattr(lane, "form_of_receipts", lambda *_, **__: mixed)

    return mutate


def what_is_asked_is_another(patched: pytest.MonkeyPatch) -> None:
    form = forms.form_of_handouts("CNY")
    other = attrs.evolve(form, asked=lambda gaps: form.asked(gaps) + b"\x00")
    patched.setattr(lane, "form_of_handouts", lambda _: other)


def every_lot_is_ordinary(patched: pytest.MonkeyPatch) -> None:
    patched.setattr(picking.Taking, "_is_ordinary", lambda *_: True)


def no_recall_is_seen(patched: pytest.MonkeyPatch) -> None:
    patched.setattr(looking.Looking, "has_recalls", lambda _: False)


def no_period_is_closed(patched: pytest.MonkeyPatch) -> None:
    def day(_: object, given: str) -> Day:
        found = date.fromisoformat(given)
        return Day(found, found.toordinal(), fragment(found))

    patched.setattr(looking.Looking, "_day", day)


def nothing_comes_later(patched: pytest.MonkeyPatch) -> None:
    past = Shelf.past
    patched.setattr(Shelf, "past", lambda self, lot: past(self, lot)._replace(latest=date.min))


def nobody_has_to_sign(patched: pytest.MonkeyPatch) -> None:
    patched.setattr(lane, "_is_seen", lambda _: True)


def nothing_expires(patched: pytest.MonkeyPatch) -> None:
    patched.setattr(Policy, "days_left", lambda *_, **__: 1)


def no_life_is_too_short(patched: pytest.MonkeyPatch) -> None:
    patched.setattr(lane, "inspect_life", lambda *_: None)


def one_counter_is_enough(patched: pytest.MonkeyPatch) -> None:
    patched.setattr(lane, "different_people", lambda *_: None)


def every_use_is_allowed(patched: pytest.MonkeyPatch) -> None:
    patched.setattr(picking.Taking, "_allows", lambda *_: True)


def no_command_was_done_before(patched: pytest.MonkeyPatch) -> None:
    patched.setattr(lane._Way, "command", lambda self, given: given or self.landed.command())


def another_number(patched: pytest.MonkeyPatch) -> None:
    number = Landed.number
    patched.setattr(Landed, "number", lambda self, kind: number(self, kind)[:-1] + "9")


def nothing_is_taken_off_the_shelf(patched: pytest.MonkeyPatch) -> None:
    patched.setattr(picking.Taking, "apply", lambda *_: None)


def a_row_is_left_out(patched: pytest.MonkeyPatch) -> None:
    patched.setattr(lane._Giving, "take", lambda *_: True)


MUTANTS: list[tuple[Mutate, str]] = [
    (the_last_lot_first, "plain"),
    (the_last_lot_first, "by age"),
    (one_fen_more, "plain"),
    (a_unit_that_stays, "plain"),
    (another_household, "plain"),
    (exchanged_in_handouts("programme", "source_document"), "plain"),
    (exchanged_in_handouts("depot", "recipient"), "plain"),
    (exchanged_in_receipts("batch", "source_document"), "plain"),
    (exchanged_in_receipts("quantity", "value"), "plain"),
    (exchanged_in_receipts("source", "target"), "plain"),
    (what_is_asked_is_another, "plain"),
    (every_lot_is_ordinary, "held"),
    (every_lot_is_ordinary, "counted"),
    (every_lot_is_ordinary, "in boxes"),
    (no_recall_is_seen, "recalled"),
    (no_period_is_closed, "closed"),
    (nothing_comes_later, "from the future"),
    (nobody_has_to_sign, "no signature"),
    (nothing_expires, "expired"),
    (no_life_is_too_short, "short life"),
    (one_counter_is_enough, "three count"),
    (every_use_is_allowed, "earmarked"),
    (no_command_was_done_before, "twice"),
    (another_number, "plain"),
    (nothing_is_taken_off_the_shelf, "two lots"),
    (nothing_is_taken_off_the_shelf, "below nothing"),
    (a_row_is_left_out, "plain"),
]


@pytest.mark.parametrize("name", CASES)
def test_the_lane_leaves_what_the_verbs_leave(name: str):
    assert not is_found(CASES[name])


@pytest.mark.parametrize(
    ("mutate", "name"),
    [pytest.param(*one, id=f"{one[0].__qualname__.partition('.')[0]}, {one[1]}") for one in MUTANTS],
)
def test_a_lane_that_goes_wrong_is_found(mutate: Mutate, name: str):
    assert is_found(CASES[name], mutate)


NFC, NFD = "caf\u00e9", "cafe\u0301"


@pytest.mark.parametrize("known", [NFC, NFD])
@pytest.mark.parametrize("typed", [NFC, NFD])
def test_ids_and_texts_in_another_unicode_form_leave_what_the_verbs_leave(
    known: str, typed: str, monkeypatch: pytest.MonkeyPatch
):
    own = Item(f"{known} item", zh="物", en="Thing"), Donor(f"{known} donor", zh="捐赠人")
    places = Warehouse(f"{known} depot", zh="分库"), Household(f"{known} home", size=2)
    monkeypatch.setattr("property.test_taking_in.NOUNS", (*NOUNS, *own, *places))
    what = {"item": f"{typed} item", "source_document": typed}
    came = gift(**what, donor=f"{typed} donor", into=f"{typed} depot", batch=typed, evidence=typed)
    gone = handout(
        **what, origin=f"{typed} depot", recipient=f"{typed} home", programme=typed, signature=typed
    )
    assert not is_found(case(gifts=[came], given=[gone]))


ORDINARY = ("plain", "by age", "two lots", "expired", "earmarked", "unsigned is enough")


@pytest.mark.parametrize("name", ORDINARY)
def test_what_is_ordinary_needs_no_verb(name: str):
    book = begun(Book("county", currency="CNY", clock=CLOCK), CASES[name])
    taken = taken_in(book, CASES[name])
    assert not isinstance(taken, tuple)
    assert taken.by_verbs == 0


@pytest.mark.parametrize("name", ["held", "counted", "recalled", "in boxes", "dated back"])
def test_what_is_not_ordinary_is_left_to_the_verb(name: str):
    book = begun(Book("county", currency="CNY", clock=CLOCK), CASES[name])
    taken = taken_in(book, CASES[name])
    assert not isinstance(taken, tuple)
    assert taken.by_verbs > 0
