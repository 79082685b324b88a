"""How a command ends: its exit code, and one paragraph for whatever went wrong, in both languages."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NoReturn

import pytest

from reliefstock.book import Book
from reliefstock.cli import Exit, main
from reliefstock.errors import ChainBroken, ImportRefused, StoreBusy, StoreFull, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from unit.cli.conftest import Done


def test_the_exit_codes_mean_the_same_for_ever() -> None:
    assert {one.name: one.value for one in Exit} == {
        "WELL": 0,
        "NOT_IN_ORDER": 1,
        "WRONG_USAGE": 2,
        "NO_STORE": 3,
        "REFUSED": 4,
        "FAULT": 70,
        "INTERRUPTED": 130,
    }


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ChainBroken(3, "changed", "x"), (1, "record 3 was changed", "第 3 条记录被改动")),
        (ImportRefused(()), (1, "0 things are wrong with the data", "数据有 0 处错误")),
        (StoreBusy("county.db", 10), (3, "others have been writing", "他人正在写入")),
        (StoreFull("county.db"), (3, "there is no room", "county.db 空间已满")),
        (OSError(5, "I/O error", "x.db"), (3, "x.db cannot be read or written: I/O", "无法读写 x.db")),
        (Unknown("item", "tent"), (4, "the book knows no item 'tent'", "账簿中没有物资 'tent'")),
        (ZeroDivisionError("by\nzero"), (70, "this is a fault of the program", "程序出错")),
        (KeyboardInterrupt(), (130, "interrupted", "已中断")),
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_goes_wrong_is_told_in_a_sentence_and_by_a_code(
    run: Callable[..., Done],
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    told: tuple[int, str, str],
    lang: str,
) -> None:
    def fail(*_: object, **__: object) -> NoReturn:
        raise error

    monkeypatch.setattr(Book, "open", fail)
    done = run("stock", "county.db", "--lang", lang)
    code, english, chinese = told
    head = f"reliefstock: 错误：{chinese}" if lang == "zh" else f"reliefstock: error: {english}"
    assert (done.code, done.out) == (code, "")
    assert done.err.startswith(head)
    assert "Traceback" not in done.err
    assert len(done.err.splitlines()) == 1


def test_a_wrong_command_is_told_in_the_language_of_the_environment(
    run: Callable[..., Done], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    done = run("stock")
    assert (done.code, done.out) == (2, "")
    assert done.err == "reliefstock stock: 错误：缺少参数：ADDRESS；用法见 reliefstock stock --help\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "the following arguments are required: COMMAND"),
        (("stok",), "argument COMMAND: invalid choice: 'stok'"),
        (("stock", "county.db", "--on", "soon"), "argument --on: a business date is due, got str 'soon'"),
        (("stock", "county.db", "--known", "-1"), "argument --known: a whole number of at least 0 is due"),
        (("stock", "county.db", "--known", "9" * 30), "argument --known: a whole number of at least 0"),
        (("stock", "county.db", "--lang", "fr"), "argument --lang: invalid choice: 'fr'"),
        (("stock", "county.db", "--form", "csv"), "unrecognized arguments: --form csv"),
        (("init", "new.db"), "the following arguments are required: --name, --currency"),
        (("report", "county.db", "statement", "--period", "20"), "argument --period:"),
    ],
)
def test_a_wrong_command_ends_with_two_and_does_nothing(
    run: Callable[..., Done], folder: Path, words: tuple[str, ...], said: str
) -> None:
    before = sorted(folder.iterdir())
    done = run(*words)
    assert (done.code, done.out, sorted(folder.iterdir())) == (2, "", before)
    assert said in done.err
    assert done.err.endswith("--help` says how it is written\n")


def test_without_arguments_those_of_the_process_are_taken(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["reliefstock", "--version"])
    assert main() == 0
    assert capsys.readouterr().out.startswith("reliefstock ")


def test_help_has_the_exit_codes_and_says_where_passwords_go(run: Callable[..., Done]) -> None:
    english, chinese = run("--help"), run("--help", "--lang", "zh")
    assert (english.code, chinese.code) == (0, 0)
    for code in map(str, Exit):
        assert f"\n  {code:<4}" in english.out
        assert f"\n  {code:<4}" in chinese.out
    assert "RELIEFSTOCK_PASSWORD" in english.out
    assert "退出码" in chinese.out
    assert "usage" not in chinese.out
