"""The half-year summary: what came, what went, what is only told of, and how its printed figures stand.

A society's summary, made from the book instead of from memory. What the papers do not say stands in it as not
stated. Typed rows first; `summary_tables` lays them out in Chinese or English.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import TypeVar

import attrs

from reliefstock.book import Book
from reliefstock.ledger import Entry, Movement, Place, Side
from reliefstock.operations import Mention, Observation
from reliefstock.projects import State
from reliefstock.reconciliation import (
    ClaimsReport,
    Finding,
    consignment_findings,
    cut_off,
    gap_candidates,
    incomplete,
    incomplete_kits,
    money_text,
    one_name,
    remainders,
    statement,
    unvalued,
)
from reliefstock.reconciliation.measures import MONEY
from reliefstock.reconciliation.sources import given_above_received, names_in, unfinished
from reliefstock.reports.naming import Naming, legend
from reliefstock.reports.tables import Column, Row, Table
from reliefstock.reports.words import WORDS, listed
from reliefstock.values import Figure, Interval, Language, Period

__all__ = ["Section", "Summary", "SummaryLine", "half_year_findings", "half_year_summary", "summary_tables"]


_Told = TypeVar("_Told", Mention, Observation)


class Section(Enum):
    """The parts of a summary."""

    RECEIVED = "received"
    GIVEN_OUT = "given out"
    MENTIONED = "mentioned"
    OBSERVED = "observed"


@attrs.frozen(kw_only=True)
class SummaryLine:
    """One line of a summary; what was taken back stands below zero.

    `quantity` is in units of count `unit`, `amount` in minor units; each is None where it is not stated, or,
    for goods of which only the value is known, where it would say the same twice. What was posted has its
    `item` and its `place` outside: the donor that it came from, the recipient that it went to.
    """

    section: Section
    period: Period
    about_zh: str
    about_en: str
    item: str | None = None
    place: Place | None = None
    quantity: Interval | None
    unit: str
    amount: Interval | None
    state: State | None = None
    missing: tuple[str, ...] = ()
    document: str
    evidence: str = ""

    @property
    def each(self) -> int | None:
        """What one unit is worth, in minor units, where that is a whole number."""
        if (
            self.quantity is None
            or self.amount is None
            or not (self.quantity.is_exact and self.amount.is_exact)
        ):
            return None
        each = self.amount.low / self.quantity.low  # exact: Fraction
        return int(each) if each.denominator == 1 else None

    def about(self, lang: Language = "en") -> str:
        """What it is about, in Chinese (`zh`) or English."""
        return self.about_zh if lang == "zh" else self.about_en


@attrs.frozen(kw_only=True)
class Summary:
    """All lines of the summary of a period; those of a section in the order of their first days."""

    period: Period
    lines: tuple[SummaryLine, ...]

    def of(self, section: Section) -> tuple[SummaryLine, ...]:
        """The lines of one section."""
        return tuple(line for line in self.lines if line.section is section)


def half_year_summary(book: Book, period: Period) -> Summary:
    """The summary of a period: entries, mentions and observations that lie in it.

    What was withdrawn of the last two is left out; of entries, the one that takes back stands too.

    >>> half_year_summary(Book("Ankang", currency="CNY"), Period.half_year(2023, 1)).lines
    ()
    """
    moved = (line for entry in book.entries if entry.on in period for line in _moved(book, entry))
    told = (_mentioned(one) for one in _standing(book, Mention, period))
    seen = (_observed(one) for one in _standing(book, Observation, period))
    lines = sorted((*moved, *told, *seen), key=lambda line: line.period.first)
    return Summary(period=period, lines=tuple(lines))


def _standing(book: Book, kind: type[_Told], period: Period) -> Iterator[_Told]:
    for one in book.documents_of(kind):
        if one.period.overlaps(period) and not book.is_reversed(one.number):
            yield one


def _moved(book: Book, entry: Entry) -> Iterator[SummaryLine]:
    for movement in entry.movements():
        ends = (movement.source.kind.side, movement.target.kind.side)
        if Side.RECEIVED in ends:
            yield _line(book, entry, movement, Section.RECEIVED)
        if Side.GIVEN_OUT in ends:
            yield _line(book, entry, movement, Section.GIVEN_OUT)


def _line(book: Book, entry: Entry, movement: Movement, section: Section) -> SummaryLine:
    back = movement.target.kind.side is Side.RECEIVED or movement.source.kind.side is Side.GIVEN_OUT
    sign = -1 if back else 1
    lot = book.lot(movement.lot)
    item = book.register.item(lot.item)
    outside = (Side.RECEIVED, Side.GIVEN_OUT)
    place = next(p for p in (movement.source, movement.target) if p.kind.side in outside)
    return SummaryLine(
        section=section,
        period=Period.day(entry.on),
        about_zh=item.zh,
        about_en=item.name("en"),
        item=item.id,
        place=place,
        quantity=None if item.counted_by_value else Interval.exactly(sign * movement.quantity),
        unit=item.unit.code,
        amount=None if lot.unvalued else Interval.exactly(sign * movement.value),
        document=entry.document,
        evidence=lot.valuation.evidence if section is Section.RECEIVED else "",
    )


def _mentioned(mention: Mention) -> SummaryLine:
    return SummaryLine(
        section=Section.MENTIONED,
        period=mention.period,
        about_zh=mention.about("zh"),
        about_en=mention.about("en"),
        quantity=mention.quantity,
        unit=mention.unit,
        amount=mention.value,
        missing=mention.missing,
        document=mention.number,
        evidence=mention.evidence,
    )


def _observed(seen: Observation) -> SummaryLine:
    is_money = seen.unit == MONEY
    return SummaryLine(
        section=Section.OBSERVED,
        period=seen.period,
        about_zh=seen.about("zh"),
        about_en=seen.about("en"),
        quantity=None if is_money else seen.count,
        unit=seen.unit,
        amount=seen.count if is_money else None,
        state=seen.state,
        document=seen.number,
        evidence=seen.evidence,
    )


def half_year_findings(
    book: Book, period: Period, report: ClaimsReport, notes: Sequence[Finding] = ()
) -> tuple[Finding, ...]:
    """Everything that a careful reader would say of the summary, in one list; `notes` come first."""
    return (
        *notes,
        *statement(book, period).findings,
        *report.findings,
        *unfinished(book, report),
        *given_above_received(book, report),
        *gap_candidates(book, report, period),
        *remainders(book),
        *one_name(names_in(book)),
        *cut_off(book, period),
        *unvalued(book),
        *incomplete_kits(book),
        *incomplete(book),
        *consignment_findings(book),
    )


# Tables


def summary_tables(summary: Summary, book: Book, lang: Language = "en") -> tuple[Table, ...]:
    """The summary in tables, one a section; a section without lines is left out."""
    return tuple(_table(section, summary, Naming(book, lang)) for section in Section if summary.of(section))


_COLUMNS = {
    Section.RECEIVED: ("date", "item", "donor", "quantity", "value", "each", "document"),
    Section.GIVEN_OUT: ("date", "item", "recipient", "quantity", "value", "document"),
    Section.MENTIONED: ("date", "said of", "quantity", "value", "missing", "document"),
    Section.OBSERVED: ("date", "said of", "quantity", "state", "document"),
}
_RIGHT = ("quantity", "value", "each")


def _table(section: Section, summary: Summary, naming: Naming) -> Table:
    title = WORDS[f"title.summary {section.value}"]
    period = summary.period
    rows = tuple(_row(line, naming) for line in summary.of(section))
    return Table(
        f"summary_{section.value.replace(' ', '_')}",
        title.text("zh", period=period.text("zh")),
        title.text("en", period=period.text("en")),
        columns=tuple(Column.named(key, "right" if key in _RIGHT else "left") for key in _COLUMNS[section]),
        rows=rows,
        notes_zh=legend(rows, "zh"),
        notes_en=legend(rows, "en"),
        lang=naming.lang,
    )


def _row(line: SummaryLine, naming: Naming) -> Row:
    cells = {
        "date": line.period.text(naming.lang),
        "item": line.about(naming.lang),
        "said of": line.about(naming.lang),
        "donor": "" if line.place is None else naming.place(line.place),
        "recipient": "" if line.place is None else naming.place(line.place),
        "quantity": _count(line, naming),
        "value": _amount(line, naming),
        "each": "" if line.each is None else money_text(line.each, naming.book.currency, naming.lang),
        "missing": listed((_missing(part, naming) for part in line.missing), naming.lang),
        "state": "" if line.state is None else naming.word(f"state.{line.state.value}"),
        "document": line.document,
    }
    return tuple(cells[key] for key in _COLUMNS[line.section])


def _count(line: SummaryLine, naming: Naming) -> str:
    if line.quantity is None:
        has_own_column = line.section is not Section.OBSERVED
        return "" if line.amount is not None and has_own_column else _amount(line, naming)
    if line.item is not None:
        return naming.quantity(line.item, int(line.quantity.low))
    measure = "percent" if line.unit == "%" else "count"
    return Figure("", line.quantity, measure, line.unit, None, "").text_in(naming.lang)


def _amount(line: SummaryLine, naming: Naming) -> str:
    if line.amount is None:
        return naming.word("said.not stated")
    return money_text(line.amount, naming.book.currency, naming.lang)


def _missing(part: str, naming: Naming) -> str:
    """The word for what is not stated; a mention may also say it in words of its own."""
    key = f"missing.{part}"
    return naming.word(key) if key in WORDS else part
