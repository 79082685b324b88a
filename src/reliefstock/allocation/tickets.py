"""Who is first among equals: by a lot that anybody can draw again by hand.

The ticket of a recipient is the SHA-256 of the seed, a colon and the id, in UTF-8, as 64 hexadecimal figures
(`printf '%s' 'SEED:ID' | sha256sum`); the smallest is first. Further tickets have a colon and their number,
from 2 on, at the end. Where no seed is published, ids are in the order of their code points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import sha256

__all__ = ["ticket", "ticket_order", "turns"]


def ticket(seed: str, recipient: str, tickets: int = 1) -> str:
    """The best of the tickets that a recipient has.

    >>> ticket("2023-07-01", "school 12")[:8]
    'ed7d4aa9'
    """
    best = _hashed(f"{seed}:{recipient}")
    for number in range(2, tickets + 1):
        best = min(best, _hashed(f"{seed}:{recipient}:{number}"))
    return best


def ticket_order(seed: str) -> Callable[[str], str]:
    """What to sort recipients by where they are equal."""
    return (lambda recipient: ticket(seed, recipient)) if seed else str


def turns(seed: str, recipients: Iterable[str], tickets: int = 1) -> list[str]:
    """When it is the turn of each of many, as texts to be put in order: the best ticket, then the id.

    All tickets are as long, so the id decides only where they are the same.

    >>> [turn[-9:] for turn in sorted(turns("2023-07-01", ["school 1", "school 2"]))]
    ['7school 2', 'cschool 1']
    """
    if tickets > 1:
        return [ticket(seed, each, tickets) + each for each in recipients]
    return [_hashed(f"{seed}:{each}") + each for each in recipients]


def _hashed(text: str) -> str:
    return sha256(text.encode()).hexdigest()
