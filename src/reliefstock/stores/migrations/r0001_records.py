"""Step 1: books, their records, their snapshots. Records are only ever added."""

from __future__ import annotations

from typing import Final

from alembic import op

__all__ = ["down_revision", "downgrade", "revision", "upgrade"]

revision: Final = "0001"
down_revision: Final = None

_STATEMENTS: Final = (
    """CREATE TABLE reliefstock.books (
        id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        name TEXT COLLATE "C" NOT NULL UNIQUE,
        format INTEGER NOT NULL,
        size BIGINT NOT NULL,
        head BYTEA NOT NULL
    )""",
    """CREATE TABLE reliefstock.records (
        book BIGINT NOT NULL REFERENCES reliefstock.books,
        number BIGINT NOT NULL,
        previous BYTEA NOT NULL,
        payload BYTEA NOT NULL,
        hash BYTEA NOT NULL,
        PRIMARY KEY (book, number)
    )""",
    """CREATE TABLE reliefstock.snapshots (
        book BIGINT PRIMARY KEY REFERENCES reliefstock.books,
        size BIGINT NOT NULL,
        hash BYTEA NOT NULL,
        content BYTEA NOT NULL
    )""",
    """CREATE FUNCTION reliefstock.records_stand() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'a record is never changed, nor taken away'; END
    $$""",
    """CREATE TRIGGER records_stand BEFORE UPDATE OR DELETE ON reliefstock.records
        FOR EACH ROW EXECUTE FUNCTION reliefstock.records_stand()""",
    """CREATE TRIGGER records_stay BEFORE TRUNCATE ON reliefstock.records
        FOR EACH STATEMENT EXECUTE FUNCTION reliefstock.records_stand()""",
)


def upgrade() -> None:
    """Make them."""
    for statement in _STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """There is no way back: records are never taken away."""
    raise NotImplementedError("records are never taken away; restore a backup into a new database")
