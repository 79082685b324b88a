"""Ids that the book does not know, and ids that are taken."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import attrs

from reliefstock.errors._base import ReliefstockError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["AlreadyKnown", "Unknown"]

_NOUNS: Mapping[str, str] = MappingProxyType(
    {
        "bill of materials": "物料清单",
        "donor": "捐赠方",
        "fund": "资金账户",
        "household": "家庭",
        "item": "物资",
        "project": "项目",
        "recipient": "接收方",
        "school": "学校",
        "stock level": "库存限额",
        "vehicle": "车辆",
        "society": "红十字会",
        "supplier": "供应商",
        "warehouse": "仓库",
        "warehouse or society": "仓库或红十字会",
    }
)


_OTHERS: Mapping[str, str] = MappingProxyType(
    {
        "allocation": "分配单",
        "batch": "批号",
        "count plan": "盘点计划",
        "document": "单据",
        "donation": "捐赠",
        "entry": "分录",
        "hold": "预留",
        "lot": "批次",
        "period close": "结账单",
        "person": "人员",
        "person's name": "姓名",
        "pledge": "捐赠协议",
        "recall notice": "召回通知单",
        "receiving report": "到货验收单",
        "revaluation": "价值调整单",
        "waybill": "货运单",
    }
)


def _what_zh(what: str) -> str:
    return _NOUNS.get(what) or _OTHERS.get(what) or what


@attrs.define
class Unknown(ReliefstockError, LookupError):
    """An id is not known to the book."""

    what: str
    given: str
    near: tuple[str, ...] = ()

    def __str__(self) -> str:
        hint = "add it first" if self.what in _NOUNS else "there is none of that name or number"
        if self.near:
            hint = f"did you mean {', '.join(map(repr, self.near))}?"
        return f"the book knows no {self.what} {self.given!r}; {hint}"

    def _zh(self) -> str:
        hint = "请先添加" if self.what in _NOUNS else "没有这个名称或编号"
        if self.near:
            hint = f"是否指 {'、'.join(map(repr, self.near))}？"
        return f"账簿中没有{_what_zh(self.what)} {self.given!r}；{hint}"


@attrs.define
class AlreadyKnown(ReliefstockError):
    """An id already stands for something else."""

    what: str
    given: str
    differs: str

    def __str__(self) -> str:
        return (
            f"{self.what} {self.given!r} is already in the book with another {self.differs}; "
            "choose another id, or amend the one that is there"
        )

    def _zh(self) -> str:
        return (
            f"{_what_zh(self.what)} {self.given!r} 已在账簿中，但 {self.differs} 不同；"
            "请另取编号，或修改已有的一项"
        )
