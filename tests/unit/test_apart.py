"""People are put apart from what is written, and put back when it is read."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Annotated, Any

import attrs
import pytest

from reliefstock.apart import names_in, personal_fields, restored, withheld
from reliefstock.errors import BadIdentifier
from reliefstock.ledger import Entry, EntryKind, Place, PlaceKind, Posting
from reliefstock.operations import (
    DistributedLine,
    DistributionList,
    GoodsReceivedNote,
    Reverse,
    Sell,
    Waybill,
)
from reliefstock.parties import Donor, DonorKind, Household, Supplier
from reliefstock.people import MemoryPeople, People, Person
from reliefstock.records import Amended, Known, Posted, types
from reliefstock.values import PIECE, Personal, Quantity, Who

A = "person-000000000000000000000001"
B = "person-000000000000000000000002"
STRANGER = "person-ffffffffffffffffffffffff"


@pytest.fixture
def people() -> People:
    numbers = count(1)
    return MemoryPeople(make=lambda: f"person-{next(numbers):024x}")


def reverse(by: str) -> Reverse:
    return Reverse(document="GRN-000001", on="2023-02-01", reason="twice", approved_by=by)


def note(*counted_by: str) -> GoodsReceivedNote:
    return GoodsReceivedNote(
        number="GRN-000001",
        on=date(2023, 2, 1),
        donor="province",
        donation="D-1",
        warehouse="depot",
        lines=(),
        counted_by=counted_by,
        source_document="paper 1",
    )


def handed(*signatures: str) -> DistributionList:
    lines = [
        DistributedLine(
            recipient=f"H-{number}",
            item="quilt",
            quantity=Quantity(1, PIECE),
            picks=(),
            signature=signature,
        )
        for number, signature in enumerate(signatures)
    ]
    return DistributionList(
        number="DL-000001",
        on=date(2023, 2, 1),
        origin="depot",
        programme="",
        lines=tuple(lines),
        picking="",
        source_document="",
    )


def entry(by: str) -> Entry:
    depot, lorry = Place(PlaceKind.WAREHOUSE, "depot"), Place(PlaceKind.TRANSIT, "W-1")
    postings = (Posting(depot, "L-1", -5, -500), Posting(lorry, "L-1", 5, 500))
    return Entry(
        number=1, kind=EntryKind.DISPATCH, on=date(2023, 2, 1), document="W-1", postings=postings, by=by
    )


def test_opaque_ids_stand_where_the_names_of_people_did(people: People) -> None:
    assert withheld(reverse("clerk A"), people) == reverse(A)
    assert withheld(note("clerk B", "clerk A"), people) == note(B, A)
    assert withheld(handed("clerk A", "", "clerk B"), people) == handed(A, "", B)
    assert withheld(entry("clerk A"), people) == entry(A)


def test_names_stand_where_opaque_ids_did(people: People) -> None:
    for thing in (reverse("clerk A"), note("clerk B", "clerk A"), handed("clerk A", ""), entry("clerk A")):
        assert restored(withheld(thing, people), people) == thing


def test_people_are_put_apart_however_deep_they_stand(people: People) -> None:
    posted = Posted(
        command="c-1", content=b"", document=handed("clerk A"), entries=(entry("clerk B"), entry("clerk A"))
    )
    put_away = withheld(posted, people)
    assert put_away.document == handed(A)
    assert [one.by for one in put_away.entries] == [B, A]
    assert put_away.entries[0].postings is posted.entries[0].postings
    assert restored(put_away, people) == posted


def test_what_is_written_can_be_read_and_restored(people: People) -> None:
    posted = Posted(command="c-1", content=b"", document=note("clerk A", "乙"), entries=(entry("clerk B"),))
    record = types().written(withheld(posted, people))
    assert "乙".encode() not in record
    assert restored(types().read(record, Posted), people) == posted


@pytest.mark.parametrize(
    "thing",
    [reverse(""), note(), handed("", ""), entry(""), Household("H-1"), Quantity(1, PIECE), "clerk A", None],
)
def test_what_nobody_is_named_in_is_given_back_as_it_is(people: People, thing: object) -> None:
    assert withheld(thing, people) is thing
    assert restored(thing, people) is thing
    assert list(people) == []


def test_all_names_in_a_thing_are_told_once(people: People) -> None:
    assert names_in(note("clerk B", "clerk A", "clerk B", "")) == ("clerk B", "clerk A")
    assert names_in(withheld(note("clerk B", "clerk A"), people)) == (A, B)


def test_which_fields_of_a_class_tell_of_a_person_can_be_asked() -> None:
    assert personal_fields(Sell) == ("buyer", "requested_by", "approved_by")
    assert personal_fields(Waybill) == ("carrier", "approved_by")
    assert personal_fields(Donor) == ("zh", "en")
    assert personal_fields(Household) == ()


# Who may be an organisation


@pytest.mark.parametrize("kind", DonorKind)
def test_of_givers_the_names_of_people_are_put_apart(people: People, kind: DonorKind) -> None:
    donor = Donor("D-1", zh="甲", en="giver A", kind=kind)
    put_away = withheld(donor, people)
    if kind in {DonorKind.PERSON, DonorKind.ANONYMOUS}:
        assert (put_away.zh, put_away.en) == (A, B)
    else:
        assert put_away is donor
    assert restored(put_away, people) == donor


@pytest.mark.parametrize(("is_person", "shown"), [(True, A), (False, "甲")])
def test_a_supplier_says_whether_it_is_a_person(people: People, is_person: bool, shown: str) -> None:
    known = Known(nouns=(Supplier("S-1", zh="甲", is_person=is_person), Household("H-1")))
    put_away = withheld(known, people)
    assert isinstance(put_away.nouns[0], Supplier)
    assert put_away.nouns[0].zh == shown
    assert put_away.nouns[1] is known.nouns[1]
    assert restored(put_away, people) == known


def test_firms_beside_people_keep_their_names(people: People) -> None:
    firm, farmer = Supplier("S-1", zh="商店"), Supplier("S-2", zh="甲", is_person=True)
    put_away = withheld(Known(nouns=(firm, farmer)), people)
    assert put_away == Known(nouns=(firm, Supplier("S-2", zh=A, is_person=True)))


def test_one_who_turns_out_to_be_a_person_is_put_apart_from_then_on(people: People) -> None:
    amended = Amended(noun=Donor("D-1", zh="甲", kind=DonorKind.PERSON))
    assert withheld(amended, people) == Amended(noun=Donor("D-1", zh=A, kind=DonorKind.PERSON))


# Erased, unknown, in disguise


def test_of_one_who_was_erased_the_id_is_read(people: People) -> None:
    put_away = withheld(note("clerk A", "clerk B"), people)
    people.erase(A)
    assert restored(put_away, people) == note(A, "clerk B")


def test_what_is_written_on_from_a_paper_of_one_who_was_erased_keeps_the_id(people: People) -> None:
    put_away = withheld(note("clerk A", "clerk B"), people)
    people.erase(A)
    assert withheld(restored(put_away, people), people) == put_away


def test_where_the_people_are_lost_the_ids_are_read(people: People) -> None:
    thing = note(STRANGER)
    assert restored(thing, people) is thing


@pytest.mark.parametrize("name", [A, STRANGER])
def test_nobody_passes_for_another_by_an_opaque_id(people: People, name: str) -> None:
    people.id_of("clerk A")
    with pytest.raises(BadIdentifier) as caught:
        withheld(note("clerk B", name), people)
    assert (caught.value.what, caught.value.given) == ("person's name", name)
    assert people.find("clerk B") is None


def test_a_name_that_was_put_right_is_read_so(people: People) -> None:
    put_away = withheld(reverse("clrek A"), people)
    people.keep(Person(id=A, name="clerk A"))
    assert restored(put_away, people) == reverse("clerk A")


# However a class declares them


@attrs.frozen
class Signed:
    """One who signs."""

    by: Who = ""


@attrs.frozen
class Twice(Signed):
    """Two who sign."""

    witness: Who | None = None


@attrs.frozen
class Odd:
    """All that a declaration can be."""

    one: Signed | None = None
    many: tuple[Signed, ...] | None = None
    either: Signed | tuple[Who, ...] | Who | int = 0
    deep: tuple[tuple[Who, ...], ...] = ()
    plain: tuple[str, ...] = ()
    noted: Annotated[str, "a word on it"] = ""
    some: tuple[Who, ...] | Who | int = 0


@attrs.define
class Tree:
    """A thing that is made of its kind, and not in slots alone."""

    by: Who = ""
    under: tuple[Tree, ...] = ()


@pytest.mark.parametrize(
    ("thing", "written"),
    [
        (Odd(), Odd()),
        (Odd(one=Signed("a")), Odd(one=Signed(A))),
        (Odd(one=Twice("a", "b")), Odd(one=Twice(A, B))),
        (Odd(one=Twice("a")), Odd(one=Twice(A))),
        (Odd(many=(Signed(), Signed("a"))), Odd(many=(Signed(), Signed(A)))),
        (Odd(either="a"), Odd(either=A)),
        (Odd(either=("a", "b")), Odd(either=(A, B))),
        (Odd(either=Signed("a")), Odd(either=Signed(A))),
        (Odd(either=5), Odd(either=5)),
        (Odd(either=5, one=Signed("a")), Odd(either=5, one=Signed(A))),
        (Odd(some=5, one=Signed("a")), Odd(some=5, one=Signed(A))),
        (Odd(some="a"), Odd(some=A)),
        (Odd(some=("a", "")), Odd(some=(A, ""))),
        (Odd(noted="a", plain=("a",), one=Signed("a")), Odd(noted="a", plain=("a",), one=Signed(A))),
        (Odd(deep=(("a",), (), ("b", "a"))), Odd(deep=((A,), (), (B, A)))),
        (Odd(plain=("a",)), Odd(plain=("a",))),
        (Tree("a", (Tree("b", (Tree("a"),)), Tree())), Tree(A, (Tree(B, (Tree(A),)), Tree()))),
    ],
    ids=str,
)
def test_people_are_found_however_they_are_declared(people: People, thing: Any, written: Any) -> None:  # noqa: ANN401
    assert withheld(thing, people) == written
    assert restored(withheld(thing, people), people) == thing


def test_a_mark_says_what_it_hangs_on() -> None:
    assert (Personal().where, Personal(where="is_person").where) == ("", "is_person")
