"""What a place holds of one item, in picking order."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from reliefstock.donations import Restriction
from reliefstock.ledger import Position, Ticket
from reliefstock.ledger._shelf import Moved, Past, Shelf
from unit.ledger.house import day, lot

if TYPE_CHECKING:
    from reliefstock.ledger import Lot

LOTS: tuple[Lot, ...] = (
    lot("late", expiry=date(2024, 6, 1)),
    lot("soon", expiry=date(2024, 1, 1)),
    lot("soon and for schools", expiry=date(2024, 1, 1), restrictions=(Restriction(groups=("school",)),)),
    lot("never", received=day(2)),
    lot("never but earlier", received=day(1)),
    lot("never and for schools", received=day(3), restrictions=(Restriction(groups=("school",)),)),
    lot("never, of the same day", received=day(2)),
)


def past(entry: int, line: int) -> Past:
    return Past((entry, line), day(entry))


def shelf(*lots: Lot) -> Shelf:
    made = Shelf()
    for one in lots:
        made.put(
            one, Ticket.of(one, LOTS.index(one)), Position(3, 100), past(1, LOTS.index(one)), Moved(3, 100)
        )
    return made


def order(of: Shelf) -> list[str]:
    return [ticket.lot for ticket in sorted(ticket for _, queue in of.queues() for ticket in queue)]


def test_the_first_to_expire_is_first_then_the_more_narrowly_given_then_the_first_that_came() -> None:
    assert order(shelf(*LOTS)) == [
        "soon and for schools",
        "soon",
        "late",
        "never and for schools",
        "never but earlier",
        "never",
        "never, of the same day",
    ]


def test_the_order_does_not_depend_on_the_order_in_which_lots_were_put_there() -> None:
    assert order(shelf(*reversed(LOTS))) == order(shelf(*LOTS))


def test_lots_of_one_restriction_share_a_queue() -> None:
    restrictions = [(len(restricted), len(list(queue))) for restricted, queue in shelf(*LOTS).queues()]
    assert restrictions == [(0, 5), (1, 2)]


def test_a_lot_that_is_used_up_leaves_its_queue_and_comes_back_to_its_old_place() -> None:
    made, never = shelf(*LOTS), LOTS[3]
    made.put(never, Ticket.of(never, 3), Position(), past(2, 0), Moved(-3, -100))
    assert "never" not in order(made)
    assert "never" not in made.positions
    made.put(never, Ticket.of(never, 3), Position(1, 33), past(3, 0), Moved(1, 33))
    assert order(made) == order(shelf(*LOTS))
    assert (made.past("never"), made.past("soon")) == (past(3, 0), past(1, 1))
    assert list(made.positions)[-1] == "never"


def test_a_shelf_is_empty_when_its_last_lot_is_used_up() -> None:
    made = shelf(LOTS[0])
    assert not made.is_empty
    made.put(LOTS[0], Ticket.of(LOTS[0], 0), Position(3, 100, 3), past(2, 0), Moved(-3, -100))
    assert made.is_empty
    assert list(made.queues()) == []
