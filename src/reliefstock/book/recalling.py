"""The verbs of the book: a batch is called back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Unpack

from reliefstock.book._verbs import Act, Verbs
from reliefstock.operations import EndRecall, Recall, RecallEnd, RecallNotice

__all__ = ["RecallingVerbs"]


class RecallingVerbs(Verbs):
    """A batch is called back."""

    def recall(
        self,
        item: str = "",
        *,
        batch: str = "",
        supplier: str = "",
        lots: Sequence[str] = (),
        reason: str,
        notice: str,
        ordered_by: str,
        on: date | str,
        **act: Unpack[Act],
    ) -> RecallNotice:
        """Find a batch, and all that was made of it, everywhere, and keep apart what is in the depots.

        Raises `Unknown` (the book never had it), `NotOpen` (nothing of it is anywhere any more, or it is
        recalled already), `Incomplete`.
        """
        request = Recall(
            item=item,
            batch=batch,
            supplier=supplier,
            lots=lots,
            reason=reason,
            notice=notice,
            on=on,
            ordered_by=ordered_by,
        )
        return self.do(request, **act)

    def end_recall(
        self, recall: str, *, reason: str, approved_by: str, on: date | str, **act: Unpack[Act]
    ) -> RecallEnd:
        """End a recall: its goods can be released, and what comes in is as any other. Nothing moves.

        Raises `NotOpen` (it is over, or was reversed), `Incomplete`, `Unknown`.
        """
        return self.do(EndRecall(recall=recall, on=on, reason=reason, approved_by=approved_by), **act)
