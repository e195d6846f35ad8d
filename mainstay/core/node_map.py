"""A map of nodes in lanes with links between them: what `{% node_map map %}` shows, and the forms that change it.

A room builds a `NodeMap` (a strategy map in rows, a value map in columns) and answers changes so:

    form = LinkForm(shown, request.POST)
    if not form.is_valid():
        return refused_change(request, form, back=address)
    ...  # the room's operation, with form.ends.source, form.ends.target
    return answer_map(request, shown_now, back=address)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

BETWEEN = " > "


@dataclass(frozen=True)
class MapLane:
    """A lane: a perspective, or a kind of node."""

    key: str
    label: str


@dataclass(frozen=True)
class MapNode:
    """A node that opens a record; `mark` says in words what is missing around it, `note` is a second line."""

    key: str
    label: str
    lane: str
    url: str = ""
    note: str = ""
    mark: str = ""


@dataclass(frozen=True)
class MapLink:
    """A directed link; `label` is shown with it, as a share."""

    source: str
    target: str
    label: str = ""


@dataclass(frozen=True)
class NodeMap:
    """Lanes, nodes and links. `in_columns` sets lanes side by side, from left to right, instead of one below another.

    `link_url` takes `source` and `target`, `unlink_url` the same, `move_url` `node` and `position` in its lane;
    where all are empty the map is only read. With `move_url` nodes stand in the order given, else where fewest links
    cross.
    """

    name: str
    title: str
    lanes: Sequence[MapLane]
    nodes: Sequence[MapNode]
    links: Sequence[MapLink]
    in_columns: bool = False
    link_url: str = ""
    unlink_url: str = ""
    move_url: str = ""
    version: int | None = None

    def __post_init__(self) -> None:
        lanes = {lane.key for lane in self.lanes}
        if len(self.by_key) != len(self.nodes) or any(node.lane not in lanes for node in self.nodes):
            raise ValueError("Every node has a key of its own and stands in a lane of the map.")
        if any(end not in self.by_key for link in self.links for end in (link.source, link.target)):
            raise ValueError("A link joins two nodes of the map.")

    @cached_property
    def by_key(self) -> dict[str, MapNode]:
        """The nodes by their key."""
        return {node.key: node for node in self.nodes}

    @cached_property
    def pairs(self) -> set[tuple[str, str]]:
        """The links that there are."""
        return {(link.source, link.target) for link in self.links}

    def lane_of(self, key: str) -> list[str]:
        """The keys of the lane in which a node stands, in the order given."""
        return [node.key for node in self.nodes if node.lane == self.by_key[key].lane]


class ChangeForm(forms.Form):
    """What every change of a map brings along."""

    expected_version = forms.IntegerField(required=False)

    def __init__(self, shown: NodeMap, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.shown = shown

    @property
    def expected(self) -> int | None:
        """The version of the map that was changed."""
        version: int | None = self.cleaned_data["expected_version"]
        return version

    def known(self, key: str) -> str:
        """The key of a node of this map."""
        if key not in self.shown.by_key:
            raise forms.ValidationError("This is not in the map any more. Load the page again.")
        return key


class LinkForm(ChangeForm):
    """A link to draw: `source` and `target`, or both in `link`, as buttons without scripts send it."""

    source = forms.CharField(required=False, max_length=200)
    target = forms.CharField(required=False, max_length=200)
    link = forms.CharField(required=False, max_length=500)
    is_new = True

    def clean(self) -> dict[str, Any]:
        """Both ends are nodes of the map, and differ."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("link"):
            cleaned["source"], _, cleaned["target"] = cleaned["link"].partition(BETWEEN)
        pair = (self.known(cleaned.get("source", "")), self.known(cleaned.get("target", "")))
        if pair[0] == pair[1]:
            raise forms.ValidationError("A link leads from one place to another.")
        if self.is_new and pair in self.shown.pairs:
            raise forms.ValidationError("This link is there already.")
        if not self.is_new and pair not in self.shown.pairs:
            raise forms.ValidationError("This link is not there any more.")
        return cleaned

    @property
    def ends(self) -> MapLink:
        """The link."""
        return MapLink(self.cleaned_data["source"], self.cleaned_data["target"])


class UnlinkForm(LinkForm):
    """A link to remove."""

    is_new = False


class NodeMoveForm(ChangeForm):
    """A node that takes another position in its lane, counted from 1; `move` holds both, as buttons send it."""

    node = forms.CharField(required=False, max_length=200)
    position = forms.IntegerField(required=False, min_value=1)
    move = forms.CharField(required=False, max_length=300)

    def clean(self) -> dict[str, Any]:
        """The position is one of its lane."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("move"):
            cleaned["node"], _, position = cleaned["move"].rpartition(BETWEEN)
            cleaned["position"] = (
                int(position) if position.isascii() and position.isdecimal() and len(position) < 10 else None
            )
        lane = self.shown.lane_of(self.known(cleaned.get("node", "")))
        if not 1 <= (cleaned.get("position") or 0) <= len(lane):
            raise forms.ValidationError(f"The lane has the positions 1 to {len(lane)}.")
        return cleaned

    @property
    def order(self) -> list[str]:
        """The keys of the lane in their new order."""
        node, position = self.cleaned_data["node"], self.cleaned_data["position"]
        keys = [key for key in self.shown.lane_of(node) if key != node]
        keys.insert(position - 1, node)
        return keys


def refused_change(request: HttpRequest, form: ChangeForm, *, back: str) -> HttpResponse:
    """What is wrong with a change: a line of text with 422, or without scripts a message and the way `back`."""
    wrong = " ".join(text for texts in form.errors.values() for text in texts)
    if request.htmx:
        return HttpResponse(wrong, status=422, content_type="text/plain; charset=utf-8")
    messages.error(request, wrong)
    return redirect(back)


def answer_map(request: HttpRequest, shown: NodeMap, *, back: str) -> HttpResponse:
    """The map as it is now; without scripts, the way `back`."""
    if not request.htmx:
        return redirect(back)
    return render(request, "core/components/map_now.html", {"map": shown})
