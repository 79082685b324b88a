"""What the benchmarks share: how large the books are, and the cities whose books they are.

`uv run pytest benchmarks` measures books of 1,000 and 10,000 entries, with RELIEFSTOCK_BENCH_FULL=1 in the
environment of 100,000 too (building those takes minutes); with `--benchmark-disable` everything runs once, on
1,000 entries, to see that it still works.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

# pytest imports by path here, so the folder of the benchmarks is on no path yet
sys.path.append(str(Path(__file__).parent))

from books import City, build, city_of


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every size is a case of whatever depends on it."""
    if "size" in metafunc.fixturenames:
        metafunc.parametrize("size", _sizes(metafunc.config), ids=_name, scope="session")


def _sizes(config: pytest.Config) -> tuple[int, ...]:
    if config.getoption("benchmark_disable"):
        return (1_000,)
    return (1_000, 10_000, 100_000) if os.environ.get("RELIEFSTOCK_BENCH_FULL") else (1_000, 10_000)


def _name(size: int) -> str:
    return f"{size // 1_000}k"


@pytest.fixture(scope="session")
def city(size: int) -> City:
    """A city to be asked. Nobody writes to its book, so every question is put to the same."""
    return city_of(size)


@pytest.fixture(scope="session")
def busy_city(size: int) -> City:
    """A city to be written to; its book has a few hundred entries more in the end."""
    return build(size)
