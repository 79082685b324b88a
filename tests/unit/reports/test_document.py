"""A document on paper: its lines, and what stands beside them."""

from __future__ import annotations

import attrs
import pytest

from reliefstock import (
    ArrivedLine,
    BillOfMaterials,
    Book,
    BrokenLine,
    Component,
    Consent,
    ConsignedLine,
    Handout,
    Item,
    PledgedLine,
    QuarantinedLine,
    ReceivedLine,
    Recovery,
    RecoveryKind,
    RedirectedLine,
    Restriction,
    Stage,
    Valuation,
    Vehicle,
)
from reliefstock.operations import DOCUMENTS, Document
from reliefstock.reports import WORDS, document_lines, document_table, draw
from reliefstock.reports.particulars import PARTICULARS
from unit.reports.books import WATER, a_book, an_empty_book, yuan


def received(book: Book, *lines: ReceivedLine, source: str = "") -> tuple[str, tuple[str, ...]]:
    note = book.receive(
        donor="A",
        into="depot",
        on="2023-01-10",
        counted_by=("keeper", "clerk"),
        lines=lines,
        source_document=source,
    )
    return note.number, note.lots


def water(boxes: int, **said: object) -> ReceivedLine:
    worth = Valuation.voucher(yuan("48.00"), "voucher 1")
    return attrs.evolve(ReceivedLine("water", WATER.quantity(boxes, "box"), valuation=worth), **said)


def test_a_goods_received_note_says_by_which_paper_who_counted_and_what_was_not_taken() -> None:
    book = an_empty_book()
    line = water(
        4,
        quarantined=WATER.quantity(1, "box"),
        quarantine_reason="受潮",
        refused=WATER.quantity(7),
        refusal_reason="破裂",
    )
    number, _ = received(book, line, source="捐赠函 3 号")
    assert document_table(book, number, "zh").notes("zh")[1:] == (
        "捐赠方：甲公司",
        "仓库：备灾中心",
        "来源凭据：捐赠函 3 号",
        "清点人：keeper、clerk",
        "待检隔离：饮用水 1箱（受潮）",
        "拒收：饮用水 7件（破裂）",
    )


def test_a_waybill_says_to_whom_by_whom_and_until_when() -> None:
    book = an_empty_book()
    book.add(Vehicle("van", zh="小货车", en="Van"))
    received(book, water(4))
    line = ConsignedLine("water", WATER.quantity(1, "box"))
    sent = book.dispatch(
        origin="depot", to="branch", on="2023-01-12", carrier="lorries", vehicle="van", lines=[line]
    )
    assert document_table(book, sent.number).notes()[1:] == (
        "from: Depot",
        "to: Branch",
        "due: 2023-01-19",
        "carrier: lorries",
        "vehicle: Van",
    )


def test_a_sign_off_says_what_was_lost_and_what_comes_back_though_nothing_moves() -> None:
    book = an_empty_book()
    _, (lot,) = received(book, water(4))
    line = ConsignedLine("water", WATER.quantity(2, "box"))
    sent = book.dispatch(origin="depot", to="branch", on="2023-01-12", lines=[line])
    arrived = ArrivedLine(lot, WATER.quantity(1, "box"), stage=Stage.CARRIER)
    report = book.arrive(sent.number, on="2023-01-14", received_by="c", lines=[arrived])
    paper = book.sign_off(
        report.number,
        on="2023-01-20",
        stage=Stage.CARRIER,
        signed_by="haulier",
        approved_by="director",
        paper="minutes 4",
        recoveries=[Recovery(RecoveryKind.CULPRIT, yuan("5.00"), "transfer 9")],
    )
    table = document_table(book, paper.number, "zh")
    assert table.rows == ()
    assert table.notes("zh") == (
        "责任方：承运方",
        "依据：minutes 4",
        "到货验收单：RR-000001",
        "签认人：haulier",
        "批准人：director",
        "短少：饮用水、GRN-000001-1、24件、1箱、12.00",
        "责任人赔偿：5.00（transfer 9）",
    )


def test_batch_expiry_and_signature_stand_in_columns_where_there_are_any() -> None:
    book = an_empty_book()
    number, _ = received(book, water(4, batch="W-7", expiry="2023-12-01"))
    assert document_table(book, number).rows[0][:4] == ("GRN-000001-1", "Water", "W-7", "2023-12-01")
    bottles = [Handout("H-1", "water", WATER.quantity(2), sheet) for sheet in ("sheet 1", "sheet 2")]
    given = book.distribute(origin="depot", on="2023-01-20", lines=bottles)
    assert [line.signatures for line in document_lines(book, given.number)] == [("sheet 1", "sheet 2")]
    assert document_table(book, given.number, "zh").rows[0][-1] == "sheet 1、sheet 2"


