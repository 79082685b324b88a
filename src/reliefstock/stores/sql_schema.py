"""The tables of books in a PostgreSQL database, all in the schema `reliefstock`, and how they become newer.

`upgrade` brings a database to the version of this library by the steps in `reliefstock.stores.migrations`.
Making a book does so by itself. Opening one does not: others may be at work with an older version of the
library, and somebody has to decide when that ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from reliefstock.errors import Incomplete, MissingExtra, NewerFormat, NotABook, StoreDamaged
from reliefstock.journal import Table
from reliefstock.stores import migrations
from reliefstock.stores.sealing import SEAL
from reliefstock.stores.sql_errors import told_sql

try:
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory
    from sqlalchemy import URL, Connection, Engine, create_engine, make_url, text
    from sqlalchemy.exc import ArgumentError
    from sqlalchemy.pool import NullPool
except ImportError as error:
    raise MissingExtra("postgres", "alembic") from error

__all__ = [
    "SCHEMA",
    "address_shown",
    "check_tables",
    "check_version",
    "engine_at",
    "is_current",
    "upgrade",
    "upgraded",
]

SCHEMA: Final = "reliefstock"
"""The schema in which all tables are."""

_LOCK: Final = 0x5253746B  # whoever upgrades holds this advisory lock, so that two do not at once
_DRIVERS: Final = ("postgresql", "postgresql+psycopg")
_SECRETS: Final = ("password", "passfile", "sslpassword")
_KINDS: Final = {"whole": "bigint", "text": "text", "bytes": "bytea"}


# Addresses


def address_shown(address: str) -> str:
    """An address without its password, as it may stand in messages. Raises `Incomplete` for what is none.

    >>> address_shown("postgresql+psycopg://clerk:secret@db.example/county?password=secret")
    'postgresql+psycopg://clerk@db.example/county'
    """
    url = _url(address).difference_update_query(_SECRETS)
    return URL.create(
        url.drivername, url.username, None, url.host, url.port, url.database, url.query
    ).render_as_string()


def engine_at(address: str, patience: float) -> Engine:
    """What connects to a database; it keeps no connection itself. Raises `Incomplete` for no address.

    A server that says nothing is given up after `patience` seconds, or little more.
    """
    wait = max(int(patience), 2)  # libpq takes less for two
    return create_engine(
        _url(address),
        poolclass=NullPool,
        hide_parameters=True,
        isolation_level="AUTOCOMMIT",
        connect_args={
            "client_encoding": "utf8",
            "connect_timeout": wait,
            "keepalives_idle": wait,
            "keepalives_interval": wait,
            "keepalives_count": 3,
            "tcp_user_timeout": wait * 1_000,
            "prepare_threshold": 2,
        },
    )


def _url(address: str) -> URL:
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        url = None
    if url is None or url.drivername not in _DRIVERS:
        do = "write postgresql+psycopg://user:password@host/database"
        raise Incomplete(
            "the address of a database",
            "it is none of PostgreSQL",
            do,
            zh="数据库地址：不是 PostgreSQL 的地址；请写成 postgresql+psycopg://用户:密码@主机/数据库",
        ) from None
    return url.set(drivername=_DRIVERS[-1])


# Versions


def upgrade(address: str, version: str = "head", patience: float = 10) -> None:
    """Bring a database to the version of this library, or to an older one that it does not have yet.

    Do it while nobody works with an older version of the library. It waits for whoever else does it.

    Raises:
        NewerFormat: the database has a later version.
        StoreError: it cannot be reached, or this user may not.
        Incomplete: this is no address of PostgreSQL.
    """
    where = address_shown(address)
    with told_sql(where, patience), engine_at(address, patience).connect() as connection:
        upgraded(connection, where, version)


def upgraded(connection: Connection, where: str, version: str = "head") -> None:
    """As `upgrade`, with a connection that is there and in autocommit mode. It changes all or nothing."""
    connection.execute(text("BEGIN"))
    try:
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
        _check_not_newer(_version(connection), where)
        _check_encoding(connection, where)
        connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
        _run(connection, version)
        connection.execute(text("COMMIT"))
    except BaseException:
        if not connection.invalidated:
            connection.execute(text("ROLLBACK"))
        raise


def _check_encoding(connection: Connection, where: str) -> None:
    """Names may be in any script, and have one order in all stores."""
    found = connection.execute(text("SHOW server_encoding")).scalar()
    if found != "UTF8":
        raise Incomplete(
            where,
            f"its texts are kept in {found}",
            "make a database with the encoding UTF8",
            zh=f"{where}：其文本编码为 {found}；请新建编码为 UTF8 的数据库",
        )


def _run(connection: Connection, version: str) -> None:
    scripts = _scripts()

    def steps(revision: Any, _: MigrationContext) -> Any:  # noqa: ANN401 -- they are Alembic's own
        return scripts._upgrade_revs(version, revision)  # noqa: SLF001 -- as Alembic's documents say # pyright: ignore[reportPrivateUsage]

    with EnvironmentContext(Config(), scripts, fn=steps, destination_rev=version) as environment:
        environment.configure(
            connection=connection,
            version_table_schema=SCHEMA,
            transactional_ddl=False,
            transaction_per_migration=False,
        )
        environment.run_migrations()


def _scripts() -> ScriptDirectory:
    folder = str(Path(migrations.__file__).parent)
    return ScriptDirectory(folder, version_locations=[folder])


def is_current(connection: Connection, where: str) -> bool:
    """Whether the tables are of this version. Raises `NewerFormat` where they are newer."""
    found = _version(connection)
    _check_not_newer(found, where)
    return found == _known()


def check_version(connection: Connection, where: str) -> None:
    """Check that the tables are as this version of the library needs them.

    Raises:
        NotABook: there are none.
        Incomplete: they are older.
        NewerFormat: they are newer.
    """
    found, known = _version(connection), _known()
    if not found:
        raise NotABook(where, "there is no book in this database")
    _check_not_newer(found, where)
    if found < known:
        reason = f"its tables have version {found}, and this version of reliefstock needs {known}"
        do = "when nobody works with an older one, run reliefstock.stores.sql.upgrade(address) once"
        raise Incomplete(
            where,
            reason,
            do,
            zh=f"{where}：其表的版本为 {found}，本版 reliefstock 需要 {known}；"
            "请在无人使用旧版本时，运行一次 reliefstock.stores.sql.upgrade(address)",
        )


def _check_not_newer(found: int, where: str) -> None:
    if found > _known():
        raise NewerFormat(where, found, _known())


def _version(connection: Connection) -> int:
    """The number of the last step that was taken; 0 where there was none."""
    there = connection.execute(text(f"SELECT to_regclass('{SCHEMA}.alembic_version')")).scalar()
    if there is None:
        return 0
    query = text(f"SELECT version_num FROM {SCHEMA}.alembic_version")  # noqa: S608 -- a name of ours
    steps = connection.execute(query).scalars()
    return max((int(step) for step in steps), default=0)


def _known() -> int:
    return int(_scripts().get_current_head() or 0)


def check_tables(connection: Connection, tables: Sequence[Table], where: str) -> None:
    """Check that the index is as declared. Raises `StoreDamaged`."""
    query = text(
        "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns "
        "WHERE table_schema = :schema ORDER BY table_name, ordinal_position"
    )
    there: dict[str, list[tuple[str, str, bool]]] = {}
    for table, column, kind, empty in connection.execute(query, {"schema": SCHEMA}):
        there.setdefault(table, []).append((column, kind, empty == "YES"))
    for table in tables:
        if there.get(table.name) != list(_declared(table)):
            raise StoreDamaged(where, f"its index has no {table.name}, or not as this version keeps it")


def _declared(table: Table) -> Iterator[tuple[str, str, bool]]:
    yield "book", "bigint", False
    for column in table.columns:
        yield column.name, _KINDS[column.kind], column.empty
    yield SEAL, "bigint", False
