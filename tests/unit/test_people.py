"""What is known of a person: written down with care, and gone when it is to go."""

from __future__ import annotations

from typing import Any

import pytest

from reliefstock.errors import BadData, BadIdentifier
from reliefstock.people import GuardedPeople, MemoryPeople, People, Person, check_name
from reliefstock.values import is_person_id

ONE = "person-0123456789abcdef01234567"
TWO = "person-0123456789abcdef01234568"


def known(**said: Any) -> Person:  # noqa: ANN401
    return Person(**{"id": ONE, "name": "clerk A", **said})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "clerk A",
        "person-",
        ONE[:-1],
        ONE + "0",
        ONE.upper(),
        ONE[:-1] + "F",
        ONE[:-1] + "g",
        " " + ONE,
        ONE + "\n",
        "Person" + ONE[6:],
        ONE[:-1] + "\u0967",
    ],
)
def test_only_an_opaque_id_has_the_form_of_one(text: str) -> None:
    assert is_person_id(ONE)
    assert not is_person_id(text)


@pytest.mark.parametrize("text", ["", "clerk A", ONE.upper(), 7, None])
def test_a_person_has_an_opaque_id(text: Any) -> None:  # noqa: ANN401
    with pytest.raises(BadIdentifier) as caught:
        known(id=text)
    assert (caught.value.what, caught.value.given) == ("person's opaque id", text)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"name": ""}, "it is empty @ $.name"),
        ({"name": ONE}, "it is the form of an opaque id @ $.name"),
        ({"name": "a\0b"}, "it has a zero character @ $.name"),
        ({"phone": "1\0"}, "it has a zero character @ $.phone"),
        ({"note": "\ud800"}, "it has half of a surrogate pair, which cannot be written down @ $.note"),
        ({"erased": True}, "nothing is known of one who was erased @ $.name"),
        ({"name": "", "phone": "1", "erased": True}, "nothing is known of one who was erased @ $.phone"),
        (
            {"id_number": "11010519491231002Y"[:-1] + "1"},
            "its check digit does not fit, so a digit is mistyped @ $.id_number",
        ),
    ],
)
def test_what_cannot_be_kept_of_a_person_is_told_with_the_path_to_it(
    said: dict[str, Any], problem: str
) -> None:
    with pytest.raises(BadData) as caught:
        known(**said)
    assert caught.value.problems == (problem,)


@pytest.mark.parametrize(
    "number", ["11010519491231002X", "11010519491231002x", "E12345678", "1101051949123100", ""]
)
def test_a_number_that_fits_its_check_digit_or_has_none_is_kept(number: str) -> None:
    assert known(id_number=number).id_number == number


@pytest.mark.parametrize("at", range(17))
def test_a_slip_in_any_digit_of_an_identity_number_is_found(at: int) -> None:
    number = "11010519491231002X"
    slipped = number[:at] + str((int(number[at]) + 1) % 10) + number[at + 1 :]
    with pytest.raises(BadData):
        known(id_number=slipped)


def test_numbers_are_not_shown_when_a_person_is_printed_nor_when_one_is_wrong() -> None:
    person = known(id_number="11010519491231002X", phone="0915 555 0100", note="at the east gate")
    shown = f"{person} {person!r}"
    with pytest.raises(BadData) as caught:
        known(id_number="110105194912310021")
    for told in (shown, str(caught.value), caught.value.sentence("zh")):
        assert "11010519491231002" not in told
    assert "0915" not in shown
    assert "gate" not in shown


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "it is empty"),
        ("a\0", "it has a zero character"),
        ("\udfff", "it has half of a surrogate pair, which cannot be written down"),
        (5, "it must be a text, not int"),
    ],
)
def test_what_is_no_name_is_refused(name: object, reason: str) -> None:
    with pytest.raises(BadIdentifier) as caught:
        check_name(name)
    assert (caught.value.what, caught.value.reason) == ("person's name", reason)


def test_people_who_are_known_beforehand_are_found() -> None:
    people = MemoryPeople([known(), Person(id=TWO, erased=True)], make=str)
    assert people.id_of("clerk A") == ONE
    assert people.person(TWO).erased


def test_an_id_that_is_made_and_is_none_is_refused() -> None:
    people = MemoryPeople(make=lambda: "clerk A")
    with pytest.raises(BadIdentifier):
        people.id_of("clerk B")
    assert list(people) == []


class Door:
    """A lock that says when somebody is behind it."""

    def __init__(self) -> None:
        self.is_held = False

    def __enter__(self) -> None:
        assert not self.is_held
        self.is_held = True

    def __exit__(self, *_: object) -> None:
        self.is_held = False


class Behind:
    """People who say whether they were asked behind a door."""

    def __init__(self, door: Door) -> None:
        self.door = door
        self.asked: dict[str, bool] = {}

    def __iter__(self) -> Any:  # noqa: ANN401
        self.asked["__iter__"] = self.door.is_held
        return iter(())

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return lambda *_: self.asked.update({name: self.door.is_held})


def test_every_question_holds_the_lock_while_it_is_answered() -> None:
    door = Door()
    behind: Any = Behind(door)
    people = GuardedPeople(behind, door)
    list(people)
    for name in ("ids_of", "names_of", "person", "find", "alike", "keep", "erase", "note_erased"):
        getattr(people, name)("clerk A")
    people.refresh()
    people.close()
    port = {name for name in vars(People) if not name.startswith("_")} - {"id_of", "name_of"}
    assert behind.asked == dict.fromkeys(port | {"__iter__"}, True)
