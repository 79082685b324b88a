"""What goes wrong with a PostgreSQL database, as errors of the library."""

from __future__ import annotations

import pytest

from reliefstock.errors import (
    AccessRefused,
    Incomplete,
    NotABook,
    ReliefstockError,
    StoreBusy,
    StoreDamaged,
    StoreFull,
    StoreReadOnly,
    StoreUnreachable,
)

psycopg = pytest.importorskip("psycopg", reason="the extra postgres is not installed")

from sqlalchemy.exc import DBAPIError, InvalidRequestError, ResourceClosedError  # noqa: E402 -- as above

from reliefstock.stores.sql_errors import told_sql  # noqa: E402


def raised(error: Exception) -> ReliefstockError:
    with pytest.raises(ReliefstockError) as caught, told_sql("county", 3):
        raise error
    return caught.value


def of_server(code: str) -> DBAPIError:
    return DBAPIError("SELECT 1", None, psycopg.errors.lookup(code)("it says\nso"))


def of_driver(says: str) -> DBAPIError:
    return DBAPIError("SELECT 1", None, psycopg.OperationalError(says))


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("55P03", StoreBusy),
        ("57014", StoreBusy),
        ("40001", StoreBusy),
        ("40P01", StoreBusy),
        ("08006", StoreUnreachable),
        ("57P01", StoreUnreachable),
        ("57P02", StoreUnreachable),
        ("57P03", StoreUnreachable),
        ("53300", StoreUnreachable),
        ("28P01", AccessRefused),
        ("28000", AccessRefused),
        ("42501", AccessRefused),
        ("3D000", NotABook),
        ("25006", StoreReadOnly),
        ("53100", StoreFull),
        ("42P01", Incomplete),
        ("42703", Incomplete),
        ("22003", Incomplete),
        ("23505", StoreDamaged),
        ("58030", StoreDamaged),
        ("XX001", StoreDamaged),
        ("P0001", StoreDamaged),
    ],
)
def test_each_code_has_its_error(code: str, kind: type[Exception]) -> None:
    error = raised(of_server(code))
    assert type(error) is kind
    assert "county" in error.sentence("zh")
    assert "SELECT" not in str(error)


@pytest.mark.parametrize(
    ("says", "kind"),
    [
        ('FATAL:  password authentication failed for user "clerk"', AccessRefused),
        ("connection to server failed: fe_sendauth: no password supplied", AccessRefused),
        ('FATAL:  no pg_hba.conf entry for host "10.0.0.1"', AccessRefused),
        ('FATAL:  role "clerk" does not exist', AccessRefused),
        ('FATAL:  permission denied for database "county"', AccessRefused),
        ('FATAL:  database "county" does not exist', NotABook),
        ("server closed the connection unexpectedly", StoreUnreachable),
        ("connection refused", StoreUnreachable),
        ('致命错误:  用户 "clerk" Password 认证失败', AccessRefused),
        ('致命错误:  角色 "clerk" 不存在', AccessRefused),
        ('致命错误:  数据库 "county" 不存在', NotABook),
        ('致命错误:  没有用于主机 "10.0.0.1" 的 pg_hba.conf 记录', AccessRefused),
    ],
)
def test_what_goes_wrong_before_there_is_a_connection_is_told_by_its_words(
    says: str, kind: type[Exception]
) -> None:
    assert type(raised(of_driver(says))) is kind


def test_what_a_database_cannot_hold_is_a_slip_of_whoever_asks() -> None:
    error = DBAPIError("SELECT 1", None, psycopg.DataError("text fields cannot contain NUL (0x00) bytes"))
    assert type(raised(error)) is Incomplete
    assert type(raised(InvalidRequestError("a value is required for bind parameter 'last'"))) is Incomplete


def test_a_connection_that_is_closed_is_lost() -> None:
    assert type(raised(ResourceClosedError("This Connection is closed"))) is StoreUnreachable


def test_what_is_not_of_the_database_goes_through() -> None:
    with pytest.raises(ZeroDivisionError), told_sql("county", 3):
        raise ZeroDivisionError
