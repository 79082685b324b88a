"""Files in, books out: forms that people fill in, read strictly.

A file is read whole before anything is posted. All that is wrong with it is reported at once, by file, line
and column, and then nothing is posted at all.
"""

from __future__ import annotations

from reliefstock.formats.count_sheet import blank_count_sheet, read_count_sheet
from reliefstock.formats.half_year import HalfYear, read_half_year
from reliefstock.formats.plain import document_from, plain_from, request_from
from reliefstock.formats.sheet import Row, Sheet

__all__ = [
    "HalfYear",
    "Row",
    "Sheet",
    "blank_count_sheet",
    "document_from",
    "plain_from",
    "read_count_sheet",
    "read_half_year",
    "request_from",
]
