"""Plain data as text that people can read and type in, in one way only."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefstock.errors import BadData, TextBroken
from reliefstock.journal import Plain, decode, encode, plain_from, text_of
from unit.journal.plain_data import contents, exactly


@given(contents)
def test_what_was_written_is_read_back(content: Plain) -> None:
    text = text_of(content)
    assert exactly(plain_from(text)) == exactly(content)
    assert encode(plain_from(text)) == encode(content)


@given(contents, contents)
def test_two_contents_never_have_the_same_text(one: Plain, other: Plain) -> None:
    assert (text_of(one) == text_of(other)) == (encode(one) == encode(other))


@given(contents)
def test_anybody_can_read_it_as_json(content: Plain) -> None:
    assert json.dumps(json.loads(text_of(content)))


SHOWN: list[tuple[Plain, str]] = [
    (None, "null"),
    ("棉被", '"棉被"'),
    (-5, "-5"),
    (10**36 - 1, "9" * 36),
    (10**36, '{"$hex": "c097ce7bc90715b34b9f1000000000"}'),
    (-(2**256), f'{{"$hex": "-1{"0" * 64}"}}'),
    (-(2**4096), f'{{\n "$hex": "-1{"0" * 1024}"\n}}'),
    (date(2023, 1, 14), '{"$day": "2023-01-14"}'),
    (datetime(2023, 1, 14, 4, 5, 6, 7, tzinfo=UTC), '{"$instant": "2023-01-14T04:05:06.000007Z"}'),
    (Fraction(-1, 3), '{"$ratio": [-1, 3]}'),
    (Fraction(1, 10**36), '{"$ratio": [1, {"$hex": "c097ce7bc90715b34b9f1000000000"}]}'),
    (b"\x00\xff", '{"$bytes": "00ff"}'),
    (b"", '{"$bytes": ""}'),
    (encode([1, None]), '{"$in": [1, null]}'),
    ((), "[]"),
    ({}, "{}"),
    (("Place kind id", "fund", "general"), '{"$": "Place", "kind": "fund", "id": "general"}'),
    (("Place kind id", "fund"), '["Place kind id", "fund"]'),
    (("Place kind kind", "fund", "fund"), '["Place kind kind", "fund", "fund"]'),
    (("Place", "fund"), '["Place", "fund"]'),
    (("place kind", "fund"), '["place kind", "fund"]'),
    ((("Place kind", "fund"), 1), '[{"$": "Place", "kind": "fund"}, 1]'),
    ({"on": date(2023, 1, 14)}, '{"on": {"$day": "2023-01-14"}}'),
    ({"$day": "2023-01-14"}, '{"$keys": {"$day": "2023-01-14"}}'),
    ({"$": "Place"}, '{"$keys": {"$": "Place"}}'),
    ({"$keys": {"a": 1}}, '{"$keys": {"$keys": {"a": 1}}}'),
]


@pytest.mark.parametrize(("content", "text"), SHOWN, ids=lambda case: str(case)[:40])
def test_each_kind_of_content_has_its_text(content: Plain, text: str) -> None:
    assert text_of(content) == text
    assert encode(plain_from(text)) == encode(content)


def test_what_is_too_long_for_a_line_is_broken_an_item_a_line() -> None:
    content = {
        "by": "keeper",
        "lines": tuple(("Line lot units", f"GRN-{at:06d}", at) for at in range(2)),
        "why": "a" * 60,
    }
    assert text_of(content).split("\n") == [
        "{",
        ' "by": "keeper",',
        f' "why": "{"a" * 60}",',
        ' "lines": [',
        '  {"$": "Line", "lot": "GRN-000000", "units": 0},',
        '  {"$": "Line", "lot": "GRN-000001", "units": 1}',
        " ]",
        "}",
    ]
    assert encode(plain_from(text_of(content))) == encode(content)


@pytest.mark.parametrize("size", [97, 98, 99, 100])
def test_a_line_has_a_hundred_characters_and_no_more(size: int) -> None:
    content = ("a" * (size - 4),)
    assert len(text_of(content).split("\n")) == (1 if size <= 100 else 3)
    assert encode(plain_from(text_of(content))) == encode(content)
    assert text_of(("b", *content)).count("\n") == (0 if size + 5 <= 100 else 3)


def test_encodings_in_one_another_are_shown_as_deep_as_anybody_looks() -> None:
    content: Plain = 5
    for _ in range(12):
        content = encode(content)
    text = text_of(content)
    assert (text.count("$in"), text.count("$bytes")) == (8, 1)
    assert plain_from(text) == content


BROKEN = [
    ("", 1, "it is no JSON from here on"),
    ("[1,", 1, "it is no JSON from here on"),
    ('{\n "a": 1,\n}', 3, "it is no JSON from here on"),
    ("[1,2]", 1, "it would be written in another way"),
    ("[1, 2] ", 1, "it would be written in another way"),
    ("[1, 2]\n", 2, "it would be written in another way"),
    ("[\n 1,\n 2\n]", 1, "it would be written in another way"),
    ("-0", 1, "it would be written in another way"),
    ("1" * 37, 1, "it would be written in another way"),
    ('"\\u68c9"', 1, "it would be written in another way"),
    ('{"b": 1, "a": 2}', 1, "it would be written in another way"),
    ('{"a": 1, "a": 1}', 1, "it would be written in another way"),
    ('{"$": "Place", "kind": 1, "kind": 1}', 1, "it would be written in another way"),
    ('{"$": "Place"}', 1, "it would be written in another way"),
    ('{"$": "Place kind", "id": 1}', 1, "it would be written in another way"),
    ('{"kind": 1, "$": "Place"}', 1, "it would be written in another way"),
    ('{"$keys": {"a": 1}}', 1, "it would be written in another way"),
    ('{"$day": "2023-01-14", "a": 1}', 1, "it would be written in another way"),
    ('{"$day": "20230114"}', 1, "it would be written in another way"),
    ('{"$instant": "2023-01-14T04:05:06+00:00"}', 1, "it would be written in another way"),
    ('{"$bytes": "01f6"}', 1, "it would be written in another way"),
    ('{"$bytes": "00FF"}', 1, "it would be written in another way"),
    ('{"$ratio": [2, 6]}', 1, "it would be written in another way"),
    ('{"$hex": "5"}', 1, "it would be written in another way"),
    ("1.5", 1, "it is not the text of any record"),
    ("NaN", 1, "it is not the text of any record"),
    ("1" * 5000, 1, "it is not the text of any record"),
    ('"\\ud800"', 1, "it is not the text of any record"),
    ("[" * 65 + "]" * 65, 1, "it is not the text of any record"),
    ("[" * 100_000, 1, "it is not the text of any record"),
    ('{"$what": 1}', 1, "it is not the text of any record"),
    ('{"$": 5, "kind": 1}', 1, "it is not the text of any record"),
    ('{"$day": 5}', 1, "it is not the text of any record"),
    ('{"$day": "2023-02-30"}', 1, "it is not the text of any record"),
    ('{"$instant": "2023-01-14T04:05:06"}', 1, "it is not the text of any record"),
    ('{"$ratio": [1, 0]}', 1, "it is not the text of any record"),
    ('{"$ratio": [1, 2, 3]}', 1, "it is not the text of any record"),
    ('{"$ratio": ["1", "2"]}', 1, "it is not the text of any record"),
    ('{"$ratio": 5}', 1, "it is not the text of any record"),
    ('{"$hex": "xyz"}', 1, "it is not the text of any record"),
    ('{"$keys": [1]}', 1, "it is not the text of any record"),
    ('{"$keys": 1}', 1, "it is not the text of any record"),
]


@pytest.mark.parametrize(("text", "line", "reason"), BROKEN, ids=lambda case: str(case)[:30])
def test_what_is_not_the_one_text_of_anything_is_refused(text: str, line: int, reason: str) -> None:
    with pytest.raises(TextBroken) as refused:
        plain_from(text)
    assert (refused.value.what, refused.value.line, refused.value.reason) == (
        "text of a record",
        line,
        reason,
    )


def test_the_first_line_that_is_wrong_is_named() -> None:
    lines = text_of({"lines": ["a" * 60, "b" * 60], "note": "c" * 60}).split("\n")
    for at, line in enumerate(lines):
        other = "\n".join([*lines[:at], line + " ", *lines[at + 1 :]])
        with pytest.raises(TextBroken) as refused:
            plain_from(other)
        assert refused.value.line == at + 1


json_likes = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.text(max_size=4)
    | st.sampled_from(("2023-01-14", "00ff")),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(("$", "$day", "$in", "$keys", "$ratio", "$bytes", "$hex", "$instant", "a", "b")),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


@given(json_likes)
def test_any_json_is_the_one_text_of_something_or_is_refused(given_json: object) -> None:
    text = json.dumps(given_json, ensure_ascii=False)
    try:
        plain = plain_from(text)
    except TextBroken:
        plain = None
    assert plain is None or text_of(plain) == text


def test_what_cannot_be_written_has_no_text() -> None:
    with pytest.raises(BadData, match="a float is no plain data"):
        text_of([0.5])  # pyright: ignore[reportArgumentType]


def test_lists_and_tuples_have_one_text() -> None:
    assert text_of([1, [2]]) == text_of((1, (2,))) == text_of(decode(encode([1, [2]])))
