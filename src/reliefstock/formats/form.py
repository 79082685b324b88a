"""The half-year data form, read: every cell of every file made into what it should be, or noted as bad."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

import attrs

from reliefstock.catalogue import Item
from reliefstock.errors import BadRow, ReliefstockError
from reliefstock.formats.sheet import Row, Sheet
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
from reliefstock.reconciliation import MONEY, Claim, Goods, Measure, Relation, RelationKind, Scope, What
from reliefstock.register import Noun
from reliefstock.values import Figure, Money, Period, Unit, identifier, minor_digits, near
from reliefstock.values.figures import MEASURE_WORDS

__all__ = ["UNSTATED", "Form", "Indicator", "Kind", "Report", "Transaction"]

UNSTATED = "unstated"
"""The donor of what came from somebody whom the papers do not name."""

_T = TypeVar("_T")

_COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "report": ("zh", "en", "period", "currency", "source"),
        "nouns": (
            *("kind", "id", "zh", "en", "unit", "what", "level", "code"),
            *("project", "budget", "state", "programme", "evidence"),
        ),
        "transactions": (
            *("id", "figure", "kind", "date", "from", "to", "item", "quantity", "amount"),
            *("programme", "donation", "evidence", "zh", "en"),
        ),
        "indicators": (
            *("id", "figure", "indicator", "count", "period", "project", "state", "evidence", "zh", "en"),
        ),
        "claims": (
            *("id", "figure", "printed", "zh", "en", "measure", "period", "goods", "donors"),
            *("items", "programmes", "recipients", "indicator", "project", "state", "source"),
        ),
        "relations": ("kind", "whole", "parts"),
    }
)


@attrs.frozen(kw_only=True)
class Report:
    """What is reported on: by whom, for which period, in which currency, and the paper it is printed in."""

    zh: str
    en: str
    period: Period
    currency: str
    source: str

    def name(self, lang: str = "en") -> str:
        """The title in Chinese (`zh`) or English."""
        return self.zh if lang == "zh" else self.en


class Kind(Enum):
    """What a row of transactions tells of."""

    RECEIVE = "receive"
    GIVE = "give"
    MONEY = "money"
    SPEND = "spend"


@attrs.frozen(kw_only=True)
class Transaction:
    """A movement, as far as the papers tell it. What they leave out is empty or None."""

    row: Row
    id: str
    kind: Kind
    period: Period | None
    source: str
    targets: tuple[str, ...]
    item: Item | None
    quantity: Figure | None
    amount: Figure | None
    programme: str
    donation: str
    evidence: str
    zh: str
    en: str


@attrs.frozen(kw_only=True)
class Indicator:
    """Something counted that is not stock."""

    row: Row
    id: str
    indicator: str
    count: Figure
    period: Period
    project: str | None
    state: State | None
    evidence: str
    zh: str
    en: str


class Form:
    """All files of a folder. What is wrong with them is in `bad`; then the rest is not to be used."""

    def __init__(self, folder: Path, bad: list[BadRow]) -> None:
        self._bad = bad
        sheets = {name: Sheet(folder / f"{name}.csv", columns, bad) for name, columns in _COLUMNS.items()}
        self.report = self._read_report(sheets["report"])
        self._currency = self.report.currency if self.report else ""
        self.nouns = tuple(self._each(sheets["nouns"], self._noun))
        self._known = _ids(self.nouns)
        self._items = {noun.id: noun for noun in self.nouns if isinstance(noun, Item)}
        transactions = self._each(sheets["transactions"], self._transaction)
        self.steps: tuple[Transaction | Indicator, ...] = (
            *transactions,
            *self._each(sheets["indicators"], self._indicator),
        )
        self._check_donations(transactions)
        self.claims = tuple(self._each(sheets["claims"], self._claim))
        self.relations = tuple(self._each(sheets["relations"], self._relation))

    def _each(self, sheet: Sheet, read: Callable[[Row], _T | None]) -> list[_T]:
        """Read every row; a row with anything wrong in it is left out. Ids must be different."""
        found: list[_T] = []
        seen: set[tuple[str, str]] = set()
        for row in sheet:
            before = len(self._bad)
            one = read(row)
            key = (row.cells.get("kind", "") if sheet.name == "nouns.csv" else "", row.cells.get("id", ""))
            if key[1] and key in seen:
                row.bad("id", "the id stands twice")
            seen.add(key)
            if one is not None and len(self._bad) == before:
                found.append(one)
        return found

    # report

    def _read_report(self, sheet: Sheet) -> Report | None:
        rows = self._each(sheet, self._report_row)
        if len(sheet) != 1:
            sheet.note(1, "", "", f"one row is due, {len(sheet)} are there")
        return rows[0] if rows else None

    def _report_row(self, row: Row) -> Report | None:
        period = row.period("period")
        row.read("currency", minor_digits)
        texts = {name: row.required(name) for name in ("zh", "en", "currency", "source")}
        if period is None:
            row.required("period")
            return None
        return Report(period=period, **texts)

    # nouns

    def _noun(self, row: Row) -> Noun | None:
        kind = row.required("kind")
        row.required("id")
        row.required("zh")
        if kind not in _NOUNS:
            row.bad("kind", f"it must be one of: {', '.join(_NOUNS)}")
            return None
        try:
            return _NOUNS[kind](row, self._currency)
        except ReliefstockError as error:
            row.bad("id", str(error))
            return None

    # transactions

    def _transaction(self, row: Row) -> Transaction | None:
        kind = row.choice("kind", Kind)
        period, quantity, amount = row.period("date"), row.figure("quantity"), row.figure("amount")
        self._money_only(row, "amount", amount)
        row.required("id")
        row.required("kind")
        item = self._items.get(self._one(row, "item", Item) or "")
        self._no_money(row, "quantity", quantity)
        if kind is None:
            return None
        giver, taker = _ENDS[kind]
        return Transaction(
            row=row,
            id=row.text("id"),
            kind=kind,
            period=period,
            source=self._one(row, "from", *giver) or "",
            targets=self._some(row, "to", *taker),
            item=item,
            quantity=quantity,
            amount=amount,
            programme=row.text("programme"),
            donation=row.text("donation"),
            evidence=row.required("evidence"),
            zh=row.required("zh"),
            en=row.required("en"),
        )

    def _check_donations(self, transactions: list[Transaction]) -> None:
        brought = {one.id for one in transactions if one.kind in (Kind.RECEIVE, Kind.MONEY)}
        for one in transactions:
            if one.donation and one.donation not in brought:
                one.row.bad("donation", f"no row of that id receives anything{_hint(one.donation, brought)}")

    # indicators

    def _indicator(self, row: Row) -> Indicator | None:
        count, period = row.figure("count"), row.period("period")
        for name in ("id", "indicator", "count", "period"):
            row.required(name)
        project, state = self._one(row, "project", Project), row.choice("state", State)
        texts = {name: row.required(name) for name in ("evidence", "zh", "en")}
        if count is None or period is None:
            return None
        return Indicator(
            row=row,
            id=row.text("id"),
            indicator=row.text("indicator"),
            count=count,
            period=period,
            project=project,
            state=state,
            **texts,
        )

    # claims

    def _claim(self, row: Row) -> Claim | None:
        figure, what, period = row.figure("printed"), row.choice("measure", What), row.period("period")
        goods = row.choice("goods", Goods) or Goods.GOODS
        for name in ("id", "printed", "measure", "period", "zh", "en"):
            row.required(name)
        scope = Scope(
            donors=self._some(row, "donors", Donor),
            items=self._some(row, "items", Item),
            programmes=row.several("programmes"),
            recipients=self._some(row, "recipients", Society, School, Household),
        )
        project, state = self._one(row, "project", Project), row.choice("state", State)
        if figure is None or what is None or period is None:
            return None
        asked = Measure(
            what=what,
            period=period,
            unit=MONEY if figure.measure == MONEY else figure.unit,
            scope=scope,
            goods=goods,
            indicator=row.text("indicator"),
            project=project or "",
            state=state,
        )
        make = partial(Claim, figure=figure, zh=row.text("zh"), en=row.text("en"), measure=asked)
        return row.read("id", lambda text: make(id=text, source=row.text("source")))

    def _relation(self, row: Row) -> Relation | None:
        kind, known = row.choice("kind", RelationKind), {claim.id for claim in self.claims}
        whole, parts = row.required("whole"), row.several("parts")
        row.required("kind")
        row.required("parts")
        for column, ids in (("whole", (whole,)), ("parts", parts)):
            for unknown in [one for one in ids if one and one not in known]:
                row.bad(column, f"no claim {unknown!r} is there{_hint(unknown, known)}")
        return None if kind is None else Relation(kind, whole, parts)

    # cells

    def _one(self, row: Row, column: str, *kinds: type[Noun]) -> str | None:
        """The id in a cell, of one of the kinds; None where it is empty."""
        given = self._some(row, column, *kinds)
        if len(given) > 1:
            row.bad(column, "one id is due, several are there")
        return given[0] if given else None

    def _some(self, row: Row, column: str, *kinds: type[Noun]) -> tuple[str, ...]:
        """The ids in a cell, each of one of the kinds."""
        given = row.several(column)
        known = [noun_id for kind in kinds for noun_id in self._known.get(kind, ())]
        for noun_id in given:
            if noun_id not in known:
                names = " or ".join(kind.__name__.lower() for kind in kinds)
                row.bad(column, f"no {names} {noun_id!r} is there{_hint(noun_id, known)}")
        return given

    def _money_only(self, row: Row, column: str, figure: Figure | None) -> None:
        if figure is not None and figure.currency != self._currency:
            row.bad(column, f"an amount of {self._currency} is due, such as 9.9万元")

    def _no_money(self, row: Row, column: str, figure: Figure | None) -> None:
        if figure is not None and figure.measure != "count":
            row.bad(column, "a number with its unit is due, such as 500箱")


_GIVERS: tuple[type[Noun], ...] = (Donor,)
_TAKERS: tuple[type[Noun], ...] = (Society, School, Household)
_ENDS: Mapping[Kind, tuple[tuple[type[Noun], ...], tuple[type[Noun], ...]]] = MappingProxyType(
    {
        Kind.RECEIVE: (_GIVERS, (Warehouse,)),
        Kind.GIVE: ((Warehouse,), _TAKERS),
        Kind.MONEY: (_GIVERS, (Fund,)),
        Kind.SPEND: ((Fund,), (Project,)),
    }
)


def _ids(nouns: tuple[Noun, ...]) -> dict[type[Noun], list[str]]:
    known: dict[type[Noun], list[str]] = {}
    for noun in nouns:
        known.setdefault(type(noun), []).append(noun.id)
    return known


def _hint(given: str, known: list[str] | set[str]) -> str:
    close = near(given, sorted(known))
    return f"; did you mean {' or '.join(map(repr, close))}?" if close else ""


def _item(row: Row, currency: str) -> Item:
    names = {"zh": row.text("zh"), "en": row.text("en") or row.text("zh")}
    unit = row.required("unit")
    if unit == "value":
        return Item.by_value(row.text("id"), currency=currency, **names)
    word = next((word for word in MEASURE_WORDS.values() if word.code == unit), None)
    zh, en = (word.zh, word.en) if word else (unit, unit)
    return Item(row.text("id"), unit=Unit.counting(unit or "piece", zh=zh, en=en), **names)


def _donor(row: Row, _: str) -> Donor:
    kind = row.choice("what", DonorKind) or DonorKind.ANONYMOUS
    return Donor(row.text("id"), zh=row.text("zh"), en=row.text("en"), kind=kind)


def _society(row: Row, _: str) -> Society:
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
        budget=_exact_money(row, "budget", currency),
        state=row.choice("state", State),
        programme=row.text("programme"),
        places=row.several("code"),
        evidence=row.text("evidence"),
    )


def _exact_money(row: Row, column: str, currency: str) -> Money | None:
    figure = row.figure(column)
    if figure is None:
        return None
    if figure.currency != currency or not figure.interval.is_exact:
        row.bad(column, f"an exact amount of {currency} is due")
        return None
    return Money(int(figure.minor_interval(minor_digits(currency)).low), currency)


_NOUNS: Mapping[str, Callable[[Row, str], Noun]] = MappingProxyType(
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
