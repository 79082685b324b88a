"""The words of the reports: each in both languages, and none missing."""

from __future__ import annotations

import re
from enum import Enum

import pytest

from reliefstock import Basis, LossReason, PlaceKind, ReceiptForm, Side, Stage, State
from reliefstock.errors import Incomplete, Unknown
from reliefstock.reconciliation import By, RelationKind, Verdict
from reliefstock.reports import WORDS, Word, listed, word

ENUMS = [
    ("place", PlaceKind),
    ("side", Side),
    ("group", By),
    ("reason", LossReason),
    ("stage", Stage),
    ("basis", Basis),
    ("receipt", ReceiptForm),
    ("verdict", Verdict),
    ("relation", RelationKind),
    ("state", State),
]


@pytest.mark.parametrize(("key", "said"), WORDS.items(), ids=list(WORDS))
def test_each_word_is_said_in_both_languages(key: str, said: Word) -> None:
    assert said.zh.strip()
    assert said.en.strip()
    assert set(re.findall(r"{\w+}", said.zh)) == set(re.findall(r"{\w+}", said.en))


@pytest.mark.parametrize(("kind", "enum"), ENUMS, ids=[kind for kind, _ in ENUMS])
def test_nothing_that_a_report_tells_of_is_without_its_word(kind: str, enum: type[Enum]) -> None:
    assert [one.value for one in enum if f"{kind}.{one.value}" not in WORDS] == []


def test_a_word_is_filled_in() -> None:
    assert word("said.excess", "zh", amount="5件") == "账中多5件"
    assert word("said.excess", amount="5 piece") == "the book has 5 piece more"


def test_several_names_are_listed_as_the_language_does() -> None:
    assert (listed(["A", "B"], "zh"), listed(["A", "B"]), listed([])) == ("A、B", "A, B", "")


def test_a_word_that_there_is_not_is_refused_with_the_nearest() -> None:
    with pytest.raises(Unknown) as refused:
        word("side.given")
    assert "side.given out" in refused.value.near


def test_a_language_that_there_is_not_is_refused() -> None:
    with pytest.raises(Incomplete):
        word("side.given out", "fr")  # pyright: ignore[reportArgumentType]
