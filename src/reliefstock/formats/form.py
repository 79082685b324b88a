"""The half-year data form, read: every cell of every file made into what it should be, or noted as bad.

A cell that refers to another row is checked against the ids as they are written there, so that one bad row is
told once and not again by every row that refers to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

import attrs

from reliefstock.catalogue import Item
from reliefstock.errors import BadIdentifier, BadRow, ReliefstockError, UnitMismatch
from reliefstock.formats._amounts import amount_of, count_of
from reliefstock.formats._nouns import NOUNS, noun_of
from reliefstock.formats.sheet import LEAVE_EMPTY, UNKNOWN, Row, Sheet, hint
from reliefstock.projects import Project, State
from reliefstock.reconciliation import MONEY, Claim, Goods, Measure, Relation, RelationKind, Scope, What
from reliefstock.register import Noun
from reliefstock.values import Figure, Language, Period, identifier, minor_digits

__all__ = ["PEOPLE", "UNSTATED", "Form", "Indicator", "Kind", "Report", "Transaction", "is_in"]

UNSTATED = "unstated"
"""The donor of what came from somebody whom the papers do not name."""

PEOPLE = ("person", "person-time", "household", "household-time")
"""Units of those who were helped. Of goods they say whom they reached, and not how many there were."""

_OPTIONAL = ("en",)

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

    def name(self, lang: Language = "en") -> str:
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
        sheets = {
            name: Sheet(folder / f"{name}.csv", columns, bad, _OPTIONAL) for name, columns in _COLUMNS.items()
        }
        self._sheets = sheets
        self._known = _ids_by_kind(sheets["nouns"], NOUNS)
        self._moves = _ids_by_kind(sheets["transactions"], [kind.value for kind in Kind])
        self._claims = {row.text("id"): None for row in _all_rows(sheets["claims"])}
        self.report = self._read_report(sheets["report"])
        self._currency = self.report.currency if self.report else ""
        self._taken = {("donor", UNSTATED), ("item", self._currency)}
        self.nouns = tuple(self._each(sheets["nouns"], self._noun))
        self._items = {noun.id: noun for noun in self.nouns if isinstance(noun, Item)}
        self._projects = {noun.id: noun for noun in self.nouns if isinstance(noun, Project)}
        self.steps = self._read_steps()
        self.claims = tuple(self._each(sheets["claims"], self._claim))
        self.relations = tuple(self._each(sheets["relations"], self._relation))

    def _each(self, sheet: Sheet, read: Callable[[Row], _T | None]) -> list[_T]:
        """Read every row; a row with anything wrong in it is left out. Ids must be different."""
        found: list[_T] = []
        for row in sheet:
            before = len(self._bad)
            self._check_id(row)
            try:
                one = read(row)
            except ReliefstockError as error:
                self._blame(row, error, before)
                continue
            if one is not None and len(self._bad) == before:
                found.append(one)
        return found

    def _check_id(self, row: Row) -> None:
        if "id" not in row.cells:
            return
        row.required("id")
        row.read("id", partial(identifier, what="row"))
        key = (_space(row), row.text("id"))
        if row.has("id") and key in self._taken:
            row.bad("id", "the id stands twice, or stands for something else already")
        self._taken.add(key)

    def _blame(self, row: Row, error: ReliefstockError, before: int) -> None:
        """Note what kept a row from being made into anything, unless its cell has been told of already."""
        column = "id" if "id" in row.cells else "parts"
        if isinstance(error, BadIdentifier) and error.what == "division code":
            column = "code"
        if column not in [bad.column for bad in self._bad[before:]]:
            row.bad(column, str(error))

    # report

    def _read_report(self, sheet: Sheet) -> Report | None:
        rows = self._each(sheet, self._report_row)
        if sheet.is_readable and len(sheet) != 1:
            sheet.note(1, "", "", f"one row is due, {len(sheet)} are there")
        return rows[0] if rows else None

    def _report_row(self, row: Row) -> Report | None:
        row.read("currency", minor_digits)
        texts = {name: row.required(name) for name in ("currency", "source")} | _names(row)
        row.required("period")
        period = row.period("period")
        return None if period is None else Report(period=period, **texts)

    # nouns

    def _noun(self, row: Row) -> Noun | None:
        row.required("kind")
        kind = row.word("kind")
        if kind not in NOUNS:
            row.empty("kind", f"it must be one of: {', '.join(NOUNS)}")
            return None
        if kind == "fund":
            self._one(row, "project", "project")
        return noun_of(row, self._currency)

    # transactions

    def _read_steps(self) -> tuple[Transaction | Indicator, ...]:
        """What is to be posted. What came in stands first: nothing can be given out before it is there."""
        transactions = self._each(self._sheets["transactions"], self._transaction)
        came = [one for one in transactions if one.kind in _COMING]
        went = [one for one in transactions if one.kind not in _COMING]
        self._check_donations([one for one in went if one.donation], came)
        return (*came, *went, *self._each(self._sheets["indicators"], self._indicator))

    def _transaction(self, row: Row) -> Transaction | None:
        kind = row.choice("kind", Kind)
        row.required("kind")
        period, amount = row.period("date"), amount_of(row, "amount", self._currency)
        quantity, item = count_of(row, "quantity"), self._items.get(self._one(row, "item", "item"))
        texts = {"evidence": row.required("evidence"), **_names(row)}
        if kind is None:
            return None
        for column in _NOT_OF[kind]:
            row.empty(column, f"a row of kind {kind.value} has none")
        if quantity is not None and item is not None:
            _check_unit(row, item, quantity)
        givers, takers = _ENDS[kind]
        targets = self._some(row, "to", *takers)
        if kind is Kind.SPEND:
            self._check_programme(row, targets)
        return Transaction(
            row=row,
            id=row.text("id"),
            kind=kind,
            period=period,
            source=self._one(row, "from", *givers),
            targets=targets,
            item=item,
            quantity=quantity,
            amount=amount,
            programme=row.text("programme"),
            donation=self._donation(row, kind),
            **texts,
        )

    def _check_programme(self, row: Row, projects: Iterable[str]) -> None:
        """Money is spent on the programme of its project: another one would be passed over."""
        for project in (self._projects[one] for one in projects if one in self._projects):
            if row.has("programme") and project.programme and row.text("programme") != project.programme:
                row.bad("programme", f"project {project.id} is of programme {project.programme}")

    def _donation(self, row: Row, kind: Kind) -> str:
        """The id of the row that brought what goes out: goods from goods, money from money."""
        given = row.text("donation")
        if given and kind in _BROUGHT_BY:
            brought = self._moves[_BROUGHT_BY[kind]]
            if given not in brought and given not in self._moves[_ANY]:
                row.bad("donation", f"no row of that id receives anything{hint(given, brought)}")
        return given

    def _check_donations(self, went: Iterable[Transaction], came: Iterable[Transaction]) -> None:
        brought = {one.id: one.item for one in came}
        for one in went:
            item = brought.get(one.donation)
            if item is not None and one.item is not None and item != one.item:
                one.row.bad("donation", f"that row received {item.id}, and not {one.item.id}")

    # indicators

    def _indicator(self, row: Row) -> Indicator | None:
        count, period = row.figure("count"), row.period("period")
        for name in ("count", "period"):
            row.required(name)
        project, state = self._one(row, "project", "project"), row.choice("state", State)
        if state is not None:
            row.required("project")
        if count is not None and self._currency and count.currency not in (None, self._currency):
            row.bad("count", f"the report is in {self._currency}, and no rate is stated")
        texts = {name: row.required(name) for name in ("indicator", "evidence")} | _names(row)
        if count is None or period is None:
            return None
        return Indicator(
            row=row,
            id=row.text("id"),
            count=count,
            period=period,
            project=project or None,
            state=state,
            **texts,
        )

    # claims

    def _claim(self, row: Row) -> Claim | None:
        figure, what, period = row.figure("printed"), row.choice("measure", What), row.period("period")
        goods = row.choice("goods", Goods) or Goods.GOODS
        for name in ("printed", "measure", "period"):
            row.required(name)
        scope = Scope(
            donors=self._some(row, "donors", "donor"),
            items=self._some(row, "items", "item"),
            programmes=row.several("programmes"),
            recipients=self._some(row, "recipients", "society", "school", "household"),
        )
        project, state = self._one(row, "project", "project"), row.choice("state", State)
        texts = _names(row)
        if figure is None or what is None or period is None:
            return None
        _check_measured(row, what)
        asked = Measure(
            what=what,
            period=period,
            unit=MONEY if figure.measure == MONEY else figure.unit,
            scope=scope,
            goods=goods,
            indicator=row.text("indicator"),
            project=project,
            state=state,
        )
        return Claim(id=row.text("id"), figure=figure, measure=asked, source=row.text("source"), **texts)

    def _relation(self, row: Row) -> Relation | None:
        kind, whole, parts = row.choice("kind", RelationKind), row.required("whole"), row.several("parts")
        row.required("kind")
        row.required("parts")
        if self._sheets["claims"].is_readable:
            self._check_claims(row, "whole", [whole] if whole else [])
            self._check_claims(row, "parts", parts)
        return None if kind is None or not whole or not parts else Relation(kind, whole, parts)

    def _check_claims(self, row: Row, column: str, ids: Iterable[str]) -> None:
        for unknown in [one for one in ids if one not in self._claims]:
            row.bad(column, f"no claim {unknown!r} is there{hint(unknown, self._claims)}")

    # cells

    def _one(self, row: Row, column: str, *kinds: str) -> str:
        """The id in a cell, of one of the kinds; nothing where it is empty."""
        given = self._some(row, column, *kinds)
        if len(given) > 1:
            row.bad(column, "one id is due, several are there")
        return given[0] if given else ""

    def _some(self, row: Row, column: str, *kinds: str) -> tuple[str, ...]:
        """The ids in a cell, each of one of the kinds."""
        given = row.several(column)
        if not self._sheets["nouns"].is_readable:
            return given  # what is wrong there has been told, and not that all of these are unknown
        for noun in given:
            if noun.casefold() in UNKNOWN:
                row.bad(column, LEAVE_EMPTY)
            elif not any(noun in self._known[kind] for kind in (*kinds, _ANY)):
                known = [one for kind in kinds for one in self._known[kind]]
                row.bad(column, f"no {' or '.join(kinds)} {noun!r} is there{hint(noun, known)}")
        return given


_ANY = ""  # of a row that does not say of what kind it is
_COMING = (Kind.RECEIVE, Kind.MONEY)
_TAKERS = ("society", "school", "household")
_ENDS: Mapping[Kind, tuple[tuple[str, ...], tuple[str, ...]]] = MappingProxyType(
    {
        Kind.RECEIVE: (("donor",), ("warehouse",)),
        Kind.GIVE: (("warehouse",), _TAKERS),
        Kind.MONEY: (("donor",), ("fund",)),
        Kind.SPEND: (("fund",), ("project",)),
    }
)
_NOT_OF: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {
        Kind.RECEIVE: ("donation",),
        Kind.GIVE: (),
        Kind.MONEY: ("item", "quantity", "donation"),
        Kind.SPEND: ("item", "quantity"),
    }
)
_BROUGHT_BY: Mapping[Kind, str] = MappingProxyType({Kind.GIVE: "receive", Kind.SPEND: "money"})
_OF_A_PROJECT = (What.BUDGET, What.PROJECT_RECEIVED, What.PROJECT_SPENT)


def _check_measured(row: Row, what: What) -> None:
    """A measure has all that it is measured by, and nothing that it would pass over."""
    if what is What.OBSERVED:
        row.required("indicator")
        return
    row.empty("indicator", f"only what is {What.OBSERVED.value} has an indicator")
    row.empty("state", f"only what is {What.OBSERVED.value} is in a state")
    if what in _OF_A_PROJECT:
        row.required("project")
    else:
        row.empty("project", f"what is {what.value} is not measured by project")


def _space(row: Row) -> str:
    """Among which rows an id is the only one: recipients share their ids, and so do rows to be posted."""
    kind = row.word("kind") if row.sheet.name == "nouns.csv" else row.sheet.name
    if kind in _TAKERS:
        return "recipient"
    return "row" if kind in ("transactions.csv", "indicators.csv") else kind


def _ids_by_kind(sheet: Sheet, kinds: Iterable[str]) -> dict[str, dict[str, None]]:
    """The ids as they are written, in their order, kind by kind; those of no kind may be of any."""
    ids: dict[str, dict[str, None]] = {_ANY: {}, **{kind: {} for kind in kinds}}
    for row in _all_rows(sheet):
        ids[row.word("kind") if row.word("kind") in ids else _ANY][row.text("id")] = None
    return ids


def _all_rows(sheet: Sheet) -> tuple[Row, ...]:
    return (*sheet, *sheet.misshapen)


def _names(row: Row) -> dict[str, str]:
    """What a row tells of, in both languages; Chinese stands for English where there is none."""
    zh = row.required("zh")
    return {"zh": zh, "en": row.text("en") or zh}


def _check_unit(row: Row, item: Item, quantity: Figure) -> None:
    """Goods are counted in a unit of their item; papers may tell of people instead, which is kept so."""
    if not item.counted_by_value and not is_in(item, quantity.unit) and quantity.unit not in PEOPLE:
        row.bad("quantity", f"{item.id} is counted in {item.unit.name('zh')}, and not in {quantity.unit}")


def is_in(item: Item, unit: str) -> bool:
    """Whether an item is counted in a unit."""
    try:
        item.quantity(1, unit)
    except UnitMismatch:
        return False
    return True
