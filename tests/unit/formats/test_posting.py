"""The half-year data form, posted: each row as far as it is known, and nothing made up to fill a gap."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reliefstock.book import Book
from reliefstock.donations import Basis
from reliefstock.errors import ImportRefused
from reliefstock.formats import HalfYear, read_half_year
from reliefstock.ledger import Side
from reliefstock.operations import Mention, Observation, PaymentVoucher, Waybill
from reliefstock.values import FixedClock, Interval
from unit.formats.folders import SMALL, text_of, write

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from reliefstock.errors import BadRow

LATER = FixedClock("2026-11-23")


def read(folder: Path, *changes: tuple[int, Mapping[str, str]], file: str = "transactions") -> HalfYear:
    """The small folder with the cells of some lines changed."""
    write(folder)
    rows = list(SMALL[file])
    for line, cells in changes:
        rows[line - 2] = {**rows[line - 2], **cells}
    (folder / f"{file}.csv").write_text(text_of(file, tuple(rows)), encoding="utf-8")
    return read_half_year(folder, clock=LATER)


def refused(
    folder: Path, *changes: tuple[int, Mapping[str, str]], file: str = "transactions"
) -> list[BadRow]:
    with pytest.raises(ImportRefused) as found:
        read(folder, *changes, file=file)
    return list(found.value.rows)


def mentions(book: Book) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.about("en"), one.missing) for one in book.documents_of(Mention)]


def test_what_all_is_known_of_is_posted(tmp_path: Path):
    book = read(tmp_path).book
    assert list(book.documents) == [
        *("GRN-000001", "DR-000001", "WB-000001", "RR-000001", "DL-000001", "PV-000001"),
        *("OBS-000001", "OBS-000002"),
    ]
    assert book.on_hand("quilt").value == 1_600_000
    assert book.on_hand("CNY", "account").quantity == 500_000


def test_a_value_is_an_estimate_of_the_paper_as_it_is_printed_there(tmp_path: Path):
    lot = read(tmp_path).book.lot("GRN-000001-1")
    assert (lot.valuation.basis, lot.valuation.evidence) == (Basis.ESTIMATE, "summary: 4万元")


@pytest.mark.parametrize(("amount", "evidence"), [("", "summary"), ("4万余元", "summary: 4万余元")])
def test_goods_whose_value_is_not_exact_are_kept_by_quantity_alone(
    tmp_path: Path, amount: str, evidence: str
):
    lot = read(tmp_path, (2, {"amount": amount})).book.lot("GRN-000001-1")
    assert (lot.unvalued, lot.valuation.evidence) == (True, evidence)


def test_the_voucher_of_what_is_spent_is_its_evidence(tmp_path: Path):
    (voucher,) = read(tmp_path).book.documents_of(PaymentVoucher)
    assert voucher.voucher == "summary"


def test_what_is_spent_of_a_gift_is_of_that_gift_and_of_no_earlier_one(tmp_path: Path):
    earlier = {**SMALL["transactions"][3], "id": "T0", "date": "2023-01-05"}
    write(tmp_path)
    (tmp_path / "transactions.csv").write_text(
        text_of("transactions", (earlier, *SMALL["transactions"])), encoding="utf-8"
    )
    book = read_half_year(tmp_path, clock=LATER).book
    (voucher,) = book.documents_of(PaymentVoucher)
    assert [pick.lot for pick in voucher.paid_from] == ["DR-000002-1"]


def test_goods_for_another_society_arrive_there_over_the_road(tmp_path: Path):
    (waybill,) = read(tmp_path).book.documents_of(Waybill)
    assert (waybill.to, [line.lot for line in waybill.lines]) == ("ningshan", ["GRN-000001-1"])


def test_a_gift_for_a_programme_is_restricted_to_it(tmp_path: Path):
    book = read(tmp_path, *((line, {"programme": "drive"}) for line in range(2, 6)), (6, {"amount": ""})).book
    assert [one.programme for one in book.lot("GRN-000001-1").restrictions] == ["drive"]
    assert [one.programme for one in book.lot("DR-000001-1").restrictions] == ["drive"]


def test_a_day_known_by_its_month_alone_is_the_last_and_is_noted(tmp_path: Path):
    half_year = read(tmp_path, (2, {"date": "2023-01"}))
    (note,) = half_year.notes
    assert (note.code, note.about) == ("day-not-stated", "T1")
    assert (note.zh, note.en) == (
        "说明：只知日期在2023年1月，按当月末日入账",
        "what it is: only 2023-01 is stated; entered on its last day",
    )
    assert half_year.book.entries[0].on.isoformat() == "2023-01-31"


@pytest.mark.parametrize("line", [2, 5])
def test_a_donor_whom_the_papers_do_not_name_is_noted(tmp_path: Path, line: int):
    half_year = read(tmp_path, (line, {"from": ""}))
    (note,) = half_year.notes
    assert (note.code, note.zh, note.en) == (
        "donor-not-stated",
        "说明：没有说明捐赠方",
        "what it is: the donor is not stated",
    )
    assert {lot.donor for lot in half_year.book.ledger.lots.values()} == {"unstated", "province"}


GAPS = [
    (4, {"date": ""}, ("date",)),
    (4, {"date": "2023-H1"}, ("date",)),
    (4, {"date": "2022-02/2023-02-01"}, None),
    (4, {"item": "", "quantity": ""}, ("item", "amount")),
    (4, {"quantity": ""}, ("amount",)),
    (4, {"quantity": "100余床"}, ("exact amount",)),
    (4, {"quantity": "20户"}, ("unit",)),
    (4, {"quantity": "", "amount": "1万元"}, ("quantity",)),
    (4, {"item": "", "quantity": "", "amount": "1万元"}, ("item",)),
    (4, {"to": ""}, ("recipient",)),
    (4, {"to": "school;h1"}, ("amount of each",)),
    (4, {"from": ""}, ("origin",)),
    (4, {"item": "goods", "quantity": "3床"}, ("amount",)),
    (4, {"item": "goods", "quantity": "", "amount": "3余万元"}, ("exact amount",)),
    (6, {"amount": ""}, ("amount",)),
    (6, {"to": ""}, ("recipient",)),
]


@pytest.mark.parametrize(("line", "cells", "missing"), [gap for gap in GAPS if gap[2]])
def test_a_row_that_leaves_something_open_moves_nothing_and_is_kept_with_what_is_missing(
    tmp_path: Path, line: int, cells: Mapping[str, str], missing: tuple[str, ...]
):
    book = read(tmp_path, (line, cells)).book
    assert mentions(book) == [("what it is", missing)]
    assert len(book.entries) == 5


def test_a_gift_of_which_nobody_says_where_it_went_is_kept_with_its_donor(tmp_path: Path):
    (told,) = read(tmp_path, (5, {"to": ""}), (6, {"donation": ""}), (6, {"amount": ""})).book.documents_of(
        Mention
    )[:1]
    assert (told.side, told.donor, told.item, told.missing) == (Side.RECEIVED, "province", "CNY", ("place",))
    assert told.value == Interval.exactly(800_000)


def test_what_is_told_of_keeps_all_that_is_known(tmp_path: Path):
    cells = {
        "quantity": "100余床",
        "to": "school;h1",
        "programme": "drive",
        "donation": "T1",
        "amount": "1万元",
    }
    (told,) = read(tmp_path, (4, cells)).book.documents_of(Mention)
    assert (told.side, told.donor, told.item, told.recipients) == (
        Side.GIVEN_OUT,
        None,
        "quilt",
        ("school", "h1"),
    )
    assert (told.programme, told.donation, told.unit) == ("drive", "GRN-000001", "床")
    assert told.quantity == Interval(100, 200, low_open=True, high_open=True)
    assert told.value == Interval.exactly(1_000_000)


def test_what_is_of_a_gift_that_was_not_posted_is_not_taken_from_another(tmp_path: Path):
    rows = (
        *SMALL["transactions"],
        {**SMALL["transactions"][0], "id": "T6", "date": ""},
        {**SMALL["transactions"][2], "id": "T7", "donation": "T6"},
    )
    write(tmp_path)
    (tmp_path / "transactions.csv").write_text(text_of("transactions", rows), encoding="utf-8")
    book = read_half_year(tmp_path, clock=LATER).book
    assert mentions(book) == [("what it is", ("date",)), ("what it is", ("origin",))]
    assert book.on_hand("quilt").quantity == 200


def test_goods_by_value_move_by_value(tmp_path: Path):
    cells = {"item": "goods", "quantity": ""}
    changes = [(2, {**cells, "amount": "26.63万元"}), (3, {**cells, "amount": "16.38万元"})]
    book = read(tmp_path, *changes, (4, {**cells, "amount": "1元"})).book
    assert book.on_hand("goods").value == 10_250_000 - 100


def test_an_observation_of_money_is_in_minor_units(tmp_path: Path):
    book = read(tmp_path, (2, {"count": "65万元"}), file="indicators").book
    seen = book.documents_of(Observation)[0]
    assert (seen.unit, seen.count) == ("money", Interval.exactly(65_000_000))


# What the book refuses: (line, cells, the column to look at, words of the reason)
REFUSED = [
    (4, {"quantity": "301床"}, "quantity", "300床 can be used"),
    (3, {"quantity": "501床"}, "quantity", "500床 can be used"),
    (6, {"amount": "8001元"}, "amount", "8,001.00 CNY of money asked for, 8,000.00 CNY can be used"),
    (6, {"to": "home"}, "to", "only planned"),
    (3, {"date": "2023-01-31"}, "quantity", "enter first what else came in"),
    (4, {"date": "2033-01-31"}, "date", "too far ahead"),
    (2, {"programme": "drive"}, "programme", "was given for programme drive"),
]


@pytest.mark.parametrize(("line", "cells", "column", "reason"), REFUSED)
def test_what_the_book_refuses_is_told_by_its_row_and_there_is_no_book(
    tmp_path: Path, line: int, cells: Mapping[str, str], column: str, reason: str
):
    found = refused(tmp_path, (line, cells))
    assert any(bad.column == column and reason in bad.reason for bad in found), found
    assert {bad.file for bad in found} == {"transactions.csv"}


def test_all_that_the_book_refuses_is_told_at_once(tmp_path: Path):
    found = refused(tmp_path, (4, {"quantity": "301床"}), (6, {"amount": "9000元"}))
    assert [(bad.line, bad.column, bad.given) for bad in found] == [
        (4, "quantity", "301床"),
        (6, "amount", "9000元"),
    ]


def test_an_indicator_of_a_day_to_come_is_told_by_its_period(tmp_path: Path):
    (bad,) = refused(tmp_path, (2, {"period": "2033"}), file="indicators")
    assert (bad.file, bad.line, bad.column) == ("indicators.csv", 2, "period")


def test_goods_by_value_that_do_not_do_are_told_by_their_amount(tmp_path: Path):
    cells = {"item": "goods", "quantity": "", "donation": ""}
    found = refused(
        tmp_path, (2, {**cells, "amount": "2元"}), (3, {**cells, "amount": "3元"}), (4, {"quantity": ""})
    )
    assert [(bad.line, bad.column, bad.given) for bad in found] == [(3, "amount", "3元")]


def test_progress_is_told_row_by_row(tmp_path: Path):
    steps: list[tuple[int, int]] = []
    read_half_year(write(tmp_path), clock=LATER, progress=lambda done, rows: steps.append((done, rows)))
    assert steps == [(done, 7) for done in range(1, 8)]
