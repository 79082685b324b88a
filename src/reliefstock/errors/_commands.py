"""Commands whose id stands for another command."""

from __future__ import annotations

import attrs

from reliefstock.errors._base import ReliefstockError

__all__ = ["CommandConflict"]


@attrs.define
class CommandConflict(ReliefstockError):
    """Promise 8: a command id was used before with other content."""

    command: str
    document: str

    def __str__(self) -> str:
        return (
            f"command {self.command!r} already produced {self.document} with other content; "
            "send the first content again to get that document, or use a new id"
        )

    def _zh(self) -> str:
        return (
            f"命令 {self.command!r} 已生成 {self.document}，内容不同；"
            "请按原内容重发以取回该单据，或换用新的命令编号"
        )
