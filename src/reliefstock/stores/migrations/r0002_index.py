"""Step 2: the first index. Each row begins with the book it is of, and ends with its seal."""

from __future__ import annotations

from typing import Final

from alembic import op

__all__ = ["down_revision", "downgrade", "revision", "upgrade"]

revision: Final = "0002"
down_revision: Final = "0001"

_KINDS: Final = (
    ("whole", "BIGINT NOT NULL"),
    ("text", 'TEXT COLLATE "C" NOT NULL'),
    ("text or none", 'TEXT COLLATE "C"'),
    ("bytes", "BYTEA NOT NULL"),
)
# A table, its columns by their kind, its key.
_TABLES: Final = (
    (
        "postings",
        "text place lot, whole day entry line quantity value held count worth gone came_entry came_line",
        "place lot day entry line",
    ),
    ("entries", "whole number record", "number"),
    ("reversals", "whole entry number", "entry"),
    ("lots", "whole ordinal, text id, whole record, text birthplace, text or none donation", "ordinal"),
    ("parts", "text part, whole made", "part made"),
    ("places", "text place kind, whole entry line", "place"),
    ("papers", "whole record, text number command, bytes content", "record"),
    ("taken_back", "text number, whole record day", "number"),
    ("holds", "text hold lot, whole number, text place, whole record quantity", "hold lot"),
    ("outcomes", "whole record line, text hold lot document, whole quantity", "record line"),
    ("turns", "whole record", "record"),
)
# A table, and what else it is asked by.
_LOOKUPS: Final = (
    ("postings", "lot entry line"),
    ("lots", "id"),
    ("lots", "donation ordinal"),
    ("places", "kind entry line"),
    ("papers", "number"),
    ("papers", "command"),
    ("holds", "number"),
    ("holds", "place lot number"),
    ("outcomes", "hold lot"),
    ("outcomes", "document"),
)


def upgrade() -> None:
    """Make it, empty: it is filled with the records, as they come."""
    for name, columns, key in _TABLES:
        parts = ["book BIGINT NOT NULL REFERENCES reliefstock.books"]
        for group in columns.split(", "):
            kind = next(kind for kind, _ in reversed(_KINDS) if group.startswith(f"{kind} "))
            parts += [f'"{column}" {dict(_KINDS)[kind]}' for column in group.removeprefix(kind).split()]
        parts += ["seal BIGINT NOT NULL", f"PRIMARY KEY (book, {_names(key)})"]
        op.execute(f"CREATE TABLE reliefstock.{name} ({', '.join(parts)})")
    for name, columns in _LOOKUPS:
        index = "_".join((name, "by", *columns.split()))
        op.execute(f"CREATE INDEX {index} ON reliefstock.{name} (book, {_names(columns)})")


def _names(columns: str) -> str:
    return ", ".join(f'"{column}"' for column in columns.split())


def downgrade() -> None:
    """Take it away: it can be made of the records again."""
    for name, _, _ in _TABLES:
        op.execute(f"DROP TABLE reliefstock.{name}")
