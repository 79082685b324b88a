"""A small county's book in a file, in which every kind of document stands; and a filled-in form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reliefstock import (
    AllocationLine,
    ArrivedLine,
    BillOfMaterials,
    Book,
    Component,
    ConsignedLine,
    CountedLine,
    Donor,
    Fund,
    Handout,
    Household,
    Item,
    Money,
    Project,
    ReceivedLine,
    Restriction,
    School,
    Society,
    Valuation,
    Warehouse,
)
from reliefstock.cli.importing import take_in
from reliefstock.values import PIECE

if TYPE_CHECKING:
    from pathlib import Path

    from reliefstock.journal import Checkpoint

__all__ = ["FORM", "a_county", "a_form"]

QUILT = Item("quilt", zh="棉被", en="Quilt", packs=(PIECE.pack("bale", 10, zh="包", en="bale"),))
WATER = Item("water", zh="饮用水", en="Water")
PACK = Item("pack", zh="家庭包", en="Family pack")


def a_county(path: Path, form: Path) -> Checkpoint:
    """Make the book of a county in a file, and take in a form; give a checkpoint of its beginnings."""
    with Book.create(path, "Ningshan", currency="CNY") as book:
        with book.batch():
            _nouns(book)
            _receive(book)
        older = book.checkpoint("2023-01-31")
        with book.batch():
            _move(book)
            _count(book)
            take_in(book, form, old_papers=True)
    return older


def _nouns(book: Book) -> None:
    book.add(QUILT, WATER, PACK)
    book.add(
        Donor("A", zh="甲公司", en="Company A"),
        Donor("B", zh="乙公司", en="Company B", hidden=True),
        Warehouse("depot", zh="备灾中心", en="Depot", society="ningshan"),
        Warehouse("branch", zh="二库", en="Branch"),
        Society("ningshan", zh="宁陕县红十字会", en="Ningshan Society"),
        Society("county", zh="石泉县红十字会", en="Shiquan Society"),
        Household("H-1", size=3),
        School("S-1", zh="吕河小学", en="Lvhe School"),
        Fund("main", zh="基本账户", en="Main fund"),
        Project("well", zh="水井", en="Well"),
    )
    parts = [Component("quilt", QUILT.quantity(1)), Component("water", WATER.quantity(2))]
    book.add(BillOfMaterials(item="pack", version="1", components=parts))


def _yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def _receive(book: Book) -> None:
    worth = Valuation.voucher(_yuan("10000.00"), "invoice 17")
    winter = Restriction(programme="winter")
    quilts = [ReceivedLine("quilt", QUILT.quantity(300), valuation=worth)]
    clerks = ("clerk A", "clerk B")
    book.receive(
        donor="A", into="depot", on="2023-01-10", counted_by=clerks, lines=quilts, restriction=winter
    )
    water = ReceivedLine(
        "water", WATER.quantity(100), valuation=Valuation.memorandum(), batch="W-1", expiry="2024-01-31"
    )
    book.receive(donor="B", into="depot", on="2023-01-12", counted_by=clerks, lines=[water])
    free = [ReceivedLine("quilt", QUILT.quantity(30), valuation=worth)]
    book.receive(donor="A", into="branch", on="2023-01-12", counted_by=clerks, lines=free)
    book.receive(donor="B", into="depot", on="2023-01-13", counted_by=clerks, lines=free)
    book.receive_money(donor="A", into="main", amount=_yuan("500.00"), on="2023-02-01")


def _move(book: Book) -> None:
    handouts = [
        Handout("H-1", "quilt", QUILT.quantity(2), "sheet 1, line 1"),
        Handout("S-1", "water", WATER.quantity(10), "sheet 1, line 2"),
    ]
    book.distribute(origin="depot", lines=handouts, on="2023-02-02", programme="winter")
    sent = [ConsignedLine("quilt", QUILT.quantity(40), ("GRN-000001-1",))]
    book.dispatch(origin="depot", to="county", lines=sent, on="2023-02-10", programme="winter")
    came = [ArrivedLine("GRN-000001-1", QUILT.quantity(38))]
    book.arrive("WB-000001", on="2023-02-12", received_by="clerk C", lines=came)
    book.build_kits(
        kit="pack",
        count=PACK.quantity(5),
        warehouse="depot",
        on="2023-02-14",
        assembled_by="clerk A",
        checked_by="clerk B",
    )
    book.allocate(
        warehouse="depot",
        lines=[AllocationLine("S-1", "quilt", QUILT.quantity(20))],
        on="2023-02-15",
        until="2023-12-31",
        programme="winter",
        source_document="plan 1",
        approved_by="director",
    )
    book.recall(batch="W-1", reason="mould", notice="notice 7", ordered_by="director", on="2023-03-01")
    book.spend(
        fund="main",
        project="well",
        amount=_yuan("20.00"),
        on="2023-03-02",
        purpose="pump",
        requested_by="clerk A",
        approved_by="director",
    )


def _count(book: Book) -> None:
    book.plan_count(warehouse="branch", on="2023-03-31", counters=("clerk A", "clerk B"))
    line = CountedLine("GRN-000003-1", QUILT.quantity(29))
    for counter in ("clerk A", "clerk B"):
        book.count("CP-000001", counter=counter, on="2023-03-31", lines=[line])
    book.approve_count(
        "CP-000001", on="2023-04-01", approved_by=("director", "auditor"), explanation="nobody knows"
    )


FORM = {
    "report": "zh,en,period,currency,source\n半年汇总,Half-year summary,2023-H1,CNY,notice 7\n",
    "nouns": (
        "kind,id,zh,en,unit,what,level,code,project,budget,state,programme,evidence\n"
        "donor,firm,丙公司,Company C,,company,,,,,,,\n"
        "item,coat,棉衣,Coat,件,,,,,,,,\n"
        "warehouse,store,三库,Store,,,,,,,,,\n"
        "school,S-9,大坪小学,Daping School,,,,,,,,,\n"
    ),
    "transactions": (
        "id,figure,kind,date,from,to,item,quantity,amount,programme,donation,evidence,zh,en\n"
        "R-1,,receive,2023-03-01,firm,store,coat,100件,5000元,,,notice 7,收棉衣,Coats came in\n"
        "R-2,,receive,2023-04,firm,store,coat,20件,,,,notice 7,又收棉衣,More coats\n"
        "G-1,,give,2023-05-01,store,S-9,coat,60件,,,R-1,notice 7,发棉衣,Coats given out\n"
    ),
    "indicators": (
        "id,figure,indicator,count,period,project,state,evidence,zh,en\n"
        "I-1,,trained,30人,2023-H1,,,notice 7,培训,Trained\n"
    ),
    "claims": (
        "id,figure,printed,zh,en,measure,period,goods,donors,items,programmes,recipients,indicator,project,"
        "state,source\n"
        "C-1,,120件,接收棉衣,Coats received,received,2023-H1,,,coat,,,,,,notice 7\n"
    ),
    "relations": "kind,whole,parts\n",
}
"""A half-year form that can be taken in, file by file."""


def a_form(folder: Path, **changed: str) -> Path:
    """Write a form, with other texts in some of its files."""
    folder.mkdir(exist_ok=True)
    for name, text in {**FORM, **changed}.items():
        folder.joinpath(f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    return folder
