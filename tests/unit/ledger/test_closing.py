"""Which days are closed, and which of them for good."""

from __future__ import annotations

from datetime import date

import pytest

from reliefstock.errors import Incomplete, PeriodClosed, PeriodSealed
from reliefstock.ledger import Closing, Ledger

MARCH, JUNE, SEPTEMBER = date(2023, 3, 31), date(2023, 6, 30), date(2023, 9, 30)


def closed(*, through: date | None = JUNE, sealed: date | None = None) -> Closing:
    return Closing(through=through, sealed=sealed)


def test_a_new_book_is_open_on_every_day() -> None:
    ledger = Ledger()
    ledger.check_open(date.min)
    assert (ledger.closing, ledger.first_open) == (Closing(), None)
    assert (ledger.closed_through, ledger.sealed_through) == (None, None)


def test_a_book_is_open_from_the_day_after_the_last_that_is_closed() -> None:
    ledger = Ledger()
    ledger.post([], closing=closed(sealed=MARCH))
    assert (ledger.closed_through, ledger.sealed_through) == (JUNE, MARCH)
    assert ledger.first_open == date(2023, 7, 1)
    ledger.check_open(date(2023, 7, 1))
    for day in (date(2023, 6, 30), date(2023, 1, 1), date.min):
        with pytest.raises(PeriodClosed) as caught:
            ledger.check_open(day)
        assert (caught.value.day, caught.value.first_open) == (day, date(2023, 7, 1))


@pytest.mark.parametrize("through", [None, MARCH])
def test_only_what_is_closed_is_sealed(through: date | None) -> None:
    with pytest.raises(Incomplete, match="close the days that are to be sealed first") as caught:
        closed(through=through, sealed=JUNE)
    assert "2023-06-30" in caught.value.what
    assert ("no day" if through is None else "2023-03-31") in caught.value.missing


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Closing(), closed()),
        (closed(), closed(through=SEPTEMBER)),
        (closed(), closed(through=MARCH)),
        (closed(), closed(through=None)),
        (closed(), closed(sealed=JUNE)),
        (closed(sealed=MARCH), closed(through=MARCH, sealed=MARCH)),
        (closed(sealed=MARCH), closed(through=SEPTEMBER, sealed=JUNE)),
    ],
    ids=str,
)
def test_days_are_closed_and_opened_again_but_not_behind_what_is_sealed(
    before: Closing, after: Closing
) -> None:
    assert before.then(after) == after


@pytest.mark.parametrize(
    "after", [Closing(), closed(), closed(through=MARCH, sealed=MARCH), closed(sealed=MARCH)], ids=str
)
def test_what_is_sealed_stays_sealed(after: Closing) -> None:
    before = closed(sealed=JUNE)
    with pytest.raises(PeriodSealed) as caught:
        before.then(after)
    assert caught.value.sealed_through == JUNE


def test_a_ledger_refuses_to_open_what_is_sealed_and_stays_as_it_was() -> None:
    ledger = Ledger()
    ledger.post([], closing=closed(sealed=JUNE))
    with pytest.raises(PeriodSealed):
        ledger.post([], closing=closed(through=MARCH))
    assert ledger.closing == closed(sealed=JUNE)
