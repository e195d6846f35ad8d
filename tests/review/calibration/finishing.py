"""Finished projects with what they promised and what the ledger says they cost."""

import io
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from mainstay.authorisation.models import Baseline
from mainstay.core.exchange import read_table
from mainstay.core.system import MAINSTAY
from mainstay.monitoring.money.operations.ledger import bring_in
from mainstay.portfolio.models import Project, Stage
from mainstay.portfolio.operations.projects import propose_project
from mainstay.value.models import Currency
from mainstay.value.operations import add_currency

HEADER = "Key,Date,Amount,Currency,Project,Cost centre,Account,Treatment,Cost type,Text,Ordered or spent"
STARTED, ESTIMATE, DAYS = date(2024, 1, 1), 100_000, 100
NINE = (1.05, 1.10, 1.10, 1.20, 1.30, 1.15, 1.25, 1.12, 1.08)


def finish(world: Any, ratios: Sequence[float], theme: str = "Resilience", prefix: str = "DONE") -> list[Project]:
    """Projects of Networks estimated at 100,000 and 100 days each, which cost and took so many times that."""
    if not Currency.objects.filter(code="GBP").exists():
        add_currency(None, actor=MAINSTAY, code="GBP", name="Pound")
    made = [_finished(world, f"{prefix}-{number}", theme, ratio) for number, ratio in enumerate(ratios, 1)]
    lines = [
        f"{project.code},2024-03-05,{ESTIMATE * ratio:.2f},GBP,{project.code},CC-1,600,CAPEX,equipment,All,spent"
        for project, ratio in zip(made, ratios, strict=True)
    ]
    table = read_table(io.BytesIO("\n".join([HEADER, *lines]).encode()), "ledger.csv")
    bring_in(world.networks, actor=world.controller, table=table, source="Ledger", name=prefix, sha256="0" * 64)
    return made


def _finished(world: Any, code: str, theme: str, ratio: float) -> Project:
    project = propose_project(
        world.networks, actor=MAINSTAY, code=code, name=f"Finished {code}", cost=Decimal(ESTIMATE), theme=theme,
        start_date=STARTED, end_date=STARTED + timedelta(days=DAYS - 1),
    )  # fmt: skip
    Baseline.objects.create(
        project=project, number=1, reason="Chosen", frozen_at=timezone.now(), start_date=STARTED,
        end_date=project.end_date, figures={"currency": "GBP", "cost": f"{ESTIMATE}.00", "benefit": None},
    )  # fmt: skip
    ended = STARTED + timedelta(days=round(DAYS * ratio) - 1)
    Project.objects.filter(pk=project.pk).update(stage=Stage.objects.get(key="closed"), stage_since=ended)
    return Project.objects.get(pk=project.pk)
