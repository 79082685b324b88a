"""Requests and documents as plain data: it reads back as the same, and nothing passes for another."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from reliefstock import (
    ArrivedLine,
    BillOfMaterials,
    Book,
    BrokenLine,
    Component,
    Consent,
    ConsignedLine,
    DivertedLine,
    Donor,
    FixedClock,
    Handout,
    Item,
    LossReason,
    Money,
    QuarantinedLine,
    ReceivedLine,
    Recovery,
    RecoveryKind,
    RedirectedLine,
    ReleasedLine,
    Restriction,
    ReturnedLine,
    SignedLine,
    SoldLine,
    Valuation,
    Warehouse,
    WrittenOffLine,
)
from reliefstock.allocation import Demand, MaxMinFill, share
from reliefstock.errors import BadData, CommandConflict
from reliefstock.formats import document_from, plain_from, read_half_year, request_from
from reliefstock.formats import plain as module
from reliefstock.ledger import Side
from reliefstock.operations import (
    Dispatch,
    Document,
    MentionMovement,
    ReceiveGoods,
    ReceiveMoney,
    Request,
    Return,
    ReturnedLot,
    ReturnNote,
    Reverse,
    WriteOff,
)
from reliefstock.records import types
from reliefstock.values import PIECE, Interval, Period, business_date
from unit.formats.folders import REAL
from unit.operations.counts import a_counted_book
from unit.operations.office import WATER, allocated, allocation, gift, handout, line, new_office
from unit.operations.office import given as give_out
from unit.reports.books import a_book

if TYPE_CHECKING:
    from collections.abc import Callable

QUILT = Item("quilt", zh="棉被", en="Quilt", packs=(PIECE.pack("bale", 10),))
GOODS = ReceiveGoods(
    donor="province",
    into="depot",
    on="2023-01-10",
    counted_by=("a", "b"),
    lines=[
        ReceivedLine(
            "quilt",
            QUILT.quantity(3, "bale"),
            valuation=Valuation.voucher(Money.of("12.50", "CNY"), "invoice 17"),
            quarantined=QUILT.quantity(1),
            quarantine_reason="wet",
            expiry="2024-12-31",
            restriction=Restriction(places=("61",), until="2024-01-01"),
        )
    ],
)
MORE = (
    Return(
        recipient="h1",
        into="depot",
        lines=[ReturnedLine("GRN-000001-1", QUILT.quantity(1))],
        on="2023-02-01",
        reason="x",
    ),
    WriteOff(
        warehouse="depot",
        lines=[WrittenOffLine("GRN-000001-1", Money.of("1.00", "CNY"))],
        on="2023-02-01",
        reason=LossReason.SPOILT,
        explanation="wet",
        reported_by="a",
        approved_by="b",
    ),
)
NOTES = (
    ReturnNote(
        number="RN-000001",
        on=business_date("2023-02-01"),
        recipient="h1",
        warehouse="depot",
        lines=(ReturnedLot("GRN-000001-1", "quilt", QUILT.quantity(1), 100),),
        reason="x",
        usable=True,
    ),
)


def closed_and_reopened() -> Book:
    """A half-year that was closed, opened again, closed and sealed."""
    book, half = Book("a county", currency="CNY", clock=FixedClock("2026-11-23")), Period.half_year(2023, 1)
    people = {"on": "2023-07-05", "approved_by": "b"}
    book.close(half, closed_by="a", **people)
    book.reopen(half, requested_by="a", reason="a late waybill", **people)
    book.close(half, closed_by="a", note="again", **people)
    book.seal(half, sealed_by="a", audit_paper="audit 4", **people)
    return book


def lost_and_diverted() -> Book:
    """A lorry of which part came, part went back, and the rest was lost and signed for."""
    book = Book("a county", currency="CNY", clock=FixedClock("2026-11-23"))
    book.add(QUILT, Donor("province", zh="省红十字会"))
    book.add(Warehouse("depot", zh="备灾中心"), Warehouse("branch", zh="分库"))
    worth = Valuation.voucher(Money.of("10.00", "CNY"), "invoice 17")
    line = ReceivedLine("quilt", QUILT.quantity(9), valuation=worth)
    book.receive(donor="province", into="depot", lines=[line], on="2023-01-10", counted_by=("a", "b"))
    sent = [ConsignedLine("quilt", QUILT.quantity(9))]
    book.dispatch(origin="depot", to="branch", lines=sent, on="2023-01-11", due="2023-01-12")
    came = [ArrivedLine("GRN-000001-1", QUILT.quantity(3), quarantined=QUILT.quantity(1))]
    book.arrive("WB-000001", on="2023-01-12", received_by="c", lines=came, partial=True)
    back = [DivertedLine("GRN-000001-1", QUILT.quantity(2))]
    book.divert("WB-000001", to="depot", on="2023-01-13", reason="flood", approved_by="d", lines=back)
    book.arrive(["WB-000001"], on="2023-01-14", received_by="c", nothing_arrived=True, stage="carrier")
    book.sign_off(
        "RR-000002",
        on="2023-02-14",
        stage="sender",
        signed_by="driver",
        approved_by="d",
        paper="waybill",
        lines=[SignedLine("GRN-000001-1", short=QUILT.quantity(2))],
        recoveries=[Recovery(RecoveryKind.CULPRIT, Money.of("1.00", "CNY"), "receipt 3")],
    )
    return book


def promised_and_freed() -> Book:
    """Goods that were held for a household, given out in part and set free in part."""
    book = new_office()
    gift(book)
    line = allocation("H-1", 6, "GRN-000001-1", whole_packs=True)
    allocated(book, line, programme="winter", picking="FIFO")
    give_out(book, handout("H-1", 2, hold="AL-000001-1"), programme="winter")
    book.release_hold(
        "AL-000001-1", quantity=QUILT.quantity(1), on="2023-01-21", reason="moved", released_by="b"
    )
    two = [Demand("H-1", 4, item="quilt", weight=2), Demand("H-2", 3, item="quilt", most=2)]
    facts: dict[str, Any] = {"until": "2023-02-10", "source_document": "plan 4", "approved_by": "director"}
    book.allocate(share(3, two, MaxMinFill(), seed="x"), warehouse="depot", on="2023-01-22", **facts)
    return book


def kept_apart_and_recalled() -> Book:
    """A box that was kept apart and released, and a recall of its batch, from its notice to its end."""
    book, water = new_office(), WATER.quantity(1, "box")
    gift(book, line(item="water", accepted=WATER.quantity(3, "box"), batch="B-7"))
    lot, on = "GRN-000001-1", {"on": "2023-02-01"}
    apart = [QuarantinedLine(lot, water)]
    book.quarantine(warehouse="depot", lines=apart, reason="wet", reported_by="a", **on)
    people = {"inspected_by": "a", "approved_by": "b"}
    book.release(warehouse="depot", lines=[ReleasedLine(lot, water)], reason="dry", **people, **on)
    handed = Handout("H-1", "water", water, "sheet 1")
    book.distribute(origin="depot", lines=[handed], **on)
    recall = {"reason": "mould", "notice": "notice 3", "ordered_by": "director"}
    book.recall(lots=[lot], **recall, **on)
    book.recall("water", batch="B-7", **recall, **on)
    book.end_recall("RCL-000001", reason="clean", approved_by="b", **on)
    return book


def built_and_broken() -> Book:
    """Kits of a quilt that were built, broken and rebuilt."""
    book = new_office()
    kit = Item("kit", zh="家庭包", en="Family kit")
    book.add(kit)
    book.add(BillOfMaterials(item="kit", version="1", components=[Component("quilt", QUILT.quantity(1))]))
    gift(book)
    people = {"assembled_by": "a", "checked_by": "b"}
    book.build_kits(kit="kit", count=kit.quantity(3), warehouse="depot", on="2023-01-15", **people)
    lines = [BrokenLine("KIT-000001-1", kit.quantity(1), version=None)]
    book.break_kits(
        warehouse="depot", lines=lines, on="2023-01-16", reason="x", broken_by="a", checked_by="b"
    )
    book.rebuild_kits(warehouse="depot", lines=lines, on="2023-01-17", reason="x", picking="FIFO", **people)
    return book


def redirected_sold_and_revalued() -> Book:
    """Quilts of which a part was redirected, a part sold, and the rest is worth more."""
    book = new_office()
    gift(book, line(restriction=Restriction(programme="winter")))
    lot, on = "GRN-000001-1", {"on": "2023-02-01"}
    people = {"requested_by": "a", "approved_by": "b"}
    book.redirect(
        warehouse="depot",
        lines=[RedirectedLine(lot, QUILT.quantity(2))],
        restriction=Restriction(places=("610928",), until="2024-01-01"),
        consents=[Consent("province", "letter 3", "2023-01-31")],
        reason="the winter is over",
        quarantined=False,
        **people,
        **on,
    )
    sold = [SoldLine(lot, QUILT.quantity(3), Money.of("12.50", "CNY"))]
    trade = {"buyer": "a trader", "reason": "excess", "paper": "contract 4"}
    book.sell(warehouse="depot", lines=sold, into="general", **trade, **people, **on)
    worth = Valuation.market(Money.of("150", "CNY"), "price list 9")
    book.revalue(lot, valuation=worth, reason="a better price", **people, **on)
    return book


def as_json(given: Request[Document] | Document) -> dict[str, Any]:
    return json.loads(json.dumps(plain_from(given), ensure_ascii=False))


@pytest.fixture
def posted(monkeypatch: pytest.MonkeyPatch) -> tuple[list[Request[Any]], list[Document]]:
    """All requests and documents of the half-year and of a small book."""
    requests: list[Request[Any]] = [GOODS, *MORE]
    do: Callable[..., Document] = Book.do

    def recording(book: Book, request: Request[Any], **rest: object) -> Document:
        requests.append(request)
        return do(book, request, **rest)

    monkeypatch.setattr(Book, "do", recording)
    half_year = read_half_year(REAL, clock=FixedClock("2026-11-23")).book
    books = (
        half_year,
        a_book(),
        closed_and_reopened(),
        lost_and_diverted(),
        promised_and_freed(),
        a_counted_book(),
        kept_apart_and_recalled(),
        built_and_broken(),
        redirected_sold_and_revalued(),
    )
    return requests, [*NOTES, *(document for book in books for document in book.documents.values())]


def test_every_kind_of_request_reads_back_as_the_same(posted: tuple[list[Request[Any]], list[Document]]):
    requests, _ = posted
    assert {type(request).__name__ for request in requests} == set(module._REQUESTS)
    for request in requests:
        again = request_from(as_json(request))
        assert (again, types().written(again)) == (request, types().written(request))


def test_every_kind_of_document_reads_back_as_the_same(posted: tuple[list[Request[Any]], list[Document]]):
    _, documents = posted
    assert {type(document).__name__ for document in documents} == set(module._DOCUMENTS)
    for document in documents:
        assert document_from(as_json(document)) == document


def test_plain_data_is_what_json_makes_of_it(posted: tuple[list[Request[Any]], list[Document]]):
    for given in (*posted[0], *posted[1]):
        assert plain_from(given) == as_json(given)


def test_amounts_quantities_dates_and_ratios_have_one_form():
    line = as_json(GOODS)["lines"][0]
    assert line["accepted"] == {
        "count": 3,
        "unit": {"code": "bale", "root": "piece", "numerator": 10, "denominator": 1, "zh": "", "en": ""},
    }
    assert (line["valuation"]["amount"], line["valuation"]["basis"]) == (
        {"amount": "12.50", "currency": "CNY"},
        "voucher",
    )
    assert (line["expiry"], line["restriction"]["until"], as_json(GOODS)["on"]) == (
        "2024-12-31",
        "2024-01-01",
        "2023-01-10",
    )
    told = MentionMovement(
        side=Side.RECEIVED,
        what="medicines",
        period=Period.parse("2023-H1"),
        evidence="summary",
        missing=("amount",),
        quantity=Interval(Fraction(1, 3), None, low_open=True),
    )
    assert as_json(told)["quantity"] == {"low": "1/3", "high": None, "low_open": True, "high_open": False}
    assert as_json(told)["period"] == "2023-H1"


def changed(path: str, value: object) -> dict[str, Any]:
    """The data of GOODS with one place changed; `...` takes the key out."""
    data: Any = as_json(GOODS)
    *ways, last = path.split(".")
    there = data
    for way in ways:
        there = there[int(way) if way.isdigit() else way]
    if value is ...:
        del there[last]
    else:
        there[last] = value
    return data


WRONG = [
    ("lines.0.accepted.count", 5.9, "a whole number is due, got float 5.9", "$.lines[0].accepted.count"),
    ("lines.0.accepted.count", "5", "a whole number is due, got str '5'", "$.lines[0].accepted.count"),
    ("lines.0.accepted.count", True, "a whole number is due, got bool True", "$.lines[0].accepted.count"),
    ("lines.0.accepted.unit.numerator", 0, "above zero", "$.lines[0].accepted.unit"),
    ("lines.0.accepted", 5, "a quantity or an amount is due, got int 5", "$.lines[0].accepted"),
    ("lines.0.accepted", {"amount": "1.00"}, "has not the keys amount and currency", "$.lines[0].accepted"),
    ("lines.0.accepted", {"amount": 1, "currency": "CNY"}, "a text is due, got int 1", "$.lines[0].accepted"),
    ("lines.0.valuation.amount", 5, "has not the keys amount and currency", "$.lines[0].valuation.amount"),
    (
        *("lines.0.valuation.amount", {"amount": "1.234", "currency": "CNY"}),
        *("at most 2 decimals", "$.lines[0].valuation.amount"),
    ),
    (
        *("lines.0.valuation.amount", {"amount": "1.00", "currency": 5}),
        *("a text is due, got int 5", "$.lines[0].valuation.amount"),
    ),
    (
        "lines.0.valuation.basis",
        "guess",
        "'guess' is none of voucher, fair value",
        "$.lines[0].valuation.basis",
    ),
    ("lines.0.valuation.basis", 1, "1 is none of voucher", "$.lines[0].valuation.basis"),
    ("lines.0.valuation.evidence", "", "name the paper it rests on", "$.lines[0].valuation"),
    ("lines.0.valuation", "voucher", "keys with their values are due", "$.lines[0].valuation"),
    ("lines.0.life_months", 6.0, "a whole number is due, got float 6.0", "$.lines[0].life_months"),
    ("lines.0.expiry", "2024-12-31T00:00:00", "a business date is due", "$.lines[0].expiry"),
    ("lines.0.expiry", 20241231, "a text is due, got int", "$.lines[0].expiry"),
    ("lines.0.item", ..., "'item' is missing", "$.lines[0].item"),
    ("lines.0.colour", "red", "no key 'colour' is known", "$.lines[0]"),
    ("lines", "quilt", "a list is due, got str 'quilt'", "$.lines"),
    ("lines", {"quilt": 1}, "a list is due, got dict", "$.lines"),
    ("counted_by", "ab", "a list is due, got str 'ab'", "$.counted_by"),
    ("counted_by", ["a", 2], "a text is due, got int 2", "$.counted_by[1]"),
    ("on", "3/4/2026", "a business date is due", "$.on"),
    ("on", "2023-02-30", "a business date is due", "$.on"),
    ("on", None, "a text is due, got NoneType None", "$.on"),
    ("donor", ..., "'donor' is missing", "$.donor"),
    ("restriction", [1], "keys with their values are due, got list [1]", "$.restriction"),
    ("into_", "depot", "no key 'into_' is known", "$"),
]


@pytest.mark.parametrize(("path", "value", "reason", "place"), WRONG)
def test_what_is_not_what_it_should_be_is_refused_with_the_path(
    path: str, value: object, reason: str, place: str
):
    with pytest.raises(BadData) as refused:
        request_from(changed(path, value))
    (problem,) = refused.value.problems
    assert reason in problem
    assert problem.endswith(f" @ {place}")


TOLD = MentionMovement(
    side=Side.RECEIVED,
    what="x",
    period=Period.year(2023),
    evidence="e",
    missing=("date",),
    value=Interval(1, 2),
)


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("low", 1.5, "a whole number or a ratio such as '1/3' is due, got 1.5"),
        ("low", True, "a ratio"),
        ("low", "1/0", "a ratio"),
        ("low", "0.5", "a ratio"),
        ("low", "1e999999999", "a ratio"),
        ("high", "9" * 61, "a ratio"),
        ("low", 3, "no number lies between 3 and 2"),
        ("low_open", 1, "true or false is due, got int 1"),
    ],
)
def test_a_bound_is_a_whole_number_or_a_ratio(key: str, value: object, reason: str):
    data = as_json(TOLD)
    data["value"][key] = value
    with pytest.raises(BadData, match="value") as refused:
        request_from(data)
    assert reason in refused.value.problems[0]


@pytest.mark.parametrize(
    ("period", "reason"), [(2023, "a text is due"), ("2023-H3", "there is no half-year 3")]
)
def test_a_period_is_a_text_that_names_one(period: object, reason: str):
    with pytest.raises(BadData) as refused:
        request_from({**as_json(TOLD), "period": period})
    assert reason in refused.value.problems[0]


def test_a_bound_may_be_a_plain_whole_number():
    data = as_json(TOLD)
    data["value"]["low"] = 1
    assert request_from(data) == TOLD


def test_all_problems_are_told_at_once():
    data = changed("lines.0.accepted.count", 3.0)
    data |= {"on": "3/4/2026", "counted_by": "ab", "extra": 1}
    del data["donor"]
    with pytest.raises(BadData) as refused:
        request_from(data)
    assert [problem.rpartition(" @ ")[2] for problem in refused.value.problems] == [
        *("$.donor", "$.lines[0].accepted.count", "$.on", "$.counted_by", "$"),
    ]
    assert str(refused.value).startswith("this is no ReceiveGoods; correct it and send it again:\n  'donor'")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"kind": "ReceiveGood"}, "no kind 'ReceiveGood' is known; did you mean 'ReceiveGoods'"),
        ({"kind": "GoodsReceivedNote"}, "no kind 'GoodsReceivedNote' is known"),
        ({"kind": 5}, "no kind 5 is known; there is PledgeGift, ReceiveGoods"),
        ({"kind": []}, "no kind [] is known"),
        ({}, "no kind None is known"),
        ([], "keys with their values are due, got list [] @ $"),
        (None, "keys with their values are due"),
    ],
)
def test_data_of_no_known_kind_is_refused(data: dict[str, object], reason: str):
    with pytest.raises(BadData) as refused:
        request_from(data)
    assert refused.value.what == "request"
    assert reason in refused.value.problems[0]


def test_a_request_is_no_document():
    with pytest.raises(BadData, match="no kind 'ReceiveGoods' is known"):
        document_from(as_json(GOODS))


def test_no_field_of_any_kind_is_called_kind():
    kinds = (*module._REQUESTS.values(), *module._DOCUMENTS.values())
    assert [kind for kind in kinds if "kind" in kind.__annotations__] == []


# Posted from data


def county() -> Book:
    book = Book("county", currency="CNY", clock=FixedClock("2023-06-30"))
    book.add(
        QUILT,
        Donor("province", zh="省红十字会"),
        Warehouse("depot", zh="备灾中心"),
        Warehouse("branch", zh="分库"),
    )
    return book


def test_a_request_from_data_posted_twice_with_one_command_is_posted_once():
    book, data = county(), as_json(GOODS)
    first = book.do(request_from(data), command="17", by="keeper")
    again = book.do(request_from(json.loads(json.dumps(data))), command="17", by="keeper")
    assert again is first
    assert (len(book.entries), book.on_hand("quilt").quantity) == (1, 31)


def test_a_request_from_data_is_the_same_as_the_verb_with_that_command():
    book = county()
    first = book.receive(
        donor="province",
        into="depot",
        lines=GOODS.lines,
        on="2023-01-10",
        counted_by=["a", "b"],
        command="17",
    )
    assert book.do(request_from(as_json(GOODS)), command="17") is first
    line = ConsignedLine("quilt", QUILT.quantity(1), list(first.lots))
    sent = Dispatch(origin="depot", to="branch", lines=[line], on="2023-01-11")
    waybill = book.do(request_from(as_json(sent)), command="18")
    assert book.dispatch(origin="depot", to="branch", lines=(line,), on="2023-01-11", command="18") is waybill


def test_a_request_from_other_data_with_that_command_is_refused():
    book = county()
    book.do(request_from(as_json(GOODS)), command="17")
    with pytest.raises(CommandConflict):
        book.do(request_from(changed("on", "2023-01-11")), command="17")


def test_only_the_keys_without_a_default_are_needed():
    data = {
        "kind": "Reverse",
        "document": "GRN-000001",
        "on": "2023-02-01",
        "reason": "twice",
        "approved_by": "A",
    }
    assert request_from(data) == Reverse(
        document="GRN-000001", on="2023-02-01", reason="twice", approved_by="A"
    )
    money = {"kind": "ReceiveMoney", "donor": "province", "into": "account", "on": "2023-02-01"}
    amount = {"amount": "8,000", "currency": "CNY"}
    assert request_from({**money, "amount": amount}) == ReceiveMoney(
        donor="province", into="account", amount=Money.of("8000", "CNY"), on="2023-02-01"
    )
