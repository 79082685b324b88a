"""What comes with a gift and never leaves it: its valuation and its restrictions.

A restriction travels with the lot, whoever holds it. Only the donor can set one or lift one; using
goods outside it is refused (Law on Donations for Public Welfare, art. 18; Charity Law, art. 56).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import Enum
from types import MappingProxyType
from typing import Final

import attrs

from reliefstock.errors import Incomplete, NotPositive
from reliefstock.parties import covers, division
from reliefstock.values import (
    Language,
    Money,
    Quantity,
    choose,
    one_form,
    optional_date,
    several,
    spelled,
    texts,
)

__all__ = ["Basis", "PledgedLine", "Restriction", "Use", "Valuation"]


class Basis(Enum):
    """What a value rests on, from the firmest down (rules for non-profit organisations, 2004 and 2020)."""

    VOUCHER = "voucher"
    FAIR_VALUE = "fair value"
    MARKET = "market"
    ESTIMATE = "estimate"
    NOMINAL = "nominal"
    MEMORANDUM = "memorandum"
    """Kept by quantity alone, in the memorandum register, until a value can be measured."""
    COMPONENTS = "components"
    """What the lots that it was made of are worth together, each on its own basis."""


_BASIS_ZH: Final[Mapping[Basis, str]] = MappingProxyType(
    {
        Basis.VOUCHER: "凭据金额",
        Basis.FAIR_VALUE: "公允价值",
        Basis.MARKET: "市场价格",
        Basis.ESTIMATE: "估价",
        Basis.NOMINAL: "名义金额",
        Basis.MEMORANDUM: "备查登记",
        Basis.COMPONENTS: "所含物资价值之和",
    }
)


@attrs.frozen
class Valuation:
    """What a whole line is worth, on which basis, shown by what.

    `original` and `rate` keep a gift in another currency as it was given. A memorandum valuation has
    no amount; every other one has an amount above zero and says what it rests on.

    >>> str(Valuation.voucher(Money.of("99000", "CNY"), "invoice 17").amount)
    'CNY 99,000.00'
    """

    basis: Basis
    amount: Money | None
    evidence: str
    original: Money | None = None
    rate: str = ""

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.basis, Basis):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not check types
            raise Incomplete(
                what="a valuation",
                missing=f"{self.basis!r} is no basis",
                do="name a member of Basis",
                zh=f"计价：{self.basis!r} 不是计价依据；请用 Basis 中的一项",
            )
        if self.basis is Basis.MEMORANDUM:
            if self.amount is not None:
                raise self._incomplete(
                    "a memorandum lot has no amount",
                    "choose another basis",
                    "备查登记的批次没有金额；请改用其他计价依据",
                )
            return
        if self.amount is None:
            raise self._incomplete(
                "no amount is stated",
                "state it, or use Valuation.memorandum",
                "没有写明金额；请写明，或用 Valuation.memorandum",
            )
        if not isinstance(self.amount, Money):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not check types
            raise self._incomplete(
                f"{self.amount!r} has no currency",
                "state it as Money",
                f"{self.amount!r} 没有币种；请用 Money 写明",
            )
        if self.amount.minor <= 0:
            raise NotPositive(what="a valuation", given=self.amount)
        if not isinstance(self.evidence, str) or not spelled(self.evidence):  # pyright: ignore[reportUnnecessaryIsInstance] -- as above
            raise self._incomplete(
                "no evidence is stated", "name the paper it rests on", "没有写明凭据；请写明所依据的单据"
            )

    def _incomplete(self, missing: str, do: str, zh: str) -> Incomplete:
        return Incomplete(
            what=f"valuation by {self.basis.value}",
            missing=missing,
            do=do,
            zh=f"以{_BASIS_ZH[self.basis]}计价：{zh}",
        )

    @classmethod
    def voucher(cls, amount: Money, evidence: str) -> Valuation:
        """By the amount on the donor's voucher."""
        return cls(Basis.VOUCHER, amount, evidence)

    @classmethod
    def fair_value(cls, amount: Money, evidence: str) -> Valuation:
        """At fair value, where there is no voucher or it is far off."""
        return cls(Basis.FAIR_VALUE, amount, evidence)

    @classmethod
    def market(cls, amount: Money, evidence: str) -> Valuation:
        """At the price of an active market."""
        return cls(Basis.MARKET, amount, evidence)

    @classmethod
    def estimate(cls, amount: Money, evidence: str) -> Valuation:
        """By an estimate, whose grounds are stated."""
        return cls(Basis.ESTIMATE, amount, evidence)

    @classmethod
    def nominal(cls, amount: Money, evidence: str) -> Valuation:
        """At a nominal amount."""
        return cls(Basis.NOMINAL, amount, evidence)

    @classmethod
    def components(cls, amount: Money, evidence: str) -> Valuation:
        """As much as the lots that it was made of; the paper is that of the making."""
        return cls(Basis.COMPONENTS, amount, evidence)

    @classmethod
    def memorandum(cls, evidence: str = "") -> Valuation:
        """Without a value for now: the lot is kept by quantity only."""
        return cls(Basis.MEMORANDUM, None, evidence)

    @property
    def minor(self) -> int:
        """The amount in minor units; zero for a memorandum lot."""
        return 0 if self.amount is None else self.amount.minor


