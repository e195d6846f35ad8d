"""People and their roles."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.forms import GrantForm, NewPersonForm, PersonForm, take_errors
from mainstay.core.models import Grant, Person
from mainstay.core.operations.grants import give_grant, withdraw_grant
from mainstay.core.operations.people import create_person, deactivate_person, edit_person, reactivate_person
from mainstay.core.places import names_of
from mainstay.core.roles import Role
from mainstay.core.verbs import Verb


def _person(username: str) -> Person:
    person = Person.objects.filter(username=username).first()
    if person is None:
        raise Missing("There is nobody with this sign-in name.")
    return person


@login_required
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who can sign in, with their roles."""
    access.require(request.user, Verb.SEE_ACCESS)
    words = request.GET.get("q", "").strip()[:100]
    found = Person.objects.as_of(request.as_of).order_by("name")
    if words:
        found = found.filter(Q(name__icontains=words) | Q(username__icontains=words) | Q(email__icontains=words))
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    held = _roles_of([person.row_id for person in page], request)
    rows = [(person, held.get(person.row_id, [])) for person in page]
    may_create = access.may(request.user, Verb.PERSON_CREATE)
    return render(request, "core/people.html", {"page": page, "rows": rows, "q": words, "may_create": may_create})


def _roles_of(ids: list[int], request: HttpRequest) -> dict[int, list[str]]:
    names = names_of(request.user)
    held: dict[int, list[str]] = {}
    grants = Grant.objects.as_of(request.as_of).filter(person_id__in=ids).values_list("person_id", "role", "path")
    for person_id, role, path in grants:
        held.setdefault(person_id, []).append(f"{Role(role).label}, {names.get(path, 'a project')}")
    return held


@login_required
@require_http_methods(["GET", "POST"])
def new_person(request: HttpRequest) -> HttpResponse:
    """Let somebody in."""
    access.require(request.user, Verb.PERSON_CREATE)
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = create_person(None, actor=request.user, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, f"{person} can be given roles now.")
            return redirect("person", person.username)
    status = 422 if form.errors else 200
    return render(request, "core/person_new.html", {"form": form}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, username: str) -> HttpResponse:
    """One person: what is known about them and what they may do where."""
    access.require(request.user, Verb.SEE_ACCESS)
    person = _person(username)
    form = PersonForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        version = int(request.POST.get("version") or 0)
        edit_person(_person(username), actor=request.user, expected_version=version, **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect("person", username)
    return _person_page(request, person, form, GrantForm(giver=request.user), 422 if form.errors else 200)


def _person_page(
    request: HttpRequest, person: Person, form: PersonForm, grant_form: GrantForm, status: int
) -> HttpResponse:
    names = names_of(request.user)
    grants = [(g, Role(g.role).label, names.get(g.path, "a single project")) for g in person.grants.all()]
    context = {
        "person": person,
        "form": form,
        "grant_form": grant_form,
        "grants": grants,
        "may_edit": access.may(request.user, Verb.PERSON_EDIT),
        "may_give": access.may(request.user, Verb.GRANT_GIVE),
        "may_close": access.may(request.user, Verb.PERSON_DEACTIVATE) and person.pk != request.user.pk,
    }
    return render(request, "core/person.html", context, status=status)


@login_required
@require_POST
def grants(request: HttpRequest, username: str) -> HttpResponse:
    """Give a role."""
    person, form = _person(username), GrantForm(request.POST, giver=request.user)
    access.require(request.user, Verb.GRANT_GIVE)
    if form.is_valid():
        try:
            grant = give_grant(person, actor=request.user, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, f"{grant}: given.")
            return redirect("person", username)
    return _person_page(request, person, PersonForm(instance=person), form, 422)


@login_required
@require_POST
def grant_withdrawal(request: HttpRequest, username: str, grant_id: int) -> HttpResponse:
    """Withdraw a role."""
    access.require(request.user, Verb.GRANT_WITHDRAW)
    grant = Grant.objects.filter(pk=grant_id, person__username=username).first()
    if grant is None:
        raise Missing("This role was withdrawn already.")
    withdraw_grant(grant, actor=request.user, reason=request.POST.get("reason", "")[:300])
    messages.success(request, f"{grant}: withdrawn.")
    return redirect("person", username)


@login_required
@require_POST
def closure(request: HttpRequest, username: str) -> HttpResponse:
    """Close or reopen somebody's way in."""
    access.require(request.user, Verb.PERSON_DEACTIVATE)
    person = _person(username)
    change = deactivate_person if person.is_active else reactivate_person
    changed = change(person, actor=request.user, reason=request.POST.get("reason", "")[:300])
    messages.success(request, f"{person} {'can sign in again' if changed.is_active else 'cannot sign in any more'}.")
    return redirect("person", username)
