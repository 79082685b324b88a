"""How a county system embeds a book: with its own users and rights, its people's names, its requests.

You learn what stays in your system and what goes into the book:

- *Who may do what* is your rule. The book asks for a second person; that it is a manager, you see to.
- *The file* is the book's. Whatever a verb returned from is on the disk, also when the power fails then.
- *Names and phones* of households are yours. The book has opaque ids, so a person can be erased and no entry
  changes. Who acted is kept beside its records, and erased there.
- *The id of a request* is yours. Hand it over as `command`, and a retry after a time-out, or after a crash,
  posts nothing twice.
- *What the user reads* is yours. Errors have fields, so that you can say it in the words of your screens.

Run it with `uv run --no-dev python examples/embed_in_county_system.py --lang zh` (or `en`).
"""

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from enum import Enum
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import TypeVar

import attrs

from reliefstock import (
    Book,
    DistributionList,
    Document,
    Donor,
    FixedClock,
    GoodsReceivedNote,
    Handout,
    Household,
    Item,
    LossReason,
    Money,
    Period,
    ReceivedLine,
    ReliefstockError,
    Valuation,
    Warehouse,
    WriteOffNote,
    WrittenOffLine,
)
from reliefstock.errors import CommandConflict, NeedsApproval, NotEnough, Unknown
from reliefstock.operations import DistributedLine
from reliefstock.reconciliation import statement
from reliefstock.reports import Column, Table, draw, statement_table
from reliefstock.values import Language

D = TypeVar("D", bound=Document)


# What the county system had before: users with roles, and a table of people.


class Role(Enum):
    """What a user is."""

    STOREKEEPER = "storekeeper"
    MANAGER = "manager"


class Act(Enum):
    """What can be done, in the words of the screens."""

    RECEIVE = ("收货", "receive goods")
    DISTRIBUTE = ("发放物资", "distribute goods")
    WRITE_OFF = ("批准核销", "approve a write-off")

    def text(self, lang: Language) -> str:
        """What it is called."""
        return self.value[0 if lang == "zh" else 1]


RIGHTS: Mapping[Role, tuple[Act, ...]] = MappingProxyType(
    {
        Role.STOREKEEPER: (Act.RECEIVE, Act.DISTRIBUTE),
        Role.MANAGER: (Act.WRITE_OFF,),
    }
)


@attrs.frozen
class User:
    """Who is logged in."""

    login: str
    roles: tuple[Role, ...]

    def may(self, act: Act) -> bool:
        """Whether one of the user's roles has the right."""
        return any(act in RIGHTS[role] for role in self.roles)


@attrs.define
class NoRight(Exception):
    """The county's own refusal. The book is not even asked."""

    user: User
    act: Act


@attrs.frozen
class Person:
    """The head of a household, as the county knows them. Nothing of this goes into the book."""

    name: str
    phone: str


class People:
    """The county's own table: a row a household, by an id that means nothing and is never used again."""

    def __init__(self) -> None:
        self._rows: dict[str, Person] = {}
        self._issued = 0

    def enter(self, name: str, phone: str, size: int, village: str) -> Household:
        """Keep the person here, and return what the book may know: an id, a size, a village code."""
        self._issued += 1
        household = f"H-{self._issued:04d}"
        self._rows[household] = Person(name, phone)
        return Household(household, size=size, division=village)

    def erase(self, household: str) -> None:
        """Forget a person, as is their right."""
        del self._rows[household]

    def name(self, household: str) -> str:
        """The name to show on a screen, or a dash where there is none any more."""
        return self._rows[household].name if household in self._rows else "—"


class Requests:
    """The county's own table of requests: a row is there before anything is done, and says what came of it.

    So a request outlives a time-out, a crash, a night without power: whoever finds it unsettled sends it
    again, under the same id. The book keeps these ids for ever. In a county it is a table of the database,
    and a row has the whole request as plain data too (`reliefstock.formats.plain_from`).
    """

    def __init__(self) -> None:
        self.rows: dict[str, str] = {}

    def new(self) -> str:
        """Open a row."""
        request = f"REQ-{len(self.rows) + 1:04d}"
        self.rows[request] = ""
        return request

    def settle(self, request: str, outcome: str) -> None:
        """Note what came of a request: a document, or why there is none. What is settled stays so."""
        self.rows[request] = self.rows[request] or outcome

    def unsettled(self) -> list[str]:
        """Of which nobody knows what came of them."""
        return [request for request, outcome in self.rows.items() if not outcome]


# The seam: one small class around a book. Every act checks the right first and then asks the book.


