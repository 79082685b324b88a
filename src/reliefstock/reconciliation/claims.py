"""Published figures against the book.

A claim ties a figure, as printed, to a measure of the book. Both are intervals, and the verdict is how they
lie to one another:

- *supported*: all that the book says possible is what the figure says;
- *contradicted*: nothing is, not even if what may belong to it is counted; the verdict says by how much;
- *without a source*: the book has nothing of the kind, or cannot tell, because something in it is unknown;
  the verdict says how much of the figure has no source.

A figure that is supported only by the paper that it is printed in proves nothing new, so each verdict says
whether enough that is independent stands behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from types import MappingProxyType

import attrs

from reliefstock.book import Book
from reliefstock.catalogue import Item
from reliefstock.catalogue import Measure as Counted
from reliefstock.errors import AlreadyKnown, Incomplete, UnitMismatch, Unknown
from reliefstock.reconciliation.findings import Finding
from reliefstock.reconciliation.history import History
from reliefstock.reconciliation.measures import (
    MONEY,
    Goods,
    Measure,
    Measured,
    What,
    check_ids,
    counted_in,
    measure_in,
    sum_of,
)
from reliefstock.reconciliation.wording import money_text
from reliefstock.values import (
    Figure,
    Interval,
    Language,
    Period,
    identifier,
    minor_digits,
    near,
    parse_figure,
    texts,
)
from reliefstock.values.figures import MEASURE_WORDS

__all__ = [
    "CheckedClaim",
    "CheckedRelation",
    "Claim",
    "ClaimsReport",
    "Relation",
    "RelationKind",
    "Verdict",
    "check_claims",
]


# Chinese counts things of any kind with these: they say of what shape a thing is, and name no unit.
_CLASSIFIERS = frozenset(
    (*(word.code for word in MEASURE_WORDS.values() if not word.en), *"只支张把根面枚具部架座间栋幢")
)
_NOT_OF_THE_LEDGER = (What.OBSERVED, What.BUDGET)
_UNITS = frozenset((*(word.code for word in MEASURE_WORDS.values()), "%"))


class Verdict(Enum):
    """What became of a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    WITHOUT_SOURCE = "without a source"


def _claim_id(given: object) -> str:
    return identifier(given, "claim")


def _kind_zh(unit: str) -> str:
    return "金额" if unit == MONEY else "数量"


def _figure(given: str | Figure) -> Figure:
    return given if isinstance(given, Figure) else parse_figure(given)


def _may_be(printed: Figure, asked: str) -> bool:
    """Whether a figure may count in that unit, as far as its words tell."""
    is_money = printed.measure == MONEY
    return is_money or printed.unit in ("", asked) or bool({printed.unit, asked} & _CLASSIFIERS)


@attrs.frozen(kw_only=True)
class Claim:
    """A figure as printed, what it is said of, and the measure that it is held against.

    `source` names the paper that it is printed in.

    Raises `UnreadableFigure`, `Incomplete` where only one of figure and measure is money, and `UnitMismatch`
    where the figure is counted in another unit than the measure: tonnes, boxes or households are no pieces.
    A bare number may be of any unit, and so may what Chinese counts with a word that names no unit (59床). A
    word that is in no table (6包) must be what some item of the book calls that unit; `check_claims` asks.

    >>> reached = Measure(what=What.REACHED, period=Period.year(2023), unit="person")
    >>> Claim(id="people", figure="1万人", zh="惠及", en="reached", measure=reached).interval.low
    Fraction(10000, 1)
    """

    id: str = attrs.field(converter=_claim_id)
    figure: Figure = attrs.field(converter=_figure)
    zh: str
    en: str
    measure: Measure
    source: str = ""

    def __attrs_post_init__(self) -> None:
        printed, asked = self.figure, self.measure.unit
        if (printed.measure == MONEY) is not (asked == MONEY):
            raise Incomplete(
                what=f"claim {self.id}",
                missing=f"{printed.text!r} is {printed.measure}, its measure is in {asked}",
                do="choose a measure of the same kind",
                zh=f"公布数 {self.id}：{printed.text!r} 是{_kind_zh(printed.measure)}，"
                f"而口径是{_kind_zh(asked)}；请选用同类的口径",
            )
        if printed.unit in _UNITS and not _may_be(printed, asked):
            raise UnitMismatch(asked=printed.unit, there=asked)

    @property
    def interval(self) -> Interval:
        """What the figure says, in minor units for money."""
        if self.figure.currency is None:
            return self.figure.interval
        return self.figure.minor_interval(minor_digits(self.figure.currency))

    def amount_text(self, interval: Interval, lang: Language = "en") -> str:
        """Bounds in the unit of the measure (minor units for money), said in the unit of the figure."""
        if self.figure.currency is not None:
            return money_text(interval, self.figure.currency, lang)
        return attrs.evolve(self.figure, interval=interval).text_in(lang)

    def name(self, lang: Language = "en") -> str:
        """What the figure is said of, in Chinese (`zh`) or English."""
        return self.zh if lang == "zh" else self.en


