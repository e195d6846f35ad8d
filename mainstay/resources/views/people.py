"""The list of people, and the page of each."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.core import exchange
from mainstay.core.verbs import Verb
from mainstay.portfolio.views.sent import version_of
from mainstay.resources.forms.people import NewProficiencyForm, NewResourceForm, ProficiencyForm, ResourceForm
from mainstay.resources.models import Proficiency, Resource
from mainstay.resources.operations.proficiencies import edit_proficiency, remove_proficiency, set_proficiency
from mainstay.resources.operations.resources import add_resource, edit_resource
from mainstay.resources.people_page import PeoplePage
from mainstay.resources.person_page import PersonPage
from mainstay.resources.sheets.people import PeopleSheet
from mainstay.resources.views.shared import attempt, data_of, edited, found, require_somewhere, resource_to


@login_required
@require_GET
def resource_list(request: HttpRequest) -> HttpResponse:
    """People, placeholders and groups."""
    part = "#list" if request.htmx.target == "list" and not request.htmx.history_restore_request else ""
    return render(request, f"resources/people.html{part}", {"people": PeoplePage(request)})


@login_required
@require_GET
def resource_export(request: HttpRequest) -> StreamingHttpResponse:
    """The list of people as a file, as its page is narrowed."""
    sheet, page = PeopleSheet(), PeoplePage(request)
    columns = sheet.export_columns(request.user, request.as_of)
    return exchange.export_response(columns, page.rows, request.GET.get("format", "csv"), name="people")


@login_required
@require_http_methods(["GET", "POST"])
def resource_new(request: HttpRequest) -> HttpResponse:
    """Add a person, a placeholder or a group."""
    require_somewhere(request.user, Verb.RESOURCE_ADD)
    form = NewResourceForm(data_of(request), user=request.user, initial={"team": request.GET.get("team")})

    def act() -> Resource:
        given = form.given()
        return add_resource(given.pop("team"), actor=request.user, **given)

    help = "A person who can be booked, a placeholder for somebody still to be found, or a group booked as a whole."
    words = {"title": "Add somebody", "verb": "Add to the team", "help": help}
    return edited(request, form, act, back=reverse("resource_list"), **words)


@login_required
@require_GET
def resource(request: HttpRequest, key: str) -> HttpResponse:
    """Facts, skills and absences of a person, and where allowed what an hour costs."""
    return person_page(request, key)


def person_page(request: HttpRequest, key: str, **forms: Any) -> HttpResponse:
    """The page of a person, with a form that was refused where there is one."""
    page = PersonPage(request, key, **forms)
    return render(request, "resources/person.html", {"page": page}, status=422 if forms else 200)


@login_required
@require_http_methods(["GET", "POST"])
def resource_edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change the facts of a person, a placeholder or a group."""
    row = resource_to(request, key, Verb.RESOURCE_EDIT)
    form = ResourceForm(data_of(request), user=request.user, instance=row)

    def act() -> Resource:
        return edit_resource(row, actor=request.user, expected_version=version_of(request), **form.changes())

    return edited(request, form, act, title=f"Edit {row}", back=reverse("resource", args=[key]), row=row)


@login_required
@require_POST
def proficiencies(request: HttpRequest, key: str) -> HttpResponse:
    """Say that somebody has a skill."""
    row = resource_to(request, key, Verb.PROFICIENCY_SET)
    form = NewProficiencyForm(request.POST, user=request.user, prefix="skill")
    made = attempt(form, lambda: set_proficiency(row, actor=request.user, **form.given()))
    if made is None:
        return person_page(request, key, skill_form=form)
    messages.success(request, f"{made}.")
    return redirect("resource", key)


@login_required
@require_http_methods(["GET", "POST"])
def proficiency(request: HttpRequest, proficiency_id: int) -> HttpResponse:
    """Change how well somebody masters a skill, or until when it holds."""
    row = _proficiency(request, proficiency_id, Verb.PROFICIENCY_EDIT)
    form = ProficiencyForm(data_of(request), user=request.user, instance=row)

    def act() -> Proficiency:
        return edit_proficiency(row, actor=request.user, expected_version=version_of(request), **form.given())

    page = {"title": f"{row.skill} of {row.resource}", "row": row, "back": _back(row)}
    removal = reverse("proficiency_removal", args=[row.pk])
    return edited(request, form, act, removal=removal, question=f"Take {row.skill} from {row.resource}?", **page)


@login_required
@require_POST
def proficiency_removal(request: HttpRequest, proficiency_id: int) -> HttpResponse:
    """Take a skill from somebody."""
    row = _proficiency(request, proficiency_id, Verb.PROFICIENCY_REMOVE)
    remove_proficiency(row, actor=request.user)
    messages.success(request, f"{row.skill} was taken from {row.resource}; the history keeps it.")
    return redirect(_back(row))


def _proficiency(request: HttpRequest, pk: int, verb: Verb) -> Proficiency:
    rows = Proficiency.objects.select_related("resource__team__portfolio", "skill")
    return found(rows, request.user, verb, pk=pk)


def _back(row: Proficiency) -> str:
    return reverse("resource", args=[row.resource.key])
