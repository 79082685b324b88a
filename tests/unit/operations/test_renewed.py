"""Under which lot goods stand that were revalued."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from reliefstock import Revaluation, Valuation
from reliefstock.operations.renewed import Renewals
from reliefstock.operations.revalued import RevaluedLine
from unit.operations.office import place


def test_a_lot_is_told_under_its_last_id_however_often_it_was_revalued() -> None:
    """More often than a function of Python may call itself."""
    where, ids = place("warehouse:depot"), [f"L-{at}" for at in range(3_000)]
    lines = tuple(
        RevaluedLine(lot=old, new=new, item="quilt", place=where, quantity=1, before=1, after=1)
        for old, new in pairwise(ids)
    )
    note = Revaluation(
        number="RV-000001",
        on=date(2023, 2, 1),
        lot=ids[0],
        new=ids[1],
        was=Valuation.memorandum(),
        valuation=Valuation.memorandum("a list"),
        lines=lines,
        kept=(),
        reason="priced anew",
        requested_by="a",
        approved_by="b",
    )
    assert Renewals((note,)).now(where, ids[0]) == ids[-1]
    assert list(Renewals((note,)).all(where, ids[-2])) == ids[-2:]
    assert Renewals((note,)).now(place("warehouse:annex"), ids[0]) == ids[0]
