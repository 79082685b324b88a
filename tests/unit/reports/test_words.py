"""The words of the reports: each in both languages, and none missing."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import Path

import pytest

import reliefstock
from reliefstock import Basis, LossReason, PlaceKind, ReceiptForm, RecoveryKind, Side, Stage, State
from reliefstock.errors import Incomplete, Unknown
from reliefstock.reconciliation import By, RelationKind, Verdict
from reliefstock.reports import WORDS, Word, listed, word

ENUMS = [
    ("place", PlaceKind),
    ("side", Side),
    ("group", By),
    ("reason", LossReason),
    ("recovery", RecoveryKind),
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


def test_every_code_of_a_finding_has_its_label() -> None:
    package = Path(reliefstock.__file__).parent
    modules = (path for path in sorted(package.rglob("*.py")) if "audit" not in path.parts)  # it has its own
    text = "\n".join(path.read_text(encoding="utf-8") for path in modules)
    codes = set(re.findall(r'\bcode="([a-z]+(?:-[a-z]+)*)"', text))
    codes |= set(re.findall(r'_note\(\s*"([a-z-]+)"', text))
    assert {"cut-off", "day-not-stated"} <= codes
    assert [code for code in sorted(codes) if f"code.{code}" not in WORDS and "Finding" not in code] == []


@pytest.mark.parametrize("verdict", [Verdict.CONTRADICTED, Verdict.WITHOUT_SOURCE])
def test_every_verdict_that_is_a_finding_has_its_label(verdict: Verdict) -> None:
    assert f"code.claim-{verdict.value.replace(' a ', ' ').replace(' ', '-')}" in WORDS


@pytest.mark.parametrize("missing", ["amount", "exact amount", "unit", "quantity", "amount of each"])
def test_what_a_row_may_leave_open_has_its_word(missing: str) -> None:
    assert f"missing.{missing}" in WORDS


@pytest.mark.parametrize(("kind", "enum"), ENUMS, ids=[kind for kind, _ in ENUMS])
def test_nothing_that_a_report_tells_of_is_without_its_word(kind: str, enum: type[Enum]) -> None:
    assert [one.value for one in enum if f"{kind}.{one.value}" not in WORDS] == []


def test_a_word_is_filled_in() -> None:
    assert word("said.excess", "zh", amount="5件") == "账面多5件"
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
