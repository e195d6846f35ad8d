"""How the API reads projects: through the same readings, filters and columns as the pages."""

from collections.abc import Callable
from typing import Any

from django.db.models import BooleanField, Case, CharField, F, Q, Value, When
from django.http import HttpRequest

from mainstay.core import access
from mainstay.core.api.fields import Field
from mainstay.core.api.fields import Kind as FieldKind
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project
from mainstay.portfolio.queries import Column, Kind, Reading, columns, with_columns
from mainstay.portfolio.queries.filters import PARAMETERS

CUSTOM = "custom."
OPERATORS = ("_gte", "_lte", "_in", "_contains", "_given")
FIGURES = ("cost", "benefit")


def reading_of(request: HttpRequest) -> Reading:
    """The asker's reading, made once for each request."""
    if (known := getattr(request, "_reading", None)) is None:
        known = request._reading = Reading(request.user, request.as_of)
    return known


def projects(request: HttpRequest) -> Any:
    """Every project the asker may see, with what its row tells."""
    rows = reading_of(request).projects()
    return rows.annotate(
        figures_open=rows.figure(request.user, Value(True), BooleanField()),
        portfolio_seen=_seen(request.user, "portfolio"),
        programme_seen=_seen(request.user, "programme"),
    )


def _seen(user: Any, name: str) -> Any:
    """The code of what a project hangs in, where the person may see that."""
    condition = access.condition(user, Verb.SEE_REGISTER, f"{name}__")
    if condition is None:
        return F(f"{name}__code")
    if not isinstance(condition, Q):
        return Value(None, output_field=CharField())
    return Case(When(condition, then=F(f"{name}__code")), default=None, output_field=CharField())


def asked_as(name: str) -> Callable[[HttpRequest, str], Q]:
    """A filter that means what it means in the address of the inventory."""
    return lambda request, value: PARAMETERS[name][1](reading_of(request), (value,))


PORTFOLIO = Field(
    "portfolio",
    FieldKind.TEXT,
    "The code of the portfolio; a filter takes everything below it too.",
    "portfolio__code",
    sorts=False,
    matches=asked_as("portfolio"),
)


def hide_figures(request: HttpRequest, rows: list[dict[str, Any]]) -> None:
    """Say which figures are hidden, and take confidential custom fields and texts out of those rows."""
    keys = sorted(Project.hidden_custom_keys()) if any(not row["_figures_open"] for row in rows) else []
    hidden = [*FIGURES, *(CUSTOM + key for key in keys)]
    for row in rows:
        if not row["_figures_open"]:
            _take_out(row, keys)
        row["hidden"] = [] if row["_figures_open"] else hidden


def _take_out(row: dict[str, Any], keys: list[str]) -> None:
    if "custom" in row:
        row["custom"] = {key: value for key, value in row["custom"].items() if key not in keys}
    if "given_text" in row:
        secret = {*FIGURES, *keys}
        row["given_text"] = {name: text for name, text in row["given_text"].items() if name not in secret}


def custom_fields(request: HttpRequest, rows: Any, names: set[str]) -> tuple[Any, dict[str, Field]]:
    """The custom fields a list is narrowed or sorted by, annotated under their own names."""
    known = columns(reading_of(request))
    wanted = {stem: known[stem] for stem in (_stem(name, known) for name in names) if stem}
    rows = with_columns(rows, wanted.values(), reading_of(request))
    rows = with_columns(rows, wanted.values(), reading_of(request), to_sort=True)
    return rows, {name: _field(column) for name, column in wanted.items()}


def _stem(name: str, known: dict[str, Column]) -> str:
    """The custom field a parameter is about, whatever its operator."""
    stems = [name, *(name.removesuffix(ending) for ending in OPERATORS)]
    return next((stem for stem in stems if stem.startswith(CUSTOM) and stem in known), "")


def _field(column: Column) -> Field:
    kind = FieldKind.TEXT
    if column.is_numeric:
        kind = FieldKind.DECIMAL
    elif column.kind is Kind.DATE:
        kind = FieldKind.DAY_TEXT
    return Field(column.name, kind, column.label, lookup=column.order_path, may_be_missing=True)
