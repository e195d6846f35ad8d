"""What others did to a ranking while somebody looks at it."""

from typing import Any

from django.db.models import Q

from mainstay.core.models import Event
from mainstay.core.verbs import Verb
from mainstay.evaluation.models import RankOverride

MOST = 5
WORDS = {
    Verb.RANK_OVERRIDE: "{who} moved {what}.",
    Verb.RANK_RESTORE: "{who} took back the move of {what}.",
    Verb.PROJECTS_SCORE: "{who} scored the projects anew.",
}


def news_since(user: Any, model: Any, since: int) -> list[str]:
    """Sentences on what others moved, took back or scored after the event with this number, the latest first."""
    moves = RankOverride.Version.objects.visible_to(user).filter(model_id=model.row_id).values("row_id")
    about = Q(verb__in=(Verb.RANK_OVERRIDE, Verb.RANK_RESTORE), row_id__in=moves)
    about |= Q(verb=Verb.PROJECTS_SCORE, row_id=model.row_id)
    rows = Event.objects.visible_to(user).filter(about, pk__gt=since).exclude(person_id=user.pk)
    return [_sentence(event) for event in rows.order_by("-pk")[:MOST]]


def _sentence(event: Event) -> str:
    project, _, _ = event.label.rpartition(" under ")
    return WORDS[Verb(event.verb)].format(who=event.who, what=project or event.label)
