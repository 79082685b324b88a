"""Every script in examples/ runs as a reader would run it, in both languages where it speaks both."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def runs(folder: Path) -> list[tuple[Path, tuple[str, ...]]]:
    """Each script as it is, and once a language where it takes `--lang`."""
    return [(script, choice) for script in sorted(folder.glob("*.py")) for choice in choices(script)]


def choices(script: Path) -> list[tuple[str, ...]]:
    speaks_both = '"--lang"' in script.read_text(encoding="utf-8")
    return [(), ("--lang", "zh"), ("--lang", "en")] if speaks_both else [()]


def run(script: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", str(script), *arguments],
        cwd=script.parents[1],
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_there_are_examples() -> None:
    assert runs(EXAMPLES)


@pytest.mark.parametrize(
    ("script", "arguments"),
    [pytest.param(*case, id=" ".join([case[0].name, *case[1]])) for case in runs(EXAMPLES)],
)
def test_an_example_runs_and_says_something(script: Path, arguments: tuple[str, ...]) -> None:
    done = run(script, *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip()


@pytest.mark.parametrize("text", ["raise SystemExit(1)", "1 / 0", "import nowhere_to_be_found"])
def test_an_example_that_fails_is_found(text: str, tmp_path: Path) -> None:
    script = tmp_path / "examples" / "broken.py"
    script.parent.mkdir()
    script.write_text(text, encoding="utf-8")
    assert run(script).returncode != 0


def test_an_example_that_takes_a_language_runs_in_each(tmp_path: Path) -> None:
    script = tmp_path / "example.py"
    script.write_text('parser.add_argument("--lang")', encoding="utf-8")
    assert [arguments for _, arguments in runs(tmp_path)] == [(), ("--lang", "zh"), ("--lang", "en")]
