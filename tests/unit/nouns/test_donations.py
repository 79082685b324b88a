"""What comes with a gift and never leaves it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from reliefstock import Basis, Money, PledgedLine, Restriction, Use, Valuation
from reliefstock.errors import BadIdentifier, Incomplete, NotABusinessDate, NotPositive, ReliefstockError

YUAN = Money.of("5", "CNY")


@pytest.mark.parametrize(
    ("make", "basis"),
    [
        (Valuation.voucher, Basis.VOUCHER),
        (Valuation.fair_value, Basis.FAIR_VALUE),
        (Valuation.market, Basis.MARKET),
        (Valuation.estimate, Basis.ESTIMATE),
        (Valuation.nominal, Basis.NOMINAL),
    ],
)
def test_a_value_says_what_it_rests_on(make: Any, basis: Basis) -> None:  # noqa: ANN401
    valuation = make(YUAN, "invoice 17")
    assert (valuation.basis, valuation.amount, valuation.minor, valuation.evidence) == (
        basis,
        YUAN,
        500,
        "invoice 17",
    )


def test_what_cannot_be_measured_yet_has_no_value() -> None:
    assert (Valuation.memorandum().amount, Valuation.memorandum("no papers").minor) == (None, 0)


@pytest.mark.parametrize(
    ("basis", "amount", "evidence", "error", "words"),
    [
        (Basis.MEMORANDUM, YUAN, "", Incomplete, "a memorandum lot has no amount"),
        (Basis.VOUCHER, None, "invoice", Incomplete, "no amount is stated"),
        (Basis.VOUCHER, YUAN, " ", Incomplete, "no evidence is stated"),
        (Basis.VOUCHER, 5, "invoice", Incomplete, "5 has no currency"),
        (Basis.MARKET, 5.0, "price list", Incomplete, "5.0 has no currency"),
        (Basis.NOMINAL, Money(0, "CNY"), "by rule", NotPositive, "above zero"),
        (Basis.NOMINAL, Money(-1, "CNY"), "by rule", NotPositive, "above zero"),
    ],
)
def test_a_value_without_amount_or_evidence_is_refused(
    basis: Basis,
    amount: Any,  # noqa: ANN401
    evidence: str,
    error: type[ReliefstockError],
    words: str,
) -> None:
    with pytest.raises(error, match=words):
        Valuation(basis, amount, evidence)


@pytest.mark.parametrize("field", ["places", "groups", "recipients"])
@pytest.mark.parametrize("given", ["610928", {"610928"}, 610928])
def test_one_text_is_never_read_as_a_list_of_letters(field: str, given: Any) -> None:  # noqa: ANN401
    with pytest.raises(Incomplete):
        Restriction(**{field: given})


def test_a_list_that_changes_later_does_not_change_the_restriction() -> None:
    places = ["610928"]
    restriction = Restriction(places=places)
    places.append("610924")
    assert restriction.places == ("610928",)
    assert hash(restriction) == hash(Restriction(places=("610928",)))


def test_the_last_day_is_a_date() -> None:
    assert Restriction(until="2023-06-30").until == date(2023, 6, 30)
    with pytest.raises(NotABusinessDate):
        Restriction(until=datetime(2023, 6, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("restriction", "text", "free"),
    [
        (Restriction(), "any use", True),
        (Restriction(places=("610928", "610981")), "place 610928, 610981", False),
        (Restriction(programme="winter"), "programme winter", False),
        (Restriction(groups=("school",)), "group school", False),
        (Restriction(recipients=("H-1", "H-2")), "recipient H-1, H-2", False),
        (Restriction(until="2023-06-30"), "until 2023-06-30", False),
        (Restriction(programme="winter", until="2023-06-30"), "programme winter; until 2023-06-30", False),
    ],
)
def test_a_restriction_is_told_in_words(restriction: Restriction, text: str, free: bool) -> None:
    assert (restriction.text(), restriction.is_free) == (text, free)


ALL = Restriction(
    places=("610928",), programme="winter", groups=("school",), recipients=("lvhe",), until="2023-06-30"
)
DAY = date(2023, 6, 30)


@pytest.mark.parametrize(
    ("use", "objections"),
    [
        (Use(on=DAY, codes=("610928",), programme="winter", groups=("school",), recipient="lvhe"), ()),
        (Use(on=DAY), ("programme", "place", "recipient", "group")),
        (Use(on=date(2023, 7, 1)), ("until", "programme", "place", "recipient", "group")),
        (Use(on=DAY, passes_on=True, codes=("610928",), programme="winter"), ()),
        (Use(on=DAY, passes_on=True), ("programme", "place")),
        (Use(on=DAY, keeps=True), ()),
        (Use(on=DAY, keeps=True, programme="winter"), ()),
        (Use(on=DAY, keeps=True, programme="summer"), ("programme",)),
        (Use(on=date(2023, 7, 1), keeps=True), ("until",)),
    ],
    ids=str,
)
def test_a_use_outside_the_restriction_is_told_part_by_part(use: Use, objections: tuple[str, ...]) -> None:
    assert ALL.objections(use) == objections
    assert ALL.allows(use) is (objections == ())
    assert Restriction().allows(use)


def test_a_use_is_told_in_words() -> None:
    assert Use(on=DAY, recipient="lvhe", programme="winter").text() == "lvhe, programme winter, on 2023-06-30"
    assert Use(on=DAY).text() == "on 2023-06-30"


def test_a_promise_states_a_quantity_or_a_value() -> None:
    with pytest.raises(Incomplete) as caught:
        PledgedLine("quilt")
    assert str(caught.value) == (
        "pledge of quilt: neither a quantity nor a value is stated; state what the donor promised"
    )
    assert PledgedLine("quilt", value=YUAN).quantity is None


@pytest.mark.parametrize("places", [("",), ("汉滨区",), ("6109-23",), (610923,)])
def test_a_place_is_a_division_code(places: Any) -> None:  # noqa: ANN401
    with pytest.raises(BadIdentifier, match="division code"):
        Restriction(places=places)


def test_half_a_level_of_a_code_is_not_widened() -> None:
    assert not Restriction(places=("610",)).allows(Use(on=date(2023, 1, 1), codes=("619900",)))
    assert Restriction(places=("610000",)).allows(Use(on=date(2023, 1, 1), codes=("619900",)))


@pytest.mark.parametrize("basis", ["voucher", None, 5])
def test_a_valuation_rests_on_a_basis_that_there_is(basis: Any) -> None:  # noqa: ANN401
    with pytest.raises(Incomplete, match="is no basis"):
        Valuation(basis, YUAN, "invoice 17")


@pytest.mark.parametrize("evidence", [5, None, "\u200b"])
def test_evidence_is_a_text_that_can_be_seen(evidence: Any) -> None:  # noqa: ANN401
    with pytest.raises(Incomplete, match="no evidence is stated"):
        Valuation.voucher(YUAN, evidence)
