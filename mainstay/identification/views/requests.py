"""Pages of those who ask: their requests, a new one, its form, its page, and what resembles it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.core.conflict import settled
from mainstay.core.errors import Forbidden, Missing, Stale
from mainstay.identification.alike import similar_to
from mainstay.identification.binding import case_of
from mainstay.identification.completeness import definition_of
from mainstay.identification.conflict import RequestConflict
from mainstay.identification.forms.fields import RequestPage, initial_of, people_known, sections_of
from mainstay.identification.models import Request
from mainstay.identification.offered import lessons_like
from mainstay.identification.operations.forms import newest_edition
from mainstay.identification.operations.requests import (
    answer_request,
    draft_request,
    save_request,
    submit_request,
    withdraw_request,
)
from mainstay.identification.queries.page import RequestRecord
from mainstay.identification.queries.portal import (
    open_forms,
    own_requests,
    places_to_ask,
    request_for,
    standing_of,
)
from mainstay.portfolio.views.sent import reason_of, version_of

LONGEST_ASKED = 5_000


@login_required
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """What one asked for: state, clock, place in the queue, next step."""
    rows = own_requests(request.user, request.as_of)
    places = places_to_ask(request.user) if request.as_of is None else []
    context = {"rows": rows, "may_ask": bool(places), "forms": open_forms(), "urgent": _urgent(rows)}
    return render(request, "identification/requests.html", context)


def _urgent(rows: list[Any]) -> int:
    return sum(1 for one in rows if one.request.state in Request.EDITABLE)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose what kind of request it is and where it belongs; a draft is made at once."""
    places, forms = places_to_ask(request.user), open_forms()
    if not places:
        raise Forbidden("Your roles do not let you make requests. Ask an administrator for the role of a requester.")
    if request.method == "GET":
        chosen = request.GET.get("form", "")
        return render(
            request, "identification/request_new.html", {"places": places, "forms": forms, "chosen": chosen}
        )
    form = next((one for one in forms if one.key == request.POST.get("form")), None)
    place = next((one for one in places if one.code == request.POST.get("portfolio", places[0].code)), None)
    if form is None or place is None:
        raise Missing("Choose one of the forms and one of the portfolios that are open to you.")
    edition: Any = newest_edition(form)
    draft = draft_request(place, actor=request.user, edition=edition)
    return redirect("request_edit", draft.code)


@login_required
@require_POST
def alike(request: HttpRequest) -> HttpResponse:
    """What resembles the title and description being typed; a fragment."""
    title, text = (_readable(request.POST.get(name, "")) for name in ("title", "description"))
    without = Request.objects.visible_to(request.user).filter(code=request.POST.get("code", "")[:40]).first()
    found = similar_to(title[:200], text, request.user, without=without.project_id if without else None)
    context = {"alike": found, "typed": bool(title or text), "lessons": lessons_like(title[:200], text, request.user)}
    return render(request, "identification/request_alike.html", context)


def _readable(text: str) -> str:
    return text.replace("\x00", "")[:LONGEST_ASKED]


@login_required
@require_GET
def request_page(request: HttpRequest, code: str) -> HttpResponse:
    """A request with its answers, its conversation, and what may be done."""
    return page_of(request, code)


