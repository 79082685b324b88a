"""Plain data as bytes, in one way only."""

from __future__ import annotations

import re
from collections import OrderedDict
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from reliefstock.errors import BadData, EncodingBroken
from reliefstock.journal import decode, encode, plain_from, text_of
from reliefstock.journal.encoding import DEEPEST, Plain
from reliefstock.ledger import PlaceKind, Ticket
from unit.journal.plain_data import contents, exactly

GOLDEN = Path(__file__).with_name("encoding_version_1.txt")

# The examples of RFC 8949, appendix A, as far as they are of what is kept here; and of RFC 8943.
KNOWN: list[tuple[Any, str]] = [
    (0, "00"),
    (1, "01"),
    (10, "0a"),
    (23, "17"),
    (24, "1818"),
    (25, "1819"),
    (100, "1864"),
    (1000, "1903e8"),
    (1000000, "1a000f4240"),
    (1000000000000, "1b000000e8d4a51000"),
    (18446744073709551615, "1bffffffffffffffff"),
    (18446744073709551616, "c249010000000000000000"),
    (-18446744073709551616, "3bffffffffffffffff"),
    (-18446744073709551617, "c349010000000000000000"),
    (-1, "20"),
    (-10, "29"),
    (-100, "3863"),
    (-1000, "3903e7"),
    (False, "f4"),
    (True, "f5"),
    (None, "f6"),
    (datetime(2013, 3, 21, 20, 4, tzinfo=UTC), "c074323031332d30332d32315432303a30343a30305a"),
    (b"", "40"),
    (bytes.fromhex("01020304"), "4401020304"),
    ("", "60"),
    ("a", "6161"),
    ("IETF", "6449455446"),
    ('"\\', "62225c"),
    ("\u00fc", "62c3bc"),
    ("\u6c34", "63e6b0b4"),
    ("\U00010151", "64f0908591"),
    ((), "80"),
    ((1, 2, 3), "83010203"),
    ((1, (2, 3), (4, 5)), "8301820203820405"),
    (tuple(range(1, 26)), "98190102030405060708090a0b0c0d0e0f101112131415161718181819"),
    ({}, "a0"),
    ({"a": 1, "b": (2, 3)}, "a26161016162820203"),
    (("a", {"b": "c"}), "826161a161626163"),
    ({"a": "A", "b": "B", "c": "C", "d": "D", "e": "E"}, "a56161614161626142616361436164614461656145"),
    (date(1940, 10, 9), "d903ec6a313934302d31302d3039"),
    (Fraction(1, 3), "d81e820103"),
]


@pytest.mark.parametrize(("content", "known"), KNOWN, ids=lambda case: str(case)[:20])
def test_the_examples_of_the_standard_are_written_and_read(content: Plain, known: str) -> None:
    data = bytes.fromhex(f"01{known}")
    assert encode(content) == data
    assert exactly(decode(data)) == exactly(content)


def golden() -> list[tuple[str, str]]:
    blocks = GOLDEN.read_text(encoding="utf-8").split("\n\n")
    return [(data, text.rstrip("\n")) for data, _, text in (block.partition("\n") for block in blocks)]


@pytest.mark.parametrize(("data", "text"), golden(), ids=lambda case: case[:20])
def test_what_version_1_wrote_is_read_for_ever(data: str, text: str) -> None:
    raw = bytes.fromhex(data)
    assert text_of(decode(raw)) == text
    assert encode(plain_from(text)) == raw


def test_there_is_something_of_every_kind_in_what_version_1_wrote() -> None:
    text = GOLDEN.read_text(encoding="utf-8")
    marks = set(re.findall(r'"(\$[a-z]*)":', text))
    assert marks == {"$", "$bytes", "$day", "$hex", "$in", "$instant", "$keys", "$ratio"}


# One form for each content


@given(contents)
def test_what_was_written_is_read_back(content: Plain) -> None:
    assert exactly(decode(encode(content))) == exactly(content)


@given(contents)
def test_what_was_read_is_written_as_it_was(content: Plain) -> None:
    data = encode(content)
    assert encode(decode(data)) == data


