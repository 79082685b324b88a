"""What things are called in a report."""

from __future__ import annotations

import pytest

from reliefstock import Book, Donor, Item, Place, Restriction
from reliefstock.ledger import Holding
from reliefstock.reconciliation import By
from reliefstock.reports import Naming, notes, unvalued_notes
from reliefstock.values import Language
from unit.reports.books import a_book


@pytest.fixture(scope="module")
def book() -> Book:
    return a_book()


@pytest.mark.parametrize(
    ("place", "zh", "en"),
    [
        ("warehouse:depot", "备灾中心", "Depot"),
        ("quarantine:depot", "备灾中心", "Depot"),
        ("fund:main", "基本账户", "Main fund"),
        ("transit:WB-000001", "WB-000001", "WB-000001"),
        ("household:H-1", "H-1", "H-1"),
        ("school:S-1", "吕河小学", "Lvhe School"),
        ("society:county", "宁陕县红十字会", "Ningshan Society"),
        ("project:well", "水井", "Well"),
        ("donor:A", "甲公司", "Company A"),
        ("supplier:mill", "棉纺厂", "Mill"),
        ("loss:spoilt", "变质", "spoilt"),
        ("loss:short-carrier", "短少（承运方）", "short (carrier)"),
        ("gain:over-unresolved", "多到（责任未定）", "over (unresolved)"),
        ("loss:eaten", "eaten", "eaten"),
        ("loss:eaten-nobody", "eaten（nobody）", "eaten (nobody)"),
        ("conversion:PUR-000001", "PUR-000001", "PUR-000001"),
    ],
)
def test_a_place_has_its_name_in_both_languages(book: Book, place: str, zh: str, en: str) -> None:
    where = Place.parse(place)
    assert (Naming(book, "zh").place(where), Naming(book, "en").place(where)) == (zh, en)


def test_a_place_is_told_after_its_kind(book: Book) -> None:
    school = Place.parse("school:S-1")
    assert Naming(book, "zh").kind_and_place(school) == "学校：吕河小学"
    assert Naming(book).kind_and_place(school) == "school: Lvhe School"


@pytest.mark.parametrize(
    ("by", "group", "zh", "en"),
    [
        (By.ITEM, "quilt", "棉被", "Quilt"),
        (By.DONOR, "A", "甲公司", "Company A"),
        (By.DONOR, "B | A", "乙公司 + 甲公司", "Company B + Company A"),
        (By.DONOR, "", "无捐赠方", "no donor"),
        (By.DONATION, "DR-000001 | DR-000002", "DR-000001 + DR-000002", "DR-000001 + DR-000002"),
        (By.DONATION, "", "无捐赠方", "no donor"),
        (By.PROGRAMME, "winter", "winter", "winter"),
        (By.PROGRAMME, "", "未列活动", "no programme"),
        (By.WAREHOUSE, "depot", "备灾中心", "Depot"),
        (By.WAREHOUSE, "main", "基本账户", "Main fund"),
        (By.WAREHOUSE, ":in transit", "在途", "in transit"),
        (By.WAREHOUSE, "", "无", "nothing"),
        (By.SOCIETY, "ankang", "安康市红十字会", "Ankang Society"),
        (By.SOCIETY, "Ankang", "Ankang", "Ankang"),
        (By.RECIPIENT_KIND, "school", "学校", "school"),
        (By.RECIPIENT_KIND, "held", "未发放", "held"),
        (By.PERIOD, "2023-02", "2023年2月", "2023-02"),
    ],
)
def test_a_group_of_a_statement_has_its_name(book: Book, by: By, group: str, zh: str, en: str) -> None:
    assert (Naming(book, "zh").group(by, group), Naming(book, "en").group(by, group)) == (zh, en)


