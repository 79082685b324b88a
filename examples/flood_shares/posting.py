"""The public posting (公示): what is shared out, by which rule, what each gets, why; no person is named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reliefstock import Book
from reliefstock.allocation import Plan
from reliefstock.allocation.reasons import Reasons, rule_text
from reliefstock.allocation.sources import SourcesPlan
from reliefstock.reports import Naming
from reliefstock.values import Language

__all__ = ["posted_figures", "posting"]

_LINE = re.compile(r"^- (?P<who>[^:：]+)[:：].*?(?P<need>\d+).*?(?P<units>\d+)")
_HEAD = re.compile(r"^# (?P<item>\S+) ")


def posting(book: Book, plans: Iterable[Plan | SourcesPlan], on: str, paper: str, lang: Language) -> str:
    """The text that is put up, in a language."""
    title = f"救灾物资分配公示　{on}　{paper}" if lang == "zh" else f"Shares of relief goods, {on}, {paper}"
    return "\n".join([title, *(line for plan in plans for line in _of_plan(book, plan, lang))]) + "\n"


def _of_plan(book: Book, plan: Plan | SourcesPlan, lang: Language) -> Iterator[str]:
    naming, item, rule = Naming(book, lang, public=True), plan.demands.item, rule_text(plan.rule, lang)
    if lang == "zh":
        yield f"# {item} {naming.item(item)}：规则 {rule}；可分配 {plan.supply}；抽签种子“{plan.seed}”"
    else:
        yield f"# {item} {naming.item(item)}: rule {rule}; to share out {plan.supply}; seed '{plan.seed}'"
    reasons = _reasons(plan, lang)
    for demand, units, reason in zip(plan.demands, plan.units, reasons, strict=True):
        if lang == "zh":
            yield f"- {demand.recipient}：需要 {demand.need}，分得 {units}。{reason}"
        else:
            yield f"- {demand.recipient}: needs {demand.need}, has {units}. {reason}"


def _reasons(plan: Plan | SourcesPlan, lang: Language) -> list[str]:
    if isinstance(plan, SourcesPlan):
        return [limit.sentence(lang) for limit in plan.limits]
    reasons = Reasons(plan, lang)
    return [reasons.why(at) for at in range(len(plan))]


def posted_figures(text: str) -> dict[tuple[str, str], tuple[int, int]]:
    """What anybody can read off the posting: by item and recipient, what is needed and what each has."""
    figures: dict[tuple[str, str], tuple[int, int]] = {}
    item = ""
    for line in text.splitlines():
        if head := _HEAD.match(line):
            item = head["item"]
        elif found := _LINE.match(line):
            figures[item, found["who"]] = int(found["need"]), int(found["units"])
    return figures
