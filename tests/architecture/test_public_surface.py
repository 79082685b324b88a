"""The public face is written down in `public_surface.txt`, so that no change of it goes unseen.

After a change that is meant: `uv run python tests/architecture/test_public_surface.py`, and a line in
CHANGELOG.md.
"""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

import reliefstock

PINNED = Path(__file__).with_name("public_surface.txt")


def offered() -> list[str]:
    return sorted(getattr(reliefstock, "__all__", []))


def pinned() -> list[str]:
    return PINNED.read_text(encoding="utf-8").splitlines()


def test_the_public_face_is_not_empty() -> None:
    assert offered()


def test_the_public_face_is_the_one_written_down() -> None:
    assert offered() == pinned()


def test_what_is_written_down_is_sorted_and_without_doubles() -> None:
    assert pinned() == sorted(set(pinned()))


def undocumented(name: str, thing: object) -> list[str]:
    """The thing itself, and what it offers, where there is no docstring of its own."""
    if not inspect.isclass(thing) and not inspect.isroutine(thing):
        return []
    own = [] if inspect.getdoc(thing) and thing.__doc__ else [name]
    inner = vars(thing).items() if inspect.isclass(thing) else ()
    return own + [f"{name}.{key}" for key, value in inner if not key.startswith("_") and bare(value)]


def bare(value: object) -> bool:
    callable_ = isinstance(value, classmethod | staticmethod | property) or inspect.isfunction(value)
    return callable_ and not getattr(value, "__doc__", None)


@pytest.mark.parametrize("name", offered())
def test_what_is_public_is_explained(name: str) -> None:
    assert undocumented(name, getattr(reliefstock, name)) == []


def test_what_is_not_explained_is_found() -> None:
    class Box:
        def open(self) -> None: ...

        @property
        def content(self) -> int:
            return 1

        @staticmethod
        def close() -> None:
            """Close it."""

    assert undocumented("Box", Box) == ["Box", "Box.open", "Box.content"]


if __name__ == "__main__":
    PINNED.write_text("".join(f"{name}\n" for name in offered()), encoding="utf-8", newline="\n")
