"""What an audit found wrong, as data: gathered, never raised.

A finding says in which record it is and, as far as there is one, in which entry, place and lot; the figures
that it rests on; and all of it in a sentence, in Chinese and in English. An audit that finds nothing has an
empty tuple of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs

from reliefstock.audit.wording import SENTENCES
from reliefstock.values import Language

__all__ = ["AuditFinding", "Findings", "shown"]

_LONGEST: Final = 200


@attrs.frozen(kw_only=True)
class AuditFinding:
    """One thing that is wrong in the records of a book, or between them and what the book says.

    `record` is the number of the record, 0 where it is of none; `entry` the number of the entry, if any.
    `figures` are named figures as text.
    """

    code: str
    record: int
    entry: int | None = None
    place: str = ""
    lot: str = ""
    figures: tuple[tuple[str, str], ...] = ()

    def text(self, lang: Language = "en") -> str:
        """Say what is wrong, and where, in Chinese (`zh`) or English.

        >>> found = AuditFinding(code="quantity-not-conserved", record=12, entry=7, lot="GRN-000001-1",
        ...                      figures=(("difference", "-1"),))
        >>> found.text()
        'record 12, entry 7: the postings of lot GRN-000001-1 sum to -1 units, not to zero'
        >>> found.text("zh")
        '第 12 条记录，第 7 号分录：批次 GRN-000001-1 各笔数量合计为 -1，不为零'
        """
        sentence = SENTENCES[self.code][lang == "en"]
        return self._where(lang) + sentence.format_map({**self._names(), **dict(self.figures)})

    @property
    def zh(self) -> str:
        """The sentence in Chinese."""
        return self.text("zh")

    @property
    def en(self) -> str:
        """The sentence in English."""
        return self.text("en")

    def _names(self) -> Mapping[str, object]:
        return {"record": self.record, "entry": self.entry, "place": self.place, "lot": self.lot}

    def _where(self, lang: Language) -> str:
        if not self.record:
            return ""
        if lang == "zh":
            entry = "" if self.entry is None else f"，第 {self.entry} 号分录"
            return f"第 {self.record} 条记录{entry}："
        entry = "" if self.entry is None else f", entry {self.entry}"
        return f"record {self.record}{entry}: "


def shown(given: object) -> str:
    """A figure as text, whatever a forger put there: also a number too long for anybody to read.

    >>> shown(12), shown("x" * 1000)[-4:], shown(10**9999)
    ('12', 'xxx…', '…')
    """
    try:
        text = str(given)
    except ValueError:
        return "…"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


class Findings:
    """Where findings are gathered, while `record` and `entry` say what is being looked at."""

    def __init__(self) -> None:
        self.record = 0
        self.entry: int | None = None
        self._found: list[AuditFinding] = []

    def add(self, code: str, place: str = "", lot: str = "", /, **figures: object) -> None:
        """Something is wrong with what is being looked at."""
        self._found.append(
            AuditFinding(
                code=code,
                record=self.record,
                entry=self.entry,
                place=place,
                lot=lot,
                figures=tuple((name, shown(figure)) for name, figure in figures.items()),
            )
        )

    @property
    def found(self) -> tuple[AuditFinding, ...]:
        """All of them, in the order in which they were met."""
        return tuple(self._found)
