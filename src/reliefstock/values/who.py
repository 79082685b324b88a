"""Who: the texts that tell of a person, marked where they stand.

No record of a book holds a name, a signature or a number that leads to a person: such a field is declared as
`Who`, and the book puts an opaque id in its place when it writes, and the name back when it reads
(`reliefstock.apart`). For everything else, type checkers too, it is a text.
"""

from __future__ import annotations

from typing import Annotated, Final

import attrs

__all__ = ["PERSON_ID", "GiverName", "Personal", "Who", "is_person_id"]

PERSON_ID: Final = "person-"
"""What the opaque id of a person begins with; 24 hexadecimal digits follow."""

_DIGITS: Final = 24
_HEX: Final = frozenset("0123456789abcdef")


@attrs.frozen
class Personal:
    """The mark of a text that tells of a person; `where` names what says so of the thing that has it.

    Without `where` it always does. With it, it does where that property of the thing is true.
    """

    where: str = ""


Who = Annotated[str, Personal()]
"""The name of a person, a signature, or another text that tells who somebody is."""

GiverName = Annotated[str, Personal(where="is_person")]
"""The name of one who may be a person or an organisation."""


def is_person_id(text: str) -> bool:
    """Whether a text has the form of the opaque id of a person.

    >>> is_person_id("person-0123456789abcdef01234567"), is_person_id("clerk A")
    (True, False)
    """
    if not text.startswith(PERSON_ID):
        return False
    digits = text[len(PERSON_ID) :]
    return len(digits) == _DIGITS and _HEX.issuperset(digits)
