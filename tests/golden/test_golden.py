"""A book that was stored by an earlier version is the same book now."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copyfile

import pytest

from faults.work import CLOCK
from golden.figures import figures_of
from reliefstock import Money
from reliefstock.audit import audit
from reliefstock.book import Book
from reliefstock.journal import Checkpoint
from reliefstock.records import FORMAT

HERE = Path(__file__).parent
STORED = sorted(HERE.glob("format_*.db"))


@pytest.fixture(params=STORED, ids=lambda path: path.stem)
def golden(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture
def path(golden: Path, tmp_path: Path) -> Path:
    """A copy, so that the file itself stays as it was made."""
    return Path(copyfile(golden, tmp_path / golden.name))


def test_there_is_one_of_every_format() -> None:
    assert [path.stem for path in STORED] == [f"format_{number}" for number in range(1, FORMAT + 1)]


@pytest.mark.parametrize("snapshot", [True, False])
def test_it_says_what_it_said(path: Path, golden: Path, snapshot: bool) -> None:
    kept = json.loads(golden.with_suffix(".json").read_text(encoding="utf-8"))
    with Book.open(path, clock=CLOCK, snapshot=snapshot) as book:
        assert json.loads(json.dumps(figures_of(book))) == kept


def test_its_records_are_those_of_its_checkpoint(path: Path, golden: Path) -> None:
    text = golden.with_suffix(".checkpoint.txt").read_text(encoding="utf-8")
    with Book.open(path, clock=CLOCK) as book:
        assert book.verify([Checkpoint.parse(text)]) == book.head
        assert audit(book.records(), book).findings == ()


def test_it_goes_on(path: Path) -> None:
    with Book.open(path, clock=CLOCK) as book:
        before = book.head
        book.receive_money(donor="company", into="general", amount=Money(100, "CNY"), on=CLOCK.today())
        assert book.verify().size == before.size + 1
