"""The half-year data form: whatever is wrong in a cell is told with its place, and nothing is posted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reliefstock.errors import BadRow, ImportRefused
from reliefstock.formats import HalfYear, read_half_year
from reliefstock.formats.form import Form
from reliefstock.parties import Donor, Household
from reliefstock.projects import Project
from reliefstock.values import FixedClock, Money
from unit.formats.folders import SMALL, text_of, write

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LATER = FixedClock("2026-11-23")


def bad_rows(folder: Path) -> tuple[BadRow, ...]:
    with pytest.raises(ImportRefused) as refused:
        read_half_year(folder, clock=LATER)
    return refused.value.rows


def read(folder: Path) -> HalfYear:
    return read_half_year(folder, clock=LATER)


def test_a_folder_that_is_right_is_read_and_posted_whole(tmp_path: Path):
    half_year = read(write(tmp_path))
    assert [len(half_year.claims), len(half_year.relations), len(half_year.notes)] == [4, 1, 0]
    assert half_year.book.on_hand("quilt").quantity == 200
    assert (half_year.report.name("zh"), half_year.report.name()) == ("小结", "Summary")


def test_the_nouns_are_what_their_rows_say(tmp_path: Path):
    register = read(write(tmp_path)).book.register
    assert register.item("quilt").quantity(2).text("zh") == "2床"
    assert register.item("goods").counted_by_value
    assert register.item("goods").name("en") == "物资"
    assert register.all(Household)[0].division == "610923"
    assert register.society("ningshan").all_codes == ("610923",)
    assert register.fund("account").project == "well"
    assert register.all(Project)[0].budget == Money.of("10000", "CNY")
    assert [donor.id for donor in register.all(Donor)] == ["province", "unstated"]


@pytest.mark.parametrize("unit", ["床", "顶帐篷", "bale"])
def test_a_unit_is_the_same_as_a_word_and_as_a_code(tmp_path: Path, unit: str):
    write(tmp_path, "nouns", 2, {"unit": unit})
    rows = (
        {**SMALL["transactions"][0], "quantity": f"500{unit}"},
        {**SMALL["transactions"][1], "quantity": f"200 {unit}" if unit.isascii() else f"200{unit}"},
    )
    (tmp_path / "transactions.csv").write_text(text_of("transactions", rows), encoding="utf-8")
    (tmp_path / "claims.csv").write_text(text_of("claims", ()), encoding="utf-8")
    (tmp_path / "relations.csv").write_text(text_of("relations", ()), encoding="utf-8")
    assert read(tmp_path).book.on_hand("quilt").quantity == 300


# One bad cell: (file, line, what is written there, the column that is told, words of the reason)
BAD_CELLS = [
    ("report", 2, {"currency": "RMB"}, "currency", "ISO 4217"),
    ("report", 2, {"period": "上半年"}, "period", "write 2023, 2023-H1"),
    ("report", 2, {"period": ""}, "period", "must not be empty"),
    ("report", 2, {"zh": ""}, "zh", "must not be empty"),
    ("nouns", 2, {"kind": "thing"}, "kind", "one of: item, donor, society"),
    ("nouns", 2, {"kind": ""}, "kind", "must not be empty"),
    ("nouns", 2, {"zh": ""}, "zh", "must not be empty"),
    ("nouns", 2, {"unit": ""}, "unit", "must not be empty"),
    ("nouns", 4, {"what": ""}, "what", "must not be empty"),
    ("nouns", 4, {"what": "club"}, "what", "one of: society, government"),
    ("nouns", 6, {"level": ""}, "level", "must not be empty"),
    ("nouns", 6, {"level": "village"}, "level", "one of: international"),
    ("nouns", 6, {"code": "陕西"}, "code", "ASCII letters and digits"),
    ("nouns", 8, {"code": "陕西"}, "code", "ASCII letters and digits"),
    ("nouns", 9, {"zh": "一个人的名字"}, "zh", "nobody's name is in the book"),
    ("nouns", 9, {"en": "a name"}, "en", "nobody's name is in the book"),
    ("nouns", 10, {"project": "wel"}, "project", "did you mean 'well'?"),
    ("nouns", 11, {"budget": "1万余元"}, "budget", "no estimate"),
    ("nouns", 11, {"budget": "1万"}, "budget", "an amount of CNY is due"),
    ("nouns", 11, {"budget": "12.345元"}, "budget", "CNY has 2 decimals"),
    ("nouns", 11, {"state": "half"}, "state", "one of: planned, begun, done"),
    ("nouns", 13, {"id": "mi/ll"}, "id", "reserved mark '/'"),
    ("nouns", 13, {"id": ""}, "id", "must not be empty"),
    ("nouns", 13, {"kind": "item", "id": "CNY", "unit": "床"}, "id", "stands for something else"),
    ("nouns", 13, {"kind": "donor", "id": "unstated", "what": "company"}, "id", "stands for something else"),
    ("nouns", 13, {"kind": "school", "id": "ningshan"}, "id", "stands twice"),
    ("transactions", 2, {"kind": "get"}, "kind", "one of: receive, give, money, spend"),
    ("transactions", 2, {"kind": ""}, "kind", "must not be empty"),
    ("transactions", 4, {"id": ""}, "id", "must not be empty"),
    ("transactions", 4, {"id": "T|3"}, "id", "reserved mark '|'"),
    ("transactions", 4, {"id": "T1"}, "id", "stands twice"),
    ("transactions", 2, {"date": "1.2.2023"}, "date", "format the column as text"),
    ("transactions", 2, {"date": "2023/2/30"}, "date", "a business date is due"),
    ("transactions", 2, {"date": "2023/2/1x"}, "date", "write 2023, 2023-H1"),
    ("transactions", 2, {"quantity": "不详"}, "quantity", "leave the cell empty where it is not known"),
    ("transactions", 2, {"date": "-"}, "date", "leave the cell empty where it is not known"),
    ("transactions", 2, {"from": "Unknown"}, "from", "leave the cell empty where it is not known"),
    ("transactions", 4, {"quantity": "80条"}, "quantity", "quilt is counted in 床, and not in 条"),
    ("transactions", 6, {"programme": "drive"}, "programme", "project well is of programme water"),
    ("transactions", 2, {"date": "2023-02-30"}, "date", "a business date is due"),
    ("transactions", 2, {"date": "2023-02-01 08:30:00"}, "date", "write 2023, 2023-H1"),
    ("transactions", 2, {"from": "provinc"}, "from", "did you mean 'province'?"),
    ("transactions", 2, {"from": "province;province"}, "from", "one id is due"),
    ("transactions", 2, {"to": "school"}, "to", "no warehouse 'school' is there"),
    ("transactions", 4, {"to": "shcool"}, "to", "no society or school or household 'shcool' is there"),
    ("transactions", 4, {"item": "quilts"}, "item", "did you mean 'quilt'?"),
    ("transactions", 2, {"amount": "300余"}, "amount", "with its currency, such as 9.9万元"),
    ("transactions", 2, {"amount": "300余床"}, "amount", "an amount of CNY is due"),
    ("transactions", 2, {"amount": "500美元"}, "amount", "an amount of CNY is due"),
    ("transactions", 2, {"amount": "12.345元"}, "amount", "CNY has 2 decimals"),
    ("transactions", 2, {"amount": "0元"}, "amount", "leave the cell empty"),
    ("transactions", 2, {"amount": "四万左右余元"}, "amount", "cannot read"),
    ("transactions", 2, {"amount": "-4万元"}, "amount", "cannot read"),
    ("transactions", 2, {"quantity": "4万元"}, "quantity", "a number with its unit"),
    ("transactions", 2, {"quantity": "500"}, "quantity", "a number with its unit"),
    ("transactions", 2, {"quantity": "50%"}, "quantity", "a number with its unit"),
    ("transactions", 2, {"quantity": "2.5床"}, "quantity", "smaller unit"),
    ("transactions", 2, {"quantity": "0床"}, "quantity", "leave the cell empty"),
    ("transactions", 2, {"donation": "T4"}, "donation", "a row of kind receive has none"),
    ("transactions", 3, {"donation": "T4"}, "donation", "no row of that id receives anything"),
    ("transactions", 3, {"donation": "T11"}, "donation", "no row of that id receives anything"),
    ("transactions", 5, {"item": "quilt"}, "item", "a row of kind money has none"),
    ("transactions", 6, {"quantity": "3床"}, "quantity", "a row of kind spend has none"),
    ("transactions", 6, {"to": "school"}, "to", "no project 'school' is there"),
    ("transactions", 4, {"evidence": ""}, "evidence", "must not be empty"),
    ("transactions", 4, {"zh": ""}, "zh", "must not be empty"),
    ("indicators", 2, {"count": ""}, "count", "must not be empty"),
    ("indicators", 2, {"count": "许多"}, "count", "cannot read"),
    ("indicators", 2, {"count": "65万美元"}, "count", "the report is in CNY"),
    ("indicators", 2, {"period": ""}, "period", "must not be empty"),
    ("indicators", 2, {"indicator": ""}, "indicator", "must not be empty"),
    ("indicators", 2, {"id": "T1"}, "id", "stands twice"),
    ("indicators", 2, {"state": "done"}, "project", "must not be empty"),
    ("indicators", 3, {"project": "wells"}, "project", "did you mean 'well'?"),
    ("claims", 2, {"printed": ""}, "printed", "must not be empty"),
    ("claims", 2, {"printed": "约500余床"}, "printed", "marked twice"),
    ("claims", 2, {"measure": ""}, "measure", "must not be empty"),
    ("claims", 2, {"measure": "receive"}, "measure", "one of: received, given out"),
    ("claims", 2, {"period": ""}, "period", "must not be empty"),
    ("claims", 2, {"goods": "cash"}, "goods", "one of: goods, money, all"),
    ("claims", 2, {"donors": "provinces"}, "donors", "did you mean 'province'?"),
    ("claims", 2, {"items": "quilt;tent"}, "items", "no item 'tent' is there"),
    ("claims", 3, {"recipients": "ningshan；depot"}, "recipients", "'depot' is there"),
    ("claims", 2, {"indicator": "messages"}, "indicator", "only what is observed"),
    ("claims", 2, {"state": "done"}, "state", "only what is observed"),
    ("claims", 2, {"project": "well"}, "project", "not measured by project"),
    ("claims", 4, {"indicator": ""}, "indicator", "must not be empty"),
    ("claims", 5, {"project": ""}, "project", "must not be empty"),
    ("claims", 4, {"id": "C1"}, "id", "stands twice"),
    ("claims", 4, {"id": "C:3"}, "id", "reserved mark ':'"),
    ("relations", 2, {"kind": ""}, "kind", "must not be empty"),
    ("relations", 2, {"kind": "parts"}, "kind", "one of: part of, sum of, may contain"),
    ("relations", 2, {"whole": ""}, "whole", "must not be empty"),
    ("relations", 2, {"whole": "C11"}, "whole", "no claim 'C11' is there"),
    ("relations", 2, {"parts": ""}, "parts", "must not be empty"),
    ("relations", 2, {"parts": "C2;D9"}, "parts", "no claim 'D9' is there"),
    ("relations", 2, {"parts": "C2;C2"}, "parts", "name each part once"),
    ("relations", 2, {"parts": "C1"}, "parts", "name each part once"),
]


@pytest.mark.parametrize(("file", "line", "cells", "column", "reason"), BAD_CELLS)
def test_a_bad_cell_is_told_once_with_its_place_and_what_to_write(
    tmp_path: Path, *, file: str, line: int, cells: Mapping[str, str], column: str, reason: str
):
    (bad,) = bad_rows(write(tmp_path, file, line, cells))
    given = {**SMALL[file][line - 2], **cells}.get(column, "")
    assert (bad.file, bad.line, bad.column, bad.given) == (f"{file}.csv", line, column, given)
    assert reason in bad.reason


def test_chinese_stands_for_english_where_there_is_none(tmp_path: Path):
    write(tmp_path)
    for file, rows in SMALL.items():
        bare = tuple({key: cell for key, cell in row.items() if key != "en"} for row in rows)
        lines = text_of(file, bare).split("\n")
        at = lines[0].split(",").index("en") if ",en" in lines[0] else None
        cut = [",".join(c for i, c in enumerate(line.split(",")) if i != at) for line in lines]
        (tmp_path / f"{file}.csv").write_text("\n".join(cut), encoding="utf-8")
    half_year = read(tmp_path)
    assert (half_year.report.name("en"), half_year.claims[0].name("en")) == ("小结", "收到")
    assert half_year.book.register.item("quilt").name("en") == "棉被"


@pytest.mark.parametrize("kind", ["Receive", "RECEIVE", "ｒeceive"])
def test_words_of_the_form_are_read_in_any_case(tmp_path: Path, kind: str):
    write(tmp_path, "transactions", 2, {"kind": kind})
    rows = ({**SMALL["nouns"][0], "kind": "Item"}, *SMALL["nouns"][1:])
    (tmp_path / "nouns.csv").write_text(text_of("nouns", rows), encoding="utf-8")
    assert read(tmp_path).book.on_hand("quilt").quantity == 200


@pytest.mark.parametrize("file", ["nouns", "transactions", "claims"])
def test_a_row_with_a_stray_comma_is_told_and_not_those_that_refer_to_it(tmp_path: Path, file: str):
    path = write(tmp_path) / f"{file}.csv"
    lines = path.read_text(encoding="utf-8").split("\n")
    path.write_text("\n".join((lines[0], lines[1] + ",,more", *lines[2:])), encoding="utf-8")
    (bad,) = bad_rows(tmp_path)
    assert (bad.file, bad.line, bad.column) == (f"{file}.csv", 2, "")


def test_all_that_is_wrong_in_a_row_is_told_at_once(tmp_path: Path):
    cells = {"date": "soon", "from": "nobody", "item": "", "quantity": "500", "amount": "300余", "zh": ""}
    found = bad_rows(write(tmp_path, "transactions", 2, cells))
    assert [bad.column for bad in found] == ["date", "amount", "quantity", "zh", "from"]


def test_two_rows_without_an_id_are_not_called_the_same(tmp_path: Path):
    write(tmp_path)
    rows = tuple({**row, "id": ""} if row["id"] in {"T3", "T5"} else row for row in SMALL["transactions"])
    (tmp_path / "transactions.csv").write_text(text_of("transactions", rows), encoding="utf-8")
    assert [(bad.line, bad.reason) for bad in bad_rows(tmp_path)] == [
        *((4, "it must not be empty"), (6, "it must not be empty")),
    ]


def test_all_that_is_wrong_in_all_files_is_told_at_once(tmp_path: Path):
    write(tmp_path, "transactions", 2, {"date": "soon"})
    for file, old, new in (("report", "CNY", "RMB"), ("claims", "C2", "C1"), ("indicators", "33万条", "?")):
        path = tmp_path / f"{file}.csv"
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    found = {(bad.file, bad.line, bad.column) for bad in bad_rows(tmp_path)}
    assert {("report.csv", 2, "currency"), ("transactions.csv", 2, "date")} <= found
    assert {("indicators.csv", 2, "count"), ("claims.csv", 3, "id")} <= found


def test_a_bad_row_is_not_told_again_by_the_rows_that_refer_to_it(tmp_path: Path):
    (bad,) = bad_rows(write(tmp_path, "nouns", 2, {"zh": ""}))
    assert (bad.file, bad.column) == ("nouns.csv", "zh")


@pytest.mark.parametrize("file", ["nouns", "claims", "transactions", "report"])
def test_a_missing_file_is_not_told_again_by_the_rows_that_refer_to_it(tmp_path: Path, file: str):
    (write(tmp_path) / f"{file}.csv").unlink()
    assert [bad.file for bad in bad_rows(tmp_path)] == [f"{file}.csv"]


def test_without_a_known_currency_no_amount_is_called_wrong(tmp_path: Path):
    (bad,) = bad_rows(write(tmp_path, "report", 2, {"currency": "YUAN"}))
    assert (bad.file, bad.column, bad.given) == ("report.csv", "currency", "YUAN")


@pytest.mark.parametrize("count", [0, 2])
def test_there_is_one_report(tmp_path: Path, count: int):
    write(tmp_path)
    (tmp_path / "report.csv").write_text(text_of("report", SMALL["report"] * count), encoding="utf-8")
    (bad,) = bad_rows(tmp_path)
    assert (bad.file, bad.line, bad.reason) == ("report.csv", 1, f"one row is due, {count} are there")


def test_what_is_given_of_a_gift_is_of_its_item(tmp_path: Path):
    cells = {"item": "goods", "quantity": "", "amount": "1元"}
    (bad,) = bad_rows(write(tmp_path, "transactions", 3, cells))
    assert (bad.column, bad.reason) == ("donation", "that row received quilt, and not goods")


def test_a_noun_that_stands_twice_is_told(tmp_path: Path):
    write(tmp_path)
    (tmp_path / "nouns.csv").write_text(
        text_of("nouns", (*SMALL["nouns"], SMALL["nouns"][0])), encoding="utf-8"
    )
    (bad,) = bad_rows(tmp_path)
    assert (bad.file, bad.line, bad.column, bad.given) == ("nouns.csv", 14, "id", "quilt")


def test_ids_are_the_same_in_either_unicode_form(tmp_path: Path):
    write(tmp_path, "nouns", 8, {"id": "e\u0301cole"})
    rows = ({**SMALL["transactions"][0]}, {**SMALL["transactions"][2], "to": "\u00e9cole"})
    (tmp_path / "transactions.csv").write_text(text_of("transactions", rows), encoding="utf-8")
    assert read(tmp_path).book.on_hand("quilt").quantity == 400


def test_what_came_stands_before_what_went_whatever_the_order_of_the_rows(tmp_path: Path):
    write(tmp_path)
    rows = tuple(reversed(SMALL["transactions"]))
    (tmp_path / "transactions.csv").write_text(text_of("transactions", rows), encoding="utf-8")
    bad: list[BadRow] = []
    steps = [step.id for step in Form(tmp_path, bad).steps]
    assert (steps, bad) == (["T4", "T1", "T5", "T3", "T2", "I1", "I2"], [])


def test_the_message_for_people_names_each_place(tmp_path: Path):
    with pytest.raises(ImportRefused) as refused:
        read_half_year(write(tmp_path, "transactions", 2, {"quantity": "500"}))
    assert "transactions.csv, line 2, column quantity: a number with its unit is due" in str(refused.value)
