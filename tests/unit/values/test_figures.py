"""Amounts as they are printed: what each reads as, and what is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest

from reliefstock.errors import Incomplete, NotExact, UnitMismatch, UnreadableFigure
from reliefstock.values.figures import MEASURE_WORDS, Figure, parse_figure
from reliefstock.values.interval import Interval


def between(low: int, high: int) -> Interval:
    """Both bounds excluded."""
    return Interval(low, high, low_open=True, high_open=True)


def exactly(text: str) -> Interval:
    return Interval.exactly(Fraction(text))


def read(text: str) -> tuple[Interval, str, str]:
    figure = parse_figure(text)
    return figure.interval, figure.unit, figure.marker


@pytest.mark.parametrize(
    ("printed", "interval"),
    [
        ("40余万", between(400_000, 500_000)),
        ("12余万", between(120_000, 130_000)),
        ("300余", between(300, 400)),
        ("20余", between(20, 30)),
        ("2万余", between(20_000, 30_000)),
        ("48万余", between(480_000, 490_000)),
        ("1500余", between(1_500, 1_600)),
        ("40以上", Interval.at_least(40)),
        ("近500", between(400, 500)),
        ("约500", Interval(450, 550)),
        ("9.9万", Interval.exactly(99_000)),
        ("26.63万", Interval.exactly(266_300)),
    ],
)
def test_the_markers_read_as_the_field_reads_them(printed: str, interval: Interval) -> None:
    assert parse_figure(printed).interval == interval


@pytest.mark.parametrize(
    ("printed", "interval", "unit", "marker"),
    [
        ("4名", exactly("4"), "person", "exact"),
        ("7130万元", exactly("71300000"), "CNY", "exact"),
        ("1156户", exactly("1156"), "household", "exact"),
        ("112个", exactly("112"), "个", "exact"),
        ("20所", exactly("20"), "所", "exact"),
        ("100万元", exactly("1000000"), "CNY", "exact"),
        ("7个村", exactly("7"), "village", "exact"),
        ("140万元", exactly("1400000"), "CNY", "exact"),
        ("30万元", exactly("300000"), "CNY", "exact"),
        ("两次", exactly("2"), "次", "exact"),
        ("12余万元", between(120_000, 130_000), "CNY", "more"),
        ("500箱", exactly("500"), "box", "exact"),
        ("9.9万元", exactly("99000"), "CNY", "exact"),
        ("5名白血病患儿", exactly("5"), "名白血病患儿", "exact"),
        ("1.3万元", exactly("13000"), "CNY", "exact"),
        ("200册", exactly("200"), "volume", "exact"),
        ("300余份", between(300, 400), "copy", "more"),
        ("26.63万元", exactly("266300"), "CNY", "exact"),
        ("20户", exactly("20"), "household", "exact"),
        ("40余万元", between(400_000, 500_000), "CNY", "more"),
        ("1万人", exactly("10000"), "person", "exact"),
        ("6条", exactly("6"), "条", "exact"),
        ("33万条", exactly("330000"), "条", "exact"),
        ("1万份", exactly("10000"), "copy", "exact"),
        ("20余场次", between(20, 30), "session", "more"),
        ("2万余份", between(20_000, 30_000), "copy", "more"),
        ("1500余人次", between(1_500, 1_600), "person-time", "more"),
        ("48万余条", between(480_000, 490_000), "条", "more"),
        ("50%以上", Interval.at_least(50), "%", "at least"),
        ("100%", exactly("100"), "%", "exact"),
        ("30余篇", between(30, 40), "article", "more"),
        ("7期", exactly("7"), "issue", "exact"),
        ("17起", exactly("17"), "起", "exact"),
        ("65万", exactly("650000"), "", "exact"),
        ("¥71,300,000", exactly("71300000"), "CNY", "exact"),
        ("1,156 houses", exactly("1156"), "houses", "exact"),
        ("2 counties", exactly("2"), "county", "exact"),
        ("300余 leaflets", between(300, 400), "copy", "more"),
        ("20 households", exactly("20"), "household", "exact"),
        ("1,500余 clinic visits", between(1_500, 1_600), "clinic visits", "more"),
        ("over 50 %", Interval(50, None, low_open=True), "%", "over"),
        ("6 model schools", exactly("6"), "model schools", "exact"),
    ],
)
def test_every_figure_of_the_half_year_summary_is_read(
    printed: str, interval: Interval, unit: str, marker: str
) -> None:
    assert read(printed) == (interval, unit, marker)


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("0", "0"),
        ("266,300", "266300"),
        ("２６６，３００", "266300"),
        ("２６．６３万", "266300"),
        ("1.30", "1.3"),
        ("0.5", "0.5"),
        ("1.3亿", "130000000"),
        ("1.3万亿", "1300000000000"),
        ("3千", "3000"),
        ("15千", "15000"),
        ("1.5百万", "1500000"),
        ("2万5千", "25000"),
        ("3千5百", "3500"),
        ("1万2345", "12345"),
        ("1万0205", "10205"),
        ("1亿3000万", "130000000"),
        ("1亿零5", "100000005"),
        ("26.63 万", "266300"),
        ("零", "0"),
        ("十", "10"),
        ("十五", "15"),
        ("二十", "20"),
        ("二十五", "25"),
        ("两百", "200"),
        ("一百零五", "105"),
        ("三百二十", "320"),
        ("一千零五十", "1050"),
        ("一万零五百", "10500"),
        ("一万五千", "15000"),
        ("三万五千亿", "3500000000000"),
        ("一亿五千万", "150000000"),
        ("一亿零五千", "100005000"),
        ("二〇二三", "2023"),
        ("一二三", "123"),
        ("二〇", "20"),
        ("十二点五万", "125000"),
        ("零点二五", "0.25"),
        ("壹拾万零柒仟", "107000"),
        ("壹佰贰拾叁", "123"),
        ("貳萬參仟", "23000"),
        ("twelve", "12"),
        ("two hundred", "200"),
        ("two hundred thousand", "200000"),
        ("1.3 million", "1300000"),
        ("2 billion", "2000000000"),
        ("  500\u3000", "500"),
        ("\n500\n", "500"),
    ],
)
def test_a_bare_number_is_exact_as_printed(printed: str, value: str) -> None:
    assert read(printed) == (exactly(value), "", "exact")
    assert parse_figure(printed).measure == "count"


@pytest.mark.parametrize(
    ("printed", "value", "currency"),
    [
        ("CNY 266,300", "266300", "CNY"),
        ("rmb266,300", "266300", "CNY"),
        ("￥1,000,000", "1000000", "CNY"),
        ("人民币壹万元整", "10000", "CNY"),
        ("人民币5万", "50000", "CNY"),
        ("¥5万元", "50000", "CNY"),
        ("5元人民币", "5", "CNY"),
        ("5 million yuan", "5000000", "CNY"),
        ("壹佰贰拾叁元肆角伍分", "123.45", "CNY"),
        ("壹仟陆佰捌拾元零叁角贰分", "1680.32", "CNY"),
        ("壹拾元零伍分", "10.05", "CNY"),
        ("三百二十元整", "320", "CNY"),
        ("10圆5角", "10.5", "CNY"),
        ("5角", "0.5", "CNY"),
        ("5角3分", "0.53", "CNY"),
        ("10块5毛", "10.5", "CNY"),
        ("25块钱", "25", "CNY"),
        ("人民币25块", "25", "CNY"),
        ("5分钱", "0.05", "CNY"),
        ("人民币5分", "0.05", "CNY"),
        ("5 fen", "0.05", "CNY"),
        ("1.3万美元", "13000", "USD"),
        ("US$5.5 million", "5500000", "USD"),
        ("500 US dollars", "500", "USD"),
        ("USD 500", "500", "USD"),
        ("€500", "500", "EUR"),
        ("500欧元", "500", "EUR"),
        ("HK$500", "500", "HKD"),
        ("500港元", "500", "HKD"),
        ("500日元", "500", "JPY"),
        ("£500", "500", "GBP"),
        ("500英镑", "500", "GBP"),
        ("CHF 500", "500", "CHF"),
        ("瑞士法郎500", "500", "CHF"),
    ],
)
def test_money_is_read_in_the_major_unit_of_its_currency(printed: str, value: str, currency: str) -> None:
    figure = parse_figure(printed)
    assert (figure.interval, figure.measure, figure.unit) == (exactly(value), "money", currency)
    assert figure.currency == currency


@pytest.mark.parametrize(
    ("printed", "interval", "marker"),
    [
        ("300多份", between(300, 400), "more"),
        ("十余人", between(10, 20), "more"),
        ("百余人", between(100, 200), "more"),
        ("3千余万元", between(30_000_000, 40_000_000), "more"),
        ("1.3万余元", between(13_000, 14_000), "more"),
        ("40 余万元", between(400_000, 500_000), "more"),
        ("近千人", between(0, 1_000), "nearly"),
        ("将近30万元", between(200_000, 300_000), "nearly"),
        ("nearly 500 boxes", between(400, 500), "nearly"),
        ("almost 500", between(400, 500), "nearly"),
        ("约为0.5元", Interval(Fraction("0.45"), Fraction("0.55")), "about"),
        ("大约12万", Interval(115_000, 125_000), "about"),
        ("500箱左右", Interval(450, 550), "about"),
        ("5万元上下", Interval(45_000, 55_000), "about"),
        ("about 2,000", Interval(1_500, 2_500), "about"),
        ("some 300 people", Interval(250, 350), "about"),
        ("约人民币5万元", Interval(45_000, 55_000), "about"),
        ("人民币约5万元", Interval(45_000, 55_000), "about"),
        ("5万元以上", Interval.at_least(50_000), "at least"),
        ("至少5人", Interval.at_least(5), "at least"),
        ("at least 5", Interval.at_least(5), "at least"),
        ("500 boxes or more", Interval.at_least(500), "at least"),
        ("5人以下", Interval(0, 5), "at most"),
        ("最多5人", Interval(0, 5), "at most"),
        ("up to 5", Interval(0, 5), "at most"),
        ("5 or fewer", Interval(0, 5), "at most"),
        ("超过5万元", Interval(50_000, None, low_open=True), "over"),
        ("超5万元", Interval(50_000, None, low_open=True), "over"),
        ("over 400,000", Interval(400_000, None, low_open=True), "over"),
        ("more than 1.3 million yuan", Interval(1_300_000, None, low_open=True), "over"),
        ("不足百人", Interval(0, 100, high_open=True), "under"),
        ("less than 5", Interval(0, 5, high_open=True), "under"),
        ("近百分之五十", between(40, 50), "nearly"),
        ("百分之五十以上", Interval.at_least(50), "at least"),
    ],
)
def test_a_marker_may_stand_before_within_or_after(printed: str, interval: Interval, marker: str) -> None:
    figure = parse_figure(printed)
    assert (figure.interval, figure.marker) == (interval, marker)


@pytest.mark.parametrize(
    ("printed", "low", "high", "unit"),
    [
        ("3—5人", 3, 5, "person"),
        ("3-5", 3, 5, ""),
        ("三至五人", 3, 5, "person"),
        ("5人到8人", 5, 8, "person"),
        ("5万至8万元", 50_000, 80_000, "CNY"),
        ("5万元至8万元", 50_000, 80_000, "CNY"),
        ("¥3~5", 3, 5, "CNY"),
        ("¥3 - ¥5", 3, 5, "CNY"),
        ("3-5%", 3, 5, "%"),
        ("3%–5%", 3, 5, "%"),
        ("百分之三至百分之五", 3, 5, "%"),
        ("百分之三至五", 3, 5, "%"),
        ("5 to 8 boxes", 5, 8, "box"),
        ("five to eight boxes", 5, 8, "box"),
        ("5 boxes to 8 boxes", 5, 8, "box"),
        ("8千至5万元", 8_000, 50_000, "CNY"),
    ],
)
def test_a_range_holds_both_its_bounds(printed: str, low: int, high: int, unit: str) -> None:
    assert read(printed) == (Interval(low, high), unit, "range")


@pytest.mark.parametrize("printed", ["百分之五十", "50%", "50％", "50 per cent", "50 percent"])
def test_half_of_a_hundred_is_fifty_percent_however_printed(printed: str) -> None:
    assert parse_figure(printed) == Figure(printed, exactly("50"), "percent", "%", None, "exact")


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("5人", "person"),
        ("5人次", "person-time"),
        ("5 person-times", "person-time"),
        ("5户", "household"),
        ("5户次", "household-time"),
        ("5 Families", "household"),
        ("5千克", "kg"),
        ("5公斤", "kg"),
        ("5kg", "kg"),
        ("3万千克", "kg"),
        ("三千两百克", "g"),
        ("一亿两万克", "g"),
        ("5千米", "km"),
        ("5百分点", "percentage point"),
        ("25块展板", "块展板"),
        ("5分钟", "分钟"),
        ("5个单元", "个单元"),
        ("5人到位", "人到位"),
        ("5家", "家"),
        ("5 Tents", "Tents"),
    ],
)
def test_a_unit_keeps_its_code_or_the_word_as_printed(printed: str, unit: str) -> None:
    assert read(printed)[1] == unit


@pytest.mark.parametrize(
    "printed",
    [
        *("", " ", "人", "元", "五" * 65, "1" * 5000),  # nothing there, or too much
        *("-5", "−5", "负5", "+5", "$5", "$"),
        *("一半", "半箱", "数十", "几百", "十几", "几十人", "上万", "a dozen", "hundreds", "several boxes"),
        *("1,00", "1,0000", "12,34,567", "1.2.3", ".5", "5.", "0,123", "007", "00.5", "400 000", "1'000"),
        *("1万2", "2万5", "3千5", "一千五", "一百五", "一百五万", "一亿五千", "1亿5千", "1千零05"),
        *(
            "一千百",
            "百千",
            "五百三千",
            "一万万",
            "一亿亿",
            "一万零",
            "一万零零",
            "一百零十",
            "一百零万",
            "1亿余万",
        ),
        *("七八人", "三五百", "二十七八", "〇五", "两三百", "两十", "二十两", "零五", "二十0", "12百3十"),
        *("1.3万5千", "1亿2.5万", "三点", "三点两", "十二点五十", "三点五点六", "万", "万元", "千元"),
        *("5 thousand million", "hundred", "twenty-five", "two hundred and five", "five万", "5万 million"),
        *("近40余万", "约5万元左右", "超过5万元以上", "about nearly 5", "0余", "近0", "约0", "少于0"),
        *("5元余", "300余多", "2余千", "5来人", "5人余", "5人至少", "5 or so", "500+"),
        *("¥5美元", "CNY USD 5", "¥5%", "¥5箱", "美元5角", "500 dollars", "500 pounds", "5新台币", "5韩元"),
        *("25块", "95分", "10元5", "10.5元5角", "5余元5角", "5角3角", "10元零", "5元药品", "5元元"),
        *("5k", "5w", "5 bn", "1st", "第5", "5人3户", "5人三户", "5 boxes of soap", "5 a", "5‰", "5²", "5½"),
        *("5 very many long words", "5 supercalifragilistic", "5一", "5台多功能机"),
        *("3至5万元", "¥3-5万", "3 to 5 million", "5-3", "5-5", "5人至8户", "5人至8", "3%-5", "3至", "3——5"),
        *("约3至5人", "3至约5人", "3至5余人", "3余至5人", "百至千", "3至5人以上", "two-three"),
        *("7多 hundred块", "约7 about", "7户元整", "5 boxes箱"),
        *("5 thousand thousand", "hundred hundred", "two hundred hundred", "5\n人"),
    ],
)
def test_what_could_be_read_in_two_ways_or_in_none_is_refused(printed: str) -> None:
    with pytest.raises(UnreadableFigure) as refused:
        parse_figure(printed)
    assert refused.value.reason
    assert 0 <= refused.value.position <= len(printed)


def test_the_refusal_says_where() -> None:
    with pytest.raises(UnreadableFigure, match="at character 5"):
        parse_figure("  1万2")


def test_the_text_is_kept_as_printed() -> None:
    assert parse_figure(" ４０余万元 ").text == "４０余万元"


def test_money_can_be_asked_in_minor_units() -> None:
    assert parse_figure("26.63万元").minor_interval(2) == Interval.exactly(26_630_000)
    assert parse_figure("500日元").minor_interval(0) == Interval.exactly(500)


@pytest.mark.parametrize("printed", ["500箱", "500", "50%"])
def test_what_is_no_money_has_no_minor_units(printed: str) -> None:
    with pytest.raises(UnitMismatch):
        parse_figure(printed).minor_interval(2)


def test_a_currency_has_no_negative_number_of_decimals() -> None:
    with pytest.raises(NotExact):
        parse_figure("5元").minor_interval(-1)


@pytest.mark.parametrize(
    ("printed", "en", "zh"),
    [
        ("40余万元", "CNY 400,000–CNY 500,000 (both excluded)", "大于400,000元、小于500,000元"),
        ("over US$5", "more than USD 5", "大于5美元"),
        ("50%以上", "at least 50%", "不少于50%"),
        ("5 boxes", "5 box", "5箱"),
        ("5条", "5", "5条"),
        ("5kg", "5 kg", "5公斤"),
        ("5 tents", "5 tents", "5 tents"),
        ("约500", "450–550", "不少于450、不大于550"),
    ],
)
def test_a_figure_is_spelled_out_in_both_languages(printed: str, en: str, zh: str) -> None:
    figure = parse_figure(printed)
    assert (figure.text_in("en"), figure.text_in("zh")) == (en, zh)


def test_another_language_is_refused() -> None:
    with pytest.raises(Incomplete):
        parse_figure("5").text_in("fr")  # pyright: ignore[reportArgumentType]


def test_persons_and_person_times_and_households_have_codes_of_their_own() -> None:
    codes = [MEASURE_WORDS[word].code for word in ("人", "人次", "户", "户次")]
    assert len(set(codes)) == len(codes)


def test_a_measure_word_has_one_wording_for_each_code() -> None:
    words = set(MEASURE_WORDS.values())
    assert len({word.code for word in words}) == len(words)
