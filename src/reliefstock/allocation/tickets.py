"""Who is first among equals: by a lot that anybody can draw again by hand.

The ticket of a recipient is the SHA-256 of the seed, a colon and the id, in UTF-8, as 64 hexadecimal figures
(`printf '%s' 'SEED:ID' | sha256sum`); the smallest is first. Further tickets have a colon and their number,
from 2 on, at the end. Where no seed is published, ids are in the order of their code points.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

__all__ = ["ticket", "ticket_order"]


def ticket(seed: str, recipient: str, tickets: int = 1) -> str:
    """The best of the tickets that a recipient has.

    >>> ticket("2023-07-01", "school 12")[:8]
    'ed7d4aa9'
    """
    texts = [f"{seed}:{recipient}", *(f"{seed}:{recipient}:{number}" for number in range(2, tickets + 1))]
    return min(sha256(text.encode()).hexdigest() for text in texts)


def ticket_order(seed: str) -> Callable[[str], str]:
    """What to sort recipients by where they are equal."""
    return (lambda recipient: ticket(seed, recipient)) if seed else str
