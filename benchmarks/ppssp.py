"""Selection and scheduling over 25 years as `mainstay-plan/1`: the PPSSP instances, read from where they are shared.

`as_plan(instance)` follows the model in the data's SOURCE.md: yearly budgets in all, for starting and for running
projects, a budget for each capability stream inside the planning window, prerequisites finished before, exclusions.
"""

from typing import Any

Document = dict[str, Any]


def as_plan(instance: Document) -> Document:
    """The planning problem of an instance."""
    window, horizon = instance["planning_window"], instance["budget_window"]
    streams = range(len(instance["capability_stream_budgets"]))
    limits = [
        {"id": "budget", "by_period": _years(instance["budget"], horizon)},
        {"id": "initiation", "by_period": _years(instance["initiation_budget"], horizon)},
        {"id": "ongoing", "by_period": _years(instance["ongoing_budget"], horizon)},
        {"id": "started", "by_period": [instance["initiation_range"][1]] * horizon},
    ]
    limits += [
        {"id": f"stream{nth}", "total": instance["capability_stream_budgets"][nth], "window": [0, window]}
        for nth in streams
    ]
    return {
        "format": "mainstay-plan/1",
        "periods": horizon,
        "limits": limits,
        "candidates": [_candidate(project, window, instance["discount_rate"]) for project in instance["projects"]],
        "rules": [*_prerequisites(instance), *_exclusions(instance)],
    }


def _years(amounts: list[float] | float, horizon: int) -> list[float]:
    if not isinstance(amounts, list):
        return [amounts] * horizon
    return (amounts + [amounts[-1]] * horizon)[:horizon]


def _candidate(project: Document, window: int, rate: float) -> Document:
    cost = project["cost"]
    use = {
        "budget": cost,
        "initiation": cost[:1],
        "ongoing": [0.0, *cost[1:]],
        "started": [1],
        f"stream{project['capability_stream']}": cost,
    }
    values = [
        sum(value / (1 + rate) ** (start + year) for year, value in enumerate(project["value"]))
        for start in range(window)
    ]
    option = {"id": "whole", "duration": project["duration"], "starts": list(range(window)), "value_by_start": values}
    return {"id": _name(project["id"]), "forced": None, "options": [option | {"use": use}]}


def _prerequisites(instance: Document) -> list[Document]:
    pairs = [(project["id"], needed) for project in instance["projects"] for needed in project["prerequisites"]]
    needs = [
        {"id": f"needs{one}-{other}", "kind": "requires", "candidate": _name(one), "needs": _name(other)}
        for one, other in pairs
    ]
    after = [
        {"id": f"after{one}-{other}", "kind": "finish_to_start", "before": _name(other), "after": _name(one)}
        for one, other in pairs
    ]
    return needs + after


def _exclusions(instance: Document) -> list[Document]:
    projects = instance["projects"]
    pairs = {tuple(sorted((project["id"], other))) for project in projects for other in project["exclusions"]}
    return [
        {"id": f"not{one}-{other}", "kind": "at_most_one", "candidates": [_name(one), _name(other)]}
        for one, other in sorted(pairs)
    ]


def _name(number: int) -> str:
    return f"P{number:04d}"
