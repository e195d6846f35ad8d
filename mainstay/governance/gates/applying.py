"""Which gates stand before a project: those of the model closest to it that is made for projects like it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from mainstay.governance.gates.fields import holds, number_of
from mainstay.governance.gates.terms import Gate
from mainstay.governance.models import GateEdition, GateModel


def current_editions(as_of: datetime | None = None) -> list[Any]:
    """The edition in force of every model in use, as known at a moment."""
    rows = GateEdition.objects.as_of(as_of).filter(is_current=True)
    if as_of is None:
        rows = rows.filter(model__is_active=True)
    else:
        in_use = GateModel.objects.as_of(as_of).filter(is_active=True).values("row_id")
        rows = rows.filter(model_id__in=in_use)
    return list(rows.select_related("model__portfolio"))


def applies(edition: Any, project: Any) -> bool:
    """Whether a project is of the kind a model is made for."""
    wanted = edition.model.applies_to
    if not project.path.startswith(edition.model.portfolio.path):
        return False
    if theme := wanted.get("theme"):
        return project.theme.casefold() == theme.casefold() and _rest(wanted, project)
    return _rest(wanted, project)


def _rest(wanted: dict[str, str], project: Any) -> bool:
    if "field" in wanted and not holds(project, {"field": wanted["field"], "test": "=", "value": wanted["value"]}):
        return False
    least = number_of(wanted.get("cost_above", ""))
    return least is None or (project.cost is not None and project.cost > least)


def edition_for(project: Any, editions: Iterable[GateEdition] | None = None) -> GateEdition | None:
    """The edition in force for a project: of the nearest portfolio, there of the most particular model."""
    known = current_editions() if editions is None else editions
    fitting = [edition for edition in known if applies(edition, project)]
    rank = lambda one: (len(one.model.portfolio.path), len(one.model.applies_to), one.model.key)  # noqa: E731
    return max(fitting, key=rank, default=None)


def gate_between(edition: GateEdition | None, origin: str, target: str) -> Gate | None:
    """The gate that stands between two stages; one from a named stage goes before one from any."""
    gates = [gate for gate in (edition.gates if edition else []) if gate["target"] == target]
    fitting = [gate for gate in gates if gate["origin"] in ("", origin)]
    return max(fitting, key=lambda gate: gate["origin"], default=None)


def gate_named(edition: Any, key: str) -> Gate | None:
    """The gate of an edition by its key."""
    return next((gate for gate in edition.gates if gate["key"] == key), None)
