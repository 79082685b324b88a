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
    │   ├── ContainsItself               a kit that would be a part of itself
    │   ├── BadDemand                    a demand that no rule can share out for
    │   ├── BadData                      plain data that is no request: all that is wrong, with the paths
    │   └── Incomplete                   a request in which something that must be stated is missing
    ├── Unknown (LookupError)            an id that the book does not know
    ├── AlreadyKnown                     an id that already stands for something else
    ├── PromiseBroken                    an entry that would break a promise of the ledger
    │   ├── QuantityNotConserved         promise 1
    │   ├── ValueNotConserved            promise 2
    │   ├── BelowZero                    promise 3
    │   │   └── CountOvertaken           units that a count found missing, and that have left since
    │   ├── ResidueLeft                  promise 4
    │   ├── PastChanged                  promise 5
    │   ├── CountBroken                  promise 6: what was not counted so, or not known then
    │   ├── CountConflict                promise 6: a count would overrule what became known after it
    │   ├── HoldBroken                   promise 7
    │   ├── HeldForOthers                promise 3, for what is held for somebody else
    │   ├── PeriodClosed                 promise 9
    │   ├── PeriodSealed                 promise 9, for good
    │   └── LotOriginBroken              a lot that does not come in once and whole
    ├── RuleBroken                       a rule of the field that the request does not meet
    │   ├── NotEnough                    less usable stock than asked for
    │   ├── OutsideRestriction           a use that the donor did not give it for
    │   ├── NotUsable                    expired, quarantined or too short-lived goods
    │   ├── OverCapacity                 a load that is too heavy or too large for its vehicle
    │   ├── NeedsApproval                an act that somebody else must approve
    │   ├── CloseBlocked                 a period that cannot be closed yet: all that is in the way
    │   └── NotOpen                      a document that has been dealt with, or cannot be yet
    ├── RecordBroken                     what is kept, or shown as proof, is not what was written
    │   ├── EncodingBroken               bytes that are not the one way of writing anything
    │   ├── ContentBroken                content that is not of the types that it should be
    │   ├── ChainBroken                  promise 11: a record changed, missing, put in or moved
    │   ├── ProofBroken                  a proof that does not lead to the root
    │   ├── SnapshotBroken               a snapshot that is of another book, or not as it was written
    │   └── TextBroken                   a checkpoint, a receipt or another such text not in its form
    ├── StoreError                       where a book is kept does not do what it is asked
    │   ├── NotABook                     a file, or a database, that holds no book, or not the one meant
    │   ├── NewerFormat                  written by a later version of the library
    │   ├── AlreadyABook                 a new book where there is one
    │   ├── StoreReadOnly                it can be read and not written
    │   ├── StoreBusy                    others are writing, and did not stop in the time allowed
    │   ├── StoreFull                    there is no room
    │   ├── StoreUnreachable             no connection, or one that was lost in mid-command
    │   ├── AccessRefused                a wrong password, or no right to it
    │   ├── StoreDamaged                 it cannot be read, or a write of it failed
    │   ├── JournalMoved                 somebody else has written in between
    │   └── MissingExtra                 a part of the library that is not installed
    ├── CommandConflict                  a used command id with other content (promise 8)
    └── ImportRefused                    a data file with bad rows: all of them, nothing posted
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from reliefstock._lazily import load_lazily

if TYPE_CHECKING:
    from reliefstock.errors._amounts import (
        ConversionNotWhole,
        CurrencyMismatch,
        CurrencyUnknown,
        NotExact,
        NotPositive,
        UnitMismatch,
    )
    from reliefstock.errors._base import Incomplete, ReliefstockError, ValueRefused
    from reliefstock.errors._commands import CommandConflict
    from reliefstock.errors._demands import BadDemand
    from reliefstock.errors._imports import BadRow, ImportRefused
    from reliefstock.errors._promises import (
        BelowZero,
        CountBroken,
        CountConflict,
        CountOvertaken,
        HeldForOthers,
        HoldBroken,
        LotOriginBroken,
        PastChanged,
        PeriodClosed,
        PeriodSealed,
        PromiseBroken,
        QuantityNotConserved,
        ResidueLeft,
        ValueNotConserved,
    )
    from reliefstock.errors._records import (
        ChainBroken,
        ContentBroken,
        EncodingBroken,
        ProofBroken,
        RecordBroken,
        SnapshotBroken,
        TextBroken,
    )
    from reliefstock.errors._register import AlreadyKnown, Unknown
    from reliefstock.errors._rules import (
        Blocker,
        CloseBlocked,
        NeedsApproval,
        NotEnough,
        NotOpen,
        NotUsable,
        OutsideRestriction,
        OverCapacity,
        RuleBroken,
    )
    from reliefstock.errors._statements import (
        BadData,
        BadIdentifier,
        ContainsItself,
        DateTooFarAhead,
        NotABusinessDate,
        UnreadableFigure,
    )
    from reliefstock.errors._stores import (
        AccessRefused,
        AlreadyABook,
        JournalMoved,
        MissingExtra,
        NewerFormat,
        NotABook,
        StoreBusy,
        StoreDamaged,
        StoreError,
        StoreFull,
        StoreReadOnly,
        StoreUnreachable,
    )

