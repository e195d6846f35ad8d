"""Issues, actions and the register of risks in the permission table."""

from typing import Any

from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.monitoring.raid.operations import add_action, add_issue
from mainstay.portfolio.models import Project
from tests.permissions.rows import SIGNED_IN, Room, Row

_PROJECT, _ISSUE, _ACTION = {"code": "project"}, {"issue_id": "issue"}, {"action_id": "action"}
_NEW_ISSUE = {"title": "Supplier late", "severity": "warning"}


def furnish(world: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """An issue with an action about it, in Networks and where it is secret."""
    return _raised(world.pumps, "Supplier late"), _raised(world.heron, "Supplier zq7secret")


def _raised(project: Project, title: str) -> dict[str, Any]:
    issue = add_issue(project, actor=MAINSTAY, title=title, severity="serious", due_date="2026-01-31")
    action = add_action(project, actor=MAINSTAY, text=f"Ask about {title}", issue=issue)
    return {"issue": issue.pk, "action": action.pk}


ROOM = Room(
    pages={
        "raid": Row(SIGNED_IN),
        "project_raid": Row(arguments=_PROJECT),
        "issue_new": Row(Verb.ISSUE_ADD, Verb.ISSUE_ADD, arguments=_PROJECT, sent=_NEW_ISSUE),
        "issue": Row(
            Verb.SEE_REGISTER, Verb.ISSUE_EDIT, arguments=_ISSUE, sent=_NEW_ISSUE | {"state": "open", "version": "1"}
        ),
        "issue_removal": Row(None, Verb.ISSUE_REMOVE, arguments=_ISSUE),
        "action_new": Row(Verb.ACTION_ADD, Verb.ACTION_ADD, arguments=_PROJECT, sent={"text": "Ask"}),
        "action": Row(Verb.SEE_REGISTER, Verb.ACTION_EDIT, arguments=_ACTION, sent={"text": "Ask", "version": "1"}),
        "action_removal": Row(None, Verb.ACTION_REMOVE, arguments=_ACTION),
    },
    arguments={"issue_id": "issue", "action_id": "action"},
    sent={
        "issue.add": _NEW_ISSUE,
        "issue.edit": {"title": "Supplier very late"},
        "action.add": {"text": "Ask"},
        "action.edit": {"text": "Ask again"},
    },
    reads={"see.issue": Verb.SEE_REGISTER, "see.action": Verb.SEE_REGISTER},
    placed=frozenset({"issue", "action"}),
    furnish=furnish,
)
