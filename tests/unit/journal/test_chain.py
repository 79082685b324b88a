"""Records in a chain: what is changed, dropped, put in, moved or cut off is found, and where."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefstock.errors import ChainBroken
from reliefstock.journal import START, Head, Record, chained, follow, record_hash, verified_hashes, verify

if TYPE_CHECKING:
    from collections.abc import Sequence

PAYLOADS = [b"opened", b"", b"received", b"given out", b"given out", b"counted"]
BOOK = list(chained(PAYLOADS))
HEADS = [START, *(record.head for record in BOOK)]


# The hash


def test_a_record_is_hashed_over_all_of_its_bytes_as_it_is_written_down() -> None:
    first, second = BOOK[0], BOOK[1]
    over = b"reliefstock/rec1" + (1).to_bytes(8, "big") + bytes(32) + (6).to_bytes(8, "big") + b"opened"
    assert first.hash == sha256(over).digest()
    over = b"reliefstock/rec1" + (2).to_bytes(8, "big") + first.hash + (0).to_bytes(8, "big")
    assert second.hash == sha256(over).digest()
    assert first.hash.hex() == "2bf9bb5684293843fdac8ba814e7215a382099eb6b490001683e3b6dd33e25dd"
    assert BOOK[-1].hash.hex() == "8966350d1f026ae9f202ec0e398934041dca834d5fc3f3c65fd36aa246929ac4"


def test_records_follow_one_another_from_the_first() -> None:
    assert [record.number for record in BOOK] == [1, 2, 3, 4, 5, 6]
    assert [record.previous for record in BOOK] == [head.hash for head in HEADS[:-1]]
    assert list(chained(PAYLOADS[2:], HEADS[2])) == BOOK[2:]
    assert follow(HEADS[5], b"counted") == BOOK[5]


Parts = tuple[int, bytes, bytes]
records = st.tuples(st.integers(1, 2**64 - 1), st.binary(min_size=32, max_size=32), st.binary(max_size=60))


@given(records, records)
def test_no_two_records_have_the_same_hash(one: Parts, other: Parts) -> None:
    assert (record_hash(*one) == record_hash(*other)) == (one == other)


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ((0, bytes(32), b""), "it has no number above zero"),
        ((-1, bytes(32), b""), "it has no number above zero"),
        ((2**64, bytes(32), b""), "it has no number above zero"),
        ((True, bytes(32), b""), "it has no number above zero"),
        (("1", bytes(32), b""), "it has no number above zero"),
        ((1, bytes(31), b""), "it does not name the record before it by 32 bytes"),
        ((1, bytes(33), b""), "it does not name the record before it by 32 bytes"),
        ((1, None, b""), "it does not name the record before it by 32 bytes"),
        ((1, bytes(32), "text"), "its payload is not bytes"),
        ((1, bytes(32), None), "its payload is not bytes"),
    ],
    ids=lambda case: str(case)[:40],
)
def test_what_is_no_record_has_no_hash(record: Parts, reason: str) -> None:
    with pytest.raises(ChainBroken) as refused:
        record_hash(*record)
    assert (refused.value.number, refused.value.fault, refused.value.reason) == (record[0], "changed", reason)


# Verifying


def test_a_book_as_it_was_written_leads_to_its_head() -> None:
    assert verify([]) == START
    assert [verify(BOOK[:size]) for size in range(7)] == HEADS
    assert verify(iter(BOOK), known=HEADS) == HEADS[-1]
    assert list(verified_hashes(BOOK)) == [head.hash for head in HEADS[1:]]


def test_a_book_is_verified_from_any_head_that_is_believed() -> None:
    assert [verify(BOOK[size:], HEADS[size]) for size in range(7)] == [HEADS[-1]] * 7
    assert verify(BOOK[3:], HEADS[3], known=HEADS) == HEADS[-1]


def test_rows_of_a_store_will_do() -> None:
    assert verify([tuple(record) for record in BOOK]) == HEADS[-1]  # pyright: ignore[reportArgumentType]


def fault(records: Sequence[Any], after: Head = START, known: Sequence[Head] = ()) -> tuple[int, str]:
    with pytest.raises(ChainBroken) as refused:
        verify(records, after, known)
    assert refused.value.reason
    return refused.value.number, refused.value.fault


def changed(at: int, **what: object) -> list[Record]:
    return [record._replace(**what) if record.number == at else record for record in BOOK]


OTHER = bytes(31) + b"\x01"
LAST = HEADS[-1:]


@pytest.mark.parametrize("at", range(1, 7))
def test_a_changed_record_is_found(at: int) -> None:
    assert fault(changed(at, payload=b"forged"), known=LAST)[1] == ("changed" if at < 6 else "rewritten")
    assert fault(changed(at, payload=b"forged"), known=LAST)[0] == (at if at < 6 else 1)
    assert fault(changed(at, payload=b"forged"), known=HEADS)[0] == at


@pytest.mark.parametrize("at", range(1, 6))
def test_it_is_found_without_any_head_if_others_follow(at: int) -> None:
    assert fault(changed(at, payload=b"forged")) == (at, "changed")


@pytest.mark.parametrize("at", range(1, 7))
@pytest.mark.parametrize("what", [OTHER, b"", bytes(31), None, "text"], ids=str)
def test_a_record_that_names_another_before_it_is_found(at: int, what: object) -> None:
    assert fault(changed(at, previous=what), known=LAST) == (at, "changed")


@pytest.mark.parametrize("at", range(1, 7))
@pytest.mark.parametrize("what", ["text", None, bytearray(b"opened")], ids=str)
def test_a_payload_that_is_not_bytes_is_found(at: int, what: object) -> None:
    assert fault(changed(at, payload=what)) == (at, "changed")


def test_the_last_but_one_is_taken_to_be_changed_if_nothing_tells_it_from_the_last() -> None:
    assert fault(changed(5, payload=b"forged")) == (5, "changed")
    assert fault(changed(6, previous=OTHER)) == (5, "changed")
    assert fault(changed(6, previous=OTHER), known=LAST) == (6, "changed")


@pytest.mark.parametrize("at", range(1, 6))
def test_a_dropped_record_is_found(at: int) -> None:
    left = [record for record in BOOK if record.number != at]
    assert fault(left) == (at, "missing")


def test_several_dropped_records_are_found_by_the_first() -> None:
    with pytest.raises(
        ChainBroken, match="record 2 is missing: record 5 comes after record 1; compare"
    ) as refused:
        verify([BOOK[0], *BOOK[4:]])
    assert refused.value.number == 2


@pytest.mark.parametrize("at", range(1, 6))
def test_a_record_that_is_put_in_is_found(at: int) -> None:
    """The numbers of those behind it are moved on, so that there is no gap; what they name is left."""
    new = follow(HEADS[at - 1], b"forged")
    behind = [record._replace(number=record.number + 1) for record in BOOK[at - 1 :]]
    assert fault([*BOOK[: at - 1], new, *behind]) == (at, "inserted")


@pytest.mark.parametrize("at", range(1, 6))
def test_a_record_that_is_there_twice_is_found(at: int) -> None:
    assert fault([*BOOK[:at], BOOK[at - 1], *BOOK[at:]]) == (at, "inserted")


def test_a_record_without_a_place_is_found() -> None:
    assert fault([*BOOK[:3], follow(START, b"forged")._replace(number=0), *BOOK[3:]]) == (0, "inserted")
    assert fault(changed(4, number="4")) == (4, "changed")


@pytest.mark.parametrize("at", range(1, 6))
def test_two_records_in_each_others_place_are_found(at: int) -> None:
    swapped = [*BOOK[: at - 1], BOOK[at], BOOK[at - 1], *BOOK[at + 1 :]]
    assert fault(swapped) == (at, "reordered")


@pytest.mark.parametrize("at", [1, 2, 3, 5])
def test_two_records_that_change_their_payloads_are_found(at: int) -> None:
    one, other = BOOK[at - 1], BOOK[at]
    swapped = [one._replace(payload=other.payload), other._replace(payload=one.payload)]
    assert fault([*BOOK[: at - 1], *swapped, *BOOK[at + 1 :]], known=HEADS)[0] == at


@pytest.mark.parametrize("size", range(6))
def test_a_book_that_ends_too_early_is_found_by_a_head_that_is_known(size: int) -> None:
    assert verify(BOOK[:size]) == HEADS[size]
    assert fault(BOOK[:size], known=LAST) == (size + 1, "truncated")
    assert fault(BOOK[:size], known=[*HEADS[: size + 1], HEADS[-1]]) == (size + 1, "truncated")


def test_a_book_that_is_written_anew_is_found_by_a_head_that_is_known_and_by_nothing_else() -> None:
    forged = list(chained([*PAYLOADS[:3], b"forged", *PAYLOADS[4:], b"more"]))
    assert verify(forged).size == 7
    assert fault(forged, known=[HEADS[5]]) == (1, "rewritten")
    assert fault(forged, known=[HEADS[5], HEADS[2]]) == (3, "rewritten")
    assert fault(forged, known=HEADS) == (4, "rewritten")
    assert fault(forged[4:], forged[3].head, known=HEADS) == (4, "rewritten")


def test_two_heads_of_one_size_cannot_both_be_right() -> None:
    assert fault(BOOK, known=[HEADS[2], HEADS[3], Head(3, OTHER)]) == (3, "rewritten")
    assert fault(BOOK, known=[Head(0, OTHER)]) == (1, "rewritten")


def test_a_book_after_another_head_is_found() -> None:
    assert fault(BOOK[2:], Head(2, OTHER)) == (3, "changed")
    assert fault(BOOK[3:], HEADS[2]) == (3, "missing")
    assert fault(BOOK[1:], HEADS[2]) == (2, "inserted")


def test_nothing_before_the_head_that_is_believed_is_asked_for() -> None:
    assert verify(BOOK[3:], HEADS[3], known=[Head(2, OTHER)]) == HEADS[-1]


@given(st.lists(st.binary(max_size=20), min_size=1, max_size=8), st.data())
def test_whatever_is_done_to_the_stored_bytes_is_found(payloads: list[bytes], data: st.DataObject) -> None:
    book = list(chained(payloads))
    head = book[-1].head
    at = data.draw(st.integers(0, len(book) - 1))
    field = data.draw(st.sampled_from(("number", "previous", "payload")))
    kind = {
        "number": st.integers(-2, 12),
        "previous": st.binary(max_size=40),
        "payload": st.binary(max_size=20),
    }
    forged = book.copy()
    forged[at] = book[at]._replace(**{field: data.draw(kind[field])})
    if forged == book:
        assert verify(forged, known=[head]) == head
    else:
        fault(forged, known=[head])


@given(st.lists(st.binary(max_size=3), min_size=1, max_size=6), st.data())
def test_whatever_order_and_choice_of_records_is_found(payloads: list[bytes], data: st.DataObject) -> None:
    book = list(chained(payloads))
    head = book[-1].head
    others = data.draw(st.lists(st.sampled_from(book), max_size=8))
    if others == book:
        assert verify(others, known=[head]) == head
    else:
        fault(others, known=[head])
