"""A receipt: what a book recorded of a donation, proven to somebody who has nothing but two texts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import attrs
import pytest

from reliefstock.errors import BadData, BadIdentifier, EncodingBroken, Incomplete, ProofBroken, TextBroken
from reliefstock.journal import (
    ProvenRecord,
    Receipt,
    check_receipt,
    encode,
    follow,
    plain_from,
    text_of,
)
from unit.journal.papers import BOOK, RECORDS, TREE, checkpoint

GOLDEN = Path(__file__).with_name("receipt_version_1.txt").read_text(encoding="utf-8")


def receipt(*numbers: int, size: int = 13) -> Receipt:
    shown = [BOOK[number] for number in numbers]
    return Receipt.drawn(checkpoint(size), "PL-000001", shown, TREE)


def test_the_text_of_version_1_stays_as_it_is() -> None:
    assert receipt(2, 7, 13).text() == GOLDEN


def test_a_receipt_is_checked_without_the_book() -> None:
    found = check_receipt(GOLDEN, checkpoint().countersigned_by("Ankang", "2024-02-02", "seal 5"))
    assert (found.about, found.checkpoint) == ("PL-000001", checkpoint())
    assert [one.record for one in found.records] == [BOOK[2], BOOK[7], BOOK[13]]
    assert found.records[0].content == (
        "Movement number lot units on note",
        2,
        "GRN-000002-1",
        200,
        date(2024, 1, 2),
        "a" * 40,
    )


@pytest.mark.parametrize("size", [1, 2, 5, 8, 13])
def test_every_record_can_be_shown_at_every_checkpoint(size: int) -> None:
    text = receipt(*range(1, size + 1), size=size).text()
    assert [one.record for one in check_receipt(text, checkpoint(size)).records] == RECORDS[:size]


def test_a_receipt_may_show_nothing() -> None:
    assert check_receipt(receipt().text()).records == ()


def refused(text: str, size: int = 13) -> ProofBroken:
    with pytest.raises(ProofBroken) as broken:
        check_receipt(text, checkpoint(size))
    return broken.value


def test_a_receipt_of_another_checkpoint_proves_nothing_of_this_one() -> None:
    assert check_receipt(receipt(2, size=8).text()).checkpoint == checkpoint(8)
    broken = refused(receipt(2, size=8).text())
    assert (broken.what, broken.reason) == (
        "the receipt about PL-000001",
        "it is not of the checkpoint that is given",
    )


def forged(**what: object) -> str:
    """The second of three records with something else in it, in a text without a slip."""
    given = receipt(2, 7, 13)
    one = given.records[1]
    other = ProvenRecord(one.record._replace(**what), one.path)
    return attrs.evolve(given, records=(given.records[0], other, given.records[2])).text()


@pytest.mark.parametrize(
    "what", [{"payload": encode("more")}, {"previous": bytes(32)}, {"number": 6}, {"number": 8}], ids=str
)
def test_a_record_that_was_changed_is_not_proven(what: dict[str, object]) -> None:
    broken = refused(forged(**what))
    assert broken.what == f"record {what.get('number', 7)} of 宁陕县红十字会"
    assert broken.reason == "its path does not lead to the root"


def test_a_path_that_was_changed_does_not_prove() -> None:
    given = receipt(7)
    path = given.records[0].path
    for other in (path[1:], (*path, bytes(32)), (bytes(32), *path[1:]), ()):
        text = attrs.evolve(given, records=[ProvenRecord(BOOK[7], other)]).text()
        assert refused(text).what == "record 7 of 宁陕县红十字会"


def test_what_people_read_is_what_is_proven() -> None:
    """Whoever changes a figure in the text changes the bytes that are hashed."""
    shown = GOLDEN.replace('"units": 700', '"units": 900')
    with pytest.raises(TextBroken, match="there is a slip in some line"):
        check_receipt(shown)
    assert shown != GOLDEN
    assert plain_from(text_of(("Movement units", 900))) == ("Movement units", 900)


BROKEN = [
    ("", 1, "the text ends before it should"),
    (GOLDEN.replace("receipt 1", "receipt 2"), 1, "the line 'reliefstock receipt 1' is due"),
    (GOLDEN.replace("about: PL-000001", "about: "), 7, "it is empty, or has a blank at an end"),
    (GOLDEN.replace("shown: 3", "shown: 2"), 44, "'check: ' is due"),
    (GOLDEN.replace("shown: 3", "shown: 4"), 59, "'record: ' is due"),
    (GOLDEN.replace("content:", "contents:", 1), 12, "the line 'content:' is due"),
    (GOLDEN.replace('  {\n   "$"', '{\n   "$"', 1), 13, "an indented line is due"),
    (GOLDEN.replace('   "number": 2,', '   "number":  2,'), 15, "it would be written in another way"),
    (GOLDEN.replace('   "number": 2,', '   "number": ,'), 15, "it is no JSON from here on"),
    (GOLDEN.replace("path: 4", "path: 5", 1), 26, "an indented line is due"),
    (GOLDEN.replace("path: 4", "path: 3", 1), 25, "an empty line is due"),
    (
        GOLDEN.replace("\ncheck: ", "\ncheck: 0"),
        59,
        "it does not fit what is above: there is a slip in some line",
    ),
    (GOLDEN + "\n", 60, "there is more than is due"),
]


@pytest.mark.parametrize(("text", "line", "reason"), BROKEN, ids=lambda case: repr(case)[-40:])
def test_what_is_not_the_text_of_a_receipt_is_refused_and_where(text: str, line: int, reason: str) -> None:
    assert text != GOLDEN
    with pytest.raises(TextBroken) as broken:
        Receipt.parse(text)
    assert (broken.value.what, broken.value.line, broken.value.reason) == ("receipt", line, reason)


@pytest.mark.parametrize("numbers", [(7, 2), (2, 2), (13, 14), (0, 1)], ids=str)
def test_records_stand_in_their_order_each_of_them_once(numbers: tuple[int, int]) -> None:
    shown = [ProvenRecord(BOOK[7]._replace(number=number), ()) for number in numbers]
    with pytest.raises(BadData, match="its records are not in their order"):
        attrs.evolve(receipt(), records=shown)


def test_a_text_with_records_out_of_their_order_is_refused() -> None:
    text = receipt(2, 7).text()
    checked = text[: text.rindex("check: ")].replace("record: 7", "record: 1")
    from reliefstock.journal._slip import check_of

    with pytest.raises(TextBroken, match="its records are not in their order"):
        Receipt.parse(f"{checked}check: {check_of(checked)}\n")


def test_what_is_about_nothing_is_no_receipt() -> None:
    with pytest.raises(BadIdentifier):
        attrs.evolve(receipt(), about=" ")


def test_a_book_that_is_shorter_than_the_checkpoint_has_no_receipt() -> None:
    longer = attrs.evolve(checkpoint(), size=14)
    with pytest.raises(Incomplete):
        Receipt.drawn(longer, "PL-000001", [BOOK[2]], TREE)


def test_a_payload_that_says_nothing_cannot_be_shown() -> None:
    record = follow(BOOK[1].head, b"opened")
    with pytest.raises(EncodingBroken):
        attrs.evolve(receipt(), records=[ProvenRecord(record, ())]).text()