@attrs.frozen(kw_only=True)
class CheckedClaim:
    """A claim with its verdict.

    `missing` is what the figure says above what the book knows, `excess` what the book knows above the
    figure; both in the unit of the measure (minor units for money), None where nothing is.
    `independent` says of a figure that is supported whether it still is without the paper under check, and
    of any other whether another paper stands behind what the book has.
    """

    claim: Claim
    measured: Measured
    verdict: Verdict
    missing: Interval | None
    excess: Interval | None
    independent: bool


class RelationKind(Enum):
    """How claims are said to hang together."""

    PART_OF = "part of"
    """Each part is at most the whole."""
    SUM_OF = "sum of"
    """The parts together are the whole."""
    MAY_CONTAIN = "may contain"
    """The parts may or may not be inside the whole; so they must not be added to it."""


@attrs.frozen
class Relation:
    """A whole and its parts, by the ids of the claims.

    Raises `Incomplete` where there are no parts, one stands twice, or one is the whole.
    """

    kind: RelationKind
    whole: str = attrs.field(converter=_claim_id)
    parts: tuple[str, ...] = attrs.field(converter=texts)

    def __attrs_post_init__(self) -> None:
        if not self.parts or len({self.whole, *self.parts}) != 1 + len(self.parts):
            raise Incomplete(
                what=f"a relation of {self.whole}",
                missing="its parts are none, or one of them stands twice or is the whole",
                do="name each part once",
                zh=f"{self.whole} 的关系：没有写部分，或某部分写了两次，或部分就是整体；请每部分各写一次",
            )


@attrs.frozen
class CheckedRelation:
    """A relation with its verdict, from the figures alone; `off` is by how much it fails.

    It is contradicted without an `off` where its claims are in several units, which are never added.
    """

    relation: Relation
    verdict: Verdict
    off: Interval | None


@attrs.frozen(kw_only=True)
class ClaimsReport:
    """All verdicts, and what follows from them."""

    claims: tuple[CheckedClaim, ...]
    relations: tuple[CheckedRelation, ...]
    findings: tuple[Finding, ...]

    def count(self, verdict: Verdict) -> int:
        """How many claims have that verdict."""
        return sum(checked.verdict is verdict for checked in self.claims)

    @property
    def supported_by_others(self) -> int:
        """How many claims are supported by another paper than their own."""
        return sum(checked.verdict is Verdict.SUPPORTED and checked.independent for checked in self.claims)


def check_claims(
    book: Book, claims: Sequence[Claim], relations: Sequence[Relation] = (), *, known: int | None = None
) -> ClaimsReport:
    """Hold every claim against the book (as it was after entry `known`), and the claims against one another.

    Raises `Unknown` for a relation that names a claim that is not there, and for a donor, donation, item,
    depot, recipient or project that the book does not know; `AlreadyKnown` for two claims of one id;
    `UnitMismatch` for a figure in a unit that no item calls that of its measure.
    Nothing that is wrong with the figures raises: that is what the report is for.

    >>> drive = Measure(what=What.GIVEN_OUT, period=Period.year(2023))
    >>> claim = Claim(id="drive", figure="40余万元", zh="发放", en="given out", measure=drive)
    >>> check_claims(Book("Ankang", currency="CNY"), [claim]).claims[0].verdict
    <Verdict.WITHOUT_SOURCE: 'without a source'>
    """
    by_id = _by_id(claims)
    checked = _check_all(book, claims, known)
    related = tuple(_check_relation(by_id, relation) for relation in relations)
    findings = (
        *_claim_findings(book, checked),
        *_relation_findings(by_id, related),
        *_nested(book, claims, relations),
    )
    return ClaimsReport(claims=checked, relations=related, findings=findings)


def _by_id(claims: Iterable[Claim]) -> dict[str, Claim]:
    by_id: dict[str, Claim] = {}
    for claim in claims:
        if claim.id in by_id:
            raise AlreadyKnown(what="claim", given=claim.id, differs="place in the list")
        by_id[claim.id] = claim
    return by_id


