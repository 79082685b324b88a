"""A first day at the depot: a gift comes in, a household gets its share, and the book adds up.

You learn the four steps of every program with reliefstock: make a book, tell it who and what there is, say
what happened, and ask. Run it with `uv run --no-dev python examples/first_day.py`.
"""

from reliefstock import Book, Donor, Handout, Household, Item, ReceivedLine, Valuation, Warehouse
from reliefstock.reconciliation import statement
from reliefstock.reports import draw, statement_table
from reliefstock.values import Money, Period

# A book knows things by id, with a name in Chinese and English. A household has an id and a size, no name.
book = Book("Ankang", currency="CNY")
quilt = Item("quilt", zh="棉被", en="Quilt")
book.add(quilt, Donor("province", zh="省红十字会", en="Provincial Red Cross"))
book.add(Warehouse("depot", zh="备灾中心", en="Depot"), Household("H-0001", size=4))

# 300 quilts for 10,000 yuan: the price of one has no end, and still not a fen is lost below.
worth = Valuation.voucher(Money.of("10000.00", "CNY"), "invoice 17")
gift = ReceivedLine("quilt", quilt.quantity(300), valuation=worth)
book.receive(donor="province", into="depot", on="2023-01-10", counted_by=("A", "B"), lines=[gift])
share = Handout("H-0001", "quilt", quilt.quantity(2), "sheet 1, line 1")
book.distribute(origin="depot", on="2023-01-14", lines=[share])

# Where did it all go, and does it add up? The last column is what came less what is accounted for.
summary = statement(book, Period.half_year(2023, 1))
print(draw(statement_table(summary, book, "en", compact=True), lang="en"))
print(draw(statement_table(summary, book, "zh", compact=True), lang="zh"))
