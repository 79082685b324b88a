"""Tables: drawn as they are finished, to the last character."""

from __future__ import annotations

import csv
from io import StringIO

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from reliefstock.errors import Incomplete
from reliefstock.reports import Column, Table, draw, plain

COLUMNS = (Column("item", "物资", "Item"), Column("value", "金额", "Value", "right"))
STOCK = Table(
    "stock",
    "库存表",
    "Stock",
    COLUMNS,
    (("棉被", "1,000.00"), ("帐篷", "-5.50")),
    total=("合计", "994.50"),
    notes_zh=("金额单位：人民币元",),
    notes_en=("amounts in CNY",),
)


def table(*rows: tuple[str, str]) -> Table:
    return Table("t", "表", "Table", COLUMNS, rows)


def test_a_table_on_a_screen_in_chinese() -> None:
    assert (
        draw(STOCK, lang="zh")
        == """\
库存表
+--------+----------+
| 物资   |     金额 |
|--------+----------|
| 棉被   | 1,000.00 |
| 帐篷   |    -5.50 |
|--------+----------|
| 合计   |   994.50 |
+--------+----------+
金额单位：人民币元
"""
    )


def test_a_table_on_a_screen_in_english_without_total_and_notes() -> None:
    assert (
        draw(table(("Quilt", "1e5")))
        == """\
Table
+--------+---------+
| Item   |   Value |
|--------+---------|
| Quilt  |     1e5 |
+--------+---------+
"""
    )


def test_a_table_without_rows_has_its_heads() -> None:
    assert (
        draw(table(), lang="zh")
        == """\
表
+--------+--------+
| 物资   | 金额   |
|--------+--------|
+--------+--------+
"""
    )


def test_a_table_on_a_page() -> None:
    assert (
        draw(STOCK, "markdown", "en")
        == """\
**Stock**

| Item   |    Value |
|:-------|---------:|
| 棉被   | 1,000.00 |
| 帐篷   |    -5.50 |
| 合计   |   994.50 |

- amounts in CNY
"""
    )


def test_on_a_page_no_text_is_taken_for_markup() -> None:
    page = draw(table(("a|b", "<script> *x* _y_ `z` [l](m) \\ ~")), "markdown")
    assert r"| a\|b" in page
    assert r"\<script> \*x\* \_y\_ \`z\` \[l](m) \\ \~" in page
    assert not page.endswith("\n\n")


def test_a_table_for_a_spreadsheet_has_data_alone() -> None:
    assert draw(STOCK, "csv", "zh") == '物资,金额\n棉被,"1,000.00"\n帐篷,-5.50\n'


@pytest.mark.parametrize(
    ("cell", "there"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd", "'+cmd"),
        ("-cmd", "'-cmd"),
        ("@sum", "'@sum"),
        ("＝1+1", "'＝1+1"),
        ("\t=1+1", "'=1+1"),
        ("-5件", "-5件"),
        ("-100 piece", "-100 piece"),
        ("-5件+1", "'-5件+1"),
        ("-1 A1", "'-1 A1"),
        ("-2*3", "'-2*3"),
        ("-5", "-5"),
        ("-1,234.50", "-1,234.50"),
        ("+5", "+5"),
        ("-1+1", "'-1+1"),
        ("5-1", "5-1"),
    ],
)
def test_a_spreadsheet_takes_no_cell_for_a_formula_and_numbers_stay_numbers(cell: str, there: str) -> None:
    rows = list(csv.reader(StringIO(draw(table((cell, "")), "csv"))))
    assert rows == [["Item", "Value"], [there, ""]]


def test_a_cell_stands_on_one_line_and_gives_a_terminal_no_orders() -> None:
    drawn = draw(table(("two\nlines", "\x1b[31mred")))
    assert "| two lines |" in drawn
    assert "\x1b" not in drawn


@given(st.lists(st.tuples(st.text("a1棉被，（é ", max_size=9), st.text("0.-万", max_size=9)), max_size=4))
def test_chinese_columns_line_up(rows: list[tuple[str, str]]) -> None:
    for lang in ("zh", "en"):
        lines = draw(table(*rows), lang=lang).splitlines()[1:]
        assert len({wcswidth(line) for line in lines}) == 1


