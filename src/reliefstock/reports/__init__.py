"""Reports: typed rows first, tables second, and one module that draws.

Each report is a function from a book to rows, for programs, and a function from those rows to a `Table`, for
people, in Chinese or in English. `draw` makes text of any table, `plain` makes data of it.
"""

from __future__ import annotations

from reliefstock.reports.claims import claims_table, findings_table, relations_table
from reliefstock.reports.naming import NIL, Naming
from reliefstock.reports.statement import StatementMeasure, statement_table
from reliefstock.reports.tables import Align, Column, Row, Style, Table, draw, plain
from reliefstock.reports.words import WORDS, Word, in_language, word

__all__ = [
    "NIL",
    "WORDS",
    "Align",
    "Column",
    "Naming",
    "Row",
    "StatementMeasure",
    "Style",
    "Table",
    "Word",
    "claims_table",
    "draw",
    "findings_table",
    "in_language",
    "plain",
    "relations_table",
    "statement_table",
    "word",
]
