"""Who gives, passes on and receives."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from reliefstock import DatedCode, Donor, Fund, Household, Project, School, Society, Supplier, Warehouse
from reliefstock.errors import BadIdentifier, Incomplete, NotExact, NotPositive, ReliefstockError
from reliefstock.parties import Named, covers, stem


@pytest.mark.parametrize(
    ("scope", "code", "inside"),
    [
        ("610000", "610923", True),
        ("610900", "610900", True),
        ("610900", "610923", True),
        ("610900", "611023", False),
        ("610900", "610000", False),
        ("610923", "610923101", True),
        ("610923", "610923100000", True),
        ("610923", "610900", False),
        ("610923", "610924", False),
        ("610923100", "610923100", True),
        ("610923100", "610923100201", True),
        ("610923100", "610923101", False),
        ("610923100", "610923110", False),
        ("610923100000", "610923100201", True),
        ("610923100000", "610923101201", False),
        ("610923000000", "610923101201", True),
        ("61", "610923", True),
        ("6109", "610923", True),
        ("00", "000000", True),
        ("", "610923", False),
        ("610923", "", False),
        ("NP03", "NP0301", True),
        ("NP0300", "NP0301", False),
        ("NP0300", "NP030001", True),
    ],
)
def test_a_division_covers_what_lies_in_it_and_nothing_beside_it(scope: str, code: str, inside: bool) -> None:
    assert covers(scope, code) is inside


@pytest.mark.parametrize(
    ("code", "shared"),
    [
        ("610000", "61"),
        ("610900", "6109"),
        ("610900000", "6109"),
        ("000000", "00"),
        ("P100", "P100"),
        ("", ""),
    ],
)
def test_a_level_of_zeros_says_all_below(code: str, shared: str) -> None:
    assert stem(code) == shared


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: Household("H-1", size=0), NotPositive),
        (lambda: Household("H-1", size=-1), NotPositive),
        (lambda: Household("H-1", size=2.5), NotExact),  # pyright: ignore[reportArgumentType]
        (lambda: Household("H-1", size=True), NotExact),
        (lambda: Household(""), BadIdentifier),
        (lambda: Household("H-1", groups="school"), Incomplete),
        (lambda: Household("H-1", division="6109-23"), BadIdentifier),
        (lambda: Household("H-1", division="汉滨区"), BadIdentifier),
        (lambda: School("s", zh="校", enrolment=0), NotPositive),
        (lambda: School("s", zh="校", groups="school"), Incomplete),
        (lambda: Society("s", zh="会", codes=DatedCode("610928")), Incomplete),  # pyright: ignore[reportArgumentType]
        (lambda: Warehouse("w", zh="库", division="61 09"), BadIdentifier),
        (lambda: Project("p", zh="项目", places="610928"), Incomplete),
        (lambda: DatedCode("610928 "), BadIdentifier),
        (lambda: DatedCode("610928", date(2021, 2, 2), until=date(2021, 2, 1)), Incomplete),
        (lambda: Donor("a/b", zh="某人"), BadIdentifier),
    ],
)
def test_a_party_that_cannot_be_is_refused(make: Any, error: type[ReliefstockError]) -> None:  # noqa: ANN401
    with pytest.raises(error):
        make()


def test_what_nobody_noted_is_not_known() -> None:
    assert (Household("H-1").size, School("s", zh="校").enrolment) == (None, None)
    assert (Household("H-1", size=1).size, School("s", zh="校", enrolment=300).enrolment) == (1, 300)


@pytest.mark.parametrize("kind", [Donor, Society, Supplier, School, Warehouse, Fund, Project])
def test_a_missing_english_name_falls_back_to_the_chinese_one(kind: type[Named]) -> None:
    named, unnamed = kind("x", zh="名称", en="Name"), kind("x", zh="名称")
    assert (named.name(), named.name("zh"), unnamed.name("en")) == ("Name", "名称", "名称")


@pytest.mark.parametrize(
    ("on", "valid"),
    [("2021-02-01", False), ("2021-02-02", True), ("2022-12-31", True), ("2023-01-01", False)],
)
def test_a_code_is_valid_between_its_dates_both_included(on: str, valid: bool) -> None:
    code = DatedCode("610981", date(2021, 2, 2), until=date(2022, 12, 31))
    assert code.valid(date.fromisoformat(on)) is valid
    assert DatedCode("610981").valid(date.fromisoformat(on))


def test_a_society_has_one_code_a_day_and_keeps_the_old_ones() -> None:
    old, new = DatedCode("610928", until=date(2021, 2, 1)), DatedCode("610981", date(2021, 2, 2))
    society = Society("xunyang", zh="旬阳市红十字会", codes=[old, new])
    assert society.code_on(date(2021, 2, 1)) == "610928"
    assert society.code_on(date(2021, 2, 2)) == "610981"
    assert society.all_codes == ("610928", "610981")
    assert Society("s", zh="会").code_on(date(2021, 2, 2)) is None


def test_the_dates_of_a_code_may_be_texts() -> None:
    assert DatedCode("610900", "2020-01-01", until="2021-01-01").until == date(2021, 1, 1)  # pyright: ignore[reportArgumentType]
