"""Seals: a checksum with each row of an index, so that no row is read otherwise than it was put in.

A disk, a cable or a stray program can change a byte without anybody being told, and an index row has no
chain that would show it. So each carries the CRC-32 of what it says, over the name of its table and its
cells in one form: first the whole numbers that may not be empty, as eight bytes each; then the texts that may
not be empty, with a zero byte between two; then each other cell with its kind and its length. It is against
accidents alone: whoever forges a row can make a new seal, and is found because the records say otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from operator import itemgetter
from struct import Struct, error
from typing import Any, Final, NoReturn
from zlib import crc32

from reliefstock.errors import Incomplete, StoreDamaged
from reliefstock.journal import Cell, Column, Row, Table

__all__ = ["SEAL", "Sealer"]

SEAL: Final = "seal"
"""The name of the column with the seal, the last of each index table."""

_LEAST: Final = -(1 << 63)
_MOST: Final = (1 << 63) - 1
_BETWEEN: Final = "\0"  # no store takes it within a text, so it can stand between two
_NOT_A_ROW: Final = (error, IndexError, TypeError, UnicodeError, ValueError)


class Sealer:
    """Puts the seal on rows of one table, and checks it. It refuses what a store could not keep.

    >>> columns = Column("record", "whole"), Column("why", "text", empty=True)
    >>> sealer = Sealer(Table("turns", columns, key=("record",)))
    >>> sealed = sealer.sealed([(1, None), (2, "counted")])
    >>> sealer.opened(sealed, where="county.db")
    [(1, None), (2, 'counted')]
    >>> sealer.opened([(1, "counted", sealed[0][-1])], where="county.db")
    Traceback (most recent call last):
    reliefstock.errors.StoreDamaged: county.db is damaged, or its disk is: the row (1) of table turns is not \
as it was put in; keep a copy of it as it is, verify it, and restore the last backup
    >>> sealer.sealed([(1 << 63, None)])
    Traceback (most recent call last):
    reliefstock.errors.Incomplete: a row of table turns: record is 9223372036854775808, and must be a whole \
number of 64 bits; nothing was kept: give what its declaration says
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        kinds = [(at, column.kind) for at, column in enumerate(table.columns) if not column.empty]
        wholes = [at for at, kind in kinds if kind == "whole"]
        texts = [at for at, kind in kinds if kind == "text"]
        self._rest = [at for at in range(len(table.columns)) if at not in {*wholes, *texts}]
        self._wholes, self._texts = _picked(wholes), _picked(texts)
        self._pack = Struct(f">{len(wholes)}q").pack
        self._gaps = max(len(texts) - 1, 0)
        self._size = len(table.columns)
        names = [column.name for column in table.columns]
        self.key = _picked([names.index(name) for name in table.key])
        self._seed = crc32(table.name.encode())

    def sealed(self, rows: Iterable[Row], but: AbstractSet[Row] = frozenset()) -> list[Row]:
        """The rows, each with its seal as one more cell; not those that have one of the keys in `but`.

        Raises:
            Incomplete: a row is not as the table is declared; a whole number has more than 64 bits; a text
                has a zero character, or half of one.
        """
        done: list[Row] = []
        for row in rows:
            try:
                if but and self.key(row) in but:
                    continue
                done.append((*row, self._seal(row)))
            except _NOT_A_ROW:
                self._refuse(row)
        return done

    def opened(self, rows: Sequence[Row], where: str) -> list[Row]:
        """The rows without their seals. Raises `StoreDamaged` where one is not as it was put in."""
        for row in rows:
            if not self.is_whole(row):
                raise StoreDamaged(where, self.fault(row))
        return [row[:-1] for row in rows]

    def is_whole(self, stored: Row) -> bool:
        """Whether a row that ends with its seal is as it was put in."""
        try:
            return self._seal(stored[:-1]) == stored[-1]
        except _NOT_A_ROW:
            return False

    def fault(self, row: Row) -> str:
        """What is wrong where a seal does not hold: the table and the key."""
        key = ", ".join(map(str, self.key(row)))
        return f"the row ({key}) of table {self.table.name} is not as it was put in"

    def _seal(self, row: Row) -> int:
        if len(row) != self._size:
            raise ValueError
        seal = crc32(self._pack(*self._wholes(row)), self._seed)
        texts = _BETWEEN.join(self._texts(row))
        if texts.count(_BETWEEN) != self._gaps:
            raise ValueError
        seal = crc32(texts.encode(), seal)
        for at in self._rest:
            seal = crc32(_written(row[at], self.table.columns[at]), seal)
        return seal

    def _refuse(self, row: Row) -> NoReturn:
        what, do = f"a row of table {self.table.name}", "nothing was kept: give what its declaration says"
        zh, do_zh = f"表 {self.table.name} 的行", "没有保存；请按其定义填写"
        if len(row) != self._size:
            raise Incomplete(
                what,
                f"it has {len(row)} cells where {self._size} are declared",
                do,
                zh=f"{zh}：有 {len(row)} 个单元格，而定义为 {self._size} 个；{do_zh}",
            )
        for cell, column in zip(row, self.table.columns, strict=True):
            if not _is(cell, column):
                raise Incomplete(
                    what,
                    f"{column.name} is {cell!r}, and must be {_DUE[column.kind]}",
                    do,
                    zh=f"{zh}：{column.name} 为 {cell!r}，须为{_DUE_ZH[column.kind]}；{do_zh}",
                )
        raise Incomplete(what, f"{row!r} cannot be kept", do, zh=f"{zh}：{row!r} 不能保存；{do_zh}")


_DUE: Final = {
    "whole": "a whole number of 64 bits",
    "text": "a text, without a zero character in it",
    "bytes": "bytes",
}
_DUE_ZH: Final = {
    "whole": " 64 位整数",
    "text": "不含零字符的文本",
    "bytes": "字节串",
}


def _picked(places: Sequence[int]) -> Callable[[Row], tuple[Any, ...]]:
    """What gives the cells at these places; `itemgetter` gives a tuple for two or more alone."""
    if not places:
        return lambda _: ()
    if len(places) == 1:
        only = places[0]
        return lambda row: (row[only],)
    return itemgetter(*places)


def _written(cell: Cell, column: Column) -> bytes:
    if not _is(cell, column):
        raise ValueError
    if cell is None:
        return b"-"
    if isinstance(cell, int):
        return b"w%d" % cell
    raw = cell if isinstance(cell, bytes) else cell.encode()
    return b"%c%d:%s" % (column.kind[0].encode(), len(raw), raw)


def _is(cell: object, column: Column) -> bool:
    if cell is None:
        return column.empty
    if column.kind == "whole":
        return isinstance(cell, int) and _LEAST <= cell <= _MOST
    if column.kind == "bytes":
        return isinstance(cell, bytes)
    return isinstance(cell, str) and _BETWEEN not in cell and _is_whole_text(cell)


def _is_whole_text(text: str) -> bool:
    """Whether it has no half of a pair of surrogates, which no store can write."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
