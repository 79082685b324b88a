"""Published figures against the book.

A claim ties a figure, as printed, to a measure of the book. Both are intervals, and the verdict is how they
lie to one another:

- *supported*: all that the book says possible is what the figure says;
- *contradicted*: nothing is; the verdict says by how much;
- *without a source*: the book has nothing of the kind, or cannot tell, because something in it is unknown;
  the verdict says how much of the figure has no source.

A figure that is supported only by the paper that it is printed in proves nothing new, so each verdict says
whether anything independent stands behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum

import attrs

from reliefstock.book import Book
from reliefstock.errors import AlreadyKnown, Incomplete, Unknown
from reliefstock.reconciliation.findings import Finding
from reliefstock.reconciliation.measures import MONEY, Measure, Measured, measure
from reliefstock.reconciliation.wording import money_text
from reliefstock.values import Figure, Interval, Language, identifier, minor_digits, near, parse_figure

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


class Verdict(Enum):
    """What became of a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    WITHOUT_SOURCE = "without a source"


def _claim_id(given: object) -> str:
    return identifier(given, "claim")


def _figure(given: str | Figure) -> Figure:
    return given if isinstance(given, Figure) else parse_figure(given)


@attrs.frozen(kw_only=True)
class Claim:
    """A figure as printed, what it is said of, and the measure that it is held against.

    `source` names the paper that it is printed in. Raises `UnreadableFigure`.
    """

    id: str = attrs.field(converter=_claim_id)
    figure: Figure = attrs.field(converter=_figure)
    zh: str
    en: str
    measure: Measure
    source: str = ""

    def __attrs_post_init__(self) -> None:
        if (self.figure.measure == MONEY) is not (self.measure.unit == MONEY):
            raise Incomplete(
                what=f"claim {self.id}",
                missing=f"{self.figure.text!r} is {self.figure.measure}, its measure is in {self.measure.unit}",
                do="choose a measure of the same kind",
            )

    @property
    def interval(self) -> Interval:
        """What the figure says, in minor units for money."""
        if self.figure.currency is None:
            return self.figure.interval
        return self.figure.minor_interval(minor_digits(self.figure.currency))

    def name(self, lang: Language = "en") -> str:
        """What the figure is said of, in Chinese (`zh`) or English."""
        return self.zh if lang == "zh" else self.en


