"""What is known but cannot be posted: observations of what is not stock, and mentions of movements.

An observation records something counted that no ledger holds (houses built, messages sent, events
held), with its evidence, so that a printed figure can be held against it.

A mention records a movement that some paper speaks of without saying all that an entry needs: no
amount, no recipient or no date. It is kept as far as it is known and moves nothing. Whoever sums up
the ledger learns from it that there is more, and between which bounds.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import attrs

from reliefstock.errors import Incomplete
from reliefstock.ledger import Side
from reliefstock.operations.desk import Desk, Document, Proposal, Request, required
from reliefstock.projects import State
from reliefstock.values import Interval, Language, Period, business_date, member_of, one_form, several, texts

__all__ = ["Mention", "MentionMovement", "Observation", "Observe", "mention", "observe"]


@attrs.frozen(kw_only=True)
class Observe(Request["Observation"]):
    """Something was counted. `unit` is its unit of count; `count` is as exact as the evidence is.

    `period` is when it happened or was counted, as far as that is known.
    """

    what: str
    count: Interval
    unit: str
    on: date = attrs.field(converter=business_date)
    evidence: str
    period: Period | None = None
    project: str | None = None
    state: State | None = attrs.field(default=None, converter=attrs.converters.optional(member_of(State)))
    place: str = ""
    what_zh: str = ""
    what_en: str = ""


@attrs.frozen(kw_only=True)
class Observation(Document):
    """What was counted: how many of what, when, on what evidence; for a project, in which state."""

    prefix: ClassVar[str] = "OBS"
    zh: ClassVar[str] = "观测记录"
    en: ClassVar[str] = "Observation"
    may_be_dated_back: ClassVar[bool] = True

    what: str
    count: Interval
    unit: str
    evidence: str
    period: Period
    project: str | None
    state: State | None
    place: str
    what_zh: str = ""
    what_en: str = ""

    def about(self, lang: Language = "en") -> str:
        """What was observed, in Chinese (`zh`) or English; its name in the book where no other is given."""
        return (self.what_zh if lang == "zh" else self.what_en) or self.what


def observe(desk: Desk, asked: Observe) -> Proposal:
    """Keep an observation."""
    on = desk.day(asked.on)
    project = None if asked.project is None else desk.register.project(asked.project).id
    if asked.state is not None and asked.project is None:
        raise Incomplete(
            what=asked.what,
            missing="it has a state and no project",
            do="name the project",
            zh=f"{asked.what}：写了状态，没有写项目；请写明项目",
        )
    document = Observation(
        number=desk.next_number(Observation),
        on=on,
        what=required("what was observed", asked.what, "name the indicator", zh="观测的内容（指标）"),
        count=asked.count,
        unit=asked.unit,
        evidence=required(
            f"the evidence of {asked.what}", asked.evidence, "name the paper", zh=f"{asked.what} 的凭据"
        ),
        period=asked.period or Period.day(on),
        project=project,
        state=asked.state,
        place=asked.place,
        what_zh=asked.what_zh,
        what_en=asked.what_en,
    )
    return Proposal(document)


@attrs.frozen(kw_only=True)
class MentionMovement(Request["Mention"]):
    """A movement that is known in part. `side` says whether it came in, went out, or is held.

    `value` is in minor units, `quantity` in units of count `unit`; None is unknown. What is stated of
    donor, item, recipient and programme must be known to the book; the rest is left out.
    """

    side: Side = attrs.field(converter=member_of(Side))
    what: str
    period: Period
    evidence: str
    missing: tuple[str, ...] = attrs.field(converter=several)
    donor: str | None = None
    item: str | None = None
    recipients: tuple[str, ...] = attrs.field(default=(), converter=texts)
    programme: str = attrs.field(default="", converter=one_form)
    donation: str | None = None
    value: Interval | None = None
    quantity: Interval | None = None
    unit: str = ""
    what_zh: str = ""
    what_en: str = ""


@attrs.frozen(kw_only=True)
class Mention(Document):
    """A movement that some paper speaks of, as far as it is known, and what it leaves out."""

    prefix: ClassVar[str] = "MEN"
    zh: ClassVar[str] = "待补记录"
    en: ClassVar[str] = "Mention"
    may_be_dated_back: ClassVar[bool] = True

    side: Side
    what: str
    period: Period
    evidence: str
    missing: tuple[str, ...]
    donor: str | None
    item: str | None
    recipients: tuple[str, ...]
    programme: str
    donation: str | None
    value: Interval | None
    quantity: Interval | None
    unit: str
    what_zh: str = ""
    what_en: str = ""

    def about(self, lang: Language = "en") -> str:
        """What is mentioned, in Chinese (`zh`) or English; as it was noted where no other is given."""
        return (self.what_zh if lang == "zh" else self.what_en) or self.what


def mention(desk: Desk, asked: MentionMovement) -> Proposal:
    """Keep a movement that cannot be posted, with what is missing."""
    if not asked.missing:
        raise Incomplete(
            what=asked.what,
            missing="nothing is said to be missing",
            do="post it, or say what is unknown",
            zh=f"{asked.what}：没有写明缺少什么；请直接记账，或写明不清楚的内容",
        )
    donor = None if asked.donor is None else desk.register.donor(asked.donor).id
    item = None if asked.item is None else desk.register.item(asked.item).id
    for recipient in asked.recipients:
        desk.register.recipient(recipient)
    document = Mention(
        number=desk.next_number(Mention),
        on=desk.day(asked.period.first),
        side=asked.side,
        what=required("what is mentioned", asked.what, "say it in a few words", zh="所提的事"),
        period=asked.period,
        evidence=required(
            f"the evidence of {asked.what}", asked.evidence, "name the paper", zh=f"{asked.what} 的凭据"
        ),
        missing=asked.missing,
        donor=donor,
        item=item,
        recipients=asked.recipients,
        programme=asked.programme,
        donation=asked.donation,
        value=asked.value,
        quantity=asked.quantity,
        unit=asked.unit,
        what_zh=asked.what_zh,
        what_en=asked.what_en,
    )
    return Proposal(document)
