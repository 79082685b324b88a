"""Work for a book: a seeded stream of commands of all families in a county, by a clock that stands still.

A command is data: it can be sent again, later, in another order or to another keeper of the book, and what
came of it is compared. Who makes them up looks at the book for what there is, so that most are carried out.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any, Final

import attrs

from property.world import BILLS, DAYS, ITEMS, NOUNS, TODAY, stated, worth, yuan
from reliefstock import (
    ArrivedLine,
    BoughtLine,
    ConsignedLine,
    Document,
    FixedClock,
    Handout,
    Interval,
    Lot,
    Period,
    PledgedLine,
    ReceivedLine,
    ReliefstockError,
    Restriction,
    ReturnedLine,
    Stage,
    WrittenOffLine,
)
from reliefstock.book import Book
from reliefstock.errors import RecordBroken, StoreError
from reliefstock.operations import Allocation, CountPlan, RecallNotice, ReceivingReport
from reliefstock.operations.counting import CountedLine
from reliefstock.operations.diverting import DivertedLine
from reliefstock.operations.holding import AllocationLine
from reliefstock.operations.kitting import BrokenLine
from reliefstock.operations.quarantining import QuarantinedLine, ReleasedLine
from reliefstock.operations.redirecting import Consent, RedirectedLine
from reliefstock.operations.selling import SoldLine

__all__ = ["CLOCK", "NAME", "Clerk", "Command", "Outcome", "founded", "sent"]

CLOCK: Final = FixedClock(TODAY.isoformat())
NAME: Final = "county"
_WHO: Final = ("甲", "乙", "clerk A")
_SIGNED: Final = {"requested_by": "a", "approved_by": "b"}

Said = dict[str, Any]
Shelf = tuple[str, str, Lot, int]
"""Kind and id of a place, what lot is there, and how many units of it."""


@attrs.frozen(eq=False)
class Command:
    """A command with its id: a verb, and what is said with it."""

    id: str
    verb: str
    args: tuple[Any, ...]
    said: Said
    by: str

    def to(self, book: Book) -> Document:
        """Send it to a book; gives the document, or raises as the verb does."""
        return getattr(book, self.verb)(*self.args, command=self.id, by=self.by, **self.said)


Outcome = Document | ReliefstockError


def sent(command: Command, book: Book) -> Outcome:
    """What comes of a command: a document, or a refusal. Raises `StoreError` and `RecordBroken`."""
    try:
        return command.to(book)
    except (StoreError, RecordBroken):
        raise
    except ReliefstockError as refusal:
        return refusal


def founded(path: Path | str, *, seed: int = 0) -> Book:
    """A new book in a file or a database, with the nouns of the county and a first gift."""
    book = Book.create(path, NAME, currency="CNY", clock=CLOCK, patience=5)
    with book.batch():
        book.add(*NOUNS)
        gift = [
            ReceivedLine("quilt", stated("quilt", 60 + seed % 7), valuation=worth(50_021)),
            ReceivedLine("rice", stated("rice", 90), valuation=worth(7_777)),
        ]
        who: Said = {"donor": "province", "into": "north", "on": DAYS[0], "counted_by": ("a", "b")}
        book.receive(lines=gift, command="founded", **who)
        book.receive_money(donor="company", into="general", amount=yuan(90_000), on=DAYS[0], command="funded")
    return book


class Clerk:
    """Makes up commands, the same for a seed and a book. `prefix` tells the ids of several clerks apart."""

    def __init__(self, seed: int, prefix: str = "c") -> None:
        self._random = Random(seed)
        self._prefix = prefix
        self._count = 0

    def next(self, book: Book) -> Command:
        """The next command, for the book as it is now."""
        self._count += 1
        while True:
            verb = self._random.choice(_OFTEN)
            made = _VERBS[verb](self._random, book)
            if made is not None:
                args, said = made
                return Command(f"{self._prefix}-{self._count}", verb, args, said, self._random.choice(_WHO))


# One function a verb: what it is asked with, or None where there is nothing to ask it of

Made = tuple[tuple[Any, ...], Said] | None


def _shelves(book: Book, *kinds: str) -> list[Shelf]:
    found: list[Shelf] = []
    for there, lot, position, *_ in book.ledger.shelved():
        kind, _, place = str(there).partition(":")
        if kind in kinds and lot.item not in {"CNY", "difference:CNY"} and position.quantity > 0:
            found.append((kind, place, lot, position.quantity))
    return found


def _one(random: Random, book: Book, *kinds: str) -> tuple[str, str, int] | None:
    """A shelf by chance: the id of its place, a lot, and some of its units."""
    there = _shelves(book, *kinds)
    if not there:
        return None
    _, place, lot, units = random.choice(there)
    return place, lot.id, random.randint(1, max(1, min(units, 5)))


def _amount(book: Book, lot: str, units: int) -> Any:  # noqa: ANN401 -- a quantity, or money
    return stated(book.lot(lot).item, units)


def _day(random: Random) -> date:
    return random.choice((TODAY, TODAY, *DAYS[3:]))


def _receive(random: Random, _: Book) -> Made:
    lines = [
        ReceivedLine(
            item, stated(item, random.randint(1, 40)), valuation=worth(random.choice((0, 7, 50_000)))
        )
        for item in random.sample(("quilt", "rice"), random.randint(1, 2))
    ]
    restriction = random.choice((None, None, Restriction(programme="winter")))
    said = {"donor": random.choice(("company", "foundation", "province")), "lines": lines}
    said |= {"into": random.choice(("north", "south")), "on": _day(random), "counted_by": ("a", "b")}
    return (), said | {"restriction": restriction}


def _receive_money(random: Random, _: Book) -> Made:
    return (), {
        "donor": "company",
        "into": "general",
        "amount": yuan(random.randint(1, 50_000)),
        "on": _day(random),
    }


def _pledge(random: Random, _: Book) -> Made:
    promised = stated("quilt", random.randint(1, 20))
    lines = [PledgedLine("quilt", promised, yuan(1000))]
    return (), {"donor": "foundation", "lines": lines, "on": _day(random), "agreement": "letter"}


def _purchase(random: Random, _: Book) -> Made:
    lines = [BoughtLine("rice", stated("rice", random.randint(1, 20)), yuan(random.randint(1, 900)))]
    said = {"fund": "general", "supplier": "mill", "into": "south", "lines": lines, "on": TODAY}
    return (), said | {"counted_by": ("a", "b"), "invoice": "invoice 7"}


def _spend(random: Random, _: Book) -> Made:
    said = {"fund": "general", "project": "well", "amount": yuan(random.randint(1, 900)), "on": TODAY}
    return (), said | _SIGNED | {"purpose": "pipes"}


def _dispatch(random: Random, book: Book) -> Made:
    found = _one(random, book, "warehouse")
    if found is None:
        return None
    place, lot, units = found
    to = random.choice(("south" if place == "north" else "north", "pingli"))
    lines = [ConsignedLine(book.lot(lot).item, _amount(book, lot, units), (lot,))]
    return (), {"origin": place, "to": to, "lines": lines, "on": _day(random), "programme": "winter"}


def _arrive(random: Random, book: Book) -> Made:
    found = _one(random, book, "transit")
    if found is None:
        return None
    waybill, lot, units = found
    lines = [ArrivedLine(lot, _amount(book, lot, units))]
    said = {"on": TODAY, "received_by": "a", "approved_by": "b", "lines": lines}
    return (waybill,), said | {"partial": random.random() < 0.5}


def _divert(random: Random, book: Book) -> Made:
    found = _one(random, book, "transit")
    if found is None:
        return None
    waybill, lot, units = found
    lines = [DivertedLine(lot, _amount(book, lot, units))]
    to = random.choice(("north", "south", "pingli"))
    return (waybill,), {"to": to, "on": TODAY, "reason": "flood", "approved_by": "b", "lines": lines}


def _sign_off(random: Random, book: Book) -> Made:
    reports = book.documents_of(ReceivingReport)
    if not reports:
        return None
    said = {"on": TODAY, "stage": random.choice((Stage.SENDER, Stage.CARRIER)), "signed_by": "carrier"}
    return (random.choice(reports).number,), said | {"approved_by": "b", "paper": "protocol 6"}


def _distribute(random: Random, book: Book) -> Made:
    held = [line for paper in book.documents_of(Allocation) for line in paper.lines]
    if held and random.random() < 0.4:
        line = random.choice(held)
        paper = next(one for one in book.documents_of(Allocation) if line in one.lines)
        lines = [Handout(line.recipient, line.item, stated(line.item, 1), "sheet", hold=line.hold)]
        return (), {"origin": paper.warehouse, "lines": lines, "on": TODAY}
    found = _one(random, book, "warehouse")
    if found is None:
        return None
    place, lot, units = found
    lines = [Handout(random.choice(("h1", "h2")), book.lot(lot).item, _amount(book, lot, units), "sheet")]
    return (), {"origin": place, "lines": lines, "on": _day(random), "programme": "winter"}


def _return(random: Random, book: Book) -> Made:
    lot = random.choice(list(book.ledger.lots))
    if book.lot(lot).item == "CNY":
        return None
    lines = [ReturnedLine(lot, _amount(book, lot, 1))]
    said = {"recipient": random.choice(("h1", "h2")), "into": "north", "lines": lines, "on": TODAY}
    return (), said | {"reason": "too many", "usable": random.random() < 0.5}


def _build_kits(random: Random, _: Book) -> Made:
    bill = random.choice(BILLS)
    said = {
        "kit": bill.item,
        "version": bill.version,
        "count": ITEMS[bill.item].quantity(random.randint(1, 3)),
    }
    said |= {"warehouse": random.choice(("north", "south")), "on": TODAY}
    return (), said | {"assembled_by": "a", "checked_by": "b", "programme": "winter"}


def _broken(random: Random, book: Book) -> tuple[str, list[BrokenLine]] | None:
    kits = [one for one in _shelves(book, "warehouse") if one[2].item in {"pack", "chest"}]
    if not kits:
        return None
    _, place, lot, _ = random.choice(kits)
    return place, [BrokenLine(lot.id, ITEMS[lot.item].quantity(1))]


def _break_kits(random: Random, book: Book) -> Made:
    found = _broken(random, book)
    if found is None:
        return None
    said = {"warehouse": found[0], "lines": found[1], "on": TODAY, "reason": "needed apart"}
    return (), said | {"broken_by": "a", "checked_by": "b"}


def _rebuild_kits(random: Random, book: Book) -> Made:
    found = _broken(random, book)
    if found is None:
        return None
    said = {"warehouse": found[0], "lines": found[1], "on": TODAY, "reason": "a new bill"}
    return (), said | {"assembled_by": "a", "checked_by": "b", "version": "1"}


def _quarantine(random: Random, book: Book) -> Made:
    found = _one(random, book, "warehouse")
    if found is None:
        return None
    place, lot, units = found
    lines = [QuarantinedLine(lot, _amount(book, lot, units))]
    return (), {"warehouse": place, "lines": lines, "on": TODAY, "reason": "wet", "reported_by": "a"}


def _release(random: Random, book: Book) -> Made:
    found = _one(random, book, "quarantine")
    if found is None:
        return None
    place, lot, units = found
    lines = [ReleasedLine(lot, _amount(book, lot, units))]
    said = {"warehouse": place, "lines": lines, "on": TODAY, "reason": "dried"}
    return (), said | {"inspected_by": "a", "approved_by": "b"}


def _write_off(random: Random, book: Book) -> Made:
    found = _one(random, book, "quarantine")
    if found is None:
        return None
    place, lot, units = found
    lines = [WrittenOffLine(lot, _amount(book, lot, units))]
    said = {"warehouse": place, "lines": lines, "on": TODAY, "reason": "damaged", "quarantined": True}
    return (), said | {"explanation": "seen by two", "reported_by": "a", "approved_by": "b"}


def _allocate(random: Random, book: Book) -> Made:
    found = _one(random, book, "warehouse")
    if found is None:
        return None
    place, lot, units = found
    lines = [AllocationLine(random.choice(("h1", "h2")), book.lot(lot).item, _amount(book, lot, units))]
    said = {"warehouse": place, "lines": lines, "on": TODAY, "until": DAYS[-1], "approved_by": "b"}
    return (), said | {"source_document": "plan 3", "programme": random.choice(("", "winter"))}


def _release_hold(random: Random, book: Book) -> Made:
    held = [line.hold for paper in book.documents_of(Allocation) for line in paper.lines]
    if not held:
        return None
    return (random.choice(held),), {"on": TODAY, "reason": "no need", "released_by": "b"}


def _plan_count(random: Random, _: Book) -> Made:
    at = random.choice(("north", "south"))
    return (), {"warehouse": at, "on": TODAY, "counters": ("x", "y")}


def _plan(random: Random, book: Book) -> CountPlan | None:
    plans = book.documents_of(CountPlan)
    return random.choice(plans[-2:]) if plans else None


def _count(random: Random, book: Book) -> Made:
    plan = _plan(random, book)
    if plan is None:
        return None
    there = {lot.id: units for kind, at, lot, units in _shelves(book, "warehouse") if at == plan.warehouse}
    lines = [CountedLine(one.lot, _amount(book, one.lot, there.get(one.lot, 0))) for one in plan.subjects]
    return (plan.number,), {"counter": random.choice(("x", "y")), "on": plan.on, "lines": lines}


def _approve_count(random: Random, book: Book) -> Made:
    plan = _plan(random, book)
    if plan is None:
        return None
    return (plan.number,), {"on": TODAY, "approved_by": ("p", "q"), "explanation": "seen"}


def _redirect(random: Random, book: Book) -> Made:
    found = _one(random, book, "warehouse")
    if found is None or book.lot(found[1]).donor is None:
        return None
    place, lot, units = found
    consents = [Consent(book.lot(lot).donor or "", "letter 4", DAYS[0])]
    lines = [RedirectedLine(lot, _amount(book, lot, units))]
    said = {"warehouse": place, "lines": lines, "consents": consents, "on": TODAY, "reason": "the flood"}
    return (), said | _SIGNED | {"restriction": Restriction(recipients=("h1",))}


def _sell(random: Random, book: Book) -> Made:
    found = _one(random, book, "warehouse")
    if found is None:
        return None
    place, lot, units = found
    lines = [SoldLine(lot, _amount(book, lot, units), yuan(random.randint(1, 500)))]
    said = {"warehouse": place, "lines": lines, "into": "general", "buyer": "market", "reason": "excess"}
    return (), said | _SIGNED | {"paper": "contract 5", "on": TODAY}


def _revalue(random: Random, book: Book) -> Made:
    found = _one(random, book, "warehouse")
    if found is None:
        return None
    said = {"valuation": worth(random.randint(1, 9_000)), "on": TODAY, "reason": "measured"}
    return (found[1],), said | _SIGNED


def _recall(random: Random, book: Book) -> Made:
    found = _one(random, book, "warehouse")
    if found is None or random.random() < 0.7:
        return None
    said = {"lots": [found[1]], "reason": "mould", "notice": "notice 3"}
    return (), said | {"ordered_by": "a", "on": DAYS[-1]}


def _end_recall(random: Random, book: Book) -> Made:
    notices = book.documents_of(RecallNotice)
    if not notices:
        return None
    return (random.choice(notices).number,), {"reason": "all seen", "approved_by": "b", "on": DAYS[-1]}


def _reverse(random: Random, book: Book) -> Made:
    number = random.choice(list(book.documents)[-8:])
    return (number,), {"on": TODAY, "reason": "a mistake", "approved_by": "b"}


def _close(random: Random, book: Book) -> Made:
    if book.ledger.closed_through is not None or random.random() < 0.8:
        return None
    return (Period(date(2026, 1, 1), DAYS[1]),), {"on": TODAY, "closed_by": "a", "approved_by": "b"}


def _reopen(random: Random, book: Book) -> Made:
    if book.ledger.closed_through is None:
        return None
    said = {"on": TODAY, "reason": "a list was found", "requested_by": "b", "approved_by": "c"}
    return (Period(date(2026, 1, 1), DAYS[1]),), said


def _observe(random: Random, _: Book) -> Made:
    said = {"count": Interval.exactly(random.randint(0, 9)), "unit": "well", "on": TODAY}
    return ("wells dug",), said | {"evidence": "photograph", "project": "well"}


_VERBS: Final[dict[str, Callable[[Random, Book], Made]]] = {
    "receive": _receive,
    "receive_money": _receive_money,
    "pledge": _pledge,
    "purchase": _purchase,
    "spend": _spend,
    "dispatch": _dispatch,
    "arrive": _arrive,
    "divert": _divert,
    "sign_off": _sign_off,
    "distribute": _distribute,
    "return_": _return,
    "build_kits": _build_kits,
    "break_kits": _break_kits,
    "rebuild_kits": _rebuild_kits,
    "quarantine": _quarantine,
    "release": _release,
    "write_off": _write_off,
    "allocate": _allocate,
    "release_hold": _release_hold,
    "plan_count": _plan_count,
    "count": _count,
    "approve_count": _approve_count,
    "redirect": _redirect,
    "sell": _sell,
    "revalue": _revalue,
    "recall": _recall,
    "end_recall": _end_recall,
    "reverse": _reverse,
    "close": _close,
    "reopen": _reopen,
    "observe": _observe,
}
_OFTEN: Final = (*_VERBS, "receive", "distribute", "distribute", "dispatch", "arrive", "count", "count")
