"""Gathering the candidates of a selection from the register; who cannot take part is named with the reason.

A selection covers everything below its portfolio except confidential parts, which choose for themselves: so
whoever may see the selection may see every candidate in it.
"""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from mainstay.authorisation.aims import Aim, aim_of
from mainstay.authorisation.models import Committed, Selection
from mainstay.core.surrounding import surrounding
from mainstay.core.system import Actor
from mainstay.evaluation.corrections.taking import Taken, take_corrections
from mainstay.evaluation.sources import CUSTOM, Source, known_sources, read_all
from mainstay.portfolio.models import Phase, Portfolio, Project

BY_COMMITMENT = "committed"
COUNT = Source("count", "Number of projects", "projects")


@dataclass(frozen=True)
class Candidate:
    """A project that takes part: what it brings, costs and uses, and where it stands today."""

    id: int
    code: str
    name: str
    theme: str
    value: Decimal
    cost: Decimal
    uses: dict[str, Decimal]
    is_committed: bool
    is_present: bool


@dataclass(frozen=True)
class LeftOut:
    """A project that cannot take part, and why; for want of a figure or because it fails a gate."""

    id: int
    code: str
    name: str
    why: str
    is_barred: bool = False


@dataclass(frozen=True)
class Pool:
    """Everything a selection chooses from."""

    aim: Aim
    limits: dict[str, Source]
    gathered_at: datetime
    candidates: list[Candidate] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    failed_gates: dict[int, str] = field(default_factory=dict)
    corrected: dict[int, list[Taken]] = field(default_factory=dict)

    @property
    def cost(self) -> Decimal:
        """What all candidates cost together."""
        return sum((candidate.cost for candidate in self.candidates), Decimal())


def projects_of(portfolio: Portfolio, actor: Actor) -> Any:
    """The projects a selection of this portfolio may speak of, as far as the person may read them."""
    rows = Project.objects.readable_by(actor).within(portfolio).filter(seal=portfolio.seal)
    return rows.select_related("stage").defer("description", "given_text").order_by("code")


def gather(selection: Selection, actor: Actor) -> Pool:
    """The candidates of a selection as the register has them now, corrected where their cases say so."""
    rows = list(projects_of(selection.portfolio, actor))
    aim, corrected = aim_of(selection), take_corrections(rows)
    pool = Pool(aim, _limits(selection), surrounding().now(), failed_gates=aim.failed_gates(), corrected=corrected)
    values = aim.values(rows, selection.currency)
    amounts = {key: _amounts(source, rows, selection.currency) for key, source in pool.limits.items()}
    for row, project in enumerate(rows):
        if _takes_part(selection, project):
            uses = {key: column[row] for key, column in amounts.items()}
            _place(selection, project, values.get(project.pk), uses, pool)
    return pool


def corrected_candidates(selection: Selection, actor: Actor) -> list[tuple[Project, list[Taken]]]:
    """The projects in the stages of a selection that count with corrected figures, and what was estimated."""
    rows = list(projects_of(selection.portfolio, actor).filter(stage__key__in=selection.stages))
    taken = take_corrections(rows)
    return [(project, taken[project.pk]) for project in rows if project.pk in taken]


def _limits(selection: Selection) -> dict[str, Source]:
    sources = known_sources() | {COUNT.key: COUNT}
    return {limit["source"]: sources[limit["source"]] for limit in selection.limits if limit["source"] in sources}


def _takes_part(selection: Selection, project: Project) -> bool:
    if project.stage.phase == Phase.COMMITTED:
        return selection.committed != Committed.LEFT_OUT
    return project.stage.key in selection.stages


def _place(
    selection: Selection, project: Project, value: Decimal | None, uses: dict[str, Decimal | None], pool: Pool
) -> None:
    """Put a project among the candidates or among those left out."""
    if not _stays(selection, project) and (gate := pool.failed_gates.get(project.pk)):
        pool.left_out.append(LeftOut(project.pk, project.code, project.name, gate, is_barred=True))
        return
    if why := _obstacle(selection, project, value, uses, pool):
        pool.left_out.append(LeftOut(project.pk, project.code, project.name, why))
        return
    pool.candidates.append(
        Candidate(
            project.pk,
            project.code,
            project.name,
            project.theme,
            value or Decimal(),
            project.cost_seen,
            {key: use for key, use in uses.items() if use is not None},
            project.stage.phase == Phase.COMMITTED,
            is_present(selection, project),
        )
    )


def _stays(selection: Selection, project: Project) -> bool:
    """Whether it is committed and kept: it uses the budget whatever it scores, so no gate takes it out."""
    return project.stage.phase == Phase.COMMITTED and selection.committed == Committed.KEPT


def _amounts(source: Source, projects: list[Project], currency: str) -> list[Decimal | None]:
    """What each project uses of a limited number."""
    return [Decimal(1) for _ in projects] if source is COUNT else read_all(source, projects, currency)


def _obstacle(
    selection: Selection, project: Project, value: Decimal | None, uses: dict[str, Decimal | None], pool: Pool
) -> str:
    if project.cost_seen is None:
        return "It gives no cost."
    if project.currency != selection.currency:
        return f"Its figures are in {project.currency}, the selection is in {selection.currency}."
    if value is None:
        return f"It gives no {pool.aim.noun}."
    for key, use in uses.items():
        if use is None:
            return f"It gives no {pool.limits[key].label.lower()}, which is limited."
        if use < 0:
            return f"Its {pool.limits[key].label.lower()} is below zero, which a limit cannot count."
    return ""


def is_present(selection: Selection, project: Project) -> bool:
    """Whether the project belongs to the present selection that the plan is compared with."""
    if selection.present == BY_COMMITMENT:
        return project.stage.phase == Phase.COMMITTED
    if selection.present.startswith(CUSTOM):
        return project.custom.get(selection.present.removeprefix(CUSTOM)) is True
    return False
