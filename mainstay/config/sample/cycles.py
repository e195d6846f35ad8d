"""The decisions of the past cycles."""

from functools import partial

from mainstay.config.sample.biography import DECIDED
from mainstay.config.sample.diary import Diary
from mainstay.config.sample.facts import Facts
from mainstay.config.sample.people import Staff
from mainstay.portfolio.models import Project, Stage
from mainstay.portfolio.operations.projects import authorise_project


def decide(projects: list[Facts], staff: Staff, diary: Diary) -> None:
    """Let the board decide on the candidates of the two past cycles."""
    for cycle, day in DECIDED.items():
        for facts in (one for one in projects if one.cycle == cycle):
            diary.enter(day, partial(_decide, facts, staff), hour=14)


def _decide(facts: Facts, staff: Staff) -> None:
    target = Stage.objects.get(key="rejected" if facts.stage == "rejected" else "authorised")
    reason = facts.reason if facts.stage == "rejected" else "Chosen"
    project = Project.objects.get(code=facts.code)
    authorise_project(project, actor=staff["helen"], target=target, reason=reason)
