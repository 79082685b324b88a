"""Promise 8, and the numbers of papers: each command once, documents of a kind one after the other.

Nothing here knows what a document is about: only its number, its day, the entries that it names, and that
documents numbered alike are of one kind.
"""

from __future__ import annotations

from typing import Final

from reliefstock.audit.finding import Findings, shown
from reliefstock.audit.reading import Entry, Paper, Posted

__all__ = ["Papers"]

_DIGEST: Final = 32  # bytes of SHA-256
_LONGEST: Final = 18  # digits of a number that anybody counts to


class Papers:
    """Which commands there were, and how many documents of each kind."""

    def __init__(self, findings: Findings) -> None:
        self.numbers: dict[str, int] = {}
        self._kinds: dict[str, str] = {}
        self._commands: dict[str, int] = {}
        self._findings = findings

    def land(self, posted: Posted) -> None:
        """Check a command with its document, and how the document agrees with its entries."""
        self._check_command(posted)
        self._check_number(posted.paper)
        paper = posted.paper
        landed = tuple(entry.number for entry in posted.entries)
        if paper.entries != landed:
            figures = {"stated": _listed(paper.entries), "landed": _listed(landed)}
            self._findings.add("document-entries", document=paper.number, **figures)
        if paper.concerns is not None and paper.concerns > paper.on:
            self._findings.add("concerns-later", concerns=paper.concerns, on=paper.on)
        for entry in posted.entries:
            self._check_entry(entry, posted)
        self._findings.entry = None

    def _check_command(self, posted: Posted) -> None:
        command, record = posted.command, self._findings.record
        if not command:
            self._findings.add("command-missing")
        elif command in self._commands:
            self._findings.add("command-twice", command=command, earlier=self._commands[command])
        self._commands.setdefault(command, record)
        if len(posted.content) != _DIGEST:
            self._findings.add("content-not-hashed", command=command)

    def _check_number(self, paper: Paper) -> None:
        prefix = paper.number.rpartition("-")[0]
        before = self.numbers.get(prefix, 0)
        due = f"{prefix}-{before + 1:06d}"
        if paper.number != due:
            self._findings.add("document-number", due=due, stated=paper.number)
        self.numbers[prefix] = _after(paper.number, before)
        kind = self._kinds.setdefault(prefix, paper.name)
        if kind != paper.name:
            self._findings.add("document-kind", prefix=prefix, before=kind, stated=paper.name)

    def _check_entry(self, entry: Entry, posted: Posted) -> None:
        add, paper = self._findings.add, posted.paper
        self._findings.entry = entry.number
        if entry.document != paper.number:
            add("entry-document", stated=entry.document, document=paper.number)
        if entry.on != paper.on:
            add("document-day", document=paper.number, stated=paper.on, on=entry.on)
        if entry.concerns != paper.concerns:
            figures = {"stated": paper.concerns, "concerns": entry.concerns}
            add("document-concerns", document=paper.number, **figures)
        if entry.command != posted.command:
            add("entry-command", stated=entry.command, command=posted.command)


def _after(number: str, before: int) -> int:
    """Where numbers go on: after the one that is stated, so that one that is missing is told once."""
    stated = number.rpartition("-")[2]
    is_number = stated.isascii() and stated.isdigit() and len(stated) <= _LONGEST
    return int(stated) if is_number else before + 1


def _listed(numbers: tuple[object, ...]) -> str:
    return ", ".join(map(shown, numbers)) or "-"
