"""A PostgreSQL server for tests: started when it is first asked for, on a free port of the loopback."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psycopg

__all__ = ["Server", "programs"]

USER = "relief"
PATIENCE = 60  # seconds for starting and for stopping


def programs() -> Path | None:
    """The folder of the programs, the newest; None where the machine has none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    path = shutil.which("initdb")
    return None if path is None else Path(path).resolve().parent


class Server:
    """A server with an empty cluster. It is stopped with `close`, which takes its data away."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.password = secrets.token_hex(8)
        self.port = free_port()
        self.data = Path(tempfile.mkdtemp(prefix="reliefstock-postgres-"))
        self.process: subprocess.Popen[bytes] | None = None
        self._as: dict[str, str | int] = {}
        try:
            self._choose_user()
            self._make()
            self.start()
        except BaseException:
            self.close()
            raise

    def _choose_user(self) -> None:
        """The programs refuse to run as root, so somebody else owns the data then."""
        if os.geteuid() == 0:
            names = [
                name for name in ("postgres", "nobody") if name in {entry.pw_name for entry in pwd.getpwall()}
            ]
            owner = pwd.getpwnam(names[0])
            os.chown(self.data, owner.pw_uid, owner.pw_gid)
            self._as = {"user": owner.pw_uid, "group": owner.pw_gid}

    def _make(self) -> None:
        secret = self.data / "secret"
        secret.write_text(self.password, encoding="utf-8")
        if self._as:
            os.chown(secret, int(self._as["user"]), int(self._as["group"]))
        options = ["--encoding=UTF8", "--locale=C.UTF-8", "--auth=scram-sha-256", f"--username={USER}"]
        command = [self.folder / "initdb", "-D", self.data / "cluster", f"--pwfile={secret}", *options]
        subprocess.run(command, check=True, capture_output=True, cwd=self.data, **self._as)  # type: ignore[call-overload]
        secret.unlink()

    def start(self) -> None:
        """Start it, also again, and wait until it answers."""
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": self.port,
            "unix_socket_directories": self.data,
            "fsync": "on",
            "max_connections": 50,
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (self.data.parent / f"{self.data.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                [self.folder / "postgres", "-D", self.data / "cluster", *options],
                stdout=log,
                stderr=log,
                cwd=self.data,
                **self._as,  # type: ignore[call-overload]
            )
        end = time.monotonic() + PATIENCE
        while True:
            try:
                psycopg.connect(self.dsn("postgres"), connect_timeout=5).close()
            except psycopg.OperationalError:
                if time.monotonic() > end or self.process.poll() is not None:
                    raise
                time.sleep(0.05)
            else:
                return

    def stop(self, *, at_once: bool = False) -> None:
        """Stop it: who is connected is sent away, or with `at_once` it falls down as in a loss of power."""
        process, self.process = self.process, None
        if process is not None:
            process.send_signal(signal.SIGQUIT if at_once else signal.SIGINT)
            process.wait(PATIENCE)

    def close(self) -> None:
        """Stop it, and take its data away."""
        with suppress(subprocess.TimeoutExpired):
            self.stop()
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.with_name(f"{self.data.name}.log").unlink(missing_ok=True)

    def dsn(self, database: str) -> str:
        """The address of a database for the driver."""
        return f"postgresql://{USER}:{self.password}@127.0.0.1:{self.port}/{database}"

    def address(self, database: str) -> str:
        """The address of a database as the library takes it."""
        return self.dsn(database).replace("postgresql", "postgresql+psycopg", 1)

    def run(self, statement: str, database: str = "postgres") -> None:
        """Let the server carry out something."""
        with psycopg.connect(self.dsn(database), autocommit=True, client_encoding="utf8") as connection:
            connection.execute(statement.encode())

    def database(self) -> str:
        """The address of a new, empty database."""
        name = f"d{secrets.token_hex(6)}"
        self.run(f"CREATE DATABASE {name}")
        return self.address(name)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
