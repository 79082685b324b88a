"""Templates: bytes with gaps, which are learnt from one example and proved on another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefstock.errors import EncodingBroken
from reliefstock.journal import Plain, encode
from reliefstock.journal.template import Template, fragment, list_of, text, whole

SIZES = (0, 1, 23, 24, 25, 255, 256, 257, 65_535, 65_536)
POWERS = (0, 3, 4, 7, 8, 15, 16, 31, 32, 62, 63, 64, 70, 200)
BORDERS = sorted({(1 << power) + near for power in POWERS for near in (-1, 0, 1)} | {22, 23, 24, 25})


def learnt(first: Plain, second: Plain, *gaps: tuple[str, Plain, Plain]) -> Template:
    """The template of two examples; of each gap its name, and what is in it in the one and in the other."""
    return Template.learnt(
        encode(first),
        {name: fragment(one) for name, one, _ in gaps},
        encode(second),
        {name: fragment(other) for name, _, other in gaps},
    )


# Fragments


@pytest.mark.parametrize("number", [*BORDERS, *(-number for number in BORDERS)])
def test_a_whole_number_is_written_as_it_is_written_anywhere(number: int):
    assert whole(number) == fragment(number)


@given(st.integers() | st.integers(-(1 << 34), 1 << 34))
def test_so_is_every_whole_number(number: int):
    assert whole(number) == fragment(number)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("letter", ["a", "棉", "%"])
def test_a_text_of_any_length_is_written_as_it_is_written_anywhere(size: int, letter: str):
    assert text(letter * size) == fragment(letter * size)


@given(st.text())
def test_so_is_every_text(given_text: str):
    assert text(given_text) == fragment(given_text)


def test_half_of_a_surrogate_pair_is_not_written():
    with pytest.raises(UnicodeEncodeError):
        text("棉\ud800")


@pytest.mark.parametrize("size", SIZES)
def test_a_list_of_any_length_is_written_as_it_is_written_anywhere(size: int):
    numbers = list(range(size))
    assert list_of([whole(number) for number in numbers]) == fragment(numbers)


def test_a_list_of_lists_is_one_too():
    assert list_of([list_of([]), list_of([text("棉被"), whole(-1)])]) == fragment([[], ["棉被", -1]])


# What is learnt


def test_a_gap_is_filled_wherever_it_stands():
    note = learnt(["keeper", 1, "keeper"], ["clerk", 1, "clerk"], ("by", "keeper", "clerk"))
    assert note.filled(by=text("a")) == encode(["a", 1, "a"])


def test_a_fragment_may_be_longer_or_shorter_than_the_one_of_the_example():
    note = learnt(["on", 5], ["on", 1 << 40], ("count", 5, 1 << 40))
    for count in (0, 300, -7, 1 << 90):
        assert note.filled(count=whole(count)) == encode(["on", count])


def test_what_has_no_place_is_left_out():
    note = learnt(["to", "school"], ["to", "county"], ("to", "school", "county"), ("by", "keeper", "clerk"))
    assert note.filled(to=text("home"), by=text("nobody")) == encode(["to", "home"])


def test_a_gap_that_lies_in_another_is_filled_where_it_stands_alone():
    first, second = ["W", "depot"], ["W", "branch"]
    gaps = ("place", first, second), ("id", "depot", "branch")
    note = learnt([first, "depot", first], [second, "branch", second], *gaps)
    assert note.filled(place=fragment(["H", "x"]), id=text("y")) == encode([["H", "x"], "y", ["H", "x"]])


def test_it_does_not_matter_which_of_them_is_named_first():
    first, second = ["W", "depot"], ["W", "branch"]
    gaps = ("id", "depot", "branch"), ("place", first, second)
    note = learnt([first, "depot"], [second, "branch"], *gaps)
    assert note.filled(place=fragment(["H", "x"]), id=text("y")) == encode([["H", "x"], "y"])


@pytest.mark.parametrize("sign", ["%", "%%", "%b", "%(by)b", "100 %s", "%.0b"])
def test_percent_signs_stand_for_themselves_everywhere(sign: str):
    first, second = [f"before {sign}", "keeper", sign], [f"before {sign}", "clerk", sign]
    note = learnt(first, second, ("by", "keeper", "clerk"))
    due = encode([f"before {sign}", sign, sign])
    assert note.filled(by=text(sign)) == due
    assert note.filling("by")((text(sign),)) == due


def test_a_percent_sign_may_be_the_head_of_a_number_or_of_a_list():
    count = ord("%")
    note = learnt([count, "keeper"], [count, "clerk"], ("by", "keeper", "clerk"))
    assert note.filled(by=text("a")) == encode([count, "a"])


plain = st.recursive(
    st.none() | st.integers() | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=8,
)


@given(plain, st.text(), st.integers())
def test_whatever_stands_around_the_gaps_is_kept(around: Plain, by: str, count: int):
    first, second = ["zq1 by", around, 7_000_000_001], ["zq2 by", around, 7_000_000_002]
    note = learnt(first, second, ("by", "zq1 by", "zq2 by"), ("count", 7_000_000_001, 7_000_000_002))
    due = encode([by, around, count])
    assert note.filled(by=text(by), count=whole(count)) == due
    assert note.filling("count", "by")((whole(count), text(by))) == due


# What is not learnt


@pytest.mark.parametrize(
    ("other", "at"),
    [
        (["to", "county", 2], 12),
        (["TO", "county", 1], 3),
        (["to", "school", 1], 6),
        (["to", "county", "1"], 12),
        ([["to", "county", 1]], 1),
    ],
    ids=["a number", "a text", "the gap itself", "a type", "the form"],
)
def test_two_examples_that_differ_in_more_than_their_gaps_are_refused(other: Plain, at: int):
    with pytest.raises(EncodingBroken) as refused:
        learnt(["to", "school", 1], other, ("to", "school", "county"))
    assert refused.value.offset == at
    assert "more than their gaps" in str(refused.value)


def test_a_gap_that_was_written_twice_by_chance_is_refused():
    with pytest.raises(EncodingBroken):
        learnt(["keeper", "keeper"], ["clerk", "keeper"], ("by", "keeper", "clerk"))


def test_a_fragment_that_stands_where_nothing_is_meant_is_refused():
    with pytest.raises(EncodingBroken):
        learnt([5, "five", 5], [6, "five", 5], ("count", 5, 6))


def test_one_that_says_more_is_refused():
    example = encode(["to", "school"])
    gaps = {"to": text("school")}
    for other in (example + b"\x00", example[:-1]):
        with pytest.raises(EncodingBroken) as refused:
            Template.learnt(example, gaps, other, gaps)
        assert refused.value.offset == min(len(example), len(other))


def test_two_gaps_that_are_exchanged_are_refused():
    with pytest.raises(EncodingBroken):
        learnt(["a", "b"], ["c", "d"], ("by", "a", "d"), ("to", "b", "c"))


# What fills many


def test_what_fills_many_takes_them_in_the_order_that_was_said():
    note = learnt(["a", "b", "a"], ["c", "d", "c"], ("by", "a", "c"), ("to", "b", "d"))
    fill = note.filling("spare", "to", "by")
    assert fill((b"", text("x"), text("y"))) == encode(["y", "x", "y"])


def test_what_has_one_gap_is_filled_too():
    assert learnt(["a"], ["c"], ("by", "a", "c")).filling("by")((text("x"),)) == encode(["x"])


def test_what_has_no_gap_is_always_the_same():
    assert learnt(["%"], ["%"]).filling("by")((text("x"),)) == encode(["%"])


def test_a_gap_that_nobody_fills_is_told_at_once():
    with pytest.raises(ValueError, match="not in tuple"):
        learnt(["a"], ["c"], ("by", "a", "c")).filling("to")
