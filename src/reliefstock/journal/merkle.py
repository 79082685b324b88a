"""A Merkle tree over records: short proofs that one is among them, and that an older book begins a newer one.

The tree is that of RFC 6962 and RFC 9162, section 2.1, over SHA-256: the hash of a leaf is over a zero byte
and its data, that of a node over a one byte and the hashes of its two children, and of n leaves the left
child has the largest power of two below n. So anybody's program for such trees checks these proofs.

A book of a million records has proofs of twenty hashes. To check one needs no tree: `check_inclusion` and
`check_consistency` are all that a person without the book uses. The root alone does not say how many leaves
there are, so who keeps a root keeps the size with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Final, TypeAlias

from reliefstock.errors import BadData, Incomplete, ProofBroken

__all__ = [
    "EMPTY_ROOT",
    "HASH_SIZE",
    "Leaves",
    "MerkleTree",
    "TreeState",
    "check_consistency",
    "check_inclusion",
    "leaf_hash",
    "node_hash",
]

HASH_SIZE: Final = 32
"""Bytes of a hash."""

EMPTY_ROOT: Final = sha256(b"").digest()
"""The root of a tree without leaves."""

Leaves: TypeAlias = Callable[[int, int], bytes]
"""Gives the hashes of so many leaves (second) from an index on (first), one behind the other."""

TreeState: TypeAlias = tuple[int, bytes, tuple[bytes, ...]]
"""What a tree keeps, as plain data: its size, the subtrees that wait for a sibling, and its levels."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf with these data.

    >>> leaf_hash(b"").hex()[:16]
    '6e340b9cffb37a98'
    """
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node with these two children."""
    return sha256(b"\x01" + left + right).digest()


