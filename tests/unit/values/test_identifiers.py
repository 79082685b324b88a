"""Ids that look the same are the same; what cannot be seen or joined is refused."""

from __future__ import annotations

import pytest

from reliefstock.errors import BadIdentifier
from reliefstock.values.identifiers import identifier, near, one_form, spelled, texts


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("DN-2023-0001", "DN-2023-0001"),
        ("汉滨区红十字会 1号库", "汉滨区红十字会 1号库"),
        ("cafe\N{COMBINING ACUTE ACCENT}", "café"),
        ("EQ-2015-000048-NPL", "EQ-2015-000048-NPL"),
        ("x", "x"),
        ("库" * 64, "库" * 64),
        ("e\N{COMBINING ACUTE ACCENT}" * 64, "é" * 64),
        ("赈济箱(家庭包)#3,甲", "赈济箱(家庭包)#3,甲"),
    ],
)
def test_an_id_is_kept_in_its_one_unicode_form(given: str, kept: str) -> None:
    assert identifier(given, "donation") == kept


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("", "it is empty"),
        ("x" * 65, "it has 65 characters, 64 are allowed"),
        (" x", "it begins or ends with a space"),
        ("x ", "it begins or ends with a space"),
        ("x\n", "it begins or ends with a space"),
        ("x\N{IDEOGRAPHIC SPACE}", "it begins or ends with a space"),
        ("   ", "it begins or ends with a space"),
        ("a:b", "character 2 is the reserved mark ':'"),
        ("a/b", "character 2 is the reserved mark '/'"),
        ("a|b", "character 2 is the reserved mark '|'"),
        ("a\tb", "character 2 is a control character"),
        ("a\x00b", "character 2 is a control character"),
        ("a\N{ZERO WIDTH SPACE}b", "character 2 is an invisible format character"),
        ("a\N{RIGHT-TO-LEFT OVERRIDE}b", "character 2 is an invisible format character"),
        ("a\N{LINE SEPARATOR}b", "character 2 is a line separator"),
        ("a\N{PARAGRAPH SEPARATOR}b", "character 2 is a paragraph separator"),
        ("ab\ue000", "character 3 is a private-use character"),
        ("ab\ud800", "character 3 is half of a surrogate pair"),
        ("ab\U000e0fff", "character 3 is an unassigned character"),
        ("a\N{NO-BREAK SPACE}b", "character 2 is a space that is not the plain one"),
        ("a\N{IDEOGRAPHIC SPACE}b", "character 2 is a space that is not the plain one"),
        (None, "it must be a text, not NoneType"),
        (610902, "it must be a text, not int"),
        (b"x", "it must be a text, not bytes"),
    ],
)
def test_an_id_that_cannot_be_told_on_paper_is_refused(given: object, reason: str) -> None:
    with pytest.raises(BadIdentifier) as refused:
        identifier(given, "warehouse")
    assert (refused.value.what, refused.value.given) == ("warehouse", given)
    assert refused.value.reason == reason


KNOWN = ["blanket", "BLANKETS-L", "quilt", "blanket", "tent", "棉被", "棉大衣"]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("blankets", ("blanket", "BLANKETS-L")),
        ("QUILT", ("quilt",)),
        ("棉被子", ("棉被",)),
        ("generator", ()),
        ("", ()),
    ],
)
def test_ids_that_look_alike_are_offered_the_likest_first(given: str, found: tuple[str, ...]) -> None:
    assert near(given, KNOWN) == found


@pytest.mark.parametrize("given", [None, 17, b"quilt", 1.5, ["quilt"]])
def test_what_is_no_text_looks_like_no_id(given: object) -> None:
    assert near(given, KNOWN) == ()


def test_the_order_of_what_is_known_does_not_matter() -> None:
    known = ["depot-1", "depot-2", "depot-3", "Depot-3", "depot-4"]
    assert near("depot", known) == near("depot", reversed(known))
    assert len(near("depot", known)) == 3


@pytest.mark.parametrize(("limit", "count"), [(-1, 0), (0, 0), (1, 1), (9, 4)])
def test_no_more_ids_are_offered_than_asked_for(limit: int, count: int) -> None:
    assert len(near("depot", ["depot-1", "depot-2", "DEPOT-2", "depot-3"], limit)) == count


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("GRN-000002", ()),
        ("GRN-1", ("GRN-000001",)),
        ("GRM-000001", ("GRN-000001", "GRN-000003")),
    ],
)
def test_another_number_is_another_thing_and_no_hint(given: str, found: tuple[str, ...]) -> None:
    assert near(given, ["GRN-000001", "GRN-000003"]) == found


def test_a_text_is_kept_in_one_form_and_nothing_else_is_a_text() -> None:
    assert one_form("cafe\N{COMBINING ACUTE ACCENT}") == "café"
    assert texts(["cafe\N{COMBINING ACUTE ACCENT}", " b"]) == ("café", " b")
    for wrong in (5, None, ["a"], "a\ud800"):
        with pytest.raises(BadIdentifier):
            one_form(wrong)


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("Ａ甲", "a甲"),
        (" a\u3000b\t", "ab"),
        ("\u200b\u2060\ufeff", ""),
        ("\u3164\u2800", ""),
        ("甲\ufe0f", "甲"),
    ],
)
def test_of_a_name_counts_what_a_reader_sees(name: str, seen: str) -> None:
    assert spelled(name) == seen
