"""Values: money, quantities, business dates and identifiers.

They are immutable, exact and ordered, and know nothing of the rest of the library but its errors.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from reliefstock._lazily import load_lazily

if TYPE_CHECKING:
    from reliefstock.values._language import Language, choose
    from reliefstock.values._member import member_of
    from reliefstock.values._several import several
    from reliefstock.values.calendar import (
        Clock,
        FixedClock,
        Period,
        SystemClock,
        add_days,
        add_months,
        business_date,
        optional_date,
        whole_months_between,
    )
    from reliefstock.values.figures import Figure, parse_figure
    from reliefstock.values.identifiers import identifier, near, one_form, spelled, texts
    from reliefstock.values.interval import Interval, number_text
    from reliefstock.values.money import Money, minor_digits, portion
    from reliefstock.values.quantity import (
        GRAM,
        HOUSEHOLD,
        HOUSEHOLD_TIME,
        JIN,
        KILOGRAM,
        LIANG,
        LITRE,
        MILLILITRE,
        PERSON,
        PERSON_TIME,
        PIECE,
        SET,
        TONNE,
        Quantity,
        Unit,
    )
    from reliefstock.values.who import GiverName, Personal, Who, is_person_id

__all__ = [
    "GRAM",
    "HOUSEHOLD",
    "HOUSEHOLD_TIME",
    "JIN",
    "KILOGRAM",
    "LIANG",
    "LITRE",
    "MILLILITRE",
    "PERSON",
    "PERSON_TIME",
    "PIECE",
    "SET",
    "TONNE",
    "Clock",
    "Figure",
    "FixedClock",
    "GiverName",
    "Interval",
    "Language",
    "Money",
    "Period",
    "Personal",
    "Quantity",
    "SystemClock",
    "Unit",
    "Who",
    "add_days",
    "add_months",
    "business_date",
    "choose",
    "identifier",
    "is_person_id",
    "member_of",
    "minor_digits",
    "near",
    "number_text",
    "one_form",
    "optional_date",
    "parse_figure",
    "portion",
    "several",
    "spelled",
    "texts",
    "whole_months_between",
]

load_lazily(
    globals(),
    {
        ("Language", "choose"): lambda: import_module("reliefstock.values._language"),
        ("member_of",): lambda: import_module("reliefstock.values._member"),
        ("several",): lambda: import_module("reliefstock.values._several"),
        (
            "Clock",
            "FixedClock",
            "Period",
            "SystemClock",
            "add_days",
            "add_months",
            "business_date",
            "optional_date",
            "whole_months_between",
        ): lambda: import_module("reliefstock.values.calendar"),
        ("Figure", "parse_figure"): lambda: import_module("reliefstock.values.figures"),
        ("identifier", "near", "one_form", "spelled", "texts"): lambda: import_module(
            "reliefstock.values.identifiers"
        ),
        ("Interval", "number_text"): lambda: import_module("reliefstock.values.interval"),
        ("Money", "minor_digits", "portion"): lambda: import_module("reliefstock.values.money"),
        (
            "GRAM",
            "HOUSEHOLD",
            "HOUSEHOLD_TIME",
            "JIN",
            "KILOGRAM",
            "LIANG",
            "LITRE",
            "MILLILITRE",
            "PERSON",
            "PERSON_TIME",
            "PIECE",
            "SET",
            "TONNE",
            "Quantity",
            "Unit",
        ): lambda: import_module("reliefstock.values.quantity"),
        ("GiverName", "Personal", "Who", "is_person_id"): lambda: import_module("reliefstock.values.who"),
    },
)
