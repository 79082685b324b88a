"""How an auditor follows one donor through a book: what came, where it is, and whether the book can be trusted.

You learn to ask the same question in four ways that do not rest on one another, and to compare the answers:

- *the papers*: what the donor's receipts and goods received notes add up to;
- *the trace*: every lot of the donor to where its units are now, on a shelf, on the road, with somebody, lost;
- *the statement*: opening and receipts against closing and issues, a row a donor;
- *the entries*: nothing but a loop and a sum, in code of your own.

Half a year of one donor is in it: goods and money, a purchase that two donors paid for, a consignment that came
short, a distribution, a return, and a mistake that was reversed. Run it with
`uv run --no-dev python examples/audit_a_donation.py --lang zh` (or `en`).
"""

from argparse import ArgumentParser
from collections.abc import Iterable
from datetime import date

from reliefstock import (
    ArrivedLine,
    Book,
    BoughtLine,
    ConsignedLine,
    Donor,
    DonorKind,
    Entry,
    FixedClock,
    Fund,
    Handout,
    Household,
    Item,
    Money,
    Period,
    Place,
    PledgedLine,
    ReceivedLine,
    ReturnedLine,
    School,
    Side,
    Stage,
    Supplier,
    Valuation,
    Warehouse,
)
from reliefstock.reconciliation import By, Trace, consignment_findings, statement, trace
from reliefstock.reports import (
    Column,
    Naming,
    Table,
    donation_ends_table,
    donation_report,
    donation_report_table,
    draw,
    findings_table,
    statement_table,
)
from reliefstock.values import Language

HALF_YEAR = Period.half_year(2023, 1)
Balances = dict[tuple[Place, str], tuple[int, int]]  # by place and lot: base units and minor units


# The book to be audited. An auditor gets it as it is; here it has to be made first.


def book_of_the_city() -> Book:
    """Half a year in a city depot."""
    book = Book("Ankang", currency="CNY", clock=FixedClock("2023-06-30"))
    quilt = Item("quilt", zh="棉被", en="Quilt")
    blanket = Item("blanket", zh="毛毯", en="Blanket")
    book.add(quilt, blanket)
    book.add(Donor("province", zh="省红十字会", en="Provincial Red Cross", kind=DonorKind.SOCIETY))
    book.add(Donor("company-a", zh="甲公司", en="Company A"))
    book.add(Warehouse("city", zh="市备灾中心", en="City depot"))
    book.add(Warehouse("county", zh="县备灾仓库", en="County depot"))
    book.add(Fund("main", zh="基本账户", en="Main account"), Supplier("mill", zh="毛毯厂", en="Blanket mill"))
    book.add(Household("H-0001", size=4), Household("H-0002", size=2))
    book.add(School("lvhe", zh="吕河镇中心学校", en="Lyuhe Central School"))
    receive_and_buy(book, quilt, blanket)
    send_and_give(book, quilt, blanket)
    return book


def receive_and_buy(book: Book, quilt: Item, blanket: Item) -> None:
    """Goods as promised, but for two; money of two donors; blankets out of both."""
    promise = book.pledge(
        donor="province", lines=[PledgedLine("quilt", quilt.quantity(300))], on="2023-01-05"
    )
    book.receive(
        donor="province",
        donation=promise.number,
        into="city",
        on="2023-01-10",
        counted_by=("counter A", "counter B"),
        lines=[
            ReceivedLine(
                "quilt",
                quilt.quantity(298),
                valuation=Valuation.voucher(Money.of("10000.00", "CNY"), "invoice 17"),
                refused=quilt.quantity(2),
                refusal_reason="torn",
            )
        ],
    )
    book.receive_money(donor="province", into="main", amount=Money.of("5000.00", "CNY"), on="2023-02-01")
    book.receive_money(donor="company-a", into="main", amount=Money.of("2500.00", "CNY"), on="2023-02-03")
    # 70 blankets for 7,000.01 yuan: the province's money pays for 49 of them and a part of the fiftieth.
    book.purchase(
        fund="main",
        supplier="mill",
        into="city",
        lines=[BoughtLine("blanket", blanket.quantity(70), Money.of("7000.01", "CNY"))],
        on="2023-02-10",
        counted_by=("counter A", "counter B"),
        invoice="invoice 23",
    )


