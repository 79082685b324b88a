"""Everything that can go wrong, in one tree.

Each error has fields, for programs, and a sentence, for people: what was asked, what was there,
what to do. Misuse raises one of these and leaves the book as it was. What is wrong with the *data*
is not raised but gathered, as findings (see `reliefstock.reconciliation.findings`).

::

    ReliefstockError
    ├── ValueRefused (ValueError)        a value that cannot be what it is meant to be
    │   ├── NotExact (TypeError)         a float, a bool or another type where an exact number is due
    │   ├── NotPositive                  a quantity or an amount that must be above zero
    │   ├── CurrencyUnknown              a code that is not an active ISO 4217 currency
    │   ├── CurrencyMismatch             two currencies in one sum
    │   ├── UnitMismatch                 units of two kinds in one sum, or no way from one to the other
    │   ├── ConversionNotWhole           a conversion that would need a fraction of a unit
    │   ├── NotABusinessDate (TypeError) an instant, a number or a text that is no ISO date
    │   ├── DateTooFarAhead              a business date later than the policy allows
    │   ├── BadIdentifier                an id that is empty, too long or has unprintable characters
    │   ├── UnreadableFigure             a printed amount that cannot be read in one way only
    │   ├── ContainsItself               a kit that would be a part of itself
    │   ├── BadDemand                    a demand that no rule can share out for
    │   ├── BadData                      plain data that is no request: all that is wrong, with the paths
    │   └── Incomplete                   a request in which something that must be stated is missing
    ├── Unknown (LookupError)            an id that the book does not know
    ├── AlreadyKnown                     an id that already stands for something else
    ├── PromiseBroken                    an entry that would break a promise of the ledger
    │   ├── QuantityNotConserved         promise 1
    │   ├── ValueNotConserved            promise 2
    │   ├── BelowZero                    promise 3
    │   │   └── CountOvertaken           units that a count found missing, and that have left since
    │   ├── ResidueLeft                  promise 4
    │   ├── PastChanged                  promise 5
    │   ├── CountBroken                  promise 6: what was not counted so, or not known then
    │   ├── CountConflict                promise 6: a count would overrule what became known after it
    │   ├── HoldBroken                   promise 7
    │   ├── HeldForOthers                promise 3, for what is held for somebody else
    │   ├── PeriodClosed                 promise 9
    │   ├── PeriodSealed                 promise 9, for good
    │   └── LotOriginBroken              a lot that does not come in once and whole
    ├── RuleBroken                       a rule of the field that the request does not meet
    │   ├── NotEnough                    less usable stock than asked for
    │   ├── OutsideRestriction           a use that the donor did not give it for
    │   ├── NotUsable                    expired, quarantined or too short-lived goods
    │   ├── OverCapacity                 a load that is too heavy or too large for its vehicle
    │   ├── NeedsApproval                an act that somebody else must approve
    │   ├── CloseBlocked                 a period that cannot be closed yet: all that is in the way
    │   └── NotOpen                      a document that has been dealt with, or cannot be yet
    ├── RecordBroken                     what is kept, or shown as proof, is not what was written
    │   ├── EncodingBroken               bytes that are not the one way of writing anything
    │   ├── ContentBroken                content that is not of the types that it should be
    │   ├── ChainBroken                  promise 11: a record changed, missing, put in or moved
    │   ├── ProofBroken                  a proof that does not lead to the root
    │   ├── SnapshotBroken               a snapshot that is of another book, or not as it was written
    │   └── TextBroken                   a checkpoint, a receipt or another such text not in its form
    ├── StoreError                       where a book is kept does not do what it is asked
    │   ├── NotABook                     a file, or a database, that holds no book, or not the one meant
    │   ├── NewerFormat                  written by a later version of the library
    │   ├── AlreadyABook                 a new book where there is one
    │   ├── StoreReadOnly                it can be read and not written
    │   ├── StoreBusy                    others are writing, and did not stop in the time allowed
    │   ├── StoreFull                    there is no room
    │   ├── StoreUnreachable             no connection, or one that was lost in mid-command
    │   ├── AccessRefused                a wrong password, or no right to it
    │   ├── StoreDamaged                 it cannot be read, or a write of it failed
    │   ├── JournalMoved                 somebody else has written in between
    │   └── MissingExtra                 a part of the library that is not installed
    ├── CommandConflict                  a used command id with other content (promise 8)
    └── ImportRefused                    a data file with bad rows: all of them, nothing posted
"""