# Claims


def _check_all(book: Book, claims: Sequence[Claim], known: int | None) -> tuple[CheckedClaim, ...]:
    """The book is read once for all of the claims."""
    if not claims:
        return ()
    for claim in claims:
        check_ids(book, claim.measure)
        if not _may_be(claim.figure, claim.measure.unit) and not _is_called(book, claim):
            raise UnitMismatch(asked=claim.figure.unit, there=claim.measure.unit)
    first = min(claim.measure.period.first for claim in claims)
    last = max(claim.measure.period.last for claim in claims)
    history = History(book, Period(first, last), known)
    return tuple(_check(history, claim) for claim in claims)


def _is_called(book: Book, claim: Claim) -> bool:
    """Whether some item calls the unit of the measure as the figure does: its bale may be a 包."""
    packs = (pack for item in book.register.all(Item) for pack in (item.unit, *item.packs))
    names = (name for pack in packs if pack.code == claim.measure.unit for name in (pack.zh, pack.en))
    return claim.figure.unit in names


def _check(history: History, claim: Claim) -> CheckedClaim:
    if not _comparable(history.book, claim):
        return _without_source(claim)
    measured, claimed = measure_in(history, claim.measure), claim.interval
    verdict = _verdict(history, claim, measured)
    return CheckedClaim(
        claim=claim,
        measured=measured,
        verdict=verdict,
        missing=None if verdict is Verdict.SUPPORTED else _missing(measured, claimed),
        excess=claimed.gap_to(measured.widest),
        independent=_is_independent(claim, measured, verdict),
    )


def _comparable(book: Book, claim: Claim) -> bool:
    """A figure in another currency says nothing of this book until somebody states a rate."""
    return claim.figure.currency in (None, book.currency)


def _without_source(claim: Claim) -> CheckedClaim:
    return CheckedClaim(
        claim=claim,
        measured=Measured(()),
        verdict=Verdict.WITHOUT_SOURCE,
        missing=None,
        excess=None,
        independent=False,
    )


def _verdict(history: History, claim: Claim, measured: Measured) -> Verdict:
    """What may belong to it spoils no figure that stands without it, and may explain any other."""
    if measured.is_empty and not _is_nothing(history, claim, measured):
        return Verdict.WITHOUT_SOURCE
    if measured.bounds.inside(claim.interval):
        return Verdict.SUPPORTED
    return Verdict.WITHOUT_SOURCE if measured.widest.meets(claim.interval) else Verdict.CONTRADICTED


def _is_nothing(history: History, claim: Claim, measured: Measured) -> bool:
    """Where nothing was posted there was nothing: a figure of nothing is what the ledger says.

    Not of what the ledger does not hold, counts in another unit, or knows by another name; nor where
    something may belong to it.
    """
    asked = claim.measure
    return (
        claim.interval == Interval.exactly(0)
        and asked.what not in _NOT_OF_THE_LEDGER
        and not measured.possible
        and counted_in(history.book, asked)
        and history.programmes.issuperset(asked.scope.programmes)
    )


def _is_independent(claim: Claim, measured: Measured, verdict: Verdict) -> bool:
    """Whether papers other than its own do; what came back without a paper lowers what they show."""
    if verdict is not Verdict.SUPPORTED:
        return any(paper != claim.source for paper in measured.evidence)
    others = [
        part
        for part in measured.certain
        if part.evidence != claim.source and (part.evidence or part.amount.low < 0)
    ]
    return any(part.evidence for part in others) and sum_of(others).inside(claim.interval)


def _missing(measured: Measured, claimed: Interval) -> Interval | None:
    """What the figure says above what is known for certain."""
    return Interval.exactly(measured.bounds.low).gap_to(claimed)


# Claims among themselves


def _check_relation(by_id: Mapping[str, Claim], relation: Relation) -> CheckedRelation:
    whole, *parts = (_named(by_id, claim_id) for claim_id in (relation.whole, *relation.parts))
    if relation.kind is RelationKind.MAY_CONTAIN:
        return CheckedRelation(relation, Verdict.WITHOUT_SOURCE, None)
    if any(_unit(part) != _unit(whole) for part in parts):
        return CheckedRelation(relation, Verdict.CONTRADICTED, None)
    if relation.kind is RelationKind.PART_OF:
        return _check_parts(relation, whole, parts)
    return _check_sum(relation, whole, parts)


