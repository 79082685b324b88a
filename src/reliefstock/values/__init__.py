"""Values: money, quantities, business dates and identifiers.

They are immutable, exact and ordered, and know nothing of the rest of the library but its errors.
"""

from __future__ import annotations

from reliefstock.values._language import Language
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
