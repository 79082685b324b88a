"""Everything that can go wrong, in one tree.

Each error has fields, for programs, and a sentence, for people: what was asked, what was there,
what to do. Misuse raises one of these and leaves the book as it was. What is wrong with the *data*
is not raised but gathered, as findings (see `reliefstock.reconciliation.findings`).

::

    ReliefstockError
    ├── ValueRefused (ValueError)        a value that cannot be what it is meant to be
    │   ├── NotExact (TypeError)         a float, a bool or another type where an exact number is due
    │   ├── NotPositive                  a quantity or an amount that must be above zero
    │   ├── CurrencyUnknown              a code that is not an active ISO 4217 currency
    │   ├── CurrencyMismatch             two currencies in one sum
    │   ├── UnitMismatch                 units of two kinds in one sum, or no way from one to the other
    │   ├── ConversionNotWhole           a conversion that would need a fraction of a unit
    │   ├── NotABusinessDate (TypeError) an instant, a number or a text that is no ISO date
    │   ├── DateTooFarAhead              a business date later than the policy allows
    │   ├── BadIdentifier                an id that is empty, too long or has unprintable characters
    │   ├── UnreadableFigure             a printed amount that cannot be read in one way only
    │   ├── BadData                      plain data that is no request: all that is wrong, with the paths
    │   └── Incomplete                   a request in which something that must be stated is missing
    ├── Unknown (LookupError)            an id that the book does not know
    ├── AlreadyKnown                     an id that already stands for something else
    ├── PromiseBroken                    an entry that would break a promise of the ledger
    │   ├── QuantityNotConserved         promise 1
    │   ├── ValueNotConserved            promise 2
    │   ├── BelowZero                    promise 3
    │   ├── ResidueLeft                  promise 4
    │   ├── PastChanged                  promise 5
    │   └── LotOriginBroken              a lot that does not come in once and whole
    ├── RuleBroken                       a rule of the field that the request does not meet
    │   ├── NotEnough                    less usable stock than asked for
    │   ├── OutsideRestriction           a use that the donor did not give it for
    │   ├── NotUsable                    expired, quarantined or too short-lived goods
    │   ├── NeedsApproval                an act that somebody else must approve
    │   └── NotOpen                      a document that has been dealt with, or cannot be yet
    ├── CommandConflict                  a used command id with other content (promise 8)
    └── ImportRefused                    a data file with bad rows: all of them, nothing posted
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

__all__ = [
    "AlreadyKnown",
    "BadData",
    "BadIdentifier",
    "BadRow",
    "BelowZero",
    "CommandConflict",
    "ConversionNotWhole",
    "CurrencyMismatch",
    "CurrencyUnknown",
    "DateTooFarAhead",
    "ImportRefused",
    "Incomplete",
    "LotOriginBroken",
    "NeedsApproval",
    "NotABusinessDate",
    "NotEnough",
    "NotExact",
    "NotOpen",
    "NotPositive",
    "NotUsable",
    "OutsideRestriction",
    "PastChanged",
    "PromiseBroken",
    "QuantityNotConserved",
    "ReliefstockError",
    "ResidueLeft",
    "RuleBroken",
    "UnitMismatch",
    "Unknown",
    "UnreadableFigure",
    "ValueNotConserved",
    "ValueRefused",
]


class ReliefstockError(Exception):
    """The root: catch this to catch all that the library raises on purpose."""


class ValueRefused(ReliefstockError, ValueError):
    """A value cannot be what it is meant to be."""


@attrs.define
class NotExact(ValueRefused, TypeError):
    """A float, a bool or another type stands where an exact number is due."""

    what: str
    given: object

    def __str__(self) -> str:
        return (
            f"{self.what} must be a whole number, got {type(self.given).__name__} {self.given!r}; "
            "give an int, or a text such as '12.50' where a decimal is meant"
        )


@attrs.define
class NotPositive(ValueRefused):
    """A quantity or an amount must be above zero."""

    what: str
    given: object

    def __str__(self) -> str:
        return (
            f"{self.what} must be above zero, got {self.given}; "
            "to undo an entry, reverse it instead of posting a negative one"
        )


@attrs.define
class CurrencyUnknown(ValueRefused):
    """A code is not an active ISO 4217 currency."""

    code: object

    def __str__(self) -> str:
        return f"{self.code!r} is not an ISO 4217 currency; use a code such as 'CNY' or 'USD'"


@attrs.define
class CurrencyMismatch(ValueRefused):
    """Two currencies meet in one sum, comparison or book."""

    asked: str
    there: str

    def __str__(self) -> str:
        return (
            f"{self.asked} cannot be put together with {self.there}; "
            "convert it first at a stated rate and keep the rate as evidence"
        )


@attrs.define
class UnitMismatch(ValueRefused):
    """Units of two kinds meet in one sum, or there is no exact way from one to the other."""

    asked: str
    there: str

    def __str__(self) -> str:
        return (
            f"{self.asked} and {self.there} are different units of count and are never added; "
            "state both, or convert by a pack that the item declares"
        )


@attrs.define
class ConversionNotWhole(ValueRefused):
    """A conversion would need a fraction of a unit."""

    count: int
    unit: str
    target: str

    def __str__(self) -> str:
        return (
            f"{self.count} {self.unit} is not a whole number of {self.target}; "
            "use the smaller unit, or state the whole packs and the rest on two lines"
        )


@attrs.define
class NotABusinessDate(ValueRefused, TypeError):
    """An instant, a number or a text that is no ISO date stands where a business date is due."""

    given: object

    def __str__(self) -> str:
        return (
            f"a business date is due, got {type(self.given).__name__} {self.given!r}; "
            "give a date or 'YYYY-MM-DD': an instant has no business date until somebody says "
            "in which time zone"
        )


@attrs.define
class DateTooFarAhead(ValueRefused):
    """A business date is later than the policy of the book allows."""

    asked: date
    latest: date

    def __str__(self) -> str:
        return (
            f"{self.asked.isoformat()} is too far ahead, the latest date the book takes is "
            f"{self.latest.isoformat()}; check the year, or raise Policy.days_ahead"
        )


@attrs.define
class BadIdentifier(ValueRefused):
    """An id is empty, too long, or has characters that cannot be told apart on paper."""

    what: str
    given: object
    reason: str

    def __str__(self) -> str:
        return f"{self.given!r} cannot be a {self.what}: {self.reason}"


@attrs.define
class UnreadableFigure(ValueRefused):
    """A printed amount cannot be read, or could be read in more than one way."""

    text: str
    position: int
    reason: str

    def __str__(self) -> str:
        at = self.position + 1
        return f"cannot read {self.text!r} as a printed figure, at character {at}: {self.reason}"


@attrs.define
class BadData(ValueRefused):
    """Plain data is not what it is meant to be; `problems` has all that is wrong, each with its path."""

    what: str
    problems: tuple[str, ...]

    def __str__(self) -> str:
        head = f"this is no {self.what}; correct it and send it again:"
        return "\n".join([head, *(f"  {problem}" for problem in self.problems)])


@attrs.define
class Incomplete(ValueRefused):
    """Something that must be stated is missing, or two statements exclude one another."""

    what: str
    missing: str
    do: str

    def __str__(self) -> str:
        return f"{self.what}: {self.missing}; {self.do}"


@attrs.define
class Unknown(ReliefstockError, LookupError):
    """An id is not known to the book."""

    what: str
    given: str
    near: tuple[str, ...] = ()

    def __str__(self) -> str:
        hint = f"did you mean {', '.join(map(repr, self.near))}?" if self.near else "add it first"
        return f"the book knows no {self.what} {self.given!r}; {hint}"


@attrs.define
class AlreadyKnown(ReliefstockError):
    """An id already stands for something else."""

    what: str
    given: str
    differs: str

    def __str__(self) -> str:
        return (
            f"{self.what} {self.given!r} is already in the book with another {self.differs}; "
            "choose another id, or amend the one that is there"
        )


class PromiseBroken(ReliefstockError):
    """An entry would break a promise of the ledger; nothing was posted."""


@attrs.define
class QuantityNotConserved(PromiseBroken):
    """Promise 1: in every entry the quantities of each lot sum to zero."""

    lot: str
    difference: int

    def __str__(self) -> str:
        return (
            f"the postings of lot {self.lot} sum to {self.difference:+d} units, not to zero; "
            "say where the rest came from or went"
        )


@attrs.define
class ValueNotConserved(PromiseBroken):
    """Promise 2: in every entry the values of each lot, or of a conversion, sum to zero."""

    where: str
    difference: int

    def __str__(self) -> str:
        return (
            f"the values of {self.where} sum to {self.difference:+d} minor units, not to zero; "
            "say where the rest came from or went"
        )


@attrs.define
class BelowZero(PromiseBroken):
    """Promise 3: no place inside holds less than nothing on any date."""

    place: str
    lot: str
    on: date
    asked: int
    there: int

    def __str__(self) -> str:
        return (
            f"asked to take {self.asked} of lot {self.lot} from {self.place}, but on "
            f"{self.on.isoformat()} only {self.there} would be there; take less, take another lot, "
            "or correct the later entries first"
        )


@attrs.define
class ResidueLeft(PromiseBroken):
    """Promise 4: a place with no units of a lot holds none of its value.

    Values are in minor units. `least` and `most` are what the units asked for can carry.
    """

    place: str
    lot: str
    on: date
    asked: int
    least: int
    most: int

    def __str__(self) -> str:
        return (
            f"taking a value of {self.asked} minor units of lot {self.lot} from {self.place} would "
            f"leave value without units on {self.on.isoformat()}, the units can carry {self.least} "
            f"to {self.most}; date the entry later, or correct the later entries first"
        )


@attrs.define
class PastChanged(PromiseBroken):
    """Promise 5: an entry is never changed; it is reversed, once, exactly, and done again."""

    entry: int
    reason: str

    def __str__(self) -> str:
        return f"entry {self.entry} stands: {self.reason}"


@attrs.define
class LotOriginBroken(PromiseBroken):
    """A lot comes in once and whole, and each entry tells from where to where it went."""

    lot: str
    reason: str

    def __str__(self) -> str:
        return f"lot {self.lot} cannot be posted so: {self.reason}"


class RuleBroken(ReliefstockError):
    """A rule of the field is not met; nothing was posted."""


@attrs.define
class NotEnough(RuleBroken):
    """There is less usable stock than asked for. Quantities are in base units of the item."""

    item: str
    place: str
    on: date
    asked: int
    there: int
    passed_over: tuple[str, ...] = ()

    def __str__(self) -> str:
        why = f" ({'; '.join(self.passed_over)})" if self.passed_over else ""
        return (
            f"asked for {self.asked} {self.item} from {self.place} on {self.on.isoformat()}, "
            f"{self.there} can be used{why}; ask for less, or bring in more first"
        )


@attrs.define
class OutsideRestriction(RuleBroken):
    """A use for which the donor did not give the goods or the money."""

    lot: str
    restriction: str
    asked: str

    def __str__(self) -> str:
        return (
            f"lot {self.lot} was given for {self.restriction}, not for {self.asked}; "
            "use another lot, or record the donor's consent first"
        )


@attrs.define
class NotUsable(RuleBroken):
    """The goods are expired, quarantined, or too short-lived to be accepted."""

    what: str
    reason: str
    do: str

    def __str__(self) -> str:
        return f"{self.what} cannot be used: {self.reason}; {self.do}"


@attrs.define
class NeedsApproval(RuleBroken):
    """Somebody else must approve or take part, by rule."""

    what: str
    reason: str

    def __str__(self) -> str:
        return f"{self.what} needs approval: {self.reason}"


@attrs.define
class NotOpen(RuleBroken):
    """A document has already been dealt with, or nothing can be done with it yet."""

    document: str
    state: str
    asked: str
    do: str = "reverse what was done first"

    def __str__(self) -> str:
        return f"{self.document} is {self.state}, so it cannot be {self.asked}; {self.do}"


@attrs.define
class CommandConflict(ReliefstockError):
    """Promise 8: a command id was used before with other content."""

    command: str
    document: str

    def __str__(self) -> str:
        return (
            f"command {self.command!r} already produced {self.document} with other content; "
            "send the first content again to get that document, or use a new id"
        )


@attrs.frozen
class BadRow:
    """One thing wrong with one cell of a data file. Lines count from 1, the header is line 1."""

    file: str
    line: int
    column: str
    given: str
    reason: str

    def __str__(self) -> str:
        column = f", column {self.column}" if self.column else ""
        given = f" (got {self.given!r})" if self.given else ""
        return f"{self.file}, line {self.line}{column}: {self.reason}{given}"


class ImportRefused(ReliefstockError):
    """A data file has bad rows: all of them are listed, and nothing was posted."""

    def __init__(self, rows: Sequence[BadRow]) -> None:
        self.rows = tuple(rows)
        super().__init__(self.rows)

    def __str__(self) -> str:
        things = "one thing is" if len(self.rows) == 1 else f"{len(self.rows)} things are"
        head = f"{things} wrong with the data, nothing was posted; correct it and import again:"
        return "\n".join([head, *(f"  {row}" for row in self.rows)])
