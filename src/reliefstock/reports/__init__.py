"""Reports: typed rows first, tables second, and one module that draws.

Each report is a function from a book to rows, for programs, and a function from those rows to a `Table`, for
people, in Chinese or in English. `draw` makes text of any table, `plain` makes data of it.
"""

from __future__ import annotations

from reliefstock.reports.ageing import dead_stock_table, expiring_table, slow_stock_table
from reliefstock.reports.allocations import (
    award_changes_table,
    awards_table,
    plan_measures_table,
    rate_text,
    rules_table,
)
from reliefstock.reports.claims import claims_table, findings_table, relations_table
from reliefstock.reports.closing import closing_acts_table, closing_checklist_table, late_news_table
from reliefstock.reports.consignments import consignments_table
from reliefstock.reports.counts import (
    BLIND_COLUMNS,
    BlindLine,
    BlindSheet,
    blind_sheet,
    blind_sheet_table,
    count_comparison_table,
    count_report_table,
    count_result_table,
    open_counts_table,
)
from reliefstock.reports.document import DocumentLine, document_lines, document_table
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
from reliefstock.reports.holds import (
    allocation_table,
    allocations_table,
    availability_table,
    holds_table,
    promises_table,
)
from reliefstock.reports.kits import (
    BillRow,
    KitRow,
    bill_rows,
    bills_table,
    buildable_table,
    kit_record,
    kit_record_table,
)
from reliefstock.reports.levels import depot_load_table, reorder_table, waybill_load_table
from reliefstock.reports.naming import NIL, Naming, legend, notes, unvalued_notes
from reliefstock.reports.overdue import overdue_table
from reliefstock.reports.packs import in_packs, lots_in_packs, together
from reliefstock.reports.plans import plans_table
from reliefstock.reports.projects import projects_table
from reliefstock.reports.recalls import recall_notice_tables, recall_table
from reliefstock.reports.register import (
    DistributionRegister,
    RegisterLine,
    RegisterTotal,
    distribution_register,
    register_table,
    register_totals_table,
)
from reliefstock.reports.restrictions import (
    redirections_table,
    restriction_account_table,
    sales_table,
)
from reliefstock.reports.revaluations import revaluations_table
from reliefstock.reports.road_losses import open_losses_table
from reliefstock.reports.sender_notice import sender_notice_table
from reliefstock.reports.shares_chart import shares_chart
from reliefstock.reports.statement import StatementMeasure, statement_table
from reliefstock.reports.stock import StockRow, stock_position, stock_table
from reliefstock.reports.stock_card import CardLine, StockCard, stock_card, stock_card_table
from reliefstock.reports.tables import Align, Column, Row, Style, Table, draw, plain
from reliefstock.reports.trace import trace_table
from reliefstock.reports.trial_balance import (
    TrialBalance,
    TrialBalanceRow,
    trial_balance,
    trial_balance_table,
)
from reliefstock.reports.words import WORDS, Word, listed, word

__all__ = [
    "BLIND_COLUMNS",
    "NIL",
    "WORDS",
    "Align",
    "BillRow",
    "BlindLine",
    "BlindSheet",
    "CardLine",
    "Column",
    "DistributionRegister",
    "DocumentLine",
    "Donation",
    "DonationEnd",
    "DonationReport",
    "KitRow",
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
    "allocation_table",
    "allocations_table",
    "availability_table",
    "award_changes_table",
    "awards_table",
    "bill_rows",
    "bills_table",
    "blind_sheet",
    "blind_sheet_table",
    "buildable_table",
    "claims_table",
    "closing_acts_table",
    "closing_checklist_table",
    "consignments_table",
    "count_comparison_table",
    "count_report_table",
    "count_result_table",
    "dead_stock_table",
    "depot_load_table",
    "distribution_register",
    "document_lines",
    "document_table",
    "donation_ends_table",
    "donation_report",
    "donation_report_table",
    "draw",
    "expiring_table",
    "findings_table",
    "half_year_findings",
    "half_year_summary",
    "holds_table",
    "in_packs",
    "kit_record",
    "kit_record_table",
    "late_news_table",
    "legend",
    "listed",
    "lots_in_packs",
    "notes",
    "open_counts_table",
    "open_losses_table",
    "overdue_table",
    "plain",
    "plan_measures_table",
    "plans_table",
    "projects_table",
    "promises_table",
    "rate_text",
    "recall_notice_tables",
    "recall_table",
    "redirections_table",
    "register_table",
    "register_totals_table",
    "relations_table",
    "reorder_table",
    "restriction_account_table",
    "revaluations_table",
    "rules_table",
    "sales_table",
    "sender_notice_table",
    "shares_chart",
    "slow_stock_table",
    "statement_table",
    "stock_card",
    "stock_card_table",
    "stock_position",
    "stock_table",
    "summary_tables",
    "together",
    "trace_table",
    "trial_balance",
    "trial_balance_table",
    "unvalued_notes",
    "waybill_load_table",
    "word",
]
