"""A count sheet as CSV: written blank, filled in by the storekeeper, read back with all that is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reliefstock import Book, CountedLine, Item, UnlistedLine
from reliefstock.errors import ImportRefused, Unknown
from reliefstock.formats import blank_count_sheet, read_count_sheet
from reliefstock.values import PIECE, Quantity
from unit.operations.counts import APART, BOXES, L, M, W, found, of, planned, sheet, stocked
from unit.operations.office import MEDICINE, QUILT, RICE, WATER, gift, line, worth, yuan

if TYPE_CHECKING:
    from pathlib import Path

    from reliefstock.operations import RecordCount

ZH = "盘点计划,状态,物资,物资编号,批次,批号,到期日,包装,整件数,零数,零数单位,备注"
EN = "Count plan,Usable or not,Item,Item id,Lot,Batch,Expires,Pack,Whole packs,Loose,Unit,Remark"


@pytest.fixture
def book() -> Book:
    book = stocked()
    planned(book)
    return book


def row(lot: str = "", loose: str = "", **cells: str) -> str:
    """A row of a Chinese sheet."""
    facts = {
        "plan": "CP-000001",
        "state": "可用",
        "name": "",
        "item": "",
        "lot": lot,
        "batch": "",
        "expires": "",
        "pack": "",
        "packs": "",
        "loose": loose,
        "unit": "件",
        "remark": "",
    }
    return ",".join((facts | cells).values())


FULL = (row(M, "50"), row(L, "97"), row(W, "5", packs="9", remark="torn"))


def read(book: Book, folder: Path, *rows: str, heads: str = ZH, plan: str = "CP-000001") -> RecordCount:
    path = folder / "sheet.csv"
    path.write_text("\n".join((heads, *rows)), encoding="utf-8-sig")
    return read_count_sheet(path, book, plan, counter="a", on="2023-02-01", note="cold")


def wrong(book: Book, folder: Path, *rows: str, heads: str = ZH) -> list[tuple[int, str, str]]:
    with pytest.raises(ImportRefused) as refused:
        read(book, folder, *rows, heads=heads)
    return [(one.line, one.column, one.reason) for one in refused.value.rows]


# Blank


def test_a_blank_sheet_has_a_row_a_lot_and_no_quantity(book: Book) -> None:
    assert blank_count_sheet(book, "CP-000001") == (
        f"{ZH}\n"
        f"CP-000001,可用,棉被,quilt,{M},B1,2024-06-30,,,,件,\n"
        f"CP-000001,可用,棉被,quilt,{L},,,,,,件,\n"
        f"CP-000001,可用,饮用水,water,{W},,,box,,,件,\n"
    )


def test_a_sheet_for_a_recount_has_what_is_due(book: Book) -> None:
    sheet(book, "a", {L: 97}, found(RICE, RICE.quantity(5, "kg"), batch="B7", expiry="2024-01-31"))
    sheet(book, "b", {L: 98})
    assert blank_count_sheet(book, "CP-000001", "en").splitlines()[1:] == [
        f"CP-000001,usable,Quilt,quilt,{L},,,,,,piece,",
        "CP-000001,usable,Rice,rice,,B7,2024-01-31,,,,g,",
    ]


def test_what_is_kept_apart_says_so() -> None:
    book = stocked()
    gift(book, line(6, "10", quarantined=QUILT.quantity(4), quarantine_reason="wet"))
    planned(book, lots=[APART], quarantined=True)
    states = [text.split(",")[1] for text in blank_count_sheet(book, "CP-000001").splitlines()]
    assert states == ["状态", "可用", "待检隔离"]


def test_a_plan_that_there_is_not_has_no_sheet(book: Book, tmp_path: Path) -> None:
    with pytest.raises(Unknown):
        blank_count_sheet(book, "CP-000009")
    with pytest.raises(Unknown):
        read(book, tmp_path, plan="CP-000009")


# Filled


def test_a_filled_sheet_is_a_request(book: Book, tmp_path: Path) -> None:
    asked = read(book, tmp_path, *FULL)
    assert (asked.plan, asked.counter, asked.on.isoformat(), asked.note) == (
        "CP-000001",
        "a",
        "2023-02-01",
        "cold",
    )
    assert asked.lines == (
        of(M, 50),
        of(L, 97),
        CountedLine(W, (Quantity(9, BOXES), WATER.quantity(5)), "torn"),
    )
    made = book.do(asked)
    assert [one.counted for one in made.lines] == [50, 97, 221]


def test_a_sheet_that_was_written_in_english_is_read_in_english(book: Book, tmp_path: Path) -> None:
    heads, *rows = blank_count_sheet(book, "CP-000001", "en").splitlines()
    units = (50, 97, 240)
    filled = [text.replace(",piece,", f"{one},piece,") for text, one in zip(rows, units, strict=True)]
    assert read(book, tmp_path, *filled, heads=heads).lines == (of(M, 50), of(L, 97), of(W, 240))


def test_columns_that_are_not_needed_may_be_left_out(book: Book, tmp_path: Path) -> None:
    rows = [f"{M},,50", f"{L},,0", f"{W},10,"]
    asked = read(book, tmp_path, *rows, heads="批次,整件数,零数")
    assert asked.lines == (of(M, 50), of(L, 0), CountedLine(W, Quantity(10, BOXES)))


@pytest.mark.parametrize(
    ("cells", "counted"),
    [
        ({"loose": "1,240"}, WATER.quantity(1240)),
        ({"loose": "１２"}, WATER.quantity(12)),
        ({"packs": "0"}, WATER.quantity(0)),
        ({"packs": "2", "pack": "BOX"}, Quantity(2, BOXES)),
    ],
    ids=str,
)
def test_a_figure_may_be_written_in_more_ways_than_one(
    book: Book, tmp_path: Path, cells: dict[str, str], counted: Quantity
) -> None:
    quoted = {key: f'"{cell}"' for key, cell in cells.items()}
    asked = read(book, tmp_path, row(M, "50"), row(L, "97"), row(W, **quoted))
    assert asked.lines[2].counted == (counted,)


def test_what_came_loose_may_be_counted_in_a_pack_of_its_item(book: Book, tmp_path: Path) -> None:
    asked = read(book, tmp_path, row(M, "50"), row(L, packs="9", pack="bundle"), row(W, "240"))
    assert asked.lines[1].counted == (QUILT.quantity(9, "bundle"),)


def test_goods_on_no_list_stand_below_with_their_item(book: Book, tmp_path: Path) -> None:
    below = row(item="rice", packs="5", pack="kg", batch="B7", expires="2024/1/31", remark="open bag")
    asked = read(book, tmp_path, *FULL, below, row(item="medicine", loose='"1,080.50"'))
    assert asked.unlisted == (
        UnlistedLine("rice", RICE.quantity(5, "kg"), "open bag", batch="B7", expiry="2024-01-31"),
        UnlistedLine("medicine", yuan("1080.50")),
    )


def test_goods_by_value_are_counted_in_money(tmp_path: Path) -> None:
    book = stocked()
    (lot,) = gift(book, line(item="medicine", accepted=yuan("80"), valuation=worth("80"))).lots
    planned(book, lots=[lot])
    assert read(book, tmp_path, row(lot, "79.5")).lines == (CountedLine(lot, yuan("79.50")),)
    assert MEDICINE.counted_by_value


def test_the_same_lot_on_the_shelf_and_apart_has_two_rows(tmp_path: Path) -> None:
    book = stocked()
    gift(book, line(6, "10", quarantined=QUILT.quantity(4), quarantine_reason="wet"))
    planned(book, lots=[APART], quarantined=True)
    asked = read(book, tmp_path, row(APART, "6", state="Usable"), row(APART, "4", state="待检隔离"))
    assert asked.lines == (of(APART, 6), of(APART, 4, quarantined=True))
    assert wrong(book, tmp_path, row(APART, "6")) == [
        (1, "批次", f"lot {APART}, in quarantine is to be counted, and stands on no row")
    ]


# Wrong


def test_all_that_is_wrong_is_told_at_once(book: Book, tmp_path: Path) -> None:
    rows = (
        row(L, "x", item="quitl"),
        row(M, state="somewhere"),
        row(W, "1", packs="2.5"),
        row("GRN-000009-9", "1"),
        row(item="quitl", loose="1"),
        row(item="rice", loose="1", unit="克", expires="2024-01"),
    )
    assert wrong(book, tmp_path, *rows) == [
        (2, "物资编号", f"lot {L} is of item quilt"),
        (2, "零数", "a whole number is due, such as 12"),
        (3, "状态", "it must be one of: 可用, usable, 待检隔离, quarantine"),
        (3, "零数", "state what was counted, and 0 where there is none"),
        (4, "整件数", "a whole number is due, such as 12"),
        (5, "批次", "the book knows no such lot"),
        (6, "物资编号", "the item of what is on no list is due; did you mean 'quilt'?"),
        (7, "到期日", "a day is due, such as 2025-06-30"),
    ]


def test_silence_about_a_lot_is_never_read_as_zero(book: Book, tmp_path: Path) -> None:
    assert wrong(book, tmp_path, row(L, "97"), row(M)) == [
        (1, "批次", f"lot {W} is to be counted, and stands on no row"),
        (3, "零数", "state what was counted, and 0 where there is none"),
    ]


def test_a_lot_stands_on_one_row(book: Book, tmp_path: Path) -> None:
    assert wrong(book, tmp_path, *FULL, row(L, "1")) == [(5, "批次", "it stands on line 3 too")]
    twice = row(item="rice", loose="1", unit="g")
    assert wrong(book, tmp_path, *FULL, twice, twice) == [(6, "物资编号", "it stands on line 5 too")]


def test_the_sheet_of_another_count_is_not_read_as_this_one(book: Book, tmp_path: Path) -> None:
    other = [text.replace("CP-000001", "CP-000007") for text in FULL]
    assert wrong(book, tmp_path, *other) == [
        (at, "盘点计划", "this is the sheet of another count, and CP-000001 is due") for at in (2, 3, 4)
    ]


def test_a_lot_that_is_not_on_the_plan_is_written_below(tmp_path: Path) -> None:
    book = stocked()
    planned(book, lots=[L])
    assert wrong(book, tmp_path, row(L, "1"), row(M, "1")) == [
        (3, "批次", "it is not on plan CP-000001; write it below, with its item and no lot")
    ]


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"packs": "2", "pack": "sack"}, "包装", "the pack is due, and those of quilt are: bundle"),
        ({"packs": "2"}, "包装", "the pack is due, and those of quilt are: bundle"),
        ({"loose": "-3"}, "零数", "a whole number is due, such as 12"),
        ({"loose": "about 30"}, "零数", "a whole number is due, such as 12"),
    ],
    ids=str,
)
def test_a_figure_that_cannot_be_meant_is_noted(
    book: Book, tmp_path: Path, cells: dict[str, str], column: str, reason: str
) -> None:
    assert wrong(book, tmp_path, row(M, "50"), row(L, **cells), row(W, "1")) == [(3, column, reason)]


def test_a_figure_may_have_the_name_of_what_it_counts_after_it(book: Book, tmp_path: Path) -> None:
    rows = (row(M, "５０件"), row(L, "97 piece"), row(W, "5件", packs="9 BOX"))
    assert read(book, tmp_path, *rows).lines == read(book, tmp_path, *FULL[:2], row(W, "5", packs="9")).lines


@pytest.mark.parametrize(
    "cells", [{"packs": "9bundle"}, {"packs": "9 box 5 piece"}, {"loose": "9box"}], ids=str
)
def test_a_figure_with_the_name_of_something_else_is_not_guessed_at(
    book: Book, tmp_path: Path, cells: dict[str, str]
) -> None:
    told = wrong(book, tmp_path, row(M, "50"), row(L, "97"), row(W, **cells))
    assert [reason for _, _, reason in told] == ["a whole number is due, such as 12"]


def test_packs_of_two_sizes_with_one_name_are_told_apart(tmp_path: Path) -> None:
    book = stocked()
    large, small = (PIECE.pack(f"of {holds}", holds, zh="包", en="pack") for holds in (10, 6))
    book.add(Item("towel", zh="毛巾", en="Towel", packs=(large, small)))
    towel = book.register.item("towel")
    (lot,) = gift(book, line(item="towel", accepted=towel.quantity(3, "of 6"), valuation=worth("9"))).lots
    planned(book, lots=[lot])
    (blank,) = blank_count_sheet(book, "CP-000001").splitlines()[1:]
    assert blank.split(",")[7] == "包（6件装）"
    known = row(lot, packs="3", pack="包（6件装）")
    for pack in ("包（6件装）", "包", ""):
        asked = read(book, tmp_path, row(lot, packs="3包" if pack == "包" else "3", pack=pack))
        assert asked.lines[0].counted == (Quantity(3, small),)
    below = row(item="towel", packs="2", pack="包（10件装）")
    assert read(book, tmp_path, known, below).unlisted[0].counted == (Quantity(2, large),)
    assert wrong(book, tmp_path, known, row(item="towel", packs="2", pack="包")) == [
        (3, "包装", "the pack is due, and those of towel are: of 10, of 6")
    ]


def test_what_is_loose_is_counted_in_the_unit_of_the_item(book: Book, tmp_path: Path) -> None:
    below = row(item="rice", loose="5", unit="公斤")
    assert wrong(book, tmp_path, *FULL, below) == [(5, "零数单位", "what is loose is counted in g")]
    assert read(book, tmp_path, *FULL, row(item="rice", loose="0", unit="公斤")).unlisted != ()


def test_what_is_wrong_is_told_in_chinese(book: Book, tmp_path: Path) -> None:
    rows = (
        row(M, "3箱5件"),
        row(L, packs="2", pack="sack"),
        row("GRN-9", "1"),
        row(item="棉被", loose="1"),
        row(item="rice", loose="1", unit="公斤"),
        row(item="quilt", loose="1", state="坏", plan="CP-000001"),
        row(item="quilt", loose="1", expires="2024-01"),
        row(item="rice"),
        row(L, "9", item="rice"),
        row(W, "1", plan="CP-000007"),
    )
    with pytest.raises(ImportRefused) as refused:
        read(book, tmp_path, *rows)
    told = [one.sentence("zh") for one in refused.value.rows]
    assert (
        "sheet.csv 第 2 行，零数 列：须填整数，如 12；整箱（袋）数填在整件数，零头填在零数（现为 '3箱5件'）"
        in told
    )
    assert not [one for one in told if any(word in one for word in (" is ", " due", " must "))]
    assert any("须填物资编号；棉被的编号是 quilt" in one for one in told)
    with pytest.raises(ImportRefused) as missing:
        read(book, tmp_path, *FULL[:2])
    assert missing.value.rows[0].sentence("zh") == (
        f"sheet.csv 第 1 行，批次 列：{W} 应盘点，表上没有这一行；没有实物的也请填 0（现为 {W!r}）"
    )


def test_an_item_without_packs_has_none_to_count_in(tmp_path: Path) -> None:
    book = stocked()
    planned(book, items=["rice"])
    rows = (row(item="medicine", packs="2"), row(item="medicine", loose="-1", batch="B"))
    assert wrong(book, tmp_path, *rows) == [
        (2, "包装", "the pack is due, and those of medicine are: none"),
        (3, "零数", "an amount is due, 0 or more"),
    ]


def test_in_a_recount_what_was_found_on_no_list_is_due(book: Book, tmp_path: Path) -> None:
    sheet(book, "a", None, found(RICE, RICE.quantity(5, "kg")))
    sheet(book, "b")
    assert wrong(book, tmp_path) == [(1, "批次", "unlisted rice is to be counted, and stands on no row")]
    assert read(book, tmp_path, row(item="rice", loose="0")).unlisted == (found(RICE, RICE.quantity(0)),)


def test_a_file_that_is_none_is_refused(book: Book, tmp_path: Path) -> None:
    assert [one[:2] for one in wrong(book, tmp_path, heads="批次,整件数")] == [(1, "零数")]
    path = tmp_path / "gbk.csv"
    path.write_bytes(ZH.encode("gbk"))
    for missing in (path, tmp_path / "nowhere.csv"):
        with pytest.raises(ImportRefused) as refused:
            read_count_sheet(missing, book, "CP-000001", counter="a", on="2023-02-01")
        assert len(refused.value.rows) == 1


def test_a_row_of_too_many_cells_is_told_of_once(book: Book, tmp_path: Path) -> None:
    told = wrong(book, tmp_path, row(M, "50"), row(L, "97") + ",x", row(W, "1"))
    assert [(at, column) for at, column, _ in told] == [(3, "")]
