"""How an auditor follows one donor: what came, where it is now, and whether the book can be trusted.

You learn to ask one question in four ways that do not rest on one another, and to compare the answers:

- *the papers*: what the receipts and goods received notes of the donor add up to;
- *the trace*: every lot of the donor to where its units are now: on a shelf, on the road, given out, lost;
- *the statement*: what came in the half-year against what is there and what went, a row a donor;
- *the entries*: a loop and a sum, in code of your own.

The half-year has goods and money, a purchase that two donors paid for, a consignment that came short, a
distribution, a return, and a mistake that was reversed. Run it with
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
    DonationReceipt,
    Donor,
    DonorKind,
    Entry,
    FixedClock,
    Fund,
    GoodsReceivedNote,
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
    book.receive_money(donor="province", into="main", amount=Money.of("4980.00", "CNY"), on="2023-02-01")
    book.receive_money(donor="company-a", into="main", amount=Money.of("2500.00", "CNY"), on="2023-02-03")
    # 70 blankets for 7,000.01 yuan: the province's money pays for 49 of them and a part of the fiftieth. That
    # one is a lot of both donors, because nobody can say which part of a blanket is whose.
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


class Record:
    """What the auditor writes down, in one language. A figure that does not agree ends the audit."""

    def __init__(self, book: Book, lang: Language) -> None:
        self.naming = Naming(book, lang)
        self._lang: Language = lang

    def head(self, zh: str, en: str) -> None:
        """Begin a section."""
        print(f"\n{self._said(zh, en)}\n")

    def show(self, table: Table) -> None:
        """Put a table on the record."""
        print(draw(table, lang=self._lang))

    def agree(self, zh: str, en: str, *figures: int) -> None:
        """Hold figures against one another, in minor units: they agree to the fen, or the audit ends."""
        amounts = [self.naming.amount(figure) for figure in figures]
        if len(set(figures)) > 1:
            raise SystemExit(self._line(zh, en, " ≠ ".join(amounts)))
        print(self._line(zh, en, " = ".join(amounts)))

    def none(self, zh: str, en: str, count: int) -> None:
        """Say that there is nothing of what must not be, or end the audit."""
        if count:
            raise SystemExit(self._line(zh, en, str(count)))
        print(self._line(zh, en, "0"))

    def _line(self, zh: str, en: str, figures: str) -> str:
        return f"  {zh}：{figures}" if self._lang == "zh" else f"  {en}: {figures}"

    def _said(self, zh: str, en: str) -> str:
        return zh if self._lang == "zh" else en


def papers(book: Book, donor: str) -> int:
    """What came by the papers alone: no entry is looked at."""
    goods = [note for note in book.documents_of(GoodsReceivedNote) if note.donor == donor]
    money = [receipt for receipt in book.documents_of(DonationReceipt) if receipt.donor == donor]
    lines = [line for note in goods for line in note.lines if line.lot]
    return sum(line.valuation.minor for line in lines) + sum(receipt.amount.minor for receipt in money)


def steps_table(one: Trace, naming: Naming) -> Table:
    """A table of one's own: columns with heads in both languages, rows of finished text."""
    return Table(
        "steps",
        f"捐赠 {one.donation} 的流转",
        f"Donation {one.donation}, step by step",
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
                naming.kind_and_place(step.source),
                naming.kind_and_place(step.target),
                naming.quantity(step.item, step.quantity),
                naming.amount(step.value),
            )
            for step in one.steps
        ),
    )


def ask_the_papers(book: Book, donor: str, record: Record) -> tuple[Trace, ...]:
    """What the donor may ask to see, and each donation traced to its ends."""
    lang = record.naming.lang
    record.head("一、单据：收到什么，现在何处", "1. The papers: what came, and where it is now")
    report = donation_report(book, donor)
    received = donation_report_table(report, book, lang)
    record.show(received.without("receipt", "basis", "restriction"))
    record.show(donation_ends_table(report, book, lang))

    record.head("二、追踪：逐笔流转", "2. The trace: step by step")
    traces = tuple(trace(book, donation.number) for donation in report.donations)
    for one in traces:
        record.show(steps_table(one, record.naming))
    for one in traces:
        zh, en = f"捐赠 {one.donation}（捐赠额、去向合计）", f"{one.donation}, given and accounted for"
        record.agree(zh, en, one.given, one.accounted)
    return traces


