"""Every python block of the README and of docs/ runs, and none can hide from that."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^ *(`{3,}|~{3,}|:{3,}) *(?P<info>[^`\n]*?) *$", re.MULTILINE)
# What is not `python` is not run: so there are few such languages, and none of them is a kind of Python.
LANGUAGES = frozenset(
    {"python", "bash", "console", "csv", "json", "mermaid", "sql", "text", "toml", "xml", "yaml", "bibtex"}
)
DIRECTIVE = re.compile(r"\{(?!code|doctest|testcode|sourcecode)[a-z:-]+\}.*")


def documents() -> list[Path]:
    pages = (path for path in sorted((ROOT / "docs").rglob("*.md")) if "_build" not in path.parts)
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *pages]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def not_run(text: str) -> list[str]:
    """Opened blocks whose language would escape the tests."""
    infos = [match["info"] for match in FENCE.finditer(text)]
    return [info for info in infos if info and info not in LANGUAGES and not DIRECTIVE.fullmatch(info)]


def unnamed(text: str) -> int:
    """How many blocks are opened without a word on what they hold: these would not be run either."""
    inside, found = "", 0
    for match in FENCE.finditer(text):
        if inside and match[1] == inside and not match["info"]:
            inside = ""
        elif not inside:
            inside, found = match[1], found + (not match["info"])
    return found


@pytest.mark.parametrize("path", documents(), ids=name)
def test_the_python_of_a_document_runs(path: Path, run_document: Callable[[Path], int]) -> None:
    blocks = path.read_text(encoding="utf-8").count("```python\n")
    assert run_document(path) >= blocks  # a block of `>>>` is several examples


@pytest.mark.parametrize("path", documents(), ids=name)
def test_no_block_of_a_document_hides_its_language(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert (not_run(text), unnamed(text)) == ([], 0)


def test_a_broken_example_is_found(tmp_path: Path, run_document: Callable[[Path], int]) -> None:
    page = tmp_path / "page.md"
    page.write_text("```python\n>>> 1 + 1\n3\n\n```\n", encoding="utf-8")
    with pytest.raises(Exception, match="Expected"):
        run_document(page)


def test_a_block_that_raises_is_found(tmp_path: Path, run_document: Callable[[Path], int]) -> None:
    page = tmp_path / "page.md"
    page.write_text("```python\nbox = {}\n```\n\ntext\n\n```python\nbox['lid']\n```\n", encoding="utf-8")
    with pytest.raises(KeyError, match="lid"):
        run_document(page)


@pytest.mark.parametrize(
    ("text", "hidden", "bare"),
    [
        ("```pycon\n>>> 1\n```\n", ["pycon"], 0),
        ("```py\n1\n```\n", ["py"], 0),
        ("```{code-block} python\n1\n```\n", ["{code-block} python"], 0),
        ("```\n1\n```\n", [], 1),
        ("```python\n1\n```\n", [], 0),
        ("````text\n```\n1\n```\n````\n", [], 0),
        ("```{toctree}\n:hidden:\n```\n", [], 0),
    ],
)
def test_a_block_that_would_not_run_is_found(text: str, hidden: list[str], bare: int) -> None:
    assert (not_run(text), unnamed(text)) == (hidden, bare)
