"""The founding document: a city society's printed half-year summary, held against its own book.

`data/half_year/` is the summary, transcribed: what moved, what was counted, what is claimed, as printed. This
program posts it as far as it is known, prints the statement, the summary, every figure with its verdict and
all findings, and ends with a count. Nothing here is written down beforehand: change a figure in the data and
the verdict changes.

    uv run --no-dev python examples/half_year_summary.py --lang zh
    uv run --no-dev python examples/half_year_summary.py --lang en --json half_year.json
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from reliefstock import FixedClock, Project
from reliefstock.errors import ImportRefused
from reliefstock.formats import HalfYear, read_half_year
from reliefstock.operations import Mention
from reliefstock.reconciliation import (
    By,
    CheckedClaim,
    CheckedRelation,
    Claim,
    ClaimsReport,
    Finding,
    Verdict,
    check_claims,
    project_account,
    statement,
)
from reliefstock.reports import (
    Table,
    claims_table,
    draw,
    findings_table,
    half_year_findings,
    half_year_summary,
    plain,
    projects_table,
    relations_table,
    statement_table,
    summary_tables,
)
from reliefstock.values import minor_digits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reliefstock.values import Interval, Language

DATA = Path(__file__).parent / "data" / "half_year"
READ_ON = FixedClock("2026-11-23")  # a fixed day, so that the example says the same on every day


def main(arguments: Sequence[str] | None = None) -> int:
    """Read, post, reconcile, print. Returns 0, or 2 where the data cannot be read."""
    asked = _parser().parse_args(arguments)
    try:
        half_year = read_half_year(asked.data, clock=READ_ON, progress=_progress)
    except ImportRefused as refused:
        print(refused.sentence(asked.lang), file=sys.stderr)
        return 2
    report = check_claims(half_year.book, half_year.claims, half_year.relations)
    findings = half_year_findings(half_year.book, half_year.report.period, report, half_year.notes)
    tables = _tables(half_year, report, findings, asked.lang)
    if asked.json is not None:
        data = _data(half_year, report, findings, tables, asked.lang)
        text = json.dumps(data, ensure_ascii=False, indent=2)
        asked.json.write_text(f"{text}\n", encoding="utf-8")
    print(half_year.report.name(asked.lang), end="\n\n")
    for table in tables:
        print(draw(table, asked.style, asked.lang))
    print(_last_line(report, findings, asked.lang))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Check a half-year summary against its book.")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the output")
    parser.add_argument("--style", choices=("terminal", "markdown", "csv"), default="terminal")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every table and verdict there too")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder with the transcribed summary")
    return parser


def _progress(done: int, rows: int) -> None:
    """A line on the terminal, while it takes longer than a blink; nothing where output goes to a file."""
    if sys.stderr.isatty() and (done == rows or done % 100 == 0):
        end = "\n" if done == rows else ""
        print(f"\r{done}/{rows}", end=end, file=sys.stderr, flush=True)


def _tables(
    half_year: HalfYear, report: ClaimsReport, findings: Sequence[Finding], lang: Language
) -> tuple[Table, ...]:
    book, period = half_year.book, half_year.report.period
    statements = (
        statement_table(statement(book, period, by=by), book, lang, compact=True)
        for by in (By.ITEM, By.DONOR, By.RECIPIENT_KIND)
    )
    accounts = [project_account(book, project.id, period) for project in book.register.all(Project)]
    return (
        *statements,
        *summary_tables(half_year_summary(book, period), book, lang),
        projects_table(accounts, book, lang),
        claims_table(report, lang),
        relations_table(report, lang),
        findings_table(findings, lang),
    )


def _last_line(report: ClaimsReport, findings: Sequence[Finding], lang: Language) -> str:
    counts = {
        "all": len(report.claims),
        "supported": report.count(Verdict.SUPPORTED),
        "others": report.supported_by_others,
        "contradicted": report.count(Verdict.CONTRADICTED),
        "without": report.count(Verdict.WITHOUT_SOURCE),
        "findings": len(findings),
    }
    if lang == "zh":
        text = (
            "公布数{all}项：有据{supported}项（其中另有依据{others}项），"
            "矛盾{contradicted}项，无来源{without}项；核对问题{findings}条"
        )
    else:
        text = (
            "{all} figures: {supported} supported ({others} of them by another paper than the summary), "
            "{contradicted} contradicted, {without} without a source; {findings} findings"
        )
    return text.format(**counts)


def _data(
    half_year: HalfYear,
    report: ClaimsReport,
    findings: Sequence[Finding],
    tables: Sequence[Table],
    lang: Language,
) -> dict[str, object]:
    """Everything for other programs: what was measured in numbers, verdicts and findings by their codes.

    Only the cells of `tables` are in the language of the output.
    """
    asked = half_year.report
    figures = {one.claim.id: one.claim for one in report.claims}
    return {
        "lang": lang,
        "report": {
            "zh": asked.zh,
            "en": asked.en,
            "period": str(asked.period),
            "currency": asked.currency,
            "source": asked.source,
        },
        "verdicts": [_verdict(one) for one in report.claims],
        "relations": [_relation(one, figures[one.relation.whole]) for one in report.relations],
        "counts": {verdict.value: report.count(verdict) for verdict in Verdict},
        "findings": [
            {
                "code": one.code,
                "about": one.about,
                "zh": one.zh,
                "en": one.en,
                "figures": dict(one.figures),
                "documents": list(one.documents),
            }
            for one in findings
        ],
        "mentions": [_mention(one, asked.currency) for one in half_year.book.documents_of(Mention)],
        "tables": [plain(table) for table in tables],
    }


def _verdict(one: CheckedClaim) -> dict[str, object]:
    claim, measure = one.claim, one.claim.measure
    return {
        "claim": claim.id,
        "zh": claim.zh,
        "en": claim.en,
        "printed": claim.figure.text,
        "source": claim.source,
        "measure": measure.what.value,
        "period": str(measure.period),
        "verdict": one.verdict.value,
        "independent": one.independent,
        "claimed": _interval(claim.figure.interval, claim.figure.currency or claim.figure.unit),
        "measured": None if one.measured.is_empty else _of_claim(one.measured.bounds, claim),
        "missing": _of_claim(one.missing, claim),
        "excess": _of_claim(one.excess, claim),
        "documents": list(one.measured.documents),
        "possible": list(one.measured.possible),
    }


def _relation(one: CheckedRelation, whole: Claim) -> dict[str, object]:
    return {
        "kind": one.relation.kind.value,
        "whole": one.relation.whole,
        "parts": list(one.relation.parts),
        "verdict": one.verdict.value,
        "off": _of_claim(one.off, whole),
    }


def _mention(one: Mention, currency: str) -> dict[str, object]:
    return {
        "number": one.number,
        "side": one.side.value,
        "period": str(one.period),
        "evidence": one.evidence,
        "zh": one.about("zh"),
        "en": one.about("en"),
        "missing": list(one.missing),
        "quantity": _interval(one.quantity, one.unit),
        "value": _interval(one.value, currency, minor_digits(currency)),
    }


def _of_claim(amount: Interval | None, claim: Claim) -> dict[str, object] | None:
    """An amount that the library gives in the unit of a claim; of money, that is the minor unit."""
    currency = claim.figure.currency
    if currency is None:
        return _interval(amount, claim.figure.unit)
    return _interval(amount, currency, minor_digits(currency))


def _interval(amount: Interval | None, unit: str, digits: int = 0) -> dict[str, object] | None:
    """Two numbers as decimal text, so that no reader makes floats of them; money in major units."""
    if amount is None:
        return None
    return {
        "low": _number(amount.low, digits),
        "high": None if amount.high is None else _number(amount.high, digits),
        "low_open": amount.low_open,
        "high_open": amount.high_open,
        "unit": unit,
    }


def _number(number: Fraction, digits: int) -> str:
    """A number as decimal text, or as a fraction where it has no end."""
    exact = number * Fraction(1, 10**digits)
    decimal = Decimal(exact.numerator) / Decimal(exact.denominator)
    return f"{decimal:f}" if Fraction(decimal) == exact else str(exact)


def run() -> int:
    """Run `main` as a program: in UTF-8, and quietly where nobody reads to the end (`| head`)."""
    if reconfigure := getattr(sys.stdout, "reconfigure", None):
        reconfigure(encoding="utf-8")
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or the interpreter tries again when it ends
        return 0
    return code


if __name__ == "__main__":
    sys.exit(run())
