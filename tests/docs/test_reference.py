"""The reference has every public module, once, on the page of its layer.

After a module was added: `uv run python tests/docs/test_reference.py` writes the entries. What stands above
the first entry of a page is written by hand and stays.
"""

from __future__ import annotations

import pkgutil
import re
from pathlib import Path

import pytest

import reliefstock

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"
PAGES = {
    "errors": ("errors",),
    "values": ("values",),
    "nouns": ("catalogue", "bills", "levels", "parties", "donations", "projects", "policy", "register"),
    "people": ("people", "apart"),
    "ledger": ("ledger",),
    "journal": ("journal",),
    "operations": ("operations",),
    "allocation": ("allocation",),
    "stores": ("stores",),
    "records": ("records", "index"),
    "bulk": ("bulk",),
    "book": ("book",),
    "reconciliation": ("reconciliation",),
    "reports": ("reports",),
    "formats": ("formats",),
    "audit": ("audit",),
    "cli": ("cli", "__main__"),
}
NAMESAKES = {  # they have things of their own that are called as those of the ledger, to which links lead
    "reliefstock.audit.lots",
    "reliefstock.audit.reading",
    "reliefstock.index",
}
ENTRY = re.compile(r"^\.\. automodule:: (\S+)$", re.MULTILINE)
HEAD = re.compile(r"\n## `reliefstock", re.MULTILINE)


def public_modules() -> dict[str, bool]:
    """The modules of the library, and whether each is a package of others that are public as well."""
    inner = pkgutil.walk_packages(reliefstock.__path__, "reliefstock.")
    names = [module.name for module in inner if "._" not in module.name]
    return {name: any(other.startswith(f"{name}.") for other in names) for name in names}


def entry(module: str, *, is_package: bool) -> str:
    """A package says what it is about; its names are explained where they are defined."""
    option = "   :no-members:\n" if is_package else "   :no-index:\n" if module in NAMESAKES else ""
    return f"\n## `{module}`\n\n```{{eval-rst}}\n.. automodule:: {module}\n{option}```\n"


def entries(page: str, modules: dict[str, bool]) -> str:
    """The entries of a page, layer by layer, each package before what is in it."""
    return "".join(
        entry(module, is_package=is_package)
        for layer in PAGES[page]
        for module, is_package in sorted(modules.items())
        if module.split(".")[1] == layer
    )


def split(text: str) -> tuple[str, str]:
    """What is written by hand, and the entries."""
    found = HEAD.search(text)
    return (text[: found.start()], text[found.start() :]) if found else (text, "")


def on_file(page: str) -> tuple[str, str]:
    path = REFERENCE / f"{page}.md"
    return split(path.read_text(encoding="utf-8")) if path.exists() else (f"# {page.capitalize()}\n", "")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_the_reference_has_the_modules_of_its_layer(page: str) -> None:
    assert on_file(page)[1] == entries(page, public_modules())


def test_every_public_module_has_a_page() -> None:
    on_pages = {module for page in PAGES for module in ENTRY.findall(on_file(page)[1])}
    assert sorted(on_pages) == sorted(public_modules())


def test_a_module_without_an_entry_is_found() -> None:
    before = entries("ledger", {"reliefstock.ledger": True})
    after = entries("ledger", {"reliefstock.ledger": True, "reliefstock.ledger.lot": False})
    assert ENTRY.findall(after) == [*ENTRY.findall(before), "reliefstock.ledger.lot"]


def test_what_is_written_by_hand_stays() -> None:
    text = "# Ledger\n\nAbout it.\n" + entry("reliefstock.ledger", is_package=True)
    assert split(text) == ("# Ledger\n\nAbout it.\n", entry("reliefstock.ledger", is_package=True))


def write() -> None:
    """Bring the pages in line with the modules."""
    modules = public_modules()
    for page in PAGES:
        text, new = on_file(page)[0], entries(page, modules)
        if new:
            (REFERENCE / f"{page}.md").write_text(text + new, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
