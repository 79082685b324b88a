"""Every text is there in both languages, and is used."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import reliefstock.cli
from reliefstock.cli.texts import TEXTS, text, usage_error

SOURCES = Path(reliefstock.cli.__file__).parent
CHINESE = re.compile("[\u4e00-\u9fff]")


def blanks(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name is not None}


@pytest.mark.parametrize("key", TEXTS)
def test_a_text_says_the_same_in_both_languages(key: str) -> None:
    one = TEXTS[key]
    assert blanks(one.zh) == blanks(one.en)
    assert not CHINESE.search(one.en)
    assert CHINESE.search(one.zh)


def test_every_text_is_used() -> None:
    sources = "".join(
        path.read_text(encoding="utf-8") for path in SOURCES.glob("*.py") if path.name != "texts.py"
    ).replace("'", '"')
    made = {key for key in TEXTS if key.startswith(("people ", "person.", "list."))}
    assert [key for key in TEXTS if f'"{key}"' not in sources and key not in made] == []


def test_a_text_that_is_not_there_is_a_slip_of_ours() -> None:
    with pytest.raises(KeyError, match="no such text"):
        text("no such text", "en")


@pytest.mark.parametrize(
    ("said", "zh"),
    [
        ("unrecognized arguments: -x", "不认识的参数：-x"),
        ("argument --on: expected one argument", "参数 --on：须跟一个值"),
        ("argument ID: expected at least one argument", "参数 ID：须跟一个以上的值"),
        ("argument --compact: ignored explicit argument '1'", "参数 --compact 不带值，现为 '1'"),
        (
            "argument --lang: invalid choice: 'x' (choose from zh, en)",
            "参数 --lang：不能是 'x'，可选：zh, en",
        ),
        ("argument --on: 此处须为业务日期", "参数 --on：此处须为业务日期"),
        ("something new", "something new"),
    ],
)
def test_what_argparse_says_is_said_in_chinese(said: str, zh: str) -> None:
    assert usage_error(said, "zh") == zh
    assert usage_error(said, "en") == said
