"""Make the stored book of the present format, with its checkpoint and figures, where there is none yet."""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from faults.work import CLOCK, Clerk, founded, sent
from golden.figures import figures_of
from reliefstock.records import FORMAT

HERE = Path(__file__).parent
COMMANDS = 45


def main() -> int:
    """Make the files; gives the status."""
    path = HERE / f"format_{FORMAT}.db"
    if path.exists():
        sys.stderr.write(f"{path.name} is there already, and is kept as it is\n")
        return 1
    clerk = Clerk(2024)
    with founded(path) as book:
        for number in range(COMMANDS):
            sent(clerk.next(book), book)
            if number == COMMANDS // 2:
                book.keep_snapshot()
        book.erase(book.people.id_of("乙"))
        path.with_suffix(".checkpoint.txt").write_text(
            book.checkpoint(CLOCK.today()).text(), encoding="utf-8"
        )
        figures = json.dumps(figures_of(book), ensure_ascii=False, indent=1)
        path.with_suffix(".json").write_text(figures + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
