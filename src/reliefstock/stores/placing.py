"""Files that appear whole or not at all: made beside their place under another name, then put there.

Whoever looks at the place sees no file, or a finished one whose bytes have reached the disk. What is there
already is never overwritten.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager
from errno import ENOENT
from pathlib import Path
from secrets import token_hex
from typing import Final

__all__ = ["SIDES", "placed", "synced"]

SIDES: Final = ("-journal", "-wal", "-shm")
"""What SQLite calls the files beside a file: they belong to it, and to no other that is put in its place."""


@contextmanager
def placed(target: Path) -> Generator[Path]:
    """Give the path of a file to be made; it is put in its place at the end, or taken away on an error.

    Raises:
        FileExistsError: there is a file already, or one was made meanwhile.
        FileNotFoundError: there is no folder for it.
        OSError: as the system says it.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with placed(Path(folder, "county.txt")) as draft:
    ...         written = draft.write_text("opened", encoding="utf-8")
    ...     [path.name for path in Path(folder).iterdir()]
    ['county.txt']
    """
    if target.exists() or target.is_symlink():
        raise FileExistsError(target)
    if not target.parent.is_dir():
        raise FileNotFoundError(ENOENT, f"there is no folder {target.parent} for it")
    draft = target.with_name(f".{target.name}.{token_hex(4)}.part")
    try:
        yield draft
        synced(draft)
        _link(draft, target)
        synced(target.parent)
    finally:
        for path in (draft, *(draft.with_name(draft.name + side) for side in SIDES)):
            path.unlink(missing_ok=True)


def _link(draft: Path, target: Path) -> None:
    """Give a file its name, unless another has it; where there are no links, by looking first."""
    try:
        os.link(draft, target)
    except FileExistsError:
        raise
    except OSError:
        if target.exists():
            raise FileExistsError(target) from None
        draft.rename(target)


def synced(path: Path) -> None:
    """Let what was written to a file, or which names are in a folder, reach the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
