"""The condition of closing: no closure that was begun, and none that is asked for, stays open."""

from mainstay.portfolio.guards import guard
from mainstay.portfolio.models import Project
from mainstay.review.checklist import open_items, rule_for
from mainstay.review.models import Closure


@guard("closure_complete", "The closure is complete, where one was begun or the portfolio asks for it")
def closure_complete(project: Project) -> str:
    """What is open; instances that never asked for a closure go on as before."""
    closure = Closure.objects.filter(project=project).first()
    if closure is None:
        rule = rule_for(project)
        return "The portfolio asks for a closure; prepare it under Review." if rule and rule.asks else ""
    if closure.closed_on:
        return ""
    left = open_items(project, closure)
    return f"The closure is not complete. {' '.join(left)}".strip()
