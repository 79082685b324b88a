"""How the tests of the promises prove that they can fail.

Each promise has three kinds of test: a bad entry is refused; what must hold does hold; and with its rule
switched off the same bad entry lands and the book goes wrong. The last kind shows that it is the rule, and
nothing else, that keeps the promise: without it the first two would be red.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import attrs
import pytest

from reliefstock.ledger import promises
from unit.ledger.house import contents

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reliefstock.errors import ReliefstockError
    from reliefstock.ledger import Entry, Ledger, Lot, Place

__all__ = ["empty_places_with_value", "refused", "rules_switched_off", "worst"]


@contextmanager
def rules_switched_off(*rules: str) -> Iterator[None]:
    """The named checks of `reliefstock.ledger.promises` say nothing while this lasts."""
    with pytest.MonkeyPatch.context() as patch:
        for rule in rules:
            assert callable(getattr(promises, rule)), f"there is no rule {rule}"
            patch.setattr(promises, rule, lambda *_: None)
        yield


def refused(
    ledger: Ledger, entries: Sequence[Entry], error: ReliefstockError, lots: Sequence[Lot] = ()
) -> None:
    """Posting is refused with exactly that error, and the ledger is as it was."""
    before = contents(ledger)
    with pytest.raises(type(error)) as caught:
        ledger.post(entries, lots)
    assert attrs.asdict(caught.value) == attrs.asdict(error)
    assert contents(ledger) == before


def worst(ledger: Ledger, place: Place, lot_id: str = "L") -> int:
    """The fewest units that a place ever held of a lot, at any moment."""
    timeline, there, least = ledger.timeline(place, lot_id), 0, 0
    for change in timeline.changes() if timeline else ():
        there += change.quantity
        least = min(least, there)
    return least


def empty_places_with_value(ledger: Ledger) -> list[tuple[str, str, str, int]]:
    """Every moment at which a place had value of a lot and no units: place, lot, date and value."""
    found: list[tuple[str, str, str, int]] = []
    for place, lot, timeline in ledger.timelines():
        for change in timeline.changes():
            there = timeline.as_of(change.on)
            if there.is_residue:
                found.append((str(place), lot.id, change.on.isoformat(), there.value))
    return found
