"""A checkpoint: a text in one form, that another office countersigns and keeps."""

from __future__ import annotations

from datetime import UTC, date, datetime

import attrs
import pytest

from reliefstock.errors import BadData, BadIdentifier, NotABusinessDate, TextBroken
from reliefstock.journal import Checkpoint, Countersignature, Head, verify
from unit.journal.papers import RECORDS, checkpoint

BODY = """\
reliefstock checkpoint 1
book: 宁陕县红十字会
date: 2024-01-31
records: 13
root: d7d720c1 06da2273 bbcee5c5 4c3840af 9df2f858 4f910023 a931817c db360bb8
head: 72e2d033 49c8cb49 1f916e75 405c1413 d1ec988c 75d1860d d713df94 009de074
check: eb57b80a
"""
SIGNED = f"""\
{BODY}
countersigned: 安康市红十字会
date: 2024-02-02
mark: 安红印 2024-017

countersigned: Provincial office
date: 2024-02-20
mark: seal 5
"""


def signed() -> Checkpoint:
    return (
        checkpoint()
        .countersigned_by("安康市红十字会", "2024-02-02", "安红印 2024-017")
        .countersigned_by("Provincial office", "2024-02-20", "seal 5")
    )


def test_the_text_of_version_1_stays_as_it_is() -> None:
    assert checkpoint().text() == BODY
    assert signed().text() == SIGNED


def test_what_was_written_is_read_back() -> None:
    assert Checkpoint.parse(BODY) == checkpoint()
    assert Checkpoint.parse(SIGNED) == signed()
    assert Checkpoint.parse(SIGNED).countersignatures[1] == Countersignature(
        "Provincial office", "2024-02-20", "seal 5"
    )


def test_countersigning_leaves_what_is_signed_as_it_was() -> None:
    assert signed().body() == checkpoint().body() == BODY
    assert checkpoint().countersignatures == ()


def test_the_chain_is_verified_against_a_checkpoint_that_was_kept() -> None:
    kept = Checkpoint.parse(SIGNED)
    assert kept.chain_head == Head(13, RECORDS[-1].hash)
    assert verify(RECORDS, known=[kept.chain_head]) == kept.chain_head


def test_two_checkpoints_agree_by_whomever_they_are_countersigned() -> None:
    assert signed().agrees_with(checkpoint())
    for what in (
        {"on": date(2024, 3, 1)},
        {"book": "another"},
        {"size": 12},
        {"root": bytes(32)},
        {"head": bytes(32)},
    ):
        assert not signed().agrees_with(attrs.evolve(checkpoint(), **what))


def test_an_empty_book_has_a_checkpoint_too() -> None:
    empty = Checkpoint(book="a", on="2024-01-31", size=0, root=bytes(32), head=bytes(32))
    assert Checkpoint.parse(empty.text()) == empty


def edited(old: str, new: str, text: str = SIGNED) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


BROKEN = [
    ("", 1, "the text ends before it should"),
    ("\n", 1, "the line 'reliefstock checkpoint 1' is due"),
    (edited("checkpoint 1", "checkpoint 2"), 1, "the line 'reliefstock checkpoint 1' is due"),
    ("\ufeff" + BODY, 1, "the line 'reliefstock checkpoint 1' is due"),
    (BODY[:-1], 7, "the last line does not end"),
    (BODY.replace("\n", "\r\n"), 1, "it has carriage returns; save it with plain line breaks"),
    (
        edited("records: 13\n", "records: 13\r\n"),
        4,
        "it has carriage returns; save it with plain line breaks",
    ),
    (BODY[: BODY.index("root")], 5, "the text ends before it should"),
    (edited("book: ", "Book: "), 2, "'book: ' is due"),
    (edited("book: 宁", "book:宁"), 2, "'book: ' is due"),
    (edited("book: 宁陕县红十字会", "book: "), 2, "it is empty, or has a blank at an end"),
    (edited("book: 宁", "book:  宁"), 2, "it is empty, or has a blank at an end"),
    (edited("会\ndate: 2024-01", "会\u2028\ndate: 2024-01"), 2, "it is empty, or has a blank at an end"),
    (edited("宁陕", "宁\u2028陕"), 2, "it has a line break or another control character"),
    (edited("宁陕", "e\u0301"), 2, "its characters are not in the one form of texts (NFC)"),
    (edited("2024-01-31", "2024-01-32"), 3, "a date is due, as YYYY-MM-DD, got '2024-01-32'"),
    (edited("2024-01-31", "20240131"), 3, "a date is due, as YYYY-MM-DD, got '20240131'"),
    (edited("records: 13", "records: 013"), 4, "a whole number is due, got '013'"),
    (edited("records: 13", "records: -1"), 4, "a whole number is due, got '-1'"),
    (edited("records: 13", "records: １３"), 4, "a whole number is due, got '１３'"),
    (edited("records: 13", "records: " + "9" * 20), 4, f"a whole number is due, got '{'9' * 20}'"),
    (edited("records: 13", "records: 14"), 7, "it does not fit what is above: there is a slip in some line"),
    (edited("2024-01-31", "2024-01-30"), 7, "it does not fit what is above: there is a slip in some line"),
    (edited("check: ", "check: 0"), 7, "it does not fit what is above: there is a slip in some line"),
    (BODY + "\n", 9, "the text ends before it should"),
    (BODY + "more\n", 8, "an empty line is due"),
    (edited("\ncountersigned: Prov", "\n\ncountersigned: Prov"), 13, "'countersigned: ' is due"),
    (edited("date: 2024-02-20\n", ""), 14, "'date: ' is due"),
    (edited("mark: seal 5\n", ""), 15, "the text ends before it should"),
]


