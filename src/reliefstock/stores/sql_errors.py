"""What goes wrong with a PostgreSQL database, as the errors of the library.

A server tells by a code (SQLSTATE) what is wrong, whatever language it speaks. What goes wrong before there
is a connection has no code, so it is told by its words, in English and in Chinese; what is not understood is
a database that cannot be reached.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import MappingProxyType
from typing import Final

from reliefstock.errors import (
    AccessRefused,
    Incomplete,
    MissingExtra,
    NotABook,
    ReliefstockError,
    StoreBusy,
    StoreDamaged,
    StoreFull,
    StoreReadOnly,
    StoreUnreachable,
)

try:
    from psycopg.errors import DataError
    from sqlalchemy.exc import DBAPIError, ResourceClosedError, SQLAlchemyError
except ImportError as error:
    raise MissingExtra("postgres", "sqlalchemy") from error

__all__ = ["told_sql"]


def _asked(where: str, reason: str) -> Incomplete:
    do = "ask for what there is, in whole numbers of 64 bits, texts and bytes"
    return Incomplete(
        f"what was asked of {where}",
        reason,
        do,
        zh=f"对 {where} 的请求：{reason}；请只查询已有的内容，并只用 64 位整数、文本和字节",
    )


_Kind = Callable[[str, str], ReliefstockError]
_CODES: Final = MappingProxyType[str, _Kind](
    {
        "08": StoreUnreachable,
        "57P": StoreUnreachable,  # the server is stopping, or starting
        "5330": StoreUnreachable,  # too many connections
        "53400": StoreUnreachable,
        "28": AccessRefused,
        "42501": AccessRefused,
        "3D": NotABook,
        "25006": StoreReadOnly,
        "53100": lambda where, _: StoreFull(where),
        "22": _asked,
        "42": _asked,
    }
)
_BUSY: Final = ("55P03", "57014", "40001", "40P01")
_REFUSED: Final = (
    "password authentication failed",
    "no password supplied",
    "pg_hba.conf",
    "permission denied",
    "认证失败",
    "权限不够",
)
_NO_ROLE: Final = (("role ", "does not exist"), ("角色", "不存在"))
_NO_DATABASE: Final = (("database ", "does not exist"), ("数据库", "不存在"))


@contextmanager
def told_sql(where: str, seconds: float) -> Generator[None]:
    """Raise what goes wrong inside with a database as an error of the library.

    Args:
        where: what it is called in messages.
        seconds: how long others were waited for, where they were.

    Raises:
        StoreError: of the kind that it is.
        Incomplete: what was asked for is no query, or has parts that no store can keep.

    >>> from sqlalchemy import create_engine
    >>> with told_sql("county", 5):
    ...     create_engine("postgresql+psycopg://127.0.0.1:1/county").connect()
    Traceback (most recent call last):
    reliefstock.errors.StoreUnreachable: county cannot be reached: …
    """
    try:
        yield
    except DBAPIError as error:
        raise _told(error, where, seconds) from error
    except ResourceClosedError as error:
        raise StoreUnreachable(where, "the connection was lost") from error
    except SQLAlchemyError as error:
        raise _asked(where, str(error)) from error


def _told(error: DBAPIError, where: str, seconds: float) -> ReliefstockError:
    says = " ".join(str(error.orig).split())
    code: str | None = getattr(error.orig, "sqlstate", None)
    if code in _BUSY:
        return StoreBusy(where, seconds)
    if code is not None:
        return _kind(code)(where, says)
    return _asked(where, says) if isinstance(error.orig, DataError) else _of_words(says, where)


def _kind(code: str) -> _Kind:
    """What a code stands for, by the most of it that is known."""
    found = (code[:length] for length in range(len(code), 1, -1) if code[:length] in _CODES)
    known = next(found, None)
    return StoreDamaged if known is None else _CODES[known]


def _of_words(says: str, where: str) -> ReliefstockError:
    if any(words in says for words in _REFUSED) or _has(says, _NO_ROLE):
        return AccessRefused(where, says)
    return NotABook(where, says) if _has(says, _NO_DATABASE) else StoreUnreachable(where, says)


def _has(says: str, either: tuple[tuple[str, ...], ...]) -> bool:
    return any(all(word in says for word in words) for words in either)
