"""Print, and draw, what a book in a file costs while its history grows from 1,000 to 1,000,000 entries.

Run it with `uv run python benchmarks/growing.py --write`; it needs ten minutes and 3 GB of disk in a folder
of its own under `--folder`. What there is stays the same: five gifts of which something is left. `--write`
puts the table and the picture into `docs/explanation/`.
"""

from __future__ import annotations

import gc
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from contextlib import suppress
from io import StringIO
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from altair import Chart
from stored import CLOCK, CYCLE, QUILT, stored_book

from reliefstock import Book, Handout
from reliefstock.ledger import Place, PlaceKind
from reliefstock.reconciliation import trace

DOCUMENTS = Path(__file__).resolve().parents[1] / "docs" / "explanation"
BEGIN, END = "<!-- growing: written by benchmarks/growing.py --write -->", "<!-- growing: end -->"
SIZES = (1_000, 10_000, 100_000, 1_000_000)
IN_STOCK = 5
ROUNDS, TIMES = 15, 20

Question = Callable[[Book], object]


def next_lot(book: Book) -> object:
    """The lot that goes first out of the depot."""
    shelf = book.ledger.queues(Place(PlaceKind.WAREHOUSE, "depot"), "quilt")
    return min(next(tickets) for _, tickets in shelf)


def last_gift(book: Book) -> str:
    """The donation that came last and has been given out; its history is as long in every book."""
    return f"GRN-{(len(book.entries) - 1) // CYCLE:06}"


def give(book: Book) -> object:
    """A verb, in a batch that is not kept."""
    lines = [Handout("H-1", "quilt", QUILT.quantity(1), "sheet 1")]
    return book.distribute(origin="depot", lines=lines, on="2024-01-31")


QUESTIONS: dict[str, Question] = {
    "a balance: an item in a depot": lambda book: book.on_hand("quilt", "depot"),
    "an availability": lambda book: book.available("quilt", "depot"),
    "the next lot, first expired first out": next_lot,
    "a document by its number": lambda book: book.document("GRN-000001"),
    "the 200 movements of a lot": lambda book: list(book.ledger.entries_of(f"{last_gift(book)}-1")),
    "the trace of a gift of 200 movements": lambda book: trace(book, last_gift(book)),
    "a verb: a handout": give,
}


class _DroppedError(Exception):
    """What was done is not to be kept."""


def main(sizes: Sequence[int], folder: str | None, *, write: bool) -> None:
    """Measure every size, in turns."""
    with TemporaryDirectory(dir=folder, prefix="reliefstock-") as made:
        books = {size: Path(made, f"{size}.db") for size in sizes}
        for size, path in books.items():
            stored_book(path, size, live=IN_STOCK)
        columns = {size: measured(path) for size, path in books.items()}
    lines = table(columns)
    print("\n".join(lines))
    if write:
        put(lines)
        (DOCUMENTS / "growth.svg").write_text(picture(columns), encoding="utf-8")


def measured(path: Path) -> dict[str, float]:
    """The microseconds of processor time of everything, in one book; it is opened from a snapshot."""
    with Book.open(path, clock=CLOCK) as book:
        book.keep_snapshot()
    began = process_time()
    book = Book.open(path, clock=CLOCK)
    book.on_hand("quilt")
    times = {"opening, from a snapshot": (process_time() - began) * 1e6}
    with book:
        for name, question in QUESTIONS.items():
            times[name] = least(book, question)
    return times


def least(book: Book, question: Question) -> float:
    """The microseconds of the fastest of several rounds, none of which is kept."""
    gc.collect()
    rounds: list[float] = []
    for _ in range(ROUNDS):
        with suppress(_DroppedError), book.batch():
            question(book)
            began = process_time()
            for _ in range(TIMES):
                question(book)
            rounds.append((process_time() - began) / TIMES * 1e6)
            raise _DroppedError
    return min(rounds)


def table(columns: dict[int, dict[str, float]]) -> list[str]:
    """The table in Markdown, with by how much each grows to the next size."""
    sizes = list(columns)
    heads = [*(f"{size:,}, µs" for size in sizes), *(f"to {size:,}" for size in sizes[1:])]
    rows = [line("entries", *heads), line("---", *["---:"] * len(heads))]
    for name in columns[sizes[0]]:
        times = [columns[size][name] for size in sizes]
        ratios = [f"×{later / earlier:.2f}" for earlier, later in pairwise(times)]
        rows.append(line(name, *(f"{one:,.1f}" for one in times), *ratios))
    return rows


def line(*cells: str) -> str:
    """One line of a table in Markdown."""
    return f"| {' | '.join(cells)} |"


def put(lines: Sequence[str]) -> None:
    """Put the table into its place in the document."""
    document = DOCUMENTS / "performance.md"
    before, rest = document.read_text(encoding="utf-8").split(BEGIN)
    _, after = rest.split(END)
    document.write_text("\n".join([f"{before}{BEGIN}\n", *lines, f"\n{END}{after}"]), encoding="utf-8")


def picture(columns: dict[int, dict[str, float]]) -> str:
    """The same as a picture: both axes in powers of ten, so what is level does not grow."""
    values = [
        {"entries": size, "time": time, "what": name}
        for size, times in columns.items()
        for name, time in times.items()
    ]
    spec: dict[str, object] = {
        "width": 460,
        "height": 300,
        "data": {"values": values},
        "mark": {"type": "line", "point": True},
        "encoding": {
            "x": _axis("entries", "entries in the book"),
            "y": _axis("time", "µs of processor time"),
            "color": {
                "field": "what",
                "type": "nominal",
                "title": None,
                "sort": list(next(iter(columns.values()))),
            },
        },
        "config": {"legend": {"labelLimit": 300}},
    }
    out = StringIO()
    Chart.from_dict(spec).save(out, format="svg")
    return out.getvalue()


def _axis(field: str, title: str) -> dict[str, object]:
    return {"field": field, "type": "quantitative", "title": title, "scale": {"type": "log"}}


if __name__ == "__main__":
    parser = ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--folder")
    parser.add_argument(
        "--write", action="store_true", help="put the table and the picture into the documents"
    )
    asked = parser.parse_args()
    main(asked.sizes, asked.folder, write=asked.write)
