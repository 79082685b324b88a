"""Elsewhere a reader had to believe that the figures of a notice add up.

Here a notice is a list of figures and of how they hang together, and it is checked before anybody reads it.
"""

from __future__ import annotations

import pytest

from reliefstock import ArrivedLine, Book, ConsignedLine, Handout, Item, Period, ReceivedLine, Valuation
from reliefstock.reconciliation import (
    Claim,
    ClaimsReport,
    Finding,
    Measure,
    Relation,
    RelationKind,
    Scope,
    Verdict,
    What,
    check_claims,
)
from scenario.county import county, gift, yuan

SUPPORTED, CONTRADICTED = Verdict.SUPPORTED, Verdict.CONTRADICTED


def claim(claim_id: str, figure: str, period: str, *, unit: str = "money", **scope: tuple[str, ...]) -> Claim:
    asked = Measure(what=What.GIVEN_OUT, period=Period.parse(period), unit=unit, scope=Scope(**scope))
    return Claim(id=claim_id, figure=figure, zh=claim_id, en=claim_id, measure=asked, source="notice")


def send(book: Book, to: str, item: str, count: int, on: str) -> None:
    """Goods go to another society and arrive whole."""
    line = ConsignedLine(item, book.register.item(item).quantity(count))
    waybill = book.dispatch(origin="depot", to=to, lines=[line], on=on, source_document="waybill")
    lines = [ArrivedLine(one.lot, one.quantity) for one in waybill.lines]
    book.arrive(waybill.number, on=on, received_by="storekeeper", lines=lines)


def verdicts(report: ClaimsReport) -> list[Verdict]:
    return [checked.verdict for checked in report.claims]


def test_zhouqu_2010_packs_and_quilts_make_320000_yuan():
    """The split (400 yuan a pack, 80 a quilt) is for the example."""
    book = county()
    gift(book, "pack", 400, "160000.00", "2010-08-10")
    gift(book, "quilt", 2_000, "160000.00", "2010-08-10")
    send(book, "ningshan", "pack", 400, "2010-08-12")
    send(book, "ningshan", "quilt", 2_000, "2010-08-12")
    notice = [
        claim("value", "32万元", "2010-08"),
        claim("packs", "400个", "2010-08", unit="piece", items=("pack",)),
        claim("quilts", "2000床", "2010-08", unit="piece", items=("quilt",)),
        claim("packs' value", "16万元", "2010-08", items=("pack",)),
        claim("quilts' value", "160000元", "2010-08", items=("quilt",)),
    ]
    sums = Relation(RelationKind.SUM_OF, "value", ("packs' value", "quilts' value"))
    report = check_claims(book, notice, [sums])
    assert verdicts(report) == [SUPPORTED] * 5
    assert report.relations[0].verdict is SUPPORTED
    assert report.supported_by_others == 5
    assert report.findings == ()


@pytest.mark.parametrize(
    ("item", "whole", "parts", "sent"),
    [
        ("quilt", "2000床", ("1000床", "1000床"), (1_000, 1_000)),
        ("pack", "500个", ("300个", "200个"), (300, 200)),
    ],
)
def test_sichuan_2009_the_two_consignments_are_the_total(
    item: str, whole: str, parts: tuple[str, str], sent: tuple[int, int]
):
    book = county()
    gift(book, item, sum(sent), "123456.78", "2009-05-01")
    send(book, "ningshan", item, sent[0], "2009-05-02")
    send(book, "ziyang", item, sent[1], "2009-05-03")
    notice = [
        claim("all", whole, "2009-05", unit="piece", items=(item,)),
        claim("first", parts[0], "2009-05", unit="piece", items=(item,), recipients=("ningshan",)),
        claim("second", parts[1], "2009-05", unit="piece", items=(item,), recipients=("ziyang",)),
    ]
    report = check_claims(book, notice, [Relation(RelationKind.SUM_OF, "all", ("first", "second"))])
    assert verdicts(report) == [SUPPORTED] * 3
    assert report.findings == ()


def test_chongqing_one_value_for_three_kinds_of_goods():
    """The split over the three kinds is for the example."""
    book = county()
    kinds = Item("towel-quilt", zh="毛巾被", en="Towel-quilt"), Item("jacket", zh="棉衣", en="Jacket")
    book.add(*kinds)
    for item, value in (("pack", "897400.00"), ("towel-quilt", "240000.01"), ("jacket", "359999.99")):
        gift(book, item, 3_000, value, "2008-06-01")
        line = Handout("lvhe", item, book.register.item(item).quantity(3_000), "sheet")
        book.distribute(origin="depot", lines=[line], on="2008-06-02")
    notice = [
        claim("value", "149.74万元", "2008-06"),
        claim("packs", "3000个", "2008-06", unit="piece", items=("pack",)),
        claim("towel-quilts", "3000床", "2008-06", unit="piece", items=("towel-quilt",)),
        claim("jackets", "3000件", "2008-06", unit="piece", items=("jacket",)),
        claim("pieces", "9000件", "2008-06", unit="piece"),
    ]
    sums = Relation(RelationKind.SUM_OF, "pieces", ("packs", "towel-quilts", "jackets"))
    assert verdicts(check_claims(book, notice, [sums])) == [SUPPORTED] * 5
    assert check_claims(book, notice, [sums]).findings == ()


