"""How examples in documents are read: sybil, one namespace a document, nothing skipped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sybil.document import Document
from sybil.parsers.myst import PythonCodeBlockParser

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture
def run_document(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[Path], int]:
    """Run the python blocks of a document in order, in an empty folder; give their number."""

    def run(path: Path) -> int:
        monkeypatch.chdir(tmp_path)
        examples = list(Document.parse(str(path), PythonCodeBlockParser()).examples())
        for example in examples:
            example.evaluate()
        return len(examples)

    return run
