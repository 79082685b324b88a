"""The level at which the boxes have gone, found from both sides.

What the boxes up to a level come to rises by steps, and lies close to a line. So a level is guessed along the
line, a little to the other side of what was guessed last, and halved where that does not help.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

__all__ = ["around"]

_FEW: Final = 64
_SLOW: Final = 3  # steps that did not halve the range, after which one does
_ALIKE: Final = 4  # times that nothing came out of the range: what is in it is at one level, or nearly

Cost = Callable[[int], tuple[int, int]]
"""What all boxes up to a level come to, and how many steps that is."""


def around(supply: int, cost_of: Cost, first: int, last: int, kinds: int) -> tuple[int, int]:
    """Two levels: at the lower the supply is enough, at the higher it is not, and few steps lie between.

    Args:
        supply: how much there is.
        cost_of: see `Cost`; both figures never fall while the level rises.
        first: the lowest level at which anything is due; below it the supply is enough.
        last: a level at which it is not.
        kinds: among how many the steps are: some of them more than a few may lie between, and one of each
            where they are all at one level.

    >>> around(700, lambda level: (level, level), 1, 1_000, kinds=0)
    (679, 721)
    """
    low, high = first - 1, last
    (cost_low, steps_low), (cost_high, steps_high) = cost_of(low), cost_of(high)
    guess, few, slow, alike = first, _FEW + kinds // 8, 0, 0
    while high - low > 1 and steps_high - steps_low > few:
        if alike == _ALIKE and steps_high - steps_low <= kinds:
            break
        width, between, (cost, steps) = high - low, steps_high - steps_low, cost_of(guess)
        aside = few // 3 * (cost_high - cost_low) // (steps_high - steps_low)
        if cost <= supply:
            low, cost_low, steps_low = guess, cost, steps
        else:
            high, cost_high, steps_high, aside = guess, cost, steps, -aside
        slow = slow + 1 if high - low > width // 2 else 0
        alike = alike + 1 if steps_high - steps_low == between else 0
        aim = min(max(supply - cost_low + aside, 0), cost_high - cost_low)
        reach = (high - low) * aim // (cost_high - cost_low) if slow < _SLOW else (high - low) // 2
        guess = min(max(low + reach, low + 1), high - 1)
    return low, high
