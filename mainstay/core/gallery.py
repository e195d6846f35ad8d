"""Every component in every state on one page, with invented data, for those who build and check pages."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from mainstay.charts import Figure
from mainstay.charts.confidence import RatingCount, confidence
from mainstay.charts.cost_by_theme import ThemeCost, cost_by_theme
from mainstay.charts.ends_timeline import EndingQuarter, ends_timeline
from mainstay.charts.health import HealthCount, health
from mainstay.charts.in_out import Selection, in_out
from mainstay.charts.limits import LimitUse, limits
from mainstay.charts.stage_counts import StageCount, stage_counts
from mainstay.charts.value_risk import ValueRisk, value_risk
from mainstay.core import gallery_planner
from mainstay.core.templatetags.components import CONFIDENCE, HEALTH

THEMES = ("Resilience", "Net zero", "Customers", "Digital", "People", "Safety")
STAGES = (
    "Proposed",
    "Under evaluation",
    "Candidate",
    "Authorised",
    "Active",
    "On hold",
    "Closing",
    "Closed",
    "Rejected",
)


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(help_text="As it is called in minutes.")
    theme = forms.ChoiceField(choices=[(theme, theme) for theme in THEMES])
    cost = forms.DecimalField(label="Whole-life cost, GBP", min_value=0)
    start = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
    purpose = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}))
    is_confidential = forms.BooleanField(label="Confidential", required=False)


@login_required
@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component of the pages, in every state."""
    rows = _projects(34)
    context = {
        "page": Paginator(rows, 8).get_page(request.GET.get("page", 2)),
        "form": SampleForm(),
        "refused": SampleForm({"name": "", "theme": "Luck", "cost": "-3"}),
        "healths": list(HEALTH),
        "confidences": list(CONFIDENCE),
        "stages": [SimpleNamespace(key=name.lower().replace(" ", "_"), name=name) for name in STAGES],
        "hues": list(enumerate(THEMES, 1)),
        "figures": _figures(),
        "empty_figure": health([]),
        "runs": _runs(),
        "changes": _changes(),
        "tabs": _tabs(),
        "crumbs": [("Home", "/"), ("Pages", ""), ("Gallery", "")],
        "columns": [
            {"name": n.lower(), "label": n, "is_shown": n != "Start"} for n in ("Name", "Stage", "Cost", "Start")
        ],
    }
    return render(request, "core/gallery.html", context)


def _projects(count: int) -> list[SimpleNamespace]:
    states, ratings = list(HEALTH), list(CONFIDENCE)
    return [
        SimpleNamespace(
            name=f"{('Smart meters', 'Flood walls', 'Customer portal', 'Ledger renewal')[i % 4]} {i + 1}",
            code=f"P-{100 + i}",
            stage=SimpleNamespace(key=STAGES[i % 9].lower().replace(" ", "_"), name=STAGES[i % 9]),
            health=states[i * 7 % 4],
            confidence=ratings[i * 5 % 6],
            owner=("Ada Okafor", "Bram de Vries", "Chen Wei")[i % 3],
            cost=None if i % 9 == 4 else 137_000 * (i * i * 11 % 997),
            share=(i * 13 % 100) / 100,
            end_date=timezone.localdate() + timedelta(days=i * 29 - 200),
        )
        for i in range(count)
    ]


def _figures() -> list[Figure]:
    spread = [(i * 37 % 91 + 4, i * 53 % 89 + 6, (i * 29 % 41 + 1) ** 2 * 20_000) for i in range(60)]
    return [
        stage_counts(
            [StageCount(s, 3 + i * 5 % 11, i * 7 % 13 * 3e6, "#figures") for i, s in enumerate(STAGES)], "GBP"
        ),
        health([HealthCount("green", 12), HealthCount("amber", 5), HealthCount("red", 3), HealthCount("", 2)]),
        health([HealthCount(h, (i * 3 + len(h)) % 7, t) for i, t in enumerate(THEMES) for h in HEALTH]),
        value_risk(
            [ValueRisk(f"Project {i + 1}", x, y, c, THEMES[i % 6], "#figures") for i, (x, y, c) in enumerate(spread)],
            "GBP",
            order=THEMES,
        ),
        cost_by_theme(
            [ThemeCost(t, i + 2, 4e6 + i * 31 % 17 * 5e6, i % 2) for i, t in enumerate(THEMES)], "GBP", order=THEMES
        ),
        confidence([RatingCount(r, 30 - i * 4) for i, r in enumerate(CONFIDENCE)]),
        ends_timeline(_quarters(), timezone.localdate()),
        in_out(Selection(18, 123, 2.9e6), Selection(20, 100, 3.2e6), 40, "GBP"),
        limits([LimitUse("Money 2027", 3.2e6, 3.2e6, "GBP", True), LimitUse("Data engineers", 7.5, 8, "FTE")]),
        *gallery_planner.figures(),
    ]


def _quarters() -> list[EndingQuarter]:
    year = timezone.localdate().year - 1
    return [
        EndingQuarter(
            f"{year + i // 4} Q{i % 4 + 1}",
            date(year + i // 4, i % 4 * 3 + 1, 1),
            date(year + i // 4 + (i % 4 == 3), (i % 4 * 3 + 3) % 12 + 1, 1) - timedelta(days=1),
            i * 5 % 9,
        )
        for i in range(14)
    ]


def _runs() -> list[SimpleNamespace]:
    states = (
        ("queued", "Waiting", 0),
        ("running", "Running", 42),
        ("succeeded", "Done", 100),
        ("failed", "Failed", 61),
    )
    return [
        SimpleNamespace(
            pk=number,
            title="Import of 235 projects",
            state=state,
            get_state_display=word,
            percent_done=share,
            is_over=state in {"succeeded", "failed"},
            cancel_asked=False,
            step="" if state == "queued" else "Reading row 99 of 235",
            log="Row 14, column “End date”: 31/31/2026 is not a date." if state == "failed" else "",
        )
        for number, (state, word, share) in enumerate(states, 1)
    ]


def _changes() -> list[SimpleNamespace]:
    who = {"who": "Ada Okafor", "at": None}
    return [
        SimpleNamespace(
            label="Whole-life cost", before="GBP 1,200,000", after="GBP 1,350,000", yours="GBP 1,100,000", **who
        ),
        SimpleNamespace(label="Owner", before="Bram de Vries", after="Chen Wei", yours="Bram de Vries", **who),
    ]


def _tabs() -> list[dict[str, Any]]:
    return [
        {"label": "Overview", "url": "#tabs", "active": True},
        {"label": "Milestones", "url": "#tabs", "count": 12},
        {"label": "History", "url": "#tabs", "count": 0},
    ]