@pytest.mark.parametrize(("text", "line", "reason"), BROKEN, ids=lambda case: repr(case)[:30])
def test_what_is_not_the_text_of_a_checkpoint_is_refused_and_where(text: str, line: int, reason: str) -> None:
    with pytest.raises(TextBroken) as refused:
        Checkpoint.parse(text)
    assert (refused.value.what, refused.value.line, refused.value.reason) == ("checkpoint", line, reason)


@pytest.mark.parametrize(
    "hash_", ["", "ab" * 32, "g" * 8 + " 00000000" * 7, "0" * 8 + " 0000000" * 7, "A" * 8 + " 00000000" * 7]
)
def test_a_hash_stands_in_eight_groups_of_eight(hash_: str) -> None:
    before, after = BODY[: BODY.index("root: ")], BODY.split("\n", 5)[5]
    with pytest.raises(TextBroken) as refused:
        Checkpoint.parse(f"{before}root: {hash_}\n{after}")
    assert refused.value.line == 5


def test_one_slip_anywhere_is_found() -> None:
    for at, mark in enumerate(BODY):
        for other in "0a: \n宁":
            if other != mark:
                with pytest.raises(TextBroken):
                    Checkpoint.parse(BODY[:at] + other + BODY[at + 1 :])
    assert Checkpoint.parse(BODY) == checkpoint()


@pytest.mark.parametrize(
    "name", ["", " a", "a ", "a\nb", "a\x00", "a\x7fb", "a\ud800b", "a\ufeffb", 5, None], ids=repr
)
def test_a_name_is_a_text_of_one_line(name: object) -> None:
    with pytest.raises(BadIdentifier):
        attrs.evolve(checkpoint(), book=name)
    with pytest.raises(BadIdentifier):
        Countersignature(name, "2024-01-31", "seal 5")  # pyright: ignore[reportArgumentType]
    with pytest.raises(BadIdentifier):
        Countersignature("Ankang", "2024-01-31", name)  # pyright: ignore[reportArgumentType]


def test_a_name_is_kept_in_the_one_form_of_texts() -> None:
    assert attrs.evolve(checkpoint(), book="e\u0301").book == "\u00e9"


@pytest.mark.parametrize(
    ("what", "problem"),
    [
        ({"size": -1}, "a number of records is due @ $.size"),
        ({"size": True}, "a number of records is due @ $.size"),
        ({"size": "1"}, "a number of records is due @ $.size"),
        ({"size": 10**19}, "a number of records is due @ $.size"),
        ({"root": b""}, "a hash of 32 bytes is due @ $.root"),
        ({"root": "0" * 32}, "a hash of 32 bytes is due @ $.root"),
        ({"head": bytes(33)}, "a hash of 32 bytes is due @ $.head"),
    ],
    ids=str,
)
def test_a_checkpoint_has_a_size_and_two_hashes(what: dict[str, object], problem: str) -> None:
    with pytest.raises(BadData) as refused:
        attrs.evolve(checkpoint(), **what)
    assert refused.value.problems == (problem,)


def test_a_checkpoint_is_of_a_day() -> None:
    with pytest.raises(NotABusinessDate):
        attrs.evolve(checkpoint(), on=datetime(2024, 1, 31, tzinfo=UTC))
