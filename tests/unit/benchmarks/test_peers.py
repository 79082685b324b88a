"""The same work with every peer that is installed: all find the same, or it is told who does not."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import attrs
import pytest

sys.path.append(str(Path(__file__).resolve().parents[3] / "benchmarks"))

peers, peer, work = import_module("peers"), import_module("beside.peer"), import_module("beside.work")
process, journals = import_module("beside.process"), import_module("beside.journals")
start = import_module("start")

SMALL = ["--entries", "1000", "--rounds", "1"]
SYNCED = {"reliefstock-each", "sqlite3-commits", "eventsourcing-sqlite", "piecash", "python-accounting"}
"""They wait for the disk at every entry, or compute long, so they are given fewer."""

Totals = dict[tuple[str, str], tuple[int, int]]


@pytest.mark.parametrize("name", list(peer.PEERS))
def test_a_peer_finds_what_is_left_to_the_unit_and_the_fen(
    name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    entries = 50 if name in SYNCED else 1000
    peers.main(
        ["--entries", str(entries), "--rounds", "1", "--peers", name, "--json", str(tmp_path / "all.json")]
    )
    found = json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))
    if name in found["missing"]:
        pytest.skip(f"{name} is not installed: {found['missing'][name]}")
    [run] = found["runs"]
    assert run["entries"] == entries <= peer.PEERS[name].most
    assert len(run["seconds"]) == len(run["kilobytes"]) == 1
    assert f"| {name} | {peer.PEERS[name].does} | {run['entries']:,} |" in capsys.readouterr().out


def test_ours_is_compared_with_theirs(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    peers.main([*SMALL, "--peers", "reliefstock,python", "--json", str(tmp_path / "all.json")])
    [ratio] = json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))["ratios"]
    assert (ratio["ours"], ratio["theirs"]) == ("reliefstock", "python")
    assert f"×{ratio['times']:.2f}" in capsys.readouterr().out


def test_who_is_not_installed_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = attrs.evolve(peer.PEERS["ledger"], missing=lambda: "apt-get install ledger")
    monkeypatch.setitem(peers.PEERS, "ledger", gone)
    peers.main([*SMALL, "--peers", "ledger,python"])
    assert "| ledger | missing: `apt-get install ledger` |" in capsys.readouterr().out


@pytest.mark.parametrize(
    "wrong",
    [
        lambda found: {shelf: (quantity + 1, value) for shelf, (quantity, value) in found.items()},
        lambda found: {shelf: (quantity, value - 1) for shelf, (quantity, value) in found.items()},
        lambda found: dict(list(found.items())[1:]),
        lambda found: {**found, ("DepotA", "GOODSZ"): (1, 100)},
    ],
    ids=["a unit too many", "a fen too little", "a shelf forgotten", "a shelf made up"],
)
def test_who_finds_something_else_is_told(
    monkeypatch: pytest.MonkeyPatch, wrong: Callable[[Totals], Totals], capsys: pytest.CaptureFixture[str]
) -> None:
    right = peer.PEERS["python"]
    liar = attrs.evolve(right, totals=lambda printed: wrong(right.totals(printed)))
    monkeypatch.setitem(peers.PEERS, "python", liar)
    with pytest.raises(peers.Disagreement, match=r"python: Depot\w GOODS\w holds"):
        peers.main([*SMALL, "--peers", "python"])
    assert capsys.readouterr().out == ""


def test_a_peer_that_ends_with_an_error_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = attrs.evolve(
        peer.PEERS["python"], command=lambda _: [sys.executable, "-c", "raise OSError('full')"]
    )
    monkeypatch.setitem(peers.PEERS, "python", broken)
    with pytest.raises(process.Failed, match="OSError: full"):
        peers.main([*SMALL, "--peers", "python"])


@pytest.mark.parametrize("arguments", [["--peers", "abacus"], ["--entries", "0"], ["--rounds", "0"]])
def test_what_cannot_be_measured_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        peers.main(arguments)
    assert "error:" in capsys.readouterr().err


def test_every_peer_is_compared_and_every_group_has_one_of_ours() -> None:
    compared = {name for group in peer.GROUPS for name in (group.ours, *group.theirs)}
    assert compared == set(peer.PEERS)
    assert all(group.ours.startswith("reliefstock") for group in peer.GROUPS)


def test_the_work_is_the_same_every_time_and_takes_from_several_lots() -> None:
    once, again = list(work.entries(3_000)), list(work.entries(3_000))
    assert once == again
    assert any(len(entry.picks) > 1 for entry in once)
    assert {entry.place for entry in once} == set(work.PLACES)
    assert {entry.item for entry in once} == set(work.ITEMS)


def test_the_work_takes_the_oldest_lots_and_never_more_than_there_is() -> None:
    left: dict[tuple[str, str], dict[int, int]] = {}
    for entry in work.entries(3_000):
        shelf = left.setdefault((entry.place, entry.item), {})
        if entry.gift:
            shelf[entry.number] = entry.quantity
        for pick in entry.picks:
            assert pick.lot == min(shelf)
            shelf[pick.lot] -= pick.quantity
            assert shelf[pick.lot] >= 0
            if not shelf[pick.lot]:
                del shelf[pick.lot]


@pytest.mark.parametrize(("text", "amount"), [("0.05", 5), ("-1,234.5", -123450), ("7", 700), ("1.250", 125)])
def test_an_amount_of_theirs_is_read_exactly(text: str, amount: int) -> None:
    assert journals.fen(text) == amount


def test_an_amount_finer_than_a_fen_is_refused() -> None:
    with pytest.raises(ValueError, match=r"1\.255"):
        journals.fen("1.255")


def test_the_tables_stand_between_two_marks() -> None:
    document = f"before\n{peers.BEGIN}\nold\n{peers.END}\nafter\n"
    assert peers.written(document, "new\n") == f"before\n{peers.BEGIN}\n\nnew\n\n{peers.END}\nafter\n"
    with pytest.raises(ValueError, match="no marks"):
        peers.written("nothing", "new")


def test_the_document_has_the_marks() -> None:
    document = peers.DOCUMENT.read_text(encoding="utf-8")
    assert peers.written(document, "new") != document


def test_the_start_is_measured_beside_what_it_depends_on(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    start.main(["--rounds", "1", "--json", str(tmp_path / "start.json")])
    times = json.loads((tmp_path / "start.json").read_text(encoding="utf-8"))
    assert {name: len(some) for name, some in times.items()} == dict.fromkeys(start.PROGRAMS, 1)
    printed = capsys.readouterr().out
    assert all(f"`{program}`" in printed for program in start.PROGRAMS.values())
