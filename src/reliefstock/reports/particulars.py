"""What stands on a paper beside its lines: where to, by which paper, why, and who answered for it.

A document has each of these under a name of its own; here are the names, in the order of the paper, with how
each is said. What a document does not state is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import Enum
from types import MappingProxyType
from typing import Any

from reliefstock.operations import (
    Document,
    GoodsReceivedNote,
    LossSignOff,
    Mention,
    Observation,
    Pledge,
    Redirection,
)
from reliefstock.reports.naming import Naming
from reliefstock.reports.words import WORDS, listed
from reliefstock.values import Money, Period, Quantity

__all__ = ["PARTICULARS", "particulars"]

PARTICULARS: tuple[str, ...] = (
    *("donor", "supplier", "origin", "warehouse", "to", "recipient", "programme"),
    *("kit", "version", "item", "batch"),
    *("period", "until", "due", "deliver_by", "carrier", "vehicle", "stage", "hold", "quantity"),
    *("agreement", "source_document", "receipt", "invoice", "voucher", "paper", "notice", "audit_paper"),
    *("waybills", "report", "recall", "plan", "reverses", "diverted_from"),
    *("reason", "explanation", "purpose", "buyer", "note"),
    *("counted_by", "counters", "counter", "received_by", "reported_by", "inspected_by", "assembled_by"),
    *("broken_by", "checked_by", "signed_by", "ordered_by", "released_by", "requested_by", "closed_by"),
    *("sealed_by", "approved_by"),
)
"""The fields of documents that are particulars, in the order in which they are told."""


def particulars(naming: Naming, document: Document) -> tuple[str, ...]:
    """What a document states beside its lines, one sentence each: '承运方：一车队'.

    A table for the public has none of them: papers and the people who signed are the depot's own. Nor has a
    record of what was only seen or told of, which is no slip of the depot.
    """
    if naming.public or isinstance(document, Observation | Mention):
        return ()
    told = (_told(naming, name, getattr(document, name, None)) for name in PARTICULARS)
    lines = (*_not_taken(naming, document), *_signed_for(naming, document))
    return (*filter(None, told), *_use(naming, document), *lines)


def _told(naming: Naming, name: str, given: object) -> str:
    text = "" if given in (None, "", ()) else _text(naming, name, given)
    kind = naming.word(f"particular.{name.replace('_', ' ')}")
    return naming.word("said.place", kind=kind, name=text) if text else ""


def _text(naming: Naming, name: str, given: object) -> str:
    if isinstance(given, str):
        return _NAMED[name](naming, given) if name in _NAMED else given
    return next((say(naming, given) for kind, say in _SAID.items() if isinstance(given, kind)), "")


def _use(naming: Naming, document: Document) -> Iterator[str]:
    """For what is promised only, and for what the goods are that got another use: for any where for none."""
    stated = document.restriction if isinstance(document, Pledge | Redirection) else None
    if stated is not None or isinstance(document, Redirection):
        said = naming.restrictions(() if stated is None else (stated,))
        yield naming.word("said.place", kind=naming.word("particular.restriction"), name=said)


def _not_taken(naming: Naming, document: Document) -> Iterator[str]:
    """What was delivered and kept apart or refused, with the reason: what was refused stands nowhere else."""
    for line in document.lines if isinstance(document, GoodsReceivedNote) else ():
        apart = ("quarantined", line.quarantined, line.quarantine_reason)
        for key, amount, reason in (apart, ("refused", line.refused, line.refusal_reason)):
            if amount is not None:
                said = naming.packs(line.item, (amount,)) or naming.stated(amount)
                why = naming.word("said.because", text=f"{naming.item(line.item)} {said}", reason=reason)
                yield naming.word("said.place", kind=naming.word(f"column.{key}"), name=why)


def _signed_for(naming: Naming, document: Document) -> Iterator[str]:
    """The losses that somebody signed for, and what comes back: nothing may have moved by it."""
    if not isinstance(document, LossSignOff):
        return
    for line in document.lines:
        amounts = (naming.quantity(line.item, line.quantity), naming.packed(line.lot, line.quantity))
        said = (naming.item(line.item), line.lot, *filter(None, amounts), naming.amount(line.value))
        kind = naming.word(f"reason.{line.kind.value}")
        yield naming.word("said.place", kind=kind, name=listed(said, naming.lang))
    for one in document.recoveries:
        text = naming.word("said.because", text=naming.amount(one.amount.minor), reason=one.paper)
        yield naming.word("said.place", kind=naming.word(f"recovery.{one.kind.value}"), name=text)


def _listed_reason(naming: Naming, given: Enum) -> str:
    """A reason for a loss or a sale, or the stage that answers, in words."""
    value = str(given.value)
    return next(
        (naming.word(key) for key in (f"reason.{value}", f"stage.{value}") if key in WORDS),
        value,
    )


_NAMED: Mapping[str, Callable[[Naming, str], str]] = MappingProxyType(
    {
        "donor": Naming.donor,
        "supplier": lambda naming, id_: naming.book.register.supplier(id_).name(naming.lang),
        "origin": Naming.site,
        "warehouse": Naming.site,
        "to": Naming.consignee,
        "recipient": Naming.recipient,
        "item": Naming.item,
        "kit": Naming.item,
        "vehicle": lambda naming, id_: naming.book.register.vehicle(id_).name(naming.lang),
    }
)

_SAID: Mapping[type, Callable[[Naming, Any], str]] = MappingProxyType(
    {
        Quantity: Naming.stated,
        Money: Naming.stated,
        date: lambda _, day: day.isoformat(),
        Period: lambda naming, period: period.text(naming.lang),
        Enum: _listed_reason,
        tuple: lambda naming, several: listed(map(str, several), naming.lang),
    }
)
