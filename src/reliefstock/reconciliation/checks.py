"""What a careful reader would ask of a report and its book, beyond the figures.

Does something belong to another period? Are two names one? What is known of but without a value, an amount
or a recipient, and what could it be at most? Each check returns findings; none changes anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reliefstock.book import Book
from reliefstock.ledger import Side
from reliefstock.operations import Document, Mention, Observation
from reliefstock.parties import Household
from reliefstock.reconciliation.claims import CheckedClaim, ClaimsReport, Verdict
from reliefstock.reconciliation.findings import Finding
from reliefstock.reconciliation.measures import MONEY, Measure, What, measure
from reliefstock.reconciliation.names import Named, probable_pairs
from reliefstock.reconciliation.scope import Scope
from reliefstock.reconciliation.wording import money_text
from reliefstock.values import Interval, Language, Money, Period

__all__ = ["cut_off", "gap_candidates", "incomplete", "one_name", "remainders", "unvalued"]


def cut_off(book: Book, period: Period) -> tuple[Finding, ...]:
    """Documents dated outside the period that the report is about."""
    return tuple(
        Finding(
            code="cut-off",
            about=number,
            zh=f"{document.zh} {number}（{_about(document, 'zh')}）日期为{_when(document).text('zh')}，不在{period.text('zh')}之内",
            en=f"{document.en.lower()} {number} ({_about(document, 'en')}) is of {_when(document).text('en')}, outside {period.text('en')}",
            documents=(number,),
        )
        for number, document in book.documents.items()
        if not period.overlaps(_when(document))
    )


def _when(document: Document) -> Period:
    if isinstance(document, Observation | Mention):
        return document.period
    return Period.day(document.on)


def _about(document: Document, lang: Language) -> str:
    return document.about(lang) if isinstance(document, Observation | Mention) else document.number


def unvalued(book: Book) -> tuple[Finding, ...]:
    """Lots of which nobody stated a value; no total of values contains them."""
    return tuple(
        Finding(
            code="value-not-stated",
            about=lot.id,
            zh=f"批次 {lot.id}：{book.register.item(lot.item).zh} {_stated(book, lot.item, lot.quantity, 'zh')}，未说明价值，未计入任何金额",
            en=f"lot {lot.id}: the value of {_stated(book, lot.item, lot.quantity, 'en')} of {book.register.item(lot.item).name('en')} is not stated and is in no total",
            figures=(("quantity", str(lot.quantity)),),
            documents=tuple(entry.document for entry in book.ledger.entries_of(lot.id))[:1],
        )
        for lot in book.ledger.lots.values()
        if lot.unvalued
    )


def _stated(book: Book, item: str, quantity: int, lang: Language) -> str:
    stated = book.register.item(item).stated(quantity)
    return money_text(quantity, book.currency, lang) if isinstance(stated, Money) else stated.text(lang)


def incomplete(book: Book) -> tuple[Finding, ...]:
    """Movements that papers speak of without all that an entry needs."""
    return tuple(
        Finding(
            code="movement-incomplete",
            about=mention.number,
            zh=f"{mention.number}（{mention.about('zh')}）：缺少{'、'.join(_MISSING_ZH.get(part, part) for part in mention.missing)}，未入账",
            en=f"{mention.number} ({mention.about('en')}): {', '.join(mention.missing)} unknown, so it is not posted",
            documents=(mention.number,),
        )
        for mention in book.documents_of(Mention)
    )


_MISSING_ZH = {
    "amount": "金额或数量",
    "amount of each": "各自金额",
    "date": "日期",
    "item": "物资名称",
    "origin": "发出地点",
    "place": "入库地点或账户",
    "recipient": "受助方",
}


def remainders(book: Book) -> tuple[Finding, ...]:
    """What is still in the book of a donation of which papers name further recipients without amounts.

    If all of it was passed on, the recipients named got it, together.
    """
    return tuple(_remainder(book, mention) for mention in _forwarded(book) if _left(book, mention))


def _forwarded(book: Book) -> Iterator[Mention]:
    for mention in book.documents_of(Mention):
        if (
            mention.donation
            and mention.recipients
            and mention.side is Side.GIVEN_OUT
            and mention.value is None
        ):
            yield mention


def _left(book: Book, mention: Mention) -> int:
    """What is on hand of the donation at the end of the period, in minor units."""
    held = Measure(what=What.ON_HAND, period=mention.period, scope=Scope(donations=(mention.donation or "",)))
    return int(measure(book, held).bounds.low)


def _remainder(book: Book, mention: Mention) -> Finding:
    left = _left(book, mention)
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
    """For each figure with a part without source: what else came in, that might be it.

    Nobody says that it is; the finding lists what the rest of the book adds up to, so that a reader need not.
    """
    return tuple(
        _candidates(book, checked, period)
        for checked in report.claims
        if checked.verdict is not Verdict.SUPPORTED
        and checked.missing is not None
        and not checked.measured.is_empty
        and checked.claim.measure.what is What.GIVEN_OUT
        and checked.claim.measure.unit == MONEY
    )


def _candidates(book: Book, checked: CheckedClaim, period: Period) -> Finding:
    claim, currency = checked.claim, book.currency
    inside = measure(book, Measure(what=What.RECEIVED, period=period, scope=claim.measure.scope))
    everything = measure(book, Measure(what=What.RECEIVED, period=period))
    rest = [part for part in everything.parts if part.document not in inside.documents]
    total = sum((part.amount for part in rest), Interval.exactly(0))
    documents = tuple(dict.fromkeys(part.document for part in rest))
    return Finding(
        code="gap-candidates",
        about=claim.id,
        zh=f"{claim.zh}：同期另有物资收入{money_text(total, currency, 'zh')}（{'、'.join(documents)}），是否计入其中，文件没有说明",
        en=f"{claim.en}: other goods received in the period come to {money_text(total, currency, 'en')} "
        f"({', '.join(documents)}); whether they are in the figure is not said",
        figures=(("others", money_text(total, currency, "en")),),
        documents=documents,
    )


def one_name(names: Iterable[Named]) -> tuple[Finding, ...]:
    """Names that are probably one, so that what is told of them may be told twice."""
    return tuple(
        Finding(
            code="one-name",
            about=pair.first.name,
            zh=f"「{pair.first.name}」与「{pair.second.name}」可能是同一个名称：{pair.reason_zh}",
            en=f"{pair.first.name!r} and {pair.second.name!r} are probably one name: {pair.reason_en}",
        )
        for pair in probable_pairs(names)
    )
