# /// script
# requires-python = ">=3.11"
# dependencies = ["python-accounting==2.0.0"]
# [tool.uv]
# override-dependencies = ["mysqlclient; python_version < '3'", "psycopg2; python_version < '3'"]
# ///
"""The work done with python-accounting on SQLite, each transaction posted by itself: `accounts.py FILE`.

It keeps no quantities, so it is given the value alone. It wants drivers of two databases that are not used;
its environment is made without them: `uv sync --script benchmarks/beside/accounts.py`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from beside.work import ITEMS, PLACES, answer, read
from python_accounting.config import config  # pyright: ignore[reportMissingImports] -- it has its own environment
from python_accounting.database.session import get_session  # pyright: ignore[reportMissingImports] -- it has its own environment
from python_accounting.models import (  # pyright: ignore[reportMissingImports] -- likewise
    Account,
    Base,
    Currency,
    Entity,
    LineItem,
    ReportingPeriod,
)
from python_accounting.transactions import JournalEntry  # pyright: ignore[reportMissingImports] -- it has its own environment
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

YEAR = 2024


def done(session: Session, path: str) -> Iterator[tuple[str, str, None, int]]:
    """Do the work; then say what is left."""
    entity = Entity(name="peers")
    session.add(entity)
    session.commit()
    session.add(ReportingPeriod(calendar_year=YEAR, period_count=2, entity_id=entity.id))
    yuan = Currency(name="Yuan", code="CNY", entity_id=entity.id)
    session.add(yuan)
    session.commit()

    def account(name: str, kind: str) -> Account:
        made = Account(
            name=name,
            account_type=Account.AccountType[kind],
            currency_id=yuan.id,
            entity_id=entity.id,
        )
        session.add(made)
        session.flush()
        return made

    donors, given = account("donors", "EQUITY"), account("given", "OPERATING_EXPENSE")
    shelves = {shelf: account(" ".join(shelf), "INVENTORY") for shelf in product(PLACES, ITEMS)}
    session.commit()
    for number, day, gift, place, item, _, _, fen in read(path):
        shelf = shelves[place, item]
        credit, debit = (donors, shelf) if gift else (shelf, given)
        at = datetime.fromisoformat(f"{day}T12:00")
        entry = JournalEntry(
            narration=str(number), transaction_date=at, account_id=credit.id, entity_id=entity.id
        )
        line = LineItem(
            narration=str(number), account_id=debit.id, amount=Decimal(fen) / 100, entity_id=entity.id
        )
        session.add_all((entry, line))
        session.flush()
        entry.line_items.add(line)
        session.add(entry)
        entry.post(session)
    first, last = datetime(YEAR, 1, 1), datetime(YEAR, 12, 31, 23)  # noqa: DTZ001 -- as it wants them
    for (place, item), shelf in shelves.items():
        yield place, item, None, int(shelf.balance_movement(session, first, last) * 100)


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        config.configure_database(f"sqlite:///{Path(folder, 'accounts.db')}")
        engine = create_engine(config.database["url"]).execution_options(
            include_deleted=False, ignore_isolation=False
        )
        Base.metadata.create_all(engine)
        with get_session(engine) as opened:
            answer(done(opened, sys.argv[1]))
