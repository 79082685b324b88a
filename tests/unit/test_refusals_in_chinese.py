"""What is refused as incomplete can be read by whoever reads no English: ids, figures and names apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from reliefstock import (
    Book,
    PledgedLine,
    Policy,
    Recovery,
    Restriction,
    StockLevel,
    Valuation,
    ValuedGain,
)
from reliefstock.catalogue import Measure
from reliefstock.donations import Basis
from reliefstock.errors import Incomplete
from reliefstock.operations.losses import RecoveryKind
from reliefstock.reconciliation import By, Scope, restriction_account, statement
from reliefstock.reports import Table
from reliefstock.values import Interval, Period
from unit.operations.counts import L, approved, counted, found, planned, sheet, stocked
from unit.operations.office import (
    MEDICINE,
    QUILT,
    allocated,
    allocation,
    arrived,
    consigned,
    diverted,
    gift,
    given,
    handout,
    line,
    money,
    reverse,
    sent,
    signed_off,
    spent,
    worth,
    yuan,
)

if TYPE_CHECKING:
    from collections.abc import Callable

NAMES = {
    *("CNY", "Item.quantity", "Money", "PickingRule", "Policy.counters", "Policy.picking"),
    *("LIFO", "receive_money"),
    *("depot", "flood", "medicine", "quilt", "station", "winter"),
}
"""Names of the library, and what the depot and its donors are called."""

NUMBERED = re.compile(r"[A-Z]+-?[0-9]+(?:-[0-9]+)?")
YEAR = Period.year(2023)


def a_road(book: Book) -> None:
    sent(book, consigned(10, L))


def a_loss(book: Book) -> None:
    a_road(book)
    lines = [arrived(L, 8, 1, stage="carrier", damage_stage="carrier")]
    book.arrive("WB-000001", on="2023-01-22", received_by="c", lines=lines)


def a_late_sheet(book: Book) -> None:
    counted(book, {L: 98})
    approved(book, on="2023-01-31")


def an_unlisted_gain(book: Book) -> None:
    counted(book, {}, found(MEDICINE, yuan("3.00"), batch="B7"))
    value = Valuation.fair_value(yuan("2.00"), "price list")
    approved(book, gains=[ValuedGain(value, item="medicine")])


def a_loss_without_its_paper(book: Book) -> None:
    lines = [arrived(L, 8, 2, damage_stage="carrier")]
    a_road(book)
    book.arrive("WB-000001", on="2023-01-22", received_by="c", lines=lines)
    signed_off(book, recoveries=[Recovery(RecoveryKind.INSURANCE, yuan("1"), " ")])


def another_hold(book: Book) -> None:
    allocated(book, allocation("H-1", 5))
    given(book, handout("H-2", 1, hold="AL-000001-1"))


def a_written_off_gift(book: Book) -> None:
    book.write_off(
        warehouse="depot",
        lines=(),
        on="2023-02-01",
        reason="damaged",
        explanation="wet",
        reported_by="a",
        approved_by="b",
    )


def a_recall(book: Book, **said: Any) -> None:  # noqa: ANN401
    book.recall(**said, reason="mould", notice="letter 4", ordered_by="d", on="2023-02-01")


def a_redirection(book: Book) -> None:
    book.redirect(
        warehouse="depot",
        lines=(),
        consents=(),
        on="2023-02-01",
        reason="no need",
        requested_by="a",
        approved_by="b",
    )


REFUSED: dict[str, Callable[[Book], object]] = {
    "CNY 一行：它是资金": lambda book: gift(book, line(item="CNY", accepted=yuan("5"))),
    "入库单：没有明细": lambda book: book.receive(
        donor="city", into="depot", lines=(), on="2023-01-10", counted_by=("a", "b")
    ),
    "quilt 一行：没有写明数量": lambda book: gift(book, line(accepted=None)),
    "没有写明quilt 的隔离原因；请写明": lambda book: gift(book, line(quarantined=QUILT.quantity(1))),
    "承诺的与收到的：会用于两个活动（flood、winter）": lambda book: gift(
        book,
        donation=book.pledge(
            donor="province",
            lines=[PledgedLine("quilt", QUILT.quantity(5))],
            on="2023-01-05",
            restriction=Restriction(programme="flood"),
        ).number,
        restriction=Restriction(programme="winter"),
    ),
    "quilt 的捐赠承诺：数量和金额都没有写明": lambda _: PledgedLine("quilt"),
    "货运单：由 depot 运往其自身": lambda book: sent(book, to="depot"),
    "货运单：应到日期为 2023-01-19": lambda book: sent(book, due="2023-01-19"),
    "货运单 WB-000001 的到货验收单：批次 GRN-000001-1 须有且只有一行": lambda book: (
        a_road(book),
        book.arrive("WB-000001", on="2023-01-22", received_by="c"),
    ),
    "WB-000001 的改运：本来就运往 station": lambda book: (a_road(book), diverted(book, to="station")),
    "RR-000001 的损失确认单：没有写明由谁负责": lambda book: (
        a_loss(book),
        signed_off(book, stage="unresolved"),
    ),
    "没有写明保险赔款的凭据；请写明": a_loss_without_its_paper,
    "发放清单：没有明细": given,
    "预留 AL-000001-1：为 H-1 预留，不是为 H-2": another_hold,
    "分配单：最后一天 2023-01-01 早于": lambda book: allocated(book, allocation(), until="2023-01-01"),
    "核销单：没有明细": a_written_off_gift,
    "改变用途单：没有明细": a_redirection,
    "召回：没有写明召回什么": a_recall,
    "召回批次 GRN-000001-1：又写了批号或供应商": lambda book: a_recall(book, batch="B1", lots=(L,)),
    "召回批号 Q-8：账簿中该批号的物资有 quilt、medicine": lambda book: (
        gift(
            book,
            line(batch="Q-8"),
            line(item="medicine", accepted=yuan("5"), valuation=worth("5"), batch="Q-8"),
        ),
        a_recall(book, batch="Q-8"),
    ),
    "没有写明付款用途；请写明": lambda book: (money(book), spent(book, purpose=" ")),
    "CP-000001 的盘点报告：没有写明差异原因：批次 GRN-000001-1；": lambda book: (
        counted(book, {L: 98}),
        approved(book, explanation=""),
    ),
    "CP-000001 的盘点报告：日期为 2023-01-31，而最后一张盘点表的日期为": a_late_sheet,
    "计价两次；请至多各计价一次：未列物资 medicine，批号 B7": an_unlisted_gain,
    "CP-000001 第 1 轮的盘点表：须有且只有一行的：批次 GRN-000001-2；": lambda book: (
        planned(book),
        sheet(book, "a", lines=()),
    ),
    "CP-000001 的冲销：该单据日期为 2023-02-01": lambda book: (
        planned(book),
        reverse(book, "CP-000001", on="2023-01-31"),
    ),
    "2023-H1 的结账：日期 2024-01-01 在今天 2023-12-31 之后": lambda book: book.close(
        Period.half_year(2023, 1), on="2024-01-01", closed_by="a", approved_by="b"
    ),
    "库存限额 depot/quilt：最低库存 9件 高于最高库存 8件": lambda book: book.add(
        StockLevel("depot", "quilt", QUILT.quantity(9), QUILT.quantity(8))
    ),
    "quilt 的数量：5 没有单位": lambda _: QUILT.base_units(5),  # pyright: ignore[reportArgumentType]
    "Policy.counters：超出范围": lambda _: Policy(counters=101),
    "Policy.picking：'LIFO' 不是取货次序": lambda _: Policy(picking="LIFO"),  # pyright: ignore[reportArgumentType]
    "以凭据金额计价：没有写明凭据": lambda _: Valuation.voucher(yuan("5"), " "),
    "期间：月份不能是 13；请填 1 至 12": lambda _: Period.month(2023, 13),
    "区间：按所写上下限，3 与 2 之间没有数": lambda _: Interval(3, 2),
    "限定用途收支：不能按仓库分组": lambda book: restriction_account(book, YEAR, by=By.WAREHOUSE),
    "收支结存：范围中写了仓库或接收方": lambda book: statement(
        book, YEAR, scope=Scope(warehouses=("depot",))
    ),
}


def english(sentence: str) -> list[str]:
    """The words in Latin letters that are neither names nor numbers of documents."""
    words = re.findall(r"[A-Za-z][A-Za-z_.]*", NUMBERED.sub("", sentence))
    return [word for word in words if word.rstrip(".") not in NAMES]


@pytest.mark.parametrize("words", REFUSED)
def test_a_refusal_is_read_in_chinese_alone(words: str) -> None:
    with pytest.raises(Incomplete) as caught:
        REFUSED[words](stocked())
    said = caught.value.sentence("zh")
    assert words in said
    assert english(said) == []
    assert "；请" in said


def test_english_in_a_refusal_is_noticed() -> None:
    assert english("批次 GRN-000001-1：no lines；请写明 quilt") == ["no", "lines"]


@pytest.mark.parametrize("measure", Measure)
def test_however_an_item_is_counted_is_said_in_chinese(measure: Measure) -> None:
    assert english(measure.zh) == []


@pytest.mark.parametrize("basis", [one for one in Basis if one is not Basis.MEMORANDUM])
def test_whatever_a_value_rests_on_is_said_in_chinese(basis: Basis) -> None:
    with pytest.raises(Incomplete) as caught:
        Valuation(basis, None, "")
    assert english(caught.value.sentence("zh").replace("Valuation.memorandum", "")) == []


@pytest.mark.parametrize("by", [one for one in By if one not in {By.DONATION, By.DONOR}])
def test_whatever_restrictions_are_not_grouped_by_is_said_in_chinese(by: By) -> None:
    with pytest.raises(Incomplete) as caught:
        restriction_account(stocked(), YEAR, by=by)
    assert english(caught.value.sentence("zh")) == []


def test_restrictions_are_told_in_both_languages() -> None:
    free, winter = Restriction(), Restriction(places=("610928", "610924"), until="2023-12-31")
    assert (free.text("zh"), free.text()) == ("任何用途", "any use")
    assert winter.text("zh") == "地区 610928、610924；期限 2023-12-31"
    assert winter.text() == "place 610928, 610924; until 2023-12-31"


def test_a_table_without_columns_is_refused_in_chinese() -> None:
    with pytest.raises(Incomplete) as caught:
        Table("t", "表", "Table", (), ())
    assert caught.value.sentence("zh") == "表 t：各列为：无；请给每列各取键名"