class ReliefDesk:
    """What the screens of the county call."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def receive(
        self, user: User, request: str, *, on: str, line: ReceivedLine, second: User
    ) -> GoodsReceivedNote:
        """A storekeeper takes goods in; a second person counted them too."""
        self._check(user, Act.RECEIVE)
        return self._book.receive(
            donor="province",
            into="depot",
            on=on,
            counted_by=(user.login, second.login),
            lines=[line],
            command=request,
            by=user.login,
        )

    def distribute(self, user: User, request: str, *, on: str, lines: list[Handout]) -> DistributionList:
        """A storekeeper gives out a signed list: all of it, or nothing."""
        self._check(user, Act.DISTRIBUTE)
        return self._book.distribute(origin="depot", on=on, lines=lines, command=request, by=user.login)

    def write_off(
        self, manager: User, request: str, *, on: str, line: WrittenOffLine, reporter: User
    ) -> WriteOffNote:
        """A manager approves a loss. That it is not the one who reported it, the book sees to."""
        self._check(manager, Act.WRITE_OFF)
        return self._book.write_off(
            warehouse="depot",
            on=on,
            lines=[line],
            reason=LossReason.DAMAGED,
            explanation="wet after the roof leaked",
            reported_by=reporter.login,
            approved_by=manager.login,
            command=request,
            by=manager.login,
        )

    def _check(self, user: User, act: Act) -> None:
        if not user.may(act):
            raise NoRight(user, act)


def message(error: Exception, book: Book, lang: Language) -> str:
    """What the user reads. The fields say what was asked and what was there; the words are the county's.

    The last case is for what nobody has written words for yet: every error of the library is an English
    sentence that says what to do.
    """
    match error:
        case NoRight(user=user, act=act):
            zh, en = f"{user.login} 无权{act.text('zh')}", f"{user.login} has no right to {act.text('en')}"
        case NotEnough(item=item, asked=asked, there=there):
            noun = book.register.item(item)
            short = noun.stated(asked - there)  # money, and goods counted by value, have no unit
            zh_text = f"{short.text()}元" if isinstance(short, Money) else short.text("zh")
            en_text = short.symbol_text() if isinstance(short, Money) else short.text("en")
            zh = f"{noun.name('zh')}库存不足，还差{zh_text}"
            en = f"not enough in stock: {en_text} of {noun.name('en')} short"
        case Unknown(given=given, near=near):
            zh, en = f"没有“{given}”，相近的有：{'、'.join(near)}", f"no {given}; near it: {', '.join(near)}"
        case CommandConflict(command=command, document=document):
            zh = f"申请 {command} 已办理（{document}），内容不同的须另行申请"
            en = f"request {command} has already become {document}; other content needs a new request"
        case NeedsApproval(what=what):
            zh, en = "须有另一人经办", f"{what} takes a second person"
        case _:
            zh = en = str(error)
    return zh if lang == "zh" else en


class BadConnection:
    """A connection that loses an answer: the worst moment, because the act is done and nobody knows it."""

    def __init__(self) -> None:
        self.loses_next = False

    def send(self, act: Callable[[], D]) -> D:
        """Pass a call on to the server and its answer back, if it comes through."""
        answer = act()
        if self.loses_next:
            self.loses_next = False
            raise TimeoutError
        return answer


class Screen:
    """A screen of the county: it opens a request, sends it, if need be again, and says what came of it."""

    def __init__(self, book: Book, lang: Language, requests: Requests) -> None:
        self.connection = BadConnection()
        self.requests = requests
        self._book = book
        self._lang: Language = lang

    def head(self, zh: str, en: str) -> None:
        """Begin a section."""
        print(f"\n{self._said(zh, en)}")

    def do(self, act: Callable[[str], Document]) -> None:
        """Carry out a new request."""
        self.send(self.requests.new(), act)

    def send(self, request: str, act: Callable[[str], Document]) -> None:
        """Send a request until an answer comes. Under one id it does not matter how often that is."""
        try:
            document = self.connection.send(lambda: act(request))
        except TimeoutError:
            self._show(request, self._said("超时，重新发送", "timed out, sent again"))
            self.send(request, act)
        except (NoRight, ReliefstockError) as error:
            told = message(error, self._book, self._lang)
            self.requests.settle(request, told)
            self._show(request, told)
        else:
            self.requests.settle(request, document.number)
            self._show(request, f"{document.title(self._lang)} {document.number}")

    def _show(self, request: str, text: str) -> None:
        entries = self._said(f"账上分录{len(self._book.entries)}笔", f"entries: {len(self._book.entries)}")
        print(f"  {request}  {text}  [{entries}]")

    def _said(self, zh: str, en: str) -> str:
        return zh if self._lang == "zh" else en


def sign_off_sheet(sheet: DistributionList, people: People, book: Book, lang: Language) -> Table:
    """The list as the county prints it: names from its own table, joined by the ids in the book."""
    return Table(
        "sheet",
        f"{sheet.title('zh')} {sheet.number}",
        f"{sheet.title('en')} {sheet.number}",
        columns=(
            Column("household", "户号", "Household"),
            Column("name", "户主", "Head"),
            Column("item", "物资", "Item"),
            Column("quantity", "数量", "Quantity", "right"),
        ),
        rows=tuple(_sheet_row(line, people, book, lang) for line in sheet.lines),
    )


def _sheet_row(line: DistributedLine, people: People, book: Book, lang: Language) -> tuple[str, ...]:
    item = book.register.item(line.item)
    count = sum(pick.quantity for pick in line.picks)
    return (line.recipient, people.name(line.recipient), item.name(lang), item.quantity(count).text(lang))


CLOCK = FixedClock("2023-01-31")
QUILT = Item("quilt", zh="棉被", en="Quilt")
KEEPER, CLERK = User("keeper", (Role.STOREKEEPER,)), User("clerk", (Role.STOREKEEPER,))
MANAGER = User("manager", (Role.MANAGER,))
BOTH = User("both", (Role.STOREKEEPER, Role.MANAGER))  # it happens, in small counties


def main(lang: Language) -> None:
    """A month in the county, as its screens show it; and a night without power."""
    people, requests = People(), Requests()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "county.db"
        with Book.create(path, "Ningshan", currency="CNY", clock=CLOCK) as book:
            book.add(QUILT, Donor("province", zh="省红十字会", en="Provincial Red Cross"))
            book.add(Warehouse("depot", zh="县备灾仓库", en="County depot"))
            book.add(people.enter("户主甲", "phone of A", 4, "610923101"))
            book.add(people.enter("户主乙", "phone of B", 2, "610923102"))
            a_month(book, people, requests, lang)
            the_power_fails(book, requests)
        with Book.open(path, "Ningshan", clock=CLOCK) as book:
            the_next_morning(book, requests, lang)


def a_month(book: Book, people: People, requests: Requests, lang: Language) -> None:
    """What happens at the desk."""
    desk, screen = ReliefDesk(book), Screen(book, lang, requests)

    # The first answer is lost. The retry gets the document of the first: one entry, not two.
    screen.head("一、收货，回音丢失", "1. Goods come in, and the answer gets lost")
    worth = Valuation.voucher(Money.of("8000.00", "CNY"), "invoice 17")
    line = ReceivedLine("quilt", QUILT.quantity(100), valuation=worth)
    screen.connection.loses_next = True
    screen.do(lambda id_: desk.receive(KEEPER, id_, on="2023-01-10", line=line, second=CLERK))

    # Somebody corrects the form and sends it under the old id: that is not a retry, and the book says so.
    more = attrs.evolve(line, accepted=QUILT.quantity(120))
    screen.send("REQ-0001", lambda id_: desk.receive(KEEPER, id_, on="2023-01-10", line=more, second=CLERK))

    # A typed error becomes a sentence for the user. Of a refused list nothing is given out, its good line
    # neither.
    screen.head("二、发放", "2. Goods go out")
    for recipient, count in (("H-002", 2), ("H-0002", 99), ("H-0002", 2)):
        lines = [
            Handout("H-0001", "quilt", QUILT.quantity(4), "sheet 1, line 1"),
            Handout(recipient, "quilt", QUILT.quantity(count), "sheet 1, line 2"),
        ]
        screen.do(lambda id_, lines=lines: desk.distribute(KEEPER, id_, on="2023-01-14", lines=lines))

    # Two rules with two owners: only a manager approves, says the county; nobody approves what they reported
    # themselves, says the book, whatever their roles.
    screen.head("三、核销", "3. A loss is written off")
    lost = WrittenOffLine("GRN-000001-1", QUILT.quantity(3))
    for approver in (KEEPER, BOTH, MANAGER):
        screen.do(
            lambda id_, user=approver: desk.write_off(user, id_, on="2023-01-20", line=lost, reporter=BOTH)
        )

    # The names stand beside the book. Erasing one changes a sheet on a screen and nothing in the book.
    screen.head("四、姓名不入账", "4. Names are beside the book, not in it")
    sheet = book.documents_of(DistributionList)[0]
    before = statement(book, Period.month(2023, 1))
    print(draw(sign_off_sheet(sheet, people, book, lang), lang=lang))
    people.erase("H-0001")
    print(draw(sign_off_sheet(sheet, people, book, lang), lang=lang))
    after = statement(book, Period.month(2023, 1))
    if after != before:
        raise SystemExit("erasing a name changed the book")
    print(draw(statement_table(after, book, lang, compact=True), lang=lang))


def one_list(desk: ReliefDesk, request: str) -> DistributionList:
    """A list of one household."""
    line = Handout("H-0002", "quilt", QUILT.quantity(1), "sheet 2, line 1")
    return desk.distribute(KEEPER, request, on="2023-01-30", lines=[line])


def the_power_fails(book: Book, requests: Requests) -> None:
    """An act is done, and before that is noted anywhere, everything stops. Another is only written down."""
    one_list(ReliefDesk(book), requests.new())
    requests.new()


def the_next_morning(book: Book, requests: Requests, lang: Language) -> None:
    """What nobody knows the outcome of is sent again. The first is found to be done, the second is done."""
    desk, screen = ReliefDesk(book), Screen(book, lang, requests)
    screen.head("五、断电之后", "5. After a night without power")
    for request in requests.unsettled():
        screen.send(request, lambda id_: one_list(desk, id_))
    if requests.unsettled() or book.verify() != book.head:
        raise SystemExit("the night was not survived")


if __name__ == "__main__":
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--lang", choices=("zh", "en"), default="en")
    main(parser.parse_args().lang)
