"""Pages about agenda items: the paper, the votes, the outcome and its conditions."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from mainstay.authorisation.meetings import queries
from mainstay.authorisation.meetings.forms import ConditionForm, VerdictForm, VoteForm
from mainstay.authorisation.meetings.operations.session import cast_vote, decide_item, set_condition
from mainstay.authorisation.models import Condition
from mainstay.core import access
from mainstay.core.forms import tried
from mainstay.core.verbs import Verb


@login_required
@require_GET
def agenda_item(request: HttpRequest, item_id: int) -> HttpResponse:
    """An item: its frozen paper, what changed since, the votes and the outcome."""
    return _page(request, queries.item_for(request.user, item_id, request.as_of))


def _page(request: HttpRequest, item: Any, status: int = 200, **shown: Any) -> HttpResponse:
    standing = queries.standing_of(item, request.user, request.as_of)
    sits = request.as_of is None and item.meeting.state == "open" and not item.verdict
    own = standing.own
    meeting = item.meeting
    context = {
        "item": item,
        "standing": standing,
        "changed": queries.changed_since(item) if request.as_of is None else [],
        "conditions": _conditions(request, item),
        "may_condition": sits and access.may(request.user, Verb.CONDITION_SET, item.scope),
        "vote_form": VoteForm(initial={"choice": own.choice, "reason": own.reason} if own else None),
        "verdict_form": VerdictForm(),
        "condition_form": ConditionForm(item) if request.as_of is None else None,
        "neighbours": _neighbours(request, item),
        "trail": [("Meetings", reverse("meetings")), (meeting.title, reverse("meeting", args=[meeting.pk]))],
    }
    return render(request, "authorisation/item.html", context | shown, status=status)


def _conditions(request: HttpRequest, item: Any) -> Any:
    rows = Condition.objects.as_of(request.as_of).visible_to(request.user).filter(item=item.row_id)
    return rows.select_related("owner").order_by("due_date")


def _neighbours(request: HttpRequest, item: Any) -> dict[str, Any]:
    rows = queries.items_for(request.user, item.meeting, request.as_of)
    place = next(index for index, row in enumerate(rows) if row.row_id == item.row_id)
    after = rows[place + 1] if place + 1 < len(rows) else None
    return {"before": rows[place - 1] if place else None, "after": after}


@login_required
@require_POST
def item_vote(request: HttpRequest, item_id: int) -> HttpResponse:
    """Vote on an item."""
    item = queries.item_for(request.user, item_id)
    access.require(request.user, Verb.VOTE_CAST, item.scope)
    form = VoteForm(request.POST)
    vote, status = tried(form, lambda sent: cast_vote(item, actor=request.user, **sent))
    if vote is None:
        return _page(request, item, status, vote_form=form)
    messages.success(request, f"Your vote: {vote.get_choice_display().lower()}.")
    return redirect("agenda_item", item.pk)


@login_required
@require_POST
def item_verdict(request: HttpRequest, item_id: int) -> HttpResponse:
    """Put the outcome of an item on record."""
    item = queries.item_for(request.user, item_id)
    access.require(request.user, Verb.ITEM_DECIDE, item.scope)
    form = VerdictForm(request.POST)
    saved, status = tried(form, lambda sent: decide_item(item, actor=request.user, **sent))
    if saved is None:
        return _page(request, item, status, verdict_form=form)
    messages.success(request, f"{saved.title}: {saved.get_verdict_display().lower()}.")
    return redirect("agenda_item", item.pk)


@login_required
@require_POST
def item_condition(request: HttpRequest, item_id: int) -> HttpResponse:
    """Write a condition."""
    item = queries.item_for(request.user, item_id)
    access.require(request.user, Verb.CONDITION_SET, item.scope)
    form = ConditionForm(item, request.POST)
    saved, status = tried(form, lambda sent: set_condition(item, actor=request.user, **sent))
    if saved is None:
        return _page(request, item, status, condition_form=form)
    messages.success(request, "The condition is written.")
    return redirect("agenda_item", item.pk)
