"""The servers and places that contract tests are run over."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contract.postgres import Server


def started() -> Iterator[Server]:
    try:
        from contract.postgres import Server, programs
    except ImportError as error:  # no driver
        absent(str(error))
        return
    folder = programs()
    if folder is None:
        absent("there are no programs of PostgreSQL (Debian: apt-get install postgresql)")
        return
    server = Server(folder)
    yield server
    server.close()


def absent(reason: str) -> None:
    """Skip; but where everything is to be run, what cannot be run has failed."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server, one for all tests of a worker. Who stops it starts it again."""
    yield from started()


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server of the test alone, which it may let fall down: one with much data takes long to come back."""
    yield from started()


@pytest.fixture
def database(server: Server) -> str:
    """The address of a new, empty database."""
    return server.database()


@pytest.fixture(scope="session")
def shared_database(server: Server) -> str:
    """The address of a database that many tests keep their books in, each by a name of its own."""
    return server.database()
