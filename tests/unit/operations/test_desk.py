"""What operations see, and what all documents have."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import attrs
import pytest

from reliefstock import Book, Document, Policy, Restriction, Society, operations
from reliefstock.errors import (
    CurrencyMismatch,
    DateTooFarAhead,
    Incomplete,
    NeedsApproval,
    NotABusinessDate,
    NotPositive,
    Unknown,
)
from reliefstock.ledger import Ledger, Stamp
from reliefstock.operations import Desk, GoodsReceivedNote, Request, Waybill
from reliefstock.operations.desk import different_people, numbered, required
from unit.operations.office import gift, money, new_office, reverse, yuan

DOCUMENTS: list[type[Document]] = [
    kind
    for kind in vars(operations).values()
    if isinstance(kind, type) and issubclass(kind, Document) and kind is not Document
]
REQUESTS: list[type[Request[Any]]] = [
    kind
    for kind in vars(operations).values()
    if isinstance(kind, type) and issubclass(kind, Request) and kind is not Request
]


def names(kind: type) -> str:
    return kind.__name__


@pytest.fixture
def book() -> Book:
    return new_office()


def desk(book: Book, policy: Policy | None = None) -> Desk:
    return Desk(
        ledger=book.ledger,
        register=book.register,
        policy=policy or Policy(),
        documents=book.documents,
        reversed_on={},
        currency="CNY",
        today=date(2023, 6, 30),
        stamp=Stamp(),
        next_number=lambda kind: f"{kind.prefix}-1",
    )


# Documents


def test_no_two_kinds_of_document_share_their_numbers_or_their_names() -> None:
    assert set(DOCUMENTS) == set(operations.DOCUMENTS)
    for said in ("prefix", "zh", "en"):
        assert len({getattr(kind, said) for kind in DOCUMENTS}) == len(DOCUMENTS)


@pytest.mark.parametrize("kind", DOCUMENTS, ids=names)
def test_a_document_says_what_it_is_in_both_languages(kind: type[Document]) -> None:
    assert (kind.title("zh"), kind.title()) == (kind.zh, kind.en)


@pytest.mark.parametrize("kind", [*DOCUMENTS, *REQUESTS], ids=names)
def test_documents_and_requests_never_change(kind: type) -> None:
    blank: Any = object.__new__(kind)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        blank.on = date(2023, 1, 1)


@pytest.mark.parametrize("kind", REQUESTS, ids=names)
def test_a_request_keeps_its_lists_as_tuples(kind: type) -> None:
    lists = [field for field in attrs.fields(kind) if "tuple" in str(field.type)]
    assert all(field.converter for field in lists)


# Days and amounts


@pytest.mark.parametrize(("ahead", "on"), [(0, "2023-06-30"), (7, "2023-07-07"), (30, "2023-07-30")])
def test_a_day_may_be_as_far_ahead_as_the_policy_says(book: Book, ahead: int, on: str) -> None:
    at = desk(book, Policy(days_ahead=ahead))
    assert at.day(on) == date.fromisoformat(on)
    with pytest.raises(DateTooFarAhead) as caught:
        at.day("2123-06-30")
    assert (caught.value.asked, caught.value.latest) == (date(2123, 6, 30), date.fromisoformat(on))


@pytest.mark.parametrize("on", [datetime(2023, 6, 30, tzinfo=UTC), "2023-6-30", "", 20230630, None, True])
def test_only_a_date_is_a_day(book: Book, on: Any) -> None:  # noqa: ANN401
    with pytest.raises(NotABusinessDate):
        desk(book).day(on)


def test_a_day_long_ago_is_a_day(book: Book) -> None:
    assert desk(book).day("0001-01-01") == date.min


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (yuan("-1"), NotPositive),
        (yuan("0"), NotPositive),
        (attrs.evolve(yuan("1"), currency="USD"), CurrencyMismatch),
    ],
)
def test_an_amount_is_money_of_the_book_above_zero(book: Book, given: Any, error: type[Exception]) -> None:  # noqa: ANN401
    with pytest.raises(error):
        desk(book).amount(given, "a payment")
    assert desk(book).amount(yuan("1"), "a payment") == 100


# What there is


def test_a_document_of_another_kind_is_not_known(book: Book) -> None:
    gift(book)
    assert desk(book).document("GRN-000001", GoodsReceivedNote).number == "GRN-000001"
    with pytest.raises(Unknown) as caught:
        desk(book).document("GRN-000001", Waybill)
    assert (caught.value.what, caught.value.near) == ("waybill", ())


def test_documents_of_a_kind_are_found_by_their_numbers_in_order(book: Book) -> None:
    first, second = gift(book), gift(book)
    money(book)
    assert desk(book).documents_of(GoodsReceivedNote) == (first, second)
    assert desk(book).documents_of(Waybill) == ()
    assert numbered(Waybill, 12) == "WB-000012"


def test_a_document_is_reversed_from_its_reversal_on(book: Book) -> None:
    note, receipt = gift(book), money(book)
    assert book.reversed_on(note.number) is None
    assert not book.is_reversed(note.number)
    assert reverse(book, note.number, "2023-02-03").on == book.reversed_on(note.number)
    assert book.is_reversed(note.number)
    assert not book.is_reversed(receipt.number)
    at = attrs.evolve(desk(book), reversed_on={note.number: date(2023, 2, 3)})
    assert (at.is_reversed(note), at.is_reversed(receipt)) == (True, False)


def test_a_society_passes_on_and_has_no_groups(book: Book) -> None:
    use = desk(book).use(Society("s", zh="某会"), date(2023, 1, 1), "winter")
    assert (use.passes_on, use.groups, use.codes, use.programme) == (True, (), (), "winter")
    assert Restriction(groups=("school",)).allows(use)


def test_a_draft_of_the_desk_is_of_its_document(book: Book) -> None:
    draft = desk(book).draft("GRN-1", date(2023, 1, 1))
    assert (draft.on, draft.entries, draft.lots) == (date(2023, 1, 1), (), ())
    assert isinstance(desk(book).ledger, Ledger)


# What must be stated


@pytest.mark.parametrize("given", ["", " ", "\t"])
def test_what_must_be_stated_is_stated(given: str) -> None:
    with pytest.raises(Incomplete) as caught:
        required("the reason", given, "state it", zh="事由")
    assert str(caught.value) == "the reason: it is not stated; state it"
    assert required("the reason", " wet ", "state it", zh="事由") == " wet "


@pytest.mark.parametrize(
    ("people", "at_least", "named"),
    [((), 1, 0), (("a",), 2, 1), (("a", "a "), 2, 1), (("a", "", " "), 2, 1), (("a", "b"), 3, 2)],
)
def test_one_person_is_not_two(people: tuple[str, ...], at_least: int, named: int) -> None:
    with pytest.raises(NeedsApproval) as caught:
        different_people("a payment", people, at_least)
    assert caught.value.reason == f"{at_least} different people take part in it, {named} are named"


@pytest.mark.parametrize(("people", "at_least"), [((), 0), (("a", "b"), 2), (("a", "b", "a"), 2)])
def test_enough_different_people_are_enough(people: tuple[str, ...], at_least: int) -> None:
    assert different_people("a payment", people, at_least) is None
