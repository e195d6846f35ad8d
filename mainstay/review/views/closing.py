"""Pages of a project's end: its tab, its checklist, and the rule of a portfolio."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.forms import tried
from mainstay.core.verbs import Verb
from mainstay.monitoring.raid.places import project_place
from mainstay.portfolio.models import Phase, Portfolio, Project
from mainstay.portfolio.sections import tabs_of
from mainstay.portfolio.views.projects import writable
from mainstay.portfolio.views.sent import version_sent
from mainstay.review.checklist import MONTHS, open_items, rule_for
from mainstay.review.comparing import DEFINITIONS, compared, shown
from mainstay.review.forms import ClosingRuleForm, ClosureForm
from mainstay.review.models import ClosingRule, Closure, PostReview
from mainstay.review.operations import complete_closure, prepare_closure, set_closing_rule
from mainstay.review.queries.lessons import lessons_for
from mainstay.review.queries.reviews import today_of


@login_required
@require_GET
def project_review(request: HttpRequest, code: str) -> HttpResponse:
    """How a project ended: closure, planned against actual, review and lessons."""
    place = project_place(request.user, code, request.as_of)
    current = Project.objects.get(pk=place.row.row_id)
    closure, review = (_of(model, current, request.as_of) for model in (Closure, PostReview))
    query = f"?as_of={request.GET['as_of']}" if request.as_of else ""
    context = {
        "project": place.row,
        "tabs": tabs_of(current, request.user, "project_review", query),
        "closure": closure,
        "review": review,
        "is_late": review and review.state != "signed" and review.due_date < today_of(request.as_of),
        "lessons": lessons_for(request.user, request.as_of).filter(project=current),
        "definitions": DEFINITIONS,
    }
    return render(request, "review/project_review.html", context | _open_to(request, current, closure, review))


def _of(model: Any, project: Project, as_of: Any) -> Any:
    return model.objects.as_of(as_of).filter(project=project).first()


def _open_to(request: HttpRequest, project: Project, closure: Any, review: Any) -> dict[str, Any]:
    """What the reader may do, and the figures they may see."""
    now, user = request.as_of is None, request.user
    was_authorised = project.stage.phase in {Phase.COMMITTED, Phase.FINISHED}
    seen = access.may(user, Verb.SEE_FIGURES, project)
    return {
        "may_prepare": now and was_authorised and access.may(user, Verb.CLOSURE_PREPARE, project),
        "may_start": now
        and was_authorised
        and (review is None or review.state == "planned")
        and access.may(user, Verb.REVIEW_START, project),
        "may_add_lesson": now and access.may(user, Verb.LESSON_ADD, project),
        "left": open_items(project, closure) if closure and now and not closure.closed_on else [],
        "facts": shown(compared(project, review)) if seen and now and (closure or review) else None,
    }


@login_required
@require_http_methods(["GET", "POST"])
def closure(request: HttpRequest, code: str) -> HttpResponse:
    """The checklist of a closure; POST keeps what was answered."""
    project, status = writable(request, code, Verb.CLOSURE_PREPARE), 200
    row = Closure.objects.filter(project=project).first() or Closure(project=project)
    version = row.version if row.pk else 0
    form = ClosureForm(request.POST or None, instance=row, user=request.user)
    if request.method == "POST":
        shown, actor = version_sent(request), request.user
        done, status = tried(form, lambda _: prepare_closure(project, actor=actor, shown=shown, **form.sent()))
        if done is not None:
            messages.success(request, "The checklist was saved.")
            return redirect("closure", code)
    context = {"project": project, "form": form, "closure": row, "version": version} | _standing(project, version)
    return render(request, "review/closure.html", context, status=status)


def _standing(project: Project, version: int) -> dict[str, Any]:
    """What is still open of the closure that is kept."""
    kept = Closure.objects.filter(project=project).first() if version else None
    return {"left": open_items(project, kept) if kept else [], "kept": kept}


@login_required
@require_POST
def closure_completion(request: HttpRequest, code: str) -> HttpResponse:
    """Freeze the figures a project ends with; its review is planned."""
    project = writable(request, code, Verb.CLOSURE_COMPLETE)
    row = Closure.objects.filter(project=project).first()
    if row is None:
        raise Missing("The closure was not prepared yet.")
    complete_closure(row, actor=request.user, expected_version=version_sent(request))
    messages.success(request, "The closure is complete, and the review is planned.")
    return redirect("project_review", code)


@login_required
@require_http_methods(["GET", "POST"])
def closing_rule(request: HttpRequest, code: str) -> HttpResponse:
    """Whether work of a portfolio closes by checklist, and when it is reviewed."""
    portfolio = Portfolio.objects.visible_to(request.user).filter(code=code).first()
    if portfolio is None:
        raise Missing("There is no such portfolio, or it is not open to you.")
    access.require(request.user, Verb.CLOSINGRULE_SET, portfolio)
    held, status = rule_for(portfolio), 200
    start = {"asks": held.asks if held else False, "months": held.months if held else MONTHS}
    form = ClosingRuleForm(request.POST or None, initial=start)
    if request.method == "POST":
        done, status = tried(form, lambda sent: set_closing_rule(portfolio, actor=request.user, **sent))
        if done is not None:
            messages.success(request, "The rule holds from now on.")
            return redirect("reviews")
    own: ClosingRule | None = held if held and held.portfolio_id == portfolio.pk else None
    context = {"portfolio": portfolio, "form": form, "held": held, "own": own}
    return render(request, "review/closing_rule.html", context, status=status)
