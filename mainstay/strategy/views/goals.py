"""The strategy as a tree, and the page of a goal."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.core.verbs import Verb
from mainstay.portfolio.views.sent import reason_of, version_of
from mainstay.strategy.asked import Asked
from mainstay.strategy.forms.goals import GoalEditForm, GoalForm, KeyResultForm, WorkForm
from mainstay.strategy.goal_page import GoalPage
from mainstay.strategy.models import Goal
from mainstay.strategy.operations.contributions import set_contribution
from mainstay.strategy.operations.goals import create_goal, edit_goal, remove_goal
from mainstay.strategy.operations.results import add_result
from mainstay.strategy.tree_page import TreePage
from mainstay.strategy.views.shared import attempt, data_of, edited, found, goal_to, require_somewhere


@login_required
@require_GET
def strategy(request: HttpRequest) -> HttpResponse:
    """The tree of goals with progress, weight, money and the work behind each."""
    return _tree(request, None)


def _tree(request: HttpRequest, form: GoalForm | None) -> HttpResponse:
    page = TreePage(Asked(request), form)
    part = "#tree" if request.htmx.target == "tree" else ""
    return render(request, f"strategy/strategy.html{part}", {"page": page}, status=422 if form else 200)


@login_required
@require_POST
def goals(request: HttpRequest) -> HttpResponse:
    """Write down a goal."""
    require_somewhere(request.user, Verb.GOAL_CREATE)
    form = GoalForm(request.POST, user=request.user)

    def act() -> Goal:
        given = form.given()
        return create_goal(given.pop("portfolio"), actor=request.user, **given)

    made = attempt(form, act)
    if made is None:
        return _tree(request, form)
    messages.success(request, f"{made.name} stands in the strategy.")
    return redirect(f"{reverse('strategy')}#goal-{made.code}")


@login_required
@require_GET
def goal(request: HttpRequest, code: str) -> HttpResponse:
    """A goal with its key results, what contributes to it, and which goals it helps."""
    return _page(request, code)


def _page(request: HttpRequest, code: str, **forms: Any) -> HttpResponse:
    page = GoalPage(Asked(request), code, **forms)
    return render(request, "strategy/goal.html", {"page": page}, status=422 if forms else 200)


@login_required
@require_http_methods(["GET", "POST"])
def goal_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change a goal, close it, or hang it elsewhere."""
    row = goal_to(request, code, Verb.GOAL_EDIT)
    form = GoalEditForm(data_of(request), user=request.user, instance=goal_to(request, code, Verb.GOAL_EDIT))

    def act() -> Goal:
        return edit_goal(row, actor=request.user, expected_version=version_of(request), **form.changes())

    removal = reverse("goal_removal", args=[code])
    question = f"Remove {row}? A goal that was pursued is better closed."
    page = {"title": f"Edit {row}", "row": row, "removal": removal, "question": question}
    return edited(request, form, act, back=reverse("goal", args=[code]), **page)


@login_required
@require_POST
def goal_removal(request: HttpRequest, code: str) -> HttpResponse:
    """Take away a goal nothing hangs on."""
    row = goal_to(request, code, Verb.GOAL_REMOVE)
    remove_goal(row, actor=request.user, reason=reason_of(request))
    messages.success(request, f"{row} was removed; its history stays.")
    return redirect("strategy")


@login_required
@require_POST
def key_results(request: HttpRequest, code: str) -> HttpResponse:
    """Add a key result or a measure to a goal."""
    row = goal_to(request, code, Verb.RESULT_ADD)
    form = KeyResultForm(request.POST, user=request.user, instance=row.key_results.model(goal=row))
    made = attempt(form, lambda: add_result(row, actor=request.user, **form.given()))
    if made is None:
        return _page(request, code, result_form=form)
    messages.success(request, f"{made} was added; check in where it stands.")
    return redirect("key_result", made.pk)


@login_required
@require_POST
def goal_contributions(request: HttpRequest, code: str) -> HttpResponse:
    """Say what a project or a programme gives to this goal."""
    row = found(Goal.objects.all(), request.user, code=code)
    require_somewhere(request.user, Verb.CONTRIBUTION_SET)
    form = WorkForm(request.POST, user=request.user, goal=row)

    def act() -> Any:
        given = dict(form.cleaned_data)
        return set_contribution(given.pop("work"), actor=request.user, goal=row, **given)

    if attempt(form, act) is None:
        return _page(request, code, work_form=form)
    messages.success(request, "Saved.")
    return redirect("goal", code)
