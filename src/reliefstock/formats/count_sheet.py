"""A count sheet as a CSV file: written blank for the storekeeper to fill in, and read back.

The file has the heads of one language, Chinese or English, and a row for each lot that is to be counted:
how many whole packs there are, and how many loose. What is found and stands on no row is written below,
with its item and no lot. All that is wrong with a file is told at once, by line and column.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar
from unicodedata import normalize

from reliefstock.book import Book
from reliefstock.catalogue import Item
from reliefstock.errors import BadRow, ImportRefused, ReliefstockError
from reliefstock.formats.sheet import Row, Sheet, hint, hint_zh
from reliefstock.operations import CountedLine, CountStatus, CountSubject, RecordCount, UnlistedLine
from reliefstock.reconciliation import count_status
from reliefstock.reports import BLIND_COLUMNS, WORDS, Naming, blind_sheet, blind_sheet_table, draw
from reliefstock.values import Language, Money, Quantity, Unit

__all__ = ["blank_count_sheet", "read_count_sheet"]

_T = TypeVar("_T")

_WHOLE = re.compile(r"[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4}")
_WHOLE_ZH = "须填整数，如 12；整箱（袋）数填在整件数，零头填在零数"
_AMOUNT_ZH = "须填金额，0 或以上，如 120.50"
_NEEDED = ("lot", "packs_counted", "loose_counted")
_LANGUAGES: tuple[Language, ...] = ("zh", "en")


def blank_count_sheet(book: Book, plan: str, lang: Language = "zh") -> str:
    """The sheet of what is to be counted of a plan, as CSV; in a recount, of what is to be recounted.

    Write it to a file with the encoding 'utf-8-sig', so that a spreadsheet shows Chinese. Raises `Unknown`.

    >>> from reliefstock import Warehouse
    >>> book = Book("Ankang", currency="CNY")
    >>> book.add(Warehouse("depot", zh="备灾中心"))
    >>> plan = book.plan_count(warehouse="depot", on="2023-06-30", counters=("a", "b"))
    >>> blank_count_sheet(book, plan.number).strip()
    '盘点计划,状态,物资,物资编号,批次,批号,到期日,包装,整件数,零数,零数单位,备注'
    """
    return draw(blind_sheet_table(blind_sheet(book, plan), book, lang), "csv", lang)


def read_count_sheet(
    path: str | Path, book: Book, plan: str, *, counter: str, on: date | str, note: str = ""
) -> RecordCount:
    """Read a filled sheet and make a request of it, to be carried out by `Book.do`. Nothing is posted here.

    Raises `ImportRefused` with every bad cell, or `Unknown` for the plan.
    """
    bad: list[BadRow] = []
    status = count_status(book, plan)
    lines = _Reading(Path(path), book, status, bad).lines()
    if bad:
        raise ImportRefused(sorted(bad, key=lambda row: row.line))
    return RecordCount(
        plan=status.plan.number,
        counter=counter,
        on=on,
        lines=[line for line in lines if isinstance(line, CountedLine)],
        unlisted=[line for line in lines if isinstance(line, UnlistedLine)],
        note=note,
    )


class _Reading:
    """A filled sheet on its way to a request; what is wrong is noted in `bad`."""

    def __init__(self, path: Path, book: Book, status: CountStatus, bad: list[BadRow]) -> None:
        self._wrong = bad
        self._book = book
        self._status = status
        self._namings = tuple(Naming(book, lang) for lang in _LANGUAGES)
        self._items = {item.id: item for item in book.register.all(Item) if item.is_goods}
        self._heads = _heads(path)
        optional = [head for key, head in self._heads.items() if key not in _NEEDED]
        self._sheet = Sheet(path, tuple(self._heads.values()), bad, optional)

    def lines(self) -> tuple[CountedLine | UnlistedLine, ...]:
        """What was counted, row by row; every subject that is due stands on a row, and none on two."""
        found: list[CountedLine | UnlistedLine] = []
        seen: dict[CountSubject, int] = {}
        for row in self._sheet:
            item = self._item(row) if self._is_of_plan(row) else None
            if item is None:
                continue
            subject, counted = self._subject(row, item), self._counted(row, item)
            if subject in seen:
                key, line = "lot" if subject.lot else "item_id", seen[subject]
                self._bad(row, key, f"it stands on line {line} too", f"与第 {line} 行重复")
            elif subject is not None:
                seen[subject] = row.line
                found += [] if counted is None else [self._line(row, subject, counted)]
        self._check_all_stated(seen)
        return tuple(found)

    def _line(
        self, row: Row, subject: CountSubject, counted: tuple[Quantity | Money, ...]
    ) -> CountedLine | UnlistedLine:
        remark, apart = self._text(row, "remark"), subject.quarantined
        if subject.lot:
            return CountedLine(subject.lot, counted, remark, quarantined=apart)
        return UnlistedLine(
            subject.item, counted, remark, batch=subject.batch, expiry=subject.expiry, quarantined=apart
        )

    def _check_all_stated(self, seen: Mapping[CountSubject, int]) -> None:
        """What is due and stands on no row; a lot whose only row is bad has been told of."""
        if not self._sheet.is_readable:
            return
        written = {self._text(row, "lot") for row in (*self._sheet, *self._sheet.misshapen)}
        told = (written - {subject.lot for subject in seen}) - {""}
        for subject in self._status.due:
            if subject not in seen and subject.lot not in told:
                reason = f"{subject.text()} is to be counted, and stands on no row"
                zh = f"{subject.lot or subject.item} 应盘点，表上没有这一行；没有实物的也请填 0"
                self._sheet.note(1, self._heads["lot"], subject.lot, reason, zh)

    # What was counted

    def _is_of_plan(self, row: Row) -> bool:
        due, given = self._status.plan.number, self._text(row, "count_plan")
        if given not in ("", due):
            reason = f"this is the sheet of another count, and {due} is due"
            self._bad(row, "count_plan", reason, f"这是另一次盘点的表，应为 {due}")
        return given in ("", due)

    def _item(self, row: Row) -> Item | None:
        """The item of a row: that of its lot, or the one that is named; None where there is none."""
        lot_id, given = self._text(row, "lot"), self._text(row, "item_id")
        if not lot_id:
            if given not in self._items:
                reason = f"the item of what is on no list is due{hint(given, self._items)}"
                zh = f"未列批次的物资须填物资编号{hint_zh(given, self._items)}{self._by_name(given)}"
                self._bad(row, "item_id", reason, zh)
            return self._items.get(given)
        if lot_id not in self._book.ledger.lots:
            lots = self._status.plan.lots
            reason, zh = f"the book knows no such lot{hint(lot_id, lots)}", hint_zh(lot_id, lots)
            self._bad(row, "lot", reason, f"账上没有这个批次{zh}")
            return None
        item = self._book.item_of(lot_id)
        if given not in ("", item.id):
            reason = f"lot {lot_id} is of item {item.id}"
            self._bad(row, "item_id", reason, f"批次 {lot_id} 的物资编号是 {item.id}")
        return item

    def _subject(self, row: Row, item: Item) -> CountSubject | None:
        """What a row is about: a lot, or goods known by their batch and expiry; None where it is bad."""
        lot_id, apart, expiry = self._text(row, "lot"), self._quarantined(row), self._expiry(row)
        if apart is None:
            return None
        if not lot_id:
            return CountSubject(item.id, quarantined=apart, batch=self._text(row, "batch"), expiry=expiry)
        subject = CountSubject(item.id, lot_id, quarantined=apart)
        if subject not in self._status.plan.subjects:
            number = self._status.plan.number
            reason = f"it is not on plan {number}; write it below, with its item and no lot"
            zh = f"不在盘点计划 {number} 内；请写在表后，填物资编号，不填批次"
            self._bad(row, "lot", reason, zh)
        return subject

    def _expiry(self, row: Row) -> date | None:
        """The expiry on goods of no lot; that of a lot stands on the lot."""
        period = None if self._text(row, "lot") else row.period(self._heads["expires"])
        if period is not None and period.first != period.last:
            self._bad(row, "expires", "a day is due, such as 2025-06-30", "须填日期，如 2025-06-30")
        return None if period is None else period.first

    def _quarantined(self, row: Row) -> bool | None:
        """Whether it was counted among what is kept apart; None where the cell says something else."""
        found = _QUARANTINED.get(self._word(row, "state"))
        if found is None:
            words = [word for word in _QUARANTINED if word]
            self._bad(row, "state", f"it must be one of: {', '.join(words)}", f"须为：{'、'.join(words)}")
        return found

    # How much

    def _counted(self, row: Row, item: Item) -> tuple[Quantity | Money, ...] | None:
        """Whole packs and what is loose; None where that cannot be read, or nothing is stated."""
        before, lot_id = len(self._wrong), self._text(row, "lot")
        pack = self._book.lot(lot_id).pack if lot_id else None
        parts = (*self._in_packs(row, item, pack), *self._loose(row, item))
        if not parts and len(self._wrong) == before:
            reason = "state what was counted, and 0 where there is none"
            self._bad(row, "loose_counted", reason, "须填清点数，没有的填 0")
        return parts if len(self._wrong) == before else None

    def _in_packs(self, row: Row, item: Item, pack: Unit | None) -> Iterator[Quantity]:
        meant = self._pack_meant(row, item, pack)
        count = self._whole(row, "packs_counted", meant)
        if count and meant is None:
            self._no_pack(row, item, pack)
        elif count is not None:
            yield Quantity(count, item.unit if meant is None else meant)

    def _pack_meant(self, row: Row, item: Item, pack: Unit | None) -> Unit | None:
        """The pack that a row is counted in: that of the lot, or one that its item has."""
        given = self._word(row, "pack")
        if not given and pack is not None:
            return pack
        meant = [unit for unit in _packs(item, pack) if given in self._pack_names(item, unit)]
        is_clear = len(set(meant)) == 1 or pack in meant
        return meant[0] if is_clear else None

    def _pack_names(self, item: Item, unit: Unit) -> tuple[str, ...]:
        """How a pack may be written: as units are, and with what it holds where others share its name."""
        told = (naming.pack(item.id, unit) for naming in self._namings)
        return (*_spellings(unit), *(normalize("NFKC", one).casefold() for one in told))

    def _no_pack(self, row: Row, item: Item, pack: Unit | None) -> None:
        naming, known = self._namings[0], _packs(item, pack)
        names = ", ".join(dict.fromkeys(unit.code for unit in known)) or "none"
        reason = f"the pack is due, and those of {item.id} are: {names}"
        zh = "、".join(dict.fromkeys(naming.pack(item.id, unit) for unit in known)) or "无，请只填零数"
        self._bad(row, "pack", reason, f"须填包装，{item.name('zh')}的包装：{zh}")

    def _loose(self, row: Row, item: Item) -> Iterator[Quantity | Money]:
        if item.currency is not None:
            amount = self._read(row, "loose_counted", partial(_amount, item.currency), _AMOUNT_ZH)
            if amount is not None:
                yield amount
            return
        count = self._whole(row, "loose_counted", item.unit)
        if count and self._word(row, "unit") not in ("", *_spellings(item.unit)):
            reason = f"what is loose is counted in {item.unit.code}"
            zh = f"零数以{item.unit.name('zh')}计；请换算成{item.unit.name('zh')}再填"
            self._bad(row, "unit", reason, zh)
        elif count is not None:
            yield Quantity(count, item.unit)

    # Cells

    def _text(self, row: Row, key: str) -> str:
        return row.text(self._heads[key])

    def _word(self, row: Row, key: str) -> str:
        return row.word(self._heads[key])

    def _bad(self, row: Row, key: str, reason: str, zh: str) -> None:
        row.bad(self._heads[key], reason, zh)

    def _by_name(self, given: str) -> str:
        """In Chinese, the id of an item of which the name is given; empty where none is called so."""
        found = [item.id for item in self._items.values() if given and given in (item.zh, item.en)]
        return f"；{given}的编号是 {'、'.join(found)}" if found else ""

    def _whole(self, row: Row, key: str, unit: Unit | None) -> int | None:
        """A whole number, with the name of what the cell counts after it or without: 18, 18箱."""
        return self._read(row, key, partial(_number, unit), _WHOLE_ZH)

    def _read(self, row: Row, key: str, reader: Callable[[str], _T], zh: str) -> _T | None:
        """Read a figure; what it raises is what is wrong. None where the cell is empty."""
        text = normalize("NFKC", self._text(row, key)).replace(" ", "")
        try:
            return reader(text) if text else None
        except (ReliefstockError, ValueError) as error:
            self._bad(row, key, str(error), zh)
            return None


def _number(unit: Unit | None, text: str) -> int:
    names = () if unit is None else _spellings(unit)
    name = next((one for one in names if text.casefold().endswith(one)), "")
    figure = text[: len(text) - len(name)]
    if not _WHOLE.fullmatch(figure):
        raise ValueError("a whole number is due, such as 12")
    return int(figure.replace(",", ""))


def _packs(item: Item, pack: Unit | None) -> tuple[Unit, ...]:
    """The packs that a row may be counted in, that of its lot first."""
    return (*(() if pack is None else (pack,)), *item.packs)


def _amount(currency: str, text: str) -> Money:
    amount = Money.of(text.replace(",", ""), currency)
    if amount.minor < 0:
        raise ValueError("an amount is due, 0 or more")
    return amount


def _spellings(unit: Unit) -> tuple[str, ...]:
    """How a unit may be written: its code, and its names."""
    return tuple(normalize("NFKC", one).casefold() for one in (unit.code, unit.zh, unit.en) if one)


def _heads(path: Path) -> Mapping[str, str]:
    """The heads of the columns by key, in the language that the file is written in."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            first = file.readline()
    except (OSError, UnicodeDecodeError):
        first = ""  # what is wrong with the file is told by whoever reads it
    lang: Language = "zh" if WORDS["column.lot"].zh in first else "en"
    return MappingProxyType({column.key: column.head(lang).casefold() for column in BLIND_COLUMNS})


_QUARANTINED: Mapping[str, bool] = MappingProxyType(
    {
        "": False,
        **{WORDS["shelf.warehouse"].text(lang).casefold(): False for lang in _LANGUAGES},
        **{WORDS["shelf.quarantine"].text(lang).casefold(): True for lang in _LANGUAGES},
    }
)
"""What may stand in the column of the state; nothing is usable."""
