"""Status reports and their rhythm in the permission table."""

from datetime import date
from decimal import Decimal
from typing import Any

from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.monitoring.reports.operations import draft_report, edit_report, publish_report, set_rhythm
from mainstay.portfolio.models import Portfolio
from mainstay.portfolio.operations.projects import propose_project
from tests.monitoring.going import let_run
from tests.permissions.rows import SIGNED_IN, Room, Row

FIGURE, HIDDEN = Decimal("2345678.91"), Decimal("78123456.79")
_PROJECT, _REPORT = {"code": "reporting"}, {"report_id": "report"}
_FORM = {"overall": "amber", "done": "The pumps came", "version": "2"}


def furnish(world: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Running work with one report published and one a draft, in Networks and where it is secret."""
    set_rhythm(world.top, actor=MAINSTAY, every="month")
    inside = _reporting(world.networks, "TRUNKS", "New trunk mains", world.director, FIGURE)
    return inside, _reporting(world.secret, "ZQ7TRUNKS", "Trunks zq7secret", world.director, HIDDEN)


def _reporting(portfolio: Portfolio, code: str, name: str, manager: Any, figure: Decimal) -> dict[str, Any]:
    made = propose_project(portfolio, actor=MAINSTAY, code=code, name=name, cost=figure, benefit=figure)
    project = let_run(made, manager=manager)
    old = draft_report(project, actor=MAINSTAY, within=date(2026, 1, 15))
    edit_report(old, actor=MAINSTAY, overall="green", explanation=f"Why of {name}", done=f"Done for {name}")
    publish_report(old, actor=MAINSTAY)
    report = draft_report(project, actor=MAINSTAY, within=date(2026, 2, 15))
    edit_report(report, actor=MAINSTAY, overall="amber", explanation=f"Why of {name}")
    return {"reporting": code, "report": report.pk}


ROOM = Room(
    pages={
        "reports": Row(SIGNED_IN),
        "report_reminders": Row(None, Verb.REPORTS_REMIND, place="somewhere"),
        "rhythm": Row(
            Verb.RHYTHM_SET,
            Verb.RHYTHM_SET,
            arguments={"code": "portfolio"},
            sent={"every": "month", "due_after": "5", "remind_before": "2"},
        ),
        "project_reports": Row(arguments=_PROJECT),
        "report_new": Row(None, Verb.REPORT_DRAFT, arguments=_PROJECT),
        "report": Row(Verb.SEE_REGISTER, Verb.REPORT_EDIT, arguments=_REPORT, sent=_FORM),
    },
    arguments={"statusreport_id": "report"},
    sent={
        "rhythm.set": {"every": "month"},
        "report.draft": {},
        "report.edit": {"overall": "amber"},
        "report.publish": {},
        "reports.remind": {},
    },
    reads={"see.statusreport": Verb.SEE_REGISTER, "see.statusreport.health": Verb.SEE_FIGURES},
    placed=frozenset({"reporting", "report"}),
    furnish=furnish,
)
