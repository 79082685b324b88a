"""Fair shares on paper, and as a picture."""

from __future__ import annotations

import sys
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest

from reliefstock.allocation import Demand, Equal, EqualLosses, MaxMinFill, Proportional, Rounding, share
from reliefstock.allocation.comparing import alabama, change, compare
from reliefstock.errors import Incomplete, MissingExtra
from reliefstock.reports.allocations import (
    award_changes_table,
    awards_table,
    plan_measures_table,
    rate_text,
    rules_table,
)
from reliefstock.reports.shares_chart import shares_chart
from reliefstock.reports.tables import draw

CLAIMS = [Demand("A", 6), Demand("B", 6), Demand("C", 2)]
RULES = [MaxMinFill(), EqualLosses(), Proportional(Rounding.HAMILTON)]


def test_the_awards_stand_with_their_reasons_and_what_is_left() -> None:
    table = awards_table(share(15, CLAIMS, MaxMinFill()), "zh")
    assert table.rows[2] == ("C", "2", "2", "0", "1.0000", "需求全部满足")
    assert table.total == ("合计", "14", "14", "0", "1.0000", "")
    assert "剩余 1 个" in draw(table)


def test_the_item_is_in_the_title() -> None:
    plan = share(5, [Demand("A", 6, item="quilt")], Equal())
    assert awards_table(plan).title() == "Awards: quilt (equal (Webster))"


def test_who_needs_nothing_has_no_fill_rate() -> None:
    assert awards_table(share(5, [Demand("A", 0)], Equal())).rows == (
        ("A", "0", "0", "0", "", "nothing is needed"),
    )


def test_the_measures_of_a_plan_are_a_row_each() -> None:
    rows = {row[0]: row[1] for row in plan_measures_table(share(10, CLAIMS, MaxMinFill())).rows}
    assert rows["Smallest fill"] == "0.6666"
    assert rows["Unmet"] == "4"


def test_rules_stand_side_by_side_above_their_warnings() -> None:
    compared = compare(10, CLAIMS, RULES)
    table = rules_table(compared, "zh", warnings=alabama(10, CLAIMS, RULES[2]))
    assert [row[0] for row in table.rows] == [
        "最大最小满足率",
        "等额缺口（Webster）",
        "按需求比例（Hamilton）",
    ]
    assert "亚拉巴马悖论" in draw(table)


def test_changes_stand_with_their_totals() -> None:
    told = change(share(10, CLAIMS, RULES[2]), share(11, CLAIMS, RULES[2]))
    table = award_changes_table(told)
    assert table.rows == (
        ("A", "gained", "4", "5", "1"),
        ("B", "gained", "4", "5", "1"),
        ("C", "lost", "2", "1", "-1"),
    )
    assert "2 gained 2, 1 lost 1" in draw(table)


def test_nothing_short_of_one_is_printed_as_one() -> None:
    assert rate_text(1 - Fraction(1, 10**9)) == "0.9999"


@pytest.mark.parametrize("count", [3, 200])
@pytest.mark.parametrize(("lang", "words"), [("zh", "满足率"), ("en", "Fill rate")])
def test_the_picture_stands_alone(count: int, lang: str, words: str) -> None:
    pytest.importorskip("altair")
    pytest.importorskip("vl_convert")
    demands = [Demand(f"R-{at}", at % 7) for at in range(count)]
    drawn = shares_chart(compare(count, demands, RULES), lang)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    root = ET.fromstring(drawn)  # noqa: S314 -- made here
    assert root.tag.endswith("svg")
    assert words in "".join(root.itertext())
    assert not [each for each in root.iter() if "image" in each.tag or "script" in each.tag]


def test_each_recipient_has_a_bar_for_each_rule() -> None:
    pytest.importorskip("altair")
    pytest.importorskip("vl_convert")
    drawn = shares_chart(compare(10, CLAIMS, RULES))
    for name in ("A", "B", "C"):
        assert f">{name}<" in drawn


def test_a_picture_of_nothing_is_refused() -> None:
    with pytest.raises(Incomplete, match="nobody needs anything"):
        shares_chart(compare(10, [Demand("A", 0)], RULES))


def test_without_the_extra_the_picture_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(MissingExtra, match="charts"):
        shares_chart(compare(10, CLAIMS, RULES))
