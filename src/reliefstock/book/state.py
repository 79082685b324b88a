"""What a book knows after its last record: nouns, policy, ledger, papers.

It is nothing but what the records say, one after the other: two books with the same records are in the same
state. A verb looks at it and proposes; when the record of what it proposes is kept, it lands here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from reliefstock.book.papers import Filed, MemoryPapers, Papers
from reliefstock.catalogue import Item
from reliefstock.errors import ContentBroken
from reliefstock.ledger import Entry, History, HoldHistory, Ledger, Passed
from reliefstock.policy import Policy
from reliefstock.records import Amended, Content, Known, Opened, PolicySet, Posted
from reliefstock.register import Register

if TYPE_CHECKING:
    from reliefstock.bulk import Landed

__all__ = ["State"]


class State:
    """What is known of a book that was opened so.

    >>> state = State(Opened(book="Ankang", currency="CNY", policy=Policy()))
    >>> state.name, state.currency, len(state.ledger), len(state.papers.documents)
    ('Ankang', 'CNY', 0, 0)
    """

    def __init__(
        self,
        opened: Opened,
        history: History | None = None,
        holds: HoldHistory | None = None,
        papers: Papers | None = None,
    ) -> None:
        self.name = opened.book
        self.currency = opened.currency
        self.policy: Policy = opened.policy
        self.register = Register()
        self.ledger = Ledger(history, holds)
        self.papers: Papers = MemoryPapers() if papers is None else papers
        self.register.add(Item.money(self.currency), Item.difference(self.currency))

    def land(self, content: Content, record: int) -> None:
        """Take in what a record says; it was checked when it was written.

        Raises `ContentBroken` for another opening, which no record but the first is.
        """
        if isinstance(content, Posted):
            self.ledger.land(content.landing)
            self.papers.add(content, record)
        elif isinstance(content, Known):
            self.register.add(*content.nouns)
        elif isinstance(content, Amended):
            self.register.amend(content.noun)
        elif isinstance(content, PolicySet):
            self.policy = content.policy
        else:
            raise ContentBroken("record", "$", "only the first record of a book opens it")

    def catch_up(self, landed: Landed, read: Callable[[], Iterable[tuple[int, Posted]]]) -> None:
        """Take in what rows have written; what it moved stands on its shelves already.

        `read` gives what the records say, for what keeps all of it in memory.
        """

        def entries() -> Iterable[Entry]:
            return (entry for _, posted in read() for entry in posted.entries)

        self.ledger.catch_up(Passed(landed.lots, landed.entry - 1, entries))
        self.papers.catch_up(Filed(landed.made, landed.head.size, read))