from __future__ import annotations

from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

import attrs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

__all__ = [
    "AccessRefused",
    "AlreadyABook",
    "AlreadyKnown",
    "BadData",
    "BadDemand",
    "BadIdentifier",
    "BadRow",
    "BelowZero",
    "Blocker",
    "ChainBroken",
    "CloseBlocked",
    "CommandConflict",
    "ContainsItself",
    "ContentBroken",
    "ConversionNotWhole",
    "CountBroken",
    "CountConflict",
    "CountOvertaken",
    "CurrencyMismatch",
    "CurrencyUnknown",
    "DateTooFarAhead",
    "EncodingBroken",
    "HeldForOthers",
    "HoldBroken",
    "ImportRefused",
    "Incomplete",
    "JournalMoved",
    "LotOriginBroken",
    "MissingExtra",
    "NeedsApproval",
    "NewerFormat",
    "NotABook",
    "NotABusinessDate",
    "NotEnough",
    "NotExact",
    "NotOpen",
    "NotPositive",
    "NotUsable",
    "OutsideRestriction",
    "OverCapacity",
    "PastChanged",
    "PeriodClosed",
    "PeriodSealed",
    "PromiseBroken",
    "ProofBroken",
    "QuantityNotConserved",
    "RecordBroken",
    "ReliefstockError",
    "ResidueLeft",
    "RuleBroken",
    "SnapshotBroken",
    "StoreBusy",
    "StoreDamaged",
    "StoreError",
    "StoreFull",
    "StoreReadOnly",
    "StoreUnreachable",
    "TextBroken",
    "UnitMismatch",
    "Unknown",
    "UnreadableFigure",
    "ValueNotConserved",
    "ValueRefused",
]


class ReliefstockError(Exception):
    """The root: catch this to catch all that the library raises on purpose."""

    def sentence(self, lang: Literal["en", "zh"] = "en") -> str:
        """The sentence in English, as `str` gives it, or in Chinese (`zh`).

        What an operation said in words of its own, a reason or what to do, stays as it was said.

        Raises:
            Incomplete: `lang` is neither 'en' nor 'zh'.

        >>> print(CurrencyMismatch(asked="USD", there="CNY").sentence("zh"))
        USD 与 CNY 不能合在一起；请先按写明的汇率折算，并留存汇率依据
        """
        if lang == "zh":
            return self._zh()
        if lang == "en":
            return str(self)
        raise Incomplete(
            "a text for people",
            f"there is none in the language {lang!r}",
            "ask for 'zh' or 'en'",
            zh=f"没有 {lang!r} 这种语言的文字；请用 'zh' 或 'en'",
        )

    def _zh(self) -> str:
        return str(self)


class ValueRefused(ReliefstockError, ValueError):
    """A value cannot be what it is meant to be."""


@attrs.define
class NotExact(ValueRefused, TypeError):
    """A float, a bool or another type stands where an exact number is due."""

    what: str
    given: object

    def __str__(self) -> str:
        return (
            f"{self.what} must be a whole number, got {type(self.given).__name__} {self.given!r}; "
            "give an int, or a text such as '12.50' where a decimal is meant"
        )

    def _zh(self) -> str:
        return (
            f"{self.what}须为整数，现为 {type(self.given).__name__} {self.given!r}；"
            "请用 int，有小数的金额请用文本，如 '12.50'"
        )


@attrs.define
class NotPositive(ValueRefused):
    """A quantity or an amount must be above zero."""

    what: str
    given: object

    def __str__(self) -> str:
        advice = "; to undo an entry, reverse it instead of posting a negative one" if self._is_below else ""
        return f"{self.what} must be above zero, got {self.given}{advice}"

    def _zh(self) -> str:
        advice = "；要撤销分录请冲销，不要记负数" if self._is_below else ""
        return f"{self.what}须大于零，现为 {self.given}{advice}"

    @property
    def _is_below(self) -> bool:
        number = getattr(self.given, "minor", getattr(self.given, "count", self.given))
        return isinstance(number, int) and number < 0


