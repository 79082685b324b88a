"""Print, as Markdown, what the journal costs: encoding, chain and proofs, beside the standard library.

Run it with `uv run python benchmarks/journal.py`; it takes about a minute. The records are the documents of a
made up city (`books.py`), each with its entries and lots, as a store would keep them. What stands beside is
what one would write without the journal: `attrs.asdict`, `json` with sorted keys, SHA-256 over the text.
Times are the least of several rounds in one run; ratios above 1 say that the journal is faster.
"""

from __future__ import annotations

import gc
import json
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from hashlib import sha256
from time import process_time
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import attrs
from books import build

from reliefstock import Book, Document, Entry, Lot
from reliefstock.journal import (
    MerkleTree,
    Record,
    Types,
    chained,
    check_inclusion,
    decode,
    encode,
    leaf_hash,
    verified_hashes,
    verify,
)
from reliefstock.journal.merkle import HASH_SIZE
from reliefstock.operations import DOCUMENTS

if TYPE_CHECKING:
    from collections.abc import Iterable

ROUNDS = 5
TILE = 8  # subtrees of so many levels are not kept, but read again


@attrs.frozen
class Kept:
    """What is kept of a command: its document, with what landed with it."""

    document: Document
    entries: tuple[Entry, ...]
    lots: tuple[Lot, ...]