def _unit(claim: Claim) -> str:
    """In what its interval is counted; what differs in it is never added or compared."""
    return claim.figure.currency or claim.measure.unit


def _check_sum(relation: Relation, whole: Claim, parts: list[Claim]) -> CheckedRelation:
    total = sum((part.interval for part in parts), Interval.exactly(0))
    off = total.gap_to(whole.interval) or whole.interval.gap_to(total)
    if off is not None:
        return CheckedRelation(relation, Verdict.CONTRADICTED, off)
    inside = total.inside(whole.interval)
    return CheckedRelation(relation, Verdict.SUPPORTED if inside else Verdict.WITHOUT_SOURCE, None)


def _check_parts(relation: Relation, whole: Claim, parts: list[Claim]) -> CheckedRelation:
    """Each part must be at most the whole, whatever the two figures stand for within their bounds."""
    for part in parts:
        off = whole.interval.gap_to(part.interval)
        if off is not None:
            return CheckedRelation(relation, Verdict.CONTRADICTED, off)
    certain = all(_at_most(part.interval, whole.interval) for part in parts)
    return CheckedRelation(relation, Verdict.SUPPORTED if certain else Verdict.WITHOUT_SOURCE, None)


def _at_most(part: Interval, whole: Interval) -> bool:
    return part.high is not None and part.high <= whole.low


def _named(by_id: Mapping[str, Claim], claim_id: str) -> Claim:
    if claim_id not in by_id:
        raise Unknown(what="claim", given=claim_id, near=near(claim_id, by_id))
    return by_id[claim_id]


# Findings


def _claim_findings(book: Book, checked: Iterable[CheckedClaim]) -> Iterator[Finding]:
    for one in checked:
        if one.verdict is not Verdict.SUPPORTED:
            yield _claim_finding(book, one)


def _claim_finding(book: Book, one: CheckedClaim) -> Finding:
    claim, printed = one.claim, one.claim.figure.text
    zh, en = (
        sentence + besides for sentence, besides in zip(_sentences(book, one), _besides(one), strict=True)
    )
    off = one.excess or one.missing
    return Finding(
        code=f"claim-{one.verdict.value.replace(' a ', ' ').replace(' ', '-')}",
        about=claim.id,
        zh=f"{claim.zh}「{printed}」：{zh}",
        en=f"{claim.en}, printed as {printed!r}: {en}",
        figures=() if off is None else (("by", claim.amount_text(off, "en")),),
        documents=one.measured.documents,
    )


def _sentences(book: Book, one: CheckedClaim) -> tuple[str, str]:
    if not _comparable(book, one.claim):
        given, ours = one.claim.figure.currency, book.currency
        return (
            f"账以 {ours} 记，{given} 未注明汇率，无从比较",
            f"the book is in {ours}, and no rate of {given} is stated",
        )
    if one.measured.possible and one.measured.is_empty:
        return "账中没有确定的依据", "the book has nothing of the kind for certain"
    if one.measured.is_empty:
        return "账中没有依据", "the book has nothing of the kind"
    has = one.measured.bounds
    zh, en = f"账中为{one.claim.amount_text(has, 'zh')}", f"the book has {one.claim.amount_text(has, 'en')}"
    if one.excess is not None:
        zh += f"，账面比公布数多{one.claim.amount_text(one.excess, 'zh')}"
        return zh, f"{en}, {one.claim.amount_text(one.excess, 'en')} more than the figure"
    if one.missing is not None:
        zh += f"，公布数比账面多{one.claim.amount_text(one.missing, 'zh')}"
        return zh, f"{en}; the figure is {one.claim.amount_text(one.missing, 'en')} more than the book"
    return f"{zh}，不足以证实", f"{en}, which cannot confirm it"


def _besides(one: CheckedClaim) -> tuple[str, str]:
    """What is not counted and may belong to it."""
    possible = one.measured.possible
    if not possible:
        return "", ""
    amount = sum_of(part for part in one.measured.parts if not part.certain)
    known = amount != Interval.unknown()
    zh = f"（{one.claim.amount_text(amount, 'zh')}）" if known else ""
    en = f" ({one.claim.amount_text(amount, 'en')})" if known else ""
    zh = f"；未计入{'、'.join(possible)}{zh}，可能属于此项"
    return zh, f"; not counted: {', '.join(possible)}{en}, which may belong to it"