class MerkleTree:
    """A tree that leaves are added to, and that proves what is in it.

    It keeps the hashes of complete subtrees of 2**`kept_from` leaves and more: 64 bytes a leaf where it keeps
    all (0), a quarter of a byte a leaf at 8. Below that it asks `leaves` when a proof needs them, for as many
    as such a subtree has: they stand in the store, with the records. What adding needs is one hash a level
    and is kept in any case.

    Raises:
        Incomplete: `kept_from` is above zero, and nothing says where the leaves are.

    >>> tree = MerkleTree()
    >>> tree.extend(map(leaf_hash, (b"opened", b"received", b"given out")))
    >>> check_inclusion(leaf_hash(b"received"), 1, tree.size, tree.inclusion(1), tree.root)
    >>> check_consistency(1, tree.size, tree.root_at(1), tree.root, tree.consistency(1))
    """

    def __init__(self, leaves: Leaves | None = None, *, kept_from: int = 0) -> None:
        if leaves is None and kept_from:
            raise Incomplete(
                what="a tree that does not keep its leaves",
                missing="nothing says where they are",
                do="say from where they are read, or let it keep all",
                zh="不保存叶子的树：没有写明叶子在哪里；请写明从何处读取，或全部保存",
            )
        self._leaves = leaves
        self._kept_from = kept_from
        self._size = 0
        self._waiting: list[bytes] = []
        self._levels: list[bytearray] = []
        self._tile: tuple[int, int, list[list[bytes]]] = (0, 0, [])

    @property
    def size(self) -> int:
        """How many leaves there are."""
        return self._size

    @property
    def root(self) -> bytes:
        """The root over all leaves."""
        return self.root_at(self._size)

    def append(self, leaf: bytes) -> None:
        """Add a leaf, by its hash. On average this costs the same however large the tree is.

        Raises:
            BadData: it is no hash.
        """
        if len(leaf) != HASH_SIZE:
            raise BadData("leaf of a tree", (f"a hash of {HASH_SIZE} bytes is due @ $",))
        height, index, node = 0, self._size, leaf
        self._keep(height, node)
        while index & 1:
            node = node_hash(self._waiting[height], node)
            height, index = height + 1, index >> 1
            self._keep(height, node)
        self._waiting[height : height + 1] = [node]
        self._size += 1

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add several leaves, by their hashes. Raises `BadData` as `append` does."""
        for leaf in leaves:
            self.append(leaf)

    def root_at(self, size: int) -> bytes:
        """The root over the first `size` leaves.

        Raises:
            Incomplete: there are not so many.
        """
        self._check(0, size)
        return self._over(0, size) if size else EMPTY_ROOT

    def inclusion(self, index: int, size: int | None = None) -> tuple[bytes, ...]:
        """The proof that a leaf is among the first `size` (None: among all); indices begin at 0.

        Raises:
            Incomplete: there is no such leaf among them, or there are not so many.
        """
        size = self._size if size is None else size
        self._check(index, size - 1)
        self._check(size, size)
        return tuple(self._path(index, 0, size))

    def consistency(self, first: int, second: int | None = None) -> tuple[bytes, ...]:
        """The proof that the first `second` leaves (None: all) begin with the first `first`.

        Raises:
            Incomplete: there are not so many, or the second are fewer.
        """
        second = self._size if second is None else second
        self._check(first, second)
        return tuple(self._extension(first, 0, second, whole=True)) if first else ()

    # What is kept, and read again

    @property
    def state(self) -> TreeState:
        """What the tree keeps, to go on from it later. It holds nothing but hashes."""
        waiting = (node for height, node in enumerate(self._waiting) if self._size >> height & 1)
        return self._size, b"".join(waiting), tuple(map(bytes, self._levels))

    @classmethod
    def restored(cls, state: TreeState, leaves: Leaves | None = None, *, kept_from: int = 0) -> MerkleTree:
        """The tree that had this state, with the same `kept_from`. Compare its root with one that is known.

        Raises:
            ProofBroken: no such tree has this state.
            Incomplete: as for a new tree.
        """
        size, waiting, levels = state
        tree = cls(leaves, kept_from=kept_from)
        heights = [height for height in range(size.bit_length()) if size >> height & 1]
        due = [(size >> height) * HASH_SIZE for height in range(kept_from, size.bit_length())]
        if [len(level) for level in levels] != due or len(waiting) != len(heights) * HASH_SIZE:
            raise ProofBroken("the state of a Merkle tree", f"it is not that of {size} leaves")
        nodes = dict(zip(heights, _cut(waiting), strict=True))
        tree._size = size
        tree._waiting = [nodes.get(height, b"") for height in range(size.bit_length())]
        tree._levels = [bytearray(level) for level in levels]
        return tree

    # Inside

    def _check(self, low: int, high: int) -> None:
        if not 0 <= low <= high <= self._size:
            raise Incomplete(
                what="a proof of a Merkle tree",
                missing=f"{low} and {high} do not lie in this order among its {self._size} leaves",
                do="name leaves that there are",
                zh=f"Merkle 树的证明：{low} 与 {high} 不在其 {self._size} 个叶子之内，或次序不对；"
                "请指明已有的叶子",
            )

    def _keep(self, height: int, node: bytes) -> None:
        level = height - self._kept_from
        if level >= 0:
            if level == len(self._levels):
                self._levels.append(bytearray())
            self._levels[level] += node

    def _over(self, first: int, last: int) -> bytes:
        """The hash over the leaves from `first` up to `last`, which is not among them."""
        count = last - first
        height = (count - 1).bit_length()
        if count == 1 << height:
            return self._node(height, first >> height)
        middle = first + (1 << height - 1)
        return node_hash(self._over(first, middle), self._over(middle, last))

    def _path(self, index: int, first: int, last: int) -> Iterator[bytes]:
        """The siblings on the way from a leaf up to the hash over a range."""
        if last - first > 1:
            middle = _middle(first, last)
            if index < middle:
                yield from self._path(index, first, middle)
                yield self._over(middle, last)
            else:
                yield from self._path(index, middle, last)
                yield self._over(first, middle)

    def _extension(self, until: int, first: int, last: int, *, whole: bool) -> Iterator[bytes]:
        """What leads from the hash over the leaves up to `until` to that over all up to `last`.

        `whole` says that the former is known to who checks it: it is the older root itself.
        """
        if until == last:
            if not whole:
                yield self._over(first, last)
            return
        middle = _middle(first, last)
        if until <= middle:
            yield from self._extension(until, first, middle, whole=whole)
            yield self._over(middle, last)
        else:
            yield from self._extension(until, middle, last, whole=False)
            yield self._over(first, middle)

    def _node(self, height: int, index: int) -> bytes:
        """The hash of a complete subtree: kept, or made of the leaves that are read again."""
        if height >= self._kept_from:
            return bytes(self._levels[height - self._kept_from][index * HASH_SIZE : (index + 1) * HASH_SIZE])
        tile = index >> (self._kept_from - height)
        return self._opened(tile)[height][index - (tile << (self._kept_from - height))]

    def _opened(self, tile: int) -> list[list[bytes]]:
        """The levels of a subtree that is not kept, from its leaves up; the last that was read stays open."""
        first = tile << self._kept_from
        count = min(1 << self._kept_from, self._size - first)
        opened = self._tile
        if opened[:2] != (tile, count):
            opened = self._tile = (tile, count, self._read(first, count))
        return opened[2]

    def _read(self, first: int, count: int) -> list[list[bytes]]:
        read = b"" if self._leaves is None else self._leaves(first, count)
        levels = [_cut(read)]
        while len(levels[-1]) > 1:
            pairs = zip(levels[-1][::2], levels[-1][1::2], strict=False)
            levels.append([node_hash(left, right) for left, right in pairs])
        if len(read) != count * HASH_SIZE or not self._agrees(first, count, levels):
            last = first + count
            raise ProofBroken(f"leaf {first} to {last - 1}", "what is read of them is not what was added")
        return levels

    def _agrees(self, first: int, count: int, levels: Sequence[Sequence[bytes]]) -> bool:
        """Whether leaves that are read again are those that were added, by what is kept of them."""
        if count == 1 << self._kept_from:
            return levels[-1][0] == self._node(self._kept_from, first >> self._kept_from)
        heights = [height for height in range(self._kept_from) if count >> height & 1]
        return all(levels[height][-1] == self._waiting[height] for height in heights)


def _middle(first: int, last: int) -> int:
    """Where the right child begins: the left one has the largest power of two below their number."""
    return first + (1 << (last - first - 1).bit_length() - 1)


def _cut(hashes: bytes) -> list[bytes]:
    return [hashes[at : at + HASH_SIZE] for at in range(0, len(hashes), HASH_SIZE)]


# Checking, without a tree


def check_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> None:
    """Check the proof that a leaf is among so many, by its hash and the root that is known of them.

    Raises:
        ProofBroken: it does not prove that.

    >>> two = node_hash(leaf_hash(b"opened"), leaf_hash(b"received"))
    >>> check_inclusion(leaf_hash(b"received"), 1, 2, [leaf_hash(b"opened")], two)
    >>> check_inclusion(leaf_hash(b"received"), 0, 2, [leaf_hash(b"opened")], two)
    Traceback (most recent call last):
    reliefstock.errors.ProofBroken: leaf 0 of 2 is not proven: its path does not lead to the root; ask for \
