"""The opaque ids of people, by chance: nothing else would say nothing of them."""

from __future__ import annotations

import secrets

from reliefstock.values.who import PERSON_ID

__all__ = ["new_person_id"]


def new_person_id() -> str:
    """A new opaque id, of 96 bits by chance: two will not be the same.

    >>> from reliefstock.values import is_person_id
    >>> is_person_id(new_person_id())
    True
    """
    return PERSON_ID + secrets.token_hex(12)
