"""A flood, as the example tells it: shared out, held and delivered it adds up; tampered with it does not."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

import flood_allocation as example
from flood_shares.checks import CHECKS, END, checked
from flood_shares.days import Flood, the_flood
from flood_shares.posting import posted_figures
from flood_shares.world import DIVISIONS
from reliefstock import Allocation, DistributionList, EntryKind, PlaceKind, Restriction
from reliefstock.allocation.measures import measures
from reliefstock.allocation.source_checks import verify_sources
from reliefstock.allocation.verifying import verify_plan
from reliefstock.audit import audit
from reliefstock.book.planning import was_due
from reliefstock.reconciliation import allocation_findings, holds_of
from reliefstock.reconciliation.plans import plans
from scenario.tampering import Changes, all_changed


@pytest.fixture(scope="module")
def flood() -> Flood:
    """The flood; whoever tampers with it puts it right again."""
    return the_flood()


# It adds up


@pytest.mark.parametrize("seed", ["2024-07-13 20:00", "another evening", "第三次开奖", ""])
def test_it_adds_up_whatever_was_drawn(seed: str):
    results = checked(the_flood(seed))
    assert [one.name for one in results] == list(CHECKS)
    assert [one.wrong for one in results] == [()] * len(CHECKS)
    assert min(one.compared for one in results) > 0


def test_an_auditor_who_recomputes_it_finds_nothing(flood: Flood):
    assert audit(flood.book.records(), flood.book).findings == ()
    assert allocation_findings(flood.book, on=END) == ()


def test_another_draw_gives_kits_to_others_and_the_same_water():
    one, other = the_flood("one"), the_flood("other")
    assert list(one.water.units) == list(other.water.units)
    assert list(one.kits.units) != list(other.kits.units)
    assert one.kits.awarded == other.kits.awarded == 30


# What happens in it


def test_there_are_eleven_divisions_with_schools_and_households(flood: Flood):
    assert len(DIVISIONS) == len({one.code for one in DIVISIONS}) == 11
    assert len(flood.quilts.demands) == 11 * (2 + 6)


def test_the_rules_differ_and_the_floor_lifts_the_smallest(flood: Flood):
    other, chosen = flood.compared.plans
    zhenping = [plan.award("zhenping").units for plan in (other, chosen)]
    assert zhenping == [624, 960]
    assert measures(other).smallest < Fraction(53, 100)
    assert other.awarded == chosen.awarded == 36_000


def test_every_plan_is_verified(flood: Flood):
    assert verify_plan(flood.water) == ()
    assert verify_plan(flood.kits) == ()
    assert verify_sources(flood.quilts) == ()


def test_restricted_quilts_leave_the_free_ones_to_who_can_have_no_others(flood: Flood):
    free = {one.id for one in flood.quilts.sources if one.recipients is None}
    had = {who for source in free for who, units in flood.quilts.flows[source].items() if units}
    assert had
    assert all(who.startswith("H-") for who in had)
    assert sum(1 for one in flood.quilts.bottlenecks if one.is_used_up) > 1


def test_the_allocations_remember_their_plans(flood: Flood):
    made = flood.book.documents_of(Allocation)
    assert [(one.warehouse, one.plan and one.plan.rule) for one in made] == [
        ("city", "max-min fill rate"),
        ("city", "public lottery"),
        ("city", "max-min fill rate"),
        ("east", "max-min fill rate"),
    ]
    for one in made:
        assert one.plan is not None
        assert was_due(one.plan) == tuple(share.units for share in one.plan.shares)


def test_a_box_is_lost_and_a_family_moves_away(flood: Flood):
    short = {(row.item, row.recipient): row.short for row in plans(flood.book, on=END) if row.short}
    assert short["water", "baihe"] == 24
    assert {who for _, who in short} == {"baihe", "H-hanbin-4"}
    assert sum(row.released for row in holds_of(flood.book, on=END)) == sum(short.values()) - 24


def test_the_posting_can_be_read_in_both_languages_and_names_no_person(flood: Flood):
    zh, en = (posted_figures(flood.posted[lang]) for lang in ("zh", "en"))
    assert zh == en
    assert len(zh) == 11 + 88 + 66
    assert "seed '2024-07-13 20:00'" in flood.posted["en"]


# What does not add up is found


Tampered = Callable[[Flood], Changes]


def _plan(flood: Flood, item: str) -> Any:  # noqa: ANN401 -- a record, to be changed
    return next(one.plan for one in flood.book.documents_of(Allocation) if one.plan and one.plan.item == item)


def _given(flood: Flood, lot: str = "") -> Any:  # noqa: ANN401 -- as above
    return next(
        posting
        for entry in flood.book.entries
        if entry.kind is EntryKind.DISTRIBUTION
        for posting in entry.postings
        if posting.place.kind in (PlaceKind.SCHOOL, PlaceKind.HOUSEHOLD) and lot in ("", posting.lot)
    )


def a_fen_too_much(flood: Flood):
    posting = flood.book.entries[3].postings[0]
    return [(posting, {"value": posting.value + 1})]


def more_to_share_out_than_came(flood: Flood):
    plan = _plan(flood, "water")
    return [(plan, {"supply": plan.supply + 1})]


def a_posting_with_another_figure(flood: Flood):
    figures = flood.posted["en"].replace("baihe: needs 7800, has 4032", "baihe: needs 7800, has 4056")
    return [(flood, {"posted": {**flood.posted, "en": figures}})]


def a_hold_of_one_more(flood: Flood):
    lot = flood.book.documents_of(Allocation)[2].lines[0].lots[0]
    return [(lot, {"quantity": lot.quantity + 1})]


def one_more_at_a_school(flood: Flood):
    posting = _given(flood)
    return [(posting, {"quantity": posting.quantity + 1})]


def quilts_that_were_given_for_somebody_else(flood: Flood):
    lot = flood.book.lot(_given(flood).lot)
    return [(lot, {"restrictions": (Restriction(recipients=("S-baihe-2",)),)})]


def two_boxes_from_the_poorer_to_the_richer(flood: Flood):
    shares = {share.recipient: share for share in _plan(flood, "water").shares}
    poor, rich = shares["hanbin"], shares["baihe"]
    return [(poor, {"units": poor.units - 48}), (rich, {"units": rich.units + 48})]


def two_quilts_from_one_family_to_another(flood: Flood):
    shares = {share.recipient: share for share in _plan(flood, "quilt").shares}
    poor, rich = shares["H-hanyin-4"], shares["H-shiquan-4"]
    return [(poor, {"units": poor.units - 2}), (rich, {"units": rich.units + 2})]


def a_kit_for_a_later_ticket(flood: Flood):
    shares = _plan(flood, "kit").shares
    won = next(share for share in shares if share.units)
    lost = next(share for share in shares if not share.units)
    return [(won, {"units": 0}), (lost, {"units": 1})]


def a_hold_given_out_as_if_there_were_none(flood: Flood):
    [made] = [one for one in flood.book.documents_of(DistributionList) if one.lines[0].item == "kit"]
    return [(made.lines[0], {"hold": ""})]


TAMPERED: dict[str, Tampered] = {
    "conserved": a_fen_too_much,
    "shared out": more_to_share_out_than_came,
    "posted": a_posting_with_another_figure,
    "held": a_hold_of_one_more,
    "delivered": one_more_at_a_school,
    "restrictions": quilts_that_were_given_for_somebody_else,
    "water": two_boxes_from_the_poorer_to_the_richer,
    "quilts": two_quilts_from_one_family_to_another,
    "kits": a_kit_for_a_later_ticket,
    "reconciled": a_hold_given_out_as_if_there_were_none,
}


def test_there_is_a_tampering_for_every_check():
    assert list(TAMPERED) == list(CHECKS)


@pytest.mark.parametrize("name", CHECKS)
def test_every_check_can_fail(flood: Flood, name: str):
    with all_changed(TAMPERED[name](flood)):
        [result] = checked(flood, [name])
        assert result.wrong
    [result] = checked(flood, [name])
    assert result.wrong == ()


@pytest.mark.parametrize(("lang", "good", "bad"), [("zh", "全部相符", "处不符"), ("en", "adds up", "differ")])
def test_what_does_not_add_up_ends_in_failure(
    flood: Flood,
    lang: str,
    good: str,
    bad: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    monkeypatch.setattr(example, "the_flood", lambda _: flood)
    assert example.main(["--lang", lang]) == 0
    assert good in capsys.readouterr().out.splitlines()[-1]
    with all_changed(one_more_at_a_school(flood)):
        assert example.main(["--lang", lang]) == 1
    out = capsys.readouterr().out
    assert bad in out.splitlines()[-1]
    assert "≠" in out