@attrs.frozen(kw_only=True)
class CheckedClaim:
    """A claim with its verdict.

    `missing` is what the figure says above what the book knows, `excess` what the book knows above the
    figure; both in the unit of the measure (minor units for money), None where nothing is.
    `independent` says whether another paper than the one under check stands behind it.
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
    """A whole and its parts, by the ids of the claims."""

    kind: RelationKind
    whole: str
    parts: tuple[str, ...]


@attrs.frozen
class CheckedRelation:
    """A relation with its verdict, from the figures alone; `off` is by how much it fails, if it does."""

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
    """Hold every claim against the book, and the claims against one another.

    Raises `Unknown` for a relation that names a claim that is not there, `AlreadyKnown` for two claims of one
    id. Nothing that is wrong with the figures raises: that is what the report is for.
    """
    by_id = _by_id(claims)
    checked = tuple(_check(book, claim, known) for claim in claims)
    related = tuple(_check_relation(by_id, relation) for relation in relations)
    findings = (*_claim_findings(checked), *_relation_findings(related), *_nested(claims, relations))
    return ClaimsReport(claims=checked, relations=related, findings=findings)


def _by_id(claims: Iterable[Claim]) -> dict[str, Claim]:
    by_id: dict[str, Claim] = {}
    for claim in claims:
        if claim.id in by_id:
            raise AlreadyKnown(what="claim", given=claim.id, differs="place in the list")
        by_id[claim.id] = claim
    return by_id


# Claims


def _check(book: Book, claim: Claim, known: int | None) -> CheckedClaim:
    measured = measure(book, claim.measure, known=known)
    return CheckedClaim(
        claim=claim,
        measured=measured,
        verdict=_verdict(measured, claim.interval),
        missing=_missing(measured, claim.interval),
        excess=claim.interval.gap_to(measured.bounds),
        independent=any(paper != claim.source for paper in measured.evidence),
    )


def _verdict(measured: Measured, claimed: Interval) -> Verdict:
    if measured.is_empty:
        return Verdict.WITHOUT_SOURCE
    if measured.bounds.inside(claimed):
        return Verdict.SUPPORTED
    return Verdict.WITHOUT_SOURCE if measured.bounds.meets(claimed) else Verdict.CONTRADICTED


def _missing(measured: Measured, claimed: Interval) -> Interval | None:
    """What the figure says above what is known for certain."""
    return Interval.exactly(measured.bounds.low).gap_to(claimed)


# Claims among themselves


def _check_relation(by_id: Mapping[str, Claim], relation: Relation) -> CheckedRelation:
    whole, *parts = (_named(by_id, claim_id) for claim_id in (relation.whole, *relation.parts))
    if relation.kind is RelationKind.MAY_CONTAIN:
        return CheckedRelation(relation, Verdict.WITHOUT_SOURCE, None)
    if relation.kind is RelationKind.PART_OF:
        return _check_parts(relation, whole, parts)
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


def _claim_findings(checked: Iterable[CheckedClaim]) -> Iterable[Finding]:
    for one in checked:
        if one.verdict is not Verdict.SUPPORTED:
            yield _claim_finding(one)


def _claim_finding(one: CheckedClaim) -> Finding:
    claim, printed = one.claim, one.claim.figure.text
    zh, en = _sentences(one)
    off = one.excess or one.missing
    return Finding(
        code=f"claim-{one.verdict.value.replace(' a ', ' ').replace(' ', '-')}",
        about=claim.id,
        zh=f"{claim.zh}「{printed}」：{zh}",
        en=f"{claim.en}, printed as {printed!r}: {en}",
        figures=() if off is None else (("by", _amount(claim, off, "en")),),
        documents=one.measured.documents,
    )


def _sentences(one: CheckedClaim) -> tuple[str, str]:
    if one.measured.is_empty:
        return "账中没有依据", "the book has nothing of the kind"
    has = one.measured.bounds
    zh, en = f"账中为{_amount(one.claim, has, 'zh')}", f"the book has {_amount(one.claim, has, 'en')}"
    if one.excess is not None:
        zh += f"，账中多{_amount(one.claim, one.excess, 'zh')}"
        return zh, f"{en}, that is {_amount(one.claim, one.excess, 'en')} more"
    if one.missing is not None:
        zh += f"，其中{_amount(one.claim, one.missing, 'zh')}没有来源"
        return zh, f"{en}; {_amount(one.claim, one.missing, 'en')} of it has no source"
    return f"{zh}，不足以证实", f"{en}, which cannot confirm it"


def _amount(claim: Claim, interval: Interval, lang: Language) -> str:
    """An interval in the unit of the claim, in words."""
    if claim.figure.currency is not None:
        return money_text(interval, claim.figure.currency, lang)
    return attrs.evolve(claim.figure, interval=interval).text_in(lang)


def _relation_findings(checked: Iterable[CheckedRelation]) -> Iterable[Finding]:
    for one in checked:
        relation, parts = one.relation, "、".join(one.relation.parts)
        if relation.kind is RelationKind.MAY_CONTAIN:
            yield Finding(
                code="may-contain",
                about=relation.whole,
                zh=f"{relation.whole} 可能已包含 {parts}，不得相加",
                en=f"{relation.whole} may contain {', '.join(relation.parts)}: they must not be added",
            )
        elif one.verdict is not Verdict.SUPPORTED:
            yield _broken_relation(one)


def _broken_relation(one: CheckedRelation) -> Finding:
    relation, parts = one.relation, ", ".join(one.relation.parts)
    by_zh = "" if one.off is None else f"，相差{one.off.text('zh')}"
    by_en = "" if one.off is None else f", off by {one.off.text('en')}"
    sure_zh, sure_en = ("不成立", "does not hold") if one.off else ("无法确定", "cannot be told")
    kind_zh = "部分不大于整体" if relation.kind is RelationKind.PART_OF else "各部分之和等于整体"
    return Finding(
        code=f"relation-{'contradicted' if one.off else 'uncertain'}",
        about=relation.whole,
        zh=f"{parts} 与 {relation.whole}：{kind_zh}{sure_zh}{by_zh}",
        en=f"that {parts} is {relation.kind.value} {relation.whole} {sure_en}{by_en}",
        figures=() if one.off is None else (("by", one.off.text("en")),),
    )


def _nested(claims: Sequence[Claim], relations: Sequence[Relation]) -> Iterable[Finding]:
    """Figures of which one lies within the other by what they measure: they must not be added."""
    said = {(relation.whole, part) for relation in relations for part in relation.parts}
    for part in claims:
        for whole in claims:
            nested = part is not whole and part.measure.within(whole.measure)
            if nested and not whole.measure.within(part.measure) and (whole.id, part.id) not in said:
                yield Finding(
                    code="nested",
                    about=part.id,
                    zh=f"{part.id}（{part.zh}）包含在 {whole.id}（{whole.zh}）之内，不得相加",
                    en=f"{part.id} ({part.en}) lies within {whole.id} ({whole.en}): they must not be added",
                )
