"""Pages of request forms: the list, the editor, the preview as a requester sees it, publication, and the file."""

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mainstay.core import access
from mainstay.core.conflict import settled
from mainstay.core.errors import Missing, Stale, Unreadable
from mainstay.core.forms import take_errors
from mainstay.core.verbs import Verb
from mainstay.identification.conflict import FormConflict, chosen_draft
from mainstay.identification.forms import read_definition, tell_definition
from mainstay.identification.forms.definition import Definition, Kind, Stage
from mainstay.identification.forms.editing import TESTS, differences_between, pressed, typed_definition
from mainstay.identification.forms.fields import RequestPage, sections_of
from mainstay.identification.forms.reading import LARGEST, MAPS
from mainstay.identification.models import RequestForm
from mainstay.identification.operations.forms import create_form, edit_form, newest_edition, publish_form
from mainstay.portfolio.custom import active_fields
from mainstay.portfolio.views.sent import reason_of, version_of


class NewForm(forms.Form):
    """What begins a kind of request."""

    name = forms.CharField(max_length=80)
    key = forms.SlugField(max_length=40, help_text="Small letters, digits and dashes; it stands in addresses.")
    description = forms.CharField(label="What it is for", max_length=300, required=False)


class FormFacts(forms.ModelForm):
    """What a form is called and promises."""

    class Meta:
        model = RequestForm
        fields = ("name", "description", "answer_within_days", "position", "is_open")


@login_required
@require_http_methods(["GET", "POST"])
def request_forms(request: HttpRequest) -> HttpResponse:
    """Every kind of request, and a way to begin another."""
    access.require(request.user, Verb.FORM_CREATE)
    form = NewForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = create_form(None, actor=request.user, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            return redirect("request_form", made.key)
    rows = [(one, newest_edition(one)) for one in RequestForm.objects.all()]
    context = {"rows": rows, "form": form}
    return render(request, "identification/forms.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, key: str, verb: Verb = Verb.FORM_EDIT) -> RequestForm:
    access.require(request.user, verb)
    found = RequestForm.objects.filter(key=key).first()
    if found is None:
        raise Missing("There is no such form.")
    return found


@login_required
@require_http_methods(["GET", "POST"])
def request_form(request: HttpRequest, key: str) -> HttpResponse:
    """The editor: sections and questions, moved and changed without typing any code."""
    form = _form(request, key)
    if request.method == "GET":
        return _editor(request, form, FormFacts(instance=form), form.draft)
    typed = chosen_draft(request.POST, typed_definition(request.POST), form.draft)
    draft = pressed(typed, request.POST.get("action", "save"))
    facts = FormFacts(settled(request.POST), instance=RequestForm.objects.get(pk=form.pk))
    sent = {"version": request.POST.get("version", "")}
    if not facts.is_valid():
        return _editor(request, form, facts, draft, 422, **sent)
    try:
        edit_form(form, actor=request.user, expected_version=version_of(request), draft=draft, **facts.cleaned_data)
    except Stale as stale:
        conflict = FormConflict(stale, facts, draft, RequestForm.objects.get(pk=form.pk))
        return _editor(request, form, facts, conflict.draft, 409, conflict=conflict, version=conflict.version)
    except ValidationError as error:
        take_errors(facts, error)
        return _editor(request, form, facts, draft, 422, **sent)
    if request.POST.get("action", "save") == "save":
        messages.success(request, "Saved. Requests see it when you publish it.")
    return redirect("request_form", key)


def _editor(
    request: HttpRequest, form: RequestForm, facts: FormFacts, draft: Any, status: int = 200, **more: Any
) -> HttpResponse:
    latest = newest_edition(form)
    saved = RequestForm.objects.get(pk=form.pk)
    context = {
        "form": saved,
        "facts": facts,
        "draft": draft or {"sections": []},
        "kinds": [(kind.value, kind.label) for kind in Kind],
        "stages": [(stage.value, stage.label) for stage in Stage],
        "tests": TESTS,
        "maps": [*MAPS, *(f"custom.{field.key}" for field in active_fields())],
        "latest": latest,
        "editions": saved.editions.select_related("published_by"),
        "changes": differences_between(latest.definition, saved.draft) if latest else [],
        "version": saved.version,
        **more,
    }
    return render(request, "identification/form.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """The questions being prepared as a requester would see them; what is typed here is not kept."""
    form = _form(request, key)
    definition: Definition = read_definition(form.draft or {"sections": []})
    page = RequestPage(
        request.POST if request.method == "POST" else None, definition=definition, user=request.user, portfolio=None
    )
    typed = page.typed() if request.method == "POST" and page.is_valid() else {}
    context = {"form": form, "page": page, "sections": sections_of(page, typed), "version": 0, "people": []}
    context["was_shown"] = frozenset(request.POST.getlist("shown")) if request.htmx else None
    part = "#changed" if request.htmx else ""
    return render(request, f"identification/form_preview.html{part}", context)


@login_required
@require_POST
def publication(request: HttpRequest, key: str) -> HttpResponse:
    """Publish the questions as a new edition."""
    form = _form(request, key, Verb.FORM_PUBLISH)
    try:
        edition = publish_form(form, actor=request.user, reason=reason_of(request))
    except ValidationError as error:
        facts = FormFacts(instance=form)
        return _editor(request, form, facts, form.draft, 422, refused=" ".join(error.messages))
    messages.success(request, f"Edition {edition.number} is published; new requests are made with it.")
    return redirect("request_form", key)


@login_required
@require_http_methods(["GET", "POST"])
def file(request: HttpRequest, key: str) -> HttpResponse:
    """The questions being prepared as a JSON file, out and in."""
    form = _form(request, key)
    if request.method == "GET":
        text = json.dumps(tell_definition(read_definition(form.draft or {})), indent=2, ensure_ascii=False)
        answer = HttpResponse(text, content_type="application/json")
        answer["Content-Disposition"] = f'attachment; filename="{form.key}.json"'
        return answer
    try:
        edit_form(form, actor=request.user, draft=_sent_file(request))
    except ValidationError as error:
        return _editor(request, form, FormFacts(instance=form), form.draft, 422, refused=" ".join(error.messages))
    messages.success(request, "The questions of the file are being prepared now; look at them and publish.")
    return redirect("request_form", key)


def _sent_file(request: HttpRequest) -> Any:
    sent: Any = request.FILES.get("file")
    if sent is None or sent.size > LARGEST:
        raise Unreadable("Choose a JSON file of a form, no larger than 200 kB.")
    try:
        return json.loads(sent.read().decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise ValidationError({"draft": "The file is no JSON that can be read."}) from None
