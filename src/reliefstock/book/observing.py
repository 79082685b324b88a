"""The verbs of the book: what is known and cannot be posted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Unpack

from reliefstock.book._verbs import Act, Verbs
from reliefstock.ledger import Side
from reliefstock.operations import Mention, MentionMovement, Observation, Observe
from reliefstock.projects import State
from reliefstock.values import Interval, Period

__all__ = ["ObservingVerbs"]


class ObservingVerbs(Verbs):
    """What is known and cannot be posted."""

    def observe(
        self,
        what: str,
        *,
        count: Interval,
        unit: str,
        on: date | str,
        evidence: str,
        period: Period | None = None,
        project: str | None = None,
        state: State | str | None = None,
        place: str = "",
        what_zh: str = "",
        what_en: str = "",
        **act: Unpack[Act],
    ) -> Observation:
        """Keep something counted that is not stock, with its evidence."""
        request = Observe(
            what=what,
            count=count,
            unit=unit,
            on=on,
            evidence=evidence,
            period=period,
            project=project,
            state=state,
            place=place,
            what_zh=what_zh,
            what_en=what_en,
        )
        return self.do(request, **act)

    def mention(
        self,
        what: str,
        *,
        side: Side | str,
        period: Period,
        evidence: str,
        missing: Sequence[str],
        donor: str | None = None,
        item: str | None = None,
        recipients: Sequence[str] = (),
        programme: str = "",
        donation: str | None = None,
        value: Interval | None = None,
        quantity: Interval | None = None,
        unit: str = "",
        what_zh: str = "",
        what_en: str = "",
        **act: Unpack[Act],
    ) -> Mention:
        """Keep a movement that cannot be posted because something about it is unknown."""
        request = MentionMovement(
            what=what,
            side=side,
            period=period,
            evidence=evidence,
            missing=missing,
            donor=donor,
            item=item,
            recipients=recipients,
            programme=programme,
            donation=donation,
            value=value,
            quantity=quantity,
            unit=unit,
            what_zh=what_zh,
            what_en=what_en,
        )
        return self.do(request, **act)
