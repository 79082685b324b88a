"""What is written where, and as what."""

from __future__ import annotations

import io
import json
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from reliefstock import Money, Period, PlaceKind
from reliefstock.cli.exits import FileUnusable
from reliefstock.cli.output import data_of, deliver, read_text, say, say_data, telling_progress
from reliefstock.errors import TextBroken


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        (None, None),
        (True, True),
        (2**80, 2**80),
        ("1e5", "1e5"),
        (date(2023, 5, 27), "2023-05-27"),
        (b"\x01\xff", "01ff"),
        (Fraction(1, 3), "1/3"),
        (PlaceKind.WAREHOUSE, "warehouse"),
        (Money(1250, "CNY"), {"minor": 1250, "currency": "CNY"}),
        (Period("2023-01-01", "2023-01-02"), {"first": "2023-01-01", "last": "2023-01-02"}),
        ((1, ("a",), [b"\0"]), [1, ["a"], ["00"]]),
        ({date(2023, 5, 27): (1,)}, {"2023-05-27": [1]}),
        (frozenset({"b", "a"}), ["a", "b"]),
    ],
)
def test_rows_become_whole_numbers_and_texts(given: object, plain: object) -> None:
    assert data_of(given) == plain


@pytest.mark.parametrize(("encoding", "shown"), [("utf-8", "棉被"), ("ascii", "\\u68c9\\u88ab")])
def test_json_is_readable_where_it_can_be(monkeypatch: pytest.MonkeyPatch, encoding: str, shown: str) -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding=encoding)
    monkeypatch.setattr(sys, "stdout", out)
    say_data({"item": "棉被"})
    out.flush()
    written = raw.getvalue().decode(encoding)
    assert shown in written
    assert json.loads(written) == {"item": "棉被"}


def test_what_a_terminal_cannot_show_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="ascii")
    monkeypatch.setattr(sys, "stdout", out)
    say("棉被 \udcff")
    out.flush()
    assert raw.getvalue() == b"\\u68c9\\u88ab \\udcff"


def test_results_go_to_whatever_stands_for_standard_output(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    say_data({"item": "棉被"})
    assert json.loads(out.getvalue()) == {"item": "棉被"}


def test_a_text_goes_to_a_new_file_and_never_over_another(tmp_path: Path) -> None:
    path = tmp_path / "checkpoint.txt"
    deliver("甲\n", str(path))
    with pytest.raises(FileUnusable) as refused:
        deliver("乙\n", str(path))
    assert path.read_bytes() == "甲\n".encode()
    assert refused.value.where == str(path)
    assert str(path) in refused.value.sentence("zh")
    assert "cannot be read or written" in refused.value.sentence("en")


def test_a_text_comes_from_a_file_or_from_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "checkpoint.txt"
    path.write_bytes(b"\xef\xbb\xbfa\n")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("棉被\n".encode())))
    assert read_text(str(path), "checkpoint") == "a\n"
    assert read_text("-", "checkpoint") == "棉被\n"


def test_what_is_no_text_is_no_checkpoint(tmp_path: Path) -> None:
    path = tmp_path / "checkpoint.txt"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(TextBroken) as broken:
        read_text(str(path), "checkpoint")
    assert (broken.value.what, broken.value.line) == ("checkpoint", 1)
    assert broken.value.reason == "it is not a text in UTF-8"
    with pytest.raises(FileUnusable):
        read_text(str(tmp_path), "checkpoint")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_told_to_a_terminal_and_to_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert telling_progress() is None
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    told = telling_progress()
    assert told is not None
    told(1000, 2000)
    told(2000, 2000)
    told(10_000, None)
    assert screen.getvalue() == "\r1,000/2,000\r2,000/2,000\n\r10,000"
