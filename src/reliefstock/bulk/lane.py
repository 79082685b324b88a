"""The lane of what is ordinary: a row is looked at, checked and written, without an object for it.

A gift in kind that is accepted whole, and goods that are given out by the picking rule of the book, dated no
earlier than what was there before: that is most of every year. Here such a row is checked against the same
ledger, register and policy as a verb would check it, its record is written into a template that was learnt
from the verb (`reliefstock.bulk.forms`), and the shelf that it touches is left as the verb would leave it.

Whatever else a row is, the lane does not take it: no row is refused here, so that there is one place for
every refusal, the verb. What a row changes is worked out whole before any of it is changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Final

from reliefstock.bulk.columns import Columns, Handouts, Receipts, Row
from reliefstock.bulk.forms import form_of_handouts, form_of_receipts
from reliefstock.bulk.landed import Landed
from reliefstock.bulk.looking import Looked, Looking
from reliefstock.bulk.picking import Taken, Taking
from reliefstock.errors import ReliefstockError
from reliefstock.journal import Cell
from reliefstock.journal.template import list_of, text, whole
from reliefstock.ledger import Lot, Moved, Past, Position, Ticket
from reliefstock.operations import Desk, DistributionList, GoodsReceivedNote
from reliefstock.operations.desk import different_people
from reliefstock.operations.receiving import inspect_life
from reliefstock.values import identifier, spelled

__all__ = ["Lane"]

_CONTENT: Final = b"\x58\x20"
"""What stands before the 32 bytes of a hash."""

_NO_TEXT: Final = text("")
_MOST: Final = 1 << 63
"""No store keeps a larger number."""


class Lane:
    """Takes rows, one after the other, in the state in which a desk shows the book.

    `landed` gathers what they write.
    """

    def __init__(self, desk: Desk, landed: Landed) -> None:
        looking = Looking(desk)
        taking = Taking(looking)
        self._giving = _Giving(looking, taking, landed)
        self._receiving = _Receiving(looking, taking, landed)
        self._is_shut = looking.has_recalls()

    def begin(self, people: Mapping[str, str], done: Iterable[str]) -> None:
        """Say of the next rows who the people are, and which of their commands were done before."""
        self._done = set[str]()
        for way in (self._giving, self._receiving):
            way.people, way.done = people, self._done
        self._done.update(done)

    def note(self, command: str) -> None:
        """A verb has done a command."""
        self._done.add(command)

    def take(self, columns: Columns, row: Row) -> bool:
        """Take a row, if it is ordinary; else nothing has changed."""
        if self._is_shut:
            return False
        try:
            if isinstance(columns, Handouts):
                return self._giving.take(row)
            if isinstance(columns, Receipts):
                return self._receiving.take(columns, row)
        except (ReliefstockError, UnicodeEncodeError, _NobodyError):  # the verb will say what is wrong
            return False
        return False


class _NobodyError(Exception):
    """A name that nobody can have."""


class _Way:
    """What both ways have in common."""

    def __init__(self, looking: Looking, taking: Taking, landed: Landed) -> None:
        self.look = looking
        self.taking = taking
        self.landed = landed
        self.people: Mapping[str, str] = {}
        self.done: set[str] = set()

    def command(self, given: str | None) -> str:
        """The id of a row as a command; none where it is for the verb to say what becomes of it."""
        if given is None:
            return self.landed.command()
        command = identifier(given, "command")
        if command in self.done:
            return ""
        return command

    def person(self, name: str) -> bytes:
        """What stands in a record for a person, or for none."""
        if not name:
            return _NO_TEXT
        known = self.people.get(name)
        if known is None:
            raise _NobodyError
        return text(known)


class _Giving(_Way):
    """Goods are given out, from the lots that go first."""

    def __init__(self, looking: Looking, taking: Taking, landed: Landed) -> None:
        super().__init__(looking, taking, landed)
        self._form = form_of_handouts(looking.desk.currency)
        self._rule = text(looking.desk.policy.picking.value)
        self._needs_signature = looking.desk.policy.sign_off

    def take(self, row: Row) -> bool:
        """Take a row of handouts, if it is ordinary."""
        on, origin, recipient, item, quantity, signature, programme, source_document, command = row
        look = self.look
        day, depot, whom, what = (
            look.days[on],
            look.depots[origin],
            look.recipients[recipient],
            look.items[item],
        )
        if not (day and depot and whom and what and type(quantity) is int and 0 < quantity < _MOST):
            return False
        if self._needs_signature and not _is_seen(signature):
            return False
        programme, looked = look.forms[programme], Looked(day, depot, whom, what)
        taken = self.taking.take(looked, programme, quantity)
        if not taken:
            return False
        said = what.stated(quantity), self.person(signature), text(programme), text(source_document)
        if not (command := self.command(command)):
            return False
        self._write(looked, taken, command, said)
        self.taking.apply(looked, taken)
        return True

    def _write(self, looked: Looked, taken: list[Taken], command: str, said: tuple[bytes, ...]) -> None:
        landed, (day, depot, whom, what) = self.landed, looked
        number = landed.number(DistributionList)
        stated, signed, programme, source_document = said
        picks, postings, rows = self._moved(looked, taken)
        gaps = [
            text(command),
            b"",
            text(number),
            day.written,
            whole(landed.entry),
            depot.written,
            whom.written,
            whom.persons,
            what.written,
            stated,
            list_of(picks),
            list_of(postings),
            signed,
            programme,
            self._rule,
            source_document,
            self.person(self.look.desk.stamp.by),
            landed.recorded_at,
        ]
        content = sha256(self._form.asked(tuple(gaps))).digest()
        gaps[1] = _CONTENT + content
        paper = number, command, content
        landed.add(self._form.record(tuple(gaps)), DistributionList, paper, rows, looked[1:3])
        self.done.add(command)

    def _moved(
        self, looked: Looked, taken: list[Taken]
    ) -> tuple[list[bytes], list[bytes], list[tuple[Cell, ...]]]:
        """What moves, as picks, as postings and as index rows."""
        day, depot, whom, _ = looked
        picks: list[bytes] = []
        postings: list[bytes] = []
        rows: list[tuple[Cell, ...]] = []
        pick, posting, entry = self.look.pick, self.look.posting, self.landed.entry
        for known, units, value, after, came, _ in taken:
            lot, units_written, value_written = known.written, whole(units), whole(value)
            picks.append(pick((lot, units_written, value_written)))
            postings.append(posting((depot.place_written, lot, whole(-units), whole(-value))))
            postings.append(posting((whom.place_written, lot, units_written, value_written)))
            at = known.id, day.ordinal, entry
            stands = 1, after.count, after.worth, after.out, *came
            rows.append((depot.place_text, *at, len(rows), -units, -value, *stands))
            rows.append((whom.place_text, *at, len(rows), units, value, 0, 0, 0, 0, 0, 0))
        return picks, postings, rows


class _Receiving(_Way):
    """Gifts in kind come in."""

    def __init__(self, looking: Looking, taking: Taking, landed: Landed) -> None:
        super().__init__(looking, taking, landed)
        currency = looking.desk.currency
        self._forms = {valued: form_of_receipts(currency, valued=valued) for valued in (True, False)}
        self._enough: set[tuple[str, ...]] = set()

    def take(self, columns: Receipts, row: Row) -> bool:
        """Take a row of receipts, if it is ordinary. Raises where a verb would refuse it."""
        on, donor, into, item, quantity, value, evidence, expiry, batch, condition, *rest = row
        restriction, source_document, command = rest
        look, policy = self.look, self.look.desk.policy
        day, depot, giver, what = look.days[on], look.depots[into], look.donors[donor], look.items[item]
        if not (day and depot and giver and what and type(quantity) is int and 0 < quantity < _MOST):
            return False
        if not 0 <= value < _MOST:
            return False
        worth = columns.worth(value, evidence, look.desk.currency)
        if columns.counted_by not in self._enough:
            different_people("receiving inspection", columns.counted_by, policy.counters)
            self._enough.add(columns.counted_by)
        expires = look.expiries[expiry]
        inspect_life(policy, what.id, day.day, expires.day, None)
        number = self.landed.number(GoodsReceivedNote)
        lot = Lot(
            id=f"{number}-1",
            item=what.id,
            quantity=quantity,
            value=value,
            valuation=worth,
            received=day.day,
            donor=giver.id,
            donation=number,
            restrictions=() if restriction is None or restriction.is_free else (restriction,),
            expiry=expires.day,
            batch=batch,
            condition=condition,
        )
        said = (
            look.bases[columns.basis],
            expires.written,
            look.restrictions[restriction],
            list_of([self.person(name) for name in columns.counted_by]),
            text(evidence),
            text(batch),
            text(condition),
            text(source_document),
        )
        if not (command := self.command(command)):
            return False
        self._write(Looked(day, giver, depot, what), lot, command, said)
        self.taking.note(lot)
        return True

    def _write(self, looked: Looked, lot: Lot, command: str, said: tuple[bytes, ...]) -> None:
        landed, (day, giver, depot, what) = self.landed, looked
        number = landed.number(GoodsReceivedNote)
        basis, expiry, restriction, counted_by, evidence, batch, condition, source_document = said
        gaps = [
            text(command),
            b"",
            text(number),
            day.written,
            whole(landed.entry),
            giver.written,
            giver.place_written,
            depot.written,
            depot.place_written,
            what.written,
            what.stated(lot.quantity),
            whole(lot.quantity),
            whole(-lot.quantity),
            whole(lot.value),
            whole(-lot.value),
            evidence,
            basis,
            expiry,
            batch,
            condition,
            restriction,
            list_of([self.look.restrictions[one] for one in lot.restrictions]),
            text(lot.id),
            counted_by,
            source_document,
            self.person(self.look.desk.stamp.by),
            landed.recorded_at,
        ]
        form = self._forms[lot.valuation.amount is not None]
        content = sha256(form.asked(tuple(gaps))).digest()
        gaps[1] = _CONTENT + content
        record, ticket = form.record(tuple(gaps)), Ticket.of(lot, landed.next_lot)
        position, came = Position(lot.quantity, lot.value), (landed.entry, 1)
        at = lot.id, day.ordinal, landed.entry
        stands = 1, position.count, position.worth, position.out, *came
        rows = [
            (giver.place_text, *at, 0, -lot.quantity, -lot.value, 0, 0, 0, 0, 0, 0),
            (depot.place_text, *at, 1, lot.quantity, lot.value, *stands),
        ]
        landed.add(record, GoodsReceivedNote, (number, command, content), rows, looked[1:3])
        landed.bring(lot, giver.place_text)
        past, by = Past(came, day.day), Moved(lot.quantity, lot.value)
        self.look.desk.ledger.put(depot.place, lot, ticket, position, past, by)
        self.done.add(command)


def _is_seen(signature: str) -> bool:
    """Whether a reader sees anything of a signature; nearly always the first letter tells."""
    return (signature[:1].isascii() and signature[:1].isalnum()) or bool(spelled(signature))
