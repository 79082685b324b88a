"""Much at once: columns in, the same records out that the verbs would give one by one.

An old system's history or a year's file has a row for each thing that happened. Rows come in as columns
(`columns`). What is ordinary goes down a lane of its own (`lane`): it looks at the same ledger and the same
rules as the verbs do and writes the same bytes, which it has learnt from the verbs themselves (`forms`), but
makes no object for each row. Whatever is not ordinary is left to the verb, and so is every refusal.
"""

from __future__ import annotations

from reliefstock.bulk.columns import Columns, Handouts, Receipts, Row
from reliefstock.bulk.landed import Landed
from reliefstock.bulk.lane import Lane

__all__ = ["Columns", "Handouts", "Landed", "Lane", "Receipts", "Row"]
