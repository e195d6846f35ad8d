"""Business cases in the permission table: figures, so only who may see figures sees them."""

from decimal import Decimal
from typing import Any

from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.identification.models import BusinessCase
from mainstay.identification.operations.assumptions import add_assumption
from mainstay.identification.operations.cases import edit_case, open_case, publish_case
from mainstay.identification.operations.options import add_option
from mainstay.identification.operations.risks import add_risk
from tests.identification.cases import enter, proposal
from tests.permissions.rows import Room, Row

_FIGURES = (Verb.SEE_FIGURES,)
_EDIT = Verb.PROJECT_EDIT
_CASE = {"case_id": "case"}
_PROJECT = {"code": "project"}
_OPTION = _CASE | {"part_id": "spare_option"}
_SHEET = _CASE | {"option_id": "option", "kind": "sheet"}
CASE_VERBS = (
    "case.open", "case.edit", "case.publish", "option.add", "option.edit", "option.remove", "lines.enter",
    "assumption.add", "assumption.edit", "assumption.remove", "risk.add", "risk.edit", "risk.remove",
)  # fmt: skip


def _part(name: str, *, get: Any = None) -> Row:
    return Row(get, _EDIT, arguments=_CASE | {"part_id": name})


def _furnished(project: Any, amount: str, mark: str) -> dict[str, Any]:
    """A whole case in which every figure and name must stay where it may be seen."""
    case: BusinessCase = open_case(project, actor=MAINSTAY)
    edit_case(case, actor=MAINSTAY, problem=f"Problem {mark}", consequences=f"Nothing {mark}")
    case.refresh_from_db()
    enter(case, "costs", amount, name=f"Cost {mark}")
    enter(case, "benefits", amount, name=f"Benefit {mark}")
    spare = add_option(case, actor=MAINSTAY, name=f"Spare {mark}")
    assumption = add_assumption(case, actor=MAINSTAY, text=f"Assumed {mark}")
    risk = add_risk(case, actor=MAINSTAY, name=f"Risk {mark}", probability=Decimal("0.5"), impact=Decimal(amount))
    publish_case(BusinessCase.objects.get(pk=case.pk), actor=MAINSTAY, reason=f"First {mark}")
    parts = {"option": proposal(case).pk, "spare_option": spare.pk, "assumption": assumption.pk, "risk": risk.pk}
    return {"case": case.pk, "edition_one": 1, "edition_two": "now", "sheet": "costs"} | parts


def furnish(world: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The case of the pumps, and one outside."""
    inside = _furnished(world.pumps, "2345678.91", "of pumps")
    return inside, _furnished(world.depot, "77123456.78", "zq7outside")


ROOM = Room(
    pages={
        "project_case": Row(_FIGURES, arguments=_PROJECT),
        "project_case_opening": Row(None, _EDIT, arguments=_PROJECT),
        "case": Row(_FIGURES, arguments=_CASE),
        "case_edit": Row(_EDIT, _EDIT, arguments=_CASE),
        "case_publication": Row(None, _EDIT, arguments=_CASE),
        "case_changes": Row(_FIGURES, arguments=_CASE),
        "case_demand": Row(None, Verb.DEMAND_ENTER, arguments=_CASE),
        "case_export": Row(_FIGURES, arguments=_CASE),
        "case_option_new": Row(_EDIT, _EDIT, arguments=_CASE),
        "case_option": Row(_EDIT, _EDIT, arguments=_OPTION),
        "case_option_removal": Row(None, _EDIT, arguments=_OPTION),
        "case_lines": Row(_FIGURES, _EDIT, arguments=_SHEET, sent={"version": "1"}),
        "case_range": Row(None, _EDIT, arguments=_SHEET),
        "case_assumptions": Row(None, _EDIT, arguments=_CASE),
        "case_assumption": _part("assumption", get=_EDIT),
        "case_assumption_removal": _part("assumption"),
        "case_risks": Row(None, _EDIT, arguments=_CASE),
        "case_risk": _part("risk", get=_EDIT),
        "case_risk_removal": _part("risk"),
    },
    arguments={
        "case_id": "case",
        "option_id": "spare_option",
        "assumption_id": "assumption",
        "risk_id": "risk",
        "before": "edition_one",
        "after": "edition_two",
    },
    sent={
        "case.open": {"project": "METERS"},
        "case.edit": {"problem": "Worse"},
        "option.add": {"name": "Another"},
        "option.edit": {"name": "Renamed"},
        "lines.enter": {"sheet": "costs", "lines": [{"name": "More"}]},
        "assumption.add": {"text": "Prices rise"},
        "assumption.edit": {"text": "Prices fall"},
        "risk.add": {"name": "Late", "probability": "0.3", "impact": "10"},
        "risk.edit": {"name": "Later"},
    },
    otherwise=dict.fromkeys(CASE_VERBS, _EDIT),
    reads=dict.fromkeys(("see.case", "see.case.content", "see.case.changes"), Verb.SEE_FIGURES),
    placed=frozenset({"case", "spare_option", "assumption", "risk"}),
    furnish=furnish,
)
