"""Classes of work: the ways to sort projects by which their estimates can be compared with what came."""

from collections.abc import Iterable, Mapping
from typing import Any

from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import CustomField, FieldKind, Portfolio
from mainstay.strategy.models import Classification, Placement

CUSTOM, CLASSIFICATION = "custom.", "classification."
THEME, PORTFOLIO = "theme", "portfolio"


def class_kinds(user: Any = MAINSTAY) -> dict[str, str]:
    """The ways to sort projects, by key: theme, portfolio, choices of custom fields open to all, classifications.

    With a person, only the classifications they may see.
    """
    fields = CustomField.objects.filter(is_active=True, is_confidential=False, kind=FieldKind.CHOICE)
    custom = {CUSTOM + key: label for key, label in fields.values_list("key", "label")}
    kinds = Classification.objects.visible_to(user).filter(is_active=True).values_list("code", "name")
    sorted_by = {CLASSIFICATION + code: name for code, name in kinds}
    return {THEME: "Theme", PORTFOLIO: "Portfolio"} | custom | sorted_by


def classes_of(projects: Iterable[Any], by: str) -> dict[int, str]:
    """The class of each project under one way to sort, by the project's number; without a class it is left out."""
    rows = list(projects)
    if by == THEME:
        found = {row.row_id: row.theme for row in rows}
    elif by == PORTFOLIO:
        codes = dict(Portfolio.objects.filter(pk__in={row.portfolio_id for row in rows}).values_list("pk", "code"))
        found = {row.row_id: codes[row.portfolio_id] for row in rows}
    elif by.startswith(CUSTOM):
        key = by.removeprefix(CUSTOM)
        found = {row.row_id: str(row.custom.get(key) or "") for row in rows}
    else:
        found = _placed(rows, by.removeprefix(CLASSIFICATION))
    return {pk: name for pk, name in found.items() if name}


def _placed(rows: list[Any], code: str) -> Mapping[int, str]:
    placements = Placement.objects.filter(classification__code=code, project__in=[row.row_id for row in rows])
    return dict(placements.values_list("project_id", "bucket__name"))


def class_name(by: str, value: str) -> str:
    """A class in words: `Theme: Secure supply`."""
    return f"{class_kinds().get(by, 'Class')}: {value}"
