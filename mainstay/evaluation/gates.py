"""Gates: what a project must reach to be eligible at all, and in a sentence why it is not."""

from typing import Any

from mainstay.charts import words


def obstacle(criterion: Any, value: float | None, unit: str = "", *, is_money: bool = False) -> str:
    """Why the project fails this gate; an empty text where it passes or where the criterion is no gate."""
    threshold = getattr(criterion, "threshold", None)
    if not getattr(criterion, "is_gate", False) or threshold is None:
        return ""
    if value is None:
        return f"{criterion.label} is not {'judged' if criterion.is_judged else 'given'} yet."
    least, less_is_better = float(threshold), criterion.best < criterion.worst
    if value <= least if less_is_better else value >= least:
        return ""
    side = "above" if less_is_better else "below"
    return f"{criterion.label} is {_figure(value, unit, is_money)}, {side} {_figure(least, unit, is_money)}."


def _figure(value: float, unit: str, is_money: bool) -> str:
    number = words.number(value, 0 if float(value).is_integer() else 2)
    return f"{unit} {number}" if is_money else f"{number} {unit}".strip()
