"""The vocabulary of resources: the roles and skills in which demand is counted."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.core import access
from mainstay.core.conflict import Conflict, settled
from mainstay.core.errors import Missing, Stale
from mainstay.core.forms import take_errors
from mainstay.core.verbs import Verb
from mainstay.portfolio.views.sent import version_of
from mainstay.resources.forms.vocabulary import WordEditForm, WordForm
from mainstay.resources.models import Role, Skill
from mainstay.resources.operations.vocabulary import add_role, add_skill, edit_role, edit_skill


@dataclass(frozen=True)
class Kind:
    """Roles or skills: the model, the words for it, and what changes it."""

    model: Any
    noun: str
    add: Callable[..., Any]
    edit: Callable[..., Any]
    add_verb: Verb
    edit_verb: Verb


KINDS = {
    "roles": Kind(Role, "role", add_role, edit_role, Verb.ROLE_ADD, Verb.ROLE_EDIT),
    "skills": Kind(Skill, "skill", add_skill, edit_skill, Verb.SKILL_ADD, Verb.SKILL_EDIT),
}


@login_required
@require_GET
def vocabulary(request: HttpRequest) -> HttpResponse:
    """Every role and skill."""
    return _page(request)


def _page(request: HttpRequest, status: int = 200, **forms: WordForm) -> HttpResponse:
    kinds = [
        (word, kind, kind.model.objects.as_of(request.as_of).visible_to(request.user).order_by("name"),
         forms.get(word) or WordForm(prefix=word), request.as_of is None and access.may(request.user, kind.add_verb))
        for word, kind in KINDS.items()
    ]  # fmt: skip
    return render(request, "resources/vocabulary.html", {"kinds": kinds}, status=status)


@login_required
@require_POST
def words(request: HttpRequest, kind: str) -> HttpResponse:
    """Add a role or a skill."""
    chosen = _kind(kind)
    access.require(request.user, chosen.add_verb)
    form = WordForm(request.POST, prefix=kind)
    if form.is_valid():
        try:
            made = chosen.add(None, actor=request.user, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, f"The {chosen.noun} {made.name} is there now.")
            return redirect("vocabulary")
    return _page(request, 422, **{kind: form})


@login_required
@require_http_methods(["GET", "POST"])
def word(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Change a role or a skill."""
    chosen = _kind(kind)
    access.require(request.user, chosen.edit_verb)
    row = chosen.model.objects.filter(key=key).first()
    if row is None:
        raise Missing(f"There is no {chosen.noun} {key}.")
    form = WordEditForm(settled(request.POST) if request.method == "POST" else None, word=row)
    context: dict[str, Any] = {"kind": chosen, "row": row, "form": form, "version": row.version}
    if request.method == "GET" or not form.is_valid():
        return render(request, "resources/word.html", context, status=422 if form.errors else 200)
    try:
        chosen.edit(row, actor=request.user, expected_version=version_of(request), **form.cleaned_data)
    except ValidationError as error:
        take_errors(form, error)
        return render(request, "resources/word.html", context, status=422)
    except Stale as stale:
        context["conflict"] = Conflict(stale, form)
        return render(request, "resources/word.html", context, status=stale.status)
    messages.success(request, "Saved.")
    return redirect("vocabulary")


def _kind(word: str) -> Kind:
    if word not in KINDS:
        raise Missing("There are roles and skills, nothing else.")
    return KINDS[word]