def test_a_notice_that_is_one_quilt_off_is_found_out():
    book = county()
    gift(book, "quilt", 2_000, "160000.00", "2009-05-01")
    send(book, "ningshan", "quilt", 1_999, "2009-05-02")
    report = check_claims(book, [claim("all", "2000床", "2009-05", unit="piece", items=("quilt",))])
    assert verdicts(report) == [CONTRADICTED]
    assert report.findings[0].zh == "all「2000床」：账中为1,999床，公布数比账面多1床"


def test_hubei_2020_a_sum_that_its_parts_do_not_make():
    notice = [
        claim("all", "36000只", "2020-01", unit="piece", items=("mask",)),
        claim("first", "16000只", "2020-01", unit="piece", items=("mask",), recipients=("ningshan",)),
        claim("second", "16000只", "2020-01", unit="piece", items=("mask",), recipients=("ziyang",)),
    ]
    report = check_claims(county(), notice, [Relation(RelationKind.SUM_OF, "all", ("first", "second"))])
    (off,) = (one for one in report.findings if one.code == "relation-contradicted")
    assert off.zh == "first、second 与 all：各部分之和等于整体不成立，相差4,000只"


# One gift, told at every level that it passed


def passed_down() -> Book:
    """From the province to the city, from the city to the counties and to a household."""
    book = county()
    line = ReceivedLine("mixed", yuan("266300"), valuation=Valuation.voucher(yuan("266300"), "list"))
    book.receive(
        donor="province",
        into="depot",
        lines=[line],
        on="2023-01-14",
        counted_by=("a", "b"),
        source_document="provincial notice",
    )
    for recipient, amount in (("ningshan", "163800"), ("ziyang", "50000"), ("h1", "2500")):
        handout = Handout(recipient, "mixed", yuan(amount), "receipt")
        book.distribute(origin="depot", lines=[handout], on="2023-01-14", source_document="city's list")
    return book


def told(claim_id: str, figure: str, what: What, **scope: tuple[str, ...]) -> Claim:
    asked = Measure(what=what, period=Period.half_year(2023, 1), scope=Scope(**scope))
    return Claim(
        id=claim_id, figure=figure, zh=claim_id, en=claim_id, measure=asked, source=f"{claim_id} notice"
    )


LEVELS = (
    told("province", "26.63万元", What.RECEIVED, donors=("province",)),
    told("city", "21.63万元", What.GIVEN_OUT),
    told("societies", "21.38万元", What.GIVEN_OUT, recipient_kinds=("society",)),
    told("county", "16.38万元", What.GIVEN_OUT, recipients=("ningshan",)),
    told("county again", "16.38万元", What.GIVEN_OUT, recipients=("ningshan",)),
)


def test_the_same_gift_told_at_every_level_is_told_and_not_added():
    report = check_claims(passed_down(), LEVELS)
    assert verdicts(report) == [SUPPORTED] * 5
    assert [(finding.code, finding.about) for finding in report.findings] == [
        ("nested", "societies"),
        ("nested", "county"),
        ("told-twice", "county"),
        ("nested", "county again"),
    ]


def test_what_came_in_and_what_went_out_are_two_things():
    report = check_claims(passed_down(), LEVELS[:2])
    assert report.findings == ()


def test_who_adds_up_the_levels_is_told_by_how_much_it_is_too_much():
    total = told("total", "59.39万元", What.GIVEN_OUT)
    levels = Relation(RelationKind.SUM_OF, "total", ("city", "societies", "county"))
    report = check_claims(passed_down(), [*LEVELS, total], [levels])
    assert report.relations[0].verdict is SUPPORTED
    assert report.claims[-1].verdict is CONTRADICTED
    (wrong,) = (finding for finding in report.findings if finding.code == "claim-contradicted")
    assert wrong.zh == "total「59.39万元」：账中为216,300.00元，公布数比账面多377,600.00元"


# Persons, person-times, households, household-times


def reached() -> Book:
    book = county()
    gift(book, "quilt", 10, "800.00", "2023-01-10")
    for number, household in enumerate(("h1", "h2", "h1"), 1):
        line = Handout(household, "quilt", book.register.item("quilt").quantity(1), f"sheet {number}")
        book.distribute(origin="depot", lines=[line], on=f"2023-01-1{number}")
    return book


def people(claim_id: str, figure: str, unit: str) -> Claim:
    asked = Measure(what=What.REACHED, period=Period.year(2023), unit=unit)
    return Claim(id=claim_id, figure=figure, zh="惠及", en="reached", measure=asked)


COUNTED = (
    people("persons", "6人", "person"),
    people("person-times", "10人次", "person-time"),
    people("households", "2户", "household"),
    people("household-times", "3户次", "household-time"),
)


def test_persons_and_times_and_households_are_each_their_own_figure():
    assert verdicts(check_claims(reached(), COUNTED)) == [SUPPORTED] * 4


def mixed(*parts: str) -> list[Finding]:
    relation = Relation(RelationKind.SUM_OF, "persons", parts)
    return [one for one in check_claims(reached(), COUNTED, [relation]).findings if "relation" in one.code]


@pytest.mark.parametrize("part", ["person-times", "households", "household-times"])
def test_none_of_them_is_ever_added_to_another(part: str):
    (finding,) = mixed(part)
    assert finding.code == "relation-units"
    assert finding.zh.endswith("不得相加或比较")
