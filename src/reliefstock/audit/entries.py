"""Promises 1, 2, 4 and 5 for entries, and how lots come in.

Of each lot an entry sums to zero, in quantity and in value; it can be told from where to where each lot went;
units that move are worth what units of their lot can be. A lot comes in once, whole, from one place outside.
An entry is taken back by its exact opposite, once, not before its own day: of each entry so much is kept that
this can be told, its day and a hash over its postings.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import blake2b
from typing import Final

from reliefstock.audit.balances import KINDS, OUTSIDE, Balances
from reliefstock.audit.conversions import check_conversions
from reliefstock.audit.finding import Findings
from reliefstock.audit.lots import Lot
from reliefstock.audit.reading import Entry, Leg

__all__ = ["Entries"]

REVERSAL: Final = "reversal"
_KINDS: Final = frozenset(
    {
        *("receipt", "money receipt", "purchase", "dispatch", "arrival", "found over", "distribution"),
        *("return", "write-off", "spending", "kitting", "unkitting", "quarantine"),
        *("release from quarantine", "count difference", "diversion", "loss signed off", "redirection"),
        *("sale of surplus", "revaluation", REVERSAL),
    }
)
_COMES_AGAIN: Final = frozenset({"gain", "loss", "conversion"})  # what is found over, or unmade
_SIZE: Final = 16  # bytes of a hash
_PAIR: Final = 2


class Entries:
    """The entries that were read: as much of each as a reversal of it has to be compared with."""

    def __init__(self, balances: Balances, findings: Findings) -> None:
        self._balances = balances
        self._findings = findings
        self._runs: list[tuple[int, int]] = []  # number of an entry and its index, where numbers begin anew
        self._days = array("l")
        self._happened = array("l")
        self._hashes = bytearray()
        self._reversals: set[int] = set()
        self._reversed: dict[int, int] = {}
        self.last = 0

    def __len__(self) -> int:
        return len(self._days)

    def enter(self, entry: Entry) -> None:
        """Check an entry, and enter it."""
        self._findings.entry = entry.number
        if entry.number != self.last + 1:
            self._findings.add("entry-number", due=self.last + 1, stated=entry.number)
        self._check_kind(entry)
        for lot_id, legs in _by_lot(entry.legs).items():
            self._check_sums(lot_id, legs)
            self._check_legs(lot_id, legs)
            self._check_lot(entry, lot_id, legs)
        happened = entry.concerns or entry.on
        if entry.kind == REVERSAL or entry.reverses is not None:
            happened = max(happened, self._check_reversal(entry))
        else:
            check_conversions(entry.legs, self._balances.lots, self._findings)
        for leg in entry.legs:
            self._balances.enter(leg, entry.on)
        if happened != entry.on:
            self._note(entry, happened)
        self._keep(entry, happened)
        self._findings.entry = None

    def _keep(self, entry: Entry, happened: date) -> None:
        if not self._runs or entry.number != self.last + 1:
            self._runs.append((entry.number, len(self._days)))
        if entry.kind == REVERSAL:
            self._reversals.add(len(self._days))
        self.last = entry.number
        self._days.append(entry.on.toordinal())
        self._happened.append(happened.toordinal())
        self._hashes += _hash(entry.legs)

    def _note(self, entry: Entry, happened: date) -> None:
        """Counts ask what happened up to a day, which is not always the day of the entry."""
        for leg in entry.legs:
            lot = self._balances.lots.get(leg.lot)
            if lot is not None:
                lot.elsewhen.append((leg.place, entry.on, happened, leg.quantity))

    # Form, and promises 1, 2, 4

    def _check_kind(self, entry: Entry) -> None:
        if entry.kind not in _KINDS:
            self._findings.add("kind-unknown", kind=entry.kind)
        if not entry.legs:
            self._findings.add("entry-empty")
        for leg in entry.legs:
            if leg.kind not in KINDS:
                self._findings.add("place-unknown", leg.place, leg.lot, kind=leg.kind)

    def _check_sums(self, lot_id: str, legs: list[Leg]) -> None:
        quantity, value = 0, 0
        for leg in legs:
            quantity += leg.quantity
            value += leg.value
        if quantity:
            self._findings.add("quantity-not-conserved", "", lot_id, difference=quantity)
        if value:
            self._findings.add("value-not-conserved", "", lot_id, difference=value)

    def _check_lot(self, entry: Entry, lot_id: str, legs: list[Leg]) -> None:
        lot = self._balances.lots.get(lot_id)
        if lot is None:
            self._findings.add("lot-unknown", "", lot_id)
            return
        self._check_worth(lot, legs)
        if lot.born is None:
            self._check_birth(lot, legs)
        elif entry.kind != REVERSAL:
            for leg in legs:
                if leg.quantity < 0 and leg.kind in OUTSIDE and leg.kind not in _COMES_AGAIN:
                    self._findings.add("lot-again", leg.place, lot_id)

    def _check_legs(self, lot_id: str, legs: list[Leg]) -> None:
        if len(legs) == _PAIR and legs[0].quantity and legs[0].place != legs[1].place:
            return  # as nearly all are: from one place to another
        sources = sum(leg.quantity < 0 for leg in legs)
        targets = sum(leg.quantity > 0 for leg in legs)
        if sources + targets < len(legs):
            still = next(leg for leg in legs if not leg.quantity)
            self._findings.add("posting-empty", still.place, lot_id)
        elif min(sources, targets) != 1 and not _are_pairs(legs):
            self._findings.add("legs-untold", "", lot_id, sources=sources, targets=targets)
        places = [leg.place for leg in legs]
        if len(set(places)) < len(places):
            twice = next(place for place in places if places.count(place) > 1)
            self._findings.add("place-twice", twice, lot_id)

    def _check_worth(self, lot: Lot, legs: list[Leg]) -> None:
        for leg in legs:
            units, worth = abs(leg.quantity), leg.value if leg.quantity > 0 else -leg.value
            least = lot.floor * units
            most = least + units if lot.spread else least
            if not least <= worth <= most:
                figures = {"quantity": units, "value": worth, "least": least, "most": most}
                self._findings.add("worth-off", leg.place, lot.id, **figures)

    def _check_birth(self, lot: Lot, legs: list[Leg]) -> None:
        sources = [leg for leg in legs if leg.quantity < 0 and leg.kind in OUTSIDE]
        whole = [leg for leg in sources if (leg.quantity, leg.value) == (-lot.quantity, -lot.value)]
        lot.born = sources[0].place if sources else ""
        if len(whole) != 1 or len(sources) != 1:
            came = -sum(leg.quantity for leg in sources)
            figures = {"quantity": lot.quantity, "value": lot.value, "came": came, "sources": len(sources)}
            self._findings.add("lot-not-whole", lot.born, lot.id, **figures)
            return
        kind, place, *_ = whole[0]
        if kind == "donor" and place != f"donor:{lot.donor}":
            self._findings.add("donor-other", place, lot.id, donor=lot.donor)
        if lot.made_of and kind != "conversion":
            self._findings.add("made-elsewhere", place, lot.id)

    # Promise 5

    def _check_reversal(self, entry: Entry) -> date:
        """Check a reversal; returns the day that what it takes back tells of."""
        reverses = entry.reverses
        if entry.kind != REVERSAL or reverses is None:
            self._findings.add("reversal-unnamed", kind=entry.kind, reverses=reverses)
            return date.min
        at = self._at(reverses)
        if at is None:
            self._findings.add("reversal-unknown", reverses=reverses)
            return date.min
        for code, figures in self._wrong(entry, at):
            self._findings.add(code, reverses=reverses, **figures)
        self._reversed.setdefault(at, entry.number)
        return date.fromordinal(self._happened[at])

    def _wrong(self, entry: Entry, at: int) -> Iterator[tuple[str, dict[str, object]]]:
        if at in self._reversals:
            yield "reversal-of-reversal", {}
        if at in self._reversed:
            yield "reversal-twice", {"by": self._reversed[at]}
        first = date.fromordinal(self._days[at])
        if entry.on < first:
            yield "reversal-early", {"on": entry.on, "first": first}
        opposite = [leg._replace(quantity=-leg.quantity, value=-leg.value) for leg in entry.legs]
        if _hash(opposite) != bytes(self._hashes[at * _SIZE : (at + 1) * _SIZE]):
            yield "reversal-inexact", {}

    def _at(self, number: int) -> int | None:
        """The index of the entry of a number, None where there is none."""
        end = len(self._days)
        for first, at in reversed(self._runs):
            if first <= number < first + end - at:
                return at + number - first
            end = at
        return None


def _by_lot(legs: Iterable[Leg]) -> dict[str, list[Leg]]:
    grouped: dict[str, list[Leg]] = {}
    for leg in legs:
        grouped.setdefault(leg.lot, []).append(leg)
    return grouped


def _are_pairs(legs: list[Leg]) -> bool:
    """Whether each source stands beside its own target, with the same units and value."""
    pairs = list(zip(legs[::2], legs[1::2], strict=False))
    return len(legs) % 2 == 0 and all(
        (one.quantity, one.value) == (-other.quantity, -other.value) for one, other in pairs
    )


def _hash(legs: Iterable[Leg]) -> bytes:
    """A hash of postings; their texts are quoted, so that no two lists of postings are written alike."""
    written = "".join([f"{leg.place!r}{leg.lot!r}{leg.quantity:x},{leg.value:x};" for leg in legs])
    return blake2b(written.encode(), digest_size=_SIZE).digest()
