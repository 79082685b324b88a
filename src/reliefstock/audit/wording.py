"""The sentences of an audit, by the code of the finding: Chinese, then English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

__all__ = ["SENTENCES"]

SENTENCES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        # The records themselves
        "chain-broken": (
            "记录链在此处断开（{fault}），审计到此为止：{reason}",
            "the chain of records is broken here ({fault}), and the audit ends: {reason}",
        ),
        "record-unreadable": (
            "无法读取，审计到此为止：{reason}",
            "it cannot be read, and the audit ends: {reason}",
        ),
        "format-newer": (
            "记录格式为第 {format} 版，本审计只读到第 {known} 版，审计到此为止",
            "the records are of format {format}, this audit reads up to {known}, and ends",
        ),
        "book-not-opened": ("第一条记录没有开账", "the first record does not open a book"),
        "book-opened-twice": ("账簿再次开账", "the book is opened again"),
        # Promise 8, and the numbers of papers and entries
        "command-missing": ("没有指令编号", "it names no command"),
        "command-twice": (
            "指令 {command} 已在第 {earlier} 条记录执行过",
            "command {command} was carried out before, in record {earlier}",
        ),
        "content-not-hashed": (
            "指令 {command} 的内容没有留下 32 字节的摘要",
            "the content of command {command} is not kept as a hash of 32 bytes",
        ),
        "document-number": (
            "单据编号应为 {due}，实为 {stated}",
            "the number of the document should be {due}, and is {stated}",
        ),
        "document-kind": (
            "以 {prefix} 编号的单据一直是{before}，这张是{stated}",
            "documents numbered {prefix} have been {before}, and this is {stated}",
        ),
        "document-entries": (
            "单据 {document} 写明的分录为 {stated}，实际入账的为 {landed}",
            "document {document} names the entries {stated}, and those that came with it are {landed}",
        ),
        "document-day": (
            "单据 {document} 的日期是 {stated}，分录的日期是 {on}",
            "document {document} is of {stated}, and the entry of {on}",
        ),
        "document-concerns": (
            "单据 {document} 所涉日期为 {stated}，分录所涉日期为 {concerns}",
            "document {document} is about {stated}, and the entry about {concerns}",
        ),
        "concerns-later": (
            "所涉日期 {concerns} 晚于入账日期 {on}",
            "it is about {concerns}, later than its own date {on}",
        ),
        "entry-document": (
            "分录写明的单据是 {stated}，而它随单据 {document} 入账",
            "the entry names document {stated}, and came with {document}",
        ),
        "entry-command": (
            "分录写明的指令是 {stated}，而它由指令 {command} 入账",
            "the entry names command {stated}, and came by {command}",
        ),
        "entry-number": (
            "分录编号应为 {due}，实为 {stated}",
            "the entry should be number {due}, and is {stated}",
        ),
        # Form
        "entry-empty": ("没有任何一笔记账", "it has no postings"),
        "posting-empty": ("{place} 的批次 {lot} 数量为零", "of lot {lot} nothing moves in {place}"),
        "place-twice": (
            "批次 {lot} 在 {place} 记了不止一笔",
            "lot {lot} is posted more than once in {place}",
        ),
        "legs-untold": (
            "无法看出批次 {lot} 从何处到何处：有 {sources} 个来源、{targets} 个去向",
            "it cannot be told from where to where lot {lot} went: {sources} sources, {targets} targets",
        ),
        "place-unknown": ("没有 {kind} 这一类地点：{place}", "there is no kind of place {kind}: {place}"),
        "place-unregistered": (
            "{place} 没有在账簿登记，却有批次 {lot} 记在其名下",
            "the book was never told of {place}, and lot {lot} is posted there",
        ),
        "item-unregistered": (
            "批次 {lot} 的物资 {item} 没有在账簿登记",
            "lot {lot} is of {item}, which the book was never told of",
        ),
        "kind-unknown": ("没有 {kind} 这一类分录", "there is no kind of entry {kind}"),
        # Promises 1 and 2
        "quantity-not-conserved": (
            "批次 {lot} 各笔数量合计为 {difference}，不为零",
            "the postings of lot {lot} sum to {difference} units, not to zero",
        ),
        "value-not-conserved": (
            "批次 {lot} 各笔金额合计为 {difference}（最小货币单位），不为零",
            "the values of lot {lot} sum to {difference} minor units, not to zero",
        ),
        "conversion-value": (
            "转出 {place} 的金额比转入的多 {difference}",
            "{difference} minor units more come out of {place} than went in",
        ),
        # Lots
        "lot-unknown": ("没有批次 {lot}", "there is no lot {lot}"),
        "lot-twice": (
            "批次 {lot} 在第 {earlier} 条记录已经有了",
            "there has been a lot {lot}, in record {earlier}",
        ),
        "lot-impossible": (
            "批次 {lot} 数量为 {quantity}、金额为 {value}，不可能如此",
            "lot {lot} of {quantity} units worth {value} cannot be",
        ),
        "lot-not-brought": ("批次 {lot} 没有随任何分录进来", "lot {lot} comes in by no entry"),
        "lot-not-whole": (
            "批次 {lot} 应从外部一处整批进来（{quantity}，金额 {value}）；实有来源 {sources} 个，共 {came}",
            "lot {lot} comes in whole, {quantity} worth {value} from one place; {came} come from {sources}",
        ),
        "lot-again": (
            "批次 {lot} 早已进来，又从 {place} 进来一次",
            "lot {lot} has come in before, and comes in again from {place}",
        ),
        "donor-other": (
            "批次 {lot} 写明的捐赠方是 {donor}，却来自 {place}",
            "lot {lot} names {donor} as its donor, and comes from {place}",
        ),
        "donor-lost": (
            "批次 {lot} 写明的捐赠方是 {donor}，而它由 {donors} 捐赠的批次转换得来",
            "lot {lot} names {donor} as its donor, and was made of what {donors} gave",
        ),
        "money-unlike": (
            "资金批次 {lot} 数量为 {quantity} 而金额为 {value}",
            "lot {lot} of money is {quantity} minor units and worth {value}",
        ),
        "value-unstated": (
            "批次 {lot} 金额为 {value}，而其计价写明 {stated}",
            "lot {lot} is worth {value} minor units, and its valuation states {stated}",
        ),
        "currency-other": (
            "批次 {lot} 以 {stated} 计价，而账簿用 {currency}",
            "lot {lot} is valued in {stated}, and the book is kept in {currency}",
        ),
        "made-of-nothing": (
            "批次 {lot} 由转换得来，却没有写明由什么转换",
            "lot {lot} comes out of a conversion and was made of nothing",
        ),
        "made-elsewhere": (
            "批次 {lot} 写明由其他批次转换得来，却来自 {place}",
            "lot {lot} was made of others, and comes from {place}",
        ),
        "ingredient-other": (
            "转入 {place} 的与转出批次所写明的不符：批次 {lot} 转入 {went_in}，写明 {named}",
            "{went_in} of lot {lot} went into {place}, and what came out of it names {named}",
        ),
        "ingredient-value": (
            "批次 {lot} 转入 {place} 的金额为 {went_in}，转出批次写明的合计为 {named}",
            "lot {lot} went into {place} at {went_in} minor units, what came out names {named}",
        ),
        "ingredient-quantity": (
            "批次 {lot} 转入 {place} 的数量为 {went_in}，转出批次写明的合计为 {named}",
            "{went_in} units of lot {lot} went into {place}, what came out names {named}",
        ),
        "unmade-fraction": (
            "{quantity} 个批次 {lot} 所含的批次 {part} 不是整数",
            "{quantity} of lot {lot} do not hold a whole number of lot {part}",
        ),
        "unmade-otherwise": (
            "拆开后应得批次 {lot} {due}，实得 {came}",
            "{due} units of lot {lot} should have come out of {place}, and {came} did",
        ),
        # Promise 5
        "reversal-unnamed": (
            "冲销分录应写明冲销哪一号，其他分录不写：类别为 {kind}，写明 {reverses}",
            "a reversal names what it reverses, and no other does: it is a {kind} and names {reverses}",
        ),
        "reversal-unknown": ("所冲销的第 {reverses} 号分录不存在", "there is no entry {reverses} to reverse"),
        "reversal-of-reversal": (
            "所冲销的第 {reverses} 号本身是冲销",
            "entry {reverses}, which it reverses, is a reversal itself",
        ),
        "reversal-twice": (
            "第 {reverses} 号分录已由第 {by} 号冲销",
            "entry {reverses} was reversed before, by entry {by}",
        ),
        "reversal-early": (
            "冲销日期 {on} 早于第 {reverses} 号分录的日期 {first}",
            "it is of {on}, before entry {reverses} of {first} that it reverses",
        ),
        "reversal-inexact": (
            "与所冲销的第 {reverses} 号分录并非逐笔相反",
            "it is not the exact opposite of entry {reverses}, which it reverses",
        ),
        # Promises 3 and 4
        "below-zero": (
            "{on} {place} 的批次 {lot} 只剩 {there}，低于零",
            "on {on} {place} holds {there} of lot {lot}, less than nothing",
        ),
        "out-of-nothing": (
            "{on} 从 {place} 转出的批次 {lot} 多于转入的：结存 {there}",
            "on {on} more of lot {lot} has come out of {place} than went in: {there} are left",
        ),
        "unmade-twice": (
            "{on} 转回 {place} 的批次 {lot} 比在此制成的多 {there}",
            "on {on} {there} more of lot {lot} have gone back into {place} than were made there",
        ),
        "residue": (
            "{on} {place} 已没有批次 {lot}，却仍有金额 {value}",
            "on {on} {place} has no units of lot {lot}, and holds a value of {value}",
        ),
        "value-off": (
            "{on} {place} 的批次 {lot} 有 {there} 个、金额 {value}，应在 {least} 与 {most} 之间",
            "on {on} the {there} units of lot {lot} in {place} are worth {value}, and not {least} to {most}",
        ),
        "worth-off": (
            "{place} 的批次 {lot} 移动 {quantity} 个，金额 {value}，应在 {least} 与 {most} 之间",
            "{quantity} units of lot {lot} move in {place} at {value}, and not at {least} to {most}",
        ),
        # Promise 7, and promise 3 for what is held
        "hold-place": (
            "预留 {hold} 在 {place}，只有仓库中的可用物资可以预留",
            "hold {hold} is in {place}; only what is usable in a warehouse is held",
        ),
        "hold-empty": ("预留 {hold} 数量为 {quantity}", "hold {hold} keeps {quantity} units"),
        "hold-days": (
            "预留 {hold} 从 {since} 到 {until}，终止日在起始日之前",
            "hold {hold} is from {since} to {until}, which is before it",
        ),
        "hold-twice": (
            "预留 {hold}（批次 {lot}）已经有了",
            "there has been a hold {hold} of lot {lot}",
        ),
        "hold-unknown": ("没有预留 {hold}（批次 {lot}）", "there is no hold {hold} of lot {lot}"),
        "outcome-unknown": ("预留 {hold} 的结果 {how} 无此类别", "there is no outcome {how} for hold {hold}"),
        "outcome-document": (
            "预留 {hold} 的结果写明单据 {stated}，而它随单据 {document} 而来",
            "what came of hold {hold} names document {stated}, and came with {document}",
        ),
        "outcome-sign": (
            "预留 {hold}：{quantity} 个不可能是 {how}",
            "of hold {hold} {quantity} units cannot be {how}",
        ),
        "hold-off-its-days": (
            "预留 {hold} 从 {since} 到 {until}，{on} 不在其中",
            "hold {hold} lasts from {since} to {until}, and {on} is none of its days",
        ),
        "hold-overdrawn": (
            "预留 {hold} 共 {quantity} 个，{how} {resolved} 个之后剩 {left} 个",
            "hold {hold} is of {quantity} units; with {resolved} {how}, {left} are left",
        ),
        "hold-refilled": (
            "预留 {hold} 共 {quantity} 个，恢复之后反有 {left} 个",
            "hold {hold} is of {quantity} units, and {left} would be held again",
        ),
        "hold-not-left": (
            "预留兑现 {fulfilled} 个批次 {lot}，离开 {place} 的只有 {left} 个",
            "{fulfilled} of lot {lot} are fulfilled, and {left} leave {place}",
        ),
        "hold-not-moved-on": (
            "预留 {hold} 随批次改换而转移，有 {difference} 个没有接续",
            "hold {hold} moved with its goods to another lot, and {difference} of it do not go on",
        ),
        "held-for-others": (
            "{on} {place} 的批次 {lot} 有 {there} 个，为他人预留 {held} 个，却又取走或许出 {taken} 个",
            "on {on} {there} of lot {lot} are in {place} and {held} are held, yet {taken} more were taken",
        ),
        # Promise 6
        "count-known": (
            "盘点 {document} 写明当时账上最后一号分录是 {stated}，实为 {due}",
            "count {document} says that the last entry known was {stated}, and it was {due}",
        ),
        "count-below-zero": (
            "盘点 {document} 在 {place} 点得批次 {lot} {counted} 个",
            "count {document} found {counted} of lot {lot} in {place}, which cannot be counted",
        ),
        "count-document": (
            "盘点结果写明单据 {stated}，而它随单据 {document} 而来",
            "what was counted names document {stated}, and came with {document}",
        ),
        "count-book": (
            "盘点 {document} 写明 {on} {place} 批次 {lot} 账面为 {stated}，重算为 {there}",
            "by count {document} the book had {stated} of lot {lot} in {place} on {on}; it had {there}",
        ),
        # Promise 9
        "closed-day": (
            "{what}日期为 {on}，而账簿已结至 {closed}",
            "it has a date of {on} ({what}), and the book was closed through {closed}",
        ),
        "unsealed": (
            "已封存至 {sealed}，却又改为 {stated}",
            "days are sealed through {sealed}, and now through {stated}",
        ),
        "sealed-open": (
            "封存至 {sealed}，却只结至 {closed}",
            "days are sealed through {sealed} that are not closed: {closed}",
        ),
        # Two ways to the same number
        "balance-differs": (
            "{place} 的批次 {lot}：重算为 {recomputed}，账簿为 {book}（数量/金额）",
            "lot {lot} in {place}: recomputed {recomputed}, the book says {book} (units/minor units)",
        ),
        "total-differs": (
            "{item} 在库在途合计：重算为 {recomputed}，账簿为 {book}（数量/金额）",
            "{item} in our care: recomputed {recomputed}, the book says {book} (units/minor units)",
        ),
        "hold-differs": (
            "预留 {hold}（批次 {lot}）：重算为 {recomputed}，账簿为 {book}",
            "hold {hold} of lot {lot}: recomputed {recomputed}, the book says {book}",
        ),
        "count-differs": (
            "盘点 {document}，{place} 的批次 {lot}：重算为 {recomputed}，账簿为 {book}",
            "count {document} of lot {lot} in {place}: recomputed {recomputed}, the book says {book}",
        ),
        "documents-differ": (
            "以 {prefix} 编号的单据：记录中 {recomputed} 张，账簿中 {book} 张",
            "documents numbered {prefix}: {recomputed} in the records, {book} in the book",
        ),
        "closing-differs": (
            "{what}：重算为 {recomputed}，账簿为 {book}",
            "{what}: recomputed {recomputed}, the book says {book}",
        ),
        "size-differs": (
            "{what}：记录中为 {recomputed}，账簿为 {book}",
            "{what}: {recomputed} in the records, the book says {book}",
        ),
        "head-differs": (
            "末条记录的摘要为 {recomputed}，账簿为 {book}",
            "the hash of the last record is {recomputed}, the book says {book}",
        ),
    }
)
