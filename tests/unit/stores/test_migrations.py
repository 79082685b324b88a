"""The steps by which the tables of a PostgreSQL database came to be. That they run needs a server."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("alembic", reason="the extra postgres is not installed")

from alembic.migration import MigrationContext
from alembic.operations import Operations

from reliefstock.index import TABLES
from reliefstock.stores.migrations import r0001_records, r0002_index, r0003_people

if TYPE_CHECKING:
    from collections.abc import Callable

STEPS = (r0001_records, r0002_index, r0003_people)


def said(act: Callable[[], None]) -> str:
    """What a step would say to a server."""
    text = io.StringIO()
    context = MigrationContext.configure(
        dialect_name="postgresql", opts={"as_sql": True, "output_buffer": text}
    )
    with Operations.context(context):
        act()
    return text.getvalue()


def test_one_step_follows_another() -> None:
    assert [step.revision for step in STEPS] == ["0001", "0002", "0003"]
    assert [step.down_revision for step in STEPS] == [None, "0001", "0002"]


def test_all_of_it_is_in_a_schema_of_its_own() -> None:
    for step in STEPS:
        lines = said(step.upgrade).splitlines()
        made = [line for line in lines if line.strip().startswith(("CREATE TABLE", "CREATE FUNCTION"))]
        assert made
        assert [line for line in made if " reliefstock." not in line] == []


def test_the_first_makes_the_records_that_stand() -> None:
    text = said(r0001_records.upgrade)
    assert "BEFORE UPDATE OR DELETE ON reliefstock.records" in text
    assert "BEFORE TRUNCATE ON reliefstock.records" in text


def test_the_second_makes_each_table_of_the_index_and_each_way_to_ask_it() -> None:
    text = said(r0002_index.upgrade)
    assert text.count("CREATE TABLE") == len(TABLES)
    assert text.count("CREATE INDEX") == sum(len(table.lookups) for table in TABLES)
    for table in TABLES:
        key = ", ".join(f'"{name}"' for name in table.key)
        assert f"CREATE TABLE reliefstock.{table.name} (book BIGINT NOT NULL" in text
        assert f"seal BIGINT NOT NULL, PRIMARY KEY (book, {key}))" in text
    assert said(r0002_index.downgrade).count("DROP TABLE reliefstock.") == len(TABLES)


@pytest.mark.parametrize("step", [r0001_records, r0003_people])
def test_what_cannot_be_made_again_is_not_taken_away(step: object) -> None:
    with pytest.raises(NotImplementedError):
        said(step.downgrade)  # type: ignore[attr-defined]