def send_and_give(book: Book, quilt: Item, blanket: Item) -> None:
    """A consignment that comes short, a list, a list twice, a return, a consignment still on the road."""
    waybill = book.dispatch(
        origin="city", to="county", lines=[ConsignedLine("quilt", quilt.quantity(100))], on="2023-02-20"
    )
    lot = waybill.lines[0].lot
    book.arrive(
        waybill.number,
        on="2023-02-21",
        received_by="storekeeper C",
        lines=[ArrivedLine(lot, quilt.quantity(97), stage=Stage.CARRIER)],
    )
    lines = [
        Handout("H-0001", "quilt", quilt.quantity(4), "sheet 1, line 1"),
        Handout("H-0002", "quilt", quilt.quantity(2), "sheet 1, line 2"),
        Handout("lvhe", "quilt", quilt.quantity(60), "sheet 1, line 3"),
    ]
    book.distribute(origin="county", on="2023-03-01", lines=lines)
    # No `command`, so nothing keeps the storekeeper from entering the list a second time, at another depot.
    twice = book.distribute(origin="city", on="2023-03-01", lines=lines)
    book.reverse(twice.number, on="2023-03-06", reason="the list was entered twice", approved_by="manager")
    book.return_(
        recipient="lvhe",
        into="county",
        lines=[ReturnedLine(lot, quilt.quantity(5))],
        on="2023-03-20",
        reason="more than there are beds",
    )
    book.dispatch(
        origin="city", to="county", lines=[ConsignedLine("blanket", blanket.quantity(10))], on="2023-06-29"
    )


# The second way: it knows what a posting is, and nothing else of the library.


def added_up(entries: Iterable[Entry]) -> Balances:
    """What every place holds of every lot, by adding up postings."""
    balances: Balances = {}
    for entry in entries:
        for posting in entry.postings:
            key = (posting.place, posting.lot)
            quantity, value = balances.get(key, (0, 0))
            balances[key] = (quantity + posting.quantity, value + posting.value)
    return balances


def disagreements(book: Book, balances: Balances, on: date | None = None, known: int | None = None) -> int:
    """Of how many places and lots the book says something else, whichever of the two has more to tell."""
    asked = dict.fromkeys([*balances, *((place, lot.id) for place, lot, _ in book.ledger.timelines())])
    wrong = 0
    for place, lot in asked:
        held = book.holding(place, lot, on=on, known=known)
        if (held.quantity, held.value) != balances.get((place, lot), (0, 0)):
            wrong += 1
    return wrong


# The audit.


class Audit:
    """What the auditor writes down, in one language. A figure that does not agree ends the audit."""

    def __init__(self, book: Book, lang: Language) -> None:
        self.book = book
        self._lang: Language = lang
        self._naming = Naming(book, lang)

    def head(self, zh: str, en: str) -> None:
        """Begin a section."""
        print(f"\n{self._said(zh, en)}\n")

    def show(self, table: Table) -> None:
        """Put a table on the record."""
        print(draw(table, lang=self._lang))

    def agree(self, zh: str, en: str, one: int, other: int, *, money: bool = True) -> None:
        """Hold two figures against each other, to the fen."""
        if one != other:
            raise SystemExit(f"{self._said(zh, en)}: {one} ≠ {other}")
        shown = self._naming.amount(one) if money else str(one)
        print(f"  ✓ {self._said(zh, en)}: {shown}")

    def papers(self, donor: str) -> int:
        """What came by the papers, and where it is, as the donor may ask to see it."""
        self.head("一、单据：收到了什么，现在何处", "1. The papers: what came, and where it is")
        report = donation_report(self.book, donor)
        received = donation_report_table(report, self.book, self._lang)
        self.show(received.without("basis", "restriction", "receipt"))
        self.show(donation_ends_table(report, self.book, self._lang))
        return sum(gift.value for gift in donation_gifts(report_of=self.book, donor=donor))

    def steps(self, donations: list[str]) -> list[Trace]:
        """Each donation, movement by movement, and that its ends sum to what was given."""
        self.head("二、追踪：每一笔去向", "2. The trace: every step")
        traces = [trace(self.book, donation) for donation in donations]
        for one in traces:
            self.show(self._steps_table(one))
            zh, en = f"捐赠 {one.donation}：去向合计等于捐赠额", f"the ends of {one.donation} sum to what was given"
            self.agree(zh, en, one.accounted, one.given)
        return traces

    def _steps_table(self, one: Trace) -> Table:
        """A table of one's own: columns with a head in both languages, and rows of finished text."""
        name = self._naming
        return Table(
            "steps",
            f"捐赠 {one.donation}",
            f"Donation {one.donation}",
            columns=(
                Column("on", "日期", "Date"),
                Column("document", "单据", "Document"),
                Column("source", "来自", "From"),
                Column("target", "去往", "To"),
                Column("quantity", "数量", "Quantity", "right"),
                Column("value", "金额", "Value", "right"),
            ),
            rows=tuple(
                (
                    step.on.isoformat(),
                    step.document,
                    name.kind_and_place(step.source),
                    name.kind_and_place(step.target),
                    name.quantity(step.item, step.quantity),
                    name.amount(step.value),
                )
                for step in one.steps
            ),
        )

    def _said(self, zh: str, en: str) -> str:
        return zh if self._lang == "zh" else en
