"""What a careful reader would ask of a report and its book, beyond the figures.

Does something belong to another period? Are two names one? What is known of but without a value, an amount
or a recipient, and what could it be at most? Each check returns findings; none changes anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import MappingProxyType

import attrs

from reliefstock.book import Book
from reliefstock.ledger import Lot, Side
from reliefstock.operations import Document, Mention, Observation, PeriodClose, PeriodSeal, Reopening
from reliefstock.parties import Household
from reliefstock.reconciliation.claims import CheckedClaim, Claim, ClaimsReport
from reliefstock.reconciliation.findings import Finding
from reliefstock.reconciliation.measures import Measure, Measured, Part, What, measure
from reliefstock.reconciliation.names import Named, probable_pairs
from reliefstock.reconciliation.scope import Scope
from reliefstock.reconciliation.sources import came_in_for
from reliefstock.reconciliation.wording import money_text
from reliefstock.values import Interval, Language, Money, Period, Quantity

__all__ = ["cut_off", "gap_candidates", "incomplete", "one_name", "remainders", "unvalued"]


def cut_off(book: Book, period: Period) -> tuple[Finding, ...]:
    """Documents dated outside the period that the report is about.

    >>> cut_off(Book("Ankang", currency="CNY"), Period.half_year(2023, 1))
    ()
    """
    return tuple(
        _outside(document, period)
        for document in book.documents.values()
        if not period.overlaps(_when(document)) and not _is_withdrawn(book, document)
    )


def _is_withdrawn(book: Book, document: Document) -> bool:
    """Whether it moved nothing and was taken back, so that nothing of it is left."""
    return not document.entries and book.is_reversed(document.number)


def _outside(document: Document, period: Period) -> Finding:
    when, number = _when(document), document.number
    zh, en = (_about(document, lang) for lang in ("zh", "en"))
    return Finding(
        code="cut-off",
        about=number,
        zh=f"{document.zh} {number}{zh and f'（{zh}）'}日期为{when.text('zh')}，不在{period.text('zh')}之内",
        en=f"{document.en.lower()} {number}{en and f' ({en})'} is of {when.text('en')}, "
        f"outside {period.text('en')}",
        documents=(number,),
    )


def _when(document: Document) -> Period:
    if isinstance(document, Observation | Mention | PeriodClose | PeriodSeal | Reopening):
        return document.period
    return Period.day(document.on)


def _about(document: Document, lang: Language) -> str:
    return document.about(lang) if isinstance(document, Observation | Mention) else ""


def unvalued(book: Book) -> tuple[Finding, ...]:
    """Lots of which nobody stated a value, as far as they are still there; no total of values contains them.

    What was taken back, revalued or sold is not among them; what is in a kit that has a value is.

    >>> unvalued(Book("Ankang", currency="CNY"))
    ()
    """
    lots = ((lot, _without_value(book, lot)) for lot in book.ledger.lots.values() if lot.unvalued)
    return tuple(_unvalued_lot(book, lot, units) for lot, units in lots if units)


def _without_value(book: Book, lot: Lot) -> int:
    """How many units of a lot are anywhere without a value, in base units."""
    valued = (made for made in book.ledger.made_of(lot.id) if made.item != lot.item and not made.unvalued)
    kits = {book.ledger.birthplace(made.id) for made in valued if book.item_of(made.id).is_goods}
    places = (place for place in book.ledger.places_of(lot.id) if place.kind.side in _ENDS or place in kits)
    return sum(book.ledger.holding(place, lot.id).quantity for place in places)


_ENDS = (Side.ON_HAND, Side.IN_TRANSIT, Side.GIVEN_OUT, Side.LOST)


def _unvalued_lot(book: Book, lot: Lot, units: int) -> Finding:
    item = book.register.item(lot.item)
    zh, en = (_stated(item.stated(units), lang) for lang in ("zh", "en"))
    return Finding(
        code="value-not-stated",
        about=lot.id,
        zh=f"批次 {lot.id}：{item.zh} {zh}，未说明价值，未计入任何金额",
        en=f"lot {lot.id}: the value of {en} of {item.name('en')} is not stated and is in no total",
        figures=(("quantity", str(units)),),
        documents=(next(book.ledger.entries_of(lot.id)).document,),
    )


def _stated(amount: Quantity | Money, lang: Language) -> str:
    return money_text(amount.minor, amount.currency, lang) if isinstance(amount, Money) else amount.text(lang)


def incomplete(book: Book) -> tuple[Finding, ...]:
    """Movements that papers speak of without all that an entry needs.

    >>> incomplete(Book("Ankang", currency="CNY"))
    ()
    """
    return tuple(_incomplete(mention) for mention in _standing(book))


def _standing(book: Book) -> Iterator[Mention]:
    return (mention for mention in book.documents_of(Mention) if not book.is_reversed(mention.number))


def _incomplete(mention: Mention) -> Finding:
    missing_zh = "、".join(_MISSING_ZH.get(part, part) for part in mention.missing)
    return Finding(
        code="movement-incomplete",
        about=mention.number,
        zh=f"{mention.number}（{mention.about('zh')}）：缺少{missing_zh}，未入账",
        en=f"{mention.number} ({mention.about('en')}): {', '.join(mention.missing)} unknown, "
        "so it is not posted",
        documents=(mention.number,),
    )


_MISSING_ZH = MappingProxyType(
    {
        "amount": "金额或数量",
        "amount of each": "各自金额",
        "date": "日期",
        "donor": "捐赠方",
        "exact amount": "确切金额或数量",
        "item": "物资名称",
        "origin": "发出地点",
        "place": "入库地点或账户",
        "quantity": "数量",
        "programme": "项目活动",
        "recipient": "接收方",
        "unit": "计量单位",
        "value": "金额",
    }
)


def remainders(book: Book) -> tuple[Finding, ...]:
    """What is still in the book of a donation of which papers name further recipients without amounts.

    If all of it was passed on, the recipients named got it, together.

    >>> remainders(Book("Ankang", currency="CNY"))
    ()
    """
    forwarded = (mention for mention in _standing(book) if _is_forwarded(book, mention))
    found = ((mention, _left(book, mention)) for mention in forwarded)
    return tuple(_remainder(book, mention, left) for mention, left in found if left)


def _is_forwarded(book: Book, mention: Mention) -> bool:
    passed_on = mention.side is Side.GIVEN_OUT and bool(mention.recipients)
    return passed_on and mention.value is None and bool(book.ledger.given(mention.donation or ""))


def _left(book: Book, mention: Mention) -> int:
    """What is on hand of the donation at the end of the period, in minor units."""
    scope = Scope(donations=(mention.donation or "",))
    held = Measure(what=What.ON_HAND, period=mention.period, scope=scope)
    return int(measure(book, held).bounds.low)


def _remainder(book: Book, mention: Mention, left: int) -> Finding:
    left_zh, left_en = (money_text(left, book.currency, lang) for lang in ("zh", "en"))
    names = [book.register.recipient(recipient) for recipient in mention.recipients]
    zh = "、".join(noun.id if isinstance(noun, Household) else noun.name("zh") for noun in names)
    en = ", ".join(noun.id if isinstance(noun, Household) else noun.name("en") for noun in names)
    return Finding(
        code="remainder",
        about=mention.number,
        zh=f"捐赠 {mention.donation} 账上尚余{left_zh}；若已全部下拨，则{zh}共得{left_zh}",
        en=f"{left_en} of donation {mention.donation} is still in the book; "
        f"if all of it was passed on, {en} got {left_en} together",
        figures=(("left", left_en),),
        documents=(mention.number, mention.donation or ""),
    )


def gap_candidates(book: Book, report: ClaimsReport, period: Period) -> tuple[Finding, ...]:
    """For each figure given out with a part without source: what else came in, that might be it.

    Nobody says that it is; the finding lists what the rest of the book adds up to, so that a reader need not.

    >>> nothing = ClaimsReport(claims=(), relations=(), findings=())
    >>> gap_candidates(Book("Ankang", currency="CNY"), nothing, Period.half_year(2023, 1))
    ()
    """
    came_in = measure(book, Measure(what=What.RECEIVED, period=period))
    gaps = (checked.claim for checked in report.claims if _is_gap(book, checked))
    found = ((claim, _others(book, claim, period, came_in)) for claim in gaps)
    return tuple(_candidates(book, claim, others) for claim, others in found if not others.is_empty)


def _is_gap(book: Book, checked: CheckedClaim) -> bool:
    """Whether a figure of what was given out is above what the book has, and what came in for it."""
    asked = checked.claim.measure
    return (
        checked.missing is not None
        and not checked.measured.is_empty
        and asked.what is What.GIVEN_OUT
        and checked.claim.figure.currency == book.currency
        and came_in_for(book, asked).gap_to(checked.claim.interval) is not None
    )


def _others(book: Book, claim: Claim, period: Period, came_in: Measured) -> Measured:
    """What came in outside the scope of the claim; who got it later says nothing of where it came from."""
    scope = attrs.evolve(claim.measure.scope, recipients=(), recipient_kinds=())
    inside = measure(book, Measure(what=What.RECEIVED, period=period, scope=scope)).documents
    return Measured(tuple(part for part in came_in.certain if part.document not in inside))


def _said(book: Book, part: Part, lang: Language) -> str:
    if part.amount == Interval.unknown():
        return "未说明" if lang == "zh" else "not stated"
    return money_text(part.amount, book.currency, lang)


def _candidates(book: Book, claim: Claim, others: Measured) -> Finding:
    zh, en = (money_text(others.bounds, book.currency, lang) for lang in ("zh", "en"))
    each_zh = "、".join(f"{part.document}：{_said(book, part, 'zh')}" for part in others.parts)
    each_en = ", ".join(f"{part.document}: {_said(book, part, 'en')}" for part in others.parts)
    return Finding(
        code="gap-candidates",
        about=claim.id,
        zh=f"{claim.zh}：同期另有物资收入{zh}（{each_zh}），是否计入其中，文件没有说明",
        en=f"{claim.en}: other goods received in the period come to {en} ({each_en}); "
        "whether they are in the figure is not said",
        figures=(("others", en), *((part.document, _said(book, part, "en")) for part in others.parts)),
        documents=others.documents,
    )


def one_name(names: Iterable[Named]) -> tuple[Finding, ...]:
    """Names that are probably one, so that what is told of them may be told twice, with the papers that do.

    >>> schools = Named("吕河镇中心学校", "school"), Named("铝河镇中心学校", "school")
    >>> [finding.about for finding in one_name(schools)]
    ['吕河镇中心学校']
    """
    return tuple(
        Finding(
            code="one-name",
            about=pair.first.name,
            zh=f"「{pair.first.name}」与「{pair.second.name}」可能是同一个名称：{pair.reason_zh}"
            "；两处所述可能是同一件事",
            en=f"{pair.first.name!r} and {pair.second.name!r} are probably one name: {pair.reason_en}; "
            "what is told of them may be told twice",
            documents=tuple(dict.fromkeys((*pair.first.documents, *pair.second.documents))),
        )
        for pair in probable_pairs(names)
    )