@given(contents, contents)
def test_two_contents_never_have_the_same_bytes(one: Plain, other: Plain) -> None:
    assert (encode(one) == encode(other)) == (exactly(one) == exactly(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, True),
        (0, False),
        (1, Fraction(1)),
        ("1", 1),
        ("a", b"a"),
        ((), {}),
        ("", None),
        (("ab", "c"), ("a", "bc")),
        (((1,), 2), ((1, 2),)),
        (date(2023, 1, 14), "2023-01-14"),
        (datetime(2023, 1, 14, tzinfo=UTC), date(2023, 1, 14)),
        ("\u00e9", "e\u0301"),
    ],
    ids=str,
)
def test_what_only_looks_the_same_has_other_bytes(one: Plain, other: Plain) -> None:
    assert encode(one) != encode(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"b": 1, "a": 2}, {"a": 2, "b": 1}),
        ([1, [2]], (1, (2,))),
        (OrderedDict(a=1), {"a": 1}),
        (MappingProxyType({"a": 1}), {"a": 1}),
        (
            datetime(2023, 1, 14, 8, tzinfo=timezone(timedelta(hours=8))),
            datetime(2023, 1, 14, tzinfo=UTC),
        ),
        (Fraction(2, 6), Fraction(1, 3)),
        ({str(at): at for at in range(100)}, {str(at): at for at in reversed(range(100))}),
    ],
    ids=lambda case: str(case)[:30],
)
def test_the_same_content_has_the_same_bytes_however_it_was_given(one: Plain, other: Plain) -> None:
    assert encode(one) == encode(other)


@given(contents, st.integers(1, 255))
def test_no_single_byte_can_be_changed_and_the_content_stay(content: Plain, mask: int) -> None:
    data = encode(content)
    for at in range(len(data)):
        changed = bytearray(data)
        changed[at] ^= mask
        assert_another_or_none(bytes(changed), content)


def test_every_change_of_every_byte_of_a_record_makes_another_or_none() -> None:
    content = ("Posting lot", 300, date(2023, 1, 14), Fraction(1, 3), {"a": "\u6c34", "b": -2}, b"\x00", None)
    data = encode(content)
    for at, byte in enumerate(data):
        for other in set(range(256)) - {byte}:
            assert_another_or_none(data[:at] + bytes((other,)) + data[at + 1 :], content)


@given(contents)
def test_no_end_can_be_cut_off_and_nothing_added(content: Plain) -> None:
    data = encode(content)
    for size in range(len(data)):
        with pytest.raises(EncodingBroken) as refused:
            decode(data[:size])
        assert refused.value.offset <= size
    assert_another_or_none(data + b"\x00", content)


def read_or_refused(data: bytes) -> Plain | EncodingBroken:
    try:
        return decode(data)
    except EncodingBroken as refused:
        return refused


def assert_another_or_none(data: bytes, content: Plain) -> None:
    found = read_or_refused(data)
    if isinstance(found, EncodingBroken):
        assert 0 <= found.offset <= len(data)
    else:
        assert exactly(found) != exactly(content)
        assert encode(found) == data


heads = st.sampled_from(
    ("d903ec6a", "c0", "c2", "c3", "d81e82", "a1", "a2", "82", "60", "61", "78", "f6", "19")
)


@given(st.lists(heads.map(bytes.fromhex) | st.binary(min_size=1, max_size=3), max_size=12).map(b"".join))
@example(bytes.fromhex("a2616101616101"))
@example(bytes.fromhex("d81ed81e820101"))
def test_any_bytes_are_the_one_form_of_something_or_are_refused(tail: bytes) -> None:
    data = b"\x01" + tail
    found = read_or_refused(data)
    if isinstance(found, EncodingBroken):
        assert 0 <= found.offset <= len(data)
    else:
        assert encode(found) == data


@given(st.binary(max_size=40))
def test_noise_is_refused_by_a_typed_error_and_by_no_other(noise: bytes) -> None:
    assume(noise[:1] != b"\x01")
    with pytest.raises(EncodingBroken) as refused:
        decode(noise)
    assert refused.value.offset == 0


# What is refused

