"""Elsewhere the slips, the stock card and the totals are kept by three hands, and do not agree.

Here a slip is an entry, and card and balance are read off the entries: these tables come out line by line.
"""

from __future__ import annotations

import pytest

from scenario.county import county
from scenario.paper import balances, carry_out, stock_card, table

A_WINTER = """
kind   | date       | from          | to        | item         | qty    | value    | note
gift   | 2023-01-10 | province      | depot     | quilt        | 50 bale | 40000.00 |
send   | 2023-01-12 | depot         | branch    | quilt        | 200    |          |
arrive | 2023-01-13 | WB-000001     |           | GRN-000001-1 | 199    |          | carrier
give   | 2023-01-14 | branch        | lvhe      | quilt        | 150    |          |
back   | 2023-01-20 | lvhe          | branch    | GRN-000001-1 | 5      |          | two beds too many
lost   | 2023-01-21 | branch        | spoilt    | GRN-000001-1 | 4      |          | water from the roof
"""

ODD_FEN = """
kind   | date       | from          | to        | item         | qty    | value    | note
gift   | 2024-03-01 | company       | depot     | pack         | 3      | 500.00   |
give   | 2024-03-02 | depot         | h1        | pack         | 1      |          |
give   | 2024-03-03 | depot         | h2        | pack         | 1      |          |
give   | 2024-03-04 | depot         | lvhe      | pack         | 1      |          |
"""

BOUGHT = """
kind   | date       | from          | to        | item         | qty    | value    | note
money  | 2025-06-01 | company       | general   | CNY          |        | 600.00   |
money  | 2025-06-02 | foundation    | general   | CNY          |        | 450.00   |
buy    | 2025-06-10 | general       | depot     | quilt        | 10     | 900.00   | invoice 31
spend  | 2025-06-12 | general       | well      | CNY          |        | 100.00   | pipes
give   | 2025-06-15 | depot         | h1        | quilt        | 3      |          |
"""

PUT_RIGHT = """
kind   | date       | from          | to        | item         | qty    | value    | note
gift   | 2025-02-01 | province      | depot     | water        | 2 box  | 96.00    | 2026-12-31
give   | 2025-02-05 | depot         | h1        | water        | 42     |          |
cancel | 2025-02-07 | DL-000001     |           |              |        |          | 24 were meant
give   | 2025-02-07 | depot         | h1        | water        | 1 box  |          |
gift   | 2025-02-03 | company       | depot     | water        | 6      | 13.00    | 2026-10-31
"""

LOST_ON_THE_ROAD = """
kind   | date       | from          | to        | item         | qty     | value    | note
gift   | 2024-07-01 | foundation    | depot     | flour        | 850 bag | 17000.00 | 2026-06-01
send   | 2024-07-02 | depot         | ziyang    | flour        | 50 bag  |          |
arrive | 2024-07-04 | WB-000001     |           |              | nothing |          | carrier
send   | 2024-07-05 | depot         | ziyang    | flour        | 100 jin |          |
"""


@pytest.mark.parametrize(
    ("slips", "expected"),
    [
        pytest.param(
            A_WINTER,
            """
            place            | item  | qty | value
            school:lvhe      | quilt | 145 | 11,600.00
            warehouse:branch | quilt | 50  | 4,000.00
            warehouse:depot  | quilt | 300 | 24,000.00
            """,
            id="a winter's quilts",
        ),
        pytest.param(
            ODD_FEN,
            """
            place            | item | qty | value
            household:h1     | pack | 1   | 166.66
            household:h2     | pack | 1   | 166.67
            school:lvhe      | pack | 1   | 166.67
            """,
            id="three packs worth 500 yuan",
        ),
        pytest.param(
            BOUGHT,
            """
            place            | item  | qty    | value
            fund:general     | CNY   | 5,000  | 50.00
            household:h1     | quilt | 3      | 270.00
            project:well     | CNY   | 10,000 | 100.00
            warehouse:depot  | quilt | 7      | 630.00
            """,
            id="money of two donors, a purchase and a project",
        ),
        pytest.param(
            PUT_RIGHT,
            """
            place            | item  | qty | value
            household:h1     | water | 24  | 48.00
            warehouse:depot  | water | 30  | 61.00
            """,
            id="a slip cancelled and done again, a gift noted late",
        ),
        pytest.param(
            LOST_ON_THE_ROAD,
            """
            place             | item  | qty       | value
            transit:WB-000002 | flour | 50,000    | 200.00
            warehouse:depot   | flour | 3,950,000 | 15,800.00
            """,
            id="flour that never arrived, and flour still on the road",
        ),
    ],
)
def test_the_slips_of_a_story_leave_exactly_these_balances(slips: str, expected: str) -> None:
    assert balances(carry_out(county(), slips)) == table(expected)