@attrs.define
class CurrencyUnknown(ValueRefused):
    """A code is not an active ISO 4217 currency."""

    code: object

    def __str__(self) -> str:
        return f"{self.code!r} is not an ISO 4217 currency; use a code such as 'CNY' or 'USD'"

    def _zh(self) -> str:
        return f"{self.code!r} 不是 ISO 4217 货币代码；请用 'CNY'、'USD' 这样的代码"


@attrs.define
class CurrencyMismatch(ValueRefused):
    """Two currencies meet in one sum, comparison or book."""

    asked: str
    there: str

    def __str__(self) -> str:
        return (
            f"{self.asked} cannot be put together with {self.there}; "
            "convert it first at a stated rate and keep the rate as evidence"
        )

    def _zh(self) -> str:
        return f"{self.asked} 与 {self.there} 不能合在一起；请先按写明的汇率折算，并留存汇率依据"


@attrs.define
class UnitMismatch(ValueRefused):
    """Units of two kinds meet in one sum, or there is no exact way from one to the other.

    `known` has the units of the item `there` where one is asked for that it does not have.
    """

    asked: str
    there: str
    known: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.known:
            return f"{self.there} has no unit {self.asked!r}; it has {', '.join(map(repr, self.known))}"
        return (
            f"{self.asked} and {self.there} are different units of count and are never added; "
            "state both, or convert by a pack that the item declares"
        )

    def _zh(self) -> str:
        if self.known:
            return f"{self.there} 没有单位 {self.asked!r}；有 {'、'.join(map(repr, self.known))}"
        return f"{self.asked} 与 {self.there} 是不同的计量单位，不能相加；请分别填写，或按物资已有的包装换算"


@attrs.define
class ConversionNotWhole(ValueRefused):
    """A conversion would need a fraction of a unit."""

    count: int
    unit: str
    target: str

    def __str__(self) -> str:
        return (
            f"{self.count} {self.unit} is not a whole number of {self.target}; "
            "use the smaller unit, or state the whole packs and the rest on two lines"
        )

    def _zh(self) -> str:
        return (
            f"{self.count} {self.unit} 折不成整数的 {self.target}；请用较小的单位，或把整件与零头分两行填写"
        )


@attrs.define
class NotABusinessDate(ValueRefused, TypeError):
    """An instant, a number or a text that is no ISO date stands where a business date is due."""

    given: object

    def __str__(self) -> str:
        due = f"a business date is due, got {type(self.given).__name__} {self.given!r}"
        if isinstance(self.given, str):
            return f"{due}; write it 'YYYY-MM-DD'"
        return (
            f"{due}; give a date or 'YYYY-MM-DD': an instant has no business date until somebody says "
            "in which time zone"
        )

    def _zh(self) -> str:
        due = f"此处须为业务日期，现为 {type(self.given).__name__} {self.given!r}"
        if isinstance(self.given, str):
            return f"{due}；请写成 'YYYY-MM-DD'"
        return f"{due}；请用日期或 'YYYY-MM-DD'：时刻要说明时区才有业务日期"


@attrs.define
class DateTooFarAhead(ValueRefused):
    """A business date is later than the policy of the book allows."""

    asked: date
    latest: date

    def __str__(self) -> str:
        return (
            f"{self.asked.isoformat()} is too far ahead, the latest date the book takes is "
            f"{self.latest.isoformat()}; check the year, or raise Policy.days_ahead"
        )

    def _zh(self) -> str:
        return (
            f"{self.asked.isoformat()} 太靠后，本账簿最晚接受 {self.latest.isoformat()}；"
            "请核对年份，或调大 Policy.days_ahead"
        )


@attrs.define
class BadIdentifier(ValueRefused):
    """An id is empty, too long, or has characters that cannot be told apart on paper."""

    what: str
    given: object
    reason: str

    def __str__(self) -> str:
        return f"{self.given!r} cannot be a {self.what}: {self.reason}"

    def _zh(self) -> str:
        return f"{self.given!r} 不能作为编号（{self.what}）：{self.reason}"


