"""Promise 6: what was counted, and what the book said at that moment, recomputed.

A count is of a day, after the last entry that was known. What the book said of that day is what entries told
of up to it, by then: late news about an earlier day is among it, and what takes an entry back is of no
earlier day than that.
"""

from __future__ import annotations

from reliefstock.audit.balances import Balances
from reliefstock.audit.entries import Entries
from reliefstock.audit.finding import Findings
from reliefstock.audit.reading import Count

__all__ = ["Counts"]


class Counts:
    """Every count of a lot in a place."""

    def __init__(self, balances: Balances, entries: Entries, findings: Findings) -> None:
        self.counts: list[tuple[Count, int]] = []
        self._balances = balances
        self._entries = entries
        self._findings = findings

    def land(self, count: Count, document: str) -> None:
        """Take in a count, before anything else that comes with it; keep it with what the book said."""
        add = self._findings.add
        lot = self._balances.lots.get(count.lot)
        if lot is None:
            add("lot-unknown", count.place, count.lot)
        there = 0 if lot is None else lot.there(count.place, count.on)
        if count.counted < 0:
            add("count-below-zero", count.place, count.lot, document=count.document, counted=count.counted)
        if count.known != self._entries.last:
            figures = {"stated": count.known, "due": self._entries.last}
            add("count-known", count.place, count.lot, document=count.document, **figures)
        if count.there != there:
            figures = {"on": count.on, "stated": count.there, "there": there}
            add("count-book", count.place, count.lot, document=count.document, **figures)
        if count.document != document:
            add("count-document", count.place, count.lot, stated=count.document, document=document)
        self.counts.append((count, there))