REFUSED = [
    ("", 0, "there is nothing"),
    ("00", 0, "it is of version 0, and this release reads version 1"),
    ("02f6", 0, "it is of version 2, and this release reads version 1"),
    ("01", 1, "it is cut off here"),
    ("01f6f6", 2, "there is more behind the end"),
    ("011817", 1, "it has a longer head than it needs"),
    ("01190017", 1, "it has a longer head than it needs"),
    ("011900ff", 1, "it has a longer head than it needs"),
    ("011a0000ffff", 1, "it has a longer head than it needs"),
    ("011b00000000ffffffff", 1, "it has a longer head than it needs"),
    ("01381700", 1, "it has a longer head than it needs"),
    ("017801" + "61", 1, "it has a longer head than it needs"),
    ("019800", 1, "it has a longer head than it needs"),
    ("015800", 1, "it has a longer head than it needs"),
    ("01b800", 1, "it has a longer head than it needs"),
    ("01d800f6", 1, "it has a longer head than it needs"),
    ("0118", 2, "it is cut off here"),
    ("0119ff", 3, "it is cut off here"),
    ("011aff", 3, "it is cut off here"),
    ("0162" + "61", 3, "it is cut off here"),
    ("0163e6b0", 4, "it is cut off here"),
    ("0178" + "1e" + "61" * 29, 32, "it is cut off here"),
    ("017bffffffffffffffff", 10, "it is cut off here"),
    ("0142" + "61", 3, "it is cut off here"),
    ("018201", 3, "it is cut off here"),
    ("019bffffffffffffffff01", 11, "it is cut off here"),
    ("01bbffffffffffffffff", 10, "it is cut off here"),
    ("0161ff", 1, "it is no text in UTF-8"),
    ("0162c080", 1, "it is no text in UTF-8"),
    ("0163eda080", 1, "it is no text in UTF-8"),
    ("0164f4908080", 1, "it is no text in UTF-8"),
    ("0182" + "01" + "61ff", 3, "it is no text in UTF-8"),
    ("011c", 1, "nothing begins with the byte 1c"),
    ("015f", 1, "nothing begins with the byte 5f"),
    ("017f", 1, "nothing begins with the byte 7f"),
    ("019fff", 1, "nothing begins with the byte 9f"),
    ("01bfff", 1, "nothing begins with the byte bf"),
    ("01f7", 1, "nothing begins with the byte f7"),
    ("01f93e00", 1, "nothing begins with the byte f9"),
    ("01fb3ff199999999999a", 1, "nothing begins with the byte fb"),
    ("01ff", 1, "nothing begins with the byte ff"),
    ("01a10101", 1, "a key is no text"),
    ("01a1a001", 1, "a key is no text"),
    ("01a2616201616101", 1, "its keys are not in their order, each of them once"),
    ("01a2616101616102", 1, "its keys are not in their order, each of them once"),
    ("01a2626161016162" + "01", 1, "its keys are not in their order, each of them once"),
    ("01c1" + "00", 1, "tag 1 is not in use, or not before this"),
    ("01d903ec69323032332d30312d31", 1, "tag 1004 is not in use, or not before this"),
    ("01d903ec01", 1, "tag 1004 is not in use, or not before this"),
    ("01d903ec6a323032332d30312d33", 14, "it is cut off here"),
    ("01d903ec6a323032332d30322d3330", 1, "there is no such day"),
    ("01d903ec6a323032332d5730312d31", 1, "there is no such day"),
    ("01d903ec6a3230323330313134" + "2020", 1, "there is no such day"),
    ("01d903ec6a" + "e6b0b4" * 3 + "61", 1, "there is no such day"),
    ("01c001", 2, "the text of an instant is due"),
    ("01c07f", 2, "the text of an instant is due"),
    ("01c0" + "7832303133", 7, "it is cut off here"),
    ("01c074323031332d30332d32315432303a30343a30", 21, "it is cut off here"),
    ("01c074323031332d30332d33325432303a30343a30305a", 2, "there is no such instant"),
    ("01c074323031332d30332d32315432343a30303a30305a", 2, "there is no such instant"),
    ("01c074323031332d30332d32312032303a30343a30305a", 2, "there is no such instant"),
    ("01c0781b323031332d30332d32315432303a30343a30302e3030303030305a", 2, "there is no such instant"),
    ("01c201", 2, "the bytes of a number is due"),
    ("01c249010000000000000000"[:-2], 11, "it is cut off here"),
    ("01c248ffffffffffffffff", 2, "it has a longer form than it needs"),
    ("01c24900ffffffffffffffff", 2, "it has a longer form than it needs"),
    ("01c34900ffffffffffffffff", 2, "it has a longer form than it needs"),
    ("01d81e01", 3, "the two parts of a ratio are due"),
    ("01d81e83010203", 3, "the two parts of a ratio are due"),
    ("01d81e82f601", 4, "the two parts of a ratio are numbers"),
    ("01d81e82d81e820101", 4, "the two parts of a ratio are numbers"),
    ("01d81e820100", 3, "a ratio is in lowest terms, with a denominator above zero"),
    ("01d81e820120", 3, "a ratio is in lowest terms, with a denominator above zero"),
    ("01d81e820204", 3, "a ratio is in lowest terms, with a denominator above zero"),
    ("01d81e820002", 3, "a ratio is in lowest terms, with a denominator above zero"),
    ("01" + "81" * 65 + "00", 66, "more than 64 lists are in one another"),
    ("01" + "9818" * 65, 131, "more than 64 lists are in one another"),
]


