"""Step 3: people, beside the records of each book. Of a name that is long the digest is looked up."""

from __future__ import annotations

from typing import Final

from alembic import op

__all__ = ["down_revision", "downgrade", "revision", "upgrade"]

revision: Final = "0003"
down_revision: Final = "0002"


def upgrade() -> None:
    """Make the table."""
    op.execute(
        """CREATE TABLE reliefstock.people (
            book BIGINT NOT NULL REFERENCES reliefstock.books,
            id TEXT COLLATE "C" NOT NULL,
            digest BYTEA,
            name TEXT COLLATE "C",
            id_number TEXT COLLATE "C" NOT NULL,
            phone TEXT COLLATE "C" NOT NULL,
            note TEXT COLLATE "C" NOT NULL,
            PRIMARY KEY (book, id),
            UNIQUE (book, digest)
        )"""
    )


def downgrade() -> None:
    """There is no way back: without it nobody knows any more who the opaque ids are."""
    raise NotImplementedError("people would be lost; restore a backup into a new database")
