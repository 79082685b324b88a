"""Rows of one kind, as columns: a value for all of them, or a sequence with one value for each.

What can be said of a row is less than a request can say: one line a document, and no lots that are named.
For anything else there are the verbs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import repeat
from types import MappingProxyType
from typing import Any, ClassVar, Final, TypeAlias, TypeVar, get_args, get_origin, get_type_hints

import attrs

from reliefstock.donations import Basis, Restriction, Valuation
from reliefstock.errors import BadData
from reliefstock.operations import Distribute, Handout, ReceivedLine, ReceiveGoods, Request
from reliefstock.register import Register
from reliefstock.values import Money, Quantity, member_of, several

__all__ = ["Columns", "Handouts", "Receipts", "Row"]

_V = TypeVar("_V")
OneOrEach: TypeAlias = _V | Sequence[_V]
"""One value for all rows, or one for each."""

Row: TypeAlias = tuple[Any, ...]
"""What one row says, in the order in which its columns are declared."""

_MOST_TOLD: Final = 20
_NAMES: Final[Mapping[type, str]] = MappingProxyType(
    {str: "a text", int: "a whole number", type(None): "nothing", date: "a date"}
)


@attrs.frozen(kw_only=True)
class Columns:
    """Rows of one kind. `line` says as the how manyth of all each row happened, where days do not tell.

    Raises:
        BadData: columns are of different lengths, there is none, or something in them is not of its type.
    """

    what: ClassVar[str]
    """What they are called where something is wrong with them, in either language."""

    line: Sequence[int] | None = attrs.field(default=None)

    def __attrs_post_init__(self) -> None:
        problems = [*self._uneven(), *self._unfit()]
        if problems:
            raise BadData(self.what, tuple(problems[:_MOST_TOLD]))

    def __len__(self) -> int:
        return max((len(column) for _, column in self._columns()), default=0)

    def rows(self) -> Iterator[Row]:
        """What each row says."""
        size = len(self)
        given = (getattr(self, name) for name in _kinds_of(type(self)))
        return zip(*(one if _is_column(one) else repeat(one, size) for one in given), strict=True)

    def request(self, row: Row, register: Register, currency: str) -> Request[Any]:
        """What a verb is asked by a row. Raises what the request raises, or `Unknown` for its item."""
        raise NotImplementedError

    def names(self, row: Row) -> Sequence[str]:
        """The people whom a row names, in the order in which a verb comes to them."""
        raise NotImplementedError

    def days(self) -> Iterator[date | str]:
        """The day of each row."""
        return (row[0] for row in self.rows())

    @staticmethod
    def command_of(row: Row) -> str | None:
        """The id that a row has as a command, where it has one."""
        return row[-1]

    def _columns(self) -> Iterator[tuple[str, Sequence[object]]]:
        for name in ("line", *_kinds_of(type(self))):
            given = getattr(self, name)
            if _is_column(given):
                yield name, given

    def _uneven(self) -> Iterator[str]:
        size = len(self)
        if not any(True for _ in self._columns()):
            yield "no column has a value for each row @ $"
        for name, column in self._columns():
            if len(column) != size:
                yield f"it has {len(column)} values where another column has {size} @ $.{name}"

    def _unfit(self) -> Iterator[str]:
        for name, kinds in _kinds_of(type(self)).items():
            given = getattr(self, name)
            if _is_column(given):
                yield from _unfit(name, given, kinds)
            elif type(given) not in kinds:
                yield f"{_due(kinds)} is due, got {type(given).__name__} @ $.{name}"
        if self.line is not None and _is_column(self.line):
            yield from _unfit("line", self.line, frozenset({int}))
        elif self.line is not None:
            yield f"a whole number for each row is due, got {type(self.line).__name__} @ $.line"


@cache
def _kinds_of(kind: type[Columns]) -> Mapping[str, frozenset[type]]:
    """The columns of a class, and of what types the values in them are: what is declared as one or each."""
    found: dict[str, frozenset[type]] = {}
    for field in attrs.fields(kind):
        possible = get_args(get_type_hints(kind)[field.name])
        if field.name != "line" and any(get_origin(one) is Sequence for one in possible):
            found[field.name] = frozenset(one for one in possible if isinstance(one, type))
    return MappingProxyType(found)


def _is_column(given: object) -> bool:
    """Whether it has values in an order, as lists, arrays and ranges have."""
    return (
        not isinstance(given, str | bytes | Mapping)
        and hasattr(given, "__len__")
        and hasattr(given, "__getitem__")
    )


def _due(kinds: frozenset[type]) -> str:
    return " or ".join(sorted(_NAMES.get(kind, kind.__name__) for kind in kinds))


def _unfit(name: str, column: Iterable[object], kinds: frozenset[type]) -> Iterator[str]:
    column = tuple(column)
    unfit = set(map(type, column)) - kinds
    for at, one in enumerate(column if unfit else ()):
        if type(one) in unfit:
            yield f"{_due(kinds)} is due, got {type(one).__name__} @ $.{name}[{at}]"


@attrs.frozen(kw_only=True)
class Receipts(Columns):
    """Gifts in kind that came in and were accepted whole: a goods received note of one line for each.

    `quantity` is in the unit in which the item is counted, or a `Quantity` in another unit of it. `value` is
    in minor units of the book's currency, on the `basis` and `evidence` that are stated; it is 0 for what is
    taken in by quantity alone (`Basis.MEMORANDUM`). `counted_by` and `basis` hold for all of them.

    >>> gifts = Receipts(
    ...     on=["2023-01-10", "2023-01-11"], donor="province", into="depot", item=["quilt", "rice"],
    ...     quantity=[500, 2_000], value=[4_000_000, 900_000], evidence="old ledger", counted_by=("a", "b"),
    ... )
    >>> len(gifts)
    2
    """

    what: ClassVar[str] = "Receipts"

    on: OneOrEach[date | str]
    donor: OneOrEach[str]
    into: OneOrEach[str]
    item: OneOrEach[str]
    quantity: OneOrEach[int | Quantity]
    value: OneOrEach[int]
    evidence: OneOrEach[str]
    expiry: OneOrEach[date | str | None] = None
    batch: OneOrEach[str] = ""
    condition: OneOrEach[str] = ""
    restriction: OneOrEach[Restriction | None] = None
    source_document: OneOrEach[str] = ""
    command: OneOrEach[str | None] = None
    counted_by: tuple[str, ...] = attrs.field(converter=several)
    basis: Basis = attrs.field(default=Basis.VOUCHER, converter=member_of(Basis))

    def _unfit(self) -> Iterator[str]:
        yield from super()._unfit()
        yield from _unfit("counted_by", self.counted_by, frozenset({str}))
        if type(self.basis) is not Basis:
            yield f"a basis is due, got {type(self.basis).__name__} @ $.basis"

    def request(self, row: Row, register: Register, currency: str) -> ReceiveGoods:
        """See `Columns.request`."""
        on, donor, into, item, quantity, value, evidence, expiry, batch, condition, *rest = row
        restriction, source_document, _ = rest
        line = ReceivedLine(
            item,
            _stated(register, item, quantity),
            valuation=self.worth(value, evidence, currency),
            expiry=expiry,
            batch=batch,
            condition=condition,
        )
        return ReceiveGoods(
            donor=donor,
            into=into,
            lines=[line],
            on=on,
            counted_by=self.counted_by,
            restriction=restriction,
            source_document=source_document,
        )

    def worth(self, value: int, evidence: str, currency: str) -> Valuation:
        """What a row is worth, on the basis of all. Raises as `Valuation` does."""
        is_valued = self.basis is not Basis.MEMORANDUM or value != 0
        return Valuation(self.basis, Money(value, currency) if is_valued else None, evidence)

    def names(self, row: Row) -> Sequence[str]:  # noqa: ARG002 -- they are the same for all
        """See `Columns.names`."""
        return self.counted_by


@attrs.frozen(kw_only=True)
class Handouts(Columns):
    """Goods that were given out: a distribution list of one line for each.

    `quantity` is in the unit in which the item is counted, or a `Quantity` in another unit of it. Lots are
    picked by the policy of the book.

    >>> given = Handouts(on="2023-02-01", origin="depot", recipient=["H-1", "H-2"], item="quilt",
    ...                  quantity=[2, 3], signature=["sheet 1, line 1", "sheet 1, line 2"])
    >>> len(given)
    2
    """

    what: ClassVar[str] = "Handouts"

    on: OneOrEach[date | str]
    origin: OneOrEach[str]
    recipient: OneOrEach[str]
    item: OneOrEach[str]
    quantity: OneOrEach[int | Quantity]
    signature: OneOrEach[str]
    programme: OneOrEach[str] = ""
    source_document: OneOrEach[str] = ""
    command: OneOrEach[str | None] = None

    def request(self, row: Row, register: Register, currency: str) -> Distribute:  # noqa: ARG002 -- no price
        """See `Columns.request`."""
        on, origin, recipient, item, quantity, signature, programme, source_document, _ = row
        line = Handout(recipient, item, _stated(register, item, quantity), signature)
        return Distribute(
            origin=origin, lines=[line], on=on, programme=programme, source_document=source_document
        )

    def names(self, row: Row) -> Sequence[str]:
        """See `Columns.names`."""
        return row[5:6]


def _stated(register: Register, item: str, quantity: int | Quantity) -> Quantity | Money:
    return register.item(item).stated(quantity) if isinstance(quantity, int) else quantity
