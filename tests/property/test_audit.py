"""Whatever a record says, an audit ends with findings and never with an error."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from reliefstock import Book
from reliefstock.audit import audit, audit_table, findings_table, recompute
from reliefstock.journal import Plain, Record, chained, decode, encode
from unit.audit.books import a_book

Path = tuple[int, ...]

ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([0, -1, 10**30, -(10**30), 10**5000, 1 << 64]),
    st.text(max_size=5),
    st.sampled_from(["", "{place}", "Posted", "GRN-000001-1", "conversion", "reversal", "restored"]),
    st.binary(max_size=3),
    st.dates(),
    st.sampled_from([date.min, date.max]),
    st.lists(st.integers(), max_size=3),
)


@cache
def the_book() -> tuple[Book, tuple[Record, ...]]:
    book = a_book()
    return book, tuple(book.records())


def paths(plain: Any, before: Path = ()) -> list[Path]:  # noqa: ANN401 -- a record can say anything
    """Where in plain data anything stands."""
    found = [before]
    for at, one in enumerate(plain if isinstance(plain, tuple) else ()):
        found += paths(one, (*before, at))
    return found


def replaced(plain: Any, path: Path, by: Plain) -> Plain:  # noqa: ANN401 -- as above
    """The same plain data with something else in one place."""
    if not path:
        return by
    at, *rest = path
    return tuple(replaced(one, tuple(rest), by) if here == at else one for here, one in enumerate(plain))


@st.composite
def forged(draw: st.DrawFn) -> list[Record]:
    """The chain of a book, written anew with something else in one or several places, or in another order."""
    contents: list[Plain] = [decode(record.payload) for record in the_book()[1]]
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(contents) - 1))
        path = draw(st.sampled_from(paths(contents[at])))
        contents[at] = replaced(contents[at], path, draw(ANYTHING))
    if draw(st.booleans()):
        one, other = draw(st.integers(1, len(contents) - 1)), draw(st.integers(1, len(contents) - 1))
        contents[one], contents[other] = contents[other], contents[one]
    return list(chained(map(encode, contents)))


@settings(deadline=None)
@given(forged())
def test_whatever_a_record_says_the_audit_ends_with_findings(records: list[Record]):
    book, _ = the_book()
    report = audit(records, book)
    told = [one.text(lang) for one in report.findings for lang in ("zh", "en")]
    assert all(told)
    assert len(findings_table(report, "zh").rows) == len(report.findings)
    assert audit_table(report).rows


@settings(deadline=None)
@given(st.lists(st.binary(max_size=40), max_size=5), st.booleans())
def test_bytes_of_any_kind_end_the_audit_where_they_stand(payloads: list[bytes], after_a_book: bool):
    before = [record.payload for record in the_book()[1]] if after_a_book else []
    found = recompute(chained([*before, *payloads]))
    assert found.is_sound is (not payloads)
    assert found.ended == (len(before) + 1 if payloads else None)