@attrs.define
class UnreadableFigure(ValueRefused):
    """A printed amount cannot be read, or could be read in more than one way."""

    text: str
    position: int
    reason: str

    def __str__(self) -> str:
        at = self.position + 1
        return f"cannot read {self.text!r} as a printed figure, at character {at}: {self.reason}"

    def _zh(self) -> str:
        return f"{self.text!r} 读不成数字，问题在第 {self.position + 1} 个字符：{self.reason}"


@attrs.define
class ContainsItself(ValueRefused):
    """A kit would contain itself; `loop` is the way from its item through others back to it."""

    item: str
    loop: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"a kit of {self.item} would contain itself: {' > '.join(self.loop)}; "
            "take one of them out of its bill, or give the kit an item of its own"
        )

    def _zh(self) -> str:
        return (
            f"{self.item} 会包含它自己：{' > '.join(self.loop)}；"
            "请从物料清单中去掉其中一项，或为该组合包另设物资"
        )


@attrs.define
class BadDemand(ValueRefused):
    """A demand is not one that can be shared out for; `fault` says what is wrong with it.

    `stated` has the figures: of a demand its need, weight, tier, least, most and lot.
    """

    recipient: str
    fault: str
    stated: tuple[object, ...] = ()

    def __str__(self) -> str:
        return f"the demand of {self.recipient}: {_DEMANDS[self.fault][0].format(*self.stated)}"

    def _zh(self) -> str:
        return f"{self.recipient} 的需求：{_DEMANDS[self.fault][1].format(*self.stated)}"


_DEMANDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "whole": (
            "{0!r} and what else is stated are not all whole numbers; state whole units",
            "{0!r} 等数字不全是整数；请用整数单位填写",
        ),
        "negative": (
            "{0} units are needed; state a whole number from 0 on, also as least and most",
            "需要 {0} 个；请填写不小于 0 的整数，最少与最多亦同",
        ),
        "weight": ("the weight is {1}; state a whole number from 1 on", "权数为 {1}；请填写不小于 1 的整数"),
        "lot": ("a box has {5} units; state a whole number from 1 on", "每箱 {5} 个；请填写不小于 1 的整数"),
        "large": (
            "a number has more than 63 bits; count in larger units",
            "数字超过 63 位二进制；请改用较大的单位",
        ),
        "least": (
            "at least {3} are asked for, and at most {4} of {0} needed are of use; change one of these",
            "至少要 {3} 个，而需要 {0} 个、至多 {4} 个有用；请调低前者或调高后者",
        ),
        "twice": ("there are two of one recipient; add them up", "同一接收方有两条；请合并"),
        "items": (
            "it is for {0!r}, and the first is for {1!r}; share out item by item",
            "物资为 {0!r}，而第一条为 {1!r}；请按物资分别分配",
        ),
        "length": (
            "it has {0} rows and there are {1} recipients; state a row for each",
            "有 {0} 行，而接收方有 {1} 个；请每个接收方一行",
        ),
        "sources": ("nothing says which sources it may have; name them", "没有写明可用哪些来源；请写明"),
        "id": ("its recipient is no text; name it by its id", "接收方不是文本；请用编号写明"),
        "column": (
            "it is none; state need, weight, tier, least, most or lot, a list of whole numbers each",
            "没有这一列；请填写 need、weight、tier、least、most 或 lot，各为整数列表",
        ),
        "reached": (
            "of the least amount of {0} there is enough for each alone and not for all; say who goes without",
            "至少有用的 {0} 个，单独都够，合起来不够；请指明谁不参加",
        ),
    }
)


@attrs.define
class BadData(ValueRefused):
    """Plain data is not what it is meant to be; `problems` has all that is wrong, each with its path."""

    what: str
    problems: tuple[str, ...]

    def __str__(self) -> str:
        head = f"this is no {self.what}; correct it and send it again:"
        return "\n".join([head, *(f"  {problem}" for problem in self.problems)])

    def _zh(self) -> str:
        return "\n".join([f"这不是 {self.what}；请改正后重新提交：", *(f"  {one}" for one in self.problems)])


@attrs.define
class Incomplete(ValueRefused):
    """Something that must be stated is missing, or two statements exclude one another.

    `zh` is the whole sentence in Chinese, where whoever raised it has said it in Chinese too.
    """

    what: str
    missing: str
    do: str
    zh: str = attrs.field(default="", kw_only=True)

    def __str__(self) -> str:
        return f"{self.what}: {self.missing}; {self.do}"

    def _zh(self) -> str:
        return self.zh or f"{self.what}：{self.missing}；{self.do}"


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


