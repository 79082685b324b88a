"""The words of the reports, in Chinese and in English, in one place.

A key is a kind of word and a name: `column.item`, `side.given out`. Kinds of places, sides, verdicts and so
on go by the values of their enums, and a test holds that none of them is without its words.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import attrs

from reliefstock.errors import Incomplete, Unknown
from reliefstock.values import Language, near

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["WORDS", "Word", "in_language", "listed", "word"]


def in_language(lang: str, *, zh: str, en: str) -> str:
    """Return the text in the language asked for. Raises `Incomplete` for any but 'zh' and 'en'.

    >>> in_language("zh", zh="物资", en="Item")
    '物资'
    """
    if lang not in ("en", "zh"):
        missing = f"there is none in the language {lang!r}"
        raise Incomplete(what="a text for people", missing=missing, do="ask for 'zh' or 'en'")
    return zh if lang == "zh" else en


def listed(names: Iterable[str], lang: Language = "en") -> str:
    """Return several names as a list in a language.

    >>> listed(("A", "B"), "zh"), listed(("A", "B"))
    ('A、B', 'A, B')
    """
    return in_language(lang, zh="、", en=", ").join(names)


@attrs.frozen
class Word:
    """A word or a sentence in both languages; `{…}` stands for what is filled in.

    >>> Word("共{count}批", "{count} lots").text("en", count=3)
    '3 lots'
    """

    zh: str
    en: str

    def text(self, lang: Language = "en", **given: object) -> str:
        """Return the word in a language, filled in. Raises `Incomplete` for another language."""
        return in_language(lang, zh=self.zh, en=self.en).format(**given)


def word(key: str, lang: Language = "en", **given: object) -> str:
    """Return the word of a key in a language, filled in. Raises `Unknown`, or `Incomplete`.

    >>> word("side.given out", "zh"), word("place.household")
    ('发放、下拨及支出', 'household')
    """
    if key not in WORDS:
        raise Unknown(what="word of the reports", given=key, near=near(key, WORDS))
    return WORDS[key].text(lang, **given)


def _words(kind: str, /, **words: tuple[str, str]) -> dict[str, Word]:
    return {f"{kind}.{name.replace('_', ' ')}": Word(zh, en) for name, (zh, en) in words.items()}


_COLUMNS = _words(
    "column",
    about=("关于", "About"),
    accounted=("合计", "Accounted for"),
    agreement=("协议", "Agreement"),
    balance=("结余", "Balance"),
    balance_value=("结余金额", "Balance, value"),
    basis=("计价依据", "Basis"),
    batch=("批号", "Batch"),
    by_how_much=("差额", "Off by"),
    begun=("进行中", "Begun"),
    budget=("预算", "Budget"),
    came_in=("收入", "In"),
    came_in_value=("收入金额", "In, value"),
    claim=("编号", "Id"),
    code=("问题类型", "Code"),
    converted=("转换", "Converted"),
    count=("份数", "Lines"),
    damaged=("损坏", "Damaged"),
    date=("日期", "Date"),
    difference=("差额", "Difference"),
    dispatched=("发出", "Dispatched"),
    done=("完成", "Done"),
    donor=("捐赠方", "Donor"),
    each=("单价", "Each"),
    missing=("缺少", "Not stated"),
    dispatched_on=("发出日期", "Dispatched on"),
    document=("单据", "Document"),
    documents=("单据", "Documents"),
    donation=("捐赠", "Donation"),
    entry=("序号", "Entry"),
    evidence=("凭据", "Evidence"),
    expiry=("最早到期", "First expiry"),
    figure=("公布数", "Figure"),
    finding=("问题", "Finding"),
    from_or_to=("来源或去向", "From or to"),
    gains=("盘盈", "Gains"),
    given_out=("发放及下拨", "Given out"),
    group=("类别", "Group"),
    has=("账面数", "The book has"),
    in_transit=("在途", "In transit"),
    independent=("依据", "Rests on"),
    into=("转入", "Into"),
    item=("物资", "Item"),
    kind=("类型", "Kind"),
    lost=("损失", "Lost"),
    lot=("批次", "Lot"),
    lots=("批次", "Lots"),
    measure=("口径", "Measure"),
    moved=("组间转入（净额）", "Moved in (net)"),
    on_hand=("库存", "On hand"),
    opening=("期初", "Opening"),
    origin=("发货仓库", "From"),
    output=("产出", "Output"),
    out_of=("转出", "Out of"),
    over=("多到", "Over"),
    packs=("合装", "In packs"),
    parts=("部分", "Parts"),
    place=("地点", "Place"),
    planned=("计划", "Planned"),
    project=("项目", "Project"),
    spent=("支出", "Spent"),
    pledged=("认捐", "Pledged"),
    quantity=("数量", "Quantity"),
    receipt=("票据", "Receipt"),
    received=("收到", "Received"),
    received_on=("到货日期", "Received on"),
    recipient=("接收方", "Recipient"),
    recipients=("接收方数", "Recipients"),
    refused=("拒收", "Refused"),
    report=("验收单", "Report"),
    restriction=("限定", "Restriction"),
    said_of=("内容", "Said of"),
    short=("短少", "Short"),
    signature=("签收", "Signed for"),
    state=("状态", "State"),
    to=("收货方", "To"),
    value=("金额", "Value"),
    verdict=("结论", "Verdict"),
    warehouse=("地点", "Place"),
    waybill=("货运单", "Waybill"),
    went_out=("发出", "Out"),
    went_out_value=("发出金额", "Out, value"),
    where=("去向", "Where it is"),
    whole=("整体", "Whole"),
)

_PLACES = _words(
    "place",
    warehouse=("仓库", "depot"),
    quarantine=("待检隔离", "quarantine"),
    fund=("资金账户", "fund"),
    transit=("在途", "in transit"),
    household=("家庭", "household"),
    school=("学校", "school"),
    society=("红十字会", "society"),
    project=("项目", "project"),
    donor=("捐赠方", "donor"),
    supplier=("供应商", "supplier"),
    gain=("盘盈", "gain"),
    loss=("损失", "loss"),
    conversion=("转换", "conversion"),
)

_SIDES = _words(
    "side",
    received=("收到", "received"),
    gains=("盘盈", "gains"),
    converted=("转换", "converted"),
    on_hand=("库存", "on hand"),
    in_transit=("在途", "in transit"),
    given_out=("发放、下拨及支出", "given out"),
    lost=("损失", "lost"),
)

_SHELVES = _words(
    "shelf",
    warehouse=("可用", "usable"),
    quarantine=("待检隔离", "quarantine"),
    fund=("资金", "money"),
    transit=("在途", "in transit"),
)

_GROUPS = _words(
    "group",
    item=("物资", "Item"),
    donor=("捐赠方", "Donor"),
    donation=("捐赠", "Donation"),
    programme=("活动", "Programme"),
    warehouse=("仓库", "Depot"),
    society=("红十字会", "Society"),
    recipient_kind=("接收方类型", "Kind of recipient"),
    period=("期间", "Period"),
)

_REASONS = _words(
    "reason",
    damaged=("损坏", "damaged"),
    disaster=("灾害", "disaster"),
    expired=("过期", "expired"),
    other=("其他", "other"),
    over=("多到", "over"),
    short=("短少", "short"),
    spoilt=("变质", "spoilt"),
    stolen=("被盗", "stolen"),
)

_STAGES = _words(
    "stage",
    sender=("发货方", "sender"),
    carrier=("承运方", "carrier"),
    receiver=("收货方", "receiver"),
    unresolved=("责任未定", "unresolved"),
)

_BASES = _words(
    "basis",
    voucher=("凭据金额", "voucher"),
    fair_value=("公允价值", "fair value"),
    market=("市场价格", "market price"),
    estimate=("估价", "estimate"),
    nominal=("名义金额", "nominal amount"),
    memorandum=("备查登记", "memorandum register"),
)

_RECEIPTS = _words(
    "receipt",
    numbered=("{receipt}", "{receipt}"),
    waived=("{receipt}（不需要票据）", "{receipt} (receipt waived)"),
    anonymous=("{receipt}（匿名）", "{receipt} (anonymous)"),
)

_VERDICTS = {
    "verdict.supported": Word("有据", "supported"),
    "verdict.contradicted": Word("矛盾", "contradicted"),
    "verdict.without a source": Word("无来源", "without a source"),
}

_RELATIONS = _words(
    "relation",
    part_of=("部分不大于整体", "part of"),
    sum_of=("各部分之和", "sum of"),
    may_contain=("可能包含", "may contain"),
)

_RESTRICTIONS = _words(
    "restriction",
    places=("地区：{what}", "place {what}"),
    programme=("活动：{what}", "programme {what}"),
    groups=("群体：{what}", "group {what}"),
    recipients=("接收方：{what}", "recipient {what}"),
    until=("使用期限：{what}", "until {what}"),
)

_SAID = _words(
    "said",
    all=("合计", "Total"),
    also_reversed=("{text}（已冲销）", "{text} (reversed)"),
    anonymous=("不愿公开名称的捐赠方", "a donor who asked not to be named"),
    balance=("结存", "Balance"),
    because=("{text}（{reason}）", "{text} ({reason})"),
    brought_forward=("期初结存", "Brought forward"),
    excess=("账面多{amount}", "the book has {amount} more"),
    held=("未发放", "held"),
    joint=("{text}（合用，按份额）", "{text} (joint lot, by share)"),
    lots=("{count}批", "{count}"),
    made_into=("转为{text}", "now {text}"),
    missing=("公布数多{amount}", "the figure has {amount} more"),
    no_donor=("无捐赠方", "no donor"),
    no_paper=("未注明", "no paper stated"),
    no_programme=("未列活动", "no programme"),
    none=("无", "nothing"),
    not_public=("不公开", "not public"),
    not_stated=("未说明", "not stated"),
    not_valued=("未计价", "not valued"),
    only_the_paper=("仅本文件", "only the paper itself"),
    open=("文件未说明", "not said"),
    other_evidence=("另有依据", "other evidence"),
    at_stage=("{reason}（{stage}）", "{reason} ({stage})"),
    place=("{kind}：{name}", "{kind}: {name}"),
    quantity=("数量", "quantity"),
    value=("金额", "value"),
    recipients=("{kind}（{count}）", "{kind} ({count})"),
    unrestricted=("非限定", "any use"),
    unvalued=("{amount}（{count}批未计价）", "{amount} ({count} unvalued)"),
)

_CURRENCIES = {"currency.CNY": Word("人民币元", "CNY")}

_NOTES = _words(
    "note",
    amounts=("金额单位：{currency}", "amounts in {currency}"),
    claims=(
        "有据{supported}项（其中另有依据{others}项），矛盾{contradicted}项，无来源{without}项",
        (
            "{supported} supported ({others} of them by other evidence), {contradicted} contradicted, "
            "{without} without a source"
        ),
    ),
    donation_balances=(
        "去向合计与收到（含盘盈）的{given}相符",
        "the ends sum to the {given} given and found",
    ),
    donation_differs=(
        "去向合计与收到（含盘盈）的{given}相差{difference}",
        "the ends differ from the {given} given and found by {difference}",
    ),
    documents=("单据：{documents}", "documents: {documents}"),
    reversed=("已冲销的单据列出但不计入合计", "what was reversed is listed and not counted"),
    unvalued=(
        "未说明价值的批次只计数量，不在金额之内",
        "lots whose value is not stated are counted by quantity and are in no amount",
    ),
)

_CODES = {
    f"code.{code}": Word(zh, code)
    for code, zh in {
        "claim-contradicted": "公布数与账面矛盾",
        "claim-without-source": "公布数无来源",
        "consignment-difference": "货运数量不符",
        "consignment-open": "货运未到",
        "consignment-unaccounted": "货运无法核对",
        "cut-off": "期间不符",
        "day-not-stated": "未说明日期",
        "donor-not-stated": "未说明捐赠方",
        "gap-candidates": "差额可能的来源",
        "given-above-received": "发出多于收到",
        "joint-lots": "合用批次未计入",
        "may-contain": "可能包含",
        "movement-incomplete": "资料不全",
        "nested": "一项在另一项之内",
        "not-done": "尚未完成",
        "one-name": "名称可能相同",
        "only-planned": "仅为计划",
        "relation-contradicted": "公布数之间矛盾",
        "relation-uncertain": "公布数之间无法核对",
        "relation-units": "公布数单位不同",
        "remainder": "余额去向",
        "statement-difference": "收支结存不平",
        "told-twice": "可能重复记载",
        "trace-difference": "捐赠去向不平",
        "trial-balance-difference": "试算不平",
        "unvalued": "未计价",
        "value-not-stated": "未说明价值",
    }.items()
}

_STATES = _words(
    "state",
    planned=("计划", "planned"),
    begun=("进行中", "begun"),
    done=("完成", "done"),
)

_MISSING = _words(
    "missing",
    amount=("金额或数量", "amount"),
    amount_of_each=("各自金额", "amount of each"),
    date=("日期", "date"),
    donor=("捐赠方", "donor"),
    exact_amount=("确切金额或数量", "exact amount"),
    item=("物资名称", "item"),
    quantity=("数量", "quantity"),
    value=("金额", "value"),
    origin=("发出地点", "where it came from"),
    place=("入库地点或账户", "where it went"),
    recipient=("接收方", "recipient"),
    unit=("计量单位", "unit"),
)

_TITLES = _words(
    "title",
    summary_received=("收到（{period}）", "Received, {period}"),
    summary_given_out=("发放、下拨及支出（{period}）", "Given out, {period}"),
    summary_mentioned=("文件提及、未能入账（{period}）", "Told of and not posted, {period}"),
    summary_observed=("其他工作（{period}）", "Other work, {period}"),
    claims=("公布数核对表", "Published figures against the book"),
    consignments=("在途与到货核对表", "Dispatched against received"),
    donation_report=("捐赠使用报告：{donor}", "Report to the donor: {donor}"),
    donation_ends=("捐赠去向：{donor}", "Where it is: {donor}"),
    findings=("核对问题", "Findings"),
    projects=("项目情况表", "Projects"),
    register=("发放登记簿", "Distribution register"),
    register_totals=("发放登记簿合计", "Distribution register, totals"),
    relations=("公布数之间的关系", "Published figures among themselves"),
    statement=("收支结存表（{period}，按{by}）", "Statement of {period}, by {by}"),
    stock=("库存表", "Stock position"),
    stock_card=("库存卡：{item}，{warehouse}", "Stock card: {item}, {warehouse}"),
    stock_card_of_period=(
        "库存卡：{item}，{warehouse}，{period}",
        "Stock card: {item}, {warehouse}, {period}",
    ),
    trial_balance=("试算平衡表", "Trial balance"),
)

WORDS: Final[Mapping[str, Word]] = MappingProxyType(
    _COLUMNS
    | _PLACES
    | _SIDES
    | _SHELVES
    | _GROUPS
    | _REASONS
    | _STAGES
    | _BASES
    | _RECEIPTS
    | _VERDICTS
    | _RELATIONS
    | _RESTRICTIONS
    | _SAID
    | _CURRENCIES
    | _NOTES
    | _CODES
    | _STATES
    | _MISSING
    | _TITLES
)
"""All the words, by key."""
