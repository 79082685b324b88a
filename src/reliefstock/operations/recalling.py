"""A batch is called back: every place and every recipient that has any of it is found, and told apart.

What is in a depot goes into quarantine at once, whoever it was promised to. What is on the road goes there
when it arrives, what a recipient has is asked back, and what was made of the batch is recalled with it.
`recalled` knows what an open recall does to everything that happens later.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches

import attrs

from reliefstock.errors import Incomplete, NotOpen, Unknown
from reliefstock.ledger import Draft, EntryKind, Lot, Place, PlaceKind, Side
from reliefstock.operations.desk import Desk, Proposal, Request, packs_of, required
from reliefstock.operations.recalled import (
    RecallAction,
    RecalledLine,
    RecallEnd,
    RecallNotice,
    contained_in,
    is_goods,
    is_sold,
)
from reliefstock.operations.transfers import Waybill
from reliefstock.values import Who, business_date, one_form, several, spelled

__all__ = ["EndRecall", "Recall", "end_recall", "recall"]


def _batch(given: object) -> str:
    """A number of a batch; what shows nothing is none."""
    batch = one_form(given)
    return batch if spelled(batch) else ""


@attrs.frozen(kw_only=True)
class Recall(Request["RecallNotice"]):
    """Call goods back: a `batch`, what a `supplier` delivered of an item, or `lots` that are named.

    `item` may be left out where the batch is of one item. `notice` is the paper that calls for it, of a
    maker or an authority.
    """

    item: str = attrs.field(default="", converter=one_form)
    batch: str = attrs.field(default="", converter=_batch)
    supplier: str = attrs.field(default="", converter=one_form)
    lots: tuple[str, ...] = attrs.field(default=(), converter=several)
    reason: str
    notice: str
    on: date = attrs.field(converter=business_date)
    ordered_by: Who

    @property
    def what(self) -> str:
        """What is recalled, in words."""
        if self.lots:
            return f"lot {', '.join(self.lots)}"
        item, supplier = self.item and f" of {self.item}", self.supplier and f" from {self.supplier}"
        return (f"batch {self.batch}" if self.batch else "all") + item + supplier


@attrs.frozen(kw_only=True)
class EndRecall(Request["RecallEnd"]):
    """A recall is over: goods of it can be released again, and are received as any others."""

    recall: str
    on: date = attrs.field(converter=business_date)
    reason: str
    approved_by: Who


def recall(desk: Desk, asked: Recall) -> Proposal:
    """Find all that is recalled, and what contains it, and keep apart what is in the depots.

    Raises `DateTooFarAhead`, `Unknown` (a batch that the book never had), `NotOpen` (nothing of it is
    anywhere any more, or it is recalled already), or `Incomplete` (it is not said what is recalled, or goods
    came after the day that is stated).
    """
    on = desk.day(asked.on)
    reason = required("why goods are recalled", asked.reason, "state the reason", zh="召回原因")
    paper = required(
        "the notice of a recall", asked.notice, "name the paper that calls for it", zh="召回所依据的通知"
    )
    ordered_by = required("who ordered a recall", asked.ordered_by, "state it", zh="召回的决定人")
    found = _found(desk, asked)
    notice = RecallNotice(
        number=desk.next_number(RecallNotice),
        on=on,
        item=_item(asked, found),
        batch=asked.batch,
        supplier=asked.supplier,
        named=asked.lots,
        lots=tuple(lot.id for lot in found),
        reason=reason,
        notice=paper,
        ordered_by=ordered_by,
        lines=tuple(_lines(desk, found)),
        known=len(desk.ledger),
    )
    _check_anywhere(asked, notice)
    _check_first(desk, notice)
    draft = desk.draft(notice.number, on)
    _keep_apart(desk, draft, notice)
    entries = tuple(entry.number for entry in draft.entries)
    return Proposal(attrs.evolve(notice, entries=entries), draft.entries)


def end_recall(desk: Desk, asked: EndRecall) -> Proposal:
    """End a recall; what is still out then stands on the paper, and nothing moves.

    Raises `DateTooFarAhead`, `Unknown`, `Incomplete`, or `NotOpen` (it is over, or was reversed).
    """
    on = desk.day(asked.on)
    notice = desk.document(asked.recall, RecallNotice)
    reason = required("why a recall is ended", asked.reason, "state the reason", zh="结束召回的原因")
    approved_by = required(
        "who approved the end of a recall", asked.approved_by, "state it", zh="结束召回的批准人"
    )
    _check_open(desk, notice)
    if on < notice.on:
        raise Incomplete(
            what=f"the end of {notice.number}",
            missing=f"it is of {notice.on}, so it cannot end on {on}",
            do="date the end that day or later",
            zh=f"{notice.number} 的结束：召回日期为 {notice.on}，不能在 {on} 结束；"
            "请把结束日期定在当日或以后",
        )
    found = tuple(lot for lot in desk.ledger.lots.values() if notice.names(lot))
    document = RecallEnd(
        number=desk.next_number(RecallEnd),
        on=on,
        recall=notice.number,
        reason=reason,
        approved_by=approved_by,
        still_out=tuple(line for line in _lines(desk, found) if line.action.is_out),
    )
    return Proposal(document)


# What is recalled


def _found(desk: Desk, asked: Recall) -> tuple[Lot, ...]:
    """The lots that are recalled themselves."""
    if asked.item:
        desk.item(asked.item)
    if asked.supplier:
        desk.register.supplier(asked.supplier)
    if asked.lots:
        return _named(desk, asked)
    if not asked.batch and not (asked.item and asked.supplier):
        raise Incomplete(
            what="a recall",
            missing="it is not said what is recalled",
            do="state a batch, or lots, or an item and its supplier",
            zh="召回：没有写明召回什么；请写明批号，或批次，或物资及其供应商",
        )
    return _matching(desk, asked)


def _recall_zh(asked: Recall) -> str:
    """A recall in Chinese, as `Recall.what` has it in English."""
    if asked.lots:
        return f"召回批次 {'、'.join(asked.lots)}"
    supplier = asked.supplier and f"（供应商 {asked.supplier}）"
    batch = f"批号 {asked.batch}" if asked.batch else "全部"
    return f"召回 {asked.item} {batch}{supplier}" if asked.item else f"召回{batch}{supplier}"


def _named(desk: Desk, asked: Recall) -> tuple[Lot, ...]:
    what, zh = f"a recall of {asked.what}", _recall_zh(asked)
    if asked.batch or asked.supplier:
        raise Incomplete(
            what=what,
            missing="it states a batch or a supplier too",
            do="choose one",
            zh=f"{zh}：又写了批号或供应商；请只选一种",
        )
    found = tuple(desk.ledger.lot(lot) for lot in dict.fromkeys(asked.lots))
    for lot in found:
        if not is_goods(desk, lot):
            raise Incomplete(
                what=what,
                missing=f"{lot.id} is no goods",
                do="name lots of goods",
                zh=f"{zh}：{lot.id} 不是物资；请写明物资的批次",
            )
        if asked.item not in ("", lot.item):
            raise Incomplete(
                what=what,
                missing=f"{lot.id} is {lot.item}, not {asked.item}",
                do="name others",
                zh=f"{zh}：{lot.id} 是 {lot.item}，不是 {asked.item}；请写明其他批次",
            )
    return found


def _matching(desk: Desk, asked: Recall) -> tuple[Lot, ...]:
    """The lots of a batch, or all that a supplier delivered of an item."""
    goods = [lot for lot in desk.ledger.lots.values() if is_goods(desk, lot)]
    batch = [lot for lot in goods if not asked.batch or spelled(lot.batch) == spelled(asked.batch)]
    if asked.batch and not batch:
        raise Unknown(what="batch", given=asked.batch, near=_near(asked.batch, goods))
    of_item = [lot for lot in batch if asked.item in ("", lot.item)]
    found = tuple(lot for lot in of_item if asked.supplier in ("", lot.supplier or ""))
    if not found and not asked.batch:
        raise Unknown(what=f"{asked.item} from supplier", given=asked.supplier)
    items = dict.fromkeys(lot.item for lot in found or batch)
    if not found or len(items) > 1:
        suppliers = dict.fromkeys(lot.supplier for lot in batch if lot.supplier)
        bought = ", ".join(suppliers) or "nobody"
        bought_zh = f"购自 {'、'.join(suppliers)}" if suppliers else "都不是采购的"
        raise Incomplete(
            what=f"a recall of {asked.what}",
            missing=f"the book has that batch of {', '.join(items)}, bought from {bought}",
            do="say which is meant, or name the lots",
            zh=f"{_recall_zh(asked)}：账簿中该批号的物资有 {'、'.join(items)}，{bought_zh}；"
            "请写明是哪一种，或写明批次",
        )
    return found


def _near(batch: str, goods: list[Lot]) -> tuple[str, ...]:
    """Batches that look like it. Their numbers are all that there is to them, so those may differ too."""
    known = dict.fromkeys(lot.batch for lot in goods if lot.batch)
    return tuple(get_close_matches(batch, known))


def _item(asked: Recall, found: tuple[Lot, ...]) -> str:
    items = tuple(dict.fromkeys(lot.item for lot in found))
    return items[0] if len(items) == 1 else asked.item


def _check_anywhere(asked: Recall, notice: RecallNotice) -> None:
    if all(line.action is RecallAction.LOST for line in notice.lines):
        raise NotOpen(
            document=asked.what,
            state="lost, all of it" if notice.lines else "nowhere, its receipt was reversed",
            asked="recalled",
            do="there is nothing to ask back or keep apart",
        )


def _check_first(desk: Desk, notice: RecallNotice) -> None:
    """The same thing is recalled once, until that recall is over."""
    for other in desk.documents_of(RecallNotice):
        if _subject(other) == _subject(notice) and _state(desk, other) == "open":
            raise NotOpen(
                document=other.number,
                state="open, and of the same goods",
                asked="made once more",
                do="it covers what came in since; end it first where another is needed",
            )


def _subject(notice: RecallNotice) -> tuple[str, str, str, frozenset[str]]:
    return notice.item, spelled(notice.batch), notice.supplier, frozenset(notice.named)


def _check_open(desk: Desk, notice: RecallNotice) -> None:
    state = _state(desk, notice)
    if state != "open":
        raise NotOpen(document=notice.number, state=state, asked="ended", do="there is nothing left to end")


def _state(desk: Desk, notice: RecallNotice) -> str:
    if desk.is_reversed(notice):
        return "reversed"
    ends = (end for end in desk.documents_of(RecallEnd) if not desk.is_reversed(end))
    return "over" if any(end.recall == notice.number for end in ends) else "open"


# Where it is


def _lines(desk: Desk, found: tuple[Lot, ...]) -> Iterator[RecalledLine]:
    """Every lot that is recalled or contains what is, in every place that has any of it now."""
    contains: dict[str, list[str]] = {}
    for one in found:
        for lot in contained_in(desk, one):
            contains.setdefault(lot.id, []).append(one.id)
    contains.update((one.id, [one.id]) for one in found)
    for lot in map(desk.ledger.lot, contains):
        item = desk.register.item(lot.item)
        for place, units in _places(desk, lot):
            yield RecalledLine(
                lot=lot.id,
                contains=tuple(contains[lot.id]),
                item=lot.item,
                place=place,
                quantity=item.stated(units),
                action=_action(desk, place),
                packs=packs_of(item, lot, units),
            )


def _places(desk: Desk, lot: Lot) -> Iterator[tuple[Place, int]]:
    """Where units of a lot are now, in the order in which they first came there."""
    postings = (posting for entry in desk.ledger.entries_of(lot.id) for posting in entry.postings)
    for place in dict.fromkeys(posting.place for posting in postings if posting.lot == lot.id):
        units = desk.ledger.position(place, lot.id).quantity
        if units > 0 and (not place.kind.may_go_below_zero or is_sold(desk, lot, place)):
            yield place, units


_ACTIONS = {
    PlaceKind.WAREHOUSE: RecallAction.SET_APART,
    PlaceKind.QUARANTINE: RecallAction.KEPT_APART,
    PlaceKind.HOUSEHOLD: RecallAction.ASKED_BACK,
    PlaceKind.SCHOOL: RecallAction.ASKED_BACK,
    PlaceKind.CONVERSION: RecallAction.SOLD,
}


def _action(desk: Desk, place: Place) -> RecallAction:
    if place.kind is PlaceKind.TRANSIT:
        return RecallAction.PASSED_ON if _goes_to_society(desk, place) else RecallAction.AWAITED
    passed_on = RecallAction.PASSED_ON if place.kind.side is Side.GIVEN_OUT else RecallAction.LOST
    return _ACTIONS.get(place.kind, passed_on)


def _goes_to_society(desk: Desk, transit: Place) -> bool:
    waybill = desk.documents.get(transit.id)
    return isinstance(waybill, Waybill) and waybill.to_society


# What is done at once


def _keep_apart(desk: Desk, draft: Draft, notice: RecallNotice) -> None:
    """What is in the depots goes into quarantine, by one entry a depot: in an entry a lot has one source."""
    there: dict[Place, list[RecalledLine]] = {}
    for line in notice.lines:
        if line.action is RecallAction.SET_APART:
            there.setdefault(line.place, []).append(line)
    for warehouse, lines in there.items():
        for line in lines:
            lot = desk.ledger.lot(line.lot)
            units = desk.register.item(lot.item).base_units(line.quantity)
            _check_came_before(desk, draft, warehouse, lot, units)
            draft.move(lot, warehouse, desk.quarantine(warehouse.id), units)
        draft.finish(EntryKind.QUARANTINE)


def _check_came_before(desk: Desk, draft: Draft, warehouse: Place, lot: Lot, units: int) -> None:
    """A recall keeps apart what is there now, so it is not of a day before that came."""
    if draft.there(lot, warehouse) >= units:
        return
    timeline = desk.ledger.timeline(warehouse, lot.id)
    came = (change.on for change in (timeline.changes() if timeline else ()) if change.quantity > 0)
    last = max(came)
    raise Incomplete(
        what=f"a recall of {draft.on}",
        missing=f"of lot {lot.id} some came to {warehouse} later",
        do=f"date it {last} or later",
        zh=f"{draft.on} 的召回：批次 {lot.id} 有一部分其后才到 {warehouse.id}；请把日期定在 {last} 或以后",
    )
