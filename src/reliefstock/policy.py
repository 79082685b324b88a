"""What a society may decide for itself: the figures that the rules leave open, with their sources."""

from __future__ import annotations

import attrs

__all__ = ["Policy"]


@attrs.frozen(kw_only=True)
class Policy:
    """The policy of a book.

    >>> Policy().shelf_months
    6
    """

    days_ahead: int = 7
    """A business date may be so many days after today; more is taken for a slip of the pen."""
    shelf_months: int = 6
    """Donated goods have at least so many months to expiry (Charity Law, art. 36; Deyang rules, art. 4)."""
    short_shelf_months: int = 3
    """... or so many, where their whole life is `shelf_months` or less (Deyang rules, art. 4)."""
    expiry_day_usable: bool = True
    """Whether goods can be given out on the day of expiry itself."""
    counters: int = 2
    """Goods that come in are counted by so many people (Wuhan rules for donated goods)."""
    sign_off: bool = True
    """Every line of a distribution list says where it is signed for; off only to take in old papers."""
    approvers: int = 2
    """So many different people, the one who asks included, take part in a payment or a write-off."""
