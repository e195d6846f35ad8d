"""Pages about rules: all of them, and one being written with what it would find now."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.core import access
from mainstay.core.errors import Refusal
from mainstay.core.forms import tried
from mainstay.core.verbs import Verb
from mainstay.monitoring.alerts import queries
from mainstay.monitoring.alerts.forms import RuleForm
from mainstay.monitoring.alerts.measures import known_measures
from mainstay.monitoring.alerts.operations import checked, create_rule, edit_rule, remove_rule
from mainstay.monitoring.models import Alert, AlertRule
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.views.sent import portfolio_chosen, version_sent


@login_required
@require_GET
def alert_rules(request: HttpRequest) -> HttpResponse:
    """Every rule the person may see, with how many alerts of it stand."""
    today = request.as_of is None
    context = {
        "rules": queries.rules_for(request.user, request.as_of),
        "places": Portfolio.objects.visible_to(request.user, Verb.ALERTRULE_CREATE) if today else [],
        "evaluated": Portfolio.objects.visible_to(request.user, Verb.ALERTS_EVALUATE) if today else [],
        "editable": _editable(request) if today else set(),
    }
    return render(request, "monitoring/alert_rules.html", context)


def _editable(request: HttpRequest) -> set[int]:
    rows = AlertRule.objects.visible_to(request.user, Verb.ALERTRULE_EDIT)
    return set(rows.values_list("pk", flat=True))


@login_required
@require_http_methods(["GET", "POST"])
def alert_rule_new(request: HttpRequest) -> HttpResponse:
    """Write a rule for a portfolio."""
    place = portfolio_chosen(request, Verb.ALERTRULE_CREATE, "Choose a portfolio in which you may write rules.")
    return _editor(request, AlertRule(portfolio=place))


@login_required
@require_http_methods(["GET", "POST"])
def alert_rule_edit(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Change a rule."""
    rule = queries.rule_for(request.user, rule_id)
    access.require(request.user, Verb.ALERTRULE_EDIT, rule.portfolio)
    return _editor(request, rule)


def _editor(request: HttpRequest, rule: AlertRule) -> HttpResponse:
    version, status = rule.version, 200
    form, preview = RuleForm(request.POST or None, instance=rule), None
    if request.method == "POST" and request.POST.get("preview"):
        preview, status = tried(form, lambda sent: _previewed(request, rule))
    elif request.method == "POST":
        saved, status = tried(form, lambda sent: _saved(request, rule, sent))
        if saved is not None:
            messages.success(request, f"{saved} was saved; it counts from the next evaluation on.")
            return redirect("alert_rules")
    context = {
        "form": form,
        "rule": rule,
        "version": request.POST.get("version") or version,
        "preview": preview,
        "measures": sorted(known_measures().values(), key=lambda one: one.label),
        "may_remove": rule.pk and not Alert.objects.filter(rule=rule).exists(),
        "trail": [("Alerts", reverse("alerts")), ("Rules", reverse("alert_rules"))],
    }
    return render(request, "monitoring/alert_rule_edit.html", context, status=status)


def _previewed(request: HttpRequest, rule: AlertRule) -> Any:
    """What the rule would find, as it is typed."""
    return queries.preview_of(checked(rule), request.user)


def _saved(request: HttpRequest, rule: AlertRule, sent: dict[str, Any]) -> AlertRule:
    if not rule.pk:
        return create_rule(rule.portfolio, actor=request.user, **sent)
    return edit_rule(rule, actor=request.user, expected_version=version_sent(request), **sent)


@login_required
@require_POST
def alert_rule_removal(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Take a rule away that never found anything."""
    rule = queries.rule_for(request.user, rule_id)
    access.require(request.user, Verb.ALERTRULE_REMOVE, rule.portfolio)
    try:
        remove_rule(rule, actor=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"{rule} was removed.")
    return redirect("alert_rules")