__all__ = [
    "AccessRefused",
    "AlreadyABook",
    "AlreadyKnown",
    "BadData",
    "BadDemand",
    "BadIdentifier",
    "BadRow",
    "BelowZero",
    "Blocker",
    "ChainBroken",
    "CloseBlocked",
    "CommandConflict",
    "ContainsItself",
    "ContentBroken",
    "ConversionNotWhole",
    "CountBroken",
    "CountConflict",
    "CountOvertaken",
    "CurrencyMismatch",
    "CurrencyUnknown",
    "DateTooFarAhead",
    "EncodingBroken",
    "HeldForOthers",
    "HoldBroken",
    "ImportRefused",
    "Incomplete",
    "JournalMoved",
    "LotOriginBroken",
    "MissingExtra",
    "NeedsApproval",
    "NewerFormat",
    "NotABook",
    "NotABusinessDate",
    "NotEnough",
    "NotExact",
    "NotOpen",
    "NotPositive",
    "NotUsable",
    "OutsideRestriction",
    "OverCapacity",
    "PastChanged",
    "PeriodClosed",
    "PeriodSealed",
    "PromiseBroken",
    "ProofBroken",
    "QuantityNotConserved",
    "RecordBroken",
    "ReliefstockError",
    "ResidueLeft",
    "RuleBroken",
    "SnapshotBroken",
    "StoreBusy",
    "StoreDamaged",
    "StoreError",
    "StoreFull",
    "StoreReadOnly",
    "StoreUnreachable",
    "TextBroken",
    "UnitMismatch",
    "Unknown",
    "UnreadableFigure",
    "ValueNotConserved",
    "ValueRefused",
]

load_lazily(
    globals(),
    {
        (
            "ConversionNotWhole",
            "CurrencyMismatch",
            "CurrencyUnknown",
            "NotExact",
            "NotPositive",
            "UnitMismatch",
        ): lambda: import_module("reliefstock.errors._amounts"),
        (
            "Incomplete",
            "ReliefstockError",
            "ValueRefused",
        ): lambda: import_module("reliefstock.errors._base"),
        ("CommandConflict",): lambda: import_module("reliefstock.errors._commands"),
        ("BadDemand",): lambda: import_module("reliefstock.errors._demands"),
        (
            "BadRow",
            "ImportRefused",
        ): lambda: import_module("reliefstock.errors._imports"),
        (
            "BelowZero",
            "CountBroken",
            "CountConflict",
            "CountOvertaken",
            "HeldForOthers",
            "HoldBroken",
            "LotOriginBroken",
            "PastChanged",
            "PeriodClosed",
            "PeriodSealed",
            "PromiseBroken",
            "QuantityNotConserved",
            "ResidueLeft",
            "ValueNotConserved",
        ): lambda: import_module("reliefstock.errors._promises"),
        (
            "ChainBroken",
            "ContentBroken",
            "EncodingBroken",
            "ProofBroken",
            "RecordBroken",
            "SnapshotBroken",
            "TextBroken",
        ): lambda: import_module("reliefstock.errors._records"),
        (
            "AlreadyKnown",
            "Unknown",
        ): lambda: import_module("reliefstock.errors._register"),
        (
            "Blocker",
            "CloseBlocked",
            "NeedsApproval",
            "NotEnough",
            "NotOpen",
            "NotUsable",
            "OutsideRestriction",
            "OverCapacity",
            "RuleBroken",
        ): lambda: import_module("reliefstock.errors._rules"),
        (
            "BadData",
            "BadIdentifier",
            "ContainsItself",
            "DateTooFarAhead",
            "NotABusinessDate",
            "UnreadableFigure",
        ): lambda: import_module("reliefstock.errors._statements"),
        (
            "AccessRefused",
            "AlreadyABook",
            "JournalMoved",
            "MissingExtra",
            "NewerFormat",
            "NotABook",
            "StoreBusy",
            "StoreDamaged",
            "StoreError",
            "StoreFull",
            "StoreReadOnly",
            "StoreUnreachable",
        ): lambda: import_module("reliefstock.errors._stores"),
    },
)
