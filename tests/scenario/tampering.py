"""What cannot be changed is changed behind its back, to see that it is found, and put right again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, TypeAlias

Changes: TypeAlias = Sequence[tuple[Any, Mapping[str, object]]]
"""Each thing that is to be changed, and the fields that it is to have instead."""


@contextmanager
def changed(thing: object, **fields: object) -> Iterator[None]:
    before = {name: getattr(thing, name) for name in fields}
    for name, value in fields.items():
        object.__setattr__(thing, name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            object.__setattr__(thing, name, value)


@contextmanager
def all_changed(changes: Changes) -> Iterator[None]:
    with ExitStack() as stack:
        for thing, fields in changes:
            stack.enter_context(changed(thing, **fields))
        yield