def ask_the_statement(book: Book, donor: str, traces: tuple[Trace, ...], record: Record) -> None:
    """The statement by donor, and what it says against what the trace says, column by column.

    A lot that two donors paid for has a row of its own. What the trace calls a share in it, the statement
    shows as converted: it left the row of the one and came to the row of both.
    """
    record.head("三、收支结存表：各捐赠方", "3. The statement: a row a donor")
    whole = statement(book, HALF_YEAR, by=By.DONOR)
    record.show(statement_table(whole, book, record.naming.lang, measure="value", compact=True))
    record.none("结存不符的行数", "rows that do not add up", len(whole.findings))

    rows = [row for row in whole.rows if row.group == donor]
    shares = sum(end.value for one in traces for end in one.ends if end.shared)
    received = sum(row.received.value for row in rows)
    given = sum(one.given for one in traces)
    record.agree(
        "收到（单据、追踪、报表）",
        "received, by papers, trace, statement",
        papers(book, donor),
        given,
        received,
    )
    for zh, en, side, column in (
        ("库存（追踪、报表）", "on hand, by trace, statement", Side.ON_HAND, "on_hand"),
        ("在途（追踪、报表）", "in transit, by trace, statement", Side.IN_TRANSIT, "in_transit"),
        ("发放（追踪、报表）", "given out, by trace, statement", Side.GIVEN_OUT, "given_out"),
        ("损失（追踪、报表）", "lost, by trace, statement", Side.LOST, "lost"),
    ):
        ends = (end for one in traces for end in one.ends if not end.shared)
        traced = sum(end.value for end in ends if end.side is side)
        record.agree(zh, en, traced, sum(getattr(row, column).value for row in rows))
    converted = sum(row.converted.value for row in rows)
    record.agree("与他人合购（追踪、报表）", "in joint lots, by trace, statement", shares, -converted)


def ask_the_entries(book: Book, donor: str, record: Record) -> None:
    """The second way: every balance from postings alone, today, at each month's end, after each entry."""
    record.head("四、分录：另行加总", "4. The entries: added up by other code")
    entries = book.entries
    given = -sum(value for (place, _), (_, value) in added_up(entries).items() if place.id == donor)
    record.agree("收到（单据、分录）", "received, by papers, entries", papers(book, donor), given)
    record.none("余额不符（现在）", "balances that differ, today", disagreements(book, added_up(entries)))

    months = [Period.month(2023, month).last for month in range(1, 7)]
    wrong = sum(disagreements(book, added_up(e for e in entries if e.on <= day), on=day) for day in months)
    record.none("余额不符（各月末）", "balances that differ, at the end of six months", wrong)
    wrong = sum(disagreements(book, added_up(entries[:n]), known=n) for n in range(len(entries) + 1))
    record.none(
        "余额不符（逐笔回溯）", f"balances that differ, as known after each of {len(entries)} entries", wrong
    )

    # A check that cannot fail says nothing. Leave out any one entry, and the two ways must disagree.
    blind = sum(
        not disagreements(book, added_up([*entries[:n], *entries[n + 1 :]])) for n in range(len(entries))
    )
    record.none("漏计一笔而未发现", "entries that could be left out unnoticed", blind)


def main(lang: Language) -> None:
    """The audit, in order."""
    book = book_of_the_city()
    record = Record(book, lang)
    traces = ask_the_papers(book, "province", record)
    ask_the_statement(book, "province", traces, record)
    ask_the_entries(book, "province", record)
    # What is left is no error of the book but a question to people: who answers for what is missing?
    record.head("五、待查事项", "5. Questions to be asked")
    record.show(findings_table(consignment_findings(book), lang))


if __name__ == "__main__":
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--lang", choices=("zh", "en"), default="en")
    main(parser.parse_args().lang)
