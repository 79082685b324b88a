"""The founding document: a printed half-year summary, held against its own book.

What a careful reader finds in it, the library says by itself; and since it is computed and not written down,
another figure in the data makes another verdict.
"""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import re
import shutil
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "half_year_summary.py"
DATA = EXAMPLE.parent / "data" / "half_year"
HAN = re.compile("[\u4e00-\u9fff]+")


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("half_year_summary_example", EXAMPLE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


program = load()


def run(folder: Path, data: Path = DATA, lang: str = "en", **options: str) -> tuple[dict[str, Any], int]:
    """What the program writes for other programs, and what it returns."""
    target = folder / "out.json"
    extra = [part for key, value in options.items() for part in (f"--{key}", value)]
    code = program.main(["--lang", lang, "--data", str(data), "--json", str(target), *extra])
    return json.loads(target.read_text(encoding="utf-8")), code


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return run(tmp_path_factory.mktemp("told"))[0]


@pytest.fixture
def change(tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """The verdicts on a copy of the data in which the cells of one row are others."""

    def changed(file: str, row: str, **cells: str) -> dict[str, Any]:
        folder = tmp_path / "data"
        if not folder.exists():
            shutil.copytree(DATA, folder)
        path = folder / f"{file}.csv"
        with path.open(encoding="utf-8", newline="") as source:
            rows = list(csv.DictReader(source))
        for one in rows:
            if one["id"] == row:
                one.update(cells)
        with path.open("w", encoding="utf-8", newline="") as target:
            writer = csv.DictWriter(target, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        return run(tmp_path, folder)[0]

    return changed


def findings(told: dict[str, Any], code: str, about: str | None = None) -> list[dict[str, Any]]:
    return [one for one in told["findings"] if one["code"] == code and about in (None, one["about"])]


def finding(told: dict[str, Any], code: str, about: str | None = None) -> dict[str, Any]:
    (one,) = findings(told, code, about)
    return one


def verdict(told: dict[str, Any], claim: str) -> str:
    return next(one["verdict"] for one in told["verdicts"] if one["claim"] == claim)


def table(told: dict[str, Any], key: str) -> list[dict[str, str]]:
    return next(one["rows"] for one in told["tables"] if one["key"] == key)


def relation(told: dict[str, Any], whole: str, parts: str) -> dict[str, str]:
    return next(one for one in table(told, "relations") if (one["whole"], one["parts"]) == (whole, parts))


# What a careful reader finds: (finding, what it is about, words of it in English, words of it in Chinese)
FOUND = [
    # 12 against 15
    (
        "given-above-received",
        "C15a",
        "133,700.00–CNY 233,700.00 (both excluded) has no stated source",
        "133,700.00元",
    ),
    ("given-above-received", "C15a", "only CNY 266,300.00 came in for it", "收到的只有266,300.00元"),
    ("may-contain", "C15a", "may contain C12 (Relief goods", "可能已包含C12（总会及省会捐赠救助物资）、C13"),
    # 11
    ("one-name", "旬阳县铝河镇中心学校", "one character differs: 铝 / 吕", "一字之差：铝 / 吕"),
    ("value-not-stated", "GRN-000003-1", "of 200 volume of Books is not stated", "200册，未说明价值"),
    ("movement-incomplete", "MEN-000005", "Children's Day visit", "六一儿童节慰问"),
    # 3
    ("claim-contradicted", "C03f", "printed as '2个'", "援建备灾中心「2个」"),
    # 4-6
    ("may-contain", "C02", "may contain C04a (Invested in", "可能已包含C04a（备灾项目投入资金）、C05a"),
    ("only-planned", "C05a", "is only planned, so this is a budget", "尚在申报，投入是预算"),
    # the county's own notice
    ("remainder", "MEN-000006", "Shiquan county society got CNY 102,500.00 together", "共得102,500.00元"),
    # July
    ("cut-off", "OBS-000013", "is of 2023-07-01/2023-07-10, outside 2023-H1", "不在2023年上半年之内"),
]


@pytest.mark.parametrize(("code", "about", "english", "chinese"), FOUND)
def test_what_a_careful_reader_finds_is_said(
    told: dict[str, Any], code: str, about: str, english: str, chinese: str
):
    one = finding(told, code, about)
    assert english in one["en"]
    assert chinese in one["zh"]


# Figures as the summary prints them, which a transcriber would like to write in another way
PRINTED = {
    "C01b": "4人",
    "C01c": "3人",
    "C04c": "两县",
    "C05b": "4县",
    "C07a": "两次",
    "C07b": "4个项目县",
    "C16e": "一周",
}


def test_figures_are_transcribed_word_for_word_and_supported_so(told: dict[str, Any]):
    printed = {one["claim"]: one["printed"] for one in told["verdicts"] if one["claim"] in PRINTED}
    assert printed == PRINTED
    assert {verdict(told, claim) for claim in PRINTED} == {"supported"}


def test_whether_books_and_leaflets_are_in_the_13000_yuan_is_not_said(told: dict[str, Any]):
    assert "may contain C11b (Books given), C11c" in finding(told, "may-contain", "C11a")["en"]


def test_nothing_is_said_to_be_passed_on_that_the_summary_only_says_was_obtained(told: dict[str, Any]):
    given = [row["said_of"] for row in table(told, "summary_mentioned")]
    assert not [one for one in given if "isinfectant" in one]


def test_between_133700_and_233700_yuan_given_out_have_no_stated_source(told: dict[str, Any]):
    assert finding(told, "given-above-received")["figures"] == {
        "came in": "CNY 266,300.00",
        "by": "CNY 133,700.00–CNY 233,700.00 (both excluded)",
    }


def test_what_else_came_in_may_be_in_the_figure_and_is_named(told: dict[str, Any]):
    gap = finding(told, "gap-candidates", "C15a")
    documents = re.findall(r"(?:GRN|MEN)-\d{6}", gap["en"])
    received = {row["document"]: row["value"] for row in table(told, "summary_received")}
    mentioned = {row["document"]: row["value"] for row in table(told, "summary_mentioned")}
    assert [{**mentioned, **received}[document] for document in documents] == [
        *("CNY 99,000.00", "CNY 13,000.00", "not stated", "CNY 120,000.00–CNY 130,000.00 (both excluded)"),
    ]


def test_what_else_came_in_is_named_with_each_amount(told: dict[str, Any]):
    amounts = finding(told, "gap-candidates", "C15a")["figures"].values()
    assert {"CNY 99,000.00", "CNY 13,000.00", "CNY 120,000.00–CNY 130,000.00 (both excluded)"} <= set(amounts)


def test_both_depots_that_are_counted_as_built_are_named_as_not_done(told: dict[str, Any]):
    assert verdict(told, "C03f") == "contradicted"
    assert [
        one["en"].removeprefix("Depots built, printed as '2个': ") for one in findings(told, "not-done")
    ] == [
        "Disaster-preparedness depot at Shiquan, not finished: only begun",
        "Disaster-preparedness depot of the city, choosing its site: only planned",
    ]


def test_1_400_000_yuan_are_a_budget_and_nothing_of_it_was_spent(told: dict[str, Any]):
    row = next(row for row in table(told, "claims") if row["claim"] == "C05a")
    assert (row["figure"], row["has"], row["verdict"]) == ("140万元", "CNY 0.00", "contradicted")


def test_a_box_of_disinfectant_is_worth_198_yuan(told: dict[str, Any]):
    row = next(row for row in table(told, "summary_received") if row["item"] == "Drinking-water disinfectant")
    assert (row["quantity"], row["value"], row["each"]) == ("500 box", "CNY 99,000.00", "CNY 198.00")


@pytest.mark.parametrize(
    ("whole", "part"), [("C17d", "C16c"), ("C17b", "C16d"), ("C12", "C12n"), ("C12p", "C12")]
)
def test_no_part_is_above_its_whole(told: dict[str, Any], whole: str, part: str):
    assert relation(told, whole, part)["verdict"] == "supported"


def test_only_july_is_outside_the_half_year(told: dict[str, Any]):
    assert [one["about"] for one in findings(told, "cut-off")] == ["OBS-000013"]


def test_what_the_province_gave_is_known_from_another_paper_too(told: dict[str, Any]):
    others = [
        one["claim"] for one in told["verdicts"] if one["independent"] and one["verdict"] == "supported"
    ]
    assert others == ["C12"]


def test_nothing_in_the_book_fails_to_add_up(told: dict[str, Any]):
    statements = [one for one in told["tables"] if one["key"].startswith("statement")]
    assert len(statements) == 3
    assert {row["difference"] for one in statements for row in (*one["rows"], one["total"])} == {"0"}


# The findings are computed


def test_another_sum_received_leaves_another_gap(change: Callable[..., dict[str, Any]]):
    told = change("transactions", "T12", amount="30万元")
    assert (
        finding(told, "given-above-received")["figures"]["by"]
        == "CNY 100,000.00–CNY 200,000.00 (both excluded)"
    )
    assert finding(told, "remainder")["figures"]["left"] == "CNY 136,200.00"
    assert verdict(told, "C12") == "contradicted"
    assert finding(told, "claim-contradicted", "C12")["figures"]["by"] == "CNY 33,700.00"


def test_with_as_much_received_as_was_given_out_there_is_no_gap(change: Callable[..., dict[str, Any]]):
    assert findings(change("transactions", "T12", amount="45万元"), "given-above-received") == []


def test_half_a_million_messages_of_the_city_are_more_than_those_of_all(
    change: Callable[..., dict[str, Any]],
):
    told = change("claims", "C16c", printed="50万条")
    assert relation(told, "C17d", "C16c")["verdict"] == "contradicted"
    assert verdict(told, "C16c") == "contradicted"
    assert finding(told, "claim-contradicted", "C16c")["figures"]["by"] == "170,000"


def test_400_boxes_received_contradict_500_printed(change: Callable[..., dict[str, Any]]):
    told = change("transactions", "T09", quantity="400箱")
    assert (verdict(told, "C09a"), verdict(told, "C09b")) == ("contradicted", "supported")
    assert finding(told, "claim-contradicted", "C09a")["figures"]["by"] == "100 box"
    row = next(row for row in table(told, "summary_received") if "disinfectant" in row["item"])
    assert row["each"] == "CNY 247.50"


def test_one_school_spelled_alike_is_one_school(change: Callable[..., dict[str, Any]]):
    told = change("nouns", "luhe-school-1", zh="旬阳县吕河镇中心学校")
    assert "differs" not in " ".join(one["en"] for one in findings(told, "one-name"))
    told = change("transactions", "T11f", to="luhe-school-1")
    told = change("nouns", "luhe-school-2", zh="平利县一所学校")
    assert findings(told, "one-name") == []


def test_depots_that_are_done_are_two(change: Callable[..., dict[str, Any]]):
    change("indicators", "I03f", state="done")
    told = change("indicators", "I03g", state="done")
    assert verdict(told, "C03f") == "supported"
    assert findings(told, "not-done") == []


def test_an_evaluation_in_june_is_inside_the_half_year(change: Callable[..., dict[str, Any]]):
    assert findings(change("indicators", "I04c", period="2023-06-30"), "cut-off") == []


def test_books_of_a_stated_value_have_one(change: Callable[..., dict[str, Any]]):
    told = change("transactions", "T11b", amount="3000元")
    assert findings(told, "value-not-stated") == []


def test_a_project_that_has_begun_is_not_only_planned(change: Callable[..., dict[str, Any]]):
    told = change("nouns", "fraternity", state="begun")
    assert findings(told, "only-planned") == []
    assert verdict(told, "C05a") == "without a source"


# The program


def test_other_programs_get_numbers_and_not_sentences(told: dict[str, Any]):
    one = next(one for one in told["verdicts"] if one["claim"] == "C15a")
    assert (one["measure"], one["period"], one["source"]) == ("given out", "2023-H1", "summary")
    assert one["claimed"] == {
        "low": "400000",
        "high": "500000",
        "low_open": True,
        "high_open": True,
        "unit": "CNY",
    }
    assert (one["measured"]["low"], one["measured"]["high"]) == ("163800", None)
    assert (one["missing"]["low"], one["missing"]["high"], one["excess"]) == ("236200", "336200", None)
    supplies = next(one for one in told["verdicts"] if one["claim"] == "C11a")
    assert supplies["possible"] == ["MEN-000009", "MEN-000010"]
    assert {each["unit"] for each in told["verdicts"][0].values() if isinstance(each, dict)} == {"person"}


def test_other_programs_get_all_that_is_printed(told: dict[str, Any]):
    assert (told["lang"], told["report"]["currency"], told["report"]["source"]) == ("en", "CNY", "summary")
    assert told["relations"][0] == {
        "kind": "part of",
        "whole": "C17d",
        "parts": ["C16c"],
        "verdict": "supported",
        "off": None,
    }
    assert len(told["relations"]) == len(table(told, "relations"))
    assert finding(told, "remainder")["documents"] == ["MEN-000006", "GRN-000004"]
    leaflets = next(one for one in told["mentions"] if one["number"] == "MEN-000004")
    assert (leaflets["side"], leaflets["missing"], leaflets["value"]) == ("given out", ["exact amount"], None)
    assert (leaflets["quantity"]["low"], leaflets["quantity"]["unit"]) == ("300", "copy")


def test_a_number_without_end_stays_exact():
    assert [
        program._number(Fraction(n, d), digits) for n, d, digits in ((1, 3, 0), (100, 1, 2), (5, 1, 2))
    ] == [
        *("1/3", "1", "0.05"),
    ]


def last_line(text: str) -> str:
    return text.rstrip("\n").rpartition("\n")[2]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_last_line_counts_what_the_verdicts_are(
    lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    told, code = run(tmp_path, lang=lang)
    verdicts = [one["verdict"] for one in told["verdicts"]]
    counts = [verdicts.count(one) for one in ("supported", "contradicted", "without a source")]
    others = sum(one["verdict"] == "supported" and one["independent"] for one in told["verdicts"])
    line = last_line(capsys.readouterr().out)
    assert [int(number) for number in re.findall(r"\d+", line)] == [
        *(len(verdicts), counts[0], others, *counts[1:], len(told["findings"])),
    ]
    assert (code, sum(counts), told["counts"]["contradicted"]) == (0, len(verdicts), counts[1])


def test_the_findings_are_the_same_in_either_language(tmp_path: Path):
    assert run(tmp_path, lang="zh")[0]["findings"] == run(tmp_path, lang="en")[0]["findings"]


def test_english_has_chinese_in_names_measure_words_and_printed_figures_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    told, _ = run(tmp_path, lang="en")
    text = capsys.readouterr().out
    for printed in sorted((one["printed"] for one in told["verdicts"]), key=len, reverse=True):
        text = text.replace(printed, "")
    left = {han for han in HAN.findall(text) if not re.search(f"[0-9] {han}", text)}
    assert left <= {"旬阳县铝河镇中心学校", "旬阳县吕河镇中心学校", "铝河", "吕河", "铝", "吕"}


def test_chinese_has_no_english_but_ids_and_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    told, _ = run(tmp_path, lang="zh")
    text = capsys.readouterr().out
    known = {one[key] for one in told["findings"] for key in ("code", "about")} | {"fraternity"}
    for one in sorted(known, key=len, reverse=True):
        text = text.replace(one, "")
    assert set(re.findall("[A-Za-z][A-Za-z ]*[a-z]", re.sub(r"\b[A-Z]+-?\d+\w?(-\d)?\b", "", text))) == set()


@pytest.mark.parametrize(
    ("style", "begins"),
    [("csv", "Item,Measure,Received"), ("markdown", "**Statement of"), ("terminal", "Statement of")],
)
def test_it_is_drawn_in_each_style(
    style: str, begins: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    _, code = run(tmp_path, style=style)
    lines = capsys.readouterr().out.split("\n")
    assert (code, lines[0], lines[1]) == (0, "City Red Cross society, first half of 2023", "")
    assert lines[2].startswith(begins)


def test_data_that_is_wrong_is_told_and_nothing_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    shutil.copytree(DATA, tmp_path / "data")
    path = tmp_path / "data" / "transactions.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("26.63万元", "26.63"), encoding="utf-8")
    assert program.main(["--data", str(path.parent)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "transactions.csv 第 12 行，amount 列：an amount of CNY is due, with its currency" in err


def piped(command: list[str]) -> tuple[bytes, bytes, int]:
    """Read one line of what a program prints, and close the pipe."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        first = process.stdout.readline()
        process.stdout.close()
        return first, process.stderr.read(), process.wait()


def test_whoever_reads_one_line_only_gets_no_traceback():
    first, errors, code = piped([sys.executable, str(EXAMPLE)])
    assert (first.decode(), errors, code) == ("市红十字会2023年上半年工作小结\n", b"", 0)


class Terminal(io.StringIO):
    """A place to write to that says whether somebody watches."""

    def __init__(self, *, watched: bool) -> None:
        super().__init__()
        self.watched = watched

    def isatty(self) -> bool:
        return self.watched


@pytest.mark.parametrize(("watched", "printed"), [(True, "\r100/250\r200/250\r250/250\n"), (False, "")])
def test_progress_is_shown_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch, watched: bool, printed: str):
    terminal = Terminal(watched=watched)
    monkeypatch.setattr(sys, "stderr", terminal)
    for done in range(1, 251):
        program._progress(done, 250)
    assert terminal.getvalue() == printed