@pytest.mark.parametrize(
    ("slips", "warehouse", "item", "expected"),
    [
        pytest.param(
            A_WINTER,
            "branch",
            "quilt",
            """
            date       | document  | in  | out | balance | value
            2023-01-13 | RR-000001 | 199 |     | 199     | 15,920.00
            2023-01-14 | DL-000001 |     | 150 | 49      | 3,920.00
            2023-01-20 | RN-000001 | 5   |     | 54      | 4,320.00
            2023-01-21 | WO-000001 |     | 4   | 50      | 4,000.00
            """,
            id="quilts of the branch depot",
        ),
        pytest.param(
            ODD_FEN,
            "depot",
            "pack",
            """
            date       | document   | in | out | balance | value
            2024-03-01 | GRN-000001 | 3  |     | 3       | 500.00
            2024-03-02 | DL-000001  |    | 1   | 2       | 333.34
            2024-03-03 | DL-000002  |    | 1   | 1       | 166.67
            2024-03-04 | DL-000003  |    | 1   | 0       | 0.00
            """,
            id="the card ends at nothing, in packs and in fen",
        ),
        pytest.param(
            PUT_RIGHT,
            "depot",
            "water",
            """
            date       | document   | in | out | balance | value
            2025-02-01 | GRN-000001 | 48 |     | 48      | 96.00
            2025-02-03 | GRN-000002 | 6  |     | 54      | 109.00
            2025-02-05 | DL-000001  |    | 42  | 12      | 25.00
            2025-02-07 | REV-000001 | 42 |     | 54      | 109.00
            2025-02-07 | DL-000002  |    | 24  | 30      | 61.00
            """,
            id="the mistake and its correction both stand on the card",
        ),
        pytest.param(
            LOST_ON_THE_ROAD,
            "depot",
            "flour",
            """
            date       | document   | in        | out    | balance   | value
            2024-07-01 | GRN-000001 | 4,250,000 |        | 4,250,000 | 17,000.00
            2024-07-02 | WB-000001  |           | 250,000 | 4,000,000 | 16,000.00
            2024-07-05 | WB-000002  |           | 50,000 | 3,950,000 | 15,800.00
            """,
            id="850 bags of ten jin are 4,250 kilograms",
        ),
    ],
)
def test_the_stock_card_comes_out_line_by_line(slips: str, warehouse: str, item: str, expected: str) -> None:
    assert stock_card(carry_out(county(), slips), warehouse, item) == table(expected)


def test_a_table_in_which_one_figure_is_wrong_does_not_pass() -> None:
    card = stock_card(carry_out(county(), ODD_FEN), "depot", "pack")
    assert card != table(
        """
        date       | document   | in | out | balance | value
        2024-03-01 | GRN-000001 | 3  |     | 3       | 500.00
        2024-03-02 | DL-000001  |    | 1   | 2       | 333.33
        2024-03-03 | DL-000002  |    | 1   | 1       | 166.67
        2024-03-04 | DL-000003  |    | 1   | 0       | 0.00
        """
    )