def test_what_goes_into_kits_and_comes_out_as_kits_is_not_added_up_twice() -> None:
    book = an_empty_book()
    book.add(
        Item("kit", zh="家庭包", en="Family kit"),
        BillOfMaterials(item="kit", version="1", components=[Component("water", WATER.quantity(6))]),
    )
    received(book, water(4))
    kit = book.register.item("kit")
    built = book.build_kits(
        kit="kit",
        count=kit.quantity(4),
        warehouse="depot",
        on="2023-01-11",
        assembled_by="keeper",
        checked_by="clerk",
    )
    table = document_table(book, built.number, "zh")
    assert [row[-1] for row in table.rows] == ["12.00", "12.00"]
    assert table.total is None
    assert "组合包：家庭包" in table.notes("zh")
    broken = book.break_kits(
        warehouse="depot",
        lines=[BrokenLine(built.lots[0], kit.quantity(1))],
        on="2023-01-12",
        reason="not needed",
        broken_by="keeper",
        checked_by="clerk",
    )
    assert document_table(book, broken.number).total is None


def test_a_document_that_moved_nothing_has_no_total_and_says_what_it_says() -> None:
    book = a_book()
    table = document_table(book, "PL-000001", "zh")
    assert table.total is None
    assert [column.key for column in table.columns] == ["lot", "item", "out_of", "into", "quantity", "value"]
    assert table.notes("zh")[0].startswith("捐赠方：")
    assert not any(note.startswith("金额单位") for note in table.notes("zh"))


def test_a_reason_that_is_one_of_a_list_is_said_in_words() -> None:
    book = an_empty_book()
    _, lots = received(book, water(4))
    book.quarantine(
        warehouse="depot",
        lines=[QuarantinedLine(lots[0], WATER.quantity(1))],
        reason="wet",
        reported_by="keeper",
        on="2023-01-12",
    )
    assert "原因：wet" in document_table(book, "QN-000001", "zh").notes("zh")
    assert any(note.startswith("原因：") and "damaged" not in note for note in _notes(a_book(), "WO-000001"))


def _notes(book: Book, number: str) -> tuple[str, ...]:
    return document_table(book, number, "zh").notes("zh")


def test_a_document_for_the_public_names_no_papers_and_nobody_who_signed() -> None:
    book = an_empty_book()
    number, _ = received(book, water(4), source="letter 3")
    assert "letter 3" not in draw(document_table(book, number, public=True))
    assert "keeper" not in draw(document_table(book, number, public=True))


def test_what_was_only_told_of_has_no_particulars() -> None:
    book = a_book()
    told = [number for number in book.documents if number.startswith(("MEN", "OBS"))]
    assert all(document_table(book, number).notes() == () for number in told)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_document_of_a_book_can_be_printed(lang: str) -> None:
    book = a_book()
    for number in book.documents:
        assert number in draw(document_table(book, number, "zh" if lang == "zh" else "en"))


def test_a_redirection_says_for_what_the_goods_are_from_now_on() -> None:
    book = an_empty_book()
    _, (lot,) = received(book, water(4, restriction=Restriction(programme="flood")))

    def told(lot: str, restriction: Restriction | None) -> tuple[str, tuple[str, ...]]:
        paper = book.redirect(
            warehouse="depot",
            lines=[RedirectedLine(lot, WATER.quantity(48))],
            restriction=restriction,
            consents=[Consent("A", "letter 12", "2023-02-01")],
            on="2023-02-02",
            reason="the flood is over",
            requested_by="clerk",
            approved_by="director",
        )
        return paper.lots[0], document_table(book, paper.number, "zh").notes("zh")

    winter, notes = told(lot, Restriction(programme="winter"))
    assert "限定：活动：winter" in notes
    assert "限定：非限定" in told(winter, None)[1]


def test_a_pledge_for_one_use_says_so_and_one_for_any_use_does_not() -> None:
    book = an_empty_book()

    def told(restriction: Restriction | None) -> tuple[str, ...]:
        lines = [PledgedLine("water", WATER.quantity(4))]
        pledge = book.pledge(donor="A", lines=lines, on="2023-01-02", restriction=restriction)
        return document_table(book, pledge.number).notes()

    assert "restriction: programme winter" in told(Restriction(programme="winter"))
    assert not any(note.startswith("restriction") for note in told(None))


@pytest.mark.parametrize("name", PARTICULARS)
def test_every_particular_is_of_some_document_and_has_its_word(name: str) -> None:
    assert f"particular.{name.replace('_', ' ')}" in WORDS
    assert any(name in attrs.fields_dict(kind) for kind in DOCUMENTS)


@pytest.mark.parametrize("kind", DOCUMENTS, ids=lambda kind: kind.prefix)
def test_nobody_who_answers_for_a_document_is_left_off_its_paper(kind: type[Document]) -> None:
    people = {name for name in attrs.fields_dict(kind) if name.endswith("_by") and name != "deliver_by"}
    assert people <= set(PARTICULARS)
