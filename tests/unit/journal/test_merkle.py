"""A Merkle tree over records: the vectors of the RFC, a naive tree beside it, nothing altered that passes."""

from __future__ import annotations

from functools import cache
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefstock.errors import BadData, Incomplete, ProofBroken
from reliefstock.journal import (
    EMPTY_ROOT,
    MerkleTree,
    check_consistency,
    check_inclusion,
    leaf_hash,
    node_hash,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reliefstock.journal.merkle import TreeState

MOST = 70

# The eight leaves that implementations of RFC 6962 are tested with, their roots and proofs.
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
NODES = {
    "1": "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "2": "0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7",
    "4": "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    "23": "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "45": "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
    "67": "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "4567": "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
}
INCLUSIONS = [
    (0, 1, []),
    (0, 8, ["1", "23", "4567"]),
    (5, 8, ["4", "67", "0123"]),
    (2, 3, ["01"]),
    (1, 5, ["0", "23", "4"]),
]
CONSISTENCIES = [
    (1, 1, []),
    (1, 8, ["1", "23", "4567"]),
    (2, 8, ["23", "4567"]),
    (6, 8, ["45", "67", "0123"]),
    (2, 5, ["23", "4"]),
]


def node(name: str) -> bytes:
    known = {**NODES, "0": ROOTS[1], "01": ROOTS[2], "0123": ROOTS[4]}
    return bytes.fromhex(known[name])


def standard_tree() -> MerkleTree:
    tree = MerkleTree()
    tree.extend(leaf_hash(bytes.fromhex(leaf)) for leaf in LEAVES)
    return tree


def test_the_roots_are_those_of_the_rfc() -> None:
    tree = MerkleTree()
    assert tree.root == EMPTY_ROOT
    for size, leaf in enumerate(LEAVES, start=1):
        tree.append(leaf_hash(bytes.fromhex(leaf)))
        assert (tree.size, tree.root.hex()) == (size, ROOTS[size])
    assert [tree.root_at(size).hex() for size in range(9)] == ROOTS


@pytest.mark.parametrize(("index", "size", "path"), INCLUSIONS)
def test_the_inclusion_proofs_are_those_of_the_rfc(index: int, size: int, path: list[str]) -> None:
    proof = standard_tree().inclusion(index, size)
    assert list(proof) == [node(name) for name in path]
    leaf = leaf_hash(bytes.fromhex(LEAVES[index]))
    assert_proven(check_inclusion, leaf, index, size, proof, bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize(("first", "second", "path"), CONSISTENCIES)
def test_the_consistency_proofs_are_those_of_the_rfc(first: int, second: int, path: list[str]) -> None:
    proof = standard_tree().consistency(first, second)
    assert list(proof) == [node(name) for name in path]
    roots = bytes.fromhex(ROOTS[first]), bytes.fromhex(ROOTS[second])
    assert_proven(check_consistency, first, second, *roots, proof)


# A naive tree beside it

HASHES = [leaf_hash(index.to_bytes(2, "big")) for index in range(MOST)]


@cache
def naive(first: int, last: int) -> bytes:
    """As the RFC defines it, word for word."""
    if last - first == 0:
        return EMPTY_ROOT
    if last - first == 1:
        return HASHES[first]
    split = 1
    while split * 2 < last - first:
        split *= 2
    return node_hash(naive(first, first + split), naive(first + split, last))


def stored(first: int, count: int) -> bytes:
    return b"".join(HASHES[first : first + count])


def full_tree(kept_from: int = 0, size: int = MOST) -> MerkleTree:
    tree = MerkleTree(stored, kept_from=kept_from)
    tree.extend(HASHES[:size])
    return tree


KEPT = [0, 1, 2, 3, 6, 7, 64]


@pytest.mark.parametrize("kept_from", KEPT)
def test_the_root_at_any_size_is_that_of_the_naive_tree(kept_from: int) -> None:
    tree = MerkleTree(stored, kept_from=kept_from)
    for size in range(1, MOST + 1):
        tree.append(HASHES[size - 1])
        assert tree.root == naive(0, size)
    assert [tree.root_at(size) for size in range(MOST + 1)] == [naive(0, size) for size in range(MOST + 1)]


@pytest.mark.parametrize("kept_from", KEPT)
def test_every_leaf_of_every_tree_is_proven(kept_from: int) -> None:
    tree = full_tree(kept_from)
    whole = full_tree()
    for size in range(1, MOST + 1):
        for index in range(size):
            path = tree.inclusion(index, size)
            assert path == whole.inclusion(index, size)
            assert_proven(check_inclusion, HASHES[index], index, size, path, naive(0, size))


@pytest.mark.parametrize("kept_from", KEPT)
def test_every_two_sizes_are_proven_to_be_consistent(kept_from: int) -> None:
    tree = full_tree(kept_from)
    for first, second in combinations_with_replacement(range(MOST + 1), 2):
        path = tree.consistency(first, second)
        assert_proven(check_consistency, first, second, naive(0, first), naive(0, second), path)


def test_a_proof_of_a_million_has_twenty_hashes() -> None:
    size = 1_000_000
    assert (size - 1).bit_length() == 20
    assert len(full_tree().inclusion(0, 64)) == 6


def assert_proven(check: Callable[..., None], *said: object) -> None:
    assert check(*said) is None


# Nothing that is altered passes


def refused(check: Callable[..., None], *said: object) -> str:
    with pytest.raises(ProofBroken) as broken:
        check(*said)
    return broken.value.reason


def altered(path: Sequence[bytes]) -> list[list[bytes]]:
    """A path with each hash changed, dropped, doubled and moved, and with one more at either end."""
    found = [[*path, HASHES[0]], [HASHES[0], *path]]
    for at, one in enumerate(path):
        flipped = bytes((one[0] ^ 1,)) + one[1:]
        found += [
            [*path[:at], flipped, *path[at + 1 :]],
            [*path[:at], *path[at + 1 :]],
            [*path[: at + 1], *path[at:]],
        ]
    found += [[*path[:at], path[at + 1], path[at], *path[at + 2 :]] for at in range(len(path) - 1)]
    return found


SIZES = [1, 2, 3, 4, 5, 7, 8, 9, 16, 21, 33, 64, 70]
ELSE = leaf_hash(b"something else")


@pytest.mark.parametrize("size", SIZES)
def test_no_altered_leaf_root_path_or_index_is_taken_for_a_proof(size: int) -> None:
    tree, root = full_tree(), naive(0, size)
    for index in range(size):
        path = list(tree.inclusion(index, size))
        leaf = HASHES[index]
        assert refused(check_inclusion, ELSE, index, size, path, root)
        assert refused(check_inclusion, leaf, index, size, path, ELSE)
        for other in altered(path):
            assert refused(check_inclusion, leaf, index, size, other, root)
        for other in {-1, size, *range(size)} - {index}:
            assert refused(check_inclusion, leaf, other, size, path, root)


@pytest.mark.parametrize("second", SIZES)
def test_no_altered_root_path_or_size_is_taken_for_consistent(second: int) -> None:
    tree, newer = full_tree(), naive(0, second)
    for first in range(second + 1):
        path, older = list(tree.consistency(first, second)), naive(0, first)
        assert refused(check_consistency, first, second, ELSE, newer, path)
        if first:
            assert refused(check_consistency, first, second, older, ELSE, path)
        for other in altered(path):
            assert refused(check_consistency, first, second, older, newer, other)
        for size in {-1, second + 1, *range(second + 1)} - {first}:
            assert refused(check_consistency, size, second, older, newer, path)


def test_nothing_is_the_beginning_of_everything_and_has_one_root() -> None:
    assert_proven(check_consistency, 0, 0, EMPTY_ROOT, EMPTY_ROOT, [])
    assert_proven(check_consistency, 0, 5, EMPTY_ROOT, naive(0, 5), [])
    assert refused(check_consistency, 0, 0, EMPTY_ROOT, ELSE, []) == "the older root is another one"
    assert refused(check_consistency, 0, 5, ELSE, naive(0, 5), []) == "the older root is another one"
    assert refused(check_consistency, 0, 5, EMPTY_ROOT, naive(0, 5), [ELSE]) == "its path is too long"


def test_a_refusal_says_what_is_wrong() -> None:
    path, root = full_tree().inclusion(2, 5), naive(0, 5)
    leaf = HASHES[2]
    assert refused(check_inclusion, leaf, 5, 5, path, root) == "there is no such leaf"
    assert refused(check_inclusion, leaf, 2, 5, path[:-1], root) == "its path is too short"
    assert refused(check_inclusion, leaf, 2, 5, [*path, leaf], root) == "its path is too long"
    assert refused(check_inclusion, ELSE, 2, 5, path, root) == "its path does not lead to the root"
    roots = naive(0, 3), naive(0, 5)
    path = full_tree().consistency(3, 5)
    assert refused(check_consistency, 5, 3, *roots, path) == "the second are fewer"
    assert refused(check_consistency, 3, 5, *roots, ()) == "its path is too short"
    assert refused(check_consistency, 3, 5, *roots, path[:-1]) == "its path is too short"
    assert refused(check_consistency, 3, 5, *roots, [*path, ELSE]) == "its path is too long"
    assert refused(check_consistency, 3, 5, ELSE, roots[1], path) == "its path does not lead to the two roots"
    assert refused(check_consistency, 5, 5, *roots, ()) == "the older root is another one"


@pytest.mark.parametrize("bad", [b"", bytes(31), bytes(33), "0" * 32, None, bytearray(32)], ids=repr)
def test_a_hash_of_another_length_could_move_a_border_and_is_refused(bad: object) -> None:
    path = full_tree().inclusion(1, 2)
    for said in [
        (bad, 1, 2, path, naive(0, 2)),
        (HASHES[1], 1, 2, path, bad),
        (HASHES[1], 1, 2, [bad], naive(0, 2)),
    ]:
        assert refused(check_inclusion, *said) == "a hash is 32 bytes"
    for said in [(1, 2, bad, ELSE, [ELSE]), (1, 2, ELSE, bad, [ELSE]), (1, 2, ELSE, ELSE, [bad])]:
        assert refused(check_consistency, *said) == "a hash is 32 bytes"


def test_a_leaf_is_never_taken_for_a_node() -> None:
    left, right = HASHES[:2]
    assert leaf_hash(left + right) != node_hash(left, right)


@given(st.lists(st.binary(max_size=4), min_size=1, max_size=20), st.data())
def test_trees_of_any_leaves_prove_what_is_in_them_and_nothing_else(
    leaves: list[bytes], data: st.DataObject
) -> None:
    hashes = [leaf_hash(leaf) for leaf in leaves]
    tree = MerkleTree()
    tree.extend(hashes)
    index = data.draw(st.integers(0, len(leaves) - 1))
    claimed = data.draw(st.sampled_from(leaves) | st.binary(max_size=4))
    path = tree.inclusion(index)
    if claimed == leaves[index]:
        assert_proven(check_inclusion, leaf_hash(claimed), index, tree.size, path, tree.root)
    else:
        assert refused(check_inclusion, leaf_hash(claimed), index, tree.size, path, tree.root)


# What is kept


def test_a_tree_keeps_64_bytes_a_leaf_or_as_good_as_nothing() -> None:
    assert sum(map(len, full_tree(0, 64).state[2])) == 127 * 32
    assert sum(map(len, full_tree(3, 64).state[2])) == 15 * 32
    size, waiting, levels = full_tree(64).state
    assert (size, len(waiting), levels) == (70, 3 * 32, ())


@pytest.mark.parametrize("kept_from", KEPT)
@pytest.mark.parametrize("size", [0, 1, 2, 3, 8, 15, 64, 69])
def test_a_tree_goes_on_from_its_state(kept_from: int, size: int) -> None:
    tree = MerkleTree.restored(full_tree(kept_from, size).state, stored, kept_from=kept_from)
    assert (tree.size, tree.root) == (size, naive(0, size))
    tree.extend(HASHES[size:])
    assert tree.state == full_tree(kept_from).state
    assert tree.inclusion(5) == full_tree().inclusion(5)


@pytest.mark.parametrize(
    "state",
    [
        (5, b"", ()),
        (5, bytes(64), ()),
        (5, bytes(64), (bytes(32 * 5), bytes(32 * 2))),
        (5, bytes(64), (bytes(32 * 5), bytes(32 * 2), bytes(31))),
        (5, bytes(63), (bytes(32 * 5), bytes(32 * 2), bytes(32))),
        (0, b"", (bytes(32),)),
    ],
    ids=lambda state: str(state)[:30],
)
def test_what_is_not_the_state_of_any_tree_is_refused(state: TreeState) -> None:
    with pytest.raises(ProofBroken, match="it is not that of"):
        MerkleTree.restored(state)


@pytest.mark.parametrize("leaf", [b"", bytes(31), bytes(33)], ids=len)
def test_a_leaf_is_added_by_its_hash(leaf: bytes) -> None:
    tree = full_tree(size=5)
    with pytest.raises(BadData, match="a hash of 32 bytes is due"):
        tree.append(leaf)
    assert (tree.size, tree.root) == (5, naive(0, 5))


def test_a_tree_that_keeps_no_leaves_must_know_where_they_are() -> None:
    with pytest.raises(Incomplete, match="nothing says where they are"):
        MerkleTree(kept_from=8)


@pytest.mark.parametrize("kept_from", [1, 3, 64])
@pytest.mark.parametrize("size", [2, 11, 64, 70])
def test_leaves_that_were_changed_in_the_store_prove_nothing(kept_from: int, size: int) -> None:
    right = [full_tree(0, size).inclusion(index) for index in range(size)]
    for forged in range(size):
        held = [*HASHES[:forged], ELSE, *HASHES[forged + 1 :]]
        tree = MerkleTree(
            lambda first, count, held=held: b"".join(held[first : first + count]), kept_from=kept_from
        )
        tree.extend(HASHES[:size])
        proofs = [proof_or_refusal(tree, index) for index in range(size)]
        assert "what is read of them is not what was added" in proofs
        assert all(proof == due for proof, due in zip(proofs, right, strict=True) if isinstance(proof, tuple))


def proof_or_refusal(tree: MerkleTree, index: int) -> tuple[bytes, ...] | str:
    try:
        return tree.inclusion(index)
    except ProofBroken as broken:
        return broken.reason


@pytest.mark.parametrize("given", [b"", bytes(31), bytes(33), bytes(64 * 32)], ids=len)
def test_leaves_that_are_not_all_there_prove_nothing(given: bytes) -> None:
    tree = MerkleTree(lambda _, __: given, kept_from=3)
    tree.extend(HASHES[:11])
    with pytest.raises(
        ProofBroken, match="leaf 8 to 10 is not proven: what is read of them is not what was added"
    ):
        tree.inclusion(9)


def test_the_store_is_read_once_for_one_proof() -> None:
    asked: list[tuple[int, int]] = []

    def read(first: int, count: int) -> bytes:
        asked.append((first, count))
        return stored(first, count)

    tree = MerkleTree(read, kept_from=3)
    tree.extend(HASHES[:20])
    tree.inclusion(9)
    assert asked == [(8, 8), (16, 4)]
    tree.append(HASHES[20])
    tree.inclusion(18)
    assert asked == [(8, 8), (16, 4), (16, 5)]


@pytest.mark.parametrize(
    "ask",
    [
        lambda tree: tree.inclusion(5),
        lambda tree: tree.inclusion(-1),
        lambda tree: tree.inclusion(0, 6),
        lambda tree: tree.inclusion(3, 3),
        lambda tree: tree.inclusion(0, 0),
        lambda tree: tree.consistency(-1),
        lambda tree: tree.consistency(3, 2),
        lambda tree: tree.consistency(2, 6),
        lambda tree: tree.root_at(6),
        lambda tree: tree.root_at(-1),
    ],
)
def test_there_is_no_proof_of_leaves_that_there_are_not(ask: Callable[[MerkleTree], object]) -> None:
    with pytest.raises(Incomplete, match="name leaves that there are"):
        ask(full_tree(size=5))