class PromiseBroken(ReliefstockError):
    """An entry would break a promise of the ledger; nothing was posted."""


@attrs.define
class QuantityNotConserved(PromiseBroken):
    """Promise 1: in every entry the quantities of each lot sum to zero."""

    lot: str
    difference: int

    def __str__(self) -> str:
        return (
            f"the postings of lot {self.lot} sum to {self.difference:+d} units, not to zero; "
            "say where the rest came from or went"
        )

    def _zh(self) -> str:
        return f"批次 {self.lot} 的各笔数量合计为 {self.difference:+d}，不为零；请写明其余的来处或去处"


@attrs.define
class ValueNotConserved(PromiseBroken):
    """Promise 2: in every entry the values of each lot, or of a conversion, sum to zero."""

    where: str
    difference: int

    def __str__(self) -> str:
        return (
            f"the values of {self.where} sum to {self.difference:+d} minor units, not to zero; "
            "say where the rest came from or went"
        )

    def _zh(self) -> str:
        return (
            f"{self.where} 的各笔金额合计为 {self.difference:+d}（最小货币单位），不为零；"
            "请写明其余的来处或去处"
        )


@attrs.define
class BelowZero(PromiseBroken):
    """Promise 3: no place inside holds less than nothing on any date."""

    place: str
    lot: str
    on: date
    asked: int
    there: int

    def __str__(self) -> str:
        return (
            f"asked to take {self.asked} of lot {self.lot} from {self.place}, but on "
            f"{self.on.isoformat()} only {self.there} would be there; take less, take another lot, "
            "or correct the later entries first"
        )

    def _zh(self) -> str:
        return (
            f"要从 {self.place} 取批次 {self.lot} 的 {self.asked}，"
            f"但 {self.on.isoformat()} 那里只会有 {self.there}；"
            "请少取，改取其他批次，或先更正其后的分录"
        )


@attrs.define
class CountOvertaken(BelowZero):
    """Promise 3: units that a count found missing have left by the book since, so they cannot be lost.

    `count` is the plan of the count, `since` are the entries that took from the lot after it was counted.
    """

    count: str
    since: tuple[int, ...]

    def __str__(self) -> str:
        return (
            f"count {self.count} found {self.asked} of lot {self.lot} missing in {self.place}, and from "
            f"{self.on.isoformat()} on only {self.there} of it are left there: entries "
            f"{', '.join(map(str, self.since))} took them since; correct those that took what was not there, "
            "or withdraw the sheets and count again"
        )

    def _zh(self) -> str:
        return (
            f"盘点 {self.count} 发现 {self.place} 的批次 {self.lot} 少 {self.asked}，"
            f"但 {self.on.isoformat()} 起那里只剩 {self.there}：其后由第 "
            f"{'、'.join(map(str, self.since))} 号分录出库；请更正多出库的分录，或撤回盘点表后重新盘点"
        )


@attrs.define
class ResidueLeft(PromiseBroken):
    """Promise 4: a place with no units of a lot holds none of its value.

    Values are in minor units. `least` and `most` are what the units asked for can carry.
    """

    place: str
    lot: str
    on: date
    asked: int
    least: int
    most: int

    def __str__(self) -> str:
        return (
            f"taking a value of {self.asked} minor units of lot {self.lot} from {self.place} would "
            f"leave value without units on {self.on.isoformat()}, the units can carry {self.least} "
            f"to {self.most}; date the entry later, or correct the later entries first"
        )

    def _zh(self) -> str:
        return (
            f"从 {self.place} 取走批次 {self.lot} 的 {self.asked}（最小货币单位），"
            f"{self.on.isoformat()} 会剩下没有数量的金额，这些数量可带走 {self.least} 至 {self.most}；"
            "请把日期写晚，或先更正其后的分录"
        )


@attrs.define
class PastChanged(PromiseBroken):
    """Promise 5: an entry is never changed; it is reversed, once, exactly, and done again."""

    entry: int
    reason: str

    def __str__(self) -> str:
        return f"entry {self.entry} stands: {self.reason}"

    def _zh(self) -> str:
        return f"第 {self.entry} 号分录不可改动：{self.reason}"


