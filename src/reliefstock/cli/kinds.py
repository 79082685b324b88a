"""The kinds of reports: for each what it tells, where its rows come from, and what draws them.

What a report is asked with is said by the signatures of its functions (`reliefstock.cli.asking`); here is
only which functions they are, and how it would be asked of a small book.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeVar

import attrs

from reliefstock import reconciliation, reports
from reliefstock.book import Book
from reliefstock.errors import BadRow, ImportRefused, Unknown
from reliefstock.formats.form import Form
from reliefstock.operations import CountReport, Document, Redirection, Revaluation, SaleNote
from reliefstock.operations.availability import Availability
from reliefstock.projects import Project
from reliefstock.reconciliation import ClaimsReport, ProjectAccount
from reliefstock.reports import StockRow, Word
from reliefstock.values import Period, near

__all__ = ["KINDS", "Kind"]

_D = TypeVar("_D", bound=Document)
_Made = Callable[..., Any]  # what a report is made by: what it takes is asked of its signature


@attrs.frozen
class Kind:
    """A kind of report: what it tells, in both languages, and how it is made.

    `rows` makes the rows of a book, None where `table` does all of it; `table` makes a table of them, or
    several. `example` has the options of an example.
    """

    name: str
    title: Word
    rows: _Made | None
    table: _Made
    example: str = ""


# What the reports ask of a book, where no one function does


def _stock(
    book: Book,
    on: str | None = None,
    known: int | None = None,
    warehouse: str | None = None,
    item: str | None = None,
) -> tuple[StockRow, ...]:
    """The stock position, of one depot or fund, or of one item. Raises `Unknown`, `NotABusinessDate`."""
    of_item = book.currency if item is None else item
    book.on_hand(of_item, warehouse)  # refuses an item, a depot or a fund that the book does not know
    rows = reports.stock_position(book, on, known)
    return tuple(row for row in rows if warehouse in (None, row.place.id) and item in (None, row.item))


def _available(
    book: Book,
    item: str,
    warehouse: str | None = None,
    *,
    on: str | None = None,
    recipient: str | None = None,
    programme: str = "",
    for_anything: bool = False,
) -> tuple[Availability, ...]:
    return (
        book.available(
            item, warehouse, on=on, recipient=recipient, programme=programme, for_anything=for_anything
        ),
    )


def _accounts(book: Book, period: Period, project: str | None = None) -> tuple[ProjectAccount, ...]:
    projects = [one.id for one in book.register.all(Project)] if project is None else [project]
    return tuple(reconciliation.project_account(book, one, period) for one in projects)


def _documents_of(kind: type[_D]) -> Callable[[Book], tuple[_D, ...]]:
    def documents(book: Book) -> tuple[_D, ...]:
        return book.documents_of(kind)

    return documents


def _count_report(book: Book, number: str) -> CountReport:
    """The report of a count. Raises `Unknown`."""
    found = book.documents.get(number)
    if not isinstance(found, CountReport):
        known = [one.number for one in book.documents_of(CountReport)]
        raise Unknown(what="document", given=number, near=near(number, known))
    return found


def _claims(book: Book, form: str) -> ClaimsReport:
    """The figures of a half-year form, held against the book. Raises `ImportRefused`."""
    bad: list[BadRow] = []
    read = Form(Path(form), bad)
    if bad:
        raise ImportRefused(bad)
    return reconciliation.check_claims(book, read.claims, read.relations)


_KINDS: Final = (
    Kind(
        "statement",
        Word("收支结存表", "the statement: where it all went, and whether it adds up"),
        reconciliation.statement,
        reports.statement_table,
        "--period 2023-H1 --by donor",
    ),
    Kind("stock", Word("库存表", "what is there"), _stock, reports.stock_table, "--warehouse depot"),
    Kind(
        "stock-card",
        Word("库存卡", "the movements of an item in a depot, one by one"),
        reports.stock_card,
        reports.stock_card_table,
        "--warehouse depot --item quilt",
    ),
    Kind(
        "availability",
        Word("可用量表", "how much can be given out, and why not all of it"),
        _available,
        reports.availability_table,
        "--item quilt",
    ),
    Kind(
        "expiring",
        Word("临期物资表", "what expires soon"),
        reconciliation.expiring,
        reports.expiring_table,
        "--within-days 90 --on 2023-05-27",
    ),
    Kind(
        "dead-stock",
        Word("呆滞物资表", "what nobody asked for"),
        reconciliation.dead_stock,
        reports.dead_stock_table,
        "--days 30 --on 2023-05-27",
    ),
    Kind(
        "slow-stock",
        Word("周转缓慢物资表", "what lasts long at the recent rate"),
        reconciliation.slow_stock,
        reports.slow_stock_table,
        "--days-of-cover 30 --over-days 90 --on 2023-05-27",
    ),
    Kind(
        "reorder",
        Word("库存限额表", "stock against its minimum and maximum"),
        reconciliation.reorder,
        reports.reorder_table,
    ),
    Kind(
        "depot-load",
        Word("库容表", "what the goods in a depot weigh, and what room they take"),
        reconciliation.depot_load,
        reports.depot_load_table,
        "--warehouse depot",
    ),
    Kind(
        "document",
        Word("单据", "one document: what it moved"),
        reports.document_lines,
        reports.document_table,
        "--number GRN-000001",
    ),
    Kind(
        "register",
        Word("发放登记簿", "what was given out, line by line"),
        reports.distribution_register,
        reports.register_table,
        "--period 2023-H1",
    ),
    Kind(
        "register-totals",
        Word("发放汇总", "what was given out, item by item"),
        reports.distribution_register,
        reports.register_totals_table,
    ),
    Kind(
        "donation",
        Word("捐赠使用报告", "what a donor promised and gave"),
        reports.donation_report,
        reports.donation_report_table,
        "--donor A",
    ),
    Kind(
        "donation-ends",
        Word("捐赠去向", "where all is that a donor gave"),
        reports.donation_report,
        reports.donation_ends_table,
        "--donor A",
    ),
    Kind(
        "trace",
        Word("溯源", "where all of a donation is"),
        reconciliation.trace,
        reports.trace_table,
        "--donation GRN-000001",
    ),
    Kind(
        "restriction-account",
        Word("限定资产变动表", "what was given under restrictions, and is left"),
        reconciliation.restriction_account,
        reports.restriction_account_table,
        "--period 2023",
    ),
    Kind(
        "redirections",
        Word("改变用途登记表", "gifts that were put to another use"),
        _documents_of(Redirection),
        reports.redirections_table,
    ),
    Kind(
        "sales", Word("变卖处置登记表", "surplus that was sold"), _documents_of(SaleNote), reports.sales_table
    ),
    Kind(
        "revaluations",
        Word("价值调整登记表", "values that were learnt later"),
        _documents_of(Revaluation),
        reports.revaluations_table,
    ),
    Kind(
        "consignments",
        Word("在途与到货核对表", "waybills against receiving reports"),
        reconciliation.consignments,
        reports.consignments_table,
    ),
    Kind(
        "overdue",
        Word("逾期在途表", "what should have arrived"),
        reconciliation.overdue,
        reports.overdue_table,
        "--on 2023-05-27",
    ),
    Kind(
        "open-losses",
        Word("在途损失待签认表", "losses on the road that nobody signed for"),
        reconciliation.open_losses,
        reports.open_losses_table,
    ),
    Kind(
        "sender-notice",
        Word("到货情况告知单", "what came of a waybill, for its sender"),
        reconciliation.sender_notice,
        reports.sender_notice_table,
        "--waybill WB-000001",
    ),
    Kind(
        "waybill-load",
        Word("装载单", "what a waybill weighs, and what room it takes"),
        None,
        reports.waybill_load_table,
        "--number WB-000001",
    ),
    Kind(
        "allocation",
        Word("分配单", "one allocation: who is promised what"),
        None,
        reports.allocation_table,
        "--number AL-000001",
    ),
    Kind(
        "allocations",
        Word("分配与交付核对表", "allocations against what was delivered"),
        reconciliation.allocations,
        reports.allocations_table,
    ),
    Kind(
        "holds",
        Word("预留情况表", "what is held for whom"),
        reconciliation.holds_of,
        reports.holds_table,
        "--warehouse depot",
    ),
    Kind(
        "plans",
        Word("分配计划落实情况表", "plans against what came of them"),
        reconciliation.plans,
        reports.plans_table,
    ),
    Kind(
        "promises",
        Word("无法兑现的预留", "promises that can no longer be kept"),
        reconciliation.promises_at_risk,
        reports.promises_table,
    ),
    Kind("bills", Word("物料清单", "bills of materials"), reports.bill_rows, reports.bills_table),
    Kind(
        "buildable",
        Word("可组包数量", "how many kits could be built"),
        reconciliation.buildable,
        reports.buildable_table,
        "--kit pack --warehouse depot --on 2023-05-27",
    ),
    Kind(
        "kit-record",
        Word("组包单", "one paper of kits: what was broken and built"),
        reports.kit_record,
        reports.kit_record_table,
        "--number KIT-000001",
    ),
    Kind(
        "blind-sheet",
        Word("盘点表", "the sheet to count with"),
        reports.blind_sheet,
        reports.blind_sheet_table,
        "--plan CP-000001",
    ),
    Kind(
        "count-comparison",
        Word("盘点比对表", "what each counter found, against the book"),
        reconciliation.count_status,
        reports.count_comparison_table,
        "--plan CP-000001",
    ),
    Kind(
        "open-counts",
        Word("未结盘点", "counts that nobody has approved"),
        reconciliation.open_counts,
        reports.open_counts_table,
    ),
    Kind(
        "count-report",
        Word("盘点报告", "what a count found, lot by lot"),
        _count_report,
        reports.count_report_table,
        "--number CR-000001",
    ),
    Kind(
        "count-result",
        Word("盘点损益", "what a count comes to"),
        _count_report,
        reports.count_result_table,
        "--number CR-000001",
    ),
    Kind(
        "recall",
        Word("召回情况表", "where everything is that a recall is about"),
        reconciliation.recall_status,
        reports.recall_table,
        "--recall RCL-000001",
    ),
    Kind(
        "recall-notices",
        Word("召回通知", "a notice for each who has any of it"),
        reconciliation.recall_status,
        reports.recall_notice_tables,
        "--recall RCL-000001",
    ),
    Kind(
        "projects",
        Word("项目情况表", "the money and the outputs of projects"),
        _accounts,
        reports.projects_table,
        "--period 2023",
    ),
    Kind(
        "trial-balance",
        Word("试算平衡表", "all that came in and went out, by kind of place"),
        reports.trial_balance,
        reports.trial_balance_table,
    ),
    Kind(
        "closing-checklist",
        Word("结账检查表", "what is in the way of closing a period"),
        reconciliation.closing_checks,
        reports.closing_checklist_table,
        "--period 2023-H1",
    ),
    Kind(
        "late-news",
        Word("迟到事项", "what became known of a period too late for it"),
        reconciliation.late_news,
        reports.late_news_table,
        "--period 2023-H1",
    ),
    Kind(
        "closing-acts",
        Word("结账记录", "all closes, seals and reopenings"),
        reconciliation.closing_acts,
        reports.closing_acts_table,
    ),
    Kind(
        "half-year",
        Word("半年工作汇总", "the summary of a half-year, section by section"),
        reports.half_year_summary,
        reports.summary_tables,
        "--period 2023-H1",
    ),
    Kind(
        "claims",
        Word("公布数核对表", "published figures, held against the book"),
        _claims,
        reports.claims_table,
        "--form form",
    ),
    Kind(
        "relations",
        Word("公布数勾稽表", "how published figures hang together"),
        _claims,
        reports.relations_table,
        "--form form",
    ),
)

KINDS: Final[Mapping[str, Kind]] = MappingProxyType({kind.name: kind for kind in _KINDS})
"""The kinds of reports by their names, in the order in which they are listed."""
