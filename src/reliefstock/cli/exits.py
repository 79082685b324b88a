"""Exit codes: what a program that starts the command learns of how it went."""

from __future__ import annotations

from enum import IntEnum

from reliefstock.cli.texts import text
from reliefstock.errors import ImportRefused, RecordBroken, ReliefstockError, StoreError
from reliefstock.values import Language

__all__ = ["Exit", "FileUnusable", "WrongUsage", "exit_of"]


class Exit(IntEnum):
    """The exit codes; they mean the same for ever."""

    WELL = 0
    NOT_IN_ORDER = 1
    """Findings, a proof that fails, bad rows: the data, and not the command, is to be looked at."""
    WRONG_USAGE = 2
    NO_STORE = 3
    """A book or a file that cannot be opened or written."""
    REFUSED = 4
    FAULT = 70
    INTERRUPTED = 130


class WrongUsage(Exception):
    """Options that do not go together; argparse cannot say so by itself."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(key)


class FileUnusable(Exception):
    """A file beside the book cannot be read or written."""

    def __init__(self, where: str, reason: str) -> None:
        self.where = where
        self.reason = reason
        super().__init__(where, reason)

    def sentence(self, lang: Language) -> str:
        """What is wrong with it, in English or in Chinese (`zh`)."""
        return text("file", lang, where=self.where, reason=self.reason)


def exit_of(error: ReliefstockError) -> Exit:
    """The exit code of an error.

    >>> from reliefstock.errors import StoreFull, Unknown
    >>> exit_of(StoreFull("county.db")), exit_of(Unknown("item", "quilt"))
    (<Exit.NO_STORE: 3>, <Exit.REFUSED: 4>)
    """
    if isinstance(error, RecordBroken | ImportRefused):
        return Exit.NOT_IN_ORDER
    return Exit.NO_STORE if isinstance(error, StoreError) else Exit.REFUSED
