"""Fair shares on paper: awards with their reasons, measures, rules side by side, and what changed.

Rates are printed to four places, cut off; the exact fractions are in `reliefstock.allocation.Measures`.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from reliefstock.allocation.comparing import ChangeKind, Changes, Comparison, Paradox
from reliefstock.allocation.measures import Measures, measures
from reliefstock.allocation.plan import Plan
from reliefstock.allocation.reasons import Reasons, left_reason, rule_text
from reliefstock.reports.tables import Column, Row, Table
from reliefstock.values import Language, choose

__all__ = ["award_changes_table", "awards_table", "plan_measures_table", "rate_text", "rules_table"]

_RECIPIENT = Column("recipient", "接收方", "Recipient")
_NEED = Column("need", "需求", "Need", "right")
_MEASURES = (
    Column("recipients", "有需求", "In need", "right"),
    Column("served", "分到", "Served", "right"),
    Column("met", "全部满足", "Met in full", "right"),
    Column("awarded", "分出", "Awarded", "right"),
    Column("left", "剩余", "Left", "right"),
    Column("unmet", "缺口", "Unmet", "right"),
    Column("smallest", "最低满足率", "Smallest fill", "right"),
    Column("envy", "最高减最低", "Largest minus smallest", "right"),
    Column("gini", "基尼系数", "Gini", "right"),
    Column("jain", "Jain 指数", "Jain", "right"),
    Column("price_of_fairness", "公平代价", "Price of fairness", "right"),
)
_CHANGES = {
    ChangeKind.GAINED: ("增加", "gained"),
    ChangeKind.LOST: ("减少", "lost"),
    ChangeKind.NEW: ("新列入", "new"),
    ChangeKind.GONE: ("不再列入", "gone"),
}


def awards_table(plan: Plan, lang: Language = "en") -> Table:
    """The awards of a plan, each with its reason; below it what is left, and why.

    >>> from reliefstock.allocation import Demand, MaxMinFill, share
    >>> awards_table(share(3, [Demand("A", 2), Demand("B", 1)], MaxMinFill())).rows[1]
    ('B', '1', '1', '0', '1.0000', 'all that is needed')
    """
    reasons = Reasons(plan, lang)
    item = plan.demands.item
    of_item = (f"：{item}", f": {item}") if item else ("", "")
    return Table(
        "awards",
        f"分配方案{of_item[0]}（{rule_text(plan.rule, 'zh')}）",
        f"Awards{of_item[1]} ({rule_text(plan.rule)})",
        columns=(
            _RECIPIENT,
            _NEED,
            Column("awarded", "分得", "Awarded", "right"),
            Column("unmet", "缺口", "Unmet", "right"),
            Column("fill", "满足率", "Fill rate", "right"),
            Column("reason", "原因", "Reason"),
        ),
        rows=tuple(
            (award.recipient, *_award(award.need, award.units, award.unmet), reasons.why(at))
            for at, award in enumerate(plan)
        ),
        total=(
            choose(lang, zh="合计", en="Total"),
            *_award(plan.demands.need, plan.awarded, plan.unmet),
            "",
        ),
        notes_zh=(left_reason(plan, "zh"),),
        notes_en=(left_reason(plan, "en"),),
        lang=lang,
    )


def plan_measures_table(plan: Plan, lang: Language = "en") -> Table:
    """The measures of one plan, a row each.

    >>> from reliefstock.allocation import Demand, MaxMinFill, share
    >>> plan_measures_table(share(3, [Demand("A", 4), Demand("B", 2)], MaxMinFill())).rows[6]
    ('Smallest fill', '0.5000')
    """
    return Table(
        "plan-measures",
        f"分配方案的指标（{rule_text(plan.rule, 'zh')}）",
        f"Measures of the plan ({rule_text(plan.rule)})",
        columns=(Column("measure", "指标", "Measure"), Column("figure", "数值", "Figure", "right")),
        rows=tuple(
            (column.head(lang), figure)
            for column, figure in zip(_MEASURES, _measures(measures(plan)), strict=True)
        ),
        lang=lang,
    )


def rules_table(comparison: Comparison, lang: Language = "en", *, warnings: Iterable[Paradox] = ()) -> Table:
    """Several rules side by side: a row for each with its measures; below it the warnings that are handed in.

    >>> from reliefstock.allocation import Demand, Equal, MaxMinFill
    >>> from reliefstock.allocation.comparing import compare
    >>> both = compare(4, [Demand("A", 6), Demand("B", 2)], [Equal(), MaxMinFill()])
    >>> [(row[0], row[7]) for row in rules_table(both).rows]
    [('equal (Webster)', '0.3333'), ('max-min fill rate', '0.5000')]
    """
    warned = tuple(warnings)
    rows = zip(comparison.labels(lang), comparison.measures, strict=True)
    return Table(
        "rules",
        "各规则比较",
        "Rules side by side",
        columns=(Column("rule", "规则", "Rule"), *_MEASURES),
        rows=tuple((label, *_measures(told)) for label, told in rows),
        notes_zh=tuple(one.sentence("zh") for one in warned),
        notes_en=tuple(one.sentence("en") for one in warned),
        lang=lang,
    )


def award_changes_table(changes: Changes, lang: Language = "en") -> Table:
    """Who gained and who lost against the plan before, who is new and who is gone.

    >>> from reliefstock.allocation import Demand, Equal, share
    >>> from reliefstock.allocation.comparing import change
    >>> claims = [Demand("A", 6), Demand("B", 6)]
    >>> award_changes_table(change(share(2, claims, Equal()), share(6, claims[:1], Equal()))).rows
    (('A', 'gained', '1', '6', '5'), ('B', 'gone', '1', '', '-1'))
    """
    return Table(
        "award-changes",
        "分配方案的变动",
        "What changed in the plan",
        columns=(
            _RECIPIENT,
            Column("change", "变动", "Change"),
            Column("before", "原分得", "Before", "right"),
            Column("after", "现分得", "Now", "right"),
            Column("difference", "增减", "Difference", "right"),
        ),
        rows=tuple(
            (
                one.recipient,
                choose(lang, zh=_CHANGES[one.kind][0], en=_CHANGES[one.kind][1]),
                _or_nothing(one.before),
                _or_nothing(one.after),
                str(one.difference),
            )
            for one in changes.changes
        ),
        notes_zh=(changes.sentence("zh"),),
        notes_en=(changes.sentence("en"),),
        lang=lang,
    )


def rate_text(rate: Fraction) -> str:
    """A rate to four places, cut off, so that nothing short of 1 is printed as 1.

    >>> rate_text(Fraction(2, 3)), rate_text(Fraction(99999, 100000)), rate_text(Fraction(1))
    ('0.6666', '0.9999', '1.0000')
    """
    whole, rest = divmod(rate.numerator * 10_000 // rate.denominator, 10_000)
    return f"{whole}.{rest:04}"


def _award(need: int, units: int, unmet: int) -> Row:
    return str(need), str(units), str(unmet), rate_text(Fraction(units, need)) if need else ""


def _measures(told: Measures) -> Row:
    counts = (told.recipients, told.served, told.met, told.awarded, told.left, told.unmet)
    rates = (told.smallest, told.envy, told.gini, told.jain, told.price_of_fairness)
    return (*map(str, counts), *map(rate_text, rates))


def _or_nothing(units: int | None) -> str:
    return "" if units is None else str(units)
