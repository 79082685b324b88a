"""Does it add up? Statements, traces, consignments, and published figures held against the book.

Everything here reads the book and returns rows and findings; nothing changes it, and nothing that is wrong
with the data raises.
"""

from __future__ import annotations

from reliefstock.reconciliation.ageing import (
    DeadStock,
    ExpiringLot,
    SlowStock,
    dead_stock,
    expired_in_stock,
    expiring,
    slow_stock,
)
from reliefstock.reconciliation.checks import (
    cut_off,
    gap_candidates,
    incomplete,
    one_name,
    remainders,
    unvalued,
)
from reliefstock.reconciliation.claims import (
    CheckedClaim,
    CheckedRelation,
    Claim,
    ClaimsReport,
    Relation,
    RelationKind,
    Verdict,
    check_claims,
)
from reliefstock.reconciliation.closing import (
    ClosingAct,
    ClosingCheck,
    LateNews,
    PeriodState,
    as_closed,
    blockers,
    close_findings,
    closing_acts,
    closing_checks,
    late_news,
    period_state,
    reopened_changes,
)
from reliefstock.reconciliation.consignments import (
    Consignment,
    ConsignmentLine,
    consignment_findings,
    consignments,
)
from reliefstock.reconciliation.counts import count_conflicts, count_status, disputed_counts, open_counts
from reliefstock.reconciliation.findings import Finding
from reliefstock.reconciliation.holds import (
    AllocationRow,
    AtRisk,
    HoldRow,
    PromiseAtRisk,
    allocation_findings,
    allocations,
    holds_of,
    promise_findings,
    promises_at_risk,
)
from reliefstock.reconciliation.joint import Joint, Shares, shares_of
from reliefstock.reconciliation.kits import buildable, incomplete_kits, incomplete_lots
from reliefstock.reconciliation.levels import ReorderRow, level_findings, reorder
from reliefstock.reconciliation.loads import DepotLoad, depot_load, load_findings
from reliefstock.reconciliation.measures import MONEY, Goods, Measure, Measured, Part, What, measure
from reliefstock.reconciliation.names import Named, NamePair, probable_pairs, same_name
from reliefstock.reconciliation.overdue import (
    OverdueConsignment,
    OverdueLine,
    overdue,
    overdue_findings,
)
from reliefstock.reconciliation.plans import PlanRow, plan_findings, plans
from reliefstock.reconciliation.projects import Output, ProjectAccount, project_account
from reliefstock.reconciliation.recalls import RecallRow, RecallStatus, recall_findings, recall_status
from reliefstock.reconciliation.restrictions import (
    RestrictionAccount,
    RestrictionRow,
    expiring_without_recipient,
    restriction_account,
    restrictions_ending,
)
from reliefstock.reconciliation.road_losses import OpenLossRow, loss_findings, open_losses
from reliefstock.reconciliation.scope import Scope
from reliefstock.reconciliation.sender_notice import (
    DifferenceKind,
    DifferenceState,
    NoticeDifference,
    SenderNotice,
    sender_notice,
)
from reliefstock.reconciliation.sources import given_above_received, names_in, unfinished
from reliefstock.reconciliation.statement import (
    By,
    Statement,
    StatementRow,
    donations_of,
    donors_of,
    statement,
)
from reliefstock.reconciliation.trace import Trace, TraceEnd, TraceStep, trace
from reliefstock.reconciliation.wording import money_text

__all__ = [
    "MONEY",
    "AllocationRow",
    "AtRisk",
    "By",
    "CheckedClaim",
    "CheckedRelation",
    "Claim",
    "ClaimsReport",
    "ClosingAct",
    "ClosingCheck",
    "Consignment",
    "ConsignmentLine",
    "DeadStock",
    "DepotLoad",
    "DifferenceKind",
    "DifferenceState",
    "ExpiringLot",
    "Finding",
    "Goods",
    "HoldRow",
    "Joint",
    "LateNews",
    "Measure",
    "Measured",
    "NamePair",
    "Named",
    "NoticeDifference",
    "OpenLossRow",
    "Output",
    "OverdueConsignment",
    "OverdueLine",
    "Part",
    "PeriodState",
    "PlanRow",
    "ProjectAccount",
    "PromiseAtRisk",
    "RecallRow",
    "RecallStatus",
    "Relation",
    "RelationKind",
    "ReorderRow",
    "RestrictionAccount",
    "RestrictionRow",
    "Scope",
    "SenderNotice",
    "Shares",
    "SlowStock",
    "Statement",
    "StatementRow",
    "Trace",
    "TraceEnd",
    "TraceStep",
    "Verdict",
    "What",
    "allocation_findings",
    "allocations",
    "as_closed",
    "blockers",
    "buildable",
    "check_claims",
    "close_findings",
    "closing_acts",
    "closing_checks",
    "consignment_findings",
    "consignments",
    "count_conflicts",
    "count_status",
    "cut_off",
    "dead_stock",
    "depot_load",
    "disputed_counts",
    "donations_of",
    "donors_of",
    "expired_in_stock",
    "expiring",
    "expiring_without_recipient",
    "gap_candidates",
    "given_above_received",
    "holds_of",
    "incomplete",
    "incomplete_kits",
    "incomplete_lots",
    "late_news",
    "level_findings",
    "load_findings",
    "loss_findings",
    "measure",
    "money_text",
    "names_in",
    "one_name",
    "open_counts",
    "open_losses",
    "overdue",
    "overdue_findings",
    "period_state",
    "plan_findings",
    "plans",
    "probable_pairs",
    "project_account",
    "promise_findings",
    "promises_at_risk",
    "recall_findings",
    "recall_status",
    "remainders",
    "reopened_changes",
    "reorder",
    "restriction_account",
    "restrictions_ending",
    "same_name",
    "sender_notice",
    "shares_of",
    "slow_stock",
    "statement",
    "trace",
    "unfinished",
    "unvalued",
]
