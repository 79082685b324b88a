"""Plans and the book: what there is to share out, and a plan as lines that hold it.

A plan of `reliefstock.allocation` knows numbers and ids. Here its units are base units of an item, its
recipients are those that the book knows, and it is written down so that it can be worked out again
(`reliefstock.operations.PlanRecord`).
"""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import attrs

from reliefstock.allocation import (
    ContestedGarment,
    Demand,
    Demands,
    Equal,
    EqualAwards,
    EqualLosses,
    Lottery,
    MaxMinFill,
    Plan,
    Proportional,
    Rounding,
    Rule,
    share,
)
from reliefstock.allocation.sources import Source, SourcesPlan, share_sources
from reliefstock.errors import Incomplete, Unknown
from reliefstock.ledger import Lot, Place, PlaceKind
from reliefstock.operations import AllocationLine, PlannedShare, PlannedSource, PlanRecord
from reliefstock.operations.holding import goods
from reliefstock.operations.picking import Picker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from reliefstock.catalogue import Item
    from reliefstock.donations import Restriction, Use
    from reliefstock.operations import Desk

__all__ = [
    "free_sources",
    "lines_by_warehouse",
    "lot_of",
    "plan_lines",
    "plan_record",
    "recorded_plan",
    "rule_of",
    "sources_record",
    "was_due",
]

_AT: Final = " @ "

_RULES: Final[Mapping[str, type[Rule]]] = MappingProxyType(
    {
        rule.name: rule
        for rule in (
            Equal,
            Proportional,
            EqualAwards,
            EqualLosses,
            ContestedGarment,
            MaxMinFill,
            Lottery,
        )
    }
)


# What there is to share out


def free_sources(
    desk: Desk,
    item_id: str,
    recipients: Iterable[str],
    *,
    warehouses: Iterable[str] | None = None,
    on: date,
    until: date,
    programme: str = "",
) -> tuple[Source, ...]:
    """Lots of an item that could be held from a day through another, and for whom; see `Book.sources`."""
    item = goods(desk, item_id)
    draft = desk.draft("", on)
    uses = {who: desk.use(desk.register.recipient(who), until, programme) for who in recipients}
    if warehouses is None:
        places = list(desk.ledger.places(PlaceKind.WAREHOUSE))
    else:
        places = [desk.warehouse(one) for one in dict.fromkeys(warehouses)]
    found: list[tuple[Lot, Place, int]] = []
    for place in places:
        picker = Picker(desk, draft, place, until=until)
        lots = (desk.ledger.lot(lot_id) for lot_id in desk.ledger.stock(place, item.id))
        free = ((lot, draft.left(lot, place)) for lot in lots if not picker.objection(lot))
        found += [(lot, place, units) for lot, units in free if units > 0]
    return tuple(_sources(found, uses))


def _sources(found: list[tuple[Lot, Place, int]], uses: Mapping[str, Use]) -> Iterator[Source]:
    """Each lot in each place as a source; what restrictions say of the recipients is asked once."""
    seen = Counter(lot.id for lot, _, _ in found)
    eligible: dict[tuple[Restriction, ...], frozenset[str] | None] = {}
    for lot, place, units in found:
        if lot.restrictions not in eligible:
            may = frozenset(who for who, use in uses.items() if not lot.objections(use))
            eligible[lot.restrictions] = None if len(may) == len(uses) else may
        source_id = lot.id if seen[lot.id] == 1 else f"{lot.id}{_AT}{place.id}"
        yield Source(source_id, units, place.id, eligible[lot.restrictions])


def lot_of(source: Source) -> str:
    """The id of the lot that a source is: where it lies in several warehouses, theirs stands after it."""
    return source.id.removesuffix(f"{_AT}{source.warehouse}")


def _source_id(one: PlannedSource) -> str:
    return f"{one.lot}{_AT}{one.warehouse}"


# A plan as lines


def lines_by_warehouse(plan: SourcesPlan, item: Item) -> dict[str, list[AllocationLine]]:
    """What a plan gives out of which lot, a line each, by the warehouse where the lot is."""
    lines: dict[str, list[AllocationLine]] = {}
    for source in plan.sources:
        for who, units in plan.flows.get(source.id, {}).items():
            if units:
                line = AllocationLine(who, item.id, item.stated(units), (lot_of(source),))
                lines.setdefault(source.warehouse, []).append(line)
    return lines


def plan_lines(plan: Plan, item: Item) -> tuple[AllocationLine, ...]:
    """What a plan gives, a line for each recipient that gets anything, in the order of the demands."""
    given = ((award.recipient, award.units) for award in plan)
    return tuple(AllocationLine(who, item.id, item.stated(units)) for who, units in given if units)


# A plan as it is remembered


