"""What an ordinary record looks like as bytes: learnt from the verbs, by what they write of made-up things.

Nothing of the form of a record is said here. A verb is asked twice about things of which every name, number
and day occurs nowhere else; where they turn up in what it writes are the gaps of the template. So a field
that is added to a document is in the template too, and if it changes with anything that is no gap, the
second example tells so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import count
from typing import Any, Final

import attrs

from reliefstock.apart import withheld
from reliefstock.catalogue import Item
from reliefstock.donations import Basis, Restriction, Valuation
from reliefstock.journal import Plain, encode
from reliefstock.journal.template import Template, fragment, list_of
from reliefstock.ledger import Ledger, MemoryHistory, Stamp
from reliefstock.operations import (
    OPERATIONS,
    Desk,
    Distribute,
    Handout,
    Pick,
    Proposal,
    ReceivedLine,
    ReceiveGoods,
    Request,
)
from reliefstock.parties import Donor, Household, Warehouse
from reliefstock.people import MemoryPeople
from reliefstock.policy import PickingRule, Policy
from reliefstock.records import Posted, types
from reliefstock.register import Register
from reliefstock.values import Money

__all__ = ["HANDOUT", "RECEIPT", "Form", "form_of_handouts", "form_of_receipts", "thing"]

RECEIPT: Final = (
    "command",
    "content",
    "document",
    "on",
    "entry",
    "donor",
    "source",
    "depot",
    "target",
    "item",
    "stated",
    "quantity",
    "out",
    "value",
    "gone",
    "evidence",
    "basis",
    "expiry",
    "batch",
    "condition",
    "restriction",
    "restrictions",
    "lot",
    "counted_by",
    "source_document",
    "by",
    "recorded_at",
)
"""What a receipt fills in; `out` and `gone` are its quantity and value below zero."""

HANDOUT: Final = (
    "command",
    "content",
    "document",
    "on",
    "entry",
    "depot",
    "recipient",
    "persons",
    "item",
    "stated",
    "picks",
    "postings",
    "signature",
    "programme",
    "picking",
    "source_document",
    "by",
    "recorded_at",
)
"""What a handout fills in; `picks` and `postings` are lists of things."""

_FAR: Final = 7_654_321_000  # entries, so that the number of the next occurs nowhere else


@attrs.frozen
class Form:
    """How what was asked is written, of which the SHA-256 is kept, and how the record."""

    asked: Callable[[tuple[bytes, ...]], bytes]
    record: Callable[[tuple[bytes, ...]], bytes]


def thing(given: object) -> bytes:
    """The fragment of a thing of which records are made."""
    return fragment(types().plain(given))


@lru_cache(maxsize=16)
def form_of_receipts(currency: str, *, valued: bool) -> Form:
    """How receipts are written in a book of a currency, of goods with a value or by quantity alone."""
    first, second = (_receipt(currency, turn, valued=valued) for turn in (1, 2))
    return _learnt(RECEIPT, first, second)


@lru_cache(maxsize=16)
def form_of_handouts(currency: str) -> Form:
    """How handouts are written in a book of a currency."""
    return _learnt(HANDOUT, _handout(currency, 1), _handout(currency, 2))


@attrs.frozen
class _Example:
    """What a verb was asked and what it wrote, as bytes, and the fragments of what it was about."""

    asked: bytes
    record: bytes
    gaps: Mapping[str, bytes]


def _learnt(names: Sequence[str], first: _Example, second: _Example) -> Form:
    asked = Template.learnt(first.asked, first.gaps, second.asked, second.gaps)
    record = Template.learnt(first.record, first.gaps, second.record, second.gaps)
    return Form(asked.filling(*names), record.filling(*names))


class _FarHistory(MemoryHistory):
    """A history of which nobody has seen the beginning."""

    def __len__(self) -> int:
        return _FAR + super().__len__()


class _Scene:
    """Made-up nouns and a desk, for one example; `turn` tells two of them apart."""

    def __init__(self, currency: str, turn: int) -> None:
        self.turn = turn
        self.item = Item(f"zq{turn} item", zh="样品", en="Sample")
        self.donor = Donor(f"zq{turn} donor", zh="样本捐赠人")
        self.depot = Warehouse(f"zq{turn} depot", zh="样本仓库")
        self.home = Household(f"zq{turn} home", size=60_000 + turn)
        self.on = date(1800 + turn, 3, 9)
        self.by = f"zq{turn} keeper"
        self.content = bytes([turn]) * 32
        ids = count(16 * turn)
        self.people = MemoryPeople(make=lambda: f"person-{next(ids):024x}")
        self.desk = self._desk(currency)

    def _desk(self, currency: str) -> Desk:
        register = Register()
        register.add(self.item, self.donor, self.depot, self.home)
        return Desk(
            ledger=Ledger(_FarHistory()),
            register=register,
            policy=Policy(picking=(PickingRule.FEFO, PickingRule.FIFO)[self.turn % 2]),
            documents={},
            reversed_on={},
            currency=currency,
            today=date(9_000, 1, 1),
            stamp=Stamp(
                command=f"zq{self.turn} command",
                by=self.by,
                recorded_at=datetime(1700 + self.turn, 1, 2, 3, 4, 5, tzinfo=UTC),
            ),
            next_number=lambda kind: f"{kind.prefix}-{876_540 + self.turn}",
        )

    def text(self, what: str) -> str:
        """A text that occurs nowhere else."""
        return f"zq{self.turn} {what}"

    def number(self, what: int) -> int:
        """A number that occurs nowhere else."""
        return 5_000_000_000 + 1_000 * what + self.turn

    def person(self, name: str) -> bytes:
        """The fragment of the opaque id of a person."""
        return fragment(self.people.id_of(name))

    def proposal(self, request: Request[Any]) -> Proposal:
        """What the operation makes of a request."""
        return OPERATIONS[type(request)](self.desk, request)

    def example(self, request: Request[Any], proposal: Proposal, gaps: Mapping[str, bytes]) -> _Example:
        """A request and what became of it, as they are written."""
        stamp, document = self.desk.stamp, proposal.document
        posted = Posted.by(stamp.command, self.content, document, proposal.landing)
        asked: Plain = (types().plain(withheld(request, self.people)), self.people.id_of(self.by), None)
        gaps = {
            "command": fragment(stamp.command),
            "content": fragment(self.content),
            "document": fragment(document.number),
            "on": fragment(self.on),
            "entry": fragment(document.entries[0]),
            "depot": fragment(self.depot.id),
            "item": fragment(self.item.id),
            "by": self.person(self.by),
            "recorded_at": fragment(stamp.recorded_at),
            **gaps,
        }
        return _Example(encode(asked), types().written(withheld(posted, self.people)), gaps)


def _receipt(currency: str, turn: int, *, valued: bool) -> _Example:
    scene = _Scene(currency, turn)
    request = _received(scene, currency, valued=valued)
    proposal = scene.proposal(request)
    (line,), (lot,) = request.lines, proposal.lots
    out, into = proposal.entries[0].postings
    gaps = {
        "donor": fragment(scene.donor.id),
        "source": thing(out.place),
        "target": thing(into.place),
        "stated": thing(line.accepted),
        "quantity": fragment(into.quantity),
        "out": fragment(out.quantity),
        "evidence": fragment(line.valuation.evidence),
        "expiry": fragment(line.expiry),
        "batch": fragment(line.batch),
        "condition": fragment(line.condition),
        "restriction": thing(request.restriction),
        "restrictions": list_of([thing(one) for one in lot.restrictions]),
        "lot": fragment(lot.id),
        "counted_by": list_of([scene.person(name) for name in request.counted_by]),
        "source_document": fragment(request.source_document),
    }
    if valued:
        gaps |= {"value": fragment(into.value), "gone": fragment(out.value)}
        gaps["basis"] = fragment(line.valuation.basis.value)
    return scene.example(request, proposal, gaps)


def _received(scene: _Scene, currency: str, *, valued: bool) -> ReceiveGoods:
    evidence = scene.text("evidence")
    basis = (Basis.FAIR_VALUE, Basis.ESTIMATE)[scene.turn % 2]
    amount = Money(scene.number(1), currency)
    line = ReceivedLine(
        scene.item.id,
        scene.item.quantity(scene.number(2)),
        valuation=Valuation(basis, amount, evidence) if valued else Valuation.memorandum(evidence),
        expiry=date(8_000 + scene.turn, 4, 5),
        batch=scene.text("batch"),
        condition=scene.text("condition"),
    )
    return ReceiveGoods(
        donor=scene.donor.id,
        into=scene.depot.id,
        lines=[line],
        on=scene.on,
        counted_by=[scene.text(f"counter {letter}") for letter in "ab"],
        restriction=Restriction(programme=scene.text("purpose")),
        source_document=scene.text("paper"),
    )


def _handout(currency: str, turn: int) -> _Example:
    scene = _Scene(currency, turn)
    gift = attrs.evolve(_received(scene, currency, valued=True), restriction=None)
    scene.desk.ledger.land(scene.proposal(gift).landing)
    line = Handout(scene.home.id, scene.item.id, scene.item.quantity(scene.number(3)), scene.text("sheet"))
    request = Distribute(
        origin=scene.depot.id,
        lines=[attrs.evolve(line, quantity=scene.item.quantity(1_234_567 + turn))],
        on=scene.on,
        programme=scene.text("programme"),
        source_document=scene.text("paper"),
    )
    proposal = scene.proposal(request)
    postings = proposal.entries[0].postings
    picks = [Pick(one.lot, one.quantity, one.value) for one in postings if one.quantity > 0]
    return scene.example(
        request,
        proposal,
        {
            "recipient": fragment(scene.home.id),
            "persons": fragment(scene.home.size),
            "stated": thing(request.lines[0].quantity),
            "picks": list_of([thing(pick) for pick in picks]),
            "postings": list_of([thing(posting) for posting in postings]),
            "signature": scene.person(line.signature),
            "programme": fragment(request.programme),
            "picking": fragment(scene.desk.policy.picking.value),
            "source_document": fragment(request.source_document),
        },
    )
