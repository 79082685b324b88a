"""The audit: a book recomputed from its stored records, by code that shares nothing with what wrote them.

`audit` reads records, recomputes every balance, hold and count, checks every promise at every moment by its
own reading of it, and says where a book does not agree. `recompute` does so without a book, `balances` adds
up what every place held on any day, as was known at any entry.
"""

from reliefstock.audit.auditor import Audit, balances, recompute
from reliefstock.audit.comparing import AuditReport, audit, figures_of
from reliefstock.audit.figures import CountFigure, Figures, HoldFigure
from reliefstock.audit.finding import AuditFinding
from reliefstock.audit.tables import audit_table, findings_table

__all__ = [
    "Audit",
    "AuditFinding",
    "AuditReport",
    "CountFigure",
    "Figures",
    "HoldFigure",
    "audit",
    "audit_table",
    "balances",
    "figures_of",
    "findings_table",
    "recompute",
]
