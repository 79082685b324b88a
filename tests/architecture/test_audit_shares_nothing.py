"""Promise 13: what recomputes a book shares nothing with what posts to it but values, errors and the journal.

The contract of import-linter says the same of what is imported indirectly; this looks at the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from architecture.checks import SOURCE, imported_modules, module_name

if TYPE_CHECKING:
    from pathlib import Path

SHARED = ("reliefstock.audit", "reliefstock.errors", "reliefstock.journal", "reliefstock.values")
MEETS_THE_BOOK = ("__init__", "comparing", "tables")


def recomputing() -> list[Path]:
    return [path for path in sorted((SOURCE / "audit").glob("*.py")) if path.stem not in MEETS_THE_BOOK]


def shared(text: str) -> list[str]:
    """The modules of the library that are imported and are not among those that may be shared."""
    names = [
        name for _, name in imported_modules(text) if name.partition(".")[0] in ("reliefstock", "(computed)")
    ]
    beside = [f"reliefstock.audit.{name}" for name in MEETS_THE_BOOK]
    return [
        name
        for name in names
        if name in (*beside, "reliefstock.audit")
        or (not name.startswith(tuple(f"{one}." for one in SHARED)) and name not in SHARED)
    ]


def test_there_is_something_that_recomputes():
    assert "auditor" in {path.stem for path in recomputing()}


@pytest.mark.parametrize("path", recomputing(), ids=module_name)
def test_what_recomputes_shares_only_values_errors_and_the_journal(path: Path):
    assert shared(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("from reliefstock.ledger import Ledger", ["reliefstock.ledger"]),
        ("import reliefstock", ["reliefstock"]),
        ("def f():\n    from reliefstock.operations.desk import Desk", ["reliefstock.operations.desk"]),
        ("from reliefstock.audit.comparing import audit", ["reliefstock.audit.comparing"]),
        ("from reliefstock.audit import audit", ["reliefstock.audit"]),
        ("import_module(name)", ["(computed)"]),
        ("from reliefstock.values import Money\nfrom reliefstock.audit.lots import Lot\nimport datetime", []),
        ("from reliefstock.journal import decode\nfrom reliefstock.errors import ChainBroken", []),
    ],
)
def test_what_is_shared_beside_that_is_found(text: str, found: list[str]):
    assert shared(text) == found
