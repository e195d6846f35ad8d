"""Pages of reviews: the register, starting one, writing it, signing it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.charts import words
from mainstay.core import access
from mainstay.core.forms import tried
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.queries.reading import Reading
from mainstay.portfolio.views.projects import writable
from mainstay.portfolio.views.sent import asked_for, version_sent
from mainstay.review.comparing import DEFINITIONS, compared, shown
from mainstay.review.forms import ReviewForm, TermsForm
from mainstay.review.models import PostReview, ReviewState
from mainstay.review.operations import edit_review, sign_review, start_review
from mainstay.review.operations.reminding import remind_leads
from mainstay.review.queries.reviews import STANDS, Reviews, review_for

ON_A_PAGE = 50


@login_required
@require_GET
def reviews(request: HttpRequest) -> HttpResponse:
    """Which reviews are due, late and signed."""
    portfolio, whose = asked_for(request, "portfolio"), asked_for(request, "whose")
    reading = Reading(request.user, request.as_of)
    register = Reviews(reading, asked_for(request, "stands") or "open", portfolio, whose)
    rules = Portfolio.objects.visible_to(request.user, Verb.CLOSINGRULE_SET).order_by("path")
    context = {
        "register": register,
        "page": Paginator(register.rows, ON_A_PAGE).get_page(request.GET.get("page")),
        "stands": STANDS.items(),
        "portfolio": portfolio,
        "whose": whose,
        "portfolios": reading.portfolios.values(),
        "may_remind": request.as_of is None and access.may_somewhere(request.user, Verb.REVIEWS_REMIND),
        "rules": [] if request.as_of else rules[:20],
    }
    return render(request, "review/reviews.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def review_start(request: HttpRequest, code: str) -> HttpResponse:
    """Begin the review of a project: who leads it, and until when."""
    project, status = writable(request, code, Verb.REVIEW_START), 200
    row = PostReview.objects.filter(project=project).first() or PostReview(project=project, led_by=project.owner)
    form = TermsForm(request.POST or None, instance=row)
    if request.method == "POST":
        done, status = tried(form, lambda sent: start_review(project, actor=request.user, **sent))
        if done is not None:
            messages.success(request, "The review has begun.")
            return redirect("post_review", done.pk)
    return render(request, "review/review_start.html", {"project": project, "form": form}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def post_review(request: HttpRequest, post_review_id: int) -> HttpResponse:
    """A review; POST keeps what was found."""
    as_of = None if request.method == "POST" else request.as_of
    row, status = review_for(request.user, post_review_id, as_of), 200
    is_open = as_of is None and row.state == ReviewState.STARTED
    may_edit = is_open and access.may(request.user, Verb.REVIEW_EDIT, row.project)
    form = ReviewForm(request.POST or None, instance=row, user=request.user) if may_edit else None
    if request.method == "POST":
        access.require(request.user, Verb.REVIEW_EDIT, row.project)
        version = version_sent(request)
        form = form or ReviewForm(request.POST, instance=row, user=request.user)
        done, status = tried(
            form, lambda sent: edit_review(row, actor=request.user, expected_version=version, **sent)
        )  # fmt: skip
        if done is not None:
            messages.success(request, "The review was saved.")
            return redirect("post_review", row.pk)
        row = review_for(request.user, post_review_id)
    sees = access.may(request.user, Verb.SEE_FIGURES, row.project)
    context = {
        "review": row,
        "project": row.project,
        "form": form,
        "facts": shown(compared(row.project, row)) if sees and as_of is None else None,
        "definitions": DEFINITIONS,
        "may_sign": is_open
        and request.user.pk not in row.written_by
        and access.may(request.user, Verb.REVIEW_SIGN, row.project),
    }
    return render(request, "review/post_review.html", context, status=status)


@login_required
@require_POST
def review_signing(request: HttpRequest, post_review_id: int) -> HttpResponse:
    """Stand by a review somebody else wrote."""
    row = review_for(request.user, post_review_id)
    sign_review(row, actor=request.user, expected_version=version_sent(request))
    messages.success(request, "The review is signed.")
    return redirect("post_review", row.pk)


@login_required
@require_POST
def review_reminders(request: HttpRequest) -> HttpResponse:
    """Remind those who lead the reviews the person may remind of."""
    count = remind_leads(request.user)
    told = f"{words.counted(count, 'notice')} left." if count else "Nobody had to be reminded."
    messages.success(request, told)
    return redirect("reviews")
