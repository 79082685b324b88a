"""A CSV file: lines and cells as people and spreadsheet programs write them, and what is no such file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reliefstock.formats.sheet import Row, Sheet, hint
from reliefstock.projects import State
from reliefstock.values import Period

if TYPE_CHECKING:
    from pathlib import Path

    from reliefstock.errors import BadRow

HEAD = "id,text\n"


def sheet(
    folder: Path, text: str | bytes, columns: tuple[str, ...] = ("id", "text")
) -> tuple[Sheet, list[BadRow]]:
    bad: list[BadRow] = []
    path = folder / "rows.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Sheet(path, columns, bad), bad


def row(folder: Path, cell: str) -> tuple[Row, list[BadRow]]:
    read, bad = sheet(folder, f"{HEAD}1,{cell}\n")
    return next(iter(read)), bad


@pytest.mark.parametrize(
    "text",
    [
        "id,text\n1,a\n2,b\n",
        "id,text\r\n1,a\r\n2,b\r\n",
        "\ufeffid,text\n1,a\n2,b",
        "text,id\na,1\nb,2\n",
        " id , text \n 1 , a \n\n,\n2,b\n",
        "ID,Text\n1,a\n2,b\n",
        "id;text\n1;a\n2;b\n",
        '"id"\t"text"\r\n1\ta\r\n2\tb\r\n',
        "id,text,,\n1,a,,\n2,b,, \n,,,\n",
    ],
)
def test_rows_are_read_however_a_program_saves_them(tmp_path: Path, text: str):
    read, bad = sheet(tmp_path, text)
    assert ([(one.text("id"), one.text("text")) for one in read], bad) == ([("1", "a"), ("2", "b")], [])
    assert (len(read), read.is_readable) == (2, True)


def test_a_row_of_several_lines_is_on_its_first_line(tmp_path: Path):
    read, bad = sheet(tmp_path, f'{HEAD}1,"one\ntwo\r\nthree"\n\n2,b\n3,"x\ny"\n4,d\n')
    assert [(one.line, one.text("id")) for one in read] == [(2, "1"), (6, "2"), (7, "3"), (9, "4")]
    assert (next(iter(read)).text("text"), bad) == ("one\ntwo\r\nthree", [])


@pytest.mark.parametrize("mark", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
def test_a_mark_that_is_no_end_of_a_line_ends_none(tmp_path: Path, mark: str):
    read, bad = sheet(tmp_path, f"{HEAD}1,a{mark}b\n2,c\n")
    assert ([(one.line, one.text("text")) for one in read], bad) == ([(2, f"a{mark}b"), (3, "c")], [])


def test_too_few_and_too_many_cells_are_told_and_the_other_rows_are_read(tmp_path: Path):
    read, bad = sheet(tmp_path, f"{HEAD}1\n2,b\n3,c,d\n")
    assert [one.text("id") for one in read] == ["2"]
    assert [(one.line, one.column, one.given) for one in bad] == [(2, "", "1"), (4, "", "3,c,d")]
    assert (
        "2 cells are due, 3 are there; a text with a comma in it stands between double quotes"
        in bad[1].reason
    )


@pytest.mark.parametrize(
    ("head", "column", "reason"),
    [
        ("id", "text", "the column is missing"),
        ("id,text,txet", "txet", "no such column is known; did you mean 'text'?"),
        ("id,text,x", "x", "no such column is known; the columns are id, text"),
        ("id,text,id", "id", "the column stands twice"),
        ("id，text", "", "the columns are to be divided by commas"),
    ],
)
def test_a_wrong_head_is_told_and_no_row_is_read(tmp_path: Path, head: str, column: str, reason: str):
    read, bad = sheet(tmp_path, f"{head}\n1,a\n")
    assert (len(read), read.is_readable) == (0, False)
    assert [(one.line, one.column, one.reason) for one in bad] == [(1, column, reason)]


def test_an_empty_file_lacks_every_column(tmp_path: Path):
    assert [bad.column for bad in sheet(tmp_path, "")[1]] == ["id", "text"]


def test_a_column_that_need_not_be_there_has_empty_cells(tmp_path: Path):
    path, bad = tmp_path / "rows.csv", list["BadRow"]()
    path.write_text("id\n1\n", encoding="utf-8")
    (read,) = Sheet(path, ("id", "en"), bad, ("en",))
    assert (read.text("en"), bad) == ("", [])


def test_the_ids_of_misshapen_rows_are_known(tmp_path: Path):
    read, _ = sheet(tmp_path, f"{HEAD}1\n2,b\n3,c,d\n")
    assert [(one.text("id"), one.text("text")) for one in read.misshapen] == [("1", ""), ("3", "c")]


def test_a_file_of_one_column_is_one(tmp_path: Path):
    read, bad = sheet(tmp_path, "id\n1\n", ("id",))
    assert ([one.text("id") for one in read], bad) == (["1"], [])


@pytest.mark.parametrize("text", [f'{HEAD}1,"a"b\n', f'{HEAD}1,"a\n'])
def test_broken_csv_is_told_with_the_line_that_it_breaks_at(tmp_path: Path, text: str):
    read, (bad,) = sheet(tmp_path, text)
    assert (len(read), read.is_readable, bad.line) == (0, False, 2)
    assert bad.reason.startswith("it is not well-formed CSV")


def test_a_missing_file_is_told(tmp_path: Path):
    bad: list[BadRow] = []
    assert not Sheet(tmp_path / "rows.csv", ("id",), bad).is_readable
    assert bad[0].reason == "the file cannot be read: No such file or directory"


def test_a_file_of_a_spreadsheet_that_is_not_utf8_is_told_how_to_save_it(tmp_path: Path):
    (bad,) = sheet(tmp_path, f"{HEAD}1,棉被\n".encode("gb18030"))[1]
    assert bad.reason == "the file is not in UTF-8; in a spreadsheet program save it as 'CSV UTF-8'"


def test_a_cell_is_asked_for_what_it_should_be(tmp_path: Path):
    read, bad = row(tmp_path, "done")
    assert read.choice("text", State) is State.DONE
    assert (read.has("text"), read.required("text"), bad) == (True, "done", [])


def test_an_empty_cell_is_nothing_unless_it_is_required(tmp_path: Path):
    read, bad = row(tmp_path, "")
    assert [read.choice("text", State), read.figure("text"), read.period("text")] == [None, None, None]
    assert (read.several("text"), read.has("text"), bad) == ((), False, [])
    read.empty("text", "it is to be empty")
    assert bad == []
    assert read.required("text") == ""
    assert [(one.line, one.column, one.reason) for one in bad] == [(2, "text", "it must not be empty")]


def test_several_ids_are_divided_by_semicolons_of_either_width(tmp_path: Path):
    assert row(tmp_path, "a; b；c;;")[0].several("text") == ("a", "b", "c")


def test_figures_and_periods_are_read_and_what_is_none_is_noted(tmp_path: Path):
    assert row(tmp_path, "2023-H1")[0].period("text") == Period.half_year(2023, 1)
    read, bad = row(tmp_path, "40余万元")
    figure = read.figure("text")
    assert figure is not None
    assert figure.currency == "CNY"
    assert (read.period("text"), read.choice("text", State)) == (None, None)
    read.empty("text", "it is to be empty")
    assert [one.given for one in bad] == ["40余万元"] * 3


@pytest.mark.parametrize(
    ("given", "words"),
    [("quitl", "; did you mean 'quilt'?"), ("tents", "; did you mean 'tent' or 'tent a'?"), ("boat", "")],
)
def test_a_hint_names_what_may_be_meant(given: str, words: str):
    assert hint(given, ["quilt", "tent", "tent a"]) == words
