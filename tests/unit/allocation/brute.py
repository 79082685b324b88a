"""The rules once more, as plainly as can be: every plan looked at, or every box handed out on its own.

Nothing here is taken from the library but its words (`Demand`, `Rule`, `Rounding`): prices are fractions, or
tuples of them, tickets come from hashlib, and shares that can be cut come from one water level.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from hashlib import sha256
from itertools import pairwise
from typing import Any

from reliefstock.allocation import (
    ContestedGarment,
    Demand,
    Equal,
    EqualAwards,
    EqualLosses,
    Lottery,
    MaxMinFill,
    Proportional,
    Rounding,
    Rule,
)

__all__ = [
    "BY_PRICE",
    "HAMILTON",
    "cap",
    "due",
    "fits_by_price",
    "leximin",
    "most_boxes",
    "one_by_one",
    "plans",
    "remainders",
]

Price = tuple[Fraction, ...]

BY_RATIO = (Rounding.WEBSTER, Rounding.JEFFERSON, Rounding.ADAMS, Rounding.HILL, Rounding.DEAN)
BY_LOSS = (Rounding.WEBSTER, Rounding.JEFFERSON, Rounding.ADAMS)
BY_PRICE: tuple[Rule, ...] = (
    *(rule(rounding) for rule in (Equal, Proportional, EqualAwards) for rounding in BY_RATIO),
    *(rule(rounding) for rule in (EqualLosses, ContestedGarment) for rounding in BY_LOSS),
    MaxMinFill(),
)
"""Every rule that goes by the prices of boxes, with every rounding that it takes."""

HAMILTON: tuple[Rule, ...] = tuple(
    rule(Rounding.HAMILTON) for rule in (Equal, Proportional, EqualAwards, EqualLosses, ContestedGarment)
)
"""Every rule with the largest remainders."""


def cap(rule: Rule, demand: Demand, supply: int) -> int:
    """As many units as one may have: equal shares do not look at the need, only at whether there is any."""
    most = supply + demand.need if demand.most is None else demand.most
    if isinstance(rule, Equal):
        return most if demand.need else 0
    return min(demand.need, most)


def most_boxes(rule: Rule, demand: Demand, supply: int) -> int:
    return cap(rule, demand, supply) // demand.lot


# Every plan


def plans(boxes: int, caps: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """All ways to give so many boxes, or as many as can be had, to recipients who can have so many each."""
    boxes = min(boxes, sum(caps))
    if not caps:
        yield ()
        return
    for first in range(max(0, boxes - sum(caps[1:])), min(boxes, caps[0]) + 1):
        for rest in plans(boxes - first, caps[1:]):
            yield first, *rest


def leximin(plans: Iterable[tuple[int, ...]], worth: Callable[[int, int], int]) -> list[int]:
    """The best sorted list of what their boxes are worth to recipients, by place and number of boxes."""
    return max(sorted(worth(at, boxes) for at, boxes in enumerate(plan)) for plan in plans)


# The price of a box


def signpost(rounding: Rounding, k: int) -> Fraction:
    """Between k - 1 and k; that of Hill is squared."""
    return {
        Rounding.WEBSTER: Fraction(k - 1 + k, 2),
        Rounding.JEFFERSON: Fraction(k),
        Rounding.ADAMS: Fraction(k - 1),
        Rounding.HILL: Fraction((k - 1) * k),
        Rounding.DEAN: Fraction(2 * (k - 1) * k, k - 1 + k),
    }[rounding]


def price(rule: Rule, demand: Demand, k: int) -> Price:
    """What the k-th box is taken at; prices of one rule are only compared with each other."""
    post = signpost(rule.rounding, k)
    lot, need, weight = demand.lot, demand.need, demand.weight
    if isinstance(rule, EqualLosses):
        return (-(need - post * lot) * weight,)
    if isinstance(rule, ContestedGarment):
        share = post * lot
        return (Fraction(0), share / weight) if 2 * share <= need else (Fraction(1), -(need - share) * weight)
    slope = _slope(rule, demand)
    if rule.rounding is Rounding.HILL:
        return (post * lot * lot / slope / slope,)
    return (post * lot / slope,)


def _slope(rule: Rule, demand: Demand) -> int:
    if isinstance(rule, Equal):
        return 1
    return demand.weight if isinstance(rule, EqualAwards) else demand.need * demand.weight


def fits_by_price(rule: Rule, demands: Sequence[Demand], units: Sequence[int], supply: int) -> bool:
    """Whether no box that was given is dearer than one that was not, boxes being of one size."""
    given = [
        price(rule, demand, award // demand.lot)
        for demand, award in zip(demands, units, strict=True)
        if award
    ]
    wanted = [
        price(rule, demand, award // demand.lot + 1)
        for demand, award in zip(demands, units, strict=True)
        if award // demand.lot < most_boxes(rule, demand, supply)
    ]
    return not given or not wanted or max(given) <= min(wanted)


# One box after the other


def one_by_one(
    supply: int, demands: Sequence[Demand], rule: Rule, *, floor: int = 0, seed: str = ""
) -> dict[str, int]:
    """Who has how many units, when every box is handed out on its own."""
    boxes = dict.fromkeys((demand.recipient for demand in demands), 0)
    left = supply
    able = [
        demand
        for demand in demands
        if most_boxes(rule, demand, supply) >= max(_up(demand.least, demand.lot), 1)
    ]
    if floor:
        left = _assured(able, lambda demand: _floor(rule, demand, floor, supply), boxes, left, seed)
    for tier in sorted({demand.tier for demand in able}):
        mine = [demand for demand in able if demand.tier == tier]
        poor = [demand for demand in mine if boxes[demand.recipient] * demand.lot < demand.least]
        left = _assured(poor, lambda demand: _up(demand.least, demand.lot), boxes, left, seed)
        mine = [demand for demand in mine if boxes[demand.recipient] * demand.lot >= demand.least]
        hand_out = _lots if isinstance(rule, Lottery) else _boxes
        left = hand_out(mine, rule, boxes, left, supply, seed)
    return {demand.recipient: boxes[demand.recipient] * demand.lot for demand in demands}


def _floor(rule: Rule, demand: Demand, floor: int, supply: int) -> int:
    wanted = max(min(floor, demand.need), demand.least)
    return min(_up(wanted, demand.lot), most_boxes(rule, demand, supply))


def _assured(
    demands: Sequence[Demand],
    boxes_for: Callable[[Demand], int],
    boxes: dict[str, int],
    left: int,
    seed: str,
) -> int:
    """The smallest first, then by ticket, as long as there is enough; gives what is left."""
    for demand in sorted(demands, key=lambda one: (boxes_for(one) * one.lot, _ticket(one, seed))):
        cost = boxes_for(demand) * demand.lot
        if cost <= left:
            boxes[demand.recipient] = boxes_for(demand)
            left -= cost
    return left


def _boxes(
    demands: Sequence[Demand], rule: Rule, boxes: dict[str, int], left: int, supply: int, seed: str
) -> int:
    waiting = list(demands)
    while waiting:
        waiting = [one for one in waiting if boxes[one.recipient] < most_boxes(rule, one, supply)]
        waiting = [one for one in waiting if one.lot <= left]
        if waiting:
            first = min(waiting, key=lambda one: _rank(rule, one, boxes[one.recipient] + 1, seed))
            boxes[first.recipient] += 1
            left -= first.lot
    return left


def _lots(
    demands: Sequence[Demand], rule: Rule, boxes: dict[str, int], left: int, supply: int, seed: str
) -> int:
    """By lot, everybody all or nothing."""
    for demand in sorted(demands, key=lambda one: min(_drawn(one, seed))):
        cost = (most_boxes(rule, demand, supply) - boxes[demand.recipient]) * demand.lot
        if cost <= left:
            boxes[demand.recipient] = most_boxes(rule, demand, supply)
            left -= cost
    return left


def _drawn(demand: Demand, seed: str) -> list[tuple[str, str]]:
    texts = [f"{seed}:{demand.recipient}"]
    texts += [f"{seed}:{demand.recipient}:{number}" for number in range(2, demand.weight + 1)]
    return [(sha256(text.encode()).hexdigest(), demand.recipient) for text in texts]


def _rank(rule: Rule, demand: Demand, k: int, seed: str) -> tuple[Any, ...]:
    here = price(rule, demand, k)
    if isinstance(rule, MaxMinFill):  # the smaller box, then whoever is lifted higher
        return here, demand.lot, -price(rule, demand, k + 1)[0], _ticket(demand, seed)
    return here, _ticket(demand, seed)


def _ticket(demand: Demand, seed: str) -> tuple[str, str]:
    text = f"{seed}:{demand.recipient}".encode()
    return (sha256(text).hexdigest() if seed else "", demand.recipient)


def _up(units: int, lot: int) -> int:
    return -(-units // lot)


# What can be cut


def due(rule: Rule, demands: Sequence[Demand], supply: int, unit: int = 1) -> list[Fraction]:
    """Shares that can be cut, of demands for multiples of a unit: what one water level gives each."""
    caps = [Fraction(cap(rule, demand, supply) // unit * unit) for demand in demands]
    zeros = [Fraction(0)] * len(demands)
    if isinstance(rule, ContestedGarment):
        halves = [min(high, Fraction(demand.need, 2)) for demand, high in zip(demands, caps, strict=True)]
        if supply <= sum(halves):
            return _filled([(Fraction(one.weight), Fraction(0)) for one in demands], zeros, halves, supply)
        return _filled(_of_losses(demands), halves, caps, supply)
    if isinstance(rule, EqualLosses):
        return _filled(_of_losses(demands), zeros, caps, supply)
    lines = [(Fraction(_slope(rule, demand)), Fraction(0)) for demand in demands]
    return _filled(lines, zeros, caps, supply)


def _of_losses(demands: Sequence[Demand]) -> list[tuple[Fraction, Fraction]]:
    return [(Fraction(1, one.weight), Fraction(one.need)) for one in demands]


def _filled(
    lines: Sequence[tuple[Fraction, Fraction]],
    lows: Sequence[Fraction],
    highs: Sequence[Fraction],
    supply: int,
) -> list[Fraction]:
    """Each has slope * level + start, no less than its low and no more than its high."""

    def at(level: Fraction) -> list[Fraction]:
        return [
            min(max(slope * level + start, low), high)
            for (slope, start), low, high in zip(lines, lows, highs, strict=True)
        ]

    if sum(highs) <= supply:
        return list(highs)
    turns = sorted(
        (edge - start) / slope
        for (slope, start), *edges in zip(lines, lows, highs, strict=True)
        for edge in edges
        if slope
    )
    for lower, upper in pairwise(turns):
        below, above = sum(at(lower)), sum(at(upper))
        if below <= supply < above:
            return at(lower + (upper - lower) * (supply - below) / (above - below))
    return at(turns[0])


def remainders(rule: Rule, demands: Sequence[Demand], supply: int) -> list[list[Fraction]]:
    """For the largest remainders: the whole boxes due to each, and what remains; boxes of one size."""
    lot = demands[0].lot
    boxes = [share / lot for share in due(rule, demands, supply // lot * lot, lot)]
    whole = [Fraction(share.numerator // share.denominator) for share in boxes]
    return [whole, [share - part for share, part in zip(boxes, whole, strict=True)]]
