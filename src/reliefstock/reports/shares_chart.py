"""A picture of several rules side by side, as an SVG that stands alone: extra `charts`.

With few recipients each has a bar for every rule; with many, all are put in order from the least filled to
the best, so that a rule that leaves some behind begins lower and ends higher.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from io import StringIO
from typing import Final

from reliefstock.allocation.comparing import Comparison
from reliefstock.allocation.plan import Plan
from reliefstock.errors import Incomplete, MissingExtra
from reliefstock.values import Language, choose

__all__ = ["shares_chart"]

_FEW: Final = 40  # so many recipients have bars of their own
_WHOLE: Final = 10_000  # rates are drawn in hundredths of a percent, as whole numbers
_STEPS: Final = 400  # a curve of more steps looks the same
_PERCENT: Final = {"labelExpr": "datum.value / 100 + '%'", "tickCount": 5}


def shares_chart(comparison: Comparison, lang: Language = "en") -> str:
    """The fill rates under each rule as the text of an SVG, with nothing to be loaded from elsewhere.

    Whoever needs nothing is not in it.

    Raises:
        MissingExtra: what draws is not installed.
        Incomplete: nobody needs anything, or the language is another than 'zh' or 'en'.
    """
    if not comparison.plans[0].demands.need:
        raise Incomplete(
            "a picture of shares",
            "nobody needs anything",
            "compare demands above zero",
            zh="分配图：没有人需要物资；请比较大于零的需求",
        )
    spec = _spec(comparison, lang)
    try:
        import vl_convert as _  # noqa: F401, PLC0415 -- of an extra; altair would ask for it too late
        from altair import Chart  # noqa: PLC0415 -- as above
    except ImportError as error:
        raise MissingExtra("charts", "altair, vl-convert-python") from error
    out = StringIO()
    Chart.from_dict(spec).save(out, format="svg")
    return out.getvalue()


def _spec(comparison: Comparison, lang: Language) -> dict[str, object]:
    """The picture as Vega-Lite has it."""
    is_small = len(comparison.recipients) <= _FEW
    labels = comparison.labels(lang)
    told = zip(labels, comparison.plans, strict=True)
    values = [row for label, plan in told for row in (_bars if is_small else _curve)(label, plan)]
    rule = choose(lang, zh="规则", en="Rule")
    by_rule: dict[str, object] = {"field": "rule", "type": "nominal", "title": rule, "sort": list(labels)}
    fill = _rate("fill", choose(lang, zh="满足率", en="Fill rate"))
    if is_small:
        title = choose(lang, zh="接收方", en="Recipient")
        mark: dict[str, object] = {"type": "bar"}
        line: dict[str, object] = {"field": "recipient", "type": "nominal", "sort": None, "title": title}
        places = {"x": fill, "y": line, "yOffset": {"field": "rule", "sort": list(labels)}}
    else:
        title = choose(
            lang, zh="接收方（按满足率由低到高）", en="Recipients, from the least filled to the best"
        )
        mark = {"type": "line", "interpolate": "step-before"}
        places = {"x": _rate("until", title), "y": fill}
    return {
        "title": choose(lang, zh="各规则的满足率", en="Fill rates by rule"),
        "width": 420,
        "height": {"step": 7} if is_small else 300,
        "data": {"values": values},
        "mark": mark,
        "encoding": {**places, "color": by_rule},
    }


def _rate(field: str, title: str) -> dict[str, object]:
    return {"field": field, "type": "quantitative", "title": title, "axis": _PERCENT}


def _bars(label: str, plan: Plan) -> Iterator[dict[str, object]]:
    """A bar for each recipient."""
    for award in plan:
        if award.need:
            fill = award.units * _WHOLE // award.need
            yield {"rule": label, "recipient": award.recipient, "fill": fill}


def _curve(label: str, plan: Plan) -> Iterator[dict[str, object]]:
    """For each fill rate up to which part of the recipients it goes; the smallest steps are put together."""
    sizes: Counter[int] = Counter()
    for (number, units), size in Counter(zip(plan.demands.kind_of, plan.units, strict=True)).items():
        if need := plan.demands.kinds[number].need:
            sizes[units * _WHOLE // need] += size
    count = sizes.total()
    until, drawn = 0, -1
    yield {"rule": label, "until": 0, "fill": min(sizes)}
    for fill in sorted(sizes):
        until += sizes[fill]
        if until * _STEPS // count > drawn:
            drawn = until * _STEPS // count
            yield {"rule": label, "until": until * _WHOLE // count, "fill": fill}
