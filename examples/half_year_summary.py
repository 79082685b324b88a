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
from pathlib import Path
from typing import TYPE_CHECKING

from reliefstock import FixedClock
from reliefstock.errors import ImportRefused
from reliefstock.formats import HalfYear, read_half_year
from reliefstock.reconciliation import By, ClaimsReport, Finding, Verdict, check_claims, statement
from reliefstock.reports import (
    Table,
    claims_table,
    draw,
    findings_table,
    half_year_findings,
    half_year_summary,
    plain,
    relations_table,
    statement_table,
    summary_tables,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reliefstock.values import Language

DATA = Path(__file__).parent / "data" / "half_year"
READ_ON = FixedClock("2026-11-23")  # a fixed day, so that the example says the same on every day


def main(arguments: Sequence[str] | None = None) -> int:
    """Read, post, reconcile, print. Returns 0, or 2 where the data cannot be read."""
    asked = _parser().parse_args(arguments)
    try:
        half_year = read_half_year(asked.data, clock=READ_ON, progress=_progress)
    except ImportRefused as refused:
        print(refused, file=sys.stderr)
        return 2
    report = check_claims(half_year.book, half_year.claims, half_year.relations)
    findings = half_year_findings(half_year.book, half_year.report.period, report, half_year.notes)
    tables = _tables(half_year, report, findings, asked.lang)
    if asked.json is not None:
        _write_json(asked.json, half_year, report, findings, tables)
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
    return (
        *statements,
        *summary_tables(half_year_summary(book, period), book, lang),
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


def _write_json(
    path: Path,
    half_year: HalfYear,
    report: ClaimsReport,
    findings: Sequence[Finding],
    tables: Sequence[Table],
) -> None:
    """Everything for other programs: tables as they are, verdicts and findings by their codes."""
    data = {
        "report": {
            "zh": half_year.report.zh,
            "en": half_year.report.en,
            "period": str(half_year.report.period),
        },
        "verdicts": [
            {
                "claim": one.claim.id,
                "printed": one.claim.figure.text,
                "verdict": one.verdict.value,
                "independent": one.independent,
                "documents": list(one.measured.documents),
            }
            for one in report.claims
        ],
        "counts": {verdict.value: report.count(verdict) for verdict in Verdict},
        "findings": [
            {"code": one.code, "about": one.about, "zh": one.zh, "en": one.en, "figures": dict(one.figures)}
            for one in findings
        ],
        "tables": [plain(table) for table in tables],
    }
    path.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


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
