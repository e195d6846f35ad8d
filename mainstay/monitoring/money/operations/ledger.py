"""Taking in a ledger file, and saying once which project lines belong to."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Q

from mainstay.core import access, history
from mainstay.core.errors import Impossible
from mainstay.core.exchange.table import Table
from mainstay.core.models import Channel, Person
from mainstay.core.operation import operation
from mainstay.core.surrounding import acting, surrounding
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.monitoring.models import LedgerFile, LedgerLine, LedgerRule, RuleField
from mainstay.monitoring.money.ledger_plan import LedgerPlan, plan_ledger
from mainstay.monitoring.money.matching import COLUMN_OF, refuse_elsewhere
from mainstay.monitoring.money.periods import Closed, hold_months
from mainstay.monitoring.money.rates import RateBook
from mainstay.portfolio.models import Portfolio, Project

MEANWHILE = "Somebody imported the same lines meanwhile; nothing was imported. Try it again."


def bring_in(portfolio: Portfolio, *, actor: Actor, table: Table, source: str, name: str, sha256: str) -> LedgerPlan:
    """Import a ledger file as the channel of imports; what stood in the way is in the answer."""
    try:
        with acting(Channel.IMPORT):
            return import_ledger(portfolio, actor=actor, table=table, source=source, name=name, sha256=sha256)
    except IntegrityError:
        raise Impossible(MEANWHILE) from None


@operation(Verb.LEDGER_IMPORT)
def import_ledger(
    portfolio: Portfolio, *, actor: Actor, table: Table, source: str, name: str, sha256: str, reason: str = ""
) -> LedgerPlan:
    """Book the new lines of a file, all of them or none; a file that brings nothing new leaves no trace."""
    if not source.strip():
        raise ValidationError({"source": "Say which ledger the file comes from."})
    hold_months()
    plan = plan_ledger(portfolio, table, source.strip(), actor)
    if not plan.is_clean:
        return plan
    plan.committed = True
    if plan.new:
        _book(portfolio, plan, actor, source=source.strip(), name=name[:200], sha256=sha256)
    return plan


def _book(portfolio: Portfolio, plan: LedgerPlan, actor: Actor, **told: str) -> None:
    file = history.create(
        LedgerFile(
            portfolio=portfolio,
            lines=len(plan.new),
            totals=plan.totals,
            imported_at=surrounding().now(),
            imported_by=actor if isinstance(actor, Person) else None,
            **told,
        )
    )
    for line in plan.new:
        line.file = file
    history.create_many(plan.new)
    history.about(file)


@operation(Verb.LEDGER_MATCH)
def match_ledger(
    portfolio: Portfolio, *, actor: Actor, source: str, field: str, text: str, project: Project, reason: str = ""
) -> int:
    """Say which project lines with these words belong to; gives how many lines moved there.

    The rule is remembered for later files. Where it named another project before, the lines it had sent there move.
    """
    access.require(actor, Verb.LEDGER_MATCH, project)
    refuse_elsewhere(portfolio, project)
    if field not in RuleField.values or not text.strip():
        raise ValidationError({"text": "Say which project code, cost centre or account is meant."})
    hold_months()
    known = _rule(portfolio, source, field, text)
    rows = _lines(portfolio, source, field, text, known)
    _move(rows, project)
    if known is None:
        history.create(LedgerRule(portfolio=portfolio, source=source, field=field, text=text, project=project))
    else:
        known.project = project
        history.save(known)
    return len(rows)


def _rule(portfolio: Portfolio, source: str, field: str, text: str) -> LedgerRule | None:
    rows = LedgerRule.objects.select_for_update().filter(portfolio=portfolio, source=source, field=field)
    return next((row for row in rows if row.text.casefold() == text.casefold()), None)


def _lines(portfolio: Portfolio, source: str, field: str, text: str, known: Any) -> list[LedgerLine]:
    """The lines with these words that have no project, or the one the rule named before."""
    words = {f"{COLUMN_OF[RuleField(field)]}__iexact": text}
    mine = Q(project=None) | Q(project=known.project_id) if known else Q(project=None)
    rows = LedgerLine.objects.select_for_update(of=("self",)).filter(
        mine, portfolio=portfolio, source=source, **words
    )
    return list(rows.select_related("project", "portfolio").order_by("pk"))


def _move(rows: list[LedgerLine], project: Project) -> None:
    closed, rates = Closed(), RateBook({project.currency, *(row.currency for row in rows)})
    closed.refuse(project, {row.month for row in rows})
    for place in {row.scope.pk: row.scope for row in rows}.values():
        closed.refuse(place, {row.month for row in rows if row.scope.pk == place.pk})
    for row in rows:
        exchanged = rates.exchange(row.amount, row.currency, project.currency, row.date)
        if exchanged is None:
            told = f"Nobody said what {row.currency} was worth in {project.currency} on {row.date:%-d %B %Y}"
            raise Impossible(f"{told}; nothing was matched. Set the rate under Currencies first.")
        row.project, row.own_amount, row.rate = project, exchanged.amount, exchanged.rate
    history.save_many(rows)
