"""The published table of online arrivals, as the example has it; a figure that does not come out is found."""

from __future__ import annotations

import random
import statistics
from types import MappingProxyType

import pytest

import arrivals as example

FEW = ("--draws", "20")


@pytest.mark.parametrize("seed", ["2", "3"])
def test_the_published_figures_come_out_of_other_draws_too(
    seed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert example.main(["--seed", seed, *FEW]) == 0
    assert "Every figure is within its tolerance" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "published"),
    [("static", (50.0, 0.0096)), ("guardrail 1/2", (13.04, 0.4)), ("hope", (0.01, 0.823))],
)
def test_a_figure_beyond_its_tolerance_is_named(
    name: str,
    published: tuple[float, float],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(example, "PUBLISHED", MappingProxyType({name: published}))
    assert example.main(FEW) == 1
    assert f"beyond the tolerance: {name}" in capsys.readouterr().out


def test_the_same_seed_draws_the_same_arrivals() -> None:
    assert example.drawn(7, 2) == example.drawn(7, 2) != example.drawn(8, 2)


def test_the_draws_are_poisson_numbers() -> None:
    chance = random.Random(1)
    numbers = [example.poisson(chance, 0.5) for _ in range(20_000)]
    assert statistics.fmean(numbers) == pytest.approx(0.5, abs=0.02)
    assert statistics.pvariance(numbers) == pytest.approx(0.5, abs=0.03)
    assert numbers.count(0) / len(numbers) == pytest.approx(0.6065, abs=0.015)


def test_it_speaks_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert example.main(["--lang", "zh", *FEW]) == 0
    assert "各数均在允差之内" in capsys.readouterr().out
