"""Take over an old system's history: from its file to a book in which every total is the old one.

The file has half a year of gifts and handouts, and at its end the totals that the old system prints. Two rows
are wrong: the first try refuses both and keeps nothing; they are corrected, the whole file is taken in, and
each total is held against the book. The exit code is 0 only if nothing differs.

    uv run --no-dev python examples/take_over.py --lang zh
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from reliefstock import Book, Donor, FixedClock, Handouts, Household, Item, Period, Receipts, Warehouse
from reliefstock.errors import BadRow, ImportRefused
from reliefstock.reconciliation import statement
from reliefstock.reports import Column, Table, draw

ITEMS = (Item("quilt", zh="棉被", en="Quilt"), Item("rice", zh="大米", en="Rice"))
HOMES = tuple(Household(f"H-{number}", size=3) for number in range(1, 7))
FIELDS = ("no", "day", "kind", "party", "item", "pieces", "fen")
WRONG = {"10": {"pieces": "9000"}, "44": {"party": "H-9"}}
CORRECTED = {"10": {"pieces": "2"}, "44": {"party": "H-1"}}  # by whoever has looked the papers up
WORDS = Column("item", "物资", "item"), Column("figure", "指标", "figure")
NUMBERS = Column("old", "旧系统", "old system", "right"), Column("book", "台账", "book", "right")
FIGURES = {"in": ("接收", "received"), "fen": ("接收价值（分）", "value, fen"), "out": ("发放", "given out")}
ROW = ("编号 {}：{}", "row {}: {}")
KEPT = ("{} 行有误，账上有单据 {} 张。", "{} rows are wrong, {} documents are kept.")
Totals = Counter[tuple[str, str]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the file of the old system, take it over, compare, and print. Returns 1 where anything differs."""
    parser = argparse.ArgumentParser(description="Take over an old system's history.")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")
    lang = parser.parse_args(arguments).lang
    en, refused = int(lang == "en"), list[tuple[str, BadRow]]()
    with TemporaryDirectory() as folder:
        rows = written(Path(folder, "old.csv"))
        with Book.create(Path(folder, "new.db"), "A", currency="CNY", clock=FixedClock("2024-01-05")) as book:
            book.add(*ITEMS, *HOMES, Donor("province", zh="省红十字会"), Warehouse("depot", zh="备灾中心"))
            for right in ({}, CORRECTED):
                refused = take_over(book, [row | right.get(row["no"], {}) for row in rows])
                for number, bad in refused:
                    print(ROW[en].format(number, bad.reason if en else bad.reason_zh))
                print(KEPT[en].format(len(refused), len(book.documents)))
            new = of_the_book(book)
    old = {(row["item"], row["party"]): int(row["pieces"]) for row in rows if row["kind"] == "total"}
    cells = tuple((item, FIGURES[one][en], str(old[item, one]), str(new[item, one])) for item, one in old)
    print(draw(Table("totals", "合计", "Totals", (*WORDS, *NUMBERS), cells, lang=lang), lang=lang))
    return 0 if old == new and not refused else 1


def written(path: Path) -> list[dict[str, str]]:
    """The rows of the file of the old system, as it was written: what moved, month by month, and totals."""
    rows: list[tuple[object, ...]] = []
    sums: Totals = Counter()
    for month in range(1, 7):
        for price, item in enumerate(ITEMS, 2):
            came, each, fen = 40 + month, 1 + month % price, 100_003 * month * price
            rows.append((f"2023-{month:02}-05", "in", "province", item.id, came, fen))
            for day, home in enumerate(HOMES, 10):
                rows.append((f"2023-{month:02}-{day}", "out", home.id, item.id, each, 0))
            sums.update({(item.id, "in"): came, (item.id, "fen"): fen, (item.id, "out"): each * len(HOMES)})
    rows += [("", "total", figure, item, total, 0) for (item, figure), total in sums.items()]
    numbered = [dict(zip(FIELDS, map(str, (no, *row)), strict=True)) for no, row in enumerate(rows, 1)]
    with path.open("w+", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([FIELDS, *((row | WRONG.get(row["no"], {})).values() for row in numbered)])
        file.seek(0)
        return list(csv.DictReader(file))


def take_over(book: Book, rows: Sequence[Mapping[str, str]]) -> list[tuple[str, BadRow]]:
    """Take all rows in, or none: then the number of each that is refused, and why."""
    came, gone = ([row for row in rows if row["kind"] == kind] for kind in ("in", "out"))
    gifts = Receipts(
        on=[row["day"] for row in came],
        donor=[row["party"] for row in came],
        into="depot",
        item=[row["item"] for row in came],
        quantity=[int(row["pieces"]) for row in came],
        value=[int(row["fen"]) for row in came],
        evidence="old system",
        counted_by=("keeper", "clerk"),
    )
    handouts = Handouts(
        on=[row["day"] for row in gone],
        origin="depot",
        recipient=[row["party"] for row in gone],
        item=[row["item"] for row in gone],
        quantity=[int(row["pieces"]) for row in gone],
        signature="old system",
    )
    try:
        book.take_in(gifts, handouts)
    except ImportRefused as refused:
        kinds = {gifts.what: came, handouts.what: gone}
        return [(kinds[bad.file][bad.line - 1]["no"], bad) for bad in refused.rows]
    return []


def of_the_book(book: Book) -> Totals:
    """The same totals, from the statement of the book."""
    sums: Totals = Counter()
    for row in statement(book, Period.half_year(2023, 1)).rows:
        sums[row.item, "in"] += row.received.quantity
        sums[row.item, "fen"] += row.received.value
        sums[row.item, "out"] += row.given_out.quantity
    return sums


if __name__ == "__main__":
    sys.exit(main())
