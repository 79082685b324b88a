"""The verbs of the book: a mistake is reversed."""

from __future__ import annotations

from datetime import date
from typing import Unpack

from reliefstock.book._verbs import Act, Verbs
from reliefstock.operations import Reversal, Reverse

__all__ = ["CorrectionVerbs"]


class CorrectionVerbs(Verbs):
    """A mistake is reversed."""

    def reverse(
        self,
        document: str,
        *,
        on: date | str,
        reason: str,
        approved_by: str,
        **act: Unpack[Act],
    ) -> Reversal:
        """Take back all that a document posted, once; or withdraw a pledge, an observation or a mention.

        Raises `NotOpen`, `BelowZero`, `ResidueLeft`.
        """
        request = Reverse(document=document, on=on, reason=reason, approved_by=approved_by)
        return self.do(request, **act)
