"""What is kept for ever is of the types that it is declared to be."""

from __future__ import annotations

from typing import Any

import pytest

from reliefstock import Book, Handout, Interval, LossReason, Policy, ReceiptForm, Restriction, Side, State
from reliefstock.errors import BadData, BadIdentifier, Incomplete, NotExact
from reliefstock.operations import Distribute, MentionMovement, Observe, ReceiveMoney, Reverse, WriteOff
from reliefstock.operations._types import check_types
from reliefstock.values import Money, Period, Quantity
from unit.operations.office import QUILT, fingerprint, gift, line, money, new_office, refused

MANY = 10**36
WRONG: dict[str, Any] = {"text": "sheet 1", "number": 5, "yes": True}
COUNTED: dict[str, Any] = {"what": "houses", "unit": "house", "on": "2023-01-20", "evidence": "sheet"}
HANDOUT: dict[str, Any] = {
    "recipient": "H-1",
    "item": "quilt",
    "quantity": QUILT.quantity(1),
    "signature": "sheet 1",
}


@pytest.fixture
def book() -> Book:
    return new_office()


def handed(**said: Any) -> Distribute:  # noqa: ANN401
    line = Handout(**(HANDOUT | said))
    return Distribute(origin="depot", lines=(Handout(**HANDOUT), line), on="2023-01-20")


@pytest.mark.parametrize(
    ("request_", "problem"),
    [
        (handed(recipient=5), "a text is due, got int 5 @ $.lines[1].recipient"),
        (handed(recipient=None), "a text is due, got NoneType @ $.lines[1].recipient"),
        (handed(signature="\ud800"), "half of a surrogate pair, which cannot be written down"),
        (handed(lots=[1]), "a text is due, got int 1 @ $.lines[1].lots[0]"),
        (handed(quantity=QUILT.quantity(MANY)), "more than 36 digits @ $.lines[1].quantity.count"),
        (handed(quantity=Money(-MANY, "CNY")), "more than 36 digits @ $.lines[1].quantity.minor"),
        (handed(quantity=QUILT), "or an amount with its currency is due, got Item @ $.lines[1].quantity"),
        (handed(recipient=MANY), "a text is due, got int @ $.lines[1].recipient"),
        (handed(recipient=State.DONE), "a text is due, got State @ $.lines[1].recipient"),
        (
            Distribute(origin="depot", lines=[WRONG["text"]], on="2023-01-20"),
            "Handout is due, got str 'sheet 1'",
        ),
        (Observe(count=WRONG["number"], **COUNTED), "an interval is due, got int 5 @ $.count"),
        (Observe(count=Interval(MANY, None), **COUNTED), "more than 36 digits @ $.count.low"),
        (
            Observe(count=Interval.exactly(5), state=5, **COUNTED),
            "State or nothing is due, got int 5 @ $.state",
        ),
        (
            Reverse(document="GRN-000001", on="2023-02-01", reason=WRONG["yes"], approved_by="b"),
            "got bool True",
        ),
    ],
    ids=str,
)
def test_what_is_of_another_type_is_refused_with_the_path_to_it(
    book: Book,
    request_: Any,  # noqa: ANN401
    problem: str,
) -> None:
    gift(book)
    with refused(book, BadData) as errors:
        book.do(request_)
    assert problem in str(errors[0])


def test_everything_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(BadData) as caught:
        check_types(handed(recipient=5, item=None, quantity=1.5))
    assert caught.value.what == "Distribute"
    assert [problem.partition(" @ ")[2] for problem in caught.value.problems] == [
        "$.lines[1].recipient",
        "$.lines[1].item",
        "$.lines[1].quantity",
    ]


def test_a_request_that_was_refused_has_not_used_its_command(book: Book) -> None:
    gift(book)
    with refused(book, BadData):
        book.do(handed(recipient=5), command="click")
    assert book.do(handed(), command="click").number == "DL-000001"


@pytest.mark.parametrize("by", [5, None, ["a"]])
def test_who_does_it_is_a_text(book: Book, by: Any) -> None:  # noqa: ANN401
    with refused(book, BadIdentifier):
        gift(book, by=by)