def page_of(request: HttpRequest, code: str, status: int = 200, **more: Any) -> HttpResponse:
    """The page of a request, also with what was refused."""
    record = RequestRecord(request.user, code, request.as_of)
    context = {"record": record, "one": record.request, "standing": record.standing, **more}
    return render(request, "identification/request.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """The form of a request: kept while it is typed, submitted when it is complete."""
    one = _editable(request, code)
    if request.method == "GET":
        page = RequestPage(initial=_stored(one), **_asking(request, one))
        return _form(request, one, page, one.answers)
    if request.POST.get("action") == "newest":
        save_request(one, actor=request.user, expected_version=version_of(request), to_newest_edition=True)
        messages.success(
            request, "It is on the newest edition of the form now; answers to questions it kept are kept."
        )
        return redirect("request_edit", code)
    page = RequestPage(settled(request.POST), initial=_stored(one), **_asking(request, one))
    page.is_valid()
    return _saved(request, one, page)


def _editable(request: HttpRequest, code: str) -> Request:
    one = request_for(request.user, code)
    if one.requester_id != request.user.pk:
        raise Forbidden("Only the person who asked for it may change it.")
    return one


def _asking(request: HttpRequest, one: Request) -> dict[str, Any]:
    return {"definition": definition_of(one.edition), "user": request.user, "portfolio": one.portfolio}


def _stored(one: Request) -> dict[str, Any]:
    return initial_of(one.title, one.description, one.answers)


def _saved(request: HttpRequest, one: Request, page: RequestPage) -> HttpResponse:
    """Keep what was typed and go where the button says; what was refused is shown beside its question."""
    action, before, version = request.POST.get("action", "save"), dict(one.answers), version_of(request)
    try:
        with transaction.atomic():
            one = _keep(request, one, page)
        version = one.version
        if action == "submit":
            submit_request(one, actor=request.user, reason=reason_of(request))
    except Stale as stale:
        conflict = RequestConflict(stale, page)
        page.is_valid()
        return _form(request, one, page, before | page.typed(), status=409, conflict=conflict)
    except ValidationError as error:
        page.complain(error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages})
        one = request_for(request.user, one.code)
        return _form(request, one, page, one.answers | page.typed(), status=422, version=version)
    if action == "autosave":
        return _form(request, request_for(request.user, one.code), page, one.answers)
    messages.success(request, "It is submitted; the office has been told." if action == "submit" else "Saved.")
    return _go(request, reverse("request" if action == "submit" else "request_edit", args=[one.code]))


def _go(request: HttpRequest, address: str) -> HttpResponse:
    """On to another page; where the form was sent in place, the browser is told to go there."""
    return HttpResponse(headers={"HX-Redirect": address}) if request.htmx else redirect(address)


def _keep(request: HttpRequest, one: Request, page: RequestPage) -> Request:
    if page.errors:
        raise ValidationError({name: list(messages) for name, messages in page.errors.items()})
    return save_request(
        one,
        actor=request.user,
        expected_version=version_of(request),
        title=page.cleaned_data["title"],
        description=page.cleaned_data["description"],
        answers=page.typed(),
    )


def _form(
    request: HttpRequest, one: Request, page: RequestPage, answers: dict[str, Any], status: int = 200, **more: Any
) -> HttpResponse:
    is_fragment = bool(request.htmx) and request.POST.get("action") == "autosave"
    context = {
        "one": one,
        "page": page,
        "sections": sections_of(page, answers),
        "was_shown": frozenset(request.POST.getlist("shown")) if is_fragment else None,
        "standing": standing_of(one),
        "case": case_of(one),
        "people": people_known(request.user),
        "version": one.version,
        "is_kept": is_fragment,
        "newer": newest_edition(one.edition.form),
        **more,
    }
    if is_fragment:
        return render(request, "identification/request_edit.html#autosaved", context)
    context["alike"] = similar_to(one.title, one.description, request.user, without=one.project_id)
    context["lessons"] = lessons_like(one.title, one.description, request.user)
    answer = render(request, "identification/request_edit.html", context, status=status)
    if request.htmx:
        # A form sent in place comes back whole, in place of the whole.
        answer["HX-Retarget"] = answer["HX-Reselect"] = "#main"
        answer["HX-Reswap"] = "outerHTML"
    return answer


@login_required
@require_POST
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Answer what the office asked."""
    one, text = request_for(request.user, code), request.POST.get("text", "")
    try:
        answer_request(one, actor=request.user, text=text)
    except ValidationError as error:
        told = ", ".join(f"{name}: {' '.join(errors)}" for name, errors in error.message_dict.items())
        return page_of(request, code, 422, answer_error=told.removeprefix("text: "), answer_text=text)
    messages.success(request, "Your answer was sent; the clock of the office runs again.")
    return redirect("request", code)


@login_required
@require_POST
def withdrawal(request: HttpRequest, code: str) -> HttpResponse:
    """Take a request back."""
    withdraw_request(request_for(request.user, code), actor=request.user, reason=reason_of(request))
    messages.success(request, f"{code} is withdrawn.")
    return redirect(reverse("requests"))