def main(entries: int, leaves: int) -> None:
    """Measure everything on a book of so many entries, and a tree of so many leaves."""
    book = build(entries).book
    types = Types(reached([Kept, *DOCUMENTS, Entry, Lot]))
    kept = [what_is_kept(book, document) for document in book.documents.values()]
    payloads = [types.written(one) for one in kept]
    texts = [as_json(attrs.asdict(one)) for one in kept]
    sizes = [sum(map(len, given)) // len(kept) for given in (payloads, texts)]
    print(f"{len(kept):,} records of {sizes[0]} bytes on average; as JSON they would have {sizes[1]}.\n")
    print(line("", "µs each", "a second", "beside, µs", "what is beside", "times as fast"))
    print(line("---", "---:", "---:", "---:", "---", "---:"))
    print(*of_encoding(types, kept, payloads, texts), *of_chain(types, kept, payloads), sep="\n")
    print()
    of_tree(leaves)


def reached(kinds: Iterable[type]) -> dict[str, type]:
    """The classes, and all that their fields are declared as."""
    found: dict[str, type] = {}
    waiting: list[Any] = list(kinds)
    while waiting:
        kind = waiting.pop()
        if isinstance(kind, type) and attrs.has(kind) and kind.__name__ not in found:
            found[kind.__name__] = kind
            waiting += get_type_hints(kind).values()
        waiting += get_args(kind)
    return found


def what_is_kept(book: Book, document: Document) -> Kept:
    """A document with its entries, and the lots that came in with them."""
    landed = tuple(book.ledger.entry(number) for number in document.entries)
    lots = dict.fromkeys(posting.lot for entry in landed for posting in entry.postings)
    new = tuple(book.lot(lot) for lot in lots if lot.startswith(f"{document.number}-"))
    return Kept(document, landed, new)


# Encoding


def of_encoding(
    types: Types, kept: Sequence[Kept], payloads: Sequence[bytes], texts: Sequence[bytes]
) -> list[str]:
    """Each step of writing and reading, beside that of the standard library."""
    plain = [types.plain(one) for one in kept]
    dicts = [attrs.asdict(one) for one in kept]
    written = Beside("asdict, json", lambda one: as_json(attrs.asdict(one)), kept)
    checked = Beside("json.loads, checked by json.dumps", lambda text: as_json(json.loads(text)), texts)
    return [
        row("thing to plain data", types.plain, kept, Beside("attrs.asdict", attrs.asdict, kept)),
        row("plain data to bytes", encode, plain, Beside("json.dumps, sorted keys", as_json, dicts)),
        row("thing to bytes", types.written, kept, written),
        row("bytes to plain data, checked", decode, payloads, Beside("json.loads", json.loads, texts)),
        row("the same", decode, payloads, checked),
        row("bytes to thing", lambda data: types.read(data, Kept), payloads),
    ]


def as_json(given: dict[str, Any]) -> bytes:
    """What one would hash otherwise; dates, enumerations and ratios as their texts."""
    return json.dumps(given, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=str).encode()


# The chain


def of_chain(types: Types, kept: Sequence[Kept], payloads: Sequence[bytes]) -> list[str]:
    """The chain, alone and with all that comes with a record."""
    alone = Beside("sha256 alone", of_each(lambda payload: sha256(payload).digest()), payloads)
    records = list(chained(payloads))
    return [
        whole("chain, over bytes that are there", lambda given: all(chained(given)), payloads, alone),
        whole(
            "thing to record: bytes, chain, tree",
            lambda given: as_tree(chained(map(types.written, given))),
            kept,
            Beside("asdict, json, sha256", chained_json, kept),
        ),
        whole("verify the chain", verify, records, alone),
        whole("verify, and make the tree anew", as_verified_tree, records),
    ]


def as_tree(records: Iterable[Record]) -> MerkleTree:
    """What there is to do when records are written."""
    tree = MerkleTree()
    tree.extend(leaf_hash(record.hash) for record in records)
    return tree


def as_verified_tree(records: Iterable[Record]) -> MerkleTree:
    """What there is to do when a book is opened of which nothing is believed."""
    tree = MerkleTree()
    tree.extend(map(leaf_hash, verified_hashes(records)))
    return tree


def chained_json(kept: Iterable[Kept]) -> str:
    """What one would write otherwise."""
    last = ""
    for one in kept:
        last = sha256(as_json({"previous": last, **attrs.asdict(one)})).hexdigest()
    return last


# The tree


def of_tree(leaves: int) -> None:
    """What a tree costs that keeps all, and one that reads again what it does not keep."""
    hashes = [leaf_hash(number.to_bytes(8, "big")) for number in range(leaves)]
    stored = b"".join(hashes)

    def read(first: int, count: int) -> bytes:
        return stored[first * HASH_SIZE : (first + count) * HASH_SIZE]

    print(line(f"A tree of {leaves:,}", "keeps all", f"keeps from 2^{TILE}"))
    print(line("---", "---:", "---:"))
    trees = [MerkleTree(read, kept_from=kept_from) for kept_from in (0, TILE)]
    seconds: list[float] = []
    for tree in trees:
        began = process_time()
        tree.extend(hashes)
        seconds.append(process_time() - began)
    print(line("bytes kept", *(f"{sum(map(len, tree.state[2])):,}" for tree in trees)))
    print(line("to append, a second", *(f"{leaves / one:,.0f}" for one in seconds)))
    for title, act in questions(hashes, trees[0].root):
        print(line(title, *(f"{best(act, tree) * 1e6:,.0f} µs" for tree in trees)))
    for_state = [
        best(lambda tree, at=at: MerkleTree.restored(tree.state, read, kept_from=at), trees[at > 0])
        for at in (0, TILE)
    ]
    print(line("written down and read again", *(f"{one * 1e3:,.1f} ms" for one in for_state)))


def questions(hashes: Sequence[bytes], root: bytes) -> list[tuple[str, Callable[[MerkleTree], object]]]:
    """What is asked of a tree; leaves far from one another, so that nothing is at hand from before."""
    size = len(hashes)
    places = iter(range(1, size, size // 97))

    def prove(tree: MerkleTree) -> object:
        return tree.inclusion(next(places) % size)

    def prove_and_check(tree: MerkleTree) -> None:
        place = size // 3
        check_inclusion(hashes[place], place, size, tree.inclusion(place), root)

    return [
        ("the root", lambda tree: tree.root),
        ("an inclusion proof", prove),
        ("the same leaf again, and its check", prove_and_check),
        ("a consistency proof from half", lambda tree: tree.consistency(size // 2 + 1)),
    ]


# Measuring


@attrs.frozen
class Beside:
    """What stands beside: its name, what it does, and to what."""

    name: str
    act: Callable[[Any], object]
    given: Sequence[Any]


def row(title: str, act: Callable[[Any], object], given: Sequence[Any], beside: Beside | None = None) -> str:
    """A line of the table, for something that is done to each."""
    return whole(title, of_each(act), given, beside and attrs.evolve(beside, act=of_each(beside.act)))


def of_each(act: Callable[[Any], object]) -> Callable[[Sequence[Any]], None]:
    """The same, done to all of several."""

    def all_of(things: Sequence[Any]) -> None:
        for one in things:
            act(one)

    return all_of


def whole(
    title: str, act: Callable[[Any], object], given: Sequence[Any], beside: Beside | None = None
) -> str:
    """A line of the table, for something that is done to all at once."""
    took = best(act, given) / len(given)
    mine = f"{took * 1e6:.1f}", f"{1 / took:,.0f}"
    if beside is None:
        return line(title, *mine, "", "", "")
    otherwise = best(beside.act, beside.given) / len(given)
    return line(title, *mine, f"{otherwise * 1e6:.1f}", beside.name, f"{otherwise / took:.2f}")


def best(act: Callable[[Any], object], given: Any) -> float:  # noqa: ANN401 -- whatever is done something to
    """The seconds of the fastest of several rounds."""
    rounds: list[float] = []
    for _ in range(ROUNDS):
        gc.collect()
        began = process_time()
        act(given)
        rounds.append(process_time() - began)
    return min(rounds)


def line(*cells: str) -> str:
    """A line of a table in Markdown."""
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--leaves", type=int, default=1_000_000)
    asked = parser.parse_args()
    main(asked.entries, asked.leaves)
