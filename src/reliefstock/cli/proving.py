"""Commands of proofs: `verify`, and the texts that a book gives to others, who check them without it."""

from __future__ import annotations

import argparse
from typing import Final

from reliefstock.cli.books import add_book, is_file, opened
from reliefstock.cli.command import Command, add_out
from reliefstock.cli.exits import Exit
from reliefstock.cli.output import deliver, read_text, say, tell, telling_progress
from reliefstock.cli.parser import Parser, a_day
from reliefstock.cli.texts import text
from reliefstock.errors import ReliefstockError, StoreDamaged
from reliefstock.index import TABLES
from reliefstock.journal import Checkpoint, check_continuation, check_receipt
from reliefstock.values import Language, SystemClock

__all__ = [
    "CHECKPOINT",
    "CHECK_CONTINUATION",
    "CHECK_RECEIPT",
    "CONTINUATION",
    "COUNTERSIGN",
    "RECEIPT",
    "VERIFY",
    "add_known",
    "checkpoint_at",
]


def checkpoint_at(path: str) -> Checkpoint:
    """The checkpoint in a file. Raises `FileUnusable` or `TextBroken`."""
    return Checkpoint.parse(read_text(path, "checkpoint"))


def add_known(parser: Parser) -> None:
    """Let a command take checkpoints that others kept."""
    parser.options.add_argument(
        "--known",
        metavar="CHECKPOINT",
        action="append",
        default=[],
        help=text("known checkpoint", parser.lang),
    )


def _file(name: str, key: str, parser: Parser) -> None:
    parser.inputs.add_argument(name, metavar=name.upper(), help=text(key, parser.lang))


# verify


def _takes_verify(parser: Parser) -> None:
    add_book(parser)
    add_known(parser)


def _verify(asked: argparse.Namespace, lang: Language) -> Exit:
    known = [checkpoint_at(path) for path in asked.known]
    try:
        faults = _faults(asked.address, asked.patience) if is_file(asked.address) else []
        if faults:
            tell("\n".join(fault.sentence(lang) for fault in faults), lang)
            return Exit.NOT_IN_ORDER
        with opened(asked) as book:
            head = book.verify(known, progress=telling_progress())
            said = text("verified", lang, name=book.name, size=head.size, head=head.hash.hex())
    except StoreDamaged as damaged:  # here it is what was looked for
        tell(damaged.sentence(lang), lang)
        return Exit.NOT_IN_ORDER
    agree = text("known agree", lang, count=len(known))
    say("\n".join((said, *([agree] if known else []), "")))
    return Exit.WELL


def _faults(path: str, patience: int) -> list[ReliefstockError]:
    """All that is wrong with a file: its pages, the chain of its records, the rows of its index."""
    from reliefstock.stores.sqlite import SqliteJournal  # noqa: PLC0415 -- it needs SQLite, and help does not

    with SqliteJournal.open(path, tables=TABLES, patience=patience, read_only=True) as journal:
        return journal.check()


VERIFY: Final = Command(
    "verify",
    ("reliefstock verify county.db", "reliefstock verify county.db --known checkpoint.txt"),
    _takes_verify,
    _verify,
)


# checkpoints


def _takes_checkpoint(parser: Parser) -> None:
    add_book(parser)
    parser.options.add_argument(
        "--on", metavar="DAY", type=a_day(parser.lang), help=text("checkpoint on", parser.lang)
    )
    add_out(parser)


def _checkpoint(asked: argparse.Namespace, _: Language) -> Exit:
    with opened(asked) as book:
        words = book.checkpoint(asked.on).text()
    deliver(words, asked.out)
    return Exit.WELL


CHECKPOINT: Final = Command(
    "checkpoint",
    ("reliefstock checkpoint county.db", "reliefstock checkpoint county.db --out today.txt"),
    _takes_checkpoint,
    _checkpoint,
)


def _takes_countersign(parser: Parser) -> None:
    lang = parser.lang
    _file("checkpoint", "checkpoint file", parser)
    parser.options.add_argument("--office", required=True, metavar="NAME", help=text("office", lang))
    parser.options.add_argument("--mark", required=True, metavar="TEXT", help=text("mark", lang))
    parser.options.add_argument("--on", metavar="DAY", type=a_day(lang), help=text("countersign on", lang))
    add_out(parser)