@attrs.define
class CountBroken(PromiseBroken):
    """Promise 6: a count says what was counted, and what the book knew at that moment."""

    document: str
    lot: str
    reason: str

    def __str__(self) -> str:
        return f"the count of lot {self.lot} on {self.document} cannot be kept: {self.reason}"

    def _zh(self) -> str:
        return f"{self.document} 对批次 {self.lot} 的盘点不能登记：{self.reason}"


@attrs.define
class CountConflict(PromiseBroken):
    """Promise 6: entries that came to be known after a count may explain what it found.

    `entries` are their numbers, `lots` what they moved; each is to be acknowledged.
    """

    count: str
    entries: tuple[int, ...]
    lots: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"count {self.count} did not know entries {self._entries('en')}, which tell of days before it or "
            f"take such entries back, of lot {', '.join(self.lots)}; look at them and name each: in late= to "
            "take it into what the book said on that day, or in set_aside= where it only takes an entry back "
            "and changes nothing of what was counted"
        )

    def _zh(self) -> str:
        return (
            f"盘点 {self.count} 时账簿尚无第 {self._entries('zh')} 号分录，"
            f"它们涉及盘点以前的事，批次 {'、'.join(self.lots)}；请逐一核对并写明："
            "计入当日账面数的写入 late=，只是冲销、与所盘数量无关的写入 set_aside="
        )

    def _entries(self, lang: Literal["en", "zh"]) -> str:
        return ("、" if lang == "zh" else ", ").join(map(str, self.entries))


@attrs.define
class HoldBroken(PromiseBroken):
    """Promise 7: a hold keeps something that is there, and is resolved once."""

    hold: str
    lot: str
    reason: str

    def __str__(self) -> str:
        return f"hold {self.hold} on lot {self.lot} stands as it is: {self.reason}"

    def _zh(self) -> str:
        return f"预留 {self.hold}（批次 {self.lot}）不可改动：{self.reason}"


@attrs.define
class HeldForOthers(PromiseBroken):
    """Promise 3: what is held for one is not given to another. Quantities are in base units.

    `free` is what could be taken at most.
    """

    place: str
    lot: str
    on: date
    asked: int
    free: int

    def __str__(self) -> str:
        return (
            f"asked for {self.asked} of lot {self.lot} in {self.place} from {self.on.isoformat()} on, "
            f"{self.free} are free and the rest is held for others; take less, take another lot, name the "
            "hold, or release one first"
        )

    def _zh(self) -> str:
        return (
            f"{self.on.isoformat()} 起要用 {self.place} 批次 {self.lot} 的 {self.asked}，"
            f"未预留的只有 {self.free}，其余已为他人预留；请少取，改取其他批次，写明预留编号，或先解除预留"
        )


@attrs.define
class PeriodClosed(PromiseBroken):
    """Promise 9: nothing is dated on a day that is closed."""

    day: date
    closed_through: date

    @property
    def first_open(self) -> date:
        """The day on which late news can be entered."""
        return self.closed_through + timedelta(days=1)

    def __str__(self) -> str:
        return (
            f"{self.day.isoformat()} is closed, the book is closed through "
            f"{self.closed_through.isoformat()}; date it {self.first_open.isoformat()} or later and say "
            f"which day it is about: concerns='{self.day.isoformat()}'"
        )

    def _zh(self) -> str:
        return (
            f"{self.day.isoformat()} 已结账（本账簿已结至 {self.closed_through.isoformat()}）；"
            f"请记在 {self.first_open.isoformat()} 或以后，并注明所属日期："
            f"concerns='{self.day.isoformat()}'"
        )


@attrs.define
class PeriodSealed(PromiseBroken):
    """Promise 9: what is sealed is never opened again."""

    sealed_through: date

    def __str__(self) -> str:
        return (
            f"the book is sealed through {self.sealed_through.isoformat()} and stays closed up to then; "
            "enter late news on the first open day, with the date that it is about"
        )

    def _zh(self) -> str:
        return (
            f"账簿已封存至 {self.sealed_through.isoformat()}，不能再开；"
            "迟到的事项请记在第一个未结账的日期，并注明所属日期"
        )


