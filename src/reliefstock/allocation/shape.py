"""Whether the awards of a plan can be at all, each by itself and all together, by whatever rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reliefstock.allocation.demand import Kind
from reliefstock.allocation.plan import Outcome, Plan
from reliefstock.allocation.plan_faults import PlanFault
from reliefstock.allocation.standing import most_boxes

__all__ = ["shape_faults"]


def shape_faults(plan: Plan) -> Iterator[PlanFault]:
    """What cannot be: units or boxes that are not whole, too few, too many, or more than there are."""
    lengths = len(plan.demands), len(plan.units), len(plan.outcomes)
    if wrong := [number for number in (plan.supply, plan.floor) if type(number) is not int or number < 0]:
        yield from (PlanFault("whole", "", (number,)) for number in wrong)
    elif len(set(lengths)) > 1:
        yield PlanFault("length", "", lengths)
    elif set(map(type, plan.units)) - {int}:
        yield from _not_of(int, "whole", plan.demands.recipients, plan.units)
    elif set(map(type, plan.outcomes)) - {Outcome}:
        yield from _not_of(Outcome, "said", plan.demands.recipients, plan.outcomes)
    else:
        yield from _single_awards(plan)
        if plan.awarded > plan.supply:
            yield PlanFault("conservation", "", (plan.awarded, plan.supply))


def _not_of(
    wanted: type, code: str, recipients: Sequence[str], told: Sequence[object]
) -> Iterator[PlanFault]:
    for recipient, each in zip(recipients, told, strict=True):
        if type(each) is not wanted:
            yield PlanFault(code, recipient, (each,))


def _single_awards(plan: Plan) -> Iterator[PlanFault]:
    demands = plan.demands
    found = {
        (number, units): _wrong(demands.kinds[number], units, most_boxes(plan, demands.kinds[number]))
        for number, units in set(zip(demands.kind_of, plan.units, strict=True))
    }
    if not any(found.values()):
        return
    for recipient, row in zip(demands.recipients, zip(demands.kind_of, plan.units, strict=True), strict=True):
        if wrong := found[row]:
            code, figure = wrong
            yield PlanFault(code, recipient, (row[1], figure))


def _wrong(kind: Kind, units: int, high: int) -> tuple[str, int] | None:
    if units < 0 or 0 < units < kind.least:
        return "least", kind.least
    if units % kind.lot:
        return "lot", kind.lot
    return ("cap", high * kind.lot) if units > high * kind.lot else None
