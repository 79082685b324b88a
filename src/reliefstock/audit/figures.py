"""The figures of a book, as plain texts, whole numbers and days: what two ways to them must agree on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple, TypeVar

import attrs

from reliefstock.audit.finding import AuditFinding, Findings, shown

__all__ = ["CountFigure", "Figures", "HoldFigure", "differences"]

_K = TypeVar("_K")
_V = TypeVar("_V")


class HoldFigure(NamedTuple):
    """A hold of a lot: where it keeps how much from when to when, and what came of it, in base units."""

    place: str
    quantity: int
    since: date
    until: date
    fulfilled: int
    released: int
    moved: int
    restored: int

    def __str__(self) -> str:
        days = f"{self.since}/{self.until}"
        came = f"-{self.fulfilled} -{self.released} -{self.moved} {-self.restored:+}"
        return f"{self.place} {days} {self.quantity} {came}"


class CountFigure(NamedTuple):
    """A count of a lot in a place: the day, what was counted, and what the book said of that day."""

    on: date
    counted: int
    there: int

    def __str__(self) -> str:
        return f"{self.on} {self.counted}/{self.there}"


@attrs.frozen(kw_only=True)
class Figures:
    """What a book comes to. Quantities are in base units, values in minor units.

    `balances` are by place (`kind:id`) and lot, those of nothing left out; `totals` by item, of what is in
    the society's care: in depots and funds, in quarantine, on the road. `holds` are by hold and lot, `counts`
    by document, place and lot; `documents` says how many there are by the letters they are numbered with.
    `records` and `head` (the hash of the last record) are None where they are not known.
    """

    balances: Mapping[tuple[str, str], tuple[int, int]]
    totals: Mapping[str, tuple[int, int]]
    holds: Mapping[tuple[str, str], HoldFigure]
    counts: Mapping[tuple[str, str, str], CountFigure]
    documents: Mapping[str, int]
    entries: int
    closed: date | None
    sealed: date | None
    records: int | None = None
    head: bytes | None = None


def differences(recomputed: Figures, book: Figures) -> tuple[AuditFinding, ...]:
    """Every figure on which the records, recomputed, and a book do not agree.

    >>> none = Figures(balances={}, totals={}, holds={}, counts={}, documents={}, entries=0, closed=None,
    ...                sealed=None)
    >>> found = differences(none, attrs.evolve(none, balances={("warehouse:depot", "L"): (3, 100)}))
    >>> [one.text() for one in found]
    ['lot L in warehouse:depot: recomputed 0/0, the book says 3/100 (units/minor units)']
    """
    findings = Findings()
    for (place, lot), *sides in _unlike(recomputed.balances, book.balances, (0, 0)):
        findings.add("balance-differs", place, lot, **_sides(*map(_amount, sides)))
    for item, *sides in _unlike(recomputed.totals, book.totals, (0, 0)):
        findings.add("total-differs", item=item, **_sides(*map(_amount, sides)))
    for (hold, lot), *sides in _unlike(recomputed.holds, book.holds, None):
        findings.add("hold-differs", "", lot, hold=hold, **_sides(*sides))
    for (document, place, lot), *sides in _unlike(recomputed.counts, book.counts, None):
        findings.add("count-differs", place, lot, document=document, **_sides(*sides))
    for prefix, *sides in _unlike(recomputed.documents, book.documents, 0):
        findings.add("documents-differ", prefix=prefix, **_sides(*sides))
    _compare_ends(recomputed, book, findings)
    return findings.found


def _compare_ends(recomputed: Figures, book: Figures, findings: Findings) -> None:
    for what in ("closed", "sealed"):
        sides = getattr(recomputed, what), getattr(book, what)
        if sides[0] != sides[1]:
            findings.add("closing-differs", what=what, **_sides(*sides))
    for what in ("entries", "records"):
        sides = getattr(recomputed, what), getattr(book, what)
        if None not in sides and sides[0] != sides[1]:
            findings.add("size-differs", what=what, **_sides(*sides))
    if recomputed.head is not None and book.head is not None and recomputed.head != book.head:
        findings.add("head-differs", **_sides(recomputed.head.hex(), book.head.hex()))


def _unlike(one: Mapping[_K, _V], other: Mapping[_K, _V], nothing: _V) -> Iterator[tuple[_K, _V, _V]]:
    """What two tables do not agree on, with what each of them says."""
    for key in dict.fromkeys((*one, *other)):
        sides = one.get(key, nothing), other.get(key, nothing)
        if sides[0] != sides[1]:
            yield key, *sides


def _sides(recomputed: object, book: object) -> dict[str, object]:
    return {"recomputed": _said(recomputed), "book": _said(book)}


def _said(given: object) -> object:
    return "-" if given is None else given


def _amount(given: tuple[int, int]) -> str:
    return f"{shown(given[0])}/{shown(given[1])}"
