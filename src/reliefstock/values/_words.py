"""The words that printed figures are made of: numerals, markers, currencies and measure words.

Tables only, so that adding a word touches no grammar. Latin words stand in lower case, as the scanner
folds what it reads.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import attrs

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "BIG_SCALES",
    "CURRENCY_AFTER",
    "CURRENCY_BEFORE",
    "CURRENCY_LIKE",
    "CURRENCY_NAMES",
    "ENGLISH_NUMERALS",
    "ENGLISH_SCALES",
    "HAN_DIGITS",
    "MARKERS_AFTER",
    "MARKERS_BEFORE",
    "MEASURE_WORDS",
    "NO_UNIT_BEGINS_WITH",
    "NO_UNIT_HOLDS",
    "NO_UNIT_WORDS",
    "PERCENT_AFTER",
    "RANGE_SIGNS",
    "SMALL_SCALES",
    "VAGUE",
    "MeasureWord",
]


@attrs.frozen
class MeasureWord:
    """A unit of count: its code, the same however it was printed, and its word in both languages."""

    code: str
    zh: str
    en: str


HAN_DIGITS: Final[Mapping[str, int]] = MappingProxyType(
    {
        figure: value
        for value, figures in enumerate(
            ("零〇", "一壹", "二贰貳两兩", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
        )
        for figure in figures
    }
)
SMALL_SCALES: Final[Mapping[str, int]] = MappingProxyType(
    {"十": 1, "拾": 1, "百": 2, "佰": 2, "千": 3, "仟": 3}
)
BIG_SCALES: Final[Mapping[str, int]] = MappingProxyType({"万": 4, "萬": 4, "亿": 8, "億": 8})

ENGLISH_NUMERALS: Final[Mapping[str, int]] = MappingProxyType(
    {
        word: value
        for value, word in enumerate(
            (
                *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
                *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
                *("eighteen", "nineteen", "twenty"),
            )
        )
    }
)
ENGLISH_SCALES: Final[Mapping[str, int]] = MappingProxyType(
    {"hundred": 2, "thousand": 3, "million": 6, "billion": 9}
)

MARKERS_BEFORE: Final[Mapping[str, str]] = MappingProxyType(
    {
        word: marker
        for marker, words in {
            "nearly": ("近", "将近", "接近", "nearly", "almost"),
            "about": ("约", "大约", "约为", "about", "around", "approximately", "roughly", "some"),
            "at least": (
                *("至少", "最少", "起码", "不少于", "不低于", "不少于"),
                *("at least", "not less than", "no less than", "no fewer than"),
            ),
            "at most": (
                *("至多", "最多", "不超过", "不多于", "不高于", "不大于"),
                *("at most", "up to", "not more than", "no more than"),
            ),
            "over": (
                *("超", "超过", "逾", "多于", "高于", "大于"),
                *("over", "more than", "in excess of", "exceeding"),
            ),
            "under": (
                *("不足", "不到", "不满", "未满", "少于", "低于", "小于"),
                *("under", "less than", "fewer than"),
            ),
        }.items()
        for word in words
    }
)
MARKERS_AFTER: Final[Mapping[str, str]] = MappingProxyType(
    {
        "以上": "at least",
        "以下": "at most",
        "以内": "at most",
        "左右": "about",
        "上下": "about",
        "or more": "at least",
        "or fewer": "at most",
        "or less": "at most",
    }
)
RANGE_SIGNS: Final = ("至", "到", "-", "–", "—", "~", "to")
PERCENT_AFTER: Final = ("%", "percent", "per cent")

CURRENCY_BEFORE: Final[Mapping[str, str]] = MappingProxyType(
    {
        word: code
        for code, words in {
            "CNY": ("cny", "rmb", "¥", "人民币"),
            "USD": ("usd", "us$", "美元"),
            "EUR": ("eur", "€", "欧元"),
            "HKD": ("hkd", "hk$", "港元", "港币"),
            "JPY": ("jpy", "日元"),
            "GBP": ("gbp", "£", "英镑"),
            "CHF": ("chf", "瑞士法郎"),
        }.items()
        for word in words
    }
)
CURRENCY_AFTER: Final[Mapping[str, str]] = MappingProxyType(
    {
        word: code
        for code, words in {
            "CNY": ("人民币", "yuan", "yuan rmb", "cny", "rmb", "元人民币", "圆人民币"),
            "USD": ("美元", "us dollar", "us dollars", "usd"),
            "EUR": ("欧元", "euro", "euros", "eur"),
            "HKD": ("港元", "港币", "hong kong dollar", "hong kong dollars", "hkd"),
            "JPY": ("日元", "yen", "jpy"),
            "GBP": ("英镑", "pound sterling", "pounds sterling", "gbp"),
            "CHF": ("瑞士法郎", "swiss franc", "swiss francs", "chf"),
        }.items()
        for word in words
    }
)
CURRENCY_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "CNY": "元",
        "USD": "美元",
        "EUR": "欧元",
        "HKD": "港元",
        "JPY": "日元",
        "GBP": "英镑",
        "CHF": "瑞士法郎",
    }
)
# What ends so is money of a kind that is not in the tables; 单元 is a flat's entrance.
CURRENCY_LIKE: Final = ("元", "圆", "币", "镑", "法郎", "卢布", "卢比", "铢")

_UNITS: Final = (
    ("person", "人", "person", "人 名 位 person persons people"),
    ("person-time", "人次", "person-time", "人次 person-time person-times"),
    ("household", "户", "household", "户 家庭 个家庭 户家庭 household households family families"),
    ("household-time", "户次", "household-time", "户次 household-time household-times"),
    ("piece", "件", "piece", "件 piece pieces"),
    ("set", "套", "set", "套 set sets"),
    ("box", "箱", "box", "箱 box boxes carton cartons"),
    ("bag", "袋", "bag", "袋 bag bags"),
    ("bottle", "瓶", "bottle", "瓶 bottle bottles"),
    ("copy", "份", "copy", "份 copy copies leaflet leaflets"),
    ("volume", "册", "volume", "册 本 volume volumes book books"),
    ("article", "篇", "article", "篇 article articles"),
    ("issue", "期", "issue", "期 issue issues"),
    ("session", "场次", "session", "场次 场 session sessions event events"),
    ("vehicle", "辆", "vehicle", "辆 vehicle vehicles"),
    ("county", "县", "county", "县 个县 county counties"),
    ("village", "村", "village", "村 个村 village villages"),
    (
        "household pack",
        "家庭包",
        "household pack",
        "个家庭包 family&pack family&packs household&pack household&packs",
    ),
    ("month", "个月", "month", "个月 month months"),
    ("week", "周", "week", "周 week weeks"),
    ("g", "克", "g", "克 g gram grams"),
    ("kg", "公斤", "kg", "千克 公斤 kg kilogram kilograms"),
    ("km", "公里", "km", "千米 公里 km"),
    ("t", "吨", "t", "吨 t tonne tonnes"),
    ("jin", "斤", "jin", "斤 jin"),
    ("mL", "毫升", "mL", "毫升 ml"),
    ("L", "升", "L", "升 l litre litres liter liters"),
    ("percentage point", "百分点", "percentage point", "百分点 个百分点 percentage&point percentage&points"),
    # One measure word, many English nouns: the word itself is the code, and English says the number alone.
    ("条", "条", "", "条"),
    ("床", "床", "", "床"),
    ("顶", "顶", "", "顶"),
    ("台", "台", "", "台"),
    ("个", "个", "", "个"),
    ("所", "所", "", "所"),
    ("处", "处", "", "处"),
    ("起", "起", "", "起"),
    ("次", "次", "", "次"),
)
MEASURE_WORDS: Final[Mapping[str, MeasureWord]] = MappingProxyType(
    {
        word.replace("&", " "): MeasureWord(code, zh, en)
        for code, zh, en, words in _UNITS
        for word in words.split(" ")
    }
)

# A unit is taken as printed where no table has it, but not where it would hide a part of the figure.
NO_UNIT_HOLDS: Final = (
    frozenset("余餘多近约半几") | frozenset(HAN_DIGITS) | frozenset(SMALL_SCALES) | frozenset(BIG_SCALES)
)
NO_UNIT_BEGINS_WITH: Final = ("数", "来", "把", "许", "整", "正", "分之", "至", "到")
NO_UNIT_WORDS: Final = frozenset(
    (
        *(
            "a",
            "an",
            "and",
            "at",
            "by",
            "each",
            "every",
            "half",
            "dozen",
            "dozens",
            "in",
            "less",
            "more",
            "fewer",
        ),
        *(
            "of",
            "odd",
            "or",
            "over",
            "per",
            "plus",
            "so",
            "than",
            "the",
            "to",
            "under",
            "st",
            "nd",
            "rd",
            "th",
        ),
        *("k", "w", "m", "b", "mn", "mln", "bn", "tn", "mio"),
        *("dollar", "dollars", "cent", "cents", "pound", "pounds", "franc", "francs", "crown", "crowns"),
        *("rupee", "rupees", "分", "块", "fen", "jiao"),
        *ENGLISH_NUMERALS,
        *ENGLISH_SCALES,
        *(word for marker in MARKERS_BEFORE for word in marker.split(" ")),
    )
)
VAGUE: Final = (
    *("一半", "半", "数", "几", "若干", "许多", "大量", "上百", "上千", "上万", "成百", "成千"),
    *("a ", "an ", "half", "dozen", "dozens", "hundreds", "thousands", "several", "many"),
)
