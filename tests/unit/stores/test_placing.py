"""Files that appear whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NoReturn

import pytest

from reliefstock.stores.placing import placed, synced


def put(target: Path, text: str) -> None:
    with placed(target) as draft:
        draft.write_text(text, encoding="utf-8")
        assert not target.exists()


def test_a_file_appears_when_it_is_whole(tmp_path: Path) -> None:
    put(tmp_path / "county.db", "whole")
    assert [(path.name, path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()] == [
        ("county.db", "whole")
    ]


def break_off(target: Path) -> NoReturn:
    with placed(target) as draft:
        draft.write_text("half", encoding="utf-8")
        draft.with_name(f"{draft.name}-journal").write_text("beside", encoding="utf-8")
        raise ZeroDivisionError


def test_nothing_is_left_of_one_that_was_broken_off(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        break_off(tmp_path / "county.db")
    assert list(tmp_path.iterdir()) == []


def appear_meanwhile(target: Path) -> None:
    with placed(target) as draft:
        draft.write_text("new", encoding="utf-8")
        target.write_text("old", encoding="utf-8")


@pytest.mark.parametrize("has_links", [True, False])
def test_what_is_there_is_not_overwritten(
    tmp_path: Path, has_links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not has_links:
        monkeypatch.setattr(os, "link", refuse)
    target = tmp_path / "county.db"
    with pytest.raises(FileExistsError):
        appear_meanwhile(target)
    with pytest.raises(FileExistsError):
        put(target, "new")
    assert [(path.name, path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()] == [
        ("county.db", "old")
    ]


def refuse(*_: object) -> NoReturn:
    raise PermissionError(1, "there are no links on this disk")


def test_a_disk_without_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", refuse)
    put(tmp_path / "county.db", "whole")
    assert [path.name for path in tmp_path.iterdir()] == ["county.db"]


def test_the_file_and_its_name_reach_the_disk_in_this_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    fsync, link = os.fsync, os.link

    def note(handle: int) -> None:
        path = Path(f"/proc/self/fd/{handle}").readlink()
        seen.append("folder" if path == tmp_path else "file")
        fsync(handle)

    def note_link(*paths: Path) -> None:
        seen.append("name")
        link(*paths)

    monkeypatch.setattr(os, "fsync", note)
    monkeypatch.setattr(os, "link", note_link)
    put(tmp_path / "county.db", "whole")
    assert seen == ["file", "name", "folder"]


def test_what_is_not_there_cannot_reach_the_disk(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        synced(tmp_path / "none")
