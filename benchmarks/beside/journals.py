"""The work in the languages of ledger, hledger and beancount, and what these answer.

beancount picks the lots by itself, first in, first out. ledger is told the lots, and hledger, which knows
none, what they are worth.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import product

from beside.work import ITEMS, PLACES, Entry, Totals

__all__ = [
    "Answer",
    "Text",
    "beancount",
    "beancount_totals",
    "hledger",
    "hledger_totals",
    "ledger",
    "ledger_totals",
]

Text = Callable[[Iterable[Entry]], Iterator[str]]
Answer = Callable[[str], Totals]


def yuan(fen: int) -> str:
    """An amount as these programs write it.

    >>> yuan(123456), yuan(-5)
    ('1234.56', '-0.05')
    """
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' * (fen < 0)}{whole}.{rest:02}"


def fen(text: str) -> int:
    """Such an amount in fen; beancount drops no zeros, but may add some.

    >>> fen("1,234.5"), fen("-0.05"), fen("7")
    (123450, -5, 700)
    """
    whole, _, rest = text.strip().lstrip("-").replace(",", "").partition(".")
    if rest[2:].strip("0"):
        raise ValueError(text)
    amount = int(whole) * 100 + int(rest[:2].ljust(2, "0"))
    return -amount if text.strip().startswith("-") else amount


def beancount(some: Iterable[Entry]) -> Iterator[str]:
    """In the language of beancount."""
    yield 'option "operating_currency" "CNY"\noption "booking_method" "FIFO"\n'
    yield "2023-01-01 open Equity:Donors\n2023-01-01 open Expenses:Given\n"
    for place, item in product(PLACES, ITEMS):
        yield f"2023-01-01 open Assets:{place}:{item} {item}\n"
    for _, on, gift, place, item, quantity, price, value, _ in some:
        goods = f"Assets:{place}:{item}"
        if gift:
            lot = f"{{{yuan(price)} CNY}}"
            yield f'{on} * "gift"\n {goods} {quantity} {item} {lot}\n Equity:Donors {yuan(-value)} CNY\n'
        else:
            yield f'{on} * "list"\n {goods} {-quantity} {item} {{}}\n Expenses:Given\n'


BEANCOUNT_QUERY = (
    "SELECT account, currency, sum(number) AS quantity, sum(number * cost_number) AS value "
    "WHERE account ~ 'Assets:' GROUP BY account, currency"
)


def beancount_totals(text: str) -> Totals:
    """What `bean-query -f csv` says."""
    rows = csv.DictReader(text.splitlines())
    return {
        (row["account"].strip().split(":")[1], row["currency"].strip()): (
            int(row["quantity"]),
            fen(row["value"]),
        )
        for row in rows
        if row["quantity"].strip() != "0"
    }


def ledger(some: Iterable[Entry]) -> Iterator[str]:
    """In the language of ledger: a posting for each lot, by its price and its day."""
    for _, on, gift, place, item, quantity, price, value, picks in some:
        if gift:
            lot = f"{{{yuan(price)} CNY}} [{on}]"
            yield f"{on} * gift\n  {place}:{item}  {quantity} {item} {lot}\n  donors  {yuan(-value)} CNY\n"
        else:
            taken = "".join(
                f"  {place}:{item}  {-pick.quantity} {item} {{{yuan(pick.price)} CNY}} [{pick.on}] "
                f"@ {yuan(pick.price)} CNY\n"
                for pick in picks
            )
            yield f"{on} * list\n{taken}  given  {yuan(value)} CNY\n"


LEDGER_FORMAT = r"%(account)\t%(join(display_total))\n"
_LOT = re.compile(r"(-?\d+) (\w+) \{([\d.,]+) CNY\}")


def ledger_totals(text: str) -> Totals:
    """What `ledger balance --lots` says: the lots that are left, each with its price."""
    left: Totals = {}
    for line in text.splitlines():
        place, found = line.partition(":")[0], _LOT.findall(line)
        for count, item, price in found:
            quantity, value = left.get((place, item), (0, 0))
            left[place, item] = quantity + int(count), value + int(count) * fen(price)
    return left


def hledger(some: Iterable[Entry]) -> Iterator[str]:
    """In the language of hledger: goods and their value, each against the other side."""
    for _, on, gift, place, item, quantity, _, value, _ in some:
        sign, other = (1, "donors") if gift else (-1, "given")
        worth = yuan(sign * value)
        yield (
            f"{on} * {other}\n  {place}:{item}  {sign * quantity} {item}\n  {place}:{item}  {worth} CNY\n"
            f"  {other}  {-sign * quantity} {item}\n  {other}  {yuan(-sign * value)} CNY\n"
        )


def hledger_totals(text: str) -> Totals:
    """What `hledger balance --output-format csv` says: each account with all that it holds."""
    left: Totals = {}
    for row in csv.DictReader(text.splitlines()):
        place, _, item = row["account"].partition(":")
        held = {unit: count for count, unit in map(str.split, row["balance"].split(", "))}
        left[place, item] = int(held.get(item, "0")), fen(held.get("CNY", "0"))
    return left
