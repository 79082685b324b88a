"""Proofs on the command line: what holds, and every way in which it does not."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, NoReturn

import pytest

from reliefstock import Book
from reliefstock.errors import StoreDamaged
from reliefstock.journal import Checkpoint
from reliefstock.values import SystemClock

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from unit.cli.conftest import Done


def changed(path: Path, old: bytes, new: bytes) -> None:
    content = path.read_bytes()
    assert old in content
    assert len(old) == len(new)
    path.write_bytes(content.replace(old, new))


# verify


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "All records of the book 'Ningshan' are as they were written: "),
        ("zh", "条记录完好"),
    ],
)
def test_a_book_that_nobody_changed_is_verified(run: Callable[..., Done], lang: str, said: str) -> None:
    done = run("verify", "county.db", "--lang", lang)
    with Book.open("county.db") as book:
        head = book.head.hash.hex()
    assert (done.code, done.err) == (0, "")
    assert said in done.out
    assert head in done.out


def test_it_agrees_with_checkpoints_that_others_kept(run: Callable[..., Done]) -> None:
    done = run("verify", "county.db", "--known", "older.txt", "--known", "checkpoint.txt")
    assert (done.code, done.err) == (0, "")
    assert "They agree with the checkpoints that others kept: 2." in done.out


@pytest.mark.parametrize("command", ["verify", "audit"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_book_with_a_changed_byte_is_not_in_order(
    run: Callable[..., Done], folder: Path, command: str, lang: str
) -> None:
    changed(folder / "county.db", b"invoice 17", b"invoice 71")
    done = run(command, "county.db", "--lang", lang)
    assert done.code == 1
    assert ("错误：" if lang == "zh" else "error: ") in done.err


@pytest.mark.parametrize(("command", "code"), [("verify", 1), ("audit", 1), ("stock", 3)])
def test_a_damaged_file_is_what_verify_and_audit_look_for(
    run: Callable[..., Done], monkeypatch: pytest.MonkeyPatch, command: str, code: int
) -> None:
    def fail(*_: object, **__: object) -> NoReturn:
        raise StoreDamaged("county.db", "a page cannot be read")

    monkeypatch.setattr(Book, "open", fail)
    done = run(command, "county.db", "--lang", "zh")
    assert (done.code, done.out) == (code, "")
    assert "county.db 已损坏" in done.err


@pytest.mark.parametrize("command", ["verify", "audit"])
def test_a_book_written_anew_is_found_by_a_checkpoint(run: Callable[..., Done], command: str) -> None:
    assert run("init", "anew.db", "--name", "Ningshan", "--currency", "CNY").code == 0
    assert run(command, "anew.db").code == 0
    done = run(command, "anew.db", "--known", "checkpoint.txt")
    assert done.code == 1
    assert "truncated" in done.out or "missing" in done.err + done.out


def test_a_checkpoint_of_another_root_is_found(run: Callable[..., Done], folder: Path) -> None:
    found = Checkpoint.parse(folder.joinpath("older.txt").read_text(encoding="utf-8"))
    text = found.text()
    forged = Checkpoint(book=found.book, on=found.on, size=found.size, root=b"\1" * 32, head=found.head)
    folder.joinpath("forged.txt").write_text(forged.text(), encoding="utf-8")
    done = run("verify", "county.db", "--known", "forged.txt", "--lang", "zh")
    assert forged.text() != text
    assert (done.code, done.out) == (1, "")
    assert "或其后某条被重写" in done.err


@pytest.mark.parametrize(
    ("content", "code"), [(b"reliefstock checkpoint 2\n", 1), (b"\xff\xfe", 1), (b"", 1), (None, 3)]
)
@pytest.mark.parametrize(
    "words",
    [
        ("verify", "county.db", "--known", "bad.txt"),
        ("audit", "county.db", "--known", "bad.txt"),
        ("countersign", "bad.txt", "--office", "Ankang", "--mark", "seal"),
        ("receipt", "county.db", "GRN-000001", "--checkpoint", "bad.txt"),
        ("check-receipt", "bad.txt"),
        ("check-receipt", "receipt.txt", "--checkpoint", "bad.txt"),
        ("continuation", "county.db", "bad.txt"),
        ("continuation", "county.db", "older.txt", "--newer", "bad.txt"),
        ("check-continuation", "bad.txt", "older.txt", "checkpoint.txt"),
        ("check-continuation", "continuation.txt", "older.txt", "bad.txt"),
    ],
    ids=" ".join,
)
def test_a_text_that_is_none_or_not_there_is_told(
    run: Callable[..., Done], folder: Path, words: tuple[str, ...], content: bytes | None, code: int
) -> None:
    if content is not None:
        folder.joinpath("bad.txt").write_bytes(content)
    english, chinese = run(*words), run(*words, "--lang", "zh")
    assert (english.code, english.out, chinese.code, chinese.out) == (code, "", code, "")
    assert ("bad.txt cannot be read" if content is None else "this is no ") in english.err
    assert ("无法读写 bad.txt" if content is None else "这不是 ") in chinese.err


# checkpoints


def test_a_checkpoint_says_how_far_the_book_has_come(run: Callable[..., Done], folder: Path) -> None:
    done = run("checkpoint", "county.db", "--on", "2023-06-30")
    assert (done.code, done.err) == (0, "")
    assert done.out == folder.joinpath("checkpoint.txt").read_text(encoding="utf-8")


def test_a_checkpoint_goes_to_a_new_file(run: Callable[..., Done], folder: Path) -> None:
    done = run("checkpoint", "county.db", "--out", "today.txt")
    found = Checkpoint.parse(folder.joinpath("today.txt").read_text(encoding="utf-8"))
    assert (done.code, done.out, done.err) == (0, "", "")
    assert found.on == SystemClock().today()


def test_a_checkpoint_that_is_there_is_never_written_over(run: Callable[..., Done], folder: Path) -> None:
    before = folder.joinpath("older.txt").read_bytes()
    english = run("checkpoint", "county.db", "--out", "older.txt")
    chinese = run("checkpoint", "county.db", "--out", "older.txt", "--lang", "zh")
    assert (english.code, chinese.code) == (3, 3)
    assert "older.txt cannot be read or written" in english.err
    assert "无法读写 older.txt" in chinese.err
    assert folder.joinpath("older.txt").read_bytes() == before


def test_offices_countersign_one_after_the_other(run: Callable[..., Done], folder: Path) -> None:
    words = ("--mark", "seal 17", "--on", "2023-07-01")
    first = run("countersign", "checkpoint.txt", "--office", "Ankang", *words, "--out", "signed.txt")
    second = run("countersign", "signed.txt", "--office", "安康市红十字会", "--mark", "印章 18")
    signed = Checkpoint.parse(second.out)
    assert (first.code, first.out, second.code) == (0, "", 0)
    assert [one.office for one in signed.countersignatures] == ["Ankang", "安康市红十字会"]
    assert [one.on for one in signed.countersignatures][1] == SystemClock().today()
    assert signed.body() == folder.joinpath("checkpoint.txt").read_text(encoding="utf-8")


def test_a_mark_of_two_lines_is_refused(run: Callable[..., Done]) -> None:
    done = run("countersign", "checkpoint.txt", "--office", "Ankang", "--mark", "seal\n17")
    assert (done.code, done.out) == (4, "")


# receipts


def test_a_receipt_is_checked_without_the_book(run: Callable[..., Done], folder: Path) -> None:
    made = run("receipt", "county.db", "GRN-000001", "--checkpoint", "checkpoint.txt")
    assert (made.code, made.out) == (0, folder.joinpath("receipt.txt").read_text(encoding="utf-8"))
    folder.joinpath("county.db").unlink()
    english = run("check-receipt", "receipt.txt", "--checkpoint", "checkpoint.txt")
    chinese = run("check-receipt", "receipt.txt", "--lang", "zh")
    assert (english.code, chinese.code) == (0, 0)
    assert english.out.startswith("The receipt holds: donation GRN-000001 of the book 'Ningshan', records: ")
    assert english.out.endswith("It is of the checkpoint that was given.\n")
    assert "未与他处留存的校验单比对" in chinese.out


def test_a_receipt_comes_through_a_pipe(
    run: Callable[..., Done], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = io.BytesIO(folder.joinpath("receipt.txt").read_bytes())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(given))
    assert run("check-receipt", "-").code == 0


def test_a_receipt_of_another_checkpoint_is_not_proven(run: Callable[..., Done]) -> None:
    english = run("check-receipt", "receipt.txt", "--checkpoint", "older.txt")
    chinese = run("check-receipt", "receipt.txt", "--checkpoint", "older.txt", "--lang", "zh")
    assert (english.code, english.out, chinese.code, chinese.out) == (1, "", 1, "")
    assert "is not proven" in english.err
    assert "未获证明" in chinese.err


@pytest.mark.parametrize(
    ("old", "new"), [(b"quilt", b"tents"), (b"clerk", b"cleek"), (b"root: ", b"root: 0")]
)
def test_a_receipt_that_was_changed_does_not_hold(
    run: Callable[..., Done], folder: Path, old: bytes, new: bytes
) -> None:
    path = folder / "receipt.txt"
    content = path.read_bytes().replace(old, new) if old in path.read_bytes() else b"x" + path.read_bytes()
    path.write_bytes(content)
    done = run("check-receipt", "receipt.txt")
    assert (done.code, done.out) == (1, "")


def test_of_a_donation_that_is_not_there_is_no_receipt(run: Callable[..., Done]) -> None:
    english = run("receipt", "county.db", "GRN-000009")
    chinese = run("receipt", "county.db", "GRN-000009", "--lang", "zh")
    assert (english.code, english.out, chinese.code, chinese.out) == (4, "", 4, "")
    assert "no donation 'GRN-000009'" in english.err
    assert "没有捐赠 'GRN-000009'" in chinese.err


# continuations


def test_a_continuation_is_checked_without_the_book(run: Callable[..., Done], folder: Path) -> None:
    made = run("continuation", "county.db", "older.txt", "--newer", "checkpoint.txt")
    assert (made.code, made.out) == (0, folder.joinpath("continuation.txt").read_text(encoding="utf-8"))
    folder.joinpath("county.db").unlink()
    words = ("check-continuation", "continuation.txt", "older.txt", "checkpoint.txt")
    english, chinese = run(*words), run(*words, "--lang", "zh")
    assert (english.code, chinese.code) == (0, 0)
    assert english.out.startswith("It holds: the book 'Ningshan' goes on from record ")
    assert chinese.out.startswith("延续成立：")


def test_a_continuation_goes_on_to_today(run: Callable[..., Done], folder: Path) -> None:
    assert run("checkpoint", "county.db", "--out", "today.txt").code == 0
    assert run("continuation", "county.db", "older.txt", "--out", "on.txt").code == 0
    assert run("check-continuation", "on.txt", "older.txt", "today.txt").code == 0


def test_a_continuation_of_other_checkpoints_is_not_proven(run: Callable[..., Done]) -> None:
    done = run("check-continuation", "continuation.txt", "checkpoint.txt", "older.txt")
    assert (done.code, done.out) == (1, "")
    assert "is not proven" in done.err


def test_a_book_does_not_go_on_backwards(run: Callable[..., Done]) -> None:
    done = run("continuation", "county.db", "checkpoint.txt", "--newer", "older.txt")
    assert (done.code, done.out) == (4, "")
