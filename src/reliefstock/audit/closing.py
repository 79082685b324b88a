"""Promise 9: nothing is dated on a day that is closed, and what is sealed stays closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from reliefstock.audit.finding import Findings
from reliefstock.audit.reading import Close, Posted

__all__ = ["Closed"]


class Closed:
    """The last day that is closed, and the last that is sealed."""

    def __init__(self, findings: Findings) -> None:
        self.through: date | None = None
        self.sealed: date | None = None
        self._findings = findings

    def check(self, posted: Posted) -> None:
        """Whether anything of a record is dated on a closed day."""
        if self.through is not None:
            self._check_days("entry", (entry.on for entry in posted.entries))
            self._check_days("hold", (hold.since for hold in posted.holds))
            self._check_days("hold", (outcome.on for outcome in posted.outcomes))
            self._check_days("count", (count.on for count in posted.counts))

    def _check_days(self, what: str, days: Iterable[date]) -> None:
        for day in sorted(set(days)):
            if self.through is not None and day <= self.through:
                self._findings.add("closed-day", what=what, on=day, closed=self.through)

    def land(self, close: Close) -> None:
        """Days are closed, or open again."""
        if self.sealed is not None and (close.sealed is None or close.sealed < self.sealed):
            self._findings.add("unsealed", sealed=self.sealed, stated=close.sealed)
        if close.sealed is not None and (close.through is None or close.through < close.sealed):
            self._findings.add("sealed-open", sealed=close.sealed, closed=close.through)
        self.through, self.sealed = close
