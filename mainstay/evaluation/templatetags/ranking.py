"""The rank of a project wherever it is told: `{% load ranking %}`, `{% rank_of score %}`."""

from typing import Any

from django import template

from mainstay.evaluation.queries import model_for
from mainstay.evaluation.ranking.standing import Standing

register = template.Library()


@register.inclusion_tag("evaluation/rank_of.html", takes_context=True)
def rank_of(context: template.Context, score: Any) -> dict[str, Any]:
    """The place of a scored project under its model as this person sees it, and who moved it there and why."""
    request = context["request"]
    model = model_for(request.user, score.model_id, request.as_of)
    standing = Standing(request.user, model, request.as_of)
    waiting = next((row for row in standing.unconfirmed if row.project_id == score.project_id), None)
    return {
        "model": model,
        "placed": standing.order.of(score.project_id),
        "count": len(standing.placed),
        "waiting": waiting,
        "as_of_text": request.GET.get("as_of", "") if request.as_of else "",
    }
