"""The command `audit`: a book recomputed from its records, and compared with what it says."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Final

from reliefstock.audit import AuditReport, audit, audit_table, findings_table
from reliefstock.cli.books import add_book, opened
from reliefstock.cli.command import Command, add_form
from reliefstock.cli.exits import Exit
from reliefstock.cli.output import say_data, show, tell, telling_progress
from reliefstock.cli.parser import Parser
from reliefstock.cli.proving import add_known, checkpoint_at
from reliefstock.errors import StoreDamaged
from reliefstock.values import Language

__all__ = ["AUDIT"]


def _takes(parser: Parser) -> None:
    add_book(parser)
    add_known(parser)
    add_form(parser)


def _audit(asked: argparse.Namespace, lang: Language) -> Exit:
    known = [checkpoint_at(path).chain_head for path in asked.known]
    try:
        with opened(asked) as book:
            report = audit(book.records(), book, known=known, progress=_progress())
    except StoreDamaged as damaged:  # here it is what was looked for
        tell(damaged.sentence(lang), lang)
        return Exit.NOT_IN_ORDER
    _tell(report, asked.format, lang)
    return Exit.WELL if report.is_sound else Exit.NOT_IN_ORDER


def _progress() -> Callable[[int], object] | None:
    told = telling_progress()
    return None if told is None else lambda done: told(done, None)


def _tell(report: AuditReport, form: str, lang: Language) -> None:
    found = [findings_table(report, lang)] if report.findings else []
    tables = [audit_table(report, lang), *found]
    if form != "json":
        show(tables, form)
        return
    findings = [
        {
            "code": one.code,
            "record": one.record,
            "entry": one.entry,
            "place": one.place,
            "lot": one.lot,
            "figures": dict(one.figures),
            "zh": one.zh,
            "en": one.en,
        }
        for one in report.findings
    ]
    say_data({"sound": report.is_sound, "findings": findings, "tables": tables})


AUDIT: Final = Command(
    "audit",
    ("reliefstock audit county.db", "reliefstock audit county.db --known checkpoint.txt --format json"),
    _takes,
    _audit,
)
