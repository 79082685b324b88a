"""A small folder of the half-year form that is right, to be spoilt cell by cell."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["COLUMNS", "REAL", "SMALL", "copy_of", "text_of", "write"]

REAL = Path(__file__).resolve().parents[3] / "examples" / "data" / "half_year"

COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        path.stem: tuple(path.read_text(encoding="utf-8").split("\n")[0].split(","))
        for path in REAL.glob("*.csv")
    }
)

_SAID = {"evidence": "summary", "zh": "说明", "en": "what it is"}

SMALL: Mapping[str, tuple[Mapping[str, str], ...]] = MappingProxyType(
    {
        "report": (
            {"zh": "小结", "en": "Summary", "period": "2023-H1", "currency": "CNY", "source": "summary"},
        ),
        "nouns": (
            {"kind": "item", "id": "quilt", "zh": "棉被", "en": "Quilt", "unit": "床"},  # line 2
            {"kind": "item", "id": "goods", "zh": "物资", "unit": "value"},
            {"kind": "donor", "id": "province", "zh": "省红十字会", "what": "society"},
            {"kind": "warehouse", "id": "depot", "zh": "备灾中心"},
            {
                "kind": "society",
                "id": "ningshan",
                "zh": "宁陕县",
                "level": "county",
                "code": "610923",
            },  # line 6
            {"kind": "society", "id": "ziyang", "zh": "紫阳县", "level": "county"},
            {"kind": "school", "id": "school", "zh": "中心学校", "code": "610928"},
            {"kind": "household", "id": "h1", "code": "610923"},
            {"kind": "fund", "id": "account", "zh": "账户", "project": "well"},  # line 10
            {
                "kind": "project",
                "id": "well",
                "zh": "水井",
                "budget": "1万元",
                "state": "begun",
                "programme": "water",
            },
            {"kind": "project", "id": "home", "zh": "家园", "state": "planned"},
            {"kind": "supplier", "id": "mill", "zh": "棉纺厂"},
        ),
        "transactions": (
            {
                "id": "T1",
                "kind": "receive",
                "date": "2023-02-01",
                "from": "province",
                "to": "depot",
                "item": "quilt",
                "quantity": "500床",
                "amount": "4万元",
                **_SAID,  # line 2
            },
            {
                "id": "T2",
                "kind": "give",
                "date": "2023-02-02",
                "from": "depot",
                "to": "ningshan",
                "item": "quilt",
                "quantity": "200床",
                "donation": "T1",
                **_SAID,
            },
            {
                "id": "T3",
                "kind": "give",
                "date": "2023-02-03",
                "from": "depot",
                "to": "school",
                "item": "quilt",
                "quantity": "100床",
                **_SAID,  # line 4
            },
            {
                "id": "T4",
                "kind": "money",
                "date": "2023-03-01",
                "from": "province",
                "to": "account",
                "amount": "8000元",
                **_SAID,
            },
            {
                "id": "T5",
                "kind": "spend",
                "date": "2023-03-02",
                "from": "account",
                "to": "well",
                "amount": "3000元",
                "donation": "T4",
                **_SAID,  # line 6
            },
        ),
        "indicators": (
            {"id": "I1", "indicator": "messages", "count": "33万条", "period": "2023-05-08", **_SAID},
            {
                "id": "I2",
                "indicator": "wells",
                "count": "1处",
                "period": "2023-H1",
                "project": "well",
                "state": "begun",
                **_SAID,
            },
        ),
        "claims": (
            {
                "id": "C1",
                "printed": "500床",
                "zh": "收到",
                "en": "received",
                "measure": "received",
                "period": "2023-H1",
                "items": "quilt",
                "source": "summary",
            },
            {
                "id": "C2",
                "printed": "200床",
                "zh": "下拨",
                "en": "passed on",
                "measure": "given out",
                "period": "2023-H1",
                "items": "quilt",
                "recipients": "ningshan",
                "source": "summary",
            },
            {
                "id": "C3",
                "printed": "33万条",
                "zh": "短信",
                "en": "messages",
                "measure": "observed",
                "period": "2023-H1",
                "indicator": "messages",
                "source": "summary",
            },
            {
                "id": "C4",
                "printed": "3000元",
                "zh": "支出",
                "en": "spent",
                "measure": "project spent",
                "period": "2023-H1",
                "goods": "money",
                "project": "well",
                "source": "summary",
            },
        ),
        "relations": ({"kind": "part of", "whole": "C1", "parts": "C2"},),
    }
)


def text_of(name: str, rows: tuple[Mapping[str, str], ...] | None = None) -> str:
    """A file of the small folder as text, or one with other rows."""
    out = StringIO()
    writer = csv.DictWriter(out, COLUMNS[name], restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(dict(row) for row in (SMALL[name] if rows is None else rows))
    return out.getvalue()


def write(folder: Path, name: str = "", line: int = 0, cells: Mapping[str, str] | None = None) -> Path:
    """Write the small folder, with the cells of one line (the header is line 1) changed."""
    for file, given in SMALL.items():
        rows = list(given)
        if file == name:
            rows[line - 2] = {**rows[line - 2], **(cells or {})}
        (folder / f"{file}.csv").write_text(text_of(file, tuple(rows)), encoding="utf-8")
    return folder


def copy_of(folder: Path) -> Path:
    """Copy the real folder, so that it can be changed."""
    for path in REAL.glob("*.csv"):
        (folder / path.name).write_bytes(path.read_bytes())
    return folder
