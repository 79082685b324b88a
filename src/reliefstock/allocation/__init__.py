"""Fair shares: who gets how much when there is not enough, by a stated rule, exactly, and explained.

Pure functions over numbers, which know nothing of a book. `share` gives one item by one rule, `share_sources`
what may not go to everybody, `share_items`, `share_kits` and `share_jointly` several items, `plan_today` what
comes in rounds. A plan says why (`reason`), how even it is (`measures`), and can be checked without its rule
(`verify_plan`).
"""

from reliefstock.allocation.baskets import (
    Kits,
    Remainder,
    WhyRemains,
    left_of,
    share_items,
    share_kits,
    whole_kits,
)
from reliefstock.allocation.certificate import Certificate, TierLevel, certificate_of, verify_certificate
from reliefstock.allocation.comparing import (
    Change,
    ChangeKind,
    Changes,
    Comparison,
    Paradox,
    alabama,
    change,
    compare,
)
from reliefstock.allocation.continuous import exact_shares
from reliefstock.allocation.coverage import Covered, JointCoverage, JointPlan, share_jointly
from reliefstock.allocation.demand import Demand, Demands, Kind
from reliefstock.allocation.measures import Measures, gini, jain, measures
from reliefstock.allocation.plan import Award, Outcome, Plan
from reliefstock.allocation.plan_faults import PlanFault, outcome_word
from reliefstock.allocation.reasons import Reasons, left_reason, reason, rule_text
from reliefstock.allocation.rounding import Rounding
from reliefstock.allocation.rounds import (
    Expected,
    Guardrail,
    Hope,
    Kept,
    Policy,
    Static,
    Today,
    WhyKept,
    plan_today,
)
from reliefstock.allocation.rules import (
    ContestedGarment,
    Equal,
    EqualAwards,
    EqualLosses,
    Lottery,
    MaxMinFill,
    Proportional,
    Rule,
)
from reliefstock.allocation.sharing import share
from reliefstock.allocation.shortfalls import CatchUp, Owed, cumulated_fill, with_shortfalls
from reliefstock.allocation.source_checks import verify_sources
from reliefstock.allocation.source_faults import SourceFault
from reliefstock.allocation.sources import (
    Bottleneck,
    Left,
    Limit,
    Source,
    SourcesPlan,
    WhyLeft,
    share_sources,
)
from reliefstock.allocation.tickets import ticket
from reliefstock.allocation.transport import Transport, serve, verify_transport
from reliefstock.allocation.verifying import verify_plan

__all__ = [
    "Award",
    "Bottleneck",
    "CatchUp",
    "Certificate",
    "Change",
    "ChangeKind",
    "Changes",
    "Comparison",
    "ContestedGarment",
    "Covered",
    "Demand",
    "Demands",
    "Equal",
    "EqualAwards",
    "EqualLosses",
    "Expected",
    "Guardrail",
    "Hope",
    "JointCoverage",
    "JointPlan",
    "Kept",
    "Kind",
    "Kits",
    "Left",
    "Limit",
    "Lottery",
    "MaxMinFill",
    "Measures",
    "Outcome",
    "Owed",
    "Paradox",
    "Plan",
    "PlanFault",
    "Policy",
    "Proportional",
    "Reasons",
    "Remainder",
    "Rounding",
    "Rule",
    "Source",
    "SourceFault",
    "SourcesPlan",
    "Static",
    "TierLevel",
    "Today",
    "Transport",
    "WhyKept",
    "WhyLeft",
    "WhyRemains",
    "alabama",
    "certificate_of",
    "change",
    "compare",
    "cumulated_fill",
    "exact_shares",
    "gini",
    "jain",
    "left_of",
    "left_reason",
    "measures",
    "outcome_word",
    "plan_today",
    "reason",
    "rule_text",
    "serve",
    "share",
    "share_items",
    "share_jointly",
    "share_kits",
    "share_sources",
    "ticket",
    "verify_certificate",
    "verify_plan",
    "verify_sources",
    "verify_transport",
    "whole_kits",
    "with_shortfalls",
]
