"""A program run as a whole process: how long it takes by the clock, how much memory, what it prints."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from subprocess import Popen
from tempfile import TemporaryFile
from time import perf_counter

import attrs

__all__ = ["Failed", "Run", "environment", "run"]


@attrs.frozen
class Run:
    """What one process took. Its memory counts from what the process that starts it has, some 30 MB."""

    seconds: float
    kilobytes: int
    printed: str


class Failed(Exception):
    """A process ended with an error; the text is what it complained about."""


def environment(folder: Path) -> dict[str, str]:
    """What the processes find: bytecode is kept in a folder, as where a program is installed."""
    found = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    here = str(Path(__file__).resolve().parents[1])
    return found | {
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
        "PYTHONPATH": here,
        "TMPDIR": str(folder),
        "LC_ALL": "C.UTF-8",
    }


def run(command: Sequence[str], env: Mapping[str, str]) -> Run:
    """Run a program to its end. Raises `Failed` where it ends with an error."""
    with TemporaryFile() as printed, TemporaryFile() as complaint:
        began = perf_counter()
        process = Popen(command, stdout=printed, stderr=complaint, env=dict(env))  # noqa: S603 -- stated by us
        _, status, used = os.wait4(process.pid, 0)
        seconds = perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(
            status
        )  # it is waited for, and Popen need not know how
        if process.returncode:
            complaint.seek(0)
            raise Failed(f"{' '.join(command)}: {complaint.read().decode(errors='replace')[-2_000:]}")
        printed.seek(0)
        return Run(seconds, used.ru_maxrss, printed.read().decode())