@attrs.define
class LotOriginBroken(PromiseBroken):
    """A lot comes in once and whole, and each entry tells from where to where it went."""

    lot: str
    reason: str

    def __str__(self) -> str:
        return f"lot {self.lot} cannot be posted so: {self.reason}"

    def _zh(self) -> str:
        return f"批次 {self.lot} 不能这样记账：{self.reason}"


class RuleBroken(ReliefstockError):
    """A rule of the field is not met; nothing was posted."""


@attrs.define
class NotEnough(RuleBroken):
    """There is less usable stock than asked for. Quantities are in base units of the item.

    Of what is counted by value these are minor units of `currency`, which has so many `decimals`.
    """

    item: str
    place: str
    on: date
    asked: int
    there: int
    passed_over: tuple[str, ...] = ()
    currency: str | None = None
    decimals: int = 0

    def __str__(self) -> str:
        why = f" ({'; '.join(self.passed_over)})" if self.passed_over else ""
        return (
            f"asked for {self._of_item()} from {self.place} on {self.on.isoformat()}, "
            f"{self._stated(self.there)} can be used{why}; ask for less, or bring in more first"
        )

    def _zh(self) -> str:
        why = f"（{'；'.join(self.passed_over)}）" if self.passed_over else ""
        return (
            f"{self.on.isoformat()} 要从 {self.place} 取 {self._of_item()}，"
            f"可用 {self._stated(self.there)}{why}；请减少数量，或先补充"
        )

    def _of_item(self) -> str:
        if self.currency is None:
            return f"{self.asked} {self.item}"
        of_what = "" if self.item == self.currency else f" of {self.item}"
        return f"{self._stated(self.asked)}{of_what}"

    def _stated(self, units: int) -> str:
        if self.currency is None:
            return str(units)
        major, minor = divmod(units, 10**self.decimals)
        return f"{self.currency} {major:,}" + (f".{minor:0{self.decimals}}" if self.decimals else "")


@attrs.define
class OutsideRestriction(RuleBroken):
    """A use for which the donor did not give the goods or the money."""

    lot: str
    restriction: str
    asked: str

    def __str__(self) -> str:
        return (
            f"lot {self.lot} was given for {self.restriction}, not for {self.asked}; "
            "use another lot, or record the donor's consent first"
        )

    def _zh(self) -> str:
        return (
            f"批次 {self.lot} 限用于 {self.restriction}，不能用于 {self.asked}；"
            "请改用其他批次，或先记录捐赠方的同意"
        )


@attrs.define
class NotUsable(RuleBroken):
    """The goods are expired, quarantined, or too short-lived to be accepted."""

    what: str
    reason: str
    do: str

    def __str__(self) -> str:
        return f"{self.what} cannot be used: {self.reason}; {self.do}"

    def _zh(self) -> str:
        return f"{self.what} 不可使用：{self.reason}；{self.do}"


@attrs.define(kw_only=True)
class OverCapacity(RuleBroken):
    """A load weighs more, or is larger, than its vehicle takes. In grams and millilitres; None: not stated.

    `unknown` are the items on it of which the weight or the volume is not known, so that it is more yet.
    """

    what: str
    vehicle: str
    weight: int
    max_weight: int | None
    volume: int
    max_volume: int | None
    unknown: tuple[str, ...] = ()

    def __str__(self) -> str:
        loads = self._over("kg", "L")
        over = " and ".join(f"{load} {unit} where it takes {most}" for load, most, unit in loads)
        more = f", and {', '.join(self.unknown)} not counted" if self.unknown else ""
        return (
            f"{self.what} is too much for vehicle {self.vehicle}: {over}{more}; "
            "send less, make two waybills of it, or name a larger vehicle"
        )

    def _zh(self) -> str:
        over = "、".join(f"{load} {unit}，限 {most}" for load, most, unit in self._over("千克", "升"))
        more = f"（{'、'.join(self.unknown)} 未计）" if self.unknown else ""
        return (
            f"{self.what} 超出车辆 {self.vehicle} 的承载：{over}{more}；"
            "请减少数量，分开两单，或改用更大的车辆"
        )

    def _over(self, kilograms: str, litres: str) -> list[tuple[str, str, str]]:
        loads = ((self.weight, self.max_weight, kilograms), (self.volume, self.max_volume, litres))
        return [
            (_thousandths(load), _thousandths(most), unit)
            for load, most, unit in loads
            if most is not None and load > most
        ]