the proof again, and for the checkpoint that it is of
    """
    what = f"leaf {index} of {size}"
    if not 0 <= index < size:
        raise ProofBroken(what, "there is no such leaf")
    _check_hashes(what, leaf, root, *path)
    node = leaf
    for sibling, on_the_left in _climb(what, index, size - 1, path):
        node = node_hash(sibling, node) if on_the_left else node_hash(node, sibling)
    if node != root:
        raise ProofBroken(what, "its path does not lead to the root")


def check_consistency(
    first: int, second: int, first_root: bytes, second_root: bytes, path: Sequence[bytes]
) -> None:
    """Check the proof that `second` leaves begin with the `first` that there were, by the two roots.

    Raises:
        ProofBroken: it does not prove that.

    >>> one, two = leaf_hash(b"opened"), leaf_hash(b"received")
    >>> check_consistency(1, 2, one, node_hash(one, two), [two])
    """
    what = f"that {second} leaves begin with the first {first}"
    if not 0 <= first <= second:
        raise ProofBroken(what, "the second are fewer")
    _check_hashes(what, first_root, second_root, *path)
    if (not first and first_root != EMPTY_ROOT) or (first == second and first_root != second_root):
        raise ProofBroken(what, "the older root is another one")
    if first not in (0, second):
        _check_extension(what, (first, first_root), (second, second_root), path)
    elif path:
        raise ProofBroken(what, "its path is too long")


def _check_extension(
    what: str, older: tuple[int, bytes], newer: tuple[int, bytes], path: Sequence[bytes]
) -> None:
    """Both roots are made of one path: the older of what it has on the left, the newer of all of it."""
    at, last = older[0] - 1, newer[0] - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    nodes = path if at else (older[1], *path)
    if not nodes:
        raise ProofBroken(what, "its path is too short")
    of_older = of_newer = nodes[0]
    for sibling, on_the_left in _climb(what, at, last, nodes[1:]):
        if on_the_left:
            of_older = node_hash(sibling, of_older)
        of_newer = node_hash(sibling, of_newer) if on_the_left else node_hash(of_newer, sibling)
    if (of_older, of_newer) != (older[1], newer[1]):
        raise ProofBroken(what, "its path does not lead to the two roots")


def _climb(what: str, at: int, last: int, path: Sequence[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each sibling on the way up from a node to the root, and whether it stands on the left of it.

    `at` is the index of the node on its level, `last` that of the last one there. Where the node is the last
    and has no sibling, it is its own parent.
    """
    for sibling in path:
        if not last:
            raise ProofBroken(what, "its path is too long")
        on_the_left = at & 1 == 1 or at == last
        yield sibling, on_the_left
        while on_the_left and at and not at & 1:
            at, last = at >> 1, last >> 1
        at, last = at >> 1, last >> 1
    if last:
        raise ProofBroken(what, "its path is too short")


def _check_hashes(what: str, *hashes: object) -> None:
    """A hash of another length would let the border between two of them be moved."""
    if not all(type(one) is bytes and len(one) == HASH_SIZE for one in hashes):
        raise ProofBroken(what, f"a hash is {HASH_SIZE} bytes")
