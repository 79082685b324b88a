"""Amounts and places in words, the same in every finding and report."""

from __future__ import annotations

from fractions import Fraction

from reliefstock.book import Book
from reliefstock.ledger import Lot, Place, PlaceKind
from reliefstock.operations.desk import packs_of
from reliefstock.parties import Household, Warehouse
from reliefstock.values import Interval, Language, Money, minor_digits, number_text

__all__ = ["amount_text", "consignee_text", "money_text", "place_text"]


def money_text(minor: Interval | int, currency: str, lang: Language) -> str:
    """An amount, or the bounds of one, given in minor units and said in major ones.

    >>> money_text(Interval(13_370_000, 23_370_000, low_open=True, high_open=True), "CNY", "zh")
    '大于133,700.00元、小于233,700.00元'
    """
    digits = minor_digits(currency)
    interval = minor if isinstance(minor, Interval) else Interval.exactly(minor)

    def each(amount: Fraction) -> str:
        whole, point, rest = number_text(amount).partition(".")
        text = f"{whole}{point or '.' if digits else ''}{rest.ljust(digits, '0')}"
        return f"{text}元" if (lang, currency) == ("zh", "CNY") else f"{currency} {text}"

    return interval.scaled(Fraction(1, 10**digits)).text(lang, each)


def amount_text(book: Book, lot: Lot, base_units: int, lang: Language) -> str:
    """So much of a lot, and in brackets how much that is in the packs that it came in, where it is any."""
    item = book.register.item(lot.item)
    stated = item.stated(base_units)
    if isinstance(stated, Money):
        return money_text(stated.minor, stated.currency, lang)
    packs = " + ".join(part.text(lang) for part in packs_of(item, lot, base_units))
    if packs in ("", stated.text(lang)):
        return stated.text(lang)
    return f"{stated.text(lang)}（{packs}）" if lang == "zh" else f"{stated.text(lang)} ({packs})"


def consignee_text(book: Book, to: str, lang: Language) -> str:
    """The name of whom goods go to: a depot of one's own or another society."""
    register = book.register
    if register.has(Warehouse, to):
        return register.warehouse(to).name(lang)
    return register.society(to).name(lang)


def place_text(book: Book, place: Place, lang: Language) -> str:
    """The name of a place; of a household its id, since nobody's name is in the book."""
    register = book.register
    if place.kind in (PlaceKind.WAREHOUSE, PlaceKind.QUARANTINE):
        return register.warehouse(place.id).name(lang)
    if place.kind is PlaceKind.PROJECT:
        return register.project(place.id).name(lang)
    if place.kind in (PlaceKind.HOUSEHOLD, PlaceKind.SCHOOL, PlaceKind.SOCIETY):
        noun = register.recipient(place.id)
        return noun.id if isinstance(noun, Household) else noun.name(lang)
    return place.id
