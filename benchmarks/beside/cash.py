# /// script
# requires-python = ">=3.11"
# dependencies = ["piecash==1.2.1", "sqlalchemy<2", "setuptools<81"]
# ///
"""The work done with piecash, a thousand transactions a commit: `cash.py FILE`.

An account for each shelf holds goods and what they are worth. Which lots are taken is told. It needs an older
SQLAlchemy than the rest, so it has an environment of its own: `uv sync --script benchmarks/beside/cash.py`.
"""

from __future__ import annotations

import sys
import warnings
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

warnings.simplefilter("ignore")  # it is written for an older SQLAlchemy

import piecash  # noqa: E402  # pyright: ignore[reportMissingImports] -- in an environment of its own
from beside.work import ITEMS, PLACES, answer, read  # noqa: E402

BATCH = 1_000


def done(book: piecash.Book, path: str) -> list[tuple[str, str, int, int]]:
    """Do the work; then say what is left."""
    yuan = book.default_currency
    donors = piecash.Account("donors", "EQUITY", yuan, parent=book.root_account)
    given = piecash.Account("given", "EXPENSE", yuan, parent=book.root_account)
    goods = {item: piecash.Commodity("goods", item, item, fraction=1, book=book) for item in ITEMS}
    shelves = {
        (place, item): piecash.Account(f"{place} {item}", "STOCK", goods[item], parent=book.root_account)
        for place, item in product(PLACES, ITEMS)
    }
    book.flush()
    for number, day, gift, place, item, quantity, _, fen in read(path):
        count, worth = (
            (Decimal(quantity), Decimal(fen) / 100) if gift else (Decimal(-quantity), Decimal(-fen) / 100)
        )
        splits = [
            piecash.Split(account=shelves[place, item], value=worth, quantity=count),
            piecash.Split(account=donors if gift else given, value=-worth),
        ]
        piecash.Transaction(
            currency=yuan, description=str(number), post_date=date.fromisoformat(day), splits=splits
        )
        if number % BATCH == 0:
            book.save()
    book.save()
    return [
        (place, item, int(account.get_balance()), int(sum(split.value for split in account.splits) * 100))
        for (place, item), account in shelves.items()
    ]


if __name__ == "__main__":
    with (
        TemporaryDirectory() as folder,
        piecash.create_book(sqlite_file=str(Path(folder, "book.gnucash")), currency="CNY") as opened,
    ):
        answer(done(opened, sys.argv[1]))
