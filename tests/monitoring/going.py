"""Taking projects of the small world to where they run."""

from datetime import date
from typing import Any

from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import Project, Stage
from mainstay.portfolio.operations.projects import advance_project, authorise_project, edit_project

STARTED, ENDS = date(2026, 1, 1), date(2027, 12, 31)


def let_run(project: Project, manager: Any, **fields: Any) -> Project:
    """A project that was authorised and runs since the first of January."""
    known = {"owner": manager, "manager": manager, "start_date": STARTED, "end_date": ENDS} | fields
    edit_project(project, actor=MAINSTAY, **known)
    for key in ("under_evaluation", "candidate"):
        advance_project(project, actor=MAINSTAY, target=Stage.objects.get(key=key))
    authorise_project(project, actor=MAINSTAY, target=Stage.objects.get(key="authorised"), reason="Chosen")
    advance_project(project, actor=MAINSTAY, target=Stage.objects.get(key="active"))
    return Project.objects.get(pk=project.pk)
