"""Does it add up? Statements, traces, consignments, and published figures held against the book.

Everything here reads the book and returns rows and findings; nothing changes it, and nothing that is wrong
with the data raises.
"""

from __future__ import annotations

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
from reliefstock.reconciliation.consignments import (
    Consignment,
    ConsignmentLine,
    consignment_findings,
    consignments,
)
from reliefstock.reconciliation.findings import Finding
from reliefstock.reconciliation.measures import MONEY, Goods, Measure, Measured, Part, What, measure
from reliefstock.reconciliation.names import Named, NamePair, probable_pairs, same_name
from reliefstock.reconciliation.projects import Output, ProjectAccount, project_account
from reliefstock.reconciliation.scope import Scope
from reliefstock.reconciliation.sources import given_above_received, names_in, unfinished
from reliefstock.reconciliation.statement import By, Statement, StatementRow, donors_of, statement
from reliefstock.reconciliation.trace import Trace, TraceEnd, TraceStep, trace
from reliefstock.reconciliation.wording import money_text

__all__ = [
    "MONEY",
    "By",
    "CheckedClaim",
    "CheckedRelation",
    "Claim",
    "ClaimsReport",
    "Consignment",
    "ConsignmentLine",
    "Finding",
    "Goods",
    "Measure",
    "Measured",
    "NamePair",
    "Named",
    "Output",
    "Part",
    "ProjectAccount",
    "Relation",
    "RelationKind",
    "Scope",
    "Statement",
    "StatementRow",
    "Trace",
    "TraceEnd",
    "TraceStep",
    "Verdict",
    "What",
    "check_claims",
    "consignment_findings",
    "consignments",
    "cut_off",
    "donors_of",
    "gap_candidates",
    "given_above_received",
    "incomplete",
    "measure",
    "money_text",
    "names_in",
    "one_name",
    "probable_pairs",
    "project_account",
    "remainders",
    "same_name",
    "statement",
    "trace",
    "unfinished",
    "unvalued",
]
