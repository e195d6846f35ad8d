"""Gates: what a project must reach to be eligible at all, and in a sentence why it is not."""

from typing import Any

from mainstay.charts import words


def obstacle(criterion: Any, value: float | None, unit: str = "") -> str:
    """Why the project fails this gate; an empty text where it passes or where the criterion is no gate."""
    threshold = getattr(criterion, "threshold", None)
    if not getattr(criterion, "is_gate", False) or threshold is None:
        return ""
    judged = criterion.is_judged
    if value is None:
        return f"{criterion.label} is not {'judged' if judged else 'given'} yet."
    least = float(threshold)
    if criterion.best < criterion.worst:
        return "" if value <= least else f"{criterion.label} is {_figure(value, unit)}, above {_figure(least, unit)}."
    if value >= least:
        return ""
    return f"{criterion.label} is {_figure(value, unit)}, below {_figure(least, unit)}."


def _figure(value: float, unit: str) -> str:
    number = words.number(value, 0 if float(value).is_integer() else 2)
    return f"{number} {unit}".strip()
