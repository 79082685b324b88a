"""Small cases, all of them: what is given is the best of all awards. `exhaustive.py` goes on from there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations_with_replacement, product

import attrs
import pytest

from reliefstock.allocation import (
    ContestedGarment,
    Demands,
    Equal,
    EqualAwards,
    EqualLosses,
    Lottery,
    MaxMinFill,
    Proportional,
    Rounding,
    Rule,
    Source,
    SourcesPlan,
    exact_shares,
    share,
    share_sources,
)
from unit.allocation import exhaustive
from unit.allocation.brute import BY_PRICE, due
from unit.allocation.every_award import NAMES, cut
from unit.allocation.every_flow import by_cuts, by_flows, rows, structures
from unit.allocation.exhaustive import EVERY_RULE, Compared, Domain, asked, main, of_needs, of_structure, told

CUT = (Equal(), Proportional(), EqualAwards(), EqualLosses(), ContestedGarment(), MaxMinFill())
SEVERAL = tuple(structures(2, 3, range(1, 3)))


def needs_of(recipients: int, most: int) -> list[tuple[int, ...]]:
    sizes = range(1, recipients + 1)
    return [some for size in sizes for some in combinations_with_replacement(range(most + 1), size)]


# One supply


@pytest.mark.parametrize("rule", EVERY_RULE, ids=told)
def test_of_all_awards_the_best_is_given(rule: Rule):
    domain = Domain(recipients=4, needs=range(5), units=8, rules=(rule,))
    assert [one for one in domain.compared() if not one.agrees] == []


@pytest.mark.parametrize("rule", EVERY_RULE, ids=told)
def test_whoever_of_them_has_the_larger_need_the_best_is_given(rule: Rule):
    apart = [
        one
        for needs in product(range(1, 4), repeat=3)
        for one in of_needs(needs, [rule], 7)
        if not one.agrees
    ]
    assert apart == []


@pytest.mark.parametrize("rule", CUT, ids=told)
def test_shares_that_can_be_cut_are_those_of_their_definitions(rule: Rule):
    for needs in needs_of(4, 4):
        demands = Demands.columns(NAMES[: len(needs)], needs)
        most = 8 if isinstance(rule, Equal) and any(needs) else min(sum(needs), 8)
        for supply in range(most + 1):
            shares = cut(rule, needs, supply)
            assert list(exact_shares(supply, demands, rule)) == shares
            if all(needs):
                assert due(rule, list(demands), supply) == shares


# Several sources


@pytest.mark.parametrize("rule", BY_PRICE, ids=told)
def test_of_all_that_two_sources_allow_the_best_is_given(rule: Rule):
    domain = Domain(sources=2, recipients=3, needs=range(1, 4), units=5, rules=(rule,))
    assert [one for one in domain.compared() if not one.agrees] == []


def test_of_all_that_three_sources_allow_the_best_fill_rates_are_given():
    domain = Domain(sources=3, recipients=3, needs=range(1, 3), units=7, rules=(MaxMinFill(),))
    assert [one for one in domain.compared() if not one.agrees] == []


def test_what_can_be_handed_out_unit_by_unit_is_what_the_cuts_allow():
    for structure in structures(3, 3, (1, 2)):
        awards = rows(structure.needs, 5)
        listed = [tuple(award) for award in awards.T.tolist()]
        for stock in structure.stocks(5):
            possible = by_cuts(structure, [stock], awards)[:, 0]
            allowed = {award for award, is_possible in zip(listed, possible, strict=True) if is_possible}
            assert allowed == by_flows(structure, stock, structure.needs)


def test_who_may_receive_of_nothing_changes_nothing():
    for structure in SEVERAL:
        more = attrs.evolve(structure, needs=(*structure.needs, 2), sources_of=(*structure.sources_of, 0))
        stocks = structure.stocks(5)
        for one in of_structure(more, stocks, [MaxMinFill(), EqualLosses(), Proportional()], 5):
            assert one.agrees
            assert one.given[-1] == 0


def turned(recipients: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same, had the two sources changed places."""
    return sorted((need, (mask & 1) << 1 | mask >> 1) for need, mask in recipients)


def test_every_way_to_receive_of_two_sources_stands_there_once():
    ways = {
        min((stock, tuple(sorted(some))), (stock[::-1], tuple(turned(some))))
        for some in product(product((1, 2), (1, 2, 3)), repeat=3)
        for stock in product(range(1, 6), repeat=2)
        if sum(stock) <= 6 and set.union(*({mask & 1, mask & 2} for _, mask in some)) >= {1, 2}
    }
    listed = [structure for structure in SEVERAL if len(structure.needs) == 3]
    assert sum(len(structure.stocks(6)) for structure in listed) == len(ways)


# What is wrong is found


def is_found(compared: Iterable[Compared]) -> bool:
    return any(not one.agrees for one in compared)


def one_moved(supply: int, demands: Demands, rule: Rule, seed: str) -> list[int]:
    """The plan, with the last unit of the one who has most given to the one who has least."""
    units = list(share(supply, demands, rule, seed=seed).units)
    units[units.index(max(units))] -= 1
    units[units.index(min(units))] += 1
    return units


def one_kept_back(supply: int, demands: Demands, rule: Rule, seed: str) -> Sequence[int]:
    return share(max(supply - 1, 0), demands, rule, seed=seed).units


def ids_in_order(supply: int, demands: Demands, rule: Rule, seed: str) -> Sequence[int]:
    return share(supply, demands, rule).units


