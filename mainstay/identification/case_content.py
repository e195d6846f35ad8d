"""A business case as one document: what an edition keeps, what two editions are compared by."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from mainstay.core.values import plain
from mainstay.identification.models import (
    Assumption,
    BenefitLine,
    BusinessCase,
    CostLine,
    DemandLine,
    Option,
    Risk,
)

CASE_FIELDS = ("problem", "consequences", "grain", "first_period", "periods", "currency")
OPTION_FIELDS = ("name", "kind", "description", "is_preferred")
AMOUNTS = ("likely", "low", "high")
LINE_FIELDS = ("name", "basis", *AMOUNTS)
LINES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "costs": (CostLine, (*LINE_FIELDS, "cost_type", "is_capital")),
    "benefits": (BenefitLine, (*LINE_FIELDS, "kind", "measure", "unit", "owner_id", "is_disbenefit")),
    "demands": (DemandLine, (*LINE_FIELDS, "role_id", "skill_id", "curve")),
}
ASSUMPTION_FIELDS = ("text", "owner_id", "evidence", "belief", "check_by")
RISK_FIELDS = (
    "kind", "name", "cause", "effect", "owner_id", "probability", "impact", "response", "plan",
    "residual_probability", "residual_impact", "is_closed",
)  # fmt: skip


def content_of(case: Any, as_of: datetime | None = None) -> dict[str, Any]:
    """The whole case as it is, or as it was known at a moment; rows carry their ids, money stays exact."""
    options = list(Option.objects.as_of(as_of).filter(case_id=case.row_id).order_by("position", _key(as_of)))
    lines = {name: _lines(name, options, as_of) for name in LINES}
    return _fields(case, CASE_FIELDS) | {
        "options": [
            {"id": option.row_id, **_fields(option, OPTION_FIELDS)}
            | {name: of_option.get(option.row_id, []) for name, of_option in lines.items()}
            for option in options
        ],
        "assumptions": _rows(Assumption, case, ASSUMPTION_FIELDS, as_of),
        "risks": _rows(Risk, case, RISK_FIELDS, as_of),
    }


def case_at(case: BusinessCase, moment: datetime) -> Any:
    """The case as it was known at a moment; None before it was opened."""
    return BusinessCase.objects.as_of(moment).identified_by([case.row_id]).first()


def _key(as_of: datetime | None) -> str:
    return "pk" if as_of is None else "row_id"


def _lines(name: str, options: Iterable[Any], as_of: datetime | None) -> dict[int, list[dict[str, Any]]]:
    model, fields = LINES[name]
    rows = model.objects.as_of(as_of).filter(option_id__in=[option.row_id for option in options])
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows.order_by("position", _key(as_of)):
        found.setdefault(row.option_id, []).append({"id": row.row_id, **_fields(row, fields)})
    return found


def _rows(model: Any, case: Any, fields: tuple[str, ...], as_of: datetime | None) -> list[dict[str, Any]]:
    rows = model.objects.as_of(as_of).filter(case_id=case.row_id).order_by("position", _key(as_of))
    return [{"id": row.row_id, **_fields(row, fields)} for row in rows]


def _fields(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: plain(getattr(row, name)) for name in names}
