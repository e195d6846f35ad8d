"""Pages of lessons: the register, a new one, one of them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.core import access
from mainstay.core.forms import tried
from mainstay.core.verbs import Verb
from mainstay.portfolio.queries.reading import Reading
from mainstay.portfolio.views.projects import writable
from mainstay.portfolio.views.sent import asked_for, version_sent
from mainstay.review.forms import LessonForm
from mainstay.review.models import Lesson
from mainstay.review.operations import add_lesson, edit_lesson, publish_lesson, remove_lesson
from mainstay.review.queries.lessons import Wanted, found_lessons, lesson_for, tags_known

ON_A_PAGE = 25


@login_required
@require_GET
def lessons(request: HttpRequest) -> HttpResponse:
    """What finished work taught, found by words, tag and portfolio."""
    reading = Reading(request.user, request.as_of)
    wanted = Wanted(*(asked_for(request, name) for name in ("q", "tag", "portfolio")))
    context = {
        "page": Paginator(found_lessons(reading, wanted), ON_A_PAGE).get_page(request.GET.get("page")),
        "wanted": wanted,
        "tags": tags_known(request.user, request.as_of),
        "portfolios": reading.portfolios.values(),
    }
    return render(request, "review/lessons.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def lesson_new(request: HttpRequest, code: str) -> HttpResponse:
    """Write down what a project taught."""
    project, status = writable(request, code, Verb.LESSON_ADD), 200
    form = LessonForm(request.POST or None, instance=Lesson(project=project))
    if request.method == "POST":
        made, status = tried(form, lambda sent: add_lesson(project, actor=request.user, **sent))
        if made is not None:
            messages.success(request, "The lesson is written down; publish it to offer it to others.")
            return redirect("lesson", made.pk)
    return render(request, "review/lesson.html", {"project": project, "form": form}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def lesson(request: HttpRequest, lesson_id: int) -> HttpResponse:
    """A lesson; POST changes it."""
    as_of = None if request.method == "POST" else request.as_of
    row, status = lesson_for(request.user, lesson_id, as_of), 200
    sees = access.may(request.user, Verb.SEE_REGISTER, row.project)
    may_edit = as_of is None and sees and access.may(request.user, Verb.LESSON_EDIT, row.project)
    may_publish = (
        as_of is None and row.state == "draft" and access.may(request.user, Verb.LESSON_PUBLISH, row.project)
    )
    form = LessonForm(request.POST or None, instance=row) if may_edit else None
    if request.method == "POST":
        access.require(request.user, Verb.LESSON_EDIT, row.project)
        version = version_sent(request)
        done, status = tried(
            form, lambda sent: edit_lesson(row, actor=request.user, expected_version=version, **sent)
        )  # fmt: skip
        if done is not None:
            messages.success(request, "The lesson was saved as a draft.")
            return redirect("lesson", row.pk)
        row = lesson_for(request.user, lesson_id)
    context = {"lesson": row, "project": row.project, "form": form, "sees": sees, "may_publish": may_publish}
    return render(request, "review/lesson.html", context, status=status)


@login_required
@require_POST
def lesson_removal(request: HttpRequest, lesson_id: int) -> HttpResponse:
    """Take away a lesson; its history stays."""
    row = lesson_for(request.user, lesson_id)
    remove_lesson(row, actor=request.user)
    messages.success(request, "The lesson was removed; its history stays.")
    return redirect("lessons")


@login_required
@require_POST
def lesson_publication(request: HttpRequest, lesson_id: int) -> HttpResponse:
    """Offer a lesson to others."""
    row = lesson_for(request.user, lesson_id)
    publish_lesson(row, actor=request.user, expected_version=version_sent(request))
    messages.success(request, "The lesson is published: similar requests show it.")
    return redirect("lesson", row.pk)
