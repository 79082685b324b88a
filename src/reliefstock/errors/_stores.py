"""Places where a book is kept that do not do what they are asked."""

from __future__ import annotations

import attrs

from reliefstock.errors._base import ReliefstockError

__all__ = [
    "AccessRefused",
    "AlreadyABook",
    "JournalMoved",
    "MissingExtra",
    "NewerFormat",
    "NotABook",
    "StoreBusy",
    "StoreDamaged",
    "StoreError",
    "StoreFull",
    "StoreReadOnly",
    "StoreUnreachable",
]


class StoreError(ReliefstockError):
    """Where a book is kept does not do what it is asked; what was acknowledged before still stands."""


@attrs.define
class NotABook(StoreError):
    """A file or a database holds no book, or not the one that is meant."""

    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where} is not the book that is meant: {self.reason}; check the name and the path"

    def _zh(self) -> str:
        return f"{self.where} 不是所要的账册：{self.reason}；请核对名称与路径"


@attrs.define
class NewerFormat(StoreError):
    """A book was written by a later version of the library."""

    where: str
    found: int
    known: int

    def __str__(self) -> str:
        return (
            f"{self.where} has format {self.found}, and this version of reliefstock knows up to "
            f"{self.known}; install a newer version, nothing was changed"
        )

    def _zh(self) -> str:
        return (
            f"{self.where} 的格式版本为 {self.found}，本版 reliefstock 只认识到 {self.known}；"
            "请安装较新的版本，账册未作任何改动"
        )


@attrs.define
class AlreadyABook(StoreError):
    """A new book was to be made where there is one."""

    where: str
    name: str

    def __str__(self) -> str:
        return f"{self.where} already holds the book {self.name!r}; open that one, or choose another place"

    def _zh(self) -> str:
        return f"{self.where} 已有账册 {self.name!r}；请打开该账册，或另选位置"


@attrs.define
class StoreReadOnly(StoreError):
    """A book can be read and not written."""

    where: str
    reason: str

    def __str__(self) -> str:
        return (
            f"{self.where} can be read and not written: {self.reason}; get the right to write, "
            "or open it to be read only"
        )

    def _zh(self) -> str:
        return f"{self.where} 只能读取，不能写入：{self.reason}；请取得写入权限，或以只读方式打开"


@attrs.define
class StoreBusy(StoreError):
    """Others are writing, and did not stop in the time allowed."""

    where: str
    seconds: float

    def __str__(self) -> str:
        return (
            f"others have been writing to {self.where} for more than {self.seconds} s; nothing was changed: "
            "send the same command again, with the same id"
        )

    def _zh(self) -> str:
        return f"他人正在写入 {self.where}，等待已超过 {self.seconds} 秒；未作改动：请以同一编号重发该命令"


@attrs.define
class StoreFull(StoreError):
    """There is no room for what was to be written."""

    where: str

    def __str__(self) -> str:
        return (
            f"there is no room to write to {self.where}; nothing was changed: make room, "
            "then send the same command again"
        )

    def _zh(self) -> str:
        return f"{self.where} 空间已满，未作改动；请腾出空间后重发同一命令"


@attrs.define
class StoreUnreachable(StoreError):
    """There is no connection to where a book is kept, or it was lost in mid-command."""

    where: str
    reason: str

    def __str__(self) -> str:
        return (
            f"{self.where} cannot be reached: {self.reason}; when it is back, send the same command again "
            "with the same id: if it was done, the first document comes back"
        )

    def _zh(self) -> str:
        return (
            f"无法连接 {self.where}：{self.reason}；恢复后请以同一编号重发该命令，若先前已记账，将取回原单据"
        )


@attrs.define
class AccessRefused(StoreError):
    """A wrong password, or no right to what was asked for."""

    where: str
    reason: str

    def __str__(self) -> str:
        return (
            f"{self.where} does not let this user in: {self.reason}; check the user, the password, the rights"
        )

    def _zh(self) -> str:
        return f"{self.where} 拒绝此用户：{self.reason}；请核对用户名、密码与权限"


@attrs.define
class StoreDamaged(StoreError):
    """What is kept cannot be read, or a write of it failed."""

    where: str
    reason: str

    def __str__(self) -> str:
        return (
            f"{self.where} is damaged, or its disk is: {self.reason}; keep a copy of it as it is, "
            "verify it, and restore the last backup"
        )

    def _zh(self) -> str:
        return f"{self.where} 已损坏，或其磁盘有故障：{self.reason}；请先原样留存一份，再作校验并恢复备份"


@attrs.define
class JournalMoved(StoreError):
    """Somebody else has written in between: catch up, check again, append again."""

    where: str
    expected: int
    found: int

    def __str__(self) -> str:
        return (
            f"{self.where} has {self.found} records, and this was checked after {self.expected}; "
            "catch up, and do it again"
        )

    def _zh(self) -> str:
        return f"{self.where} 已有 {self.found} 条记录，而核对时为 {self.expected} 条；请先跟上再重做"


@attrs.define
class MissingExtra(StoreError):
    """A part of the library is asked for that is not installed."""

    extra: str
    package: str

    def __str__(self) -> str:
        return (
            f"this needs {self.package}, which is not installed; install it with the library: "
            f"pip install 'reliefstock[{self.extra}]'"
        )

    def _zh(self) -> str:
        return f"此功能需要 {self.package}，尚未安装；请执行 pip install 'reliefstock[{self.extra}]'"