@attrs.frozen(kw_only=True)
class Use:
    """What somebody wants to use goods for: checked against each restriction of a lot."""

    on: date
    recipient: str = ""
    codes: tuple[str, ...] = ()
    groups: tuple[str, ...] = attrs.field(default=(), converter=texts)
    programme: str = attrs.field(default="", converter=one_form)
    passes_on: bool = False
    """The recipient is a society, which passes the goods on together with their restriction."""
    keeps: bool = False
    """What is made of the goods keeps their restrictions, so that only the last day of use counts now,
    and a programme where one is named."""

    def text(self) -> str:
        """The use in words, for errors."""
        parts = [self.recipient, self.programme and f"programme {self.programme}", f"on {self.on}"]
        return ", ".join(part for part in parts if part)


def _places(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(division(code) for code in several(given))


@attrs.frozen(kw_only=True)
class Restriction:
    """What a donor gave something for. Each part that is stated must hold; none stated, none holds.

    `places` are division codes, `groups` are groups of recipients, `recipients` are ids of named ones,
    `until` is the last day of use. A place that is no division code is refused (`BadIdentifier`).

    >>> schools = Restriction(places=("610928",), programme="back to school")
    >>> schools.allows(Use(on=date(2023, 5, 27), codes=("610928",), programme="back to school"))
    True
    >>> schools.allows(Use(on=date(2023, 5, 27), codes=("610923",), programme="back to school"))
    False
    """

    places: tuple[str, ...] = attrs.field(default=(), converter=_places)
    programme: str = attrs.field(default="", converter=one_form)
    groups: tuple[str, ...] = attrs.field(default=(), converter=texts)
    recipients: tuple[str, ...] = attrs.field(default=(), converter=texts)
    until: date | None = attrs.field(default=None, converter=optional_date)

    @property
    def is_free(self) -> bool:
        """Whether nothing is restricted."""
        return not (self.places or self.programme or self.groups or self.recipients or self.until)

    def allows(self, use: Use) -> bool:
        """Whether the use lies within the restriction."""
        return not self.objections(use)

    def objections(self, use: Use) -> tuple[str, ...]:
        """Which parts of the restriction the use does not meet."""
        return tuple(self._objections(use))

    def _objections(self, use: Use) -> Iterator[str]:
        if self.until and use.on > self.until:
            yield "until"
        if self.programme and use.programme != self.programme and (use.programme or not use.keeps):
            yield "programme"
        if not use.keeps:
            yield from self._out_of_scope(use)

    def _out_of_scope(self, use: Use) -> Iterator[str]:
        if self.places and not any(covers(scope, code) for scope in self.places for code in use.codes):
            yield "place"
        if self.recipients and use.recipient not in self.recipients and not use.passes_on:
            yield "recipient"
        if self.groups and not set(self.groups) & set(use.groups) and not use.passes_on:
            yield "group"

    def text(self, lang: Language = "en") -> str:
        """The restriction in words, for errors and documents. Raises `Incomplete` for another language.

        >>> Restriction(places=("610928",), programme="back to school").text("zh")
        '地区 610928；活动 back to school'
        """
        comma = choose(lang, en=", ", zh="、")
        parts = [
            ("place", "地区", comma.join(self.places)),
            ("programme", "活动", self.programme),
            ("group", "群体", comma.join(self.groups)),
            ("recipient", "接收方", comma.join(self.recipients)),
            ("until", "期限", self.until.isoformat() if self.until else ""),
        ]
        said = [f"{choose(lang, en=en, zh=zh)} {stated}" for en, zh, stated in parts if stated]
        return choose(lang, en="; ", zh="；").join(said) or choose(lang, en="any use", zh="任何用途")


@attrs.frozen
class PledgedLine:
    """One line of a promise: an item, and how much of it, or what it is to be worth, or both."""

    item: str
    quantity: Quantity | Money | None = None
    value: Money | None = None

    def __attrs_post_init__(self) -> None:
        if self.quantity is None and self.value is None:
            raise Incomplete(
                what=f"pledge of {self.item}",
                missing="neither a quantity nor a value is stated",
                do="state what the donor promised",
                zh=f"{self.item} 的捐赠承诺：数量和金额都没有写明；请写明捐赠方承诺了什么",
            )