def _countersign(asked: argparse.Namespace, _: Language) -> Exit:
    on = SystemClock().today() if asked.on is None else asked.on
    signed = checkpoint_at(asked.checkpoint).countersigned_by(asked.office, on, asked.mark)
    deliver(signed.text(), asked.out)
    return Exit.WELL


COUNTERSIGN: Final = Command(
    "countersign",
    ("reliefstock countersign checkpoint.txt --office Ankang --mark 'seal 17'",),
    _takes_countersign,
    _countersign,
)


# receipts


def _takes_receipt(parser: Parser) -> None:
    add_book(parser)
    _file("donation", "donation", parser)
    parser.options.add_argument("--checkpoint", metavar="FILE", help=text("receipt checkpoint", parser.lang))
    add_out(parser)


def _receipt(asked: argparse.Namespace, _: Language) -> Exit:
    checkpoint = None if asked.checkpoint is None else checkpoint_at(asked.checkpoint)
    with opened(asked) as book:
        words = book.receipt(asked.donation, checkpoint).text()
    deliver(words, asked.out)
    return Exit.WELL


RECEIPT: Final = Command(
    "receipt",
    (
        "reliefstock receipt county.db GRN-000001",
        "reliefstock receipt county.db GRN-000001 --checkpoint checkpoint.txt --out for-donor.txt",
    ),
    _takes_receipt,
    _receipt,
)


def _takes_check_receipt(parser: Parser) -> None:
    _file("receipt", "receipt file", parser)
    parser.options.add_argument(
        "--checkpoint", metavar="FILE", help=text("check-receipt checkpoint", parser.lang)
    )


def _check_receipt(asked: argparse.Namespace, lang: Language) -> Exit:
    checkpoint = None if asked.checkpoint is None else checkpoint_at(asked.checkpoint)
    receipt = check_receipt(read_text(asked.receipt, "receipt"), checkpoint)
    of = receipt.checkpoint
    proven = text(
        "receipt proven",
        lang,
        book=of.book,
        about=receipt.about,
        count=len(receipt.records),
        on=of.on.isoformat(),
        size=of.size,
    )
    against = text("receipt alone" if checkpoint is None else "receipt agrees", lang)
    say(f"{proven}\n{against}\n")
    return Exit.WELL


CHECK_RECEIPT: Final = Command(
    "check-receipt",
    (
        "reliefstock check-receipt receipt.txt",
        "reliefstock check-receipt receipt.txt --checkpoint checkpoint.txt",
    ),
    _takes_check_receipt,
    _check_receipt,
)


# continuations


def _takes_continuation(parser: Parser) -> None:
    add_book(parser)
    _file("older", "older", parser)
    parser.options.add_argument("--newer", metavar="FILE", help=text("newer", parser.lang))
    add_out(parser)


def _continuation(asked: argparse.Namespace, _: Language) -> Exit:
    older = checkpoint_at(asked.older)
    newer = None if asked.newer is None else checkpoint_at(asked.newer)
    with opened(asked) as book:
        words = book.continuation(older, newer).text()
    deliver(words, asked.out)
    return Exit.WELL


CONTINUATION: Final = Command(
    "continuation",
    ("reliefstock continuation county.db older.txt --newer checkpoint.txt",),
    _takes_continuation,
    _continuation,
)


def _takes_check_continuation(parser: Parser) -> None:
    for name, key in (("continuation", "continuation file"), ("older", "older"), ("newer", "newer due")):
        _file(name, key, parser)


def _check_continuation(asked: argparse.Namespace, lang: Language) -> Exit:
    older, newer = checkpoint_at(asked.older), checkpoint_at(asked.newer)
    found = check_continuation(read_text(asked.continuation, "continuation"), older, newer)
    say(text("goes on", lang, book=found.book, older=found.older_size, newer=found.newer_size) + "\n")
    return Exit.WELL


CHECK_CONTINUATION: Final = Command(
    "check-continuation",
    ("reliefstock check-continuation continuation.txt older.txt checkpoint.txt",),
    _takes_check_continuation,
    _check_continuation,
)
