"""The gallery of maps: a strategy map to be changed, and a value map from 60 projects to 20 objectives."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from mainstay.core.node_map import (
    BETWEEN,
    LinkForm,
    MapLane,
    MapLink,
    MapNode,
    NodeMap,
    NodeMoveForm,
    UnlinkForm,
    answer_map,
    refused_change,
)

KEPT_LINKS, KEPT_ORDER = "gallery-map-links", "gallery-map-order"
LANES = (
    MapLane("financial", "Financial"),
    MapLane("customer", "Customer"),
    MapLane("process", "Internal process"),
    MapLane("growth", "Learning and growth"),
)
GOALS = (
    ("growth", "G1", "Keep the engineers we train"),
    ("growth", "G2", "One record of every asset"),
    ("growth", "G3", "Teams that decide where the work is"),
    ("process", "I1", "Plan maintenance from condition data"),
    ("process", "I2", "Halve the time from fault to repair"),
    ("process", "I3", "Buy together with the neighbouring towns"),
    ("process", "I4", "Permits without paper"),
    ("customer", "C1", "Supply without interruption"),
    ("customer", "C2", "Answers at the first call"),
    ("customer", "C3", "Bills that people understand"),
    ("financial", "F1", "Lower cost for every connection"),
    ("financial", "F2", "Tariffs below the regional mean"),
)
LINKS = (
    *("G1 > I2", "G2 > I1", "G3 > I2", "I1 > C1", "I2 > C1", "I2 > C2"),
    *("I3 > F1", "C1 > F1", "C2 > F2", "F1 > F2", "G2 > F1"),
)


@login_required
@require_GET
def gallery_map(request: HttpRequest) -> HttpResponse:
    """A strategy map and a value map; changes last as long as the session."""
    context = {
        "strategy": _strategy(request),
        "value": value_map(),
        "crumbs": [("Home", "/"), ("Gallery", reverse("gallery")), ("Maps", "")],
    }
    return render(request, "core/gallery_map.html", context)


@login_required
@require_POST
def gallery_links(request: HttpRequest) -> HttpResponse:
    """Draws a link."""
    form = LinkForm(_strategy(request), request.POST)
    if not form.is_valid():
        return refused_change(request, form, back=reverse("gallery_map"))
    link = BETWEEN.join((form.ends.source, form.ends.target))
    request.session[KEPT_LINKS] = [*request.session.get(KEPT_LINKS, LINKS), link]
    return answer_map(request, _strategy(request), back=reverse("gallery_map"))


@login_required
@require_POST
def gallery_unlink(request: HttpRequest) -> HttpResponse:
    """Removes a link."""
    form = UnlinkForm(_strategy(request), request.POST)
    if not form.is_valid():
        return refused_change(request, form, back=reverse("gallery_map"))
    gone = BETWEEN.join((form.ends.source, form.ends.target))
    request.session[KEPT_LINKS] = [link for link in request.session.get(KEPT_LINKS, LINKS) if link != gone]
    return answer_map(request, _strategy(request), back=reverse("gallery_map"))


@login_required
@require_POST
def gallery_order(request: HttpRequest) -> HttpResponse:
    """Moves a node in its lane."""
    form = NodeMoveForm(_strategy(request), request.POST)
    if not form.is_valid():
        return refused_change(request, form, back=reverse("gallery_map"))
    moved = form.order
    kept = request.session.get(KEPT_ORDER, [key for _, key, _ in GOALS])
    request.session[KEPT_ORDER] = [key for key in kept if key not in moved] + moved
    return answer_map(request, _strategy(request), back=reverse("gallery_map"))


def _strategy(request: HttpRequest) -> NodeMap:
    pairs = [link.split(BETWEEN) for link in request.session.get(KEPT_LINKS, LINKS)]
    ends = {end for pair in pairs for end in pair}
    goals = {key: (lane, label) for lane, key, label in GOALS}
    order = request.session.get(KEPT_ORDER, list(goals))
    return NodeMap(
        "strategy",
        "What leads to lower tariffs",
        LANES,
        [MapNode(key, goals[key][1], goals[key][0], "#strategy", mark=_mark(key in ends)) for key in order],
        [MapLink(source, target) for source, target in pairs],
        link_url=reverse("gallery_links"),
        unlink_url=reverse("gallery_unlink"),
        move_url=reverse("gallery_order"),
        version=1,
    )


def _mark(is_linked: bool) -> str:
    return "" if is_linked else "Linked with nothing"


def value_map() -> NodeMap:
    """60 projects, 40 benefits, 20 objectives."""
    names: dict[str, Any] = {
        "project": [
            f"{('Smart meters', 'Flood walls', 'Customer portal', 'Ledger renewal')[n % 4]} {n + 1}"
            for n in range(60)
        ],
        "benefit": [
            f"{('Fewer call-outs', 'Shorter outages', 'Less paper', 'Lower losses')[n % 4]} {n + 1}"
            for n in range(40)
        ],
        "objective": [
            f"{('Reliable supply', 'Fair tariffs', 'Net zero', 'Safe work')[n % 4]} {n + 1}" for n in range(20)
        ],
    }
    up = {
        (f"project-{n}", f"benefit-{(n * 17 + turn * 5) % 38}") for n in range(58) for turn in range(1 + n % 3 // 2)
    }
    on = {
        (f"benefit-{n}", f"objective-{(n * 11 + turn * 7) % 19}") for n in range(38) for turn in range(1 + n % 4 // 3)
    }
    links = [MapLink(*pair, label=f"{20 + n * 7 % 9 * 10}%") for n, pair in enumerate(sorted(up | on))]
    ahead, behind = {link.source for link in links}, {link.target for link in links}
    marks = {"project": "Serves no benefit", "benefit": "No project brings it", "objective": "Nothing leads here"}
    return NodeMap(
        "value",
        "What 60 projects bring about",
        [MapLane("project", "Projects"), MapLane("benefit", "Benefits"), MapLane("objective", "Objectives")],
        [
            MapNode(
                key,
                label,
                kind,
                "#value",
                mark="" if key in (ahead if kind == "project" else behind) else marks[kind],
            )
            for kind, labels in names.items()
            for n, label in enumerate(labels)
            for key in [f"{kind}-{n}"]
        ],
        links,
        in_columns=True,
    )
