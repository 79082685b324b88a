"""How the tables in a PostgreSQL database came to be what they are, one step a released change.

Each module `r0001_…` is one step, for Alembic. A step is never changed once it is released: it states by
itself what it makes, and imports nothing of the library. When the index of the library is declared otherwise
(`reliefstock.index.TABLES`), another step is added that brings a database from the old declaration to the
new; a test compares what all steps make with what is declared.

`reliefstock.stores.sql_schema` runs them; there is no ini file.
"""

from __future__ import annotations

__all__: list[str] = []
