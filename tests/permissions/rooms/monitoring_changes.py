"""Changes of authorised work in the permission table."""

from decimal import Decimal
from typing import Any

from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.monitoring.changes.operations import draft_change, submit_change
from mainstay.monitoring.models import ChangeRequest
from mainstay.portfolio.models import Portfolio, Project
from mainstay.portfolio.operations.projects import propose_project
from tests.monitoring.going import let_run
from tests.permissions.rows import SIGNED_IN, Room, Row

FIGURE, HIDDEN = Decimal("1234567.89"), Decimal("77123456.78")
_PROJECT, _DRAFT, _ASKED = {"code": "changing"}, {"change_id": "change_draft"}, {"change_id": "change"}
_FORM = {
    "title": "Longer trial run", "reason": "The pumps run hot", "days": "42", "cost_effect": "0",
    "benefit_effect": "0", "hours-TOTAL_FORMS": "0", "hours-INITIAL_FORMS": "0",
}  # fmt: skip
_SENT = {"title": "Longer trial run", "reason": "The pumps run hot", "days": 42}


def furnish(world: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Running work with a draft and a change that waits, in Networks and where it is secret."""
    inside = _changing(world.networks, "SEWERS", "New sewers", world.director, FIGURE)
    return inside, _changing(world.secret, "ZQ7SEWERS", "Sewers zq7secret", world.director, HIDDEN)


def _changing(portfolio: Portfolio, code: str, name: str, manager: Any, figure: Decimal) -> dict[str, Any]:
    made = propose_project(portfolio, actor=MAINSTAY, code=code, name=name, cost=figure, benefit=figure)
    project: Project = let_run(made, manager=manager)
    draft, asked = (_asked(project, f"{word} {name}", figure) for word in ("Draft of", "Change of"))
    submit_change(asked, actor=MAINSTAY)
    return {"changing": code, "change_draft": draft.pk, "change": asked.pk}


def _asked(project: Project, title: str, figure: Decimal) -> ChangeRequest:
    terms = {"reason": f"For {project}", "days": 10, "cost_effect": figure, "scope_effect": f"More of {project}"}
    return draft_change(project, actor=MAINSTAY, title=title, **terms)


ROOM = Room(
    pages={
        "changes": Row(SIGNED_IN),
        "project_changes": Row(arguments=_PROJECT),
        "change_new": Row(Verb.CHANGEREQUEST_DRAFT, Verb.CHANGEREQUEST_DRAFT, arguments=_PROJECT, sent=_FORM),
        "change": Row(arguments=_ASKED),
        "change_edit": Row(
            Verb.CHANGEREQUEST_EDIT, Verb.CHANGEREQUEST_EDIT, arguments=_DRAFT, sent=_FORM | {"version": "1"}
        ),
        "change_submission": Row(None, Verb.CHANGEREQUEST_SUBMIT, arguments=_DRAFT, sent={"version": "1"}),
        "change_withdrawal": Row(None, Verb.CHANGEREQUEST_WITHDRAW, arguments=_ASKED),
        "change_decision": Row(
            None,
            Verb.CHANGEREQUEST_DECIDE,
            arguments=_ASKED,
            sent={"verdict": "approve", "note": "Agreed", "version": "2"},
        ),
    },
    arguments={"changerequest_id": "change"},
    sent={
        "changerequest.draft": _SENT,
        "changerequest.edit": {"days": 30},
        "changerequest.submit": {},
        "changerequest.withdraw": {"reason": "Solved"},
        "changerequest.decide": {"approve": True, "note": "Agreed"},
    },
    reads={"see.changerequest": Verb.SEE_REGISTER, "see.changerequest.effect": Verb.SEE_FIGURES},
    placed=frozenset({"changing", "change_draft", "change"}),
    furnish=furnish,
)
