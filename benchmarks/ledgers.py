"""Money, risks and goals for an estate of any size, written straight into the tables: nothing else is that quick."""

import random
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection, models

MONTHS = 36
RISKS = 10
ENTERED = (
    ("budget", "capex"),
    ("budget", "opex"),
    ("forecast", "capex"),
    ("forecast", "opex"),
    ("committed", "capex"),
)
POSTED = 20
GOALS, SERVING = 12, 2_000


def insert(model: type[models.Model], source: str, given: dict[str, str]) -> int:
    """INSERT ... SELECT: every column not given in SQL gets the default of its field."""
    columns = {field.column: _default(field) for field in model._meta.concrete_fields if not field.primary_key}
    columns |= given
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(connection.ops.quote_name(name) for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {', '.join(columns.values())} FROM {source}")  # noqa: S608
        return int(cursor.rowcount)


def _default(field: Any) -> str:
    if field.null:
        return "NULL"
    value = field.get_default()
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE") if connection.vendor == "postgresql" else str(int(value))
    if isinstance(value, dict | list):
        return "'{}'" if isinstance(value, dict) else "'[]'"
    return f"'{value}'" if isinstance(value, str) else str(value)


def months() -> list[date]:
    """The months with money: two years back and one ahead."""
    first = date.today().year - 2  # noqa: DTZ011  (a benchmark of today)
    return [date(first + number // 12, number % 12 + 1, 1) for number in range(MONTHS)]


def _month_table(some: list[date]) -> str:
    day = "::date" if connection.vendor == "postgresql" else ""
    rows = " UNION ALL ".join(
        f"SELECT '{one.isoformat()}'{day} AS month, {number} AS number" for number, one in enumerate(some)
    )
    return f"({rows}) AS m"


def enter_money(manager: Any, portfolio: Any) -> int:
    """Two million amounts for ten thousand projects: by month what is planned and expected, and what was posted."""
    from mainstay.monitoring.models import LedgerFile, LedgerLine, MoneyLine
    from mainstay.monitoring.money.operations.keeping import keep_all

    rows = 0
    for number, (kind, treatment) in enumerate(ENTERED):
        given = {
            "project_id": "p.id",
            "kind": f"'{kind}'",
            "treatment": f"'{treatment}'",
            "month": "m.month",
            "amount": f"(p.id * 7919 + m.number * 104729 + {number} * 31) % 5000000 / 100.0",
        }
        rows += insert(MoneyLine, f"portfolio_project AS p CROSS JOIN {_month_table(months())}", given)
    file = LedgerFile.objects.create(
        portfolio=portfolio,
        source="Ledger",
        name="all.csv",
        sha256="0" * 64,
        lines=0,
        imported_at="2026-01-01T00:00Z",
        imported_by=manager,
    )
    amount = "(p.id * 6151 + m.number * 7717) % 4000000 / 100.0"
    given = {
        "file_id": str(file.pk),
        "portfolio_id": str(portfolio.pk),
        "source": "'Ledger'",
        "external_key": "CAST(p.id AS VARCHAR(20)) || '-' || CAST(m.number AS VARCHAR(20))",
        "date": "m.month",
        "month": "m.month",
        "amount": amount,
        "own_amount": amount,
        "rate": "1",
        "currency": "'GBP'",
        "project_id": "p.id",
    }
    rows += insert(LedgerLine, f"portfolio_project AS p CROSS JOIN {_month_table(months()[:POSTED])}", given)
    keep_all()
    return rows


def note_risks() -> int:
    """A business case for each project, and ten risks in each."""
    from mainstay.identification.models import BusinessCase, Risk
    from mainstay.portfolio.models import Project

    cases = [
        BusinessCase(project_id=pk, first_period=date(2026, 1, 1))
        for pk in Project.objects.values_list("pk", flat=True)
    ]
    BusinessCase.objects.bulk_create(cases, batch_size=500)
    draw = random.Random(1)  # noqa: S311  (the same risks every time)
    risks = [
        Risk(
            case=case,
            name=f"Risk {number} of {case.pk}",
            kind="opportunity" if number == RISKS - 1 else "threat",
            probability=Decimal(draw.randrange(5, 95)) / 100,
            impact=Decimal(draw.randrange(10_000, 3_000_000)),
            response="reduce" if number % 2 else "",
        )
        for case in cases
        for number in range(RISKS)
    ]
    Risk.objects.bulk_create(risks, batch_size=500)
    return len(risks)


def set_goals(portfolio: Any) -> None:
    """Goals, and projects that contribute to them."""
    from mainstay.core.system import MAINSTAY
    from mainstay.portfolio.models import Project
    from mainstay.strategy.models import Contribution
    from mainstay.strategy.operations.goals import create_goal

    goals = [create_goal(portfolio, actor=MAINSTAY, name=f"Goal {number}") for number in range(GOALS)]
    ids = list(Project.objects.order_by("pk").values_list("pk", flat=True)[:SERVING])
    share = Decimal(100 * GOALS) / max(len(ids), 1)
    shares = [Contribution(goal=goals[number % GOALS], project_id=pk, share=share) for number, pk in enumerate(ids)]
    Contribution.objects.bulk_create(shares, batch_size=500)


def tell_history(manager: Any, share: int = 50) -> None:
    """A year of changes: every month the health, and now and then the cost, of one project in `share`."""
    from datetime import timedelta

    from django.utils import timezone

    from mainstay.core.surrounding import acting
    from mainstay.core.system import MAINSTAY
    from mainstay.portfolio.models import Project
    from mainstay.portfolio.operations.projects import edit_projects

    for month in range(11, -1, -1):
        rows = Project.objects.order_by("pk")
        chosen = list(rows.extra(where=["id %% %s = %s"], params=[share, month]))
        with acting(at=timezone.now() - timedelta(days=30 * month + 5)):
            edit_projects(chosen, actor=MAINSTAY, health=("green", "amber", "red")[month % 3])