def _thousandths(units: int) -> str:
    """Grams as kilograms, millilitres as litres: 4200 is 4.2."""
    whole, rest = divmod(units, 1000)
    return f"{whole:,}" + (f".{rest:03}".rstrip("0") if rest else "")


@attrs.define
class NeedsApproval(RuleBroken):
    """Somebody else must approve or take part, by rule."""

    what: str
    reason: str

    def __str__(self) -> str:
        return f"{self.what} needs approval: {self.reason}"

    def _zh(self) -> str:
        return f"{self.what} 须经批准：{self.reason}"


@attrs.frozen(kw_only=True)
class Blocker:
    """One thing that is in the way of closing a period, in both languages.

    `code` says what kind of thing it is, `about` names it (a plan of a count, a waybill), `documents` are the
    papers behind it.
    """

    code: str
    about: str
    zh: str
    en: str
    documents: tuple[str, ...] = ()

    def sentence(self, lang: Literal["en", "zh"] = "en") -> str:
        """What is in the way, in English or in Chinese (`zh`)."""
        return self.zh if lang == "zh" else self.en


@attrs.define
class CloseBlocked(RuleBroken):
    """A period cannot be closed yet; `blockers` has all that is in the way. `period` is as it is written."""

    period: str
    blockers: tuple[Blocker, ...]

    def __str__(self) -> str:
        things = "one thing is" if len(self.blockers) == 1 else f"{len(self.blockers)} things are"
        head = f"{self.period} cannot be closed yet, {things} in the way; settle it and close it again:"
        return "\n".join([head, *(f"  {one.sentence('en')}" for one in self.blockers)])

    def _zh(self) -> str:
        head = f"{self.period} 还不能结账，有 {len(self.blockers)} 项未了结；请处理后再结账："
        return "\n".join([head, *(f"  {one.sentence('zh')}" for one in self.blockers)])


@attrs.define
class NotOpen(RuleBroken):
    """A document has already been dealt with, or nothing can be done with it yet."""

    document: str
    state: str
    asked: str
    do: str = "reverse what was done first"

    def __str__(self) -> str:
        return f"{self.document} is {self.state}, so it cannot be {self.asked}; {self.do}"

    def _zh(self) -> str:
        return f"{self.document} 的状态为 {self.state}，不能 {self.asked}；{self.do}"


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


@attrs.frozen
class BadRow:
    """One thing wrong with one cell of a data file. Lines count from 1, the header is line 1.

    Of columns, which have no header, the first row is line 1.

    `reason_zh` is the reason in Chinese, where whoever noted it has said it in Chinese too.
    """

    file: str
    line: int
    column: str
    given: str
    reason: str
    reason_zh: str = ""

    def __str__(self) -> str:
        column = f", column {self.column}" if self.column else ""
        given = f" (got {self.given!r})" if self.given else ""
        return f"{self.file}, line {self.line}{column}: {self.reason}{given}"

    def sentence(self, lang: Literal["en", "zh"] = "en") -> str:
        """What is wrong, in English or in Chinese (`zh`); the reason in English where it has no other."""
        if lang != "zh":
            return str(self)
        column = f"，{self.column} 列" if self.column else ""
        given = f"（现为 {self.given!r}）" if self.given else ""
        return f"{self.file} 第 {self.line} 行{column}：{self.reason_zh or self.reason}{given}"


class ImportRefused(ReliefstockError):
    """A data file has bad rows: all of them are listed, and nothing was posted."""

    def __init__(self, rows: Sequence[BadRow]) -> None:
        self.rows = tuple(rows)
        super().__init__(self.rows)

    def __str__(self) -> str:
        things = "one thing is" if len(self.rows) == 1 else f"{len(self.rows)} things are"
        head = f"{things} wrong with the data, nothing was posted; correct it and import again:"
        return "\n".join([head, *(f"  {row}" for row in self.rows)])

    def _zh(self) -> str:
        head = f"数据有 {len(self.rows)} 处错误，一笔也未记账；请改正后重新导入："
        return "\n".join([head, *(f"  {row.sentence('zh')}" for row in self.rows)])
