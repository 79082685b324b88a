"""The words of the reports, in Chinese and in English, in one place.

A key is a kind of word and a name: `column.item`, `side.given out`. Kinds of places, sides, verdicts and so
on go by the values of their enums, and a test holds that none of them is without its words.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import attrs

from reliefstock.errors import Unknown
from reliefstock.values import Language, choose, near

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["WORDS", "Word", "listed", "word"]


def listed(names: Iterable[str], lang: Language = "en") -> str:
    """Return several names as a list in a language.

    >>> listed(("A", "B"), "zh"), listed(("A", "B"))
    ('A、B', 'A, B')
    """
    return choose(lang, zh="、", en=", ").join(names)


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
        return choose(lang, zh=self.zh, en=self.en).format(**given)


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
    approved_by=("批准", "Approved by"),
    balance=("结余", "Balance"),
    balance_value=("结余金额", "Balance, value"),
    basis=("计价依据", "Basis"),
    batch=("批号", "Batch"),
    by_how_much=("差额", "Off by"),
    begun=("进行中", "Begun"),
    budget=("预算", "Budget"),
    came_back=("已退回", "Came back"),
    came_in=("收入", "In"),
    came_in_value=("收入金额", "In, value"),
    check=("检查项", "Check"),
    claim=("编号", "Id"),
    closed_through=("结账至", "Closed through"),
    code=("问题类型", "Code"),
    concerns=("所属日期", "Concerns"),
    contains=("所含召回批次", "Contains"),
    converted=("转换", "Converted"),
    count=("份数", "Lines"),
    carrier=("承运方", "Carrier"),
    custody=("责任方", "Custody"),
    cover=("可用天数", "Days of cover"),
    damaged=("损坏", "Damaged"),
    date=("日期", "Date"),
    days_left=("剩余天数", "Days left"),
    demand=("近期出库", "Demand"),
    difference=("差额", "Difference"),
    dispatched=("发出", "Dispatched"),
    done=("完成", "Done"),
    done_by=("经办", "Done by"),
    donor=("捐赠方", "Donor"),
    due=("应到日期", "Due"),
    each=("单价", "Each"),
    missing=("缺少", "Not stated"),
    days=("天数", "Days"),
    differences=("差异说明", "Differences"),
    dispatched_on=("发出日期", "Dispatched on"),
    diverted=("改运", "Diverted"),
    document=("单据", "Document"),
    documents=("单据", "Documents"),
    donation=("捐赠", "Donation"),
    entry=("序号", "Entry"),
    evidence=("凭据", "Evidence"),
    expires=("到期日", "Expires"),
    expiry=("最早到期", "First expiry"),
    figure=("公布数", "Figure"),
    finding=("问题", "Finding"),
    from_or_to=("来源或去向", "From or to"),
    gains=("盘盈", "Gains"),
    given_out=("发放及下拨", "Given out"),
    group=("类别", "Group"),
    had=("曾有", "Had"),
    has=("账面数", "The book has"),
    idle_days=("未动天数", "Days idle"),
    in_the_way=("未了结事项", "In the way"),
    in_transit=("在途", "In transit"),
    independent=("依据", "Rests on"),
    into=("转入", "Into"),
    item=("物资", "Item"),
    kind=("类型", "Kind"),
    known_entries=("已知分录", "Entries known"),
    last_demand=("最近出库", "Last demand"),
    lost=("损失", "Lost"),
    lot=("批次", "Lot"),
    lots=("批次", "Lots"),
    measure=("口径", "Measure"),
    moved=("组间转入（净额）", "Moved in (net)"),
    noted=("货运单已注明", "Noted on waybill"),
    on_hand=("库存", "On hand"),
    opening=("期初", "Opening"),
    origin=("发货仓库", "From"),
    output=("产出", "Output"),
    out_of=("转出", "Out of"),
    over=("多到", "Over"),
    over_days=("统计天数", "Over days"),
    packs=("合装", "In packs"),
    parts=("部分", "Parts"),
    period=("期间", "Period"),
    place=("地点", "Place"),
    planned=("计划", "Planned"),
    project=("项目", "Project"),
    spent=("支出", "Spent"),
    pledged=("认捐", "Pledged"),
    quantity=("数量", "Quantity"),
    quarantined=("待检隔离", "Quarantined"),
    receipt=("票据", "Receipt"),
    received=("收到", "Received"),
    received_on=("到货日期", "Received on"),
    recipient=("接收方", "Recipient"),
    recipients=("接收方数", "Recipients"),
    refused=("拒收", "Refused"),
    report=("验收单", "Report"),
    restriction=("限定", "Restriction"),
    said_of=("内容", "Said of"),
    sealed_through=("封账至", "Sealed through"),
    short=("短少", "Short"),
    signature=("签收", "Signed for"),
    since=("在库自", "There since"),
    still_there=("现有", "Still there"),
    state=("状态", "State"),
    to=("收货方", "To"),
    value=("金额", "Value"),
    verdict=("结论", "Verdict"),
    warehouse=("地点", "Place"),
    waybill=("货运单", "Waybill"),
    went_out=("发出", "Out"),
    went_out_value=("发出金额", "Out, value"),
    enough_for=("可组数量", "Enough for"),
    holds_since=("启用日期", "Holds since"),
    in_or_out=("装入或取出", "In or out"),
    kit=("组合包", "Kit"),
    kit_lot=("组合包批次", "Kit lot"),
    kits=("包数", "Kits"),
    per_kit=("每包用量", "Per kit"),
    usable=("可用数量", "Usable"),
    version=("版本", "Version"),
    where=("去向", "Where it is"),
    whole=("整体", "Whole"),
    why=("事由", "Why"),
    book=("账面", "Book"),
    book_then=("盘点时账面", "Book at the count"),
    count_plan=("盘点计划", "Count plan"),
    counted=("实盘", "Counted"),
    stated=("清点记录", "As counted"),
    counter=("盘点人", "Counter"),
    counters=("盘点人", "Counters"),
    explanation=("差异原因", "Explanation"),
    item_id=("物资编号", "Item id"),
    loose_counted=("零数", "Loose"),
    pack=("包装", "Pack"),
    packs_counted=("整件数", "Whole packs"),
    remark=("备注", "Remark"),
    result=("结果", "Result"),
    round=("轮次", "Round"),
    sheet=("盘点表", "Sheet"),
    to_count=("待盘", "To be counted"),
    unit=("零数单位", "Unit"),
    available=("可用", "Available"),
    because=("原因", "Because"),
    delivered=("已交付", "Delivered"),
    elsewhere=("转往他处", "Elsewhere"),
    free=("可另行分配", "Free instead"),
    fulfilled=("已发放", "Fulfilled"),
    held=("预留数", "Held"),
    held_for_others=("为他人预留", "Held for others"),
    held_until=("预留至", "Held until"),
    hold=("预留", "Hold"),
    kept=("为其预留", "Held for them"),
    lapsed=("到期未用", "Lapsed"),
    moving=("另日出入", "Moves on another day"),
    programme=("活动", "Programme"),
    released=("已解除", "Released"),
    restricted=("限作他用", "For other uses"),
    still_held=("仍预留", "Still held"),
    unusable=("不可用", "Unusable"),
    wanting=("无法兑现", "Cannot be given"),
    kilograms=("重量（千克）", "Weight, kg"),
    litres=("体积（升）", "Volume, L"),
    maximum=("最高库存", "Maximum"),
    minimum=("最低库存", "Minimum"),
    on_the_road=("在途", "On the road"),
    to_order=("应补", "To order"),
    after=("调整后", "After"),
    before=("调整前", "Before"),
    buyer=("购买方", "Buyer"),
    closing=("期末", "Closing"),
    consents=("捐赠方同意书", "Consents"),
    fetched=("变卖所得", "Fetched"),
    fund=("资金账户", "Fund"),
    now_for=("改为用于", "Now for"),
    paper=("凭据", "Paper"),
    redirected_in=("改入", "Redirected in"),
    redirected_out=("改出", "Redirected out"),
    revalued=("价值调整", "Revalued"),
    sold=("变卖", "Sold"),
    was_for=("原用于", "Was for"),
    released_by_use=("按用途使用", "Released by use"),
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
    count=("盘点差异", "count difference"),
    sale=("变卖差额", "difference at a sale"),
    revaluation=("价值调整", "revaluation"),
    excess=("超过需要", "more than is needed"),
    hard_to_store=("不易储存", "hard to store"),
    near_expiry=("临近到期", "near expiry"),
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
    components=("所含物资价值之和", "sum of its components"),
)

_RECEIPTS = _words(
    "receipt",
    numbered=("{receipt}", "{receipt}"),
    waived=("{receipt}（不需要票据）", "{receipt} (receipt waived)"),
    anonymous=("{receipt}（匿名）", "{receipt} (anonymous)"),
)

_DIFFERENCES = _words(
    "difference",
    open=("{what}（{stage}，未签认）", "{what} ({stage}, not signed for)"),
    signed_off=("{what}（{stage}，{paper} 签认）", "{what} ({stage}, signed off by {paper})"),
    found=("{what}（{stage}，已验收入账）", "{what} ({stage}, taken in)"),
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

_RECOVERIES = _words(
    "recovery",
    salvage=("残料价值", "salvage"),
    insurance=("保险赔款", "insurance"),
    culprit=("责任人赔偿", "what the culprit pays"),
)

_RESTRICTIONS = _words(
    "restriction",
    places=("地区：{what}", "place {what}"),
    programme=("活动：{what}", "programme {what}"),
    groups=("群体：{what}", "group {what}"),
    recipients=("接收方：{what}", "recipient {what}"),
    until=("使用期限：{what}", "until {what}"),
)

_RISKS = _words(
    "risk",
    not_there_any_more=("已不够", "not there any more"),
    expires_before_its_last_day=("在此之前到期", "expires before that"),
)

_RECALLED = _words(
    "recalled",
    warehouse=("可用库存中", "in usable stock"),
    quarantine=("已隔离", "kept apart"),
    transit=("在途", "on the road"),
    household=("未收回", "to be asked back"),
    school=("未收回", "to be asked back"),
    society=("已转出", "passed on"),
    project=("已转出", "passed on"),
    conversion=("已变卖", "sold"),
    loss=("损失", "lost"),
    nothing=("已了结", "settled"),
)

_SAID = _words(
    "said",
    holding=("{text}（{count}{unit}装）", "{text} (of {count} {unit})"),
    expired=("已过期", "expired"),
    never=("从未出库", "never"),
    no_demand=("无出库", "no demand"),
    buyer=("买方：{name}", "buyer: {name}"),
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
    met=("已满足", "met"),
    missing=("公布数多{amount}", "the figure has {amount} more"),
    no_donor=("无捐赠方", "no donor"),
    no=("否", "no"),
    no_paper=("未注明", "no paper stated"),
    no_programme=("未列活动", "no programme"),
    none=("无", "nothing"),
    not_met=("未满足", "not met"),
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
    so_much=("{reason}{quantity}", "{quantity} {reason}"),
    could_be_built=("可组包数", "Could be built"),
    put_in=("装入", "put in"),
    taken_out=("取出", "taken out"),
    unrestricted=("非限定", "any use"),
    above_maximum=("高于上限", "above the maximum"),
    below_minimum=("低于下限", "below the minimum"),
    no_vehicle=("未指定车辆", "no vehicle named"),
    not_known=("未知", "not known"),
    within=("正常", "within"),
    unvalued=("{amount}（{count}批未计价）", "{amount} ({count} unvalued)"),
    yes=("是", "yes"),
    agreed=("一致", "agreed"),
    recount=("须复盘", "count again"),
    unlisted=("未列批次", "on no list"),
    gain=("盘盈", "gains"),
    gross_loss=("盘亏", "losses"),
    less=("减：{text}", "less {text}"),
    net_loss=("盘亏净额", "net loss"),
    not_counted=("尚未盘点", "not counted yet"),
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
    components_without_value=(
        "部分所含物资未说明价值，不在金额之内",
        "some of what is in the kits has no value stated, and is in no amount",
    ),
    limit=("限制组包数量的物资：{items}", "what limits it: {items}"),
    donation_balances=(
        "去向合计与收到（含盘盈）的{given}相符",
        "the ends sum to the {given} given and found",
    ),
    donation_differs=(
        "去向合计与收到（含盘盈）的{given}相差{difference}",
        "the ends differ from the {given} given and found by {difference}",
    ),
    diverted=("{road}（改运自 {first}）", "{road} (diverted from {first})"),
    documents=("单据：{documents}", "documents: {documents}"),
    late_news=(
        "记在未结账日期，不改变所属期间的报表",
        "entered on open days; the statement of the period that it is about stays as it was",
    ),
    concerns=("迟到事项，所属日期 {day}", "late news, about {day}"),
    counts=("日期在盘点之前：{counts}", "dated before counts: {counts}"),
    demand=(
        "出库指发放、发运（含发往本会其他仓库）和组包用料，已扣除冲销；损失、隔离、盘亏和变卖不计",
        "demand: given out, dispatched (to own depots too) or put into kits, less reversals; nothing else",
    ),
    expiry_day_usable=("到期当日仍可使用", "goods are usable on the day of expiry"),
    expiry_day_not_usable=("到期当日不可使用", "goods are not usable on the day of expiry"),
    recall_over=("召回已于 {day} 结束", "the recall was over on {day}"),
    recall_reason=("原因：{reason}；依据：{notice}", "reason: {reason}; notice: {notice}"),
    on_the_road=(
        "{waybill}：{origin} 发往 {to}，{on} 发出，应于 {due} 到达，承运：{carrier}",
        "{waybill}: from {origin} to {to}, dispatched on {on}, due on {due}, carrier: {carrier}",
    ),
    reversed=("已冲销的单据列出但不计入合计", "what was reversed is listed and not counted"),
    not_weighed=("重量未知，未计入合计：{items}", "weight not known, not in the total: {items}"),
    not_measured=("体积未知，未计入合计：{items}", "volume not known, not in the total: {items}"),
    max_weight=("限重 {most} 千克", "it takes {most} kg at most"),
    max_volume=("容积 {most} 升", "it takes {most} L at most"),
    unvalued=(
        "未说明价值的批次只计数量，不在金额之内",
        "lots whose value is not stated are counted by quantity and are in no amount",
    ),
    blind_sheet=(
        "逐行清点，没有的填 0，不得空行；不在表上的物资写在表后",
        "count every line and write 0 where there is none; what is on no line is written below",
    ),
    recoveries=("赔款和残值在收到时另行入账", "what is made good is received as money when it comes"),
    late_entries=(
        "已计入盘点后补记的分录：{entries}",
        "entries that came late and are taken into account: {entries}",
    ),
    approved_by=("盘点人：{counters}；批准人：{people}", "counted by {counters}; approved by {people}"),
    kept=("不随之调整的批次：{lots}", "lots that keep their value: {lots}"),
)

_PARTICULARS = _words(
    "particular",
    agreement=("捐赠协议", "agreement"),
    approved_by=("批准人", "approved by"),
    assembled_by=("组包人", "assembled by"),
    audit_paper=("审计文件", "audit paper"),
    batch=("批号", "batch"),
    broken_by=("拆包人", "broken by"),
    buyer=("买方", "buyer"),
    carrier=("承运方", "carrier"),
    checked_by=("复核人", "checked by"),
    closed_by=("结账人", "closed by"),
    counted_by=("清点人", "counted by"),
    counter=("盘点人", "counter"),
    counters=("盘点人", "counters"),
    deliver_by=("交付期限", "deliver by"),
    diverted_from=("改运自", "diverted from"),
    donor=("捐赠方", "donor"),
    due=("应到日期", "due"),
    explanation=("说明", "explanation"),
    hold=("预留", "hold"),
    inspected_by=("检验人", "inspected by"),
    invoice=("发票", "invoice"),
    item=("物资", "item"),
    kit=("组合包", "kit"),
    note=("备注", "note"),
    notice=("召回依据", "notice"),
    ordered_by=("召回决定人", "ordered by"),
    origin=("发货仓库", "from"),
    paper=("依据", "paper"),
    period=("期间", "period"),
    plan=("盘点计划", "count plan"),
    purpose=("用途", "purpose"),
    quantity=("数量", "quantity"),
    reason=("原因", "reason"),
    recall=("召回通知单", "recall"),
    receipt=("票据", "receipt"),
    received_by=("验收人", "received by"),
    recipient=("接收方", "recipient"),
    released_by=("解除人", "released by"),
    report=("到货验收单", "receiving report"),
    reported_by=("上报人", "reported by"),
    requested_by=("申请人", "requested by"),
    restriction=("限定", "restriction"),
    reverses=("冲销单据", "reverses"),
    sealed_by=("封账人", "sealed by"),
    signed_by=("签认人", "signed by"),
    source_document=("来源凭据", "source paper"),
    stage=("责任方", "who answers"),
    supplier=("供应商", "supplier"),
    to=("收货方", "to"),
    until=("预留至", "until"),
    vehicle=("车辆", "vehicle"),
    version=("物料清单版本", "version of the bill"),
    voucher=("付款凭证", "voucher"),
    warehouse=("仓库", "warehouse"),
    programme=("活动", "programme"),
    waybills=("货运单", "waybills"),
)

_CODES = {
    f"code.{code}": Word(zh, code)
    for code, zh in {
        "changed-after-close": "结账后变动",
        "claim-contradicted": "公布数与账面矛盾",
        "claim-forfeited-risk": "索赔可能失效",
        "claim-without-source": "公布数无来源",
        "close-differs": "结账数不符",
        "consignment-difference": "货运数量不符",
        "consignment-open": "货运未到",
        "consignment-overdue": "货运逾期",
        "consignment-unaccounted": "货运无法核对",
        "count-conflict": "盘点存疑",
        "count-open": "盘点未批准",
        "cut-off": "期间不符",
        "day-not-stated": "未说明日期",
        "donor-not-stated": "未说明捐赠方",
        "earlier-period-open": "前期未结账",
        "expired-in-stock": "过期物资仍在库",
        "gap-candidates": "差额可能的来源",
        "given-above-received": "发出多于收到",
        "joint-lots": "合用批次未计入",
        "kit-value-incomplete": "组合包价值不全",
        "loss-open": "损失未签认",
        "may-contain": "可能包含",
        "movement-incomplete": "资料不全",
        "nested": "一项在另一项之内",
        "not-done": "尚未完成",
        "one-name": "名称可能相同",
        "only-planned": "仅为计划",
        "period-closed": "期间已结账",
        "period-not-over": "期间未结束",
        "recall-on-the-road": "召回物资在途",
        "recall-sold": "召回物资已变卖",
        "recall-still-out": "召回物资未收回",
        "recall-usable": "召回物资未隔离",
        "relation-contradicted": "公布数之间矛盾",
        "relation-uncertain": "公布数之间无法核对",
        "relation-units": "公布数单位不同",
        "remainder": "余额去向",
        "statement-difference": "收支结存不平",
        "told-after-close": "结账后补充",
        "told-twice": "可能重复记载",
        "above-maximum": "高于最高库存",
        "allocation-difference": "分配与交付不符",
        "below-minimum": "低于最低库存",
        "depot-overfull": "库容不足",
        "promise-at-risk": "预留无法兑现",
        "plan-cannot-be": "计划自相矛盾",
        "plan-delivered-more": "交付超出计划",
        "plan-difference": "计划去向不明",
        "plan-held-twice": "计划重复预留",
        "plan-not-by-rule": "计划与规则不符",
        "plan-not-delivered": "到期未交付",
        "plan-not-held": "计划未预留",
        "plan-rule-unknown": "规则不明",
        "trace-difference": "捐赠去向不平",
        "trial-balance-difference": "试算不平",
        "unvalued": "未计价",
        "value-not-stated": "未说明价值",
        "expiring-out-of-scope": "临期物资无可用接收方",
        "restriction-difference": "限定资产收支不平",
        "restriction-ended": "使用期限已过",
        "restriction-ending": "使用期限将至",
    }.items()
}

_CHECKS = {
    "check.consignment-overdue": Word("没有逾期在途", "no consignment is overdue"),
    "check.count-conflict": Word("盘点结果均无疑问", "no count is in question"),
    "check.count-open": Word("盘点均已批准", "every count is approved"),
    "check.earlier-period-open": Word("前期均已结账", "earlier periods are closed"),
    "check.loss-open": Word("运输损失均已签认", "every loss on the road is signed for"),
    "check.period-closed": Word("本期尚未结账", "the period is open"),
    "check.period-not-over": Word("期间已结束", "the period is over"),
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
    closing_acts=("结账记录", "Closes, seals and reopenings"),
    closing_checklist=("结账检查表（{period}）", "Before {period} is closed"),
    consignments=("在途与到货核对表", "Dispatched against received"),
    donation_report=("捐赠使用报告：{donor}", "Report to the donor: {donor}"),
    donation_ends=("捐赠去向：{donor}", "Where it is: {donor}"),
    findings=("核对问题", "Findings"),
    late_news=("迟到事项（所属期间：{period}）", "Late news about {period}"),
    open_losses=("在途损失待签认表（{on}）", "Losses on the road not signed for, {on}"),
    overdue=("逾期在途表（{on}）", "Overdue consignments, {on}"),
    bills=("物料清单", "Bills of materials"),
    buildable=(
        "可组包数量：{kit}（版本{version}），{warehouse}，{on}",
        "Kits that could be built: {kit} (version {version}), {warehouse}, {on}",
    ),
    kit_record=("{paper} {number}，{on}", "{paper} {number}, {on}"),
    projects=("项目情况表", "Projects"),
    register=("发放登记簿", "Distribution register"),
    register_totals=("发放登记簿合计", "Distribution register, totals"),
    relations=("公布数之间的关系", "Published figures among themselves"),
    sender_notice=("到货情况告知单：{waybill}", "Notice to the sender: {waybill}"),
    statement=("收支结存表（{period}，按{by}）", "Statement of {period}, by {by}"),
    dead_stock=("呆滞物资表（{day}）", "Dead stock, {day}"),
    document=("{document} {number}，{day}", "{document} {number}, {day}"),
    expiring=("临期物资表（{day}）", "Expiring goods, {day}"),
    recall=("召回情况表：{recall}", "Recall {recall}"),
    recall_notice=("召回通知：{recipient}", "Recall notice: {recipient}"),
    slow_stock=("周转缓慢物资表（{day}）", "Slow stock, {day}"),
    stock=("库存表", "Stock position"),
    stock_card=("库存卡：{item}，{warehouse}", "Stock card: {item}, {warehouse}"),
    stock_card_of_period=(
        "库存卡：{item}，{warehouse}，{period}",
        "Stock card: {item}, {warehouse}, {period}",
    ),
    trace=("溯源：{donation}（{donor}）", "Trace: {donation} ({donor})"),
    trial_balance=("试算平衡表", "Trial balance"),
    allocation=(
        "分配单 {number}：{warehouse}，{since} 至 {until}",
        "Allocation {number}: {warehouse}, {since} to {until}",
    ),
    allocations=("分配与交付核对表（{on}）", "Promised against given, {on}"),
    availability=("可用量表", "What is available"),
    holds=("预留情况表（{on}）", "Holds, {on}"),
    promises=("无法兑现的预留（{on}）", "Promises at risk, {on}"),
    depot_load=("库容表：{warehouse}，{on}", "Room and weight: {warehouse}, {on}"),
    reorder=("库存限额表", "Stock against its minimum and maximum"),
    waybill_load=("装载单：{waybill}，{vehicle}", "Load of {waybill}, {vehicle}"),
    blind_sheet=(
        "盘点表：{warehouse}，{plan}，第{round}轮",
        "Count sheet: {warehouse}, {plan}, round {round}",
    ),
    count_comparison=("盘点比对表：{warehouse}，{plan}", "Count comparison: {warehouse}, {plan}"),
    count_report=("盘点报告：{warehouse}，{report}", "Count report: {warehouse}, {report}"),
    count_result=("盘点损益：{warehouse}，{report}", "Result of the count: {warehouse}, {report}"),
    open_counts=("未结盘点", "Open counts"),
    redirections=("改变用途登记表", "Redirections, with consents on file"),
    restriction_account=("限定资产变动表（{period}，按{by}）", "Restricted assets, {period}, by {by}"),
    revaluations=("价值调整登记表", "Revaluations"),
    sales=("变卖处置登记表", "Sales of surplus"),
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
    | _DIFFERENCES
    | _VERDICTS
    | _RELATIONS
    | _RECOVERIES
    | _RESTRICTIONS
    | _RECALLED
    | _RISKS
    | _SAID
    | _CURRENCIES
    | _NOTES
    | _PARTICULARS
    | _CODES
    | _CHECKS
    | _STATES
    | _MISSING
    | _TITLES
)
"""All the words, by key."""
