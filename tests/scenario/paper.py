"""The field's own paperwork as text: slips that are carried out line by line, balances and stock cards.

A table has a row of headings and cells between bars. The kinds of slip:

    gift    donor to warehouse      money   donor to fund           buy     fund to warehouse
    send    warehouse to consignee  arrive  waybill, lot and count  give    warehouse to recipient
    back    recipient to warehouse  lost    warehouse to reason     spend   fund to project
    cancel  document

Quantities are in the base unit, or in a pack that is named (`2 bale`); values are in yuan for the line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reliefstock import (
    ArrivedLine,
    BoughtLine,
    ConsignedLine,
    Handout,
    LossReason,
    Place,
    PlaceKind,
    ReturnedLine,
    Stage,
    WrittenOffLine,
)
from scenario.county import gift, yuan

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reliefstock import Book, Posting, Quantity

    Row = Mapping[str, str]

_INSIDE = ("warehouse", "quarantine", "fund", "transit", "household", "school", "society", "project")


def table(text: str) -> list[dict[str, str]]:
    """The rows of a table, each as headings and cells."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def carry_out(book: Book, slips: str) -> Book:
    """Do what the slips say, from the first to the last."""
    for slip in table(slips):
        _KINDS[slip["kind"]](book, slip)
    return book


def balances(book: Book) -> list[dict[str, str]]:
    """Every place inside where there is something, item by item, as rows of a table, in order."""
    sums: dict[tuple[str, str], tuple[int, int]] = {}
    for entry in book.entries:
        for posting in entry.postings:
            if posting.place.kind.value in _INSIDE:
                key = (str(posting.place), book.lot(posting.lot).item)
                quantity, value = sums.get(key, (0, 0))
                sums[key] = (quantity + posting.quantity, value + posting.value)
    return [
        {"place": place, "item": item, "qty": f"{quantity:,}", "value": yuan_text(value)}
        for (place, item), (quantity, value) in sorted(sums.items())
        if (quantity, value) != (0, 0)
    ]


def stock_card(book: Book, warehouse: str, item: str) -> list[dict[str, str]]:
    """A line per movement of an item in a warehouse, in the order of business, with the running balance."""
    place = Place(PlaceKind.WAREHOUSE, warehouse)
    moved = [
        (entry.on, entry.number, entry.document, posting)
        for entry in book.entries
        for posting in entry.postings
        if posting.place == place and book.lot(posting.lot).item == item
    ]
    card: list[dict[str, str]] = []
    balance = value = 0
    for on, _, document, posting in sorted(moved, key=lambda line: line[:2]):
        balance, value = balance + posting.quantity, value + posting.value
        card.append(_card_line(on.isoformat(), document, posting, balance, value))
    return card


def _card_line(on: str, document: str, posting: Posting, balance: int, value: int) -> dict[str, str]:
    came, went = max(0, posting.quantity), max(0, -posting.quantity)
    return {
        "date": on,
        "document": document,
        "in": f"{came:,}" if came else "",
        "out": f"{went:,}" if went else "",
        "balance": f"{balance:,}",
        "value": yuan_text(value),
    }


def yuan_text(minor: int) -> str:
    return f"{minor // 100:,}.{minor % 100:02d}"


# Slips


def _quantity(book: Book, item: str, text: str) -> Quantity:
    count, _, pack = text.replace(",", "").partition(" ")
    return book.register.item(item).quantity(int(count), pack or None)


def _gift(book: Book, slip: Row) -> None:
    quantity = _quantity(book, slip["item"], slip["qty"])
    gift(
        book,
        slip["item"],
        quantity.count,
        slip["value"],
        slip["date"],
        pack=quantity.unit.code,
        donor=slip["from"],
        into=slip["to"],
        expiry=slip["note"] or None,
    )


def _money(book: Book, slip: Row) -> None:
    book.receive_money(donor=slip["from"], into=slip["to"], amount=yuan(slip["value"]), on=slip["date"])


def _buy(book: Book, slip: Row) -> None:
    line = BoughtLine(slip["item"], _quantity(book, slip["item"], slip["qty"]), yuan(slip["value"]))
    book.purchase(
        fund=slip["from"],
        supplier="mill",
        into=slip["to"],
        lines=[line],
        on=slip["date"],
        counted_by=("counter a", "counter b"),
        invoice=slip["note"],
    )


def _send(book: Book, slip: Row) -> None:
    line = ConsignedLine(slip["item"], _quantity(book, slip["item"], slip["qty"]))
    book.dispatch(origin=slip["from"], to=slip["to"], lines=[line], on=slip["date"])


def _arrive(book: Book, slip: Row) -> None:
    stage = Stage(slip["note"] or "unresolved")
    if slip["qty"] == "nothing":
        book.arrive(slip["from"], on=slip["date"], received_by="keeper", nothing_arrived=True, stage=stage)
        return
    line = ArrivedLine(slip["item"], _lot_quantity(book, slip), stage=stage)
    book.arrive(slip["from"], on=slip["date"], received_by="keeper", lines=[line])


def _lot_quantity(book: Book, slip: Row) -> Quantity:
    return _quantity(book, book.lot(slip["item"]).item, slip["qty"])


def _give(book: Book, slip: Row) -> None:
    line = Handout(slip["to"], slip["item"], _quantity(book, slip["item"], slip["qty"]), "sheet 1")
    book.distribute(origin=slip["from"], lines=[line], on=slip["date"])


def _back(book: Book, slip: Row) -> None:
    line = ReturnedLine(slip["item"], _lot_quantity(book, slip))
    book.return_(recipient=slip["from"], into=slip["to"], lines=[line], on=slip["date"], reason=slip["note"])


def _lost(book: Book, slip: Row) -> None:
    book.write_off(
        warehouse=slip["from"],
        lines=[WrittenOffLine(slip["item"], _lot_quantity(book, slip))],
        on=slip["date"],
        reason=LossReason(slip["to"]),
        explanation=slip["note"],
        reported_by="keeper",
        approved_by="director",
    )


def _spend(book: Book, slip: Row) -> None:
    book.spend(
        fund=slip["from"],
        project=slip["to"],
        amount=yuan(slip["value"]),
        on=slip["date"],
        purpose=slip["note"],
        requested_by="engineer",
        approved_by="director",
    )


def _cancel(book: Book, slip: Row) -> None:
    book.reverse(slip["from"], on=slip["date"], reason=slip["note"], approved_by="director")


_KINDS: Mapping[str, Callable[[Book, Row], None]] = {
    "gift": _gift,
    "money": _money,
    "buy": _buy,
    "send": _send,
    "arrive": _arrive,
    "give": _give,
    "back": _back,
    "lost": _lost,
    "spend": _spend,
    "cancel": _cancel,
}
