"""Pages of demand templates: what projects of each kind usually need."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mainstay.core import access
from mainstay.core.verbs import Verb
from mainstay.portfolio.views.sent import version_of
from mainstay.resources.forms.demand_templates import NewTemplateForm, TemplateEditForm
from mainstay.resources.models import DemandTemplate, Role
from mainstay.resources.operations.demand_templates import add_demand_template, edit_demand_template
from mainstay.resources.views.shared import attempt, data_of, edited, found


@login_required
@require_GET
def demand_templates(request: HttpRequest) -> HttpResponse:
    """Every template with its shares."""
    names = dict(Role.objects.as_of(request.as_of).values_list("key", "name"))
    rows = DemandTemplate.objects.as_of(request.as_of).visible_to(request.user).order_by("-is_active", "name")
    told = [(row, [one | {"name": names.get(one["role"], one["role"])} for one in row.shares]) for row in rows]
    here = request.as_of is None
    context = {
        "templates": told,
        "may_add": here and access.may(request.user, Verb.DEMANDTEMPLATE_ADD),
        "may_edit": here and access.may(request.user, Verb.DEMANDTEMPLATE_EDIT),
    }
    return render(request, "resources/demand_templates.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def demand_template_new(request: HttpRequest) -> HttpResponse:
    """Add a template."""
    access.require(request.user, Verb.DEMANDTEMPLATE_ADD)
    form = NewTemplateForm(request.POST if request.method == "POST" else None, user=request.user)
    made = attempt(form, lambda: add_demand_template(None, actor=request.user, **form.given()))
    if made is None:
        page = {"form": form, "title": "New demand template", "back": reverse("demand_templates"), "verb": "Add it"}
        return render(request, "resources/form.html", page, status=422 if form.errors else 200)
    messages.success(request, f"The template {made} is there now.")
    return redirect("demand_templates")


@login_required
@require_http_methods(["GET", "POST"])
def demand_template(request: HttpRequest, key: str) -> HttpResponse:
    """Change a template, or take it out of use."""
    row = found(DemandTemplate.objects.all(), request.user, Verb.DEMANDTEMPLATE_EDIT, key=key)
    form = TemplateEditForm(data_of(request), user=request.user, instance=row)

    def act() -> DemandTemplate:
        told = {"expected_version": version_of(request)}
        return edit_demand_template(row, actor=request.user, **told, **form.changes())

    return edited(request, form, act, title=str(row), back=reverse("demand_templates"), row=row)
