"""A depot's year, as the example tells it: it adds up, whatever the seed; and one that does not is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest

import depot_year as example
from county_depot.audit import CHECKS, Evidence, audit
from county_depot.figures import figures
from county_depot.year import Year
from reliefstock import (
    Book,
    CountReport,
    DistributionList,
    DonationReceipt,
    Entry,
    EntryKind,
    Mention,
    Observation,
    PeriodClose,
    PlaceKind,
    ReceivingReport,
    Reopening,
    Restriction,
    Waybill,
)
from reliefstock.operations import DOCUMENTS
from reliefstock.reconciliation import holds_of, reopened_changes
from scenario.tampering import Changes, all_changed, changed

SMALL = 60


@pytest.fixture(scope="module")
def year() -> Year:
    """A small year; whoever tampers with it puts it right again."""
    return example.depot_year(seed=5, households=SMALL)


# It adds up


@pytest.mark.parametrize(("seed", "households"), [(1, 60), (2, 60), (3, 60), (7, 75), (2024, 96)])
def test_the_year_adds_up_whatever_the_seed(seed: int, households: int):
    audited = audit(example.depot_year(seed, households))
    assert audited.wrong == ()
    assert list(audited.counts) == list(CHECKS)
    assert min(audited.counts.values()) > 0
    assert audited.comparisons > 10_000


def test_the_same_seed_is_the_same_year(year: Year):
    again = example.depot_year(seed=5, households=SMALL)
    other = example.depot_year(seed=6, households=SMALL)
    told = [figures(one, audit(one)) for one in (year, again, other)]
    assert told[0] == told[1] != told[2]


def test_both_languages_tell_the_same_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    told: dict[str, tuple[Any, str]] = {}
    for lang in ("zh", "en"):
        file = tmp_path / f"{lang}.json"
        size = ["--seed", "5", "--households", str(SMALL)]
        assert example.main(["--lang", lang, *size, "--json", str(file)]) == 0
        told[lang] = json.loads(file.read_text(encoding="utf-8")), capsys.readouterr().out
    assert told["zh"][0] == told["en"][0]
    assert told["zh"][1].splitlines()[-1].startswith("全部相符")
    assert told["en"][1].splitlines()[-1].startswith("everything adds up")
    assert "收支结存表（2024年，按物资）" in told["zh"][1]
    assert "Statement of 2024, by Item" in told["en"][1]


def test_a_county_that_is_too_small_for_the_story_is_refused(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as refused:
        example.main(["--households", "59"])
    assert refused.value.code == 2
    assert "60" in capsys.readouterr().err


# All of it happens


def test_every_kind_of_document_is_made_but_what_this_year_does_not_need(year: Year):
    made = {type(one) for one in year.book.documents.values()}
    assert set(DOCUMENTS) - made == {Mention, Observation, Reopening}
    assert len(year.book.documents) > 300


def test_closes_were_refused_until_everything_was_settled(year: Year):
    tried = [(str(one.period), [blocker.code for blocker in one.blockers]) for one in year.blocked]
    assert tried == [("2024-05", ["count-open"]), ("2024-06", ["consignment-overdue", "loss-open"])]
    assert [str(one.period) for one in year.closed][-1] == "2024-12"
    assert reopened_changes(year.book) == ()


def test_promises_were_given_in_parts_released_and_left_to_lapse(year: Year):
    rows = holds_of(year.book)
    lists = [line.hold for one in year.book.documents_of(DistributionList) for line in one.lines if line.hold]
    assert len(lists) > len(set(lists))
    assert any(row.released for row in rows)
    assert any(row.expired for row in rows)
    assert [(row.item, row.short) for row in year.at_risk.rows] == [("quilt", 2)] * 3


def test_lorries_went_astray(year: Year):
    diverted = [one.to for one in year.book.documents_of(Waybill) if one.diverted_from]
    assert diverted == ["station", "depot"]
    reports = year.book.documents_of(ReceivingReport)
    assert [one.partial for one in reports].count(True) == 1
    assert [line.short for one in reports for line in one.lines if line.short] == [24]


def test_counts_had_a_loss_a_gain_a_third_counter_and_a_slip_that_came_late(year: Year):
    may, october = year.book.documents_of(CountReport)
    assert may.gain > 0 < may.gross_loss
    assert len(october.counters) == 3
    assert len(october.late) == 1
    assert [line.subject.lot == "" for line in october.differences].count(True) == 1


# A year that does not add up is found


Tampered = Callable[[Year], Changes]


def _entry(book: Book, kind: EntryKind) -> Entry:
    return next(entry for entry in book.entries if entry.kind is kind)


def a_fen_too_much(year: Year):
    posting = _entry(year.book, EntryKind.RECEIPT).postings[0]
    return [(posting, {"value": posting.value + 1})]


def a_unit_too_few(year: Year):
    posting = _entry(year.book, EntryKind.DISTRIBUTION).postings[-1]
    return [(posting, {"quantity": posting.quantity - 1})]


def a_receipt_that_came_after_the_goods_were_given(year: Year):
    return [(_entry(year.book, EntryKind.RECEIPT), {"on": date(2024, 12, 30)})]


def kits_worth_more_than_what_is_in_them(year: Year):
    postings = _entry(year.book, EntryKind.KITTING).postings
    inside = next(one for one in postings if one.place.kind is PlaceKind.CONVERSION)
    return [(inside, {"value": inside.value + 100})]


def goods_that_stand_with_another_family(year: Year):
    _, one, other, *_ = _entry(year.book, EntryKind.DISTRIBUTION).postings
    return [(one, {"place": other.place}), (other, {"place": one.place, "value": other.value + 1})]


def a_statement_printed_with_another_figure(year: Year):
    printed = year.closed[6]
    first, *rest = printed.statement.rows
    off = attrs.evolve(first, opening=first.opening + first.opening)
    return [(printed, {"statement": attrs.evolve(printed.statement, rows=(off, *rest))})]


def a_close_with_another_total(year: Year):
    close = year.book.documents_of(PeriodClose)[3]
    first, *rest = close.totals
    return [(close, {"totals": (attrs.evolve(first, value=first.value + 1), *rest)})]


def a_list_that_says_more_than_was_given(year: Year):
    pick = year.book.documents_of(DistributionList)[0].lines[0].picks[0]
    return [(pick, {"quantity": pick.quantity + 1})]


def goods_that_were_given_for_somebody_else(year: Year):
    lot = _entry(year.book, EntryKind.DISTRIBUTION).postings[0].lot
    return [(year.book.lot(lot), {"restrictions": (Restriction(programme="another"),)})]


def a_promise_kept_without_a_list(year: Year):
    lists = year.book.documents_of(DistributionList)
    line = next(line for one in lists for line in one.lines if line.hold)
    return [(line, {"hold": ""})]


def a_report_that_says_more_arrived(year: Year):
    line = year.book.documents_of(ReceivingReport)[0].lines[0]
    return [(line, {"received": line.received + 1})]


def a_counter_who_approves(year: Year):
    report = year.book.documents_of(CountReport)[0]
    return [(report, {"approved_by": report.counters})]


def a_receipt_for_more_than_came(year: Year):
    receipt = year.book.documents_of(DonationReceipt)[0]
    return [(receipt, {"amount": receipt.amount + receipt.amount})]


def an_entry_of_another_paper(year: Year):
    return [(_entry(year.book, EntryKind.RECEIPT), {"document": "GRN-000002"})]


def a_ration_that_came_from_nowhere(year: Year):
    rations = {lot.id for lot in year.book.ledger.lots.values() if lot.batch == "R-0305"}
    entry = next(one for one in year.book.entries if rations & set(one.by_lot()))
    into = next(one for one in entry.postings if one.place.kind is PlaceKind.WAREHOUSE)
    return [(into, {"quantity": into.quantity + 1})]


TAMPERED: dict[str, Tampered] = {
    "conserved": a_fen_too_much,
    "never below zero": a_receipt_that_came_after_the_goods_were_given,
    "conversions": kits_worth_more_than_what_is_in_them,
    "balances": goods_that_stand_with_another_family,
    "the statement": a_unit_too_few,
    "every grouping": a_unit_too_few,
    "months": a_statement_printed_with_another_figure,
    "as printed": a_statement_printed_with_another_figure,
    "closes": a_close_with_another_total,
    "traces": a_fen_too_much,
    "lists": a_list_that_says_more_than_was_given,
    "purposes": goods_that_were_given_for_somebody_else,
    "the recall": a_ration_that_came_from_nowhere,
    "promises": a_promise_kept_without_a_list,
    "the road": a_report_that_says_more_arrived,
    "the counts": a_counter_who_approves,
    "money": a_receipt_for_more_than_came,
    "papers": an_entry_of_another_paper,
}


def test_there_is_a_tampering_for_every_check():
    assert list(TAMPERED) == list(CHECKS)


@pytest.mark.parametrize("name", CHECKS)
def test_every_check_can_fail(year: Year, name: str):
    def differ() -> list[object]:
        return [one for one in CHECKS[name].compare(Evidence(year)) if not one.agrees]

    with all_changed(TAMPERED[name](year)):
        assert differ()
    assert differ() == []


def test_a_change_of_any_posting_is_found(year: Year):
    for entry in year.book.entries[::25]:
        for posting in entry.postings[:: max(1, len(entry.postings) - 1)]:
            for field in ("quantity", "value"):
                with changed(posting, **{field: getattr(posting, field) + 1}):
                    found = [one for one in CHECKS["conserved"].compare(Evidence(year)) if not one.agrees]
                assert [one.about for one in found] == [f"entry {entry.number}, lot {posting.lot}"]


@pytest.mark.parametrize(("lang", "last"), [("zh", "不符"), ("en", "differ")])
def test_a_year_that_does_not_add_up_ends_in_failure(
    year: Year, lang: str, last: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(example, "depot_year", lambda *_: year)
    with all_changed(a_fen_too_much(year)):
        assert example.main(["--lang", lang]) == 1
    out = capsys.readouterr().out.splitlines()
    assert last in out[-1]
    assert any("≠" in line for line in out)
    assert example.main(["--lang", lang]) == 0