@given(st.lists(st.tuples(st.text("1e5.0-+=@'\"棉,", max_size=9), st.just("x")), max_size=4))
def test_what_a_spreadsheet_reads_is_what_was_said(rows: list[tuple[str, str]]) -> None:
    read = list(csv.reader(StringIO(draw(table(*rows), "csv"))))[1:]
    assert [cell.removeprefix("'") for cell, _ in read] == [cell.removeprefix("'") for cell, _ in rows]


def test_a_table_as_data() -> None:
    assert plain(STOCK) == {
        "key": "stock",
        "lang": "en",
        "title": {"zh": "库存表", "en": "Stock"},
        "columns": [
            {"key": "item", "zh": "物资", "en": "Item", "align": "left"},
            {"key": "value", "zh": "金额", "en": "Value", "align": "right"},
        ],
        "rows": [{"item": "棉被", "value": "1,000.00"}, {"item": "帐篷", "value": "-5.50"}],
        "total": {"item": "合计", "value": "994.50"},
        "notes": {"zh": ["金额单位：人民币元"], "en": ["amounts in CNY"]},
    }
    assert plain(table())["total"] is None


def test_a_table_is_drawn_in_the_language_of_its_cells() -> None:
    chinese = attrs.evolve(STOCK, lang="zh")
    assert draw(chinese, "csv").startswith("物资,金额")
    assert draw(chinese, "csv", "en").startswith("Item,Value")
    assert chinese.without("value").lang == "zh"


def test_a_compact_table_has_no_columns_in_which_there_is_nothing() -> None:
    columns = tuple(Column(key, key, key) for key in ("lot", "batch", "lost", "over"))
    rows = (("L1", "", "0", "0"), ("L2", "", "", "1"))
    told = Table("t", "表", "Table", columns, rows, total=("", "", "0", "1")).compact()
    assert [column.key for column in told.columns] == ["lot", "over"]
    assert told.all_rows == (("L1", "0"), ("L2", "1"), ("", "1"))
    assert [column.key for column in Table("t", "表", "Table", columns, ()).compact().columns] == ["lot"]


def test_a_table_without_some_columns() -> None:
    narrow = STOCK.without("value", "no such column")
    assert (narrow.columns, narrow.rows, narrow.total) == (COLUMNS[:1], (("棉被",), ("帐篷",)), ("合计",))
    assert table(("a", "b")).without("item").total is None


def test_a_column_is_headed_by_the_words_of_its_key() -> None:
    column = Column.named("given out", "right")
    assert (column.key, column.head("zh"), column.head("en"), column.align) == (
        "given_out",
        "发放及下拨",
        "Given out",
        "right",
    )


@pytest.mark.parametrize(
    ("columns", "rows", "missing"),
    [
        ((), (), "its columns are none"),
        ((COLUMNS[0], COLUMNS[0]), (), "its columns are item, item"),
        (COLUMNS, (("a",),), "1 cells stand under 2 columns"),
    ],
)
def test_a_crooked_table_is_refused(
    columns: tuple[Column, ...], rows: tuple[tuple[str, ...], ...], missing: str
) -> None:
    with pytest.raises(Incomplete) as refused:
        Table("t", "表", "Table", columns, rows)
    assert (refused.value.what, refused.value.missing) == ("table t", missing)


def test_a_total_has_a_cell_a_column_too() -> None:
    with pytest.raises(Incomplete):
        Table("t", "表", "Table", COLUMNS, (), total=("a",))


def test_a_style_that_there_is_not_is_refused() -> None:
    with pytest.raises(Incomplete) as refused:
        draw(STOCK, "html")  # pyright: ignore[reportArgumentType]
    assert refused.value.do == "choose one of terminal, markdown, csv"


@pytest.mark.parametrize("style", ["terminal", "markdown", "csv"])
def test_a_language_that_there_is_not_is_refused(style: str) -> None:
    with pytest.raises(Incomplete):
        draw(STOCK, style, "fr")  # pyright: ignore[reportArgumentType]
