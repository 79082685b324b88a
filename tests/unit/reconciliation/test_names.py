"""Names that are probably one."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefstock.reconciliation.names import Named, probable_pairs, same_name


def named() -> st.SearchStrategy[Named]:
    han = st.text("吕铝河镇村三四 ", min_size=1, max_size=5)
    latin = st.text("abc1 -", min_size=1, max_size=12)
    return st.builds(
        Named,
        han | latin,
        st.sampled_from(["school", "town"]),
        st.sampled_from(["", "X", "Y"]),
        st.sampled_from(["", "1", "2"]),
    )


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ("铝河镇中心学校", "吕河镇中心学校", "one character differs: 铝 / 吕"),
        ("铝河镇", "吕河镇", "one character differs: 铝 / 吕"),
        ("沙沟学校", "沙沟学校宿", "one character more or less: 宿"),
        ("白鹅广场", "白鹅广", "one character more or less: 场"),
        ("石泉县 红十字会", "石泉县红十字会", "equal but for spaces, punctuation, case and width"),
        ("ＡＢＣ 医院", "abc医院", "equal but for spaces, punctuation, case and width"),
        ("县", "县 ", "equal but for spaces, punctuation, case and width"),
        ("Xunyang", "Xunyan", "one slip of spelling"),
        ("Xunyang", "Xnuyang", "one slip of spelling"),
        ("Xunyang", "Xumyang", "one slip of spelling"),
        ("Shiquan County", "Shiqan Countty", "two slips of spelling"),
        ("Ward 7 Clinic", "Ward-7 Clnic", "one slip of spelling"),
        ("Straße", "STRASSE", "equal but for spaces, punctuation, case and width"),
    ],
)
def test_a_slip_of_the_pen_does_not_make_two_names(a: str, b: str, reason: str) -> None:
    assert same_name(a, b) == reason


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("汉阴县", "汉滨区"),
        ("宁陕县", "石泉县"),
        ("向阳村", "三坪村"),
        ("三坪村", "四坪村"),
        ("东河镇", "西河镇"),
        ("上河村", "河村"),
        ("大河小学", "小河小学"),
        ("吕河村1组", "吕河村2组"),
        ("光明A区", "光明B区"),
        ("吕河镇", "吕河村"),
        ("吕河镇卫生院", "吕河镇卫生室"),
        ("吕村", "铝村"),
        ("王小学", "李小学"),
        ("红十字会", "紅十字會"),
        ("吕河", "吕河镇"),
        ("吕河镇中心学校", "Lühe school"),
        ("Ward 7 Clinic", "Ward 8 Clinic"),
        ("North School", "South School"),
        ("Block A Clinic", "Block B Clinic"),
        ("Mali", "Bali"),
        ("Xunyang", "Ziyang"),
        ("Shiquan County", "Hanyin County"),
        ("Shiquan", "Shquann"),
        ("a very long name of a relief station", "a vary long nane of a relief station"),
        ("", ""),
        ("--", "·"),
        ("", "吕河镇"),
    ],
)
def test_neighbours_with_names_of_their_own_are_not_one(a: str, b: str) -> None:
    assert same_name(a, b) is None


def test_two_spellings_of_a_school_in_one_report_are_found_with_the_reason_in_both_languages() -> None:
    visit = Named("铝河镇中心学校", "school", "旬阳县")
    (pair,) = probable_pairs(
        [visit, Named("沙沟学校", "school"), Named("吕河镇中心学校", "school", "旬阳县")]
    )
    assert (pair.first, pair.second.name) == (visit, "吕河镇中心学校")
    assert pair.reason_zh == "一字之差：铝 / 吕"
    assert pair.reason_en == "one character differs: 铝 / 吕"


def test_a_village_of_the_same_name_in_another_township_is_another_village() -> None:
    there = Named("吕河村", "village", "钟宝镇")
    assert probable_pairs([there, Named("吕河村", "village", "曾家镇")]) == ()


def test_a_name_that_does_not_say_where_it_is_may_be_anywhere() -> None:
    a, b = Named("吕河村", "village", "钟宝镇"), Named("铝河村", "village", "曾家镇")
    unsaid = Named("铝河村", "village")
    pairs = probable_pairs([a, unsaid, b])
    assert [(pair.first, pair.second) for pair in pairs] == [(a, unsaid), (unsaid, b)]


def test_a_school_and_a_town_are_never_one() -> None:
    assert probable_pairs([Named("铝河镇", "town"), Named("吕河镇", "school")]) == ()


def test_names_that_are_nearly_alike_and_two_all_the_same_make_no_pair() -> None:
    assert probable_pairs([Named("三坪村", "village"), Named("四坪村", "village")]) == ()


def test_two_spellings_under_one_id_are_known_to_be_one() -> None:
    assert probable_pairs([Named("铝河镇", "town", id="T1"), Named("吕河镇", "town", id="T1")]) == ()


def test_one_name_under_two_ids_is_probably_entered_twice() -> None:
    pairs = probable_pairs([Named("吕河镇", "town", id="T1"), Named("吕河镇", "town", id="T2")])
    assert [pair.reason_zh for pair in pairs] == ["除空格、标点、大小写和全半角外相同"]


def test_the_same_entry_twice_is_no_pair() -> None:
    assert probable_pairs([Named("吕河镇", "town")] * 2) == ()


def test_no_names_make_no_pairs() -> None:
    assert probable_pairs([]) == ()


def test_thousands_of_numbered_stations_are_told_apart_without_comparing_each_with_each() -> None:
    stations = [Named(f"Station {number}", "station") for number in range(2_000)]
    villages = [Named("吕河村", "village", f"township {number}") for number in range(2_000)]
    assert probable_pairs([*stations, *villages]) == ()


@given(st.text("吕铝河镇村三abc1 ", max_size=12), st.text("吕铝河镇村三abc1 ", max_size=12))
def test_it_does_not_matter_which_name_is_asked_first(a: str, b: str) -> None:
    assert (same_name(a, b) is None) == (same_name(b, a) is None)


@given(st.text("abcdefgh", min_size=10, max_size=20), st.data())
def test_a_long_name_is_found_again_after_two_slips(name: str, data: st.DataObject) -> None:
    wrong = name
    for _ in range(2):
        at = data.draw(st.integers(0, len(wrong) - 1))
        wrong = wrong[:at] + data.draw(st.sampled_from(["x", wrong[at], wrong[at] * 2])) + wrong[at + 1 :]
    assert same_name(name, wrong) is not None


@given(st.lists(named(), max_size=8))
def test_the_buckets_find_what_comparing_each_with_each_finds(names: list[Named]) -> None:
    expected = [
        (a, b)
        for a, b in combinations(dict.fromkeys(names), 2)
        if a.kind == b.kind
        and (a.within == b.within or not (a.within and b.within))
        and (a.id != b.id or not a.id)
        and same_name(a.name, b.name) is not None
    ]
    assert [(pair.first, pair.second) for pair in probable_pairs(names)] == expected