@pytest.mark.parametrize("shared", [one_moved, one_kept_back, ids_in_order], ids=lambda one: one.__name__)
@pytest.mark.parametrize("rule", EVERY_RULE, ids=told)
def test_a_plan_that_is_not_the_best_is_found(rule: Rule, shared: exhaustive.Shared):
    assert is_found(one for needs in needs_of(3, 4) for one in of_needs(needs, [rule], 6, shared))


@pytest.mark.parametrize(
    ("rule", "other"),
    [
        *(
            (kind(rounding), kind(other))
            for kind, roundings in ((Proportional, Rounding), (ContestedGarment, list(Rounding)[:3]))
            for rounding, other in product(roundings, repeat=2)
            if rounding is not other
        ),
        (Equal(), EqualAwards()),
        (EqualAwards(), EqualLosses()),
        (EqualAwards(), MaxMinFill()),
        (EqualLosses(), ContestedGarment()),
        (MaxMinFill(), Proportional()),
        (MaxMinFill(), Proportional(Rounding.ADAMS)),
        (Lottery(), Proportional()),
    ],
    ids=told,
)
def test_the_plan_of_another_rule_or_rounding_is_found(rule: Rule, other: Rule):
    def shared(supply: int, demands: Demands, rule: Rule, seed: str) -> Sequence[int]:
        return share(supply, demands, other, seed=seed).units

    assert is_found(one for needs in needs_of(3, 9) for one in of_needs(needs, [rule], 8, shared))


def for_everybody(sources: Sequence[Source], demands: Demands, rule: Rule, seed: str) -> SourcesPlan:
    """The plan, had nobody restricted anything."""
    free = [attrs.evolve(source, recipients=None) for source in sources]
    return attrs.evolve(share_sources(free, demands, rule, seed=seed), sources=tuple(sources))


def source_by_source(sources: Sequence[Source], demands: Demands, rule: Rule, seed: str) -> SourcesPlan:
    """Each source by itself, as if there were no other; what is more than the need is left."""
    whole = share_sources(sources, demands, rule, seed=seed)
    left = dict(zip(demands.recipients, [one.need for one in demands], strict=True))
    flows: dict[str, dict[str, int]] = {}
    for source in sources:
        alone = share_sources([source], demands, rule, seed=seed)
        flows[source.id] = {
            one: min(much, left[one]) for one, much in alone.flows[source.id].items() if left[one]
        }
        for one, much in flows[source.id].items():
            left[one] -= much
    units = [one.need - left[one.recipient] for one in demands]
    return attrs.evolve(whole, flows=flows, units=units)


def without_a_seed(sources: Sequence[Source], demands: Demands, rule: Rule, seed: str) -> SourcesPlan:
    return share_sources(sources, demands, rule)


@pytest.mark.parametrize(
    "shared", [for_everybody, source_by_source, without_a_seed], ids=lambda one: one.__name__
)
@pytest.mark.parametrize("rule", [rule for rule in BY_PRICE if not isinstance(rule, Equal)], ids=told)
def test_a_plan_out_of_sources_that_is_not_the_best_is_found(rule: Rule, shared: exhaustive.SharedSources):
    assert is_found(
        one
        for structure in SEVERAL
        for one in of_structure(structure, structure.stocks(5), [rule], 5, shared)
    )


def test_units_that_are_handed_out_twice_are_found():
    def shared(sources: Sequence[Source], demands: Demands, rule: Rule, seed: str) -> SourcesPlan:
        plan = share_sources(sources, demands, rule, seed=seed)
        return attrs.evolve(plan, flows=dict.fromkeys(plan.flows, plan.flows["lot 0"]))

    assert is_found(of_structure(SEVERAL[-1], [(2, 1)], [MaxMinFill()], 3, shared))


# The long run


def test_the_long_run_tells_how_many_cases_agree(capsys: pytest.CaptureFixture[str]):
    assert main(asked(["--sources", "0", "--recipients", "2", "--units", "3", "--rule", "max-min"])) == 0
    printed = capsys.readouterr()
    assert "| max-min fill rate, Adams | 416 | 0 |" in printed.out
    assert printed.err == ""


def test_the_long_run_of_sources_can_be_a_part_of_all(capsys: pytest.CaptureFixture[str]):
    whole = [
        "--sources",
        "2",
        "--recipients",
        "2",
        "--units",
        "4",
        "--need",
        "2",
        "--rule",
        "losses, Webster",
    ]
    assert main(asked(whole)) == 0
    assert main(asked([*whole, "--every", "5"])) == 0
    counted = [line.split("|")[2] for line in capsys.readouterr().out.splitlines() if "Webster" in line]
    assert [int(number) for number in counted] == [58, 12]


def test_the_long_run_names_the_case_and_ends_with_one_where_it_does_not_agree(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    wrong = Compared(MaxMinFill(), "3 units for needs of (2, 2)", (3, 0), (2, 1))
    monkeypatch.setattr(Domain, "compared", lambda domain: iter([wrong]))
    assert main(asked(["--sources", "0"])) == 1
    printed = capsys.readouterr()
    assert "| max-min fill rate, Adams | 1 | 1 |" in printed.out
    assert "3 units for needs of (2, 2): (3, 0), where (2, 1) is meant" in printed.err


def test_without_more_it_goes_through_one_supply_and_up_to_three_sources():
    assert {(domain.sources, domain.recipients, domain.units) for domain in asked([])} == {
        (sources, 6, 12) for sources in range(4)
    }