def test_a_donor_whose_id_looks_like_several_is_one() -> None:
    book = Book("Ankang", currency="CNY")
    book.add(Donor("A + B", zh="甲乙公司"), Donor("A", zh="甲公司"))
    assert Naming(book, "zh").donors("A + B") == "甲乙公司"
    assert Naming(book, "zh").donors("") == "无捐赠方"


def test_what_is_public_does_not_name_who_asked_not_to_be_named(book: Book) -> None:
    public = Naming(book, "zh", public=True)
    assert public.donors("B | A") == "不愿公开名称的捐赠方 + 甲公司"
    assert public.place(Place.parse("donor:B")) == "不愿公开名称的捐赠方"


@pytest.mark.parametrize(
    ("item", "count", "zh", "en"),
    [
        ("quilt", 36_000, "36,000件", "36,000 piece"),
        ("quilt", -1, "-1件", "-1 piece"),
        ("quilt", 0, "0", "0"),
        ("CNY", 123_450, "1,234.50", "1,234.50"),
    ],
)
def test_a_quantity_is_said_in_the_unit_of_its_item(
    book: Book, item: str, count: int, zh: str, en: str
) -> None:
    assert (Naming(book, "zh").quantity(item, count), Naming(book).quantity(item, count)) == (zh, en)


def test_an_amount_has_all_its_fen_and_nothing_is_said_as_nought(book: Book) -> None:
    naming = Naming(book)
    amounts = [naming.amount(minor) for minor in (9_007_199_254_740_993, -5, 0)]
    assert amounts == ["90,071,992,547,409.93", "-0.05", "0"]


@pytest.mark.parametrize(
    ("restrictions", "zh", "en"),
    [
        ((), "非限定", "any use"),
        ((Restriction(),), "非限定", "any use"),
        (
            (Restriction(places=("610923", "610928"), programme="winter"), Restriction(until="2023-12-31")),
            "地区：610923、610928、活动：winter、使用期限：2023-12-31",
            "place 610923, 610928, programme winter, until 2023-12-31",
        ),
        (
            (Restriction(groups=("flood-hit",), recipients=("H-1",)),),
            "群体：flood-hit、接收方：H-1",
            "group flood-hit, recipient H-1",
        ),
    ],
)
def test_what_a_gift_may_be_used_for_is_said_in_full(
    book: Book, restrictions: tuple[Restriction, ...], zh: str, en: str
) -> None:
    assert Naming(book, "zh").restrictions(restrictions) == zh
    assert Naming(book, "en").restrictions(restrictions) == en


@pytest.mark.parametrize(
    ("currency", "lang", "note"),
    [("CNY", "zh", "金额单位：人民币元"), ("CNY", "en", "amounts in CNY"), ("USD", "zh", "金额单位：USD")],
)
def test_a_report_says_in_what_its_amounts_are(currency: str, lang: Language, note: str) -> None:
    assert notes(Book("Ankang", currency=currency), lang) == (note,)


def test_a_report_says_that_some_lots_have_no_value(book: Book) -> None:
    assert unvalued_notes(book, ["GRN-000001-1", "GRN-000002-1"]) == ("unvalued",)
    assert unvalued_notes(book, ["GRN-000001-1"]) == ()


def test_an_item_goes_by_its_name() -> None:
    book = Book("Ankang", currency="CNY")
    book.add(Item("tent", zh="帐篷", en="Tent"))
    assert (Naming(book, "zh").item("tent"), Naming(book).item("CNY")) == ("帐篷", "Money")


@pytest.mark.parametrize(
    ("item", "held", "said"),
    [
        ("water", Holding(3, 0), "未计价"),
        ("water", Holding(0, 0), "0"),
        ("quilt", Holding(3, 0), "0"),
        ("quilt", Holding(3, 500), "5.00"),
    ],
)
def test_goods_without_a_stated_value_are_not_said_to_be_worth_nothing(
    book: Book, item: str, held: Holding, said: str
) -> None:
    assert Naming(book, "zh").worth(item, held) == said