def _relation_findings(by_id: Mapping[str, Claim], checked: Iterable[CheckedRelation]) -> Iterator[Finding]:
    for one in checked:
        if one.relation.kind is RelationKind.MAY_CONTAIN:
            yield _may_contain(by_id, one.relation)
        elif one.verdict is Verdict.CONTRADICTED and one.off is None:
            yield _mixed_units(by_id, one.relation)
        elif one.verdict is not Verdict.SUPPORTED:
            yield _broken_relation(by_id[one.relation.whole], one)


def _may_contain(by_id: Mapping[str, Claim], relation: Relation) -> Finding:
    whole, parts = by_id[relation.whole], [by_id[part] for part in relation.parts]
    zh = "、".join(f"{part.id}（{part.zh}）" for part in parts)
    en = ", ".join(f"{part.id} ({part.en})" for part in parts)
    return Finding(
        code="may-contain",
        about=relation.whole,
        zh=f"{whole.id}（{whole.zh}）可能已包含{zh}，不得相加",
        en=f"{whole.id} ({whole.en}) may contain {en}: they must not be added",
    )


def _mixed_units(by_id: Mapping[str, Claim], relation: Relation) -> Finding:
    units = dict.fromkeys(_unit(by_id[claim]) for claim in (relation.whole, *relation.parts))
    return Finding(
        code="relation-units",
        about=relation.whole,
        zh=f"{'、'.join(relation.parts)} 与 {relation.whole}：单位不同（{'、'.join(units)}），不得相加或比较",
        en=f"{', '.join(relation.parts)} and {relation.whole} are in different units ({', '.join(units)}): "
        "they are never added or compared",
    )


def _broken_relation(whole: Claim, one: CheckedRelation) -> Finding:
    relation = one.relation
    zh, en = ("无法确定", "cannot be told")
    if one.off is not None:
        zh = f"不成立，相差{whole.amount_text(one.off, 'zh')}"
        en = f"does not hold, off by {whole.amount_text(one.off, 'en')}"
    kind_zh = "部分不大于整体" if relation.kind is RelationKind.PART_OF else "各部分之和等于整体"
    return Finding(
        code="relation-uncertain" if one.off is None else "relation-contradicted",
        about=relation.whole,
        zh=f"{'、'.join(relation.parts)} 与 {relation.whole}：{kind_zh}{zh}",
        en=f"that {relation.whole} is the {_WORDS[relation.kind]} {', '.join(relation.parts)} {en}",
        figures=() if one.off is None else (("by", whole.amount_text(one.off, "en")),),
    )


_WORDS = MappingProxyType({RelationKind.PART_OF: "whole of", RelationKind.SUM_OF: "sum of"})


# What must not be added


def _nested(book: Book, claims: Sequence[Claim], relations: Sequence[Relation]) -> Iterator[Finding]:
    """Figures of one thing, and figures of which one lies within the other by what they measure.

    What a relation states already is not said again.
    """
    said = {(relation.whole, part) for relation in relations for part in relation.parts}
    asked = [(claim, _with_goods(book, claim.measure)) for claim in claims]
    for at, (part, inner) in enumerate(asked):
        for other, (whole, outer) in enumerate(asked):
            if other == at or (whole.id, part.id) in said or not inner.within(outer):
                continue
            if not outer.within(inner):
                yield _inside(part, whole)
            elif at < other and (part.id, whole.id) not in said:
                yield _told_twice(part, whole)


def _with_goods(book: Book, asked: Measure) -> Measure:
    """The measure with what its items are (goods, money or both), so that two compare by it."""
    if not asked.scope.items:
        return asked
    money = {item.id for item in book.register.all(Item) if item.measure is Counted.MONEY}
    kinds = {item in money for item in asked.scope.items}
    if len(kinds) > 1:
        return attrs.evolve(asked, goods=Goods.ALL)
    return attrs.evolve(asked, goods=Goods.MONEY if True in kinds else Goods.GOODS)


def _inside(part: Claim, whole: Claim) -> Finding:
    return Finding(
        code="nested",
        about=part.id,
        zh=f"{part.id}（{part.zh}）包含在 {whole.id}（{whole.zh}）之内，不得相加",
        en=f"{part.id} ({part.en}) lies within {whole.id} ({whole.en}): they must not be added",
    )


def _told_twice(one: Claim, other: Claim) -> Finding:
    return Finding(
        code="told-twice",
        about=one.id,
        zh=f"{one.id}（{one.zh}）与 {other.id}（{other.zh}）说的是同一件事，不得相加",
        en=f"{one.id} ({one.en}) and {other.id} ({other.en}) are figures of one thing: "
        "they must not be added",
    )
