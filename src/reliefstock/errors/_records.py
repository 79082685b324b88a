"""Records and proofs that are not what was written."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import attrs

from reliefstock.errors._base import ReliefstockError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "ChainBroken",
    "ContentBroken",
    "EncodingBroken",
    "ProofBroken",
    "RecordBroken",
    "SnapshotBroken",
    "TextBroken",
]


class RecordBroken(ReliefstockError):
    """What is kept of a book, or shown as a proof, is not what was written."""


@attrs.define
class EncodingBroken(RecordBroken):
    """Bytes are not the one way in which any content is written; `offset` counts them from 0."""

    offset: int
    reason: str

    def __str__(self) -> str:
        return (
            f"this is not what was written, at byte {self.offset}: {self.reason}; "
            "take it from another copy, and verify both"
        )

    def _zh(self) -> str:
        return (
            f"内容已不是原来写入的，问题在第 {self.offset} 字节：{self.reason}；请改用另一份副本，并核验两份"
        )


@attrs.define
class ContentBroken(RecordBroken):
    """What is written is not of the type that it should be; `path` leads to it, `$` is the whole."""

    what: str
    path: str
    reason: str

    def __str__(self) -> str:
        return (
            f"this is no {self.what} of this version, at {self.path}: {self.reason}; "
            "read it with the version that wrote it, or take it from another copy"
        )

    def _zh(self) -> str:
        return (
            f"这不是本版本的 {self.what}，问题在 {self.path}：{self.reason}；"
            "请用写入它的版本读取，或改用另一份副本"
        )


_FAULTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "changed": ("was changed", "被改动"),
        "inserted": ("was put in", "是插入的"),
        "missing": ("is missing", "缺失"),
        "reordered": ("is out of its place", "次序被调换"),
        "truncated": ("and all after it are missing", "及其后各条缺失"),
        "rewritten": ("or one after it was written anew", "或其后某条被重写"),
    }
)


@attrs.define
class ChainBroken(RecordBroken):
    """Promise 11: each record names the one before it; `number` is the first that is at fault.

    `fault` is 'changed', 'inserted', 'missing', 'reordered', 'truncated' or 'rewritten'.
    """

    number: int
    fault: str
    reason: str

    def __str__(self) -> str:
        happened = _FAULTS.get(self.fault, (self.fault, ""))[0]
        return (
            f"record {self.number} {happened}: {self.reason}; compare with another copy, and with the "
            "checkpoints that others keep"
        )

    def _zh(self) -> str:
        happened = _FAULTS.get(self.fault, ("", self.fault))[1]
        return f"第 {self.number} 条记录{happened}：{self.reason}；请与其他副本以及他处留存的校验单比对"


@attrs.define
class ProofBroken(RecordBroken):
    """A proof does not lead to the root that it is to lead to."""

    what: str
    reason: str

    def __str__(self) -> str:
        return (
            f"{self.what} is not proven: {self.reason}; ask for the proof again, and for the checkpoint "
            "that it is of"
        )

    def _zh(self) -> str:
        return f"{self.what} 未获证明：{self.reason}；请重新索取证明及其所属的校验单"


@attrs.define
class SnapshotBroken(RecordBroken):
    """A snapshot is of another book, or not as it was written; the records are not touched by that."""

    where: str
    reason: str

    def __str__(self) -> str:
        return (
            f"the snapshot in {self.where} cannot be used: {self.reason}; open the book without it, "
            "by its records alone, and a new one takes its place"
        )

    def _zh(self) -> str:
        return f"{self.where} 中的快照不可用：{self.reason}；请不用快照、仅凭记录打开账册，随后会生成新的快照"


@attrs.define
class TextBroken(RecordBroken):
    """A checkpoint, a receipt or another such text is not in its form; lines count from 1."""

    what: str
    line: int
    reason: str

    def __str__(self) -> str:
        return (
            f"this is no {self.what}, in line {self.line}: {self.reason}; compare it with the text that "
            "it was copied from"
        )

    def _zh(self) -> str:
        return f"这不是 {self.what}，问题在第 {self.line} 行：{self.reason}；请与原文比对"
