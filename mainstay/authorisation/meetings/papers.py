"""The paper of an agenda item: what the board reads, as data that stays as it was when the pre-read was frozen."""

from typing import Any

from mainstay.authorisation.deciding.content import canonical, sha256
from mainstay.authorisation.meetings.paper_parts import (
    answer_parts,
    case_parts,
    gate_parts,
    part,
    score_parts,
    strategy_parts,
)
from mainstay.authorisation.models import AgendaItem, Scenario
from mainstay.authorisation.sentences import money
from mainstay.charts import words
from mainstay.portfolio.models import Project

MOST_LINES = 300


def paper_of(item: AgendaItem) -> dict[str, Any]:
    """Everything the board should know of an item, as it is now."""
    if item.scenario is not None:
        parts = _scenario(item.scenario)
    elif item.project is not None:
        parts = project_paper(item.project, item.gate_review)
    else:
        parts = []
    return {"title": item.title, "parts": [one for one in parts if one is not None]}


def fingerprint(paper: dict[str, Any]) -> str:
    """The fingerprint of a paper."""
    return sha256(canonical(paper))


def project_paper(project: Project, review: Any = None) -> list[dict[str, Any] | None]:
    """The paper of a project, part by part; parts about which nothing is known are left out."""
    return [
        _facts(project),
        *gate_parts(review),
        *case_parts(project),
        *score_parts(project),
        *answer_parts(project),
        *strategy_parts(project),
    ]


def _facts(project: Project) -> dict[str, Any] | None:
    known = {
        "Code": project.code,
        "Stage": str(project.stage),
        "Theme": project.theme,
        "Owner": str(project.owner or ""),
        "Project manager": str(project.manager or ""),
        "From": _day(project.start_date),
        "Until": _day(project.end_date),
        "Whole-life cost": "" if project.cost is None else money(project.cost, project.currency),
        "Benefit": "" if project.benefit is None else money(project.benefit, project.currency),
        "Risk": "" if project.risk is None else f"{project.risk} of 100",
    }
    return part("project", "The project", text=project.description, facts=known)


def _day(day: Any) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""


def _scenario(scenario: Scenario) -> list[dict[str, Any] | None]:
    """The paper of a scenario: what is in and out; what is confidential is counted, not named."""
    lines = list(scenario.lines.select_related("project").order_by("-is_in", "project__code"))
    open_ones = [line for line in lines if line.project.seal in {"", scenario.portfolio.seal}]
    ins = [line for line in lines if line.is_in]
    cost = sum((line.project.cost or 0) for line in ins if line.project.currency == scenario.currency)
    facts = {
        "In the plan": words.counted(len(ins), "project"),
        "Not in the plan": words.counted(len(lines) - len(ins), "project"),
        f"Cost of what is in, in {scenario.currency}": money(cost, scenario.currency),
        "Confidential, not listed here": words.counted(len(lines) - len(open_ones), "project")
        if len(lines) > len(open_ones)
        else "",
    }
    rows = [_line(line) for line in open_ones[:MOST_LINES]]
    head = ["Project", "Name", "In the plan", "From", "Until", "Settled by hand because"]
    solution = scenario.solution
    answer = part("answer", "The answer of the solver", text=solution.finding) if solution else None
    return [
        part("scenario", "The scenario", text=scenario.description, facts=facts),
        answer,
        part("lines", "Project by project", head=head, rows=rows),
    ]


def _line(line: Any) -> list[str]:
    dates = [_day(line.start_date or line.project.start_date), _day(line.end_date or line.project.end_date)]
    settled = (line.reason or "by hand") if line.forced else ""
    return [line.project.code, line.project.name, "in" if line.is_in else "out", *dates, settled]
