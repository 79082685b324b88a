"""Published figures against the book, as tables: the verdicts, the relations, the findings.

A figure stands as it was printed, beside what the book has, by how much the two differ, and whether
anything but the paper itself speaks for it.
"""

from __future__ import annotations

from collections.abc import Sequence

from reliefstock.reconciliation import (
    CheckedClaim,
    CheckedRelation,
    Claim,
    ClaimsReport,
    Finding,
    RelationKind,
    Verdict,
)
from reliefstock.reports.naming import legend
from reliefstock.reports.tables import Column, Row, Table
from reliefstock.reports.words import WORDS, listed, word
from reliefstock.values import Language

__all__ = ["claims_table", "findings_table", "relations_table"]


def claims_table(report: ClaimsReport, lang: Language = "en") -> Table:
    """Every figure with its verdict: supported, contradicted by how much, or without a source.

    >>> claims_table(ClaimsReport(claims=(), relations=(), findings=())).notes("zh")
    ('有据0项（其中另有依据0项），矛盾0项，无来源0项',)
    """
    return Table(
        "claims",
        WORDS["title.claims"].zh,
        WORDS["title.claims"].en,
        columns=(
            Column.named("claim"),
            Column.named("said of"),
            Column.named("figure", "right"),
            Column.named("has", "right"),
            Column.named("verdict"),
            Column.named("by how much"),
            Column.named("independent"),
        ),
        rows=tuple(_claim(one, lang) for one in report.claims),
        notes_zh=(_count(report, "zh"),),
        notes_en=(_count(report, "en"),),
        lang=lang,
    )


def relations_table(report: ClaimsReport, lang: Language = "en") -> Table:
    """How the figures hang together, from the figures alone, and where they do not.

    >>> relations_table(ClaimsReport(claims=(), relations=(), findings=())).rows
    ()
    """
    claims = {one.claim.id: one.claim for one in report.claims}
    return Table(
        "relations",
        WORDS["title.relations"].zh,
        WORDS["title.relations"].en,
        columns=(
            Column.named("parts"),
            Column.named("kind"),
            Column.named("whole"),
            Column.named("verdict"),
            Column.named("by how much"),
        ),
        rows=tuple(_relation(one, claims[one.relation.whole], lang) for one in report.relations),
        lang=lang,
    )


def findings_table(findings: Sequence[Finding], lang: Language = "en") -> Table:
    """What does not add up or cannot be told, a line each, with the documents behind it.

    >>> findings_table([Finding(code="unvalued", about="GRN-000001-1", zh="未计价", en="no value")]).rows
    (('unvalued', 'GRN-000001-1', 'no value', ''),)
    """
    rows = tuple(
        (_label(one.code, lang), one.about, one.text(lang), listed(one.documents, lang)) for one in findings
    )
    return Table(
        "findings",
        WORDS["title.findings"].zh,
        WORDS["title.findings"].en,
        columns=(
            Column.named("code"),
            Column.named("about"),
            Column.named("finding"),
            Column.named("documents"),
        ),
        rows=rows,
        notes_zh=legend(rows, "zh"),
        notes_en=legend(rows, "en"),
        lang=lang,
    )


def _label(code: str, lang: Language) -> str:
    """The code of a finding in words; as it is, for what somebody else found."""
    key = f"code.{code}"
    return word(key, lang) if key in WORDS else code


def _claim(one: CheckedClaim, lang: Language) -> Row:
    has = word("said.none", lang)
    if not one.measured.is_empty:
        has = one.claim.amount_text(one.measured.bounds, lang)
    return (
        one.claim.id,
        one.claim.name(lang),
        one.claim.figure.text,
        has,
        word(f"verdict.{one.verdict.value}", lang),
        _off(one, lang),
        _rests_on(one, lang),
    )


def _off(one: CheckedClaim, lang: Language) -> str:
    """By how much the two differ; what is certain goes before what may be missing."""
    if one.excess is not None:
        return word("said.excess", lang, amount=one.claim.amount_text(one.excess, lang))
    if one.missing is not None and one.verdict is not Verdict.SUPPORTED:
        return word("said.missing", lang, amount=one.claim.amount_text(one.missing, lang))
    return ""


def _rests_on(one: CheckedClaim, lang: Language) -> str:
    if one.independent:
        return word("said.other evidence", lang)
    if one.measured.is_empty:
        return word("said.none", lang)
    return word("said.only the paper" if one.measured.evidence else "said.no paper", lang)


def _relation(one: CheckedRelation, whole: Claim, lang: Language) -> Row:
    return (
        listed(one.relation.parts, lang),
        word(f"relation.{one.relation.kind.value}", lang),
        one.relation.whole,
        _holds(one, lang),
        "" if one.off is None else whole.amount_text(one.off, lang),
    )


def _holds(one: CheckedRelation, lang: Language) -> str:
    """Whether one may contain the other is a question, and no verdict answers it."""
    is_open = one.relation.kind is RelationKind.MAY_CONTAIN
    return word("said.open" if is_open else f"verdict.{one.verdict.value}", lang)


def _count(report: ClaimsReport, lang: Language) -> str:
    return word(
        "note.claims",
        lang,
        supported=report.count(Verdict.SUPPORTED),
        others=report.supported_by_others,
        contradicted=report.count(Verdict.CONTRADICTED),
        without=report.count(Verdict.WITHOUT_SOURCE),
    )
