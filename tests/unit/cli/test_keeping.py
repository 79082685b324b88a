"""Books made, copied and brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reliefstock import Book, PickingRule, Policy
from reliefstock.cli.keeping import policy_of
from reliefstock.errors import BadData, Incomplete, NotExact, ReliefstockError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from unit.cli.conftest import Done

INIT = ("init", "new.db", "--name", "Ankang", "--currency", "CNY")


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "The book 'Ankang' (CNY) was made: new.db\n"), ("zh", "已新建账册“Ankang”（CNY）：new.db\n")],
)
def test_a_new_book_is_made(run: Callable[..., Done], lang: str, said: str) -> None:
    done = run(*INIT, "--lang", lang)
    assert (done.code, done.out, done.err) == (0, said, "")
    with Book.open("new.db") as book:
        assert (book.name, book.currency, book.policy, book.head.size) == ("Ankang", "CNY", Policy(), 1)


def test_a_new_book_has_the_policy_of_the_file(run: Callable[..., Done], folder: Path) -> None:
    folder.joinpath("policy.json").write_text('{"counters": 1, "picking": "FIFO"}', encoding="utf-8")
    assert run(*INIT, "--policy-file", "policy.json").code == 0
    with Book.open("new.db") as book:
        assert book.policy == Policy(counters=1, picking=PickingRule.FIFO)


def test_a_book_is_never_made_over_another(run: Callable[..., Done], folder: Path) -> None:
    before = folder.joinpath("county.db").read_bytes()
    english = run("init", "county.db", *INIT[2:])
    chinese = run("init", "county.db", *INIT[2:], "--lang", "zh")
    assert (english.code, chinese.code) == (3, 3)
    assert "already holds the book 'Ningshan'" in english.err
    assert "已有账册 'Ningshan'" in chinese.err
    assert folder.joinpath("county.db").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "policy", "told"),
    [
        (("--currency", "XXX"), "{}", (4, "not an ISO 4217 currency")),
        (("--policy-file", "policy.json"), '{"counters": -1}', (4, "Policy.counters: it is out of bounds")),
        (("--policy-file", "policy.json"), "no JSON", (4, "this is no policy")),
        (("--policy-file", "nowhere.json"), "{}", (3, "nowhere.json cannot be read or written")),
    ],
)
def test_a_book_that_cannot_be_as_asked_is_not_made(
    run: Callable[..., Done], folder: Path, words: tuple[str, ...], policy: str, told: tuple[int, str]
) -> None:
    folder.joinpath("policy.json").write_text(policy, encoding="utf-8")
    done = run(*INIT, *words)
    assert (done.code, done.out) == (told[0], "")
    assert told[1] in done.err
    assert not folder.joinpath("new.db").exists()


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("", BadData),
        ("[]", BadData),
        ('{"counter": 1}', BadData),
        ('{"counters": 1.0}', NotExact),
        ('{"counters": true}', NotExact),
        ('{"sign_off": 1}', Incomplete),
        ('{"picking": "LIFO"}', Incomplete),
        ("[" * 100_000, BadData),
    ],
)
def test_what_is_no_policy_is_refused(words: str, error: type[ReliefstockError]) -> None:
    with pytest.raises(error):
        policy_of(words)


def test_all_that_a_policy_does_not_know_is_told_at_once() -> None:
    with pytest.raises(BadData) as bad:
        policy_of('{"counter": 1, "pick": 1}')
    assert [problem.partition(" is known")[0] for problem in bad.value.problems] == [
        "no key 'counter'",
        "no key 'pick'",
    ]


# Copies


@pytest.mark.parametrize(("lang", "said"), [("en", "All records were copied to monday.db"), ("zh", "已备份")])
def test_a_backup_is_a_book_as_it_was(run: Callable[..., Done], lang: str, said: str) -> None:
    done = run("backup", "county.db", "monday.db", "--lang", lang)
    assert (done.code, done.err) == (0, "")
    assert said in done.out
    with Book.open("county.db") as book, Book.open("monday.db") as copy:
        assert copy.head == book.head


def test_a_backup_is_brought_back(run: Callable[..., Done]) -> None:
    done = run("restore", "county.bak", "back.db", "--lang", "zh")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("已从备份恢复账册“Ningshan”")
    with Book.open("county.db") as book, Book.open("back.db") as copy:
        assert copy.head == book.head


def test_the_book_that_was_there_is_kept_where_it_is_said(run: Callable[..., Done], folder: Path) -> None:
    damaged = b"damaged"
    folder.joinpath("county.db").write_bytes(damaged)
    assert run("restore", "county.bak", "county.db").code == 3
    assert folder.joinpath("county.db").read_bytes() == damaged
    assert run("restore", "county.bak", "county.db", "--keep-old-as", "old.db").code == 0
    assert folder.joinpath("old.db").read_bytes() == damaged
    assert run("verify", "county.db").code == 0


@pytest.mark.parametrize(("lang", "said"), [("en", "verified and copied"), ("zh", "已核验并复制到")])
def test_a_book_is_copied_record_by_record(run: Callable[..., Done], lang: str, said: str) -> None:
    done = run("copy", "county.db", "other.db", "--people", "people.db", "--lang", lang)
    assert (done.code, done.err) == (0, "")
    assert said in done.out
    with Book.open("county.db") as book, Book.open("other.db", people="people.db") as copy:
        assert copy.head == book.head


def test_a_book_is_not_copied_over_another(run: Callable[..., Done]) -> None:
    done = run("copy", "county.db", "county.db")
    assert (done.code, done.out) == (3, "")


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_copy_never_goes_over_another_file(run: Callable[..., Done], folder: Path, command: str) -> None:
    before = folder.joinpath("older.txt").read_bytes()
    done = run(command, "county.bak", "older.txt")
    assert (done.code, done.out) == (3, "")
    assert folder.joinpath("older.txt").read_bytes() == before


@pytest.mark.parametrize(
    "words", [("backup", "postgresql+psycopg://host/books", "x.db"), ("restore", "county.bak", "x://host/y")]
)
def test_a_database_is_copied_by_its_own_tools(run: Callable[..., Done], words: tuple[str, ...]) -> None:
    english, chinese = run(*words), run(*words, "--lang", "zh")
    assert (english.code, chinese.code) == (2, 2)
    assert "pg_dump" in english.err
    assert "请用其自带的工具" in chinese.err


@pytest.mark.parametrize("written", [b"invoice 17", b"Ningshan", b"clerk A"])
def test_a_backup_that_was_changed_is_not_brought_back(
    run: Callable[..., Done], folder: Path, written: bytes
) -> None:
    path = folder / "county.bak"
    content = path.read_bytes()
    assert written in content
    path.write_bytes(content.replace(written, written.swapcase()))
    done = run("restore", "county.bak", "back.db")
    assert (done.code in (1, 3), done.out) == (True, "")
    assert not folder.joinpath("back.db").exists()
