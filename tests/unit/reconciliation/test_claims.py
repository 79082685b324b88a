"""Printed figures against the book, and against one another."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from reliefstock import Book, Interval, Item, Period, PledgedLine, Side, State
from reliefstock.errors import (
    AlreadyKnown,
    BadIdentifier,
    Incomplete,
    UnitMismatch,
    Unknown,
    UnreadableFigure,
)
from reliefstock.reconciliation import (
    CheckedClaim,
    Claim,
    ClaimsReport,
    Finding,
    Goods,
    Measure,
    Relation,
    RelationKind,
    Scope,
    Verdict,
    What,
    check_claims,
)
from reliefstock.values import PIECE, parse_figure
from unit.reconciliation.office import H1, YEAR, Stated, buy, give, money, office, receive, take_back, undo

DRIVE = Scope(programmes=("drive",))
SUPPORTED, CONTRADICTED, WITHOUT = Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.WITHOUT_SOURCE


def claim(figure: str, claim_id: str = "C1", *, source: str = "summary", **asked: Stated) -> Claim:
    measure = Measure(**{"what": What.GIVEN_OUT, "period": H1, **asked})
    return Claim(id=claim_id, figure=figure, zh="发放", en="given out", measure=measure, source=source)


def check(book: Book, *claims: Claim, relations: tuple[Relation, ...] = ()) -> ClaimsReport:
    return check_claims(book, claims, relations)


def only(book: Book, figure: str, **asked: Stated) -> CheckedClaim:
    return check(book, claim(figure, **asked)).claims[0]


def given(amount: str) -> Book:
    """So many yuan given out, told by a list."""
    book = office()
    receive(book, 1, amount, "2023-01-10", paper="county notice")
    give(book, "ningshan", 1, "2023-01-11", paper="list 7")
    return book


def between(low: int, high: int | None) -> Book:
    """Between so many yuan were given out, told by a summary."""
    book = office()
    bounds = Interval(low * 100, None if high is None else high * 100)
    book.mention(
        "a visit", side=Side.GIVEN_OUT, period=H1, evidence="summary", missing=["date"], value=bounds
    )
    return book


def words(amount: Interval | None) -> str | None:
    return None if amount is None else amount.scaled(1).text("en")


# Verdicts


@pytest.mark.parametrize(
    ("amount", "figure", "verdict", "missing", "excess"),
    [
        ("266300.00", "26.63万元", SUPPORTED, None, None),
        ("450000.00", "40余万元", SUPPORTED, None, None),
        ("400000.00", "40万元以上", SUPPORTED, None, None),
        ("400000.00", "近40万元", CONTRADICTED, None, "0–10,000,000 (both excluded)"),
        ("400000.00", "40余万元", CONTRADICTED, "0–10,000,000 (both excluded)", None),
        ("266300.00", "40余万元", CONTRADICTED, "13,370,000–23,370,000 (both excluded)", None),
        ("266300.00", "40万元以上", CONTRADICTED, "at least 13,370,000", None),
        ("500000.00", "40余万元", CONTRADICTED, None, "0–10,000,000 (both excluded)"),
        ("36000.00", "3.2万元", CONTRADICTED, None, "400,000"),
        ("32000.00", "36000元", CONTRADICTED, "400,000", None),
        ("32000.00", "约3万元", SUPPORTED, None, None),
    ],
)
def test_an_exact_amount_supports_a_figure_or_contradicts_it_by_so_much(
    amount: str, figure: str, verdict: Verdict, missing: str | None, excess: str | None
):
    checked = only(given(amount), figure)
    assert checked.verdict is verdict
    assert (words(checked.missing), words(checked.excess)) == (missing, excess)


@pytest.mark.parametrize(
    ("bounds", "figure", "verdict", "missing", "excess"),
    [
        ((410_000, 490_000), "40余万元", SUPPORTED, None, None),
        ((500_000, None), "40万元以上", SUPPORTED, None, None),
        ((390_000, 410_000), "40余万元", WITHOUT, "1,000,000–11,000,000 (both excluded)", None),
        ((390_000, 410_000), "40万元", WITHOUT, "1,000,000", None),
        ((450_000, 600_000), "40余万元", WITHOUT, None, None),
        ((0, None), "40万元", WITHOUT, "40,000,000", None),
        ((300_000, None), "40余万元", WITHOUT, "10,000,000–20,000,000 (both excluded)", None),
        ((100_000, 200_000), "40万元", CONTRADICTED, "30,000,000", None),
        ((500_000, None), "40万元", CONTRADICTED, None, "at least 10,000,000"),
        ((500_000, 600_000), "40万元", CONTRADICTED, None, "10,000,000–20,000,000"),
    ],
)
def test_a_figure_that_the_book_can_only_bound_is_supported_only_within_its_bounds(
    bounds: tuple[int, int | None], figure: str, verdict: Verdict, missing: str | None, excess: str | None
):
    checked = only(between(*bounds), figure)
    assert checked.verdict is verdict
    assert (words(checked.missing), words(checked.excess)) == (missing, excess)


def test_of_a_figure_that_is_supported_nothing_is_missing_however_it_is_bounded():
    book = office()
    printed = parse_figure("12余万元").minor_interval(2)
    book.mention("gift", side=Side.GIVEN_OUT, period=H1, evidence="list", missing=["date"], value=printed)
    checked = only(book, "12余万元")
    assert (checked.verdict, checked.missing, checked.excess) == (SUPPORTED, None, None)


def test_a_figure_of_which_the_book_has_nothing_is_without_a_source_in_full():
    checked = only(office(), "40余万元")
    assert (checked.verdict, checked.measured.is_empty) == (WITHOUT, True)
    assert words(checked.missing) == "40,000,000–50,000,000 (both excluded)"


@pytest.mark.parametrize("what", [What.LOST, What.ON_HAND, What.GIVEN_OUT, What.RECEIVED, What.IN_TRANSIT])
def test_that_there_was_nothing_is_what_a_ledger_without_an_entry_says(what: What):
    checked = only(office(), "0元", what=what)
    assert (checked.verdict, checked.missing, checked.independent) == (SUPPORTED, None, False)


def test_that_there_was_nothing_is_not_shown_by_nobody_having_looked():
    assert only(office(), "0人", what=What.OBSERVED, unit="person", indicator="injured").verdict is WITHOUT
    assert only(office(), "0元", what=What.BUDGET, project="road").verdict is WITHOUT


@pytest.mark.parametrize(
    ("figure", "asked"),
    [
        ("500元以下", {}),
        ("0元", {"scope": Scope(programmes=("drvie",))}),
        ("0顶", {"unit": "tent"}),
        ("0箱", {"unit": "box", "scope": Scope(items=("quilt",))}),
        ("0名", {"unit": "pupil", "what": What.REACHED}),
        ("0元", {"what": What.REACHED}),
    ],
)
def test_nothing_is_not_confirmed_of_what_the_book_does_not_know_or_count(figure: str, asked: dict[str, Any]):
    measure = Measure(**{"what": What.GIVEN_OUT, "period": H1, **asked})
    one = Claim(id="C1", figure=attrs.evolve(parse_figure(figure), unit=""), zh="", en="", measure=measure)
    assert check(office(), one).claims[0].verdict is WITHOUT


@pytest.mark.parametrize(
    ("figure", "asked"),
    [
        ("0元", {"scope": DRIVE}),
        ("0箱", {"unit": "box", "scope": Scope(items=("water",))}),
        ("0户", {"unit": "household", "what": What.REACHED}),
    ],
)
def test_that_there_was_nothing_is_shown_of_what_the_book_knows_and_counts(
    figure: str, asked: dict[str, Any]
):
    book = office()
    receive(book, 1, "1.00", "2023-01-01", programme="drive")
    assert only(book, figure, **asked).verdict is SUPPORTED


@pytest.mark.parametrize(
    ("scope", "near"),
    [
        (Scope(donors=("provinse",)), ("province",)),
        (Scope(donations=("GRN-100000",)), ()),
        (Scope(items=("quitl",)), ("quilt",)),
        (Scope(warehouses=("depo",)), ("depot",)),
        (Scope(recipients=("scool",)), ("school",)),
        (Scope(recipient_kinds=("schools",)), ("school",)),
    ],
)
def test_a_figure_of_what_nobody_knows_is_refused_with_what_is_near(scope: Scope, near: tuple[str, ...]):
    with pytest.raises(Unknown) as refused:
        check(given("100.00"), claim("0元", scope=scope))
    assert refused.value.near == near


def test_a_figure_of_a_project_that_nobody_knows_is_refused():
    with pytest.raises(Unknown):
        check(office(), claim("0元", what=What.OBSERVED, project="rode"))


def test_a_figure_may_be_of_a_fund_a_project_or_what_was_only_promised_or_spoken_of():
    book = office()
    promised = book.pledge(
        donor="company",
        on="2023-01-01",
        lines=[PledgedLine("quilt", book.register.item("quilt").quantity(9))],
    )
    book.mention(
        "a gift", side=Side.RECEIVED, period=H1, evidence="p", missing=["amount"], donation="a gift of May"
    )
    scope = Scope(warehouses=("main",), recipients=("road",), donations=(promised.number, "a gift of May"))
    assert only(book, "0元", scope=scope).verdict is SUPPORTED


# What may belong to a figure


def unsure(**more: Stated) -> Book:
    """A donor gave goods for 100 yuan; papers speak of 100 more, and leave something out."""
    book = office()
    receive(book, 10, "100.00", "2023-01-10", paper="county notice")
    told: dict[str, Any] = {"side": Side.RECEIVED, "period": H1, "evidence": "p", "missing": ["donor"]}
    told |= {"value": Interval.exactly(10_000)} | more
    book.mention("a gift", **told)
    return book


@pytest.mark.parametrize(
    ("figure", "verdict"),
    [
        ("100元", SUPPORTED),
        ("150元", WITHOUT),
        ("200元", WITHOUT),
        ("201元", CONTRADICTED),
        ("99元", CONTRADICTED),
    ],
)
def test_what_may_belong_to_a_figure_spoils_none_and_may_explain_more(figure: str, verdict: Verdict):
    checked = only(unsure(), figure, what=What.RECEIVED, scope=Scope(donors=("province",)))
    assert checked.verdict is verdict
    assert checked.measured.possible == ("MEN-000001",)


def test_what_was_not_counted_is_named():
    finding = sentence(unsure(), "200元", what=What.RECEIVED, scope=Scope(donors=("province",)))
    assert finding.zh.endswith(
        "账中为100.00元，公布数比账面多100.00元；未计入MEN-000001（不大于100.00元），可能属于此项"
    )
    assert finding.en.endswith(
        "the figure is CNY 100.00 more than the book; "
        "not counted: MEN-000001 (at most CNY 100.00), which may belong to it"
    )


def test_of_what_is_not_counted_an_amount_that_nobody_knows_is_not_told():
    book = unsure(value=None)
    finding = sentence(book, "9元", what=What.RECEIVED, scope=Scope(donors=("company",)))
    assert finding.zh.endswith("账中没有确定的依据；未计入MEN-000001，可能属于此项")
    assert finding.en.endswith(
        "the book has nothing of the kind for certain; not counted: MEN-000001, which may belong to it"
    )


def test_nothing_is_not_confirmed_where_something_may_belong_to_it():
    scope = Scope(donors=("company",))
    assert only(unsure(), "0元", what=What.RECEIVED, scope=scope).verdict is WITHOUT


@pytest.mark.parametrize(
    ("more", "asked"),
    [
        ({"period": YEAR}, {}),
        ({}, {"scope": Scope(donors=("province",))}),
        ({}, {"scope": Scope(donations=("GRN-000001",))}),
        ({"donor": "province"}, {"scope": Scope(donations=("GRN-000001",))}),
        ({}, {"scope": Scope(items=("quilt",))}),
        ({}, {"scope": Scope(warehouses=("depot",))}),
        ({"missing": ["programme"]}, {"scope": Scope(programmes=("drive",))}),
    ],
)
def test_a_mention_that_leaves_something_out_may_belong_to_a_figure(
    more: dict[str, Any], asked: dict[str, Any]
):
    measured = only(unsure(**more), "9元", what=What.RECEIVED, **asked).measured
    assert measured.possible == ("MEN-000001",)


@pytest.mark.parametrize(
    ("more", "asked"),
    [
        ({"donor": "company"}, {"scope": Scope(donors=("province",))}),
        ({"donation": "GRN-000001"}, {"scope": Scope(donors=("company",))}),
        ({"donor": "company"}, {"scope": Scope(donations=("GRN-000001",))}),
        ({"item": "water"}, {"scope": Scope(items=("quilt",))}),
        ({}, {"scope": Scope(programmes=("drive",))}),
        ({}, {"scope": Scope(recipients=("h1",))}),
        ({"period": Period.month(2023, 8)}, {}),
    ],
)
def test_a_mention_that_states_something_else_does_not_belong_to_a_figure(
    more: dict[str, Any], asked: dict[str, Any]
):
    assert only(unsure(**more), "9元", what=What.RECEIVED, **asked).measured.possible == ()


def test_the_donor_of_a_mention_is_told_by_its_donation():
    scope = Scope(donors=("province",))
    measured = only(unsure(donation="GRN-000001"), "200元", what=What.RECEIVED, scope=scope)
    assert (measured.verdict, measured.measured.possible) == (SUPPORTED, ())


def test_a_mention_that_was_taken_back_counts_nowhere():
    book = unsure(donor="province")
    assert only(book, "200元", what=What.RECEIVED).verdict is SUPPORTED
    known = len(book.entries)
    undo(book, "MEN-000001", "2023-07-01")
    assert only(book, "100元", what=What.RECEIVED).verdict is SUPPORTED
    receive(book, 1, "5.00", "2023-09-01")
    before = check_claims(book, [claim("100元", what=What.RECEIVED)], known=known)
    assert before.count(SUPPORTED) == 1


# Joint lots


def shared() -> Book:
    """Two donors each paid for half of one quilt, which a household got."""
    book = office()
    for donor in ("province", "company"):
        money(book, "50.00", "2023-01-01", donor=donor)
    buy(book, 1, "100.00", "2023-01-02")
    return book


@pytest.mark.parametrize(("figure", "verdict"), [("50元", WITHOUT), ("0元", WITHOUT), ("30元", WITHOUT)])
@pytest.mark.parametrize("scope", [Scope(donors=("province",)), Scope(donations=("DR-000001",))])
def test_of_what_several_paid_for_each_has_between_nothing_and_what_it_paid(
    figure: str, verdict: Verdict, scope: Scope
):
    book = shared()
    assert only(book, figure, what=What.ON_HAND, scope=scope).verdict is verdict
    give(book, "h1", 1, "2023-02-01")
    checked = only(book, figure, scope=scope)
    assert (checked.verdict, checked.measured.widest) == (verdict, Interval(0, 5_000))
    assert checked.measured.possible == ("DL-000001",)


# Independent of the paper under check


def test_a_paper_behind_a_tiny_part_does_not_support_the_whole():
    book = office()
    receive(book, 10, "99.99", "2023-01-10", paper="summary")
    receive(book, 1, "0.01", "2023-01-10", paper="a voucher")
    assert not only(book, "100元", what=What.RECEIVED).independent
    receive(book, 10, "100.00", "2023-07-10", paper="a voucher")
    assert only(book, "100元", what=What.RECEIVED, period=Period.month(2023, 7)).independent


def test_a_receipt_that_was_taken_back_supports_nothing():
    book = office()
    undo(book, receive(book, 10, "100.00", "2023-01-10", paper="notice").number, "2023-01-11")
    receive(book, 10, "100.00", "2023-01-12", paper="summary")
    checked = only(book, "100元", what=What.RECEIVED)
    assert (checked.verdict, checked.independent) == (SUPPORTED, False)


def test_what_came_back_lowers_what_other_papers_show():
    book = given("100.00")
    take_back(book, "ningshan", "GRN-000001-1", 1, "2023-02-01")
    receive(book, 2, "100.00", "2023-02-02")
    give(book, "ziyang", 2, "2023-02-03", paper="list 8")
    take_back(book, "ziyang", "GRN-000002-1", 1, "2023-02-04")
    assert only(book, "50元").independent


def test_all_given_out_and_nothing_left_is_supported():
    checked = only(given("100.00"), "0件", what=What.ON_HAND, unit="piece")
    assert checked.verdict is SUPPORTED


def test_what_was_entered_and_taken_back_contradicts_the_figure():
    book = given("100.00")
    undo(book, "DL-000001", "2023-01-12")
    assert only(book, "100元").verdict is CONTRADICTED


@pytest.mark.parametrize(
    ("source", "independent"), [("list 7", False), ("summary", True), ("county notice", True), ("", True)]
)
def test_a_figure_that_rests_on_its_own_paper_alone_has_nothing_independent_behind_it(
    source: str, independent: bool
):
    report = check(given("100.00"), claim("100元", source=source))
    assert report.claims[0].independent is independent
    assert report.supported_by_others == int(independent)


def test_verdicts_are_counted():
    claims = [claim("100元", "a"), claim("200元", "b"), claim("100元", "c", what=What.LOST)]
    report = check(given("100.00"), *claims)
    assert [report.count(verdict) for verdict in Verdict] == [1, 1, 1]


def test_claims_can_be_checked_as_the_book_was_known_then():
    book = given("100.00")
    known = len(book.entries)
    before = check_claims(book, [claim("100元")], known=known)
    receive(book, 1, "50.00", "2023-01-02")
    give(book, "ziyang", 1, "2023-01-03", paper="list 8")
    assert check_claims(book, [claim("100元")], known=known) == before
    assert check(book, claim("100元")).count(CONTRADICTED) == 1


def test_each_claim_is_asked_of_its_own_period():
    book = given("100.00")
    claims = [
        claim("100元", "a"),
        claim("0元", "b", period=Period.month(2023, 9)),
        claim("100元", "c", period=YEAR),
    ]
    assert check(book, *claims).count(SUPPORTED) == 3


def test_where_nothing_is_claimed_there_is_nothing_to_say():
    assert check(office()) == ClaimsReport(claims=(), relations=(), findings=())


# What is said of a verdict


def sentence(book: Book, figure: str, **asked: Stated) -> Finding:
    (finding,) = check(book, claim(figure, **asked)).findings
    return finding


def test_a_missing_part_is_told_in_words():
    finding = sentence(given("266300.00"), "40余万元")
    assert finding.code == "claim-contradicted"
    assert finding.zh == (
        "发放「40余万元」：账中为266,300.00元，公布数比账面多大于133,700.00元、小于233,700.00元"
    )
    assert finding.en == (
        "given out, printed as '40余万元': the book has CNY 266,300.00; "
        "the figure is CNY 133,700.00–CNY 233,700.00 (both excluded) more than the book"
    )
    assert finding.figures == (("by", "CNY 133,700.00–CNY 233,700.00 (both excluded)"),)
    assert (finding.about, finding.documents) == ("C1", ("DL-000001",))


def test_an_excess_is_told_in_words():
    finding = sentence(given("36000.00"), "3.2万元")
    assert finding.zh.endswith("账中为36,000.00元，账面比公布数多4,000.00元")
    assert finding.en.endswith("the book has CNY 36,000.00, CNY 4,000.00 more than the figure")


def test_what_cannot_be_confirmed_is_told_in_words():
    finding = sentence(between(450_000, 600_000), "40余万元")
    assert finding.code == "claim-without-source"
    assert finding.zh.endswith("不足以证实")
    assert finding.en.endswith("which cannot confirm it")
    assert finding.figures == ()


def test_nothing_of_the_kind_is_told_in_words():
    finding = sentence(office(), "40余万元")
    assert finding.zh.endswith("账中没有依据")
    assert finding.en.endswith("the book has nothing of the kind")


def test_counts_are_told_in_the_unit_of_the_figure():
    finding = sentence(given("100.00"), "3件", unit="piece")
    assert finding.zh.endswith("账中为1件，公布数比账面多2件")


def test_a_figure_in_another_currency_is_not_compared():
    report = check(given("100.00"), claim("100美元"))
    assert (report.claims[0].verdict, report.claims[0].missing) == (WITHOUT, None)
    (finding,) = report.findings
    assert finding.zh.endswith("账以 CNY 记，USD 未注明汇率，无从比较")
    assert finding.en.endswith("the book is in CNY, and no rate of USD is stated")


# Claims as such


def test_a_claim_knows_what_it_is_said_of_and_what_its_figure_says():
    one = claim("40余万元")
    assert (one.name("zh"), one.name(), words(one.interval)) == (
        "发放",
        "given out",
        "40,000,000–50,000,000 (both excluded)",
    )
    assert claim("3件", unit="piece").interval == Interval.exactly(3)
    assert Claim(id="x", figure=parse_figure("3元"), zh="z", en="e", measure=one.measure).figure.unit == "CNY"


@pytest.mark.parametrize(("figure", "unit"), [("3件", "money"), ("3元", "piece"), ("50%", "money")])
def test_money_is_not_held_against_a_count(figure: str, unit: str):
    with pytest.raises(Incomplete, match="choose a measure of the same kind"):
        claim(figure, unit=unit)


@pytest.mark.parametrize(
    ("figure", "unit"),
    [
        ("1万人", "household"),
        ("1万人", "person-time"),
        ("20户", "person"),
        ("1500余人次", "person"),
        ("20户次", "household"),
        ("59吨", "piece"),
        ("59箱", "piece"),
        ("59户", "piece"),
        ("59件", "box"),
        ("50%", "piece"),
    ],
)
def test_a_figure_is_not_held_against_what_is_counted_in_another_unit(figure: str, unit: str):
    with pytest.raises(UnitMismatch):
        claim(figure, what=What.REACHED, unit=unit)


@pytest.mark.parametrize(
    ("figure", "unit"),
    [("59", "piece"), ("59床", "piece"), ("59只", "piece"), ("59件", "床"), ("4人", "person"), ("50%", "%")],
)
def test_a_bare_number_or_a_mere_classifier_may_be_of_any_unit(figure: str, unit: str):
    assert claim(figure, unit=unit).interval.is_exact


def test_a_unit_may_be_printed_as_an_item_calls_it():
    book = office()
    book.add(Item("net", zh="渔网", en="Net", packs=(PIECE.pack("bundle", 6, zh="捆"),)))
    one = claim("6捆", unit="bundle", scope=Scope(items=("net",)))
    assert check(book, one).claims[0].verdict is WITHOUT
    with pytest.raises(UnitMismatch):
        check(book, claim("6捆", unit="bale"))


def test_a_claim_needs_an_id_and_a_readable_figure():
    with pytest.raises(BadIdentifier):
        claim("3元", "")
    with pytest.raises(UnreadableFigure):
        claim("许多元")


def test_two_claims_of_one_id_are_refused():
    with pytest.raises(AlreadyKnown) as refused:
        check(office(), claim("3元"), claim("4元"))
    assert (refused.value.what, refused.value.given) == ("claim", "C1")


# Relations


def related(kind: RelationKind, whole: str, *parts: str, **asked: Stated) -> ClaimsReport:
    """Figures and how they are said to hang together, in a book that has none of them."""
    asked = {"what": What.OBSERVED, "unit": "money" if "元" in whole else "copy", "indicator": "i", **asked}
    claims = [claim(whole, "whole", **asked)]
    claims += [claim(part, f"p{n}", **asked) for n, part in enumerate(parts, 1)]
    relation = Relation(kind, "whole", tuple(one.id for one in claims[1:]))
    return check(office(), *claims, relations=(relation,))


def said(report: ClaimsReport, code: str) -> list[Finding]:
    return [finding for finding in report.findings if finding.code.startswith(code)]


@pytest.mark.parametrize(
    ("whole", "parts", "verdict", "off"),
    [
        ("48万余份", ("33万份",), SUPPORTED, None),
        ("2万余份", ("1万份", "2万份"), SUPPORTED, None),
        ("1万份", ("1万份",), SUPPORTED, None),
        ("40余份", ("40余份",), WITHOUT, None),
        ("40余份", ("45份",), WITHOUT, None),
        ("40余份", ("10份以上",), WITHOUT, None),
        ("40余份", ("10份", "60份"), CONTRADICTED, "10–20 (both excluded)"),
        ("32000份", ("36000份",), CONTRADICTED, "4,000"),
    ],
)
def test_a_part_is_at_most_its_whole(whole: str, parts: tuple[str, ...], verdict: Verdict, off: str | None):
    (one,) = related(RelationKind.PART_OF, whole, *parts).relations
    assert (one.verdict, words(one.off)) == (verdict, off)


@pytest.mark.parametrize(
    ("whole", "parts", "verdict", "off"),
    [
        ("36000份", ("20000份", "16000份"), SUPPORTED, None),
        ("36000份", ("16000份", "16000份"), CONTRADICTED, "4,000"),
        ("32000份", ("20000份", "16000份"), CONTRADICTED, "4,000"),
        ("40余份", ("20份", "25份"), SUPPORTED, None),
        ("40余份", ("20余份", "20余份"), WITHOUT, None),
        ("45份", ("20份", "20余份"), WITHOUT, None),
        ("40余份", ("20份", "20份以上"), WITHOUT, None),
    ],
)
def test_parts_add_up_to_their_sum(whole: str, parts: tuple[str, ...], verdict: Verdict, off: str | None):
    (one,) = related(RelationKind.SUM_OF, whole, *parts).relations
    assert (one.verdict, words(one.off)) == (verdict, off)


def test_what_fails_is_told_in_yuan_and_not_in_fen():
    (finding,) = said(related(RelationKind.SUM_OF, "36000元", "16000元", "16000元"), "relation")
    assert finding.code == "relation-contradicted"
    assert finding.zh == "p1、p2 与 whole：各部分之和等于整体不成立，相差4,000.00元"
    assert finding.en == "that whole is the sum of p1, p2 does not hold, off by CNY 4,000.00"
    assert finding.figures == (("by", "CNY 4,000.00"),)


def test_what_cannot_be_told_is_told():
    (finding,) = said(related(RelationKind.PART_OF, "40余份", "45份"), "relation")
    assert finding.code == "relation-uncertain"
    assert finding.zh == "p1 与 whole：部分不大于整体无法确定"
    assert finding.en == "that whole is the whole of p1 cannot be told"
    assert finding.figures == ()


def test_what_holds_needs_no_word():
    assert said(related(RelationKind.SUM_OF, "3份", "1份", "2份"), "relation") == []


def test_what_may_be_contained_must_not_be_added():
    report = related(RelationKind.MAY_CONTAIN, "40余万元", "26.63万元", "1万元")
    assert report.relations[0].verdict is WITHOUT
    (finding,) = said(report, "may-contain")
    assert finding.zh == "whole（发放）可能已包含p1（发放）、p2（发放），不得相加"
    assert finding.en == (
        "whole (given out) may contain p1 (given out), p2 (given out): they must not be added"
    )


@pytest.mark.parametrize("kind", [RelationKind.SUM_OF, RelationKind.PART_OF])
def test_persons_and_households_are_never_added_or_compared(kind: RelationKind):
    people = claim("3000人", "all", what=What.REACHED, unit="person")
    households = claim("1000户", "households", what=What.REACHED, unit="household")
    report = check(office(), people, households, relations=(Relation(kind, "all", ("households",)),))
    assert (report.relations[0].verdict, report.relations[0].off) == (CONTRADICTED, None)
    (finding,) = said(report, "relation")
    assert finding.code == "relation-units"
    assert finding.zh == "households 与 all：单位不同（person、household），不得相加或比较"
    assert finding.en == (
        "households and all are in different units (person, household): they are never added or compared"
    )


def test_amounts_in_two_currencies_are_never_added():
    claims = [claim("100元", "whole"), claim("100美元", "part")]
    report = check(office(), *claims, relations=(Relation(RelationKind.SUM_OF, "whole", ("part",)),))
    assert said(report, "relation")[0].code == "relation-units"


def test_a_relation_names_claims_that_are_there():
    with pytest.raises(Unknown) as refused:
        check(
            office(), claim("3元", "drive"), relations=(Relation(RelationKind.PART_OF, "drive", ("drives",)),)
        )
    assert (refused.value.given, refused.value.near) == ("drives", ("drive",))


def test_a_text_is_no_list_of_parts():
    with pytest.raises(Incomplete, match="is no list"):
        Relation(RelationKind.SUM_OF, "w", "ab")  # pyright: ignore[reportArgumentType]
    parts = ["a"]
    relation = Relation(RelationKind.SUM_OF, "w", parts)  # pyright: ignore[reportArgumentType]
    parts.append("b")
    assert relation.parts == ("a",)


@pytest.mark.parametrize("parts", [(), ("a", "a"), ("whole",), ("a", "whole")])
def test_a_relation_has_parts_each_once_and_none_is_the_whole(parts: tuple[str, ...]):
    with pytest.raises(Incomplete, match="name each part once"):
        Relation(RelationKind.SUM_OF, "whole", parts)


# What must not be added


def nested(*claims: Claim, relations: tuple[Relation, ...] = ()) -> list[tuple[str, str, str]]:
    found = check(office(), *claims, relations=relations).findings
    pairs = [finding for finding in found if finding.code in ("nested", "told-twice")]
    return [(finding.code, finding.about, finding.en) for finding in pairs]


INSIDE = "part (given out) lies within all (given out): they must not be added"


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        ({}, {"scope": DRIVE}),
        ({"period": YEAR}, {}),
        ({"scope": DRIVE}, {"scope": Scope(programmes=("drive",), recipients=("ningshan",))}),
        ({"goods": Goods.ALL}, {"scope": Scope(items=("CNY",))}),
        ({"goods": Goods.MONEY}, {"scope": Scope(items=("CNY",))}),
        ({"goods": Goods.ALL}, {"scope": Scope(items=("CNY", "quilt"))}),
        ({"scope": Scope(items=("CNY", "quilt"))}, {"scope": Scope(items=("quilt",)), "goods": Goods.MONEY}),
    ],
)
def test_a_figure_within_another_must_not_be_added_to_it(whole: dict[str, Any], part: dict[str, Any]):
    claims = claim("40余万元", "all", **whole), claim("1万元", "part", **part)
    assert nested(*claims) == [("nested", "part", INSIDE)]
    assert nested(*reversed(claims)) == [("nested", "part", INSIDE)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"what": What.RECEIVED}, {}),
        ({"period": Period.month(2023, 1)}, {"period": Period.month(2023, 2)}),
        ({"scope": Scope(items=("CNY",))}, {}),
        ({"scope": Scope(items=("CNY", "quilt"))}, {}),
        ({"what": What.ON_HAND}, {"what": What.ON_HAND, "period": YEAR}),
    ],
)
def test_figures_of_different_things_may_be_added(one: dict[str, Any], other: dict[str, Any]):
    assert nested(claim("3元", "a", **one), claim("4元", "b", **other)) == []


def test_what_a_relation_states_already_is_not_said_again():
    claims = claim("3元", "all"), claim("2元", "part", scope=DRIVE)
    assert nested(*claims, relations=(Relation(RelationKind.PART_OF, "all", ("part",)),)) == []


def test_two_figures_of_one_thing_are_told_twice_and_said_once():
    claims = claim("26.63万元", "report"), claim("26.63万元", "notice")
    assert nested(*claims) == [
        (
            "told-twice",
            "report",
            "report (given out) and notice (given out) are figures of one thing: they must not be added",
        )
    ]


@pytest.mark.parametrize(("whole", "part"), [("report", "notice"), ("notice", "report")])
def test_two_figures_of_one_thing_that_a_relation_ties_are_not_told_again(whole: str, part: str):
    claims = claim("26.63万元", "report"), claim("26.63万元", "notice")
    assert nested(*claims, relations=(Relation(RelationKind.PART_OF, whole, (part,)),)) == []


def test_what_is_nested_or_told_twice_is_told_in_chinese_too():
    claims = claim("3元", "all"), claim("3元", "again"), claim("2元", "part", scope=DRIVE)
    found = [
        finding.zh
        for finding in check(office(), *claims).findings
        if finding.code in ("nested", "told-twice")
    ]
    assert found == [
        "all（发放）与 again（发放）说的是同一件事，不得相加",
        "part（发放）包含在 all（发放）之内，不得相加",
        "part（发放）包含在 again（发放）之内，不得相加",
    ]


def test_done_and_planned_of_one_indicator_lie_within_the_whole_of_it():
    seen = {"what": What.OBSERVED, "unit": "copy", "indicator": "clinics"}
    claims = claim("112份", "all", **seen), claim("110份", "part", state=State.DONE, **seen)
    assert nested(*claims) == [("nested", "part", INSIDE)]
