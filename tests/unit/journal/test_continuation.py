"""A continuation: the proof that a book goes on from where it was."""

from __future__ import annotations

from itertools import combinations_with_replacement

import attrs
import pytest

from reliefstock.errors import BadData, BadIdentifier, Incomplete, ProofBroken, TextBroken
from reliefstock.journal import Continuation, MerkleTree, chained, check_continuation, encode, leaf_hash
from unit.journal.papers import RECORDS, TREE, checkpoint

GOLDEN = """\
reliefstock continuation 1
book: 宁陕县红十字会
from records: 6
from root: 15907235 40cab830 c6bbb687 fc69ef6f 597a9e8d b99f077a 8844f16c 09ad5881
to records: 13
to root: d7d720c1 06da2273 bbcee5c5 4c3840af 9df2f858 4f910023 a931817c db360bb8
path: 4
  a77bedf1 53893de3 7eb33c07 3e38ea7c 284220c4 890bf41e 7e2039c7 494f8160
  5466b4ae 2bc394e5 190fe8f6 4051c67f 430227eb 39f0009c 163526c6 b8ed997c
  10068f85 b91771ae 089f6368 fd121715 8693f49b 37c0180f b9f7775f 388d8916
  86feb350 f6c150bf ee4d825b ce6fe676 13dd9d2c 6e778659 4d2d0778 0d4422b4
check: ec10847d
"""


def text(older: int = 6, newer: int = 13) -> str:
    return Continuation.drawn(checkpoint(older), checkpoint(newer), TREE).text()


def test_the_text_of_version_1_stays_as_it_is() -> None:
    assert text() == GOLDEN


def test_a_book_that_goes_on_is_proven_to_by_two_texts() -> None:
    kept = checkpoint(6).countersigned_by("Ankang", "2024-02-02", "seal 5")
    found = check_continuation(GOLDEN, kept, checkpoint())
    assert (found.older_size, found.newer_size, len(found.path)) == (6, 13, 4)
    assert Continuation.parse(GOLDEN) == found


@pytest.mark.parametrize(("older", "newer"), list(combinations_with_replacement(range(1, 14), 2)))
def test_any_two_checkpoints_of_a_book_are_proven(older: int, newer: int) -> None:
    assert check_continuation(text(older, newer), checkpoint(older), checkpoint(newer)).newer_size == newer


def test_a_book_that_was_written_anew_does_not_go_on_from_what_was_kept() -> None:
    payloads = [record.payload for record in RECORDS]
    payloads[3] = encode("forged")
    forged = list(chained(payloads))
    tree = MerkleTree()
    tree.extend(leaf_hash(record.hash) for record in forged)
    newer = attrs.evolve(checkpoint(), root=tree.root, head=forged[-1].hash)
    drawn = Continuation.drawn(checkpoint(6), newer, tree)
    with pytest.raises(ProofBroken, match="that 13 leaves begin with the first 6 is not proven"):
        check_continuation(drawn.text(), checkpoint(6), newer)
    before = Continuation.drawn(checkpoint(3), newer, tree)
    assert check_continuation(before.text(), checkpoint(3), newer).older_size == 3


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        (checkpoint(5), checkpoint()),
        (checkpoint(6), checkpoint(12)),
        (attrs.evolve(checkpoint(6), root=bytes(32)), checkpoint()),
        (checkpoint(6), attrs.evolve(checkpoint(), root=bytes(32))),
        (attrs.evolve(checkpoint(6), book="another"), checkpoint()),
        (checkpoint(6), attrs.evolve(checkpoint(), book="another")),
    ],
)
def test_a_continuation_of_other_checkpoints_proves_nothing_of_these(older: object, newer: object) -> None:
    with pytest.raises(ProofBroken, match="the continuation is of other checkpoints"):
        check_continuation(GOLDEN, older, newer)  # pyright: ignore[reportArgumentType]


def test_there_is_none_between_two_books() -> None:
    with pytest.raises(BadData, match="are two books"):
        Continuation.drawn(checkpoint(6), checkpoint(book="another"), TREE)


def test_there_is_none_from_a_newer_checkpoint_to_an_older() -> None:
    with pytest.raises(Incomplete):
        Continuation.drawn(checkpoint(), checkpoint(6), TREE)


BROKEN = [
    ("", 1, "the text ends before it should"),
    (GOLDEN.replace("continuation 1", "continuation 2"), 1, "the line 'reliefstock continuation 1' is due"),
    (GOLDEN.replace("from records: 6", "from records: x"), 3, "a whole number is due, got 'x'"),
    (
        GOLDEN.replace("from records: 6", "from records: 7"),
        12,
        "it does not fit what is above: there is a slip in some line",
    ),
    (
        GOLDEN.replace("to root: ", "to root: 0"),
        6,
        "a hash is due: 64 characters of 0 to 9 and a to f, in groups of eight",
    ),
    (GOLDEN.replace("path: 4", "path: 9"), 12, "an indented line is due"),
    (GOLDEN + "more\n", 13, "there is more than is due"),
]


@pytest.mark.parametrize(("given", "line", "reason"), BROKEN, ids=lambda case: repr(case)[-40:])
def test_what_is_not_the_text_of_a_continuation_is_refused_and_where(
    given: str, line: int, reason: str
) -> None:
    with pytest.raises(TextBroken) as broken:
        Continuation.parse(given)
    assert (broken.value.what, broken.value.line, broken.value.reason) == ("continuation", line, reason)


def test_a_continuation_is_of_a_book_with_a_name() -> None:
    with pytest.raises(BadIdentifier):
        attrs.evolve(Continuation.parse(GOLDEN), book="")
