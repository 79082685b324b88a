"""The half-year form, taken in: all of it, or nothing and a list of every bad row."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reliefstock import Book, GoodsReceivedNote, Item, Policy
from reliefstock.cli import main
from reliefstock.cli.importing import take_in
from reliefstock.errors import CurrencyMismatch, ImportRefused, ReliefstockError, StoreBusy
from reliefstock.formats.posting import Posting
from unit.cli.county import FORM, a_form

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reliefstock.formats.form import Indicator, Transaction
    from unit.cli.conftest import Done


@pytest.fixture
def new_book(run: Callable[..., Done]) -> str:
    assert run("init", "new.db", "--name", "Ankang", "--currency", "CNY").code == 0
    return "new.db"


def head_of(path: str) -> object:
    with Book.open(path, read_only=True) as book:
        return book.verify()


@pytest.mark.parametrize(
    ("lang", "said", "note"),
    [
        ("en", "Taken in by the book 'Ankang', rows: 4, new records: ", "only 2023-04 is stated"),
        ("zh", "已导入账册“Ankang”：4 行", "只知日期在2023年4月"),
    ],
)
def test_a_form_is_taken_in(run: Callable[..., Done], new_book: str, lang: str, said: str, note: str) -> None:
    done = run("import", new_book, "form", "--old-papers", "--lang", lang)
    assert (done.code, done.err) == (0, "")
    assert said in done.out
    assert note in done.out
    with Book.open(new_book) as book:
        assert book.on_hand("coat").quantity == 60
        assert [note.on.isoformat() for note in book.documents_of(GoodsReceivedNote)] == [
            "2023-03-01",
            "2023-04-30",
        ]


def test_one_file_of_the_form_stands_for_its_folder(run: Callable[..., Done], new_book: str) -> None:
    done = run("import", new_book, "form/report.csv", "--old-papers", "--format", "json")
    found = json.loads(done.out)
    assert (done.code, found["book"], found["rows"]) == (0, "Ankang", 4)
    assert [note["code"] for note in found["notes"]] == ["day-not-stated"]


def test_as_data_only_the_notes_are_shown(run: Callable[..., Done], new_book: str) -> None:
    done = run("import", new_book, "form", "--old-papers", "--format", "csv")
    assert (done.code, len(done.out.splitlines())) == (0, 2)


def test_a_form_without_notes_is_taken_in_with_a_line(
    run: Callable[..., Done], new_book: str, folder: Path
) -> None:
    a_form(folder / "form", transactions=FORM["transactions"].replace("2023-04,", "2023-04-03,"))
    done = run("import", new_book, "form", "--old-papers")
    assert (done.code, len(done.out.splitlines())) == (0, 1)


def test_the_policy_is_what_it_was_and_the_book_says_that_it_was_another(
    run: Callable[..., Done], new_book: str
) -> None:
    run("import", new_book, "form", "--old-papers")
    with Book.open(new_book) as book:
        assert book.policy == Policy()
        kinds = [record.payload.count(b"PolicySet") for record in book.records()]
    assert sum(1 for count in kinds if count) == 2


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_the_policy_asks_for_is_asked_for_of_every_row(
    run: Callable[..., Done], new_book: str, lang: str
) -> None:
    before = head_of(new_book)
    done = run("import", new_book, "form", "--lang", lang)
    assert (done.code, done.out, head_of(new_book)) == (1, "", before)
    said = ("transactions.csv, line 2, column id", "transactions.csv, line 3, column id")
    chinese = ("transactions.csv 第 2 行，id 列", "transactions.csv 第 3 行，id 列")
    assert all(line in done.err for line in (chinese if lang == "zh" else said))


def test_every_bad_row_is_listed(run: Callable[..., Done], new_book: str, folder: Path) -> None:
    before = head_of(new_book)
    bad = FORM["transactions"].replace("100件", "many").replace("2023-05-01", "May")
    a_form(folder / "form", transactions=bad, relations="kind,whole\n")
    done = run("import", new_book, "form", "--old-papers")
    assert (done.code, done.out, head_of(new_book)) == (1, "", before)
    assert done.err.startswith("reliefstock: error: 3 things are wrong with the data, nothing was posted")
    assert len(done.err.splitlines()) == 4


def test_more_given_out_than_came_is_refused_whole(
    run: Callable[..., Done], new_book: str, folder: Path
) -> None:
    before = head_of(new_book)
    a_form(folder / "form", transactions=FORM["transactions"].replace("60件", "600件"))
    english = run("import", new_book, "form", "--old-papers")
    chinese = run("import", new_book, "form", "--old-papers", "--lang", "zh")
    assert (english.code, chinese.code, head_of(new_book)) == (1, 1, before)
    assert "transactions.csv, line 4" in english.err
    assert "transactions.csv 第 4 行" in chinese.err


def test_a_form_in_another_currency_is_refused(run: Callable[..., Done], folder: Path) -> None:
    assert run("init", "other.db", "--name", "A", "--currency", "USD").code == 0
    done = run("import", "other.db", "form", "--lang", "zh")
    assert (done.code, done.out) == (4, "")
    assert "CNY 与 USD 不能合在一起" in done.err


def test_what_the_book_knows_as_something_else_is_refused(run: Callable[..., Done], new_book: str) -> None:
    with Book.open(new_book) as book:
        book.add(Item("coat", zh="大衣", en="Overcoat"))
    before = head_of(new_book)
    done = run("import", new_book, "form", "--old-papers")
    assert (done.code, done.out, head_of(new_book)) == (4, "", before)
    assert "'coat' is already in the book" in done.err


def test_a_folder_that_is_not_there_is_told(run: Callable[..., Done], new_book: str) -> None:
    english, chinese = run("import", new_book, "nowhere"), run("import", new_book, "nowhere", "--lang", "zh")
    assert (english.code, chinese.code) == (3, 3)
    assert "nowhere cannot be read" in english.err
    assert "无法读写 nowhere" in chinese.err


def test_a_form_that_was_taken_in_brings_nothing_twice(run: Callable[..., Done]) -> None:
    with Book.open("county.db") as book:
        before = len(book.entries)
    assert run("import", "county.db", "form", "--old-papers").code == 0
    with Book.open("county.db") as book:
        assert len(book.entries) == before


def test_progress_is_told_row_by_row(folder: Path) -> None:
    told: list[tuple[int, int]] = []
    book = Book("Ankang", currency="CNY")
    taken = take_in(book, folder / "form", old_papers=True, progress=lambda done, of: told.append((done, of)))
    assert taken.rows == 4
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_store_that_fails_is_not_a_bad_row(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> None:
        raise StoreBusy("county.db", 10)

    monkeypatch.setattr(Posting, "post", busy)
    with pytest.raises(StoreBusy):
        take_in(Book("Ankang", currency="CNY"), folder / "form", old_papers=True)


def test_an_import_that_is_interrupted_changes_nothing(
    run: Callable[..., Done], new_book: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, whole = head_of(new_book), Posting.post

    def until_the_last(posting: Posting, step: Transaction | Indicator) -> None:
        if step.id == "I-1":
            raise KeyboardInterrupt
        whole(posting, step)

    monkeypatch.setattr(Posting, "post", until_the_last)
    done = run("import", new_book, "form", "--old-papers", "--lang", "zh")
    assert (done.code, done.out, head_of(new_book)) == (130, "", before)
    assert "已中断" in done.err


# Hostile files

CELLS = st.sampled_from(
    [
        "",
        "\x00",
        '"',
        "'",
        "=1+1",
        "-1件",
        "1e5件",
        "0件",
        "9" * 40 + "件",
        "２０件",
        "\u202e",
        "a;b;c",
        "R-1",
        "CNY",
    ]
)


@st.composite
def spoilt(draw: st.DrawFn) -> dict[str, str]:
    """A form in which a few cells, or a few characters, are something else."""
    form = dict(FORM)
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from(sorted(form)))
        text = form[name]
        at = draw(st.integers(0, max(len(text) - 1, 0)))
        if draw(st.booleans()):
            form[name] = text[:at] + draw(st.text(max_size=3)) + text[at + draw(st.integers(0, 3)) :]
        else:
            start, end = text.rfind(",", 0, at) + 1, text.find(",", at)
            form[name] = text[:start] + draw(CELLS) + (text[end:] if end >= 0 else "")
    return form


def refusal_of(book: Book, folder: Path) -> ReliefstockError | None:
    """Why a form was not taken in, in both languages; None where it was."""
    try:
        take_in(book, folder, old_papers=True)
    except ReliefstockError as error:
        return error if error.sentence("zh") and error.sentence("en") else None
    return None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(form=spoilt())
def test_a_hostile_form_is_taken_in_whole_or_changes_nothing(folder: Path, form: dict[str, str]) -> None:
    path = folder / "hostile"
    path.mkdir(exist_ok=True)
    for name, text in form.items():
        path.joinpath(f"{name}.csv").write_bytes(text.encode("utf-8", "surrogatepass"))
    book = Book("Ankang", currency="CNY")
    before = book.head
    refused = refusal_of(book, path)
    assert book.policy == Policy()
    assert book.verify() == book.head
    assert (book.head == before) == (refused is not None)
    assert not isinstance(refused, ImportRefused) or refused.rows


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=200), name=st.sampled_from(sorted(FORM)))
def test_bytes_that_are_no_form_are_bad_rows_and_nothing_else(
    folder: Path, content: bytes, name: str
) -> None:
    path = a_form(folder / "bytes")
    path.joinpath(f"{name}.csv").write_bytes(content)
    before = head_of("county.db")
    assert main(["import", "county.db", str(path), "--old-papers"]) == 1
    assert head_of("county.db") == before


def test_a_currency_that_does_not_fit_is_told_with_both(folder: Path) -> None:
    with pytest.raises(CurrencyMismatch) as mismatch:
        take_in(Book("Ankang", currency="USD"), folder / "form")
    assert (mismatch.value.asked, mismatch.value.there) == ("CNY", "USD")
