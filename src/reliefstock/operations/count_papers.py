"""The papers of a count: the plan, the sheets of those who count, and the report that somebody approves.

The plan and the sheets move nothing. A sheet is the assertion: from then on the book keeps what was counted
beside what it said itself. The report decides on the differences, and its entries carry them out.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import attrs

from reliefstock.ledger import Counted, Place, PlaceKind
from reliefstock.operations.desk import Document
from reliefstock.operations.losses import Recovery
from reliefstock.values import Language, Money, Quantity, Who, choose, one_form, optional_date, spelled

__all__ = [
    "CountPlan",
    "CountReport",
    "CountSheet",
    "CountSubject",
    "CountVariance",
    "SheetLine",
    "each_once",
]


def each_once(people: tuple[str, ...]) -> tuple[str, ...]:
    """Each person once, as first spelled; nobody for an empty name.

    >>> each_once(("keeper", " Keeper", ""))
    ('keeper',)
    """
    by_name: dict[str, str] = {}
    for person in people:
        by_name.setdefault(spelled(person), person)
    return tuple(person for name, person in by_name.items() if name)


@attrs.frozen
class CountSubject:
    """What is counted: a lot, usable or kept apart; or goods of an item that belong to no lot on the plan.

    Unlisted goods are known by their item, batch and expiry, as they stand on the boxes.

    >>> CountSubject("quilt", "GRN-000001-1").text(), CountSubject("quilt", batch="B7").text()
    ('lot GRN-000001-1', 'unlisted quilt, batch B7')
    >>> CountSubject("quilt", batch="B7").text("zh")
    '未列物资 quilt，批号 B7'
    """

    item: str
    lot: str = ""
    quarantined: bool = attrs.field(default=False, kw_only=True)
    batch: str = attrs.field(default="", converter=one_form, kw_only=True)
    expiry: date | None = attrs.field(default=None, converter=optional_date, kw_only=True)

    def place(self, warehouse: str) -> Place:
        """Where it is counted in a warehouse."""
        return Place(PlaceKind.QUARANTINE if self.quarantined else PlaceKind.WAREHOUSE, warehouse)

    def text(self, lang: Language = "en") -> str:
        """What it is, in words, for errors. Raises `Incomplete` for another language."""
        parts = (
            choose(lang, en=f"lot {self.lot}", zh=f"批次 {self.lot}") if self.lot else "",
            "" if self.lot else choose(lang, en=f"unlisted {self.item}", zh=f"未列物资 {self.item}"),
            self.batch and choose(lang, en=f"batch {self.batch}", zh=f"批号 {self.batch}"),
            choose(lang, en=f"expiry {self.expiry}", zh=f"到期日 {self.expiry}") if self.expiry else "",
            choose(lang, en="in quarantine", zh="待检隔离") if self.quarantined else "",
        )
        return choose(lang, en=", ", zh="，").join(part for part in parts if part)


@attrs.frozen(kw_only=True)
class CountPlan(Document):
    """What is to be counted in a warehouse, and by whom. It has no quantities: whoever counts is not told.

    `part` is what was asked for, items and lots; where nothing is, it is all of the warehouse.
    """

    prefix: ClassVar[str] = "CP"
    zh: ClassVar[str] = "盘点计划"
    en: ClassVar[str] = "Count plan"

    warehouse: str
    subjects: tuple[CountSubject, ...]
    counters: tuple[Who, ...]
    part: tuple[str, ...]
    quarantined: bool
    note: str

    @property
    def lots(self) -> tuple[str, ...]:
        """The lots on the plan, each once."""
        return tuple(dict.fromkeys(subject.lot for subject in self.subjects))


@attrs.frozen(kw_only=True)
class SheetLine:
    """One line of a count sheet: what was counted, as stated and in base units; and what the book said."""

    subject: CountSubject
    stated: tuple[Quantity | Money, ...]
    counted: int
    there: int
    note: str = ""

    @property
    def difference(self) -> int:
        """What was counted more than the book said, below zero what was missing."""
        return self.counted - self.there


@attrs.frozen(kw_only=True)
class CountSheet(Document):
    """What one person counted on a day, in which round; `known` is the last entry that the book knew then."""

    prefix: ClassVar[str] = "CS"
    zh: ClassVar[str] = "盘点表"
    en: ClassVar[str] = "Count sheet"

    plan: str
    warehouse: str
    counter: Who
    round: int
    known: int
    lines: tuple[SheetLine, ...]
    note: str

    def asserts(self, line: SheetLine) -> Counted:
        """What a line says, as the ledger keeps it; of unlisted goods there is no lot to keep it of."""
        return Counted(
            place=line.subject.place(self.warehouse),
            lot=line.subject.lot,
            on=self.on,
            known=self.known,
            counted=line.counted,
            there=line.there,
            document=self.number,
        )


@attrs.frozen(kw_only=True)
class CountVariance:
    """One line of a count report. Quantities are in base units, `value` is in minor units.

    `on` and `known` are the moment of the sheet that decides, the last of those that agree. `counted` was
    found then, as `stated`; the book said `there_then` as that sheet knew it, and `there` as was known when
    it was approved, late entries included. `value` is what the difference is worth, below zero what is lost;
    `into` is the lot that a gain went into, its own or a new one. `sheets` are those that agree.
    """

    subject: CountSubject
    on: date
    known: int
    stated: tuple[Quantity | Money, ...]
    counted: int
    there_then: int
    there: int
    value: int
    into: str = ""
    explanation: str = ""
    sheets: tuple[str, ...] = ()

    @property
    def difference(self) -> int:
        """What was counted more than the book says, below zero what was missing."""
        return self.counted - self.there


@attrs.frozen(kw_only=True)
class CountReport(Document):
    """What a count found, and what was decided on it, approved by somebody who did not count.

    `late` are entries that came to be known after the count and were taken into what the book said on that
    day, `set_aside` those that were looked at and left out. `known` is the last entry that it took into
    account. Amounts are in minor units.
    """

    prefix: ClassVar[str] = "CR"
    zh: ClassVar[str] = "盘点报告"
    en: ClassVar[str] = "Count report"

    plan: str
    warehouse: str
    lines: tuple[CountVariance, ...]
    counters: tuple[Who, ...]
    approved_by: tuple[Who, ...]
    explanation: str
    recoveries: tuple[Recovery, ...]
    late: tuple[int, ...]
    set_aside: tuple[int, ...]
    known: int
    note: str

    def asserts(self, line: CountVariance) -> Counted:
        """What a line says was counted, of the moment of the sheet that decides."""
        return Counted(
            place=line.subject.place(self.warehouse),
            lot=line.subject.lot,
            on=line.on,
            known=line.known,
            counted=line.counted,
            there=line.there,
            document=self.number,
        )

    @property
    def differences(self) -> tuple[CountVariance, ...]:
        """The lines on which the shelf and the book differ."""
        return tuple(line for line in self.lines if line.difference)

    @property
    def gain(self) -> int:
        """What the goods that were found over are worth."""
        return sum(line.value for line in self.lines if line.value > 0)

    @property
    def gross_loss(self) -> int:
        """What the missing goods are worth."""
        return -sum(line.value for line in self.lines if line.value < 0)

    @property
    def recovered(self) -> int:
        """What salvage, insurance and those who are to blame make good of the loss."""
        return sum(one.amount.minor for one in self.recoveries)

    @property
    def net_loss(self) -> int:
        """The loss less what is made good of it; below zero where that is more than the goods were worth."""
        return self.gross_loss - self.recovered
