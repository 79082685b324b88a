"""What allocation refuses is refused in Chinese as whole as in English."""

from __future__ import annotations

from fractions import Fraction

import pytest

from reliefstock.allocation import (
    Demand,
    Equal,
    EqualLosses,
    Guardrail,
    Lottery,
    Proportional,
    Rounding,
    Source,
    exact_shares,
    serve,
    share,
    share_jointly,
    share_sources,
    whole_kits,
)
from reliefstock.errors import Incomplete, ReliefstockError
from reliefstock.values import choose

MIXED = [Demand("school 1", 9, lot=2), Demand("school 2", 9, lot=3)]
REFUSED = {
    "一种规格": lambda: share(9, MIXED, Proportional(Rounding.HAMILTON)),
    "多个来源：整箱有几种规格；请只用一种规格": lambda: share_sources([], MIXED),
    "公开抽签：没有可据以分配多个来源的逐箱次序": lambda: share_sources(
        [], [Demand("school 1", 9)], Lottery()
    ),
    "school 1 的需求：联合覆盖率不计权数": lambda: share_jointly(
        {}, {"被子": [Demand("school 1", 9, weight=2)]}
    ),
    "用于不能分割的物资；请用 `share`": lambda: exact_shares(9, [Demand("school 1", 9)], Lottery()),
    "等额缺口：Dean 按比率取整": lambda: EqualLosses(Rounding.DEAN),
    "护栏：上限 1 低于下限 2；请先填写较低的": lambda: Guardrail(Fraction(2), Fraction(1)),
    "物料清单：没有组件；请写明一套由什么组成": lambda: whole_kits({}, {}),
    "为 school 1供货：来源不足": lambda: serve({"school 1": 2}, [Source("lot 1", 1)], lambda *_: 1),
    "由 north 运往 school 1 的成本没有写明": lambda: serve(
        {"school 1": 1}, [Source("lot 1", 1, "north")], {}
    ),
    "没有 'fr' 这种语言的文字；请用 'zh' 或 'en'": lambda: choose("fr", zh="", en=""),
    "school 2 的需求：至少有用的 2 个，单独都够，合起来不够；请指明谁不参加": lambda: share_sources(
        [Source("lot 1", 3)], [Demand("school 1", 2, least=2), Demand("school 2", 2, least=2)]
    ),
    "不是分配规则；请写明一种": lambda: share(9, [], Equal),  # pyright: ignore[reportArgumentType]
}


@pytest.mark.parametrize("words", REFUSED)
def test_a_refusal_is_whole_in_chinese(words: str) -> None:
    with pytest.raises(ReliefstockError) as caught:
        REFUSED[words]()
    assert words in caught.value.sentence("zh")
    assert "；" not in caught.value.sentence()


def test_what_was_said_in_one_language_alone_is_said_as_it_was() -> None:
    assert Incomplete("a hold", "no lot", "name one").sentence("zh") == "a hold：no lot；name one"
