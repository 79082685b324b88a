"""Taking in much at once: the rows of an old system, of a year's file.

Rows go down the lane of what is ordinary, and to the verb where they are not; some thousand at a time they
are kept, all in one batch. Where rows are refused the others are still looked at, so that all is told at
once; nothing is kept then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from heapq import merge
from itertools import islice
from operator import itemgetter, le
from os import urandom
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import attrs

from reliefstock.bulk import Columns, Landed, Lane, Row
from reliefstock.errors import BadData, BadRow, ImportRefused, Incomplete, ReliefstockError, StoreError
from reliefstock.journal.template import fragment
from reliefstock.operations import Desk, Document, Request
from reliefstock.values import Clock, business_date

if TYPE_CHECKING:
    from datetime import date

    from reliefstock.book.copying import Progress
    from reliefstock.book.keeper import Keeper
    from reliefstock.book.papers import Papers

__all__ = ["TakenIn", "take_in"]

_AT_ONCE: Final = 2_000  # rows, between two times at which what they wrote is kept
_MOST_TOLD: Final = 100
_SIZE: Final = 16  # bytes of an id


@attrs.frozen
class TakenIn:
    """What came of rows: the numbers of their records, and how many rows the verbs made them of."""

    records: range
    by_verbs: int


class _Line(NamedTuple):
    """A row, in which columns it stands, and where in them."""

    columns: Columns
    number: int
    row: Row


Do = Callable[[Request[Any], str | None], Document]
"""Carries out a request under the id of a command."""


def take_in(
    keeper: Keeper,
    columns: Sequence[Columns],
    *,
    desk: Callable[[], Desk],
    clock: Clock,
    do: Do,
    progress: Progress | None = None,
) -> TakenIn:
    """Take in all rows of some columns, in the order in which they happened, or none.

    `desk` shows the book as it is, `do` is the verb, by the same who as the stamp of the desk. Raises
    `ImportRefused`, with all that is wrong with the rows, or `StoreError`.
    """
    for one in columns:
        if not isinstance(one, Columns):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not check types
            raise BadData("Columns", (f"Receipts or Handouts are due, got {type(one).__name__} @ $",))
    with keeper.batch():
        first = keeper.head.size + 1
        try:
            run = _Run(keeper, desk, clock, do)
            for done in run.take_all(_in_order(columns)):
                if progress is not None:
                    progress(done, sum(map(len, columns)))
        except BaseException as error:
            keeper.spoil(error)
            raise
        return TakenIn(range(first, keeper.head.size + 1), run.by_verbs)


class _Run:
    """Rows on their way into a book."""

    def __init__(self, keeper: Keeper, desk: Callable[[], Desk], clock: Clock, do: Do) -> None:
        self._keeper = keeper
        self._clock = clock
        self._do = do
        self._landed = Landed(count=self._papers.count, commands=_ids(), is_known=keeper.knows_place)
        shown = desk()
        self._by = shown.stamp.by
        self._lane = Lane(shown, self._landed)
        self.by_verbs = 0
        self.refused: list[BadRow] = []
        keeper.keep_all(self._landed)

    def take_all(self, lines: Iterator[_Line]) -> Iterator[int]:
        """Take all rows; says now and then how many were looked at.

        Raises `ImportRefused` where some are refused, with what is wrong with each.
        """
        done = 0
        while some := list(islice(lines, _AT_ONCE)):
            self.take(some)
            done += len(some)
            yield done
        if self.refused:
            raise ImportRefused(self.refused)

    def take(self, lines: Sequence[_Line]) -> None:
        """Take some rows, and keep what they have written."""
        names = self._names(lines)
        commands = [command for line in lines if (command := line.columns.command_of(line.row)) is not None]
        people: Mapping[str, str] = {}
        try:
            people = self._keeper.people.ids_of(names)
        except StoreError:
            raise
        except ReliefstockError:
            pass  # of a name that nobody can have; the verb will say whose
        self._landed.recorded_at = fragment(self._clock.now())
        self._lane.begin(people, self._papers.done_of(commands))
        for line in lines:
            if len(self.refused) == _MOST_TOLD:
                return
            if not self._lane.take(line.columns, line.row):
                self._by_verb(line)
        self._keeper.keep_all(self._landed)

    def _names(self, lines: Sequence[_Line]) -> Iterable[str]:
        """Whom some rows name, and who takes them in, in the order in which the verbs come to them."""
        names: dict[str, None] = {}
        for line in lines:
            names.update(dict.fromkeys((*line.columns.names(line.row), self._by)))
        names.pop("", None)
        return names

    @property
    def _papers(self) -> Papers:
        return self._keeper.state.papers

    def _by_verb(self, line: _Line) -> None:
        self._keeper.keep_all(self._landed)
        state, command = self._keeper.state, line.columns.command_of(line.row)
        try:
            self._do(line.columns.request(line.row, state.register, state.currency), command)
        except StoreError:
            raise
        except ReliefstockError as error:
            self.refused.append(_refused(line, error))
        if command is not None:
            self._lane.note(command)
        self.by_verbs += 1
        self._keeper.keep_all(self._landed)


def _refused(line: _Line, error: ReliefstockError) -> BadRow:
    return BadRow(line.columns.what, line.number, "", "", str(error), error.sentence("zh"))


def _ids() -> Iterator[str]:
    """Ids that nobody has had, as of a verb to which none is given."""
    while True:
        some = urandom(1_000 * _SIZE).hex()
        yield from (some[at : at + 2 * _SIZE] for at in range(0, len(some), 2 * _SIZE))


# In the order in which they happened


def _in_order(columns: Sequence[Columns]) -> Iterator[_Line]:
    """All rows by their `line`, or by day; of one day those of the columns that are named first.

    Raises `ImportRefused` for days that are none, or `Incomplete` where some columns have lines alone.
    """
    lined = [one.line is not None for one in columns]
    if any(lined) and not all(lined):
        raise Incomplete(
            what="columns to take in",
            missing="some have lines and some have none",
            do="give all of them lines",
            zh="所要接收的各表，有的有行号（line），有的没有；请给每一表都加上行号",
        )
    streams = [_keyed(one, at) for at, one in enumerate(columns)]
    return (line for _, line in merge(*streams, key=itemgetter(0)))


def _keyed(columns: Columns, at: int) -> Iterable[tuple[tuple[Any, ...], _Line]]:
    """The rows of some columns in their order, each with what it is ordered by."""
    keys = columns.line if columns.line is not None else _days(columns)
    pairs = zip(keys, columns.rows(), strict=True)
    keyed = (((key, at), _Line(columns, number, row)) for number, (key, row) in enumerate(pairs, 1))
    return keyed if _is_in_order(keys) else sorted(keyed, key=itemgetter(0))


def _is_in_order(keys: Sequence[Any]) -> bool:
    return all(map(le, keys, islice(keys, 1, None)))


def _days(columns: Columns) -> list[date]:
    """The day of each row. Raises `ImportRefused` where some are none."""
    found: dict[date | str, date] = {}
    refused: list[BadRow] = []
    days: list[date] = []
    for number, given in enumerate(columns.days(), 1):
        try:
            day = found.get(given) or found.setdefault(given, business_date(given))
        except ReliefstockError as error:
            refused.append(_refused(_Line(columns, number, ()), error))
        else:
            days.append(day)
    if refused:
        raise ImportRefused(refused[:_MOST_TOLD])
    return days
