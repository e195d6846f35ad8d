"""What a report begins with, and the figures it is published with."""

from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from mainstay.core.templatetags.figures import day
from mainstay.identification.models import Risk
from mainstay.identification.models.risk import RiskKind
from mainstay.monitoring.models import Issue, IssueState, Severity
from mainstay.monitoring.money.queries import day_of, money_of
from mainstay.monitoring.reports.periods import Period, after
from mainstay.monitoring.reports.queries import last_published
from mainstay.portfolio.models import Milestone, Project

SHOWN = 20


def beginning(project: Project, every: str, period: Period) -> dict[str, Any]:
    """Milestones reached in the period and due in the next one, and how far the last report said it was."""
    following, last = after(every, period), last_published(project, period.end)
    rows = Milestone.objects.filter(project=project)
    reached = rows.filter(done_date__range=(period.start, period.end)).order_by("done_date", "pk")
    coming = rows.filter(done_date=None).filter(
        Q(forecast_date__lte=following.end) | Q(forecast_date=None, due_date__lte=following.end)
    )
    return {
        "done": "\n".join(f"{one.name}: reached on {_day(one.done_date)}." for one in reached[:SHOWN]),
        "planned": "\n".join(f"{one.name}: by {_day(one.forecast_date or one.due_date)}." for one in coming[:SHOWN]),
        "percent": last.percent if last else None,
    }


def _day(value: Any) -> str:
    return str(day(value))


def figures_of(project: Any, as_of: Any = None, today: date | None = None) -> dict[str, Any]:
    """Money, open risks and open issues of a project; money as text, what it will have cost where it is forecast."""
    sums = money_of([project], as_of=as_of)[project.row_id]
    money = {kind: str(sums.total(kind)) for kind in ("budget", "actual", "committed")}
    is_forecast = sums.total("forecast") > 0
    outlook = str(sums.outlook((today or day_of(as_of)).replace(day=1))) if is_forecast else None
    money |= {"outlook": outlook, "currency": project.currency}
    issues = Issue.objects.as_of(as_of).filter(project_id=project.row_id, state=IssueState.OPEN).order_by()
    counted = issues.aggregate(issues=Count("pk"), serious=Count("pk", filter=Q(severity=Severity.SERIOUS)))
    return money | counted | _risks(project, as_of)


def _risks(project: Any, as_of: Any) -> dict[str, Any]:
    rows = Risk.objects.as_of(as_of).filter(case__project=project.row_id, is_closed=False, kind=RiskKind.THREAT)
    chance, effect = Coalesce("residual_probability", "probability"), Coalesce("residual_impact", "impact")
    found = rows.order_by().aggregate(risks=Count("pk"), exposure=Sum(chance * effect))
    return {"risks": found["risks"], "exposure": f"{found['exposure'] or 0:.2f}"}