def plan_record(plan: Plan, item: str = "") -> PlanRecord:
    """A plan as an allocation remembers it; of the item of its demands, or of one that is stated.

    Raises:
        Incomplete: neither says of which item, or they are two.
        Unknown: its rule is none of this library, so nobody could work it out again.

    >>> from reliefstock.allocation import Demand, MaxMinFill, share
    >>> plan = share(10, [Demand("S-1", 6, item="quilt"), Demand("S-2", 6, item="quilt")], MaxMinFill())
    >>> record = plan_record(plan)
    >>> record.item, record.rule, [one.units for one in record.shares]
    ('quilt', 'max-min fill rate', [5, 5])
    """
    _known_rule(plan.rule.name)
    return PlanRecord(
        item=_item_of(plan.demands, item),
        rule=plan.rule.name,
        rounding=plan.rule.rounding.value,
        supply=plan.supply,
        floor=plan.floor,
        seed=plan.seed,
        shares=tuple(_shares(plan)),
    )


def sources_record(plan: SourcesPlan, item: str = "") -> PlanRecord:
    """A plan out of several lots as an allocation remembers it. Raises what `plan_record` raises."""
    _known_rule(plan.rule.name)
    asking = set(plan.demands.recipients)
    return PlanRecord(
        item=_item_of(plan.demands, item),
        rule=plan.rule.name,
        rounding=plan.rule.rounding.value,
        supply=plan.supply,
        floor=plan.floor,
        seed=plan.seed,
        shares=tuple(_shares(plan)),
        sources=tuple(_planned_source(one, asking) for one in plan.sources),
    )


def _planned_source(one: Source, asking: set[str]) -> PlannedSource:
    recipients = None if one.recipients is None else sorted(one.recipients & asking)
    return PlannedSource(lot_of(one), one.units, one.warehouse, recipients)


def recorded_plan(record: PlanRecord) -> Plan:
    """The plan that was written down: its rule is followed again, its units are those of the record.

    So `reliefstock.allocation.verify_plan` finds what the rule would not have given. Raises `Unknown`.

    >>> from reliefstock.allocation import Demand, Equal, share
    >>> plan = share(7, [Demand("S-1", 6), Demand("S-2", 6)], Equal(), seed="2024-07-01")
    >>> recorded_plan(plan_record(plan, "quilt")).units == plan.units
    True
    """
    again = _followed_again(record)
    units = [one.units for one in record.shares]
    return again if units == list(again.units) else attrs.evolve(again, units=units)


def was_due(record: PlanRecord) -> tuple[int, ...]:
    """What the rule gives to each recipient when it is followed again, in the order of the record.

    It is what the record says, or the record is no plan by that rule. Raises `Unknown`.
    """
    if not record.sources:
        return tuple(_followed_again(record).units)
    sources = [Source(_source_id(one), one.units, one.warehouse, one.recipients) for one in record.sources]
    rule = rule_of(record)
    plan = share_sources(sources, _demands(record), rule, floor=record.floor, seed=record.seed)
    return tuple(plan.units)


def _followed_again(record: PlanRecord) -> Plan:
    return share(record.supply, _demands(record), rule_of(record), floor=record.floor, seed=record.seed)


def rule_of(record: PlanRecord) -> Rule:
    """The rule by which a plan was made. Raises `Unknown`."""
    rule = _known_rule(record.rule)
    return rule() if rule in (MaxMinFill, Lottery) else rule(Rounding(record.rounding))


def _known_rule(name: str) -> type[Rule]:
    if name not in _RULES:
        raise Unknown(what="rule", given=name, near=tuple(_RULES))
    return _RULES[name]


def _item_of(demands: Demands, stated: str) -> str:
    of_demands = demands.item
    if stated and of_demands and stated != of_demands:
        missing = f"its demands are for {of_demands}, and {stated} is stated"
        zh = f"需求为 {of_demands}，而写明的是 {stated}"
    elif stated or of_demands:
        return stated or of_demands
    else:
        missing = "nothing says of which item it is"
        zh = "没有写明是哪种物资"
    raise Incomplete(
        what="an allocation by a plan",
        missing=missing,
        do="state the item of the demands",
        zh=f"按方案分配：{zh}；请在需求中写明物资",
    )


def _shares(plan: Plan | SourcesPlan) -> Iterator[PlannedShare]:
    for demand, units in zip(plan.demands, plan.units, strict=True):
        yield PlannedShare(
            demand.recipient,
            demand.need,
            units,
            weight=demand.weight,
            tier=demand.tier,
            least=demand.least,
            most=demand.most,
            lot=demand.lot,
        )


def _demands(record: PlanRecord) -> Demands:
    return Demands.of([_demand(record.item, one) for one in record.shares])


def _demand(item: str, one: PlannedShare) -> Demand:
    return Demand(
        one.recipient,
        one.need,
        item=item,
        weight=one.weight,
        tier=one.tier,
        least=one.least,
        most=one.most,
        lot=one.lot,
    )
