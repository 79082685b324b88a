"""The one door."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import attrs
import pytest

from reliefstock import (
    Book,
    Donor,
    FixedClock,
    Holding,
    Interval,
    Observation,
    Period,
    Place,
    PlaceKind,
    Policy,
    Waybill,
)
from reliefstock.errors import (
    BadData,
    BadIdentifier,
    CommandConflict,
    CurrencyUnknown,
    DateTooFarAhead,
    Incomplete,
    NotABusinessDate,
    Unknown,
)
from reliefstock.operations import Distribute, Reverse
from reliefstock.operations.desk import Request
from unit.operations.office import (
    QUILT,
    bought,
    fingerprint,
    gift,
    given,
    held,
    line,
    money,
    new_office,
    place,
    refused,
    reverse,
    sent,
)

L = "GRN-000001-1"


@pytest.fixture
def book() -> Book:
    return new_office()


# What a book is


def test_a_book_has_a_name_and_one_currency_for_ever(book: Book) -> None:
    assert (book.name, book.currency, book.register.item("CNY").currency) == ("hanbin", "CNY", "CNY")
    shown: Any = book
    for said in ("name", "currency", "ledger", "register", "documents", "entries"):
        with pytest.raises(AttributeError):
            setattr(shown, said, "another")


def test_a_currency_that_is_none_is_refused() -> None:
    with pytest.raises(CurrencyUnknown):
        Book("hanbin", currency="RMB")


def test_a_new_book_is_empty_and_has_the_usual_policy(book: Book) -> None:
    assert (book.entries, dict(book.documents), book.policy) == ((), {}, Policy())
    assert Book("hanbin", currency="CNY").policy == Policy()


def test_nobody_can_change_documents_from_outside(book: Book) -> None:
    note = gift(book)
    documents: Any = book.documents
    with pytest.raises(TypeError):
        documents["GRN-000001"] = None
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        note.donor = "somebody else"  # pyright: ignore[reportAttributeAccessIssue]


# Commands


def test_the_same_command_again_gives_the_first_document_back(book: Book) -> None:
    first = gift(book, command="c-1", by="clerk")
    before = fingerprint(book)
    assert gift(book, command="c-1", by="clerk") is first
    assert fingerprint(book) == before


@pytest.mark.parametrize(
    "changes",
    [{"on": "2023-01-11"}, {"donor": "city"}, {"by": "somebody else"}, {"lines": [line(11)]}],
    ids=str,
)
def test_the_same_command_with_other_content_is_refused(book: Book, changes: dict[str, Any]) -> None:
    gift(book, command="c-1", by="clerk")
    with refused(book, CommandConflict) as errors:
        gift(book, **{"command": "c-1", "by": "clerk"} | changes)
    assert (errors[0].command, errors[0].document) == ("c-1", "GRN-000001")
    assert str(errors[0]) == (
        "command 'c-1' already produced GRN-000001 with other content; "
        "send the first content again to get that document, or use a new id"
    )


def test_the_same_command_of_another_verb_is_refused(book: Book) -> None:
    gift(book, command="c-1")
    with refused(book, CommandConflict):
        money(book, command="c-1")


def test_a_command_that_was_refused_can_be_corrected_under_its_id(book: Book) -> None:
    with refused(book, Unknown):
        gift(book, into="nowhere", command="c-1")
    assert gift(book, command="c-1").number == "GRN-000001"


def test_without_a_command_the_same_gift_twice_is_two_gifts(book: Book) -> None:
    assert gift(book) != gift(book)
    assert book.on_hand("quilt").quantity == 20


@pytest.mark.parametrize("command", ["", " c", "a/b", "x" * 65, 5])
def test_a_command_has_a_clean_id(book: Book, command: Any) -> None:  # noqa: ANN401
    with refused(book, BadIdentifier):
        gift(book, command=command)


def test_an_observation_with_a_period_and_an_interval_is_a_command_too(book: Book) -> None:
    def observed() -> Observation:
        return book.observe(
            "houses",
            count=Interval(1, 3, high_open=True),
            unit="house",
            on="2023-06-30",
            evidence="list",
            period=Period.half_year(2023, 1),
            command="c-1",
        )

    assert observed() is observed()


def test_an_entry_says_who_did_it_by_which_command_and_when(book: Book) -> None:
    gift(book, command="c-1", by="clerk")
    [entry] = book.entries
    assert (entry.command, entry.by, entry.document) == ("c-1", "clerk", "GRN-000001")
    assert entry.recorded_at == datetime(2023, 6, 30, 4, tzinfo=UTC)


def test_an_entry_without_a_command_has_an_id_of_its_own(book: Book) -> None:
    gift(book)
    gift(book)
    first, second = (entry.command for entry in book.entries)
    assert first
    assert second
    assert first != second


def test_a_request_can_be_handed_in_as_data(book: Book) -> None:
    gift(book)
    request = Reverse(document="GRN-000001", on="2023-02-01", reason="a mistake", approved_by="b")
    assert book.do(request).reverses == "GRN-000001"


def test_a_request_that_no_operation_knows_is_refused(book: Book) -> None:
    class Burn(Request[Any]):
        """Not in the words of the field."""

    with refused(book, Unknown) as errors:
        book.do(Burn())
    assert (errors[0].what, errors[0].given) == ("operation", "Burn")
    assert Distribute.__name__ in errors[0].near


# Numbers


def test_documents_are_numbered_kind_by_kind_without_gaps(book: Book) -> None:
    gift(book)
    money(book)
    gift(book)
    with pytest.raises(Incomplete):
        sent(book, to="depot")
    sent(book)
    assert list(book.documents) == ["GRN-000001", "DR-000001", "GRN-000002", "WB-000001"]
    assert [waybill.number for waybill in book.documents_of(Waybill)] == ["WB-000001"]
    assert [entry.document for entry in book.entries] == list(book.documents)


def test_a_document_that_is_not_there_is_not_known(book: Book) -> None:
    gift(book)
    assert book.document("GRN-000001").number == "GRN-000001"
    for ask in (book.document, book.is_reversed):
        with pytest.raises(Unknown) as caught:
            ask("GRN-00001")
        assert (caught.value.what, caught.value.near) == ("document", ("GRN-000001",))


@pytest.mark.parametrize("given", [None, 17, b"GRN-000001"])
def test_what_is_no_number_of_a_document_is_not_known(book: Book, given: Any) -> None:  # noqa: ANN401
    gift(book)
    for ask in (book.document, book.is_reversed, book.reversed_on):
        with pytest.raises(Unknown) as caught:
            ask(given)
        assert (caught.value.given, caught.value.near) == (given, ())
        assert str(caught.value)


def test_what_was_taken_back_says_so(book: Book) -> None:
    gift(book)
    assert not book.is_reversed("GRN-000001")
    undone = reverse(book, "GRN-000001")
    assert book.is_reversed("GRN-000001")
    assert not book.is_reversed(undone.number)


# Questions


def test_a_lot_leads_to_its_item(book: Book) -> None:
    gift(book)
    assert (book.lot(L).donor, book.item_of(L)) == ("province", QUILT)
    for ask in (book.lot, book.item_of):
        with pytest.raises(Unknown):
            ask("GRN-000009-1")


def test_what_is_on_hand_can_be_asked_for_any_depot_day_and_moment_of_knowledge(book: Book) -> None:
    gift(book, line(3, "1"))
    gift(book, line(5, "5"), into="station", on="2023-01-12")
    given(book, ("H-1", 2), on="2023-01-20")
    assert book.on_hand("quilt") == Holding(6, 534)
    assert book.on_hand("quilt", "depot") == Holding(1, 34)
    assert book.on_hand("quilt", on="2023-01-11") == Holding(3, 100)
    assert book.on_hand("quilt", "station", on="2023-01-11") == Holding(0, 0)
    assert book.on_hand("quilt", known=2) == Holding(8, 600)
    assert book.on_hand("quilt", on="2023-01-20", known=1) == Holding(3, 100)
    assert book.on_hand("water") == Holding(0, 0)


def test_money_on_hand_is_asked_fund_by_fund(book: Book) -> None:
    money(book, "60")
    money(book, "40", into="well fund")
    bought(book, 1, "10")
    assert book.on_hand("CNY") == Holding(9000, 9000)
    assert book.on_hand("CNY", "well fund") == Holding(4000, 4000)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"item": "tent"}, Unknown),
        ({"warehouse": "nowhere"}, Unknown),
        ({"on": datetime(2023, 1, 1, tzinfo=UTC)}, NotABusinessDate),
        ({"on": "1 January"}, NotABusinessDate),
    ],
    ids=str,
)
def test_a_question_about_what_is_not_known_has_no_answer(
    book: Book, said: dict[str, Any], error: type[Exception]
) -> None:
    facts: dict[str, Any] = {"item": "quilt"}
    with pytest.raises(error):
        book.on_hand(**facts | said)


def test_what_a_place_holds_of_a_lot_can_be_asked(book: Book) -> None:
    gift(book, line(3, "1"))
    given(book, ("H-1", 1))
    household = Place(PlaceKind.HOUSEHOLD, "H-1")
    assert book.holding(household, L) == Holding(1, 33)
    assert book.holding(household, L, on="2023-01-19") == Holding(0, 0)
    assert book.holding(household, L, known=1) == Holding(0, 0)
    assert book.holding(place("school:lvhe"), L) == Holding(0, 0)
    with pytest.raises(Unknown):
        book.holding(household, "GRN-000009-1")


def test_a_noun_that_is_amended_changes_no_entry(book: Book) -> None:
    gift(book)
    entries = book.entries
    book.amend(attrs.evolve(QUILT, en="Winter quilt"))
    assert book.item_of(L).en == "Winter quilt"
    assert book.entries == entries
    assert held(book, "warehouse:depot", L) == (10, 10000)


def test_how_far_ahead_a_date_may_be_is_the_policy_of_today() -> None:
    book = Book("hanbin", currency="CNY", policy=Policy(days_ahead=0), clock=FixedClock("2023-01-10"))
    with refused(book, DateTooFarAhead):
        book.observe("houses", count=Interval.exactly(1), unit="house", on="2023-01-11", evidence="list")


def test_a_noun_states_what_it_is_declared_to_state(book: Book) -> None:
    for take in (book.add, book.amend):
        with pytest.raises(BadData, match=r"a text is due, got int 5 @ \$\.zh"):
            take(Donor("province", zh=5))  # pyright: ignore[reportArgumentType]
