"""A second book-keeper, who trusts nothing: every promise checked again by the simplest loops.

It reads what was posted, entry by entry, as plain tuples, and shares no rule with the library: which
places may go below zero, what a balance is and who gave what are all said again here. `violations` lists
what is wrong in words; an empty list is a book that adds up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reliefstock import Item
from reliefstock.operations import DOCUMENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from reliefstock import Book, Entry, Lot

# Said again on purpose, by word, not by PlaceKind.side.
ON_HAND = ("warehouse", "quarantine", "fund")
HELD = (*ON_HAND, "transit")
INSIDE = (*HELD, "household", "school", "society", "project")
ORIGINS = ("donor", "supplier", "gain", "conversion")

Key = tuple[str, str]
"""A place as text, and a lot."""


class Row(NamedTuple):
    """One posting with its date and number: a line of a stock card."""

    on: date
    number: int
    place: str
    lot: str
    quantity: int
    value: int


class Moment(NamedTuple):
    """What a place held of a lot after a posting."""

    on: date
    number: int
    quantity: int
    value: int


def rows_of(entry: Entry) -> list[Row]:
    return [Row(entry.on, entry.number, str(p.place), p.lot, p.quantity, p.value) for p in entry.postings]


def rows(book: Book) -> list[Row]:
    return [row for entry in book.entries for row in rows_of(entry)]


def kind_of(place: str) -> str:
    return place.split(":", maxsplit=1)[0]


def totals(
    lines: Iterable[Row], *, on: date | None = None, known: int | None = None
) -> dict[Key, tuple[int, int]]:
    """Quantity and value of every place and lot, at the end of a day, as known after an entry."""
    sums: dict[Key, tuple[int, int]] = {}
    for row in lines:
        if (on is None or row.on <= on) and (known is None or row.number <= known):
            quantity, value = sums.get((row.place, row.lot), (0, 0))
            sums[row.place, row.lot] = (quantity + row.quantity, value + row.value)
    return sums


def moments(lines: Iterable[Row]) -> dict[Key, list[Moment]]:
    """Every place and lot through time, in the order in which things happened."""
    through: dict[Key, list[Moment]] = {}
    for row in sorted(lines, key=lambda row: (row.on, row.number)):
        past = through.setdefault((row.place, row.lot), [])
        quantity, value = (past[-1].quantity, past[-1].value) if past else (0, 0)
        past.append(Moment(row.on, row.number, quantity + row.quantity, value + row.value))
    return through


def least_from(lines: Iterable[Row], on: date) -> dict[Key, int]:
    """The fewest units that each place has of each lot at any moment from the end of a day on."""
    least: dict[Key, int] = {}
    for key, past in moments(lines).items():
        before = [moment.quantity for moment in past if moment.on <= on]
        later = [moment.quantity for moment in past if moment.on > on]
        least[key] = min([before[-1] if before else 0, *later])
    return least


def carries(lot: Lot, quantity: int, value: int) -> bool:
    """Whether so many units of a lot can be worth that: each its floor, or one minor unit more."""
    floor, rest = lot.value // lot.quantity, lot.value % lot.quantity
    return floor * quantity <= value <= floor * quantity + (quantity if rest else 0)


def donors_of(book: Book, lot_id: str) -> set[str]:
    """Who gave a lot, directly or through what it was made of; nobody gave what was found."""
    return {donor for root in roots_of(book, lot_id) for donor in [book.lot(root).donor] if donor}


def roots_of(book: Book, lot_id: str) -> set[str]:
    """The lots that a lot was made of in the end: those that were made of nothing."""
    lot = book.lot(lot_id)
    if not lot.made_of:
        return {lot_id}
    return {root for part in lot.made_of for root in roots_of(book, part.lot)}


def births(book: Book) -> dict[str, str]:
    """Where each lot came in from: the first place that gave any of it."""
    born: dict[str, str] = {}
    for row in rows(book):
        if row.quantity < 0:
            born.setdefault(row.lot, row.place)
    return born


# Promises


def violations(book: Book) -> list[str]:
    """All that is wrong with a book, in words; nothing, if it keeps its promises."""
    return [
        complaint
        for check in (
            _unsound_entries,
            _bad_reversals,
            _broken_balances,
            _broken_origins,
            _lost_donors,
            _broken_makings,
            _broken_conversions,
            _outside_restrictions,
            _wrong_answers,
            _wrong_stock,
            _stray_documents,
        )
        for complaint in check(book)
    ]


def _unsound_entries(book: Book) -> Iterator[str]:
    for at, entry in enumerate(book.entries, 1):
        if entry.number != at:
            yield f"numbers: entry {at} says that it is number {entry.number}"
        for lot in {posting.lot: None for posting in entry.postings}:
            legs = [posting for posting in entry.postings if posting.lot == lot]
            if sum(leg.quantity for leg in legs):
                yield f"quantity conserved: entry {at}, lot {lot}"
            if sum(leg.value for leg in legs):
                yield f"value conserved: entry {at}, lot {lot}"
        conversions = [p.value for p in entry.postings if str(p.place).startswith("conversion:")]
        if sum(conversions):
            yield f"value conserved: entry {at}, conversion"


def _bad_reversals(book: Book) -> Iterator[str]:
    taken_back: list[int] = []
    for entry in book.entries:
        if entry.reverses is None:
            continue
        first = book.entries[entry.reverses - 1]
        taken_back.append(first.number)
        there = [(p.place, p.lot, -p.quantity, -p.value) for p in first.postings]
        if there != [(p.place, p.lot, p.quantity, p.value) for p in entry.postings]:
            yield f"past stands: entry {entry.number} is not the opposite of {first.number}"
        if entry.on < first.on:
            yield f"past stands: entry {entry.number} takes back {first.number} before it happened"
    if len(set(taken_back)) != len(taken_back):
        yield "past stands: an entry is taken back twice"


def _broken_balances(book: Book) -> Iterator[str]:
    for (place, lot), past in moments(rows(book)).items():
        for moment in past:
            where = f"{place}, lot {lot}, {moment.on}, entry {moment.number}"
            if kind_of(place) in INSIDE and moment.quantity < 0:
                yield f"below zero: {where}: {moment.quantity}"
            if moment.quantity == 0 and moment.value != 0:
                yield f"residue: {where}: {moment.value} without units"
            elif kind_of(place) in INSIDE and not carries(book.lot(lot), moment.quantity, moment.value):
                yield f"residue: {where}: {moment.quantity} units worth {moment.value}"


def _broken_origins(book: Book) -> Iterator[str]:
    everywhere: dict[str, tuple[int, int]] = {}
    for (_, lot), (quantity, value) in totals(rows(book)).items():
        units, worth = everywhere.get(lot, (0, 0))
        everywhere[lot] = (units + quantity, worth + value)
    born = births(book)
    for lot_id, lot in book.ledger.lots.items():
        if everywhere.get(lot_id) != (0, 0):
            yield f"total conserved: lot {lot_id}: {everywhere.get(lot_id)}"
        came = [
            (posting.quantity, posting.value)
            for entry in book.entries
            for posting in entry.postings
            if entry.reverses is None
            and posting.lot == lot_id
            and posting.quantity < 0
            and _brings_in(str(posting.place), born[lot_id])
        ]
        if came != [(-lot.quantity, -lot.value)]:
            yield f"origin: lot {lot_id} is {lot.quantity} worth {lot.value}, but came in as {came}"


def _brings_in(place: str, birthplace: str) -> bool:
    """Whether what comes from a place comes in: out of another conversion, or found again, it was there."""
    if place == birthplace:
        return kind_of(place) in ORIGINS
    return kind_of(place) in ("donor", "supplier")


def _broken_conversions(book: Book) -> Iterator[str]:
    """Nothing comes out of a conversion that did not go in; what was made there goes back at most once."""
    born = births(book)
    for (place, lot), past in moments(rows(book)).items():
        if kind_of(place) != "conversion":
            continue
        for moment in past:
            where = f"{place}, lot {lot}, {moment.on}, entry {moment.number}"
            if born[lot] == place:
                if moment.quantity > 0:
                    yield f"conversion: {where}: {moment.quantity} more were unmade than made"
            elif moment.quantity < 0 or not carries(book.lot(lot), moment.quantity, moment.value):
                yield f"conversion: {where}: {moment.quantity} units worth {moment.value} are left inside"


def _lost_donors(book: Book) -> Iterator[str]:
    born = births(book)
    for (place, lot), (quantity, _) in totals(rows(book)).items():
        found = all(kind_of(born[root]) == "gain" for root in roots_of(book, lot))
        if quantity and not found and not donors_of(book, lot):
            yield f"donor lost: {quantity} of lot {lot} in {place}"
    for lot_id, lot in book.ledger.lots.items():
        if lot.donor is not None and donors_of(book, lot_id) != {lot.donor}:
            yield f"donor lost: lot {lot_id} says {lot.donor}, its sources say otherwise"


def _broken_makings(book: Book) -> Iterator[str]:
    """What is made is worth what went into it, fen by fen and lot by lot, and keeps the restrictions."""
    new: set[str] = set()
    for entry in book.entries:
        legs = [row for row in rows_of(entry) if kind_of(row.place) == "conversion"]
        out = [row for row in rows_of(entry) if row.quantity < 0]
        made = {row.lot for row in legs if row.quantity < 0} - new
        new.update(row.lot for row in out)
        for place in dict.fromkeys(row.place for row in legs if row.lot in made):
            yield from _broken_making(book, entry, [row for row in legs if row.place == place])


def _broken_making(book: Book, entry: Entry, legs: list[Row]) -> Iterator[str]:
    paid = _sums((row.lot, row.value) for row in legs if row.quantity > 0)
    parts = [(row.lot, part) for row in legs if row.quantity < 0 for part in book.lot(row.lot).made_of]
    named = _sums((part.lot, part.value) for _, part in parts)
    if paid != named:
        yield f"making: entry {entry.number} was made of {paid}, its lots say {named}"
    if entry.kind.value in ("redirection", "revaluation"):  # for another purpose by consent, or so already
        return
    for lot, part in parts:
        if not set(book.lot(part.lot).restrictions) <= set(book.lot(lot).restrictions):
            yield f"restriction lost: lot {lot} is freer than {part.lot}, of which it was made"


def _sums(amounts: Iterable[tuple[str, int]]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for lot, amount in amounts:
        sums[lot] = sums.get(lot, 0) + amount
    return sums


def _outside_restrictions(book: Book) -> Iterator[str]:
    """Whatever was given out was given for that: to that place, person and programme, and in time."""
    for entry in book.entries:
        if entry.kind.value not in ("distribution", "spending"):
            continue
        for row in rows_of(entry):
            if row.quantity > 0:
                wrong = misuse(book, book.lot(row.lot), entry.on, row.place, entry.programme)
                yield from (f"restriction: entry {entry.number}, lot {row.lot}: {what}" for what in wrong)


def misuse(book: Book, lot: Lot, on: date, place: str, programme: str) -> list[str]:
    """What speaks against giving a lot to a place on a day for a programme; an empty place is nobody."""
    kind, _, place_id = place.partition(":")
    codes = _codes(book, kind, place_id)
    found = ["expired"] if lot.expiry and lot.expiry < on else []
    for restriction in lot.restrictions:
        if restriction.until and restriction.until < on:
            found.append("too late")
        if restriction.programme and restriction.programme != programme:
            found.append("another programme")
        if restriction.places and not any(code.startswith(restriction.places) for code in codes):
            found.append("another place")
        if restriction.recipients and kind != "society" and place_id not in restriction.recipients:
            found.append("another recipient")
    return found


def _codes(book: Book, kind: str, place_id: str) -> tuple[str, ...]:
    if kind == "project":
        return book.register.project(place_id).places
    return book.register.codes_of(book.register.recipient(place_id)) if place_id else ()


# What the book answers


def _wrong_answers(book: Book) -> Iterator[str]:
    """Every balance as of every date there is, and as known half way, against the postings."""
    lines = rows(book)
    half = len(book.entries) // 2
    days = sorted({row.on for row in lines})
    views: list[tuple[date | None, int | None]] = [(None, None), (None, half)]
    views += [(day, None) for day in days] + [(day, half) for day in days[1::3]]
    everywhere = [(place, lot) for place in book.ledger.places() for lot in book.ledger.lots]
    ever = {(row.place, row.lot) for row in lines}
    posted = [(place, lot) for place, lot in everywhere if (str(place), lot) in ever]
    for on, known in views:
        sums = totals(lines, on=on, known=known)
        for place, lot in everywhere if on is None else posted:
            there = book.ledger.holding(place, lot, on=on, known=known)
            if (there.quantity, there.value) != sums.get((str(place), lot), (0, 0)):
                yield f"as of: {place}, lot {lot}, on {on}, known {known}: {there}"
        yield from _wrong_on_hand(book, sums, on, known)


def _wrong_on_hand(
    book: Book, sums: dict[Key, tuple[int, int]], on: date | None, known: int | None
) -> Iterator[str]:
    for item in {lot.item: None for lot in book.ledger.lots.values()}:
        held = [
            there
            for (place, lot), there in sums.items()
            if kind_of(place) in ON_HAND and book.lot(lot).item == item
        ]
        expected = (sum(quantity for quantity, _ in held), sum(value for _, value in held))
        answer = book.on_hand(item, on=on, known=known)
        if (answer.quantity, answer.value) != expected:
            yield f"on hand: {item}, on {on}, known {known}: {answer}, postings say {expected}"


def _wrong_stock(book: Book) -> Iterator[str]:
    """What is kept ready says the same as the postings, and keeps nothing that is not there."""
    sums = totals(rows(book))
    for place in book.ledger.places():
        for lot_id, lot in book.ledger.lots.items():
            there = book.ledger.position(place, lot_id)
            if (there.quantity, there.value) != sums.get((str(place), lot_id), (0, 0)):
                yield f"stock: {place}, lot {lot_id}: {there}"
            listed = lot_id in book.ledger.stock(place, lot.item)
            expected = kind_of(str(place)) in HELD and sums.get((str(place), lot_id), (0, 0))[0] > 0
            if listed is not expected:
                yield f"stock: {place}, lot {lot_id} is {'' if listed else 'not '}listed"


def _stray_documents(book: Book) -> Iterator[str]:
    claimed = [number for document in book.documents.values() for number in document.entries]
    if sorted(claimed) != [entry.number for entry in book.entries]:
        yield f"documents: entries {claimed} are claimed, there are {len(book.entries)}"
    for number, document in book.documents.items():
        for entry in document.entries:
            if book.entries[entry - 1].document != number or book.entries[entry - 1].on != document.on:
                yield f"documents: entry {entry} is not of {number}"


# What must not change


def fingerprint(book: Book) -> tuple[str, ...]:
    """All that can be learned of a book, to see whether anything changed."""
    stock = [
        (str(place), item.id, list(book.ledger.stock(place, item.id).items()))
        for place in book.ledger.places()
        for item in _items(book)
    ]
    timelines = [
        (str(place), lot.id, list(timeline.changes())) for place, lot, timeline in book.ledger.timelines()
    ]
    return (
        repr(tuple(book.entries)),
        repr(dict(book.ledger.lots)),
        repr(dict(book.documents)),
        repr(stock),
        repr(timelines),
        repr([book._keeper.state.papers.done(entry.command) for entry in book.entries]),
        repr([(kind, book._keeper.state.papers.count(kind)) for kind in DOCUMENTS]),
        repr(list(book.register.nouns())),
    )


def _items(book: Book) -> list[Item]:
    return list(book.register.all(Item))
