"""A clerk who rewrites the whole chain is found out: each way to cheat, by what is wrong and where."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import NamedTuple

import attrs
import pytest

from reliefstock import Book
from reliefstock.audit import AuditFinding, Figures, recompute
from reliefstock.audit.figures import differences
from reliefstock.audit.wording import SENTENCES
from reliefstock.journal import Record, follow
from unit.audit.books import BOUGHT, KITS, QUILTS, a_book
from unit.audit.clerk import Clerk, Thing, place

MONEY = "DR-000001-1"
DEPOT, STATION, WET = "warehouse:depot", "warehouse:station", "quarantine:depot"
LORRY, BENCH, SHOP = "transit:WB-000001", "conversion:KIT-000001-1", "conversion:PUR-000001"
FLOOR = 3333  # what a quilt is worth at least, in fen


@cache
def the_book() -> Book:
    return a_book()


@cache
def written() -> tuple[Record, ...]:
    return tuple(the_book().records())


def clerk() -> Clerk:
    return Clerk(written())


class Case(NamedTuple):
    """What the clerk does, and what is found: its code, in the record of which document, place and lot."""

    what: str
    forge: Callable[[Clerk], object]
    code: str
    document: str
    place: str = ""
    lot: str = ""


def on(document: str, day: str) -> Callable[[Clerk], None]:
    """A document with all its entries is of another day."""

    def forge(books: Clerk) -> None:
        posted = books.posted(document)
        for dated in (posted.document, *posted.entries):
            dated.on = date.fromisoformat(day)

    return forge


def leg(document: str, where: str, which: str = "", /, **changes: object) -> Callable[[Clerk], None]:
    return lambda books: set_all(books.leg(document, where, which), changes)


def entry(document: str, /, **changes: object) -> Callable[[Clerk], None]:
    return lambda books: set_all(books.entry(document), changes)


def paper(document: str, /, **changes: object) -> Callable[[Clerk], None]:
    return lambda books: set_all(books.posted(document).document, changes)


def posted(document: str, /, **changes: object) -> Callable[[Clerk], None]:
    return lambda books: set_all(books.posted(document), changes)


def lot(which: str, /, **changes: object) -> Callable[[Clerk], None]:
    return lambda books: set_all(books.lot(which), changes)


def part(which: str, /, **changes: object) -> Callable[[Clerk], None]:
    return lambda books: set_all(books.lot(which).made_of[0], changes)


def hold(**changes: object) -> Callable[[Clerk], None]:
    return lambda books: set_all(books.hold("AL-000001-1"), changes)


def outcome(document: str, /, **changes: object) -> Callable[[Clerk], None]:
    return lambda books: set_all(books.posted(document).outcomes[0], changes)


def counted(**changes: object) -> Callable[[Clerk], None]:
    def forge(books: Clerk) -> None:
        one = next(one for one in books.posted("CS-000001").counted if one.lot == QUILTS)
        set_all(one, changes)

    return forge


def closing(document: str, /, **changes: object) -> Callable[[Clerk], None]:
    return lambda books: set_all(books.posted(document).closing, changes)


def moved(document: str, quantity: int = 0, value: int = 0) -> Callable[[Clerk], None]:
    return lambda books: books.move(document, quantity, value)


def all_of(*forges: Callable[[Clerk], object]) -> Callable[[Clerk], None]:
    def forge(books: Clerk) -> None:
        for one in forges:
            one(books)

    return forge


def set_all(thing: object, changes: dict[str, object]) -> None:
    for field, value in changes.items():
        assert field in vars(thing), field
        setattr(thing, field, value)


def both(
    document: str, where: tuple[str, str], which: str, quantity: int, value: int
) -> Callable[[Clerk], None]:
    """So much of a lot goes from one place to another, instead of what went."""
    return all_of(
        leg(document, where[0], which, quantity=-quantity, value=-value),
        leg(document, where[1], which, quantity=quantity, value=value),
    )


def posting(where: str, which: str, quantity: int, value: int) -> Thing:
    fields = {"place": place(where), "lot": which, "quantity": quantity, "value": value}
    return Thing("Posting", fields)


def more(document: str, *postings: Thing) -> Callable[[Clerk], None]:
    return lambda books: books.entry(document).postings.extend(postings)


def again(document: str, number: str, **changes: object) -> Callable[[Clerk], None]:
    """A command that was carried out is carried out once more, at the end, with a paper of another number."""

    def forge(books: Clerk) -> None:
        copy = books.posted(document).copy()
        copy.command = "once more"
        set_all(copy.document, {"number": number, "on": date(2023, 2, 10)})
        for at, one in enumerate(copy.entries, 18):
            set_all(one, {"number": at, "document": number, "command": copy.command, "on": date(2023, 2, 10)})
            set_all(one, changes)
        copy.document.entries = [one.number for one in copy.entries]
        books.contents.append(copy)

    return forge


def reversed_again(books: Clerk) -> None:
    again("REV-000001", "REV-000002")(books)


def reversal_reversed(books: Clerk) -> None:
    again("REV-000001", "REV-000002", reverses=15)(books)
    for one in books.entry("REV-000002").postings:
        one.quantity, one.value = -one.quantity, -one.value


def reopened(books: Clerk) -> None:
    again("CL-000001", "CL-000002")(books)
    set_all(books.contents[-1].closing, {"through": None, "sealed": None})


def split(books: Clerk) -> None:
    """What a household got is posted in two rows."""
    books.leg("DL-000001", "household:H-1").quantity = 1
    books.leg("DL-000001", "household:H-1").value = 3333
    books.entry("DL-000001").postings.append(posting("household:H-1", QUILTS, 1, 3334))


def crossed(books: Clerk) -> None:
    """Two depots and two households: nobody can tell who got what from where."""
    books.entry("DL-000001").postings = [
        posting(DEPOT, QUILTS, -1, -3333),
        posting(STATION, QUILTS, -1, -3334),
        posting("household:H-1", QUILTS, 1, 3334),
        posting("household:H-2", QUILTS, 1, 3333),
    ]


def heavy_ones_first(books: Clerk) -> None:
    """Twelve quilts are taken at a fen more than their floor, and there are eleven of them."""
    for document in ("WB-000001", "RR-000001"):
        books.move(document, value=8 * (FLOOR + 1) - 26666)
    for document, value in (("DL-000001", 6667), ("DL-000002", 3334), ("DL-000003", 3333)):
        units = books.leg(document, DEPOT).quantity
        books.move(document, value=-units * (FLOOR + 1) - value)


def another_lot(books: Clerk) -> None:
    copy = books.lot(QUILTS).copy()
    copy.id = "GRN-000001-2"
    books.posted("DL-000005").lots.append(copy)


def held_late(books: Clerk) -> None:
    copy = books.hold("AL-000001-1").copy()
    copy.id = "AL-000001-2"
    books.posted("CP-000001").holds.append(copy)


def renamed(name: str) -> Callable[[Clerk], None]:
    return lambda books: vars(books.posted("DL-000005").document).update(name_of_thing=name)


def numbered(number: str) -> Callable[[Clerk], None]:
    return all_of(entry("DL-000005", document=number), paper("DL-000005", number=number))


PART = Thing("Ingredient", {"lot": MONEY, "quantity": 1, "value": 1})
LATE = date(2023, 2, 20)

CASES = (
    # 1 and 2
    Case(
        "a quilt appears",
        leg("DL-000001", "household:H-1", quantity=3),
        "quantity-not-conserved",
        "DL-000001",
        lot=QUILTS,
    ),
    Case(
        "a fen appears",
        leg("DL-000001", "household:H-1", value=6668),
        "value-not-conserved",
        "DL-000001",
        lot=QUILTS,
    ),
    Case(
        "goods are worth more than was paid",
        all_of(both("PUR-000001", (SHOP, DEPOT), BOUGHT, 10, 10_001), lot(BOUGHT, value=10_001)),
        "conversion-value",
        "PUR-000001",
        SHOP,
    ),
    Case("a part is named at less", part(BOUGHT, value=9999), "ingredient-value", "PUR-000001", SHOP, MONEY),
    Case(
        "fewer parts are named", part(BOUGHT, quantity=9999), "ingredient-quantity", "PUR-000001", SHOP, MONEY
    ),
    Case("another part is named", part(BOUGHT, lot=QUILTS), "ingredient-other", "PUR-000001", SHOP, QUILTS),
    Case(
        "and the one that went in is not",
        part(BOUGHT, lot=QUILTS),
        "ingredient-other",
        "PUR-000001",
        SHOP,
        MONEY,
    ),
    Case("goods are made of nothing", lot(BOUGHT, made_of=[]), "made-of-nothing", "PUR-000001", SHOP, BOUGHT),
    Case(
        "a kit is broken into fewer quilts",
        both("KBR-000001", (BENCH, DEPOT), QUILTS, 1, 3333),
        "unmade-otherwise",
        "KBR-000001",
        BENCH,
        QUILTS,
    ),
    Case(
        "a kit of two and a half quilts", part(KITS, quantity=5), "unmade-fraction", "KBR-000001", BENCH, KITS
    ),
    # 3
    Case(
        "more is given than there is",
        moved("DL-000001", 30, 30 * FLOOR),
        "below-zero",
        "DL-000001",
        DEPOT,
        QUILTS,
    ),
    Case(
        "quilts are given before they come",
        on("DL-000001", "2023-01-09"),
        "below-zero",
        "DL-000001",
        DEPOT,
        QUILTS,
    ),
    Case("the gift is dated later", on("GRN-000001", "2023-01-17"), "below-zero", "WB-000001", DEPOT, QUILTS),
    Case(
        "more comes back than was given",
        moved("RN-000001", 5, 5 * FLOOR),
        "below-zero",
        "RN-000001",
        "household:H-1",
        QUILTS,
    ),
    Case(
        "more arrives than was sent", moved("RR-000001", 1, FLOOR), "below-zero", "RR-000001", LORRY, QUILTS
    ),
    Case(
        "more is written off than is apart",
        moved("WO-000001", 2, 2 * FLOOR),
        "below-zero",
        "WO-000001",
        WET,
        QUILTS,
    ),
    Case(
        "more quilts come out of a bench than went in",
        both("KBR-000001", (BENCH, DEPOT), QUILTS, 5, 5 * FLOOR),
        "out-of-nothing",
        "KBR-000001",
        BENCH,
        QUILTS,
    ),
    Case(
        "more kits are broken than were built",
        both("KBR-000001", (DEPOT, BENCH), KITS, 3, 3 * 6666),
        "unmade-twice",
        "KBR-000001",
        BENCH,
        KITS,
    ),
    # 4
    Case("a quilt at another price", moved("DL-000001", value=10), "worth-off", "DL-000001", DEPOT, QUILTS),
    Case("a fen stays on the lorry", moved("RR-000001", value=-1), "residue", "RR-000001", LORRY, QUILTS),
    Case(
        "a fen stays with the donor",
        lot(QUILTS, value=100_002),
        "lot-not-whole",
        "GRN-000001",
        "donor:province",
        QUILTS,
    ),
    Case("the dear ones first", heavy_ones_first, "value-off", "DL-000003", DEPOT, QUILTS),
    # 5
    Case("a reversal of one quilt", moved("REV-000001", -1, -FLOOR), "reversal-inexact", "REV-000001"),
    Case(
        "a reversal to another place",
        leg("REV-000001", DEPOT, place=place(STATION)),
        "reversal-inexact",
        "REV-000001",
    ),
    Case("a reversal, again", reversed_again, "reversal-twice", "REV-000002"),
    Case("a reversal is reversed", reversal_reversed, "reversal-of-reversal", "REV-000002"),
    Case("a reversal of nothing", entry("REV-000001", reverses=99), "reversal-unknown", "REV-000001"),
    Case("a reversal of itself", entry("REV-000001", reverses=15), "reversal-unknown", "REV-000001"),
    Case(
        "a reversal that does not say of what",
        entry("REV-000001", reverses=None),
        "reversal-unnamed",
        "REV-000001",
    ),
    Case("a list that takes something back", entry("DL-000005", reverses=6), "reversal-unnamed", "DL-000005"),
    Case("a reversal before its time", on("REV-000001", "2023-01-27"), "reversal-early", "REV-000001"),
    Case("an entry is left out", lambda books: books.drop("DL-000005"), "entry-number", "CR-000001"),
    Case("an entry has the number of another", entry("DL-000005", number=3), "entry-number", "DL-000005"),
    # Form
    Case("an entry of nothing", entry("DL-000005", postings=[]), "entry-empty", "DL-000005"),
    Case("an entry of no kind", entry("DL-000005", kind="a favour"), "kind-unknown", "DL-000005"),
    Case(
        "a place of no kind",
        leg("DL-000005", "household:H-3", place=Thing("Place", {"kind": "attic", "id": "H-3"})),
        "place-unknown",
        "DL-000005",
        "attic:H-3",
        QUILTS,
    ),
    Case(
        "a household that nobody knows",
        leg("DL-000001", "household:H-1", place=place("household:H-9")),
        "place-unregistered",
        "DL-000001",
        "household:H-9",
        QUILTS,
    ),
    Case("goods that nobody knows", lot(QUILTS, item="gold"), "item-unregistered", "GRN-000001", lot=QUILTS),
    Case(
        "nothing moves",
        more("DL-000005", posting(STATION, QUILTS, 0, 0)),
        "posting-empty",
        "DL-000005",
        STATION,
        QUILTS,
    ),
    Case("a household twice", split, "place-twice", "DL-000001", "household:H-1", QUILTS),
    Case("two to two", crossed, "legs-untold", "DL-000001", lot=QUILTS),
    # Lots
    Case(
        "a lot that never came",
        leg("DL-000005", DEPOT, lot="GRN-000009-1"),
        "lot-unknown",
        "DL-000005",
        lot="GRN-000009-1",
    ),
    Case(
        "a lot comes in twice",
        lambda books: books.posted("PUR-000001").lots.append(books.lot(QUILTS).copy()),
        "lot-twice",
        "PUR-000001",
        lot=QUILTS,
    ),
    Case(
        "a voucher of less",
        lambda books: set_all(books.lot(QUILTS).valuation.amount, {"minor": 100_000}),
        "value-unstated",
        "GRN-000001",
        lot=QUILTS,
    ),
    Case(
        "a voucher of other money",
        lambda books: set_all(books.lot(QUILTS).valuation.amount, {"currency": "JPY"}),
        "currency-other",
        "GRN-000001",
        lot=QUILTS,
    ),
    Case("a lot of nothing", lot(QUILTS, quantity=0), "lot-impossible", "GRN-000001", lot=QUILTS),
    Case("a lot of debts", lot(QUILTS, value=-1), "lot-impossible", "GRN-000001", lot=QUILTS),
    Case("a lot without an entry", another_lot, "lot-not-brought", "DL-000005", lot="GRN-000001-2"),
    Case(
        "a lot of more than came",
        lot(QUILTS, quantity=31),
        "lot-not-whole",
        "GRN-000001",
        "donor:province",
        QUILTS,
    ),
    Case(
        "a lot that was in a depot before",
        leg("GRN-000001", "donor:province", place=place(STATION)),
        "lot-not-whole",
        "GRN-000001",
        lot=QUILTS,
    ),
    Case(
        "the donor gives it again",
        more("DL-000005", posting("donor:province", QUILTS, -1, -FLOOR), posting(STATION, QUILTS, 1, FLOOR)),
        "lot-again",
        "DL-000005",
        "donor:province",
        QUILTS,
    ),
    Case(
        "another donor is named",
        lot(QUILTS, donor="city"),
        "donor-other",
        "GRN-000001",
        "donor:province",
        QUILTS,
    ),
    Case(
        "another donor's money bought it", lot(BOUGHT, donor="city"), "donor-lost", "PUR-000001", lot=BOUGHT
    ),
    Case(
        "a gift that was made of another",
        lot(QUILTS, made_of=[PART]),
        "made-elsewhere",
        "GRN-000001",
        "donor:province",
        QUILTS,
    ),
    Case("money is worth more than itself", lot(MONEY, value=20_001), "money-unlike", "DR-000001", lot=MONEY),
    # 6
    Case("the book said something else", counted(there=15), "count-book", "CS-000001", DEPOT, QUILTS),
    Case(
        "what was counted is changed before it",
        moved("DL-000005", 1, FLOOR),
        "count-book",
        "CS-000001",
        DEPOT,
        QUILTS,
    ),
    Case(
        "late news about a later day than the count",
        all_of(on("DL-000005", "2023-02-28"), *(f("DL-000005", concerns=LATE) for f in (paper, entry))),
        "count-book",
        "CS-000001",
        DEPOT,
        QUILTS,
    ),
    Case("the count knew less", counted(known=15), "count-known", "CS-000001", DEPOT, QUILTS),
    Case("less than nothing is counted", counted(counted=-1), "count-below-zero", "CS-000001", DEPOT, QUILTS),
    Case(
        "the count of another paper",
        counted(document="CS-000002"),
        "count-document",
        "CS-000001",
        DEPOT,
        QUILTS,
    ),
    Case("a count of no lot", counted(lot="GRN-000009-1"), "lot-unknown", "CS-000001", DEPOT, "GRN-000009-1"),
    # 7
    Case("what is apart is held", hold(place=place(WET)), "hold-place", "AL-000001", WET, QUILTS),
    Case("nothing is held", hold(quantity=0), "hold-empty", "AL-000001", DEPOT, QUILTS),
    Case("it ends before it begins", hold(until=date(2023, 1, 19)), "hold-days", "AL-000001", DEPOT, QUILTS),
    Case(
        "it is promised twice",
        lambda books: books.posted("AL-000001").holds.append(books.hold("AL-000001-1").copy()),
        "hold-twice",
        "AL-000001",
        DEPOT,
        QUILTS,
    ),
    Case("a hold of no lot", hold(lot="GRN-000009-1"), "lot-unknown", "AL-000001", DEPOT, "GRN-000009-1"),
    Case(
        "nobody held that", outcome("HR-000001", hold="AL-000009-1"), "hold-unknown", "HR-000001", lot=QUILTS
    ),
    Case(
        "released too late",
        outcome("HR-000001", on=date(2023, 2, 11)),
        "hold-off-its-days",
        "HR-000001",
        DEPOT,
        QUILTS,
    ),
    Case(
        "released too early",
        outcome("HR-000001", on=date(2023, 1, 19)),
        "hold-off-its-days",
        "HR-000001",
        DEPOT,
        QUILTS,
    ),
    Case(
        "more is released than is left",
        outcome("HR-000001", quantity=4),
        "hold-overdrawn",
        "HR-000001",
        DEPOT,
        QUILTS,
    ),
    Case(
        "less than nothing is released",
        outcome("HR-000001", quantity=-1),
        "outcome-sign",
        "HR-000001",
        DEPOT,
        QUILTS,
    ),
    Case(
        "more is held again than was given",
        outcome("HR-000001", quantity=-3, how="restored"),
        "hold-refilled",
        "HR-000001",
        DEPOT,
        QUILTS,
    ),
    Case(
        "more is fulfilled than leaves",
        outcome("DL-000002", quantity=2),
        "hold-not-left",
        "DL-000002",
        DEPOT,
        QUILTS,
    ),
    Case(
        "it moves to nowhere",
        outcome("HR-000001", how="moved"),
        "hold-not-moved-on",
        "HR-000001",
        DEPOT,
        QUILTS,
    ),
    Case(
        "it comes to something unheard of",
        outcome("HR-000001", how="lent"),
        "outcome-unknown",
        "HR-000001",
        DEPOT,
        QUILTS,
    ),
    Case(
        "by a paper of another number",
        outcome("HR-000001", document="HR-000002"),
        "outcome-document",
        "HR-000001",
        lot=QUILTS,
    ),
    Case("more is promised than there is", hold(quantity=30), "held-for-others", "AL-000001", DEPOT, QUILTS),
    Case("others take what is held", hold(quantity=19), "held-for-others", "KIT-000001", DEPOT, QUILTS),
    # 8, and papers
    Case(
        "a command, again",
        all_of(posted("DL-000005", command="the gift"), entry("DL-000005", command="the gift")),
        "command-twice",
        "DL-000005",
    ),
    Case("no command", posted("DL-000005", command=""), "command-missing", "DL-000005"),
    Case("what was asked is not kept", posted("DL-000005", content=b"?"), "content-not-hashed", "DL-000005"),
    Case("a number is left out", numbered("DL-000007"), "document-number", "DL-000007"),
    Case("a number is used again", numbered("DL-000004"), "document-number", "DL-000004"),
    Case("a number that is none", numbered("list five"), "document-number", "list five"),
    Case("a paper of another kind", renamed("Waybill"), "document-kind", "DL-000005"),
    Case(
        "a paper that names another entry", paper("DL-000005", entries=[15]), "document-entries", "DL-000005"
    ),
    Case("a paper of another day", paper("DL-000005", on=LATE), "document-day", "DL-000005"),
    Case(
        "a paper that says nothing of its lateness",
        paper("DL-000005", concerns=None),
        "document-concerns",
        "DL-000005",
    ),
    Case(
        "late news of the day after",
        all_of(*(f("DL-000005", concerns=LATE) for f in (paper, entry))),
        "concerns-later",
        "DL-000005",
    ),
    Case(
        "an entry of another paper", entry("DL-000005", document="DL-000004"), "entry-document", "DL-000005"
    ),
    Case("an entry of another command", entry("DL-000005", command="another"), "entry-command", "DL-000005"),
    # 9
    Case("an entry in a closed month", on("DL-000005", "2023-01-30"), "closed-day", "DL-000005"),
    Case("a count in a closed month", counted(on=date(2023, 1, 31)), "closed-day", "CS-000001"),
    Case("a hold in a closed month", held_late, "closed-day", "CP-000001"),
    Case("what is sealed is opened", reopened, "unsealed", "CL-000002"),
    Case(
        "what is open is sealed", closing("SE-000001", sealed=date(2023, 2, 28)), "sealed-open", "SE-000001"
    ),
)


def found_in(books: Clerk) -> tuple[AuditFinding, ...]:
    return recompute(books.records()).findings


def test_nothing_is_found_in_what_an_honest_clerk_wrote():
    assert found_in(clerk()) == ()
    assert [record.payload for record in clerk().records()] == [record.payload for record in written()]


def in_the_record_of(books: Clerk, case: Case) -> list[int]:
    posted = [one for one in books.contents if one.name_of_thing == "Posted"]
    return [books.contents.index(one) + 1 for one in posted if one.document.number == case.document]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_a_clerk_who_writes_the_chain_anew_is_found_out(case: Case):
    books = clerk()
    case.forge(books)
    found = [(one.code, one.place, one.lot) for one in found_in(books)]
    assert (case.code, case.place, case.lot) in found
    told = [
        one
        for one in found_in(books)
        if one.code == case.code and one.record in in_the_record_of(books, case)
    ]
    assert (case.place, case.lot) in [(one.place, one.lot) for one in told]
    assert all("{" not in one.en + one.zh for one in told)


# Records that end the audit, or are not of the book


def unreadable(forge: Callable[[Clerk], object]) -> AuditFinding:
    books = clerk()
    forge(books)
    audit = recompute(books.records())
    last = audit.findings[-1]
    assert (audit.ended, audit.figures.records) == (last.record, last.record - 1)
    return last


def without(thing: object, field: str) -> None:
    delattr(thing, field)


UNREADABLE = (
    ("no kind of record", lambda books: vars(books.contents[20]).update(name_of_thing="Gossip"), 21),
    ("a record that is a list", lambda books: books.contents.insert(4, []), 5),
    ("a record that is a text", lambda books: books.contents.insert(4, "Posted"), 5),
    ("a document that is none", posted("DL-000005", document=None), 0),
    ("a document without a day", lambda books: without(books.posted("DL-000005").document, "on"), 0),
    ("an entry without postings", lambda books: without(books.entry("DL-000005"), "postings"), 0),
    ("entries that are none", posted("DL-000005", entries=7), 0),
    ("a posting of half a quilt", leg("DL-000005", DEPOT, quantity="-1/2"), 0),
    ("a posting of truth", leg("DL-000005", DEPOT, quantity=True), 0),
    ("a place without a name", leg("DL-000005", DEPOT, place=place(DEPOT).close()[:2]), 0),
    ("a place of a number", leg("DL-000005", DEPOT, place=Thing("Place", {"kind": "warehouse", "id": 7})), 0),
    ("an entry on no day", entry("DL-000005", on="2023-02-03"), 0),
    ("another thing in its place", posted("DL-000005", closing=PART), 0),
)


@pytest.mark.parametrize(("what", "forge", "record"), UNREADABLE, ids=[one[0] for one in UNREADABLE])
def test_a_record_that_cannot_be_read_ends_the_audit_and_is_named(
    what: str, forge: Callable[[Clerk], object], record: int
):
    found = unreadable(forge)
    assert found.code == "record-unreadable"
    assert found.record == (record or clerk().at("DL-000005"))


def test_bytes_that_nobody_wrote_end_the_audit():
    head = written()[-1].head
    audit = recompute([*written(), follow(head, b"\x01\xff")])
    assert [(one.code, one.record) for one in audit.findings] == [("record-unreadable", head.size + 1)]
    assert audit.figures.head == head.hash


def test_records_of_a_later_format_are_not_guessed_at():
    found = unreadable(lambda books: set_all(books.contents[0], {"format": 2}))
    assert (found.code, found.record) == ("format-newer", 1)


def test_a_book_begins_with_its_opening_and_is_opened_once():
    books = clerk()
    books.contents.append(books.contents.pop(0))
    codes = [(one.code, one.record) for one in found_in(books)]
    assert codes == [("book-not-opened", 1), ("book-opened-twice", len(books.contents))]


def test_a_record_that_was_changed_and_not_chained_ends_the_audit():
    books = clerk()
    books.move("DL-000005", value=1)
    at = books.at("DL-000005")
    records = [*written()[: at - 1], books.records()[at - 1], *written()[at:]]
    audit = recompute(records)
    assert [(one.code, one.record) for one in audit.findings] == [("chain-broken", at)]
    assert audit.ended == at


def test_what_is_rewritten_without_a_contradiction_is_found_by_a_head_that_somebody_kept():
    books = clerk()
    for one in (books.leg("DL-000001", "household:H-1"), books.leg("RN-000001", "household:H-1")):
        one.place = place("household:H-2")
    books.leg("DL-000003", "household:H-1").place = place("household:H-2")
    assert found_in(books) == ()
    for known in (written()[-1].head, the_book().checkpoint()):
        assert recompute(written(), known=[known]).is_sound
        audit = recompute(books.records(), known=[known])
        assert [one.code for one in audit.findings] == ["chain-broken"]


COMPARED = (
    *("balance-differs", "total-differs", "hold-differs", "count-differs", "documents-differ"),
    *("closing-differs", "size-differs", "head-differs"),
)


def test_there_is_a_clerk_for_everything_that_an_audit_can_find():
    ends = {"record-unreadable", "format-newer", "book-not-opened", "book-opened-twice", "chain-broken"}
    assert {case.code for case in CASES} | ends | set(COMPARED) == set(SENTENCES)


def test_every_figure_that_differs_is_told():
    sound = recompute(written()).figures
    books = clerk()
    for document in ("AL-000001", "HR-000001", "CS-000002", "CL-000001", "SE-000001", "CR-000001"):
        books.drop(document)
    books.posted("DL-000002").outcomes = []
    fewer = recompute(books.records()).figures
    assert {one.code for one in differences(sound, fewer)} == set(COMPARED)
    assert differences(sound, sound) == ()


def test_what_a_book_does_not_say_is_not_compared():
    sound = recompute(written()).figures
    silent: Figures = attrs.evolve(sound, records=None, head=None)
    assert differences(sound, silent) == ()