@pytest.mark.parametrize(
    ("kind", "said", "field", "member"),
    [
        (
            ReceiveMoney,
            {"donor": "city", "into": "general", "amount": 5, "on": "2023-01-20"},
            "receipt_form",
            ReceiptForm.WAIVED,
        ),
        (
            WriteOff,
            {
                "warehouse": "depot",
                "lines": [],
                "on": "2023-01-20",
                "explanation": "wet",
                "reported_by": "a",
                "approved_by": "b",
            },
            "reason",
            LossReason.SPOILT,
        ),
        (Observe, COUNTED | {"count": 5}, "state", State.DONE),
        (
            MentionMovement,
            {"what": "tents", "period": Period.year(2023), "evidence": "notice", "missing": ["how many"]},
            "side",
            Side.RECEIVED,
        ),
    ],
)
def test_one_of_a_few_things_may_be_stated_by_its_word(
    kind: Any,  # noqa: ANN401
    said: dict[str, Any],
    field: str,
    member: Any,  # noqa: ANN401
) -> None:
    assert getattr(kind(**said | {field: member.value}), field) is member
    assert getattr(kind(**said | {field: member}), field) is member
    with pytest.raises(BadData) as caught:
        kind(**said | {field: "whatever"})
    assert repr(member.value) in str(caught.value)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"days_ahead": 10**12}, Incomplete),
        ({"days_ahead": -1}, Incomplete),
        ({"counters": "2"}, NotExact),
        ({"approvers": True}, NotExact),
        ({"shelf_months": 1.5}, NotExact),
        ({"sign_off": "no"}, Incomplete),
        ({"expiry_day_usable": 1}, Incomplete),
    ],
)
def test_a_policy_that_cannot_be_meant_is_refused(said: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error, match=f"Policy.{next(iter(said))}"):
        Policy(**said)


@pytest.mark.parametrize("known", ["1", 1.0, True])
def test_what_was_known_is_asked_by_the_number_of_an_entry(book: Book, known: Any) -> None:  # noqa: ANN401
    gift(book)
    with pytest.raises(NotExact, match="the number of an entry"):
        book.on_hand("quilt", known=known)


# Names of people, and ids, however they are typed


@pytest.mark.parametrize("other", ["ａ", "A", " a ", "a\u200b", "a\u3000", "\u2060a\ufe0f"])
def test_two_spellings_of_one_person_are_one_person(book: Book, other: str) -> None:
    before = fingerprint(book)
    with pytest.raises(Exception, match="2 different people take part in it, 1 are named"):
        gift(book, counted_by=("a", other))
    assert fingerprint(book) == before


@pytest.mark.parametrize("signature", ["\u200b", "\u2060 \u3000", "\u3164"])
def test_a_signature_that_nobody_can_see_is_none(book: Book, signature: str) -> None:
    gift(book)
    with pytest.raises(Exception, match="nobody signed for it"):
        book.do(handed(signature=signature))


def test_an_id_typed_in_another_form_is_the_same_id() -> None:
    book = new_office()
    from reliefstock import Fund, Household, Society, Warehouse

    composed, typed = "caf\u00e9", "cafe\u0301"
    book.add(
        Warehouse(composed, zh="库"), Household("h\u00e9", groups=("caf\u00e9",)), Fund("f\u00e9", zh="款")
    )
    book.add(Society("s\u00e9", zh="会"))
    only = Restriction(recipients=("he\u0301",), groups=(typed,), programme=typed)
    note = gift(book, line(restriction=only), into=typed)
    assert note.warehouse == composed
    assert book.on_hand("quilt", typed).quantity == 10
    sheet = book.distribute(
        origin=typed,
        lines=[Handout("he\u0301", "quilt", QUILT.quantity(1), "sheet 1")],
        on="2023-01-20",
        programme=composed,
    )
    assert (sheet.origin, sheet.lines[0].recipient) == (composed, "h\u00e9")
    assert money(book, into="fe\u0301").fund == "f\u00e9"
    with pytest.raises(BadIdentifier):
        book.on_hand(5)  # pyright: ignore[reportArgumentType]


def test_goods_go_to_the_consignee_however_its_id_is_typed() -> None:
    from reliefstock import ArrivedLine, ConsignedLine, Warehouse

    book = new_office()
    book.add(Warehouse("caf\u00e9", zh="库"))
    [lot] = gift(book).lots
    waybill = book.dispatch(
        origin="depot", to="cafe\u0301", lines=[ConsignedLine("quilt", QUILT.quantity(2))], on="2023-01-20"
    )
    book.arrive(
        waybill.number, on="2023-01-21", received_by="a", lines=[ArrivedLine(lot, Quantity(2, QUILT.unit))]
    )
    assert book.on_hand("quilt", "caf\u00e9").quantity == 2
