"""Fair shares: who gets how much when there is not enough, by a stated rule, exactly, and explained."""

from reliefstock.allocation.continuous import exact_shares
from reliefstock.allocation.demand import Demand, Demands, Kind
from reliefstock.allocation.plan import Award, Outcome, Plan
from reliefstock.allocation.rounding import Rounding
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
from reliefstock.allocation.tickets import ticket

__all__ = [
    "Award",
    "ContestedGarment",
    "Demand",
    "Demands",
    "Equal",
    "EqualAwards",
    "EqualLosses",
    "Kind",
    "Lottery",
    "MaxMinFill",
    "Outcome",
    "Plan",
    "Proportional",
    "Rounding",
    "Rule",
    "exact_shares",
    "share",
    "ticket",
]
