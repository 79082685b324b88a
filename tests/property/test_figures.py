"""Whatever number is printed reads back as itself, and whatever else is printed is refused, not guessed."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, example, given
from hypothesis import strategies as st

from reliefstock.errors import UnreadableFigure
from reliefstock.values.figures import parse_figure
from reliefstock.values.interval import Interval

FULL_WIDTH = str.maketrans("0123456789,.", "０１２３４５６７８９，．")
PLAIN = ("零一二三四五六七八九", "十百千")
FORMAL = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟")


def decimals() -> st.SearchStrategy[tuple[int, int]]:
    """A whole number and how many of its last figures are decimals."""
    return st.tuples(st.integers(0, 10**12), st.integers(0, 4))


def printed(number: int, places: int, *, grouped: bool) -> str:
    whole, rest = divmod(number, 10**places)
    return f"{whole:,}" * grouped + str(whole) * (not grouped) + f".{rest:0{places}d}" * (places > 0)


def in_chinese(number: int, figures: str, scales: str) -> str:
    """The plainest way to write a number out: every figure with its scale, 零 for each gap."""
    if number == 0:
        return figures[0]
    groups = [(number // 10**power % 10**4, scale) for power, scale in ((8, "亿"), (4, "万"), (0, ""))]
    text = ""
    for value, scale in groups:
        if value:
            text += (
                figures[0] * bool(text and value < 1000) + below_ten_thousand(value, figures, scales) + scale
            )
        elif scale == "万" and text and number % 10**4 >= 1000:
            text += figures[0]  # 一亿零五千, as 一亿五千 would be said for 一亿五千万
    return text


def below_ten_thousand(value: int, figures: str, scales: str) -> str:
    text, gap = "", False
    for power in (3, 2, 1, 0):
        figure = value // 10**power % 10
        if figure == 0:
            gap = bool(text)
            continue
        text += figures[0] * gap + figures[figure] + ("", *scales)[power]
        gap = False
    return text


@given(decimals(), st.booleans(), st.booleans())
def test_figures_read_back_exactly(number: tuple[int, int], grouped: bool, wide: bool) -> None:
    text = printed(*number, grouped=grouped)
    value = Fraction(number[0], 10 ** number[1])
    figure = parse_figure(text.translate(FULL_WIDTH) if wide else text)
    assert figure.interval == Interval.exactly(value)


@given(decimals(), st.sampled_from([("万", 4), ("亿", 8), ("千", 3), (" million", 6), ("万亿", 12)]))
def test_scaled_figures_read_back_exactly(number: tuple[int, int], scale: tuple[str, int]) -> None:
    figure = parse_figure(printed(*number, grouped=False) + scale[0])
    assert figure.interval == Interval.exactly(Fraction(number[0] * 10 ** scale[1], 10 ** number[1]))


@given(st.integers(0, 10**12 - 1), st.sampled_from([PLAIN, FORMAL]))
@example(100_005_000, PLAIN)
@example(100_050_000, FORMAL)
@example(20_000_015, PLAIN)
def test_chinese_numerals_read_back_exactly(number: int, numerals: tuple[str, str]) -> None:
    assert parse_figure(in_chinese(number, *numerals)).interval == Interval.exactly(number)


@given(st.integers(1, 10**8 - 1), st.integers(0, 9), st.integers(0, 9))
def test_formal_amounts_read_back_to_the_fen(yuan: int, jiao: int, fen: int) -> None:
    text = in_chinese(yuan, *FORMAL) + "元"
    text += f"{FORMAL[0][jiao]}角" * (jiao > 0)
    text += "零" * (jiao == 0 < fen) + f"{FORMAL[0][fen]}分" * (fen > 0)
    text += "整" * (fen == 0)
    assert parse_figure(text).minor_interval(2) == Interval.exactly(yuan * 100 + jiao * 10 + fen)


@given(decimals(), st.sampled_from(["", "万", "亿"]), st.booleans())
def test_more_than_a_number_ends_before_its_last_figure_goes_up(
    number: tuple[int, int], scale: str, within: bool
) -> None:
    assume(number[0] > 0)
    text = printed(*number, grouped=False)
    value = parse_figure(text + scale).interval.low
    interval = parse_figure(f"{text}余{scale}" if within else f"{text}{scale}余").interval
    assert interval.high is not None
    place = interval.high - interval.low
    assert interval.low == value
    assert interval.low_open
    assert interval.high_open
    assert set(str(place.numerator * place.denominator)[1:]) <= {"0"}
    assert str(place.numerator * place.denominator)[0] == "1"
    assert (value / place).denominator == 1
    assert (value / place) % 10 != 0


@given(
    decimals(), st.sampled_from([("近{}", -1, 0), ("约{}", Fraction(-1, 2), Fraction(1, 2)), ("{}余", 0, 1)])
)
def test_the_markers_measure_by_the_same_place(
    number: tuple[int, int], marker: tuple[str, Fraction, Fraction]
) -> None:
    assume(number[0] > 0)
    text = printed(*number, grouped=True)
    more = parse_figure(f"{text}余").interval
    assert more.high is not None
    place = more.high - more.low
    interval = parse_figure(marker[0].format(text)).interval
    assert (interval.low, interval.high) == (more.low + place * marker[1], more.low + place * marker[2])


@given(st.text(max_size=70))
def test_random_text_is_read_or_refused_and_nothing_else(text: str) -> None:
    assert reads_or_refuses(text)


PIECES = [
    *"0123456789,，.．十百千万亿零〇一二两九壹拾余多近约半几元角分块毛整%—-至到 $¥人次户箱个点",
    "以上",
    "百分之",
]
WORDS = [
    " over ",
    " about ",
    " to ",
    " million",
    " hundred",
    "two",
    " boxes",
    " yuan",
    "US$",
    " or more",
    "CNY ",
]


@given(st.lists(st.sampled_from([*PIECES, *WORDS]), max_size=12).map("".join))
def test_shuffled_pieces_of_figures_are_read_or_refused_and_nothing_else(text: str) -> None:
    assert reads_or_refuses(text)


def reads_or_refuses(text: str) -> bool:
    """Where the text is read, it reads the same in full width and with space around."""
    try:
        figure = parse_figure(text)
    except UnreadableFigure as refused:
        return 0 <= refused.position <= len(text)
    again = parse_figure(f" {text.translate(FULL_WIDTH)} ")
    return (figure.interval, figure.unit, figure.marker) == (again.interval, again.unit, again.marker)
