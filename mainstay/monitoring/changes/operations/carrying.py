"""What an approved change does: dates, money, milestones and demand, a decision on record and a new baseline."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from mainstay.authorisation.deciding.operations.baselines import frozen
from mainstay.authorisation.deciding.operations.recording import record
from mainstay.authorisation.models import Baseline, Decision, DecisionKind, DecisionLine, Outcome
from mainstay.charts import words
from mainstay.core import history
from mainstay.core.models import Person
from mainstay.core.surrounding import surrounding
from mainstay.core.system import MAINSTAY, Actor
from mainstay.monitoring.changes.effect import Effect, to_move
from mainstay.monitoring.changes.operations.hours import change_demand
from mainstay.monitoring.models import ChangeRequest
from mainstay.portfolio.models import Project


def carry_out(row: ChangeRequest, actor: Actor) -> Baseline:
    """Change the project within the operation that calls; gives the new baseline, beside that of before."""
    project, today = row.project, timezone.localdate(surrounding().now())
    if not Baseline.objects.filter(project=project).exists():
        frozen([project], actor, f"As it was before change {row.number}", None)
    figures = dict(Effect(row, MAINSTAY).kept())
    _move(project, row, today)
    change_demand(project, row.demand_effect, today.replace(day=1), project.end_date or today)
    decision = _decision(row, actor)
    made = frozen([project], actor, f"Change {row.number}: {row.title}", decision)[0]
    record(decision, {"change": row.number, "project": project.code, "figures": figures, "baseline": made.number})
    return made


def _move(project: Project, row: ChangeRequest, today: date) -> None:
    shift = timedelta(days=row.days)
    if row.days and row.moves_milestones:
        rows = list(to_move(project, today))
        for one in rows:
            one.due_date += shift
            one.forecast_date = one.forecast_date and one.forecast_date + shift
        history.save_many(rows)
    if row.days and project.end_date:
        project.end_date += shift
    if row.cost_effect and project.cost is not None:
        project.cost += row.cost_effect
    if row.benefit_effect and project.benefit is not None:
        project.benefit += row.benefit_effect
    history.save(project)


def _decision(row: ChangeRequest, actor: Actor) -> Decision:
    project, now = row.project, surrounding().now()
    figures = {"cost": project.cost or Decimal(0), "value": float(project.benefit or 0)}
    decision = history.create(
        Decision(
            kind=DecisionKind.OTHER,
            portfolio=project.portfolio,
            title=f"Change {row.number}: {project.name}"[:160],
            statement=statement(row),
            note=row.decision_note,
            currency=project.currency,
            known_at=now,
            decided_by=actor if isinstance(actor, Person) else None,
            decided_at=now,
            **figures,
        )
    )
    line = DecisionLine(decision=decision, project=project, outcome=Outcome.KEPT, reason=row.decision_note, **figures)
    history.create(line)
    return decision


def statement(row: ChangeRequest) -> str:
    """What was approved, in a sentence: `Replace the pumps (PUMPS): later by 42 days, GBP 50,000 more cost.`"""
    parts = [f"{'later' if row.days > 0 else 'earlier'} by {words.counted(abs(row.days), 'day')}"] if row.days else []
    for amount, noun in ((row.cost_effect, "cost"), (row.benefit_effect, "benefit")):
        if amount:
            more = "more" if amount > 0 else "less"
            parts.append(f"{words.money(float(abs(amount)), row.project.currency)} {more} {noun}")
    if row.demand_effect:
        hours = sum(Decimal(text) for text in row.demand_effect.values())
        parts.append(f"{words.signed(float(hours))} hours")
    told = words.listed(parts) if parts else "another scope"
    return f"{row.project.name} ({row.project.code}): {told}. {row.title}."
