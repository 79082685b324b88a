"""What waits to be put in a store: records that follow one another, and sealed index rows.

What is appended while a journal is held waits here until it is asked for, or until it ends, and goes to the
store in one piece: a thousand records with one statement cost much less than one by one. All that can be
refused is refused when it is added, so that whoever adds learns of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from reliefstock.errors import Incomplete, JournalMoved
from reliefstock.journal import Head, Record, Row, Rows, Table, verified_hashes
from reliefstock.stores.sealing import Sealer

__all__ = ["Pending", "Stored"]

Stored = tuple[int, bytes, bytes, bytes]
"""A record as a store has it: number, the hash before, payload, its own hash."""


class Pending:
    """What waits to be put in the store `where`, with the tables of its index.

    >>> from reliefstock.journal import START, chained
    >>> pending = Pending("county.db", [])
    >>> pending.add(list(chained([b"opened"])), {}, START).size, len(pending)
    (1, 1)
    >>> records, rows = pending.take()
    >>> [record[2] for record in records], rows, len(pending)
    ([b'opened'], {}, 0)
    """

    def __init__(self, where: str, tables: Sequence[Table]) -> None:
        self._where = where
        self.sealers = {table.name: Sealer(table) for table in tables}
        self._records: list[Stored] = []
        self._rows: dict[str, list[Row]] = {}
        self._firsts: dict[str, set[Row]] = {}  # keys that were put in since it is held

    def __len__(self) -> int:
        """How many records and tables wait."""
        return len(self._records) + len(self._rows)

    def sealer(self, table: str) -> Sealer:
        """What seals the rows of a table. Raises `Incomplete` where there is no such table."""
        if table not in self.sealers:
            known = ", ".join(self.sealers)
            raise Incomplete(
                f"a row of {self._where}",
                f"there is no table {table}",
                f"ask for one of {known}",
                zh=f"{self._where} 的行：没有表 {table}；请用 {'、'.join(self.sealers)} 之一",
            )
        return self.sealers[table]

    def add(self, records: Sequence[Record], rows: Rows, head: Head) -> Head:
        """Let records that follow a head wait, with their rows; gives the head after them.

        Raises:
            JournalMoved: the first of them does not follow the head.
            ChainBroken: they do not follow one another.
            Incomplete: a row is not as its table is declared. Nothing waits, in each case.
        """
        stored = self._stored(records, head)
        sealed = [
            (self.sealer(table), self.sealer(table).sealed(added, self._firsts.get(table, frozenset())))
            for table, added in rows.items()
        ]
        self._records += stored  # from here on nothing is refused
        for sealer, added in sealed:
            self._put(sealer, added)
        return Head(stored[-1][0], stored[-1][3]) if stored else head

    def _stored(self, records: Sequence[Record], head: Head) -> list[Stored]:
        if not records:
            return []
        first = records[0]
        if first.number != head.size + 1 or first.previous != head.hash:
            raise JournalMoved(self._where, first.number - 1, head.size)
        hashes = [first.hash] if len(records) == 1 else verified_hashes(records, head)
        both = zip(records, hashes, strict=True)
        return [(number, before, payload, its) for (number, before, payload), its in both]

    def _put(self, sealer: Sealer, rows: Sequence[Row]) -> None:
        table = sealer.table
        self._rows.setdefault(table.name, []).extend(rows)
        if table.first:  # whoever comes later need not be handed over
            self._firsts.setdefault(table.name, set()).update(map(sealer.key, rows))

    def take(self) -> tuple[list[Stored], dict[str, list[Row]]]:
        """What waits, for putting it in; nothing waits any longer."""
        taken = self._records, self._rows
        self._records, self._rows = [], {}
        return taken

    def forget(self) -> None:
        """Let go of what waits, and of what was put in: it ended, in one way or the other."""
        self.take()
        self._firsts = {}
