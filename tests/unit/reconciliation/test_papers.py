"""Which documents stood on a day, as far as was known."""

from __future__ import annotations

from datetime import date

import pytest

from reliefstock import GoodsReceivedNote, Pledge, PledgedLine, Waybill
from reliefstock.errors import NotExact
from reliefstock.operations import Document
from reliefstock.reconciliation.papers import Papers
from unit.reconciliation.office import Stated, office, receive, send, undo


def numbers(documents: tuple[Document, ...]) -> list[str]:
    return [document.number for document in documents]


def test_what_stood_on_a_day_was_made_by_then_and_not_taken_back_by_then():
    book = office()
    receive(book, 10, "100.00", "2023-01-10")
    send(book, "branch", 2, "2023-01-11")
    undo(book, "WB-000001", "2023-01-13")
    stood = [numbers(Papers(book, date(2023, 1, day)).of(Waybill)) for day in (10, 11, 12, 13)]
    assert stood == [[], ["WB-000001"], ["WB-000001"], []]
    assert numbers(Papers(book).of(Waybill)) == []
    assert numbers(Papers(book).of(GoodsReceivedNote)) == ["GRN-000001"]


def test_what_moves_nothing_is_known_if_it_was_kept_before_the_first_entry_that_is_not():
    book = office()
    for _ in range(2):
        book.pledge(
            donor="province",
            lines=[PledgedLine("quilt", book.register.item("quilt").quantity(1))],
            on="2023-01-02",
        )
        receive(book, 10, "100.00", "2023-01-10")
    assert numbers(Papers(book, known=0).of(Pledge)) == ["PL-000001"]
    assert numbers(Papers(book, known=1).of(Pledge)) == ["PL-000001", "PL-000002"]
    assert numbers(Papers(book, known=1).of(GoodsReceivedNote)) == ["GRN-000001"]


@pytest.mark.parametrize("known", [True, "5", 2.0], ids=str)
def test_what_is_no_number_of_an_entry_is_refused(known: Stated):
    with pytest.raises(NotExact, match="the number of an entry"):
        Papers(office(), known=known)