@pytest.mark.parametrize(("data", "offset", "reason"), REFUSED, ids=str)
def test_what_is_not_the_one_form_of_anything_is_refused_and_where(
    data: str, offset: int, reason: str
) -> None:
    with pytest.raises(EncodingBroken) as refused:
        decode(bytes.fromhex(data))
    assert (refused.value.offset, refused.value.reason) == (offset, reason)


@pytest.mark.parametrize("given", ["text", bytearray(b"\x01\xf6"), None], ids=str)
def test_only_bytes_are_read(given: bytes) -> None:
    with pytest.raises(EncodingBroken, match="bytes are due"):
        decode(given)


class Code(str):
    """A text of another type."""

    __slots__ = ()


HALF = "it has half of a surrogate pair, which cannot be written down"
UNFIT: list[tuple[Any, list[str]]] = [
    (0.5, ["a float is no plain data @ $"]),
    (Decimal(1), ["a Decimal is no plain data @ $"]),
    ({1}, ["a set is no plain data @ $"]),
    (bytearray(b"a"), ["a bytearray is no plain data @ $"]),
    (Code("a"), ["a Code is no plain data @ $"]),
    (PlaceKind.FUND, ["a PlaceKind is no plain data @ $"]),
    (Ticket(date.max, True, date.min, 1, "L"), ["a Ticket is no plain data @ $"]),
    ("\ud800", [f"{HALF} @ $"]),
    (datetime(2023, 1, 14), ["an instant has a time zone @ $"]),
    (
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=8))),
        ["in UTC it is not in the years 1 to 9999 @ $"],
    ),
    ({1: 1}, ["a key is a text, and not int @ $"]),
    ({"a": 1, 1: 1}, ["a key is a text, and not int @ $"]),
    ({Code("a"): 1}, ["a key is a text, and not Code @ $"]),
    ({"\ud800": 1}, ["a key has half of a surrogate pair, which cannot be written down @ $"]),
    (
        {"lines": [{"on": 1.5}, "\udfff"], "by": {2}},
        ["a float is no plain data @ $.lines[0].on", f"{HALF} @ $.lines[1]", "a set is no plain data @ $.by"],
    ),
]


@pytest.mark.parametrize(("content", "problems"), UNFIT, ids=lambda case: repr(case)[:40])
def test_what_is_no_plain_data_is_refused_with_all_that_is_wrong(content: Plain, problems: list[str]) -> None:
    with pytest.raises(BadData) as refused:
        encode(content)
    assert (refused.value.what, list(refused.value.problems)) == ("record", problems)


def nested(depth: int, content: Plain) -> Plain:
    for _ in range(depth):
        content = [content]
    return content


@pytest.mark.parametrize(
    "inmost", ["quilt", Fraction(1, 2**70), -(2**70), date(2023, 1, 14), {}, ()], ids=str
)
def test_as_many_lists_are_in_one_another_as_are_read(inmost: Plain) -> None:
    depth = DEEPEST - 1 if inmost in ({}, ()) else DEEPEST
    deepest = nested(depth, inmost)
    assert exactly(decode(encode(deepest))) == exactly(deepest)
    with pytest.raises(BadData, match="more than 64 lists are in one another @ "):
        encode({"a": nested(depth, inmost)})


def test_a_list_that_is_in_itself_is_refused() -> None:
    itself: list[Any] = []
    itself += [itself, itself]
    with pytest.raises(BadData) as refused:
        encode(itself)
    assert len(refused.value.problems) == 20
