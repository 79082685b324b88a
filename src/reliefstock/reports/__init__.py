"""Reports: typed rows first, tables second, and one module that draws.

Each report is a function from a book to rows, for programs, and a function from those rows to a `Table`, for
people, in Chinese or in English. `draw` makes text of any table, `plain` makes data of it.
"""

from __future__ import annotations

from reliefstock.reports.claims import claims_table, findings_table, relations_table
from reliefstock.reports.consignments import consignments_table
from reliefstock.reports.donation_report import (
    Donation,
    DonationEnd,
    DonationReport,
    ReceivedGift,
    donation_ends_table,
    donation_report,
    donation_report_table,
)
from reliefstock.reports.half_year import (
    Section,
    Summary,
    SummaryLine,
    half_year_findings,
    half_year_summary,
    summary_tables,
)
from reliefstock.reports.naming import NIL, Naming, legend, notes, unvalued_notes
from reliefstock.reports.projects import projects_table
from reliefstock.reports.register import (
    DistributionRegister,
    RegisterLine,
    RegisterTotal,
    distribution_register,
    register_table,
    register_totals_table,
)
from reliefstock.reports.statement import StatementMeasure, statement_table
from reliefstock.reports.stock import StockRow, in_packs, stock_position, stock_table
from reliefstock.reports.stock_card import CardLine, StockCard, stock_card, stock_card_table
from reliefstock.reports.tables import Align, Column, Row, Style, Table, draw, plain
from reliefstock.reports.trial_balance import (
    TrialBalance,
    TrialBalanceRow,
    trial_balance,
    trial_balance_table,
)
from reliefstock.reports.words import WORDS, Word, in_language, listed, word

__all__ = [
    "NIL",
    "WORDS",
    "Align",
    "CardLine",
    "Column",
    "DistributionRegister",
    "Donation",
    "DonationEnd",
    "DonationReport",
    "Naming",
    "ReceivedGift",
    "RegisterLine",
    "RegisterTotal",
    "Row",
    "Section",
    "StatementMeasure",
    "StockCard",
    "StockRow",
    "Style",
    "Summary",
    "SummaryLine",
    "Table",
    "TrialBalance",
    "TrialBalanceRow",
    "Word",
    "claims_table",
    "consignments_table",
    "distribution_register",
    "donation_ends_table",
    "donation_report",
    "donation_report_table",
    "draw",
    "findings_table",
    "half_year_findings",
    "half_year_summary",
    "in_language",
    "in_packs",
    "legend",
    "listed",
    "notes",
    "plain",
    "projects_table",
    "register_table",
    "register_totals_table",
    "relations_table",
    "statement_table",
    "stock_card",
    "stock_card_table",
    "stock_position",
    "stock_table",
    "summary_tables",
    "trial_balance",
    "trial_balance_table",
    "unvalued_notes",
    "word",
]
