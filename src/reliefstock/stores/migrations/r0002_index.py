"""Step 2: the first index. Each row begins with the book it is of, and ends with its seal."""

from __future__ import annotations

from typing import Final

from alembic import op

__all__ = ["down_revision", "downgrade", "revision", "upgrade"]

revision: Final = "0002"
down_revision: Final = "0001"

_TABLES: Final = (
    (
        "postings",
        """place TEXT COLLATE "C" NOT NULL, lot TEXT COLLATE "C" NOT NULL, day BIGINT NOT NULL,
        entry BIGINT NOT NULL, line BIGINT NOT NULL, quantity BIGINT NOT NULL, value BIGINT NOT NULL,
        held BIGINT NOT NULL""",
        "place, lot, day, entry, line",
    ),
    ("entries", "number BIGINT NOT NULL, record BIGINT NOT NULL", "number"),
    ("reversals", "entry BIGINT NOT NULL, number BIGINT NOT NULL", "entry"),
    (
        "lots",
        """ordinal BIGINT NOT NULL, id TEXT COLLATE "C" NOT NULL, record BIGINT NOT NULL,
        birthplace TEXT COLLATE "C" NOT NULL, donation TEXT COLLATE "C" """,
        "ordinal",
    ),
    ("parts", 'part TEXT COLLATE "C" NOT NULL, made BIGINT NOT NULL', "part, made"),
    (
        "places",
        """place TEXT COLLATE "C" NOT NULL, kind TEXT COLLATE "C" NOT NULL, entry BIGINT NOT NULL,
        line BIGINT NOT NULL""",
        "place",
    ),
    (
        "papers",
        """record BIGINT NOT NULL, number TEXT COLLATE "C" NOT NULL, command TEXT COLLATE "C" NOT NULL,
        content BYTEA NOT NULL""",
        "record",
    ),
    ("taken_back", 'number TEXT COLLATE "C" NOT NULL, record BIGINT NOT NULL, day BIGINT NOT NULL', "number"),
    ("turns", "record BIGINT NOT NULL", "record"),
)
_LOOKUPS: Final = (
    ("postings", "lot, entry, line"),
    ("lots", "id"),
    ("lots", "donation, ordinal"),
    ("places", "kind, entry, line"),
    ("papers", "number"),
    ("papers", "command"),
)


def upgrade() -> None:
    """Make it, empty: it is filled with the records, as they come."""
    for name, columns, key in _TABLES:
        op.execute(
            f"CREATE TABLE reliefstock.{name} (book BIGINT NOT NULL REFERENCES reliefstock.books, {columns}, "
            f"seal BIGINT NOT NULL, PRIMARY KEY (book, {key}))"
        )
    for name, columns in _LOOKUPS:
        index = "_".join((name, "by", *columns.split(", ")))
        op.execute(f"CREATE INDEX {index} ON reliefstock.{name} (book, {columns})")


def downgrade() -> None:
    """Take it away: it can be made of the records again."""
    for name, _, _ in _TABLES:
        op.execute(f"DROP TABLE reliefstock.{name}")
