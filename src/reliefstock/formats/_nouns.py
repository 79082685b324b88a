"""The nouns of the half-year data form: a row of `nouns.csv`, made into an item, a donor or a depot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from reliefstock.catalogue import Item
from reliefstock.formats._amounts import amount_of
from reliefstock.formats.sheet import Row
from reliefstock.parties import (
    DatedCode,
    Donor,
    DonorKind,
    Household,
    Level,
    School,
    Society,
    Supplier,
    Warehouse,
)
from reliefstock.projects import Fund, Project, State
from reliefstock.register import Noun
from reliefstock.values import Money, Unit, minor_digits
from reliefstock.values.figures import MEASURE_WORDS, MeasureWord

__all__ = ["NOUNS", "noun_of"]

_WORDS: Mapping[str, MeasureWord] = MappingProxyType({word.code: word for word in MEASURE_WORDS.values()})


def noun_of(row: Row, currency: str) -> Noun:
    """Make the noun that a row tells of; what is wrong with its cells is noted.

    Raises `ReliefstockError` where a noun cannot be made of them at all.
    """
    kind = row.word("kind")
    if kind == "household":
        row.empty("zh", "a household goes by its id alone: nobody's name is in the book")
        row.empty("en", "a household goes by its id alone: nobody's name is in the book")
    else:
        row.required("zh")
    return NOUNS[kind](row, currency)


def _item(row: Row, currency: str) -> Item:
    zh, unit = row.text("zh"), row.required("unit")
    if unit == "value" and currency:  # without one the report is told of, and the row need not be
        return Item.by_value(row.text("id"), zh=zh, en=row.text("en") or zh, currency=currency)
    return Item(row.text("id"), zh=zh, en=row.text("en") or zh, unit=_unit(unit or "piece"))


def _unit(given: str) -> Unit:
    """The unit of a word as it is printed (箱) or of its code (box), so that both are one."""
    word = MEASURE_WORDS.get(given) or _WORDS.get(given) or MeasureWord(given, given, given)
    return Unit.counting(word.code, zh=word.zh, en=word.en)


def _donor(row: Row, _: str) -> Donor:
    row.required("what")
    kind = row.choice("what", DonorKind) or DonorKind.ANONYMOUS
    return Donor(row.text("id"), zh=row.text("zh"), en=row.text("en"), kind=kind)


def _society(row: Row, _: str) -> Society:
    row.required("level")
    level = row.choice("level", Level) or Level.COUNTY
    codes = (DatedCode(row.text("code")),) if row.has("code") else ()
    return Society(row.text("id"), zh=row.text("zh"), en=row.text("en"), level=level, codes=codes)


def _school(row: Row, _: str) -> School:
    return School(row.text("id"), zh=row.text("zh"), en=row.text("en"), division=row.text("code"))


def _household(row: Row, _: str) -> Household:
    return Household(row.text("id"), division=row.text("code"))


def _warehouse(row: Row, _: str) -> Warehouse:
    return Warehouse(row.text("id"), zh=row.text("zh"), en=row.text("en"), division=row.text("code"))


def _supplier(row: Row, _: str) -> Supplier:
    return Supplier(row.text("id"), zh=row.text("zh"), en=row.text("en"))


def _fund(row: Row, _: str) -> Fund:
    return Fund(row.text("id"), zh=row.text("zh"), en=row.text("en"), project=row.text("project") or None)


def _project(row: Row, currency: str) -> Project:
    return Project(
        row.text("id"),
        zh=row.text("zh"),
        en=row.text("en"),
        budget=_budget(row, currency),
        state=row.choice("state", State),
        programme=row.text("programme"),
        places=row.several("code"),
        evidence=row.text("evidence"),
    )


def _budget(row: Row, currency: str) -> Money | None:
    figure = amount_of(row, "budget", currency)
    if figure is None:
        return None
    if not figure.interval.is_exact:
        row.bad("budget", "a budget is one amount and no estimate, such as 140万元")
        return None
    return Money(int(figure.minor_interval(minor_digits(currency)).low), currency)


NOUNS: Mapping[str, Callable[[Row, str], Noun]] = MappingProxyType(
    {
        "item": _item,
        "donor": _donor,
        "society": _society,
        "school": _school,
        "household": _household,
        "warehouse": _warehouse,
        "supplier": _supplier,
        "fund": _fund,
        "project": _project,
    }
)
"""The kinds of noun that a row can tell of, and how each is made."""
