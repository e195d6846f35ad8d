"""The life of each project as acts in the diary: proposed, judged, chosen, run, reported, closed."""

from collections.abc import Callable
from functools import partial
from typing import Any

from mainstay.config.sample import milestones
from mainstay.config.sample.diary import Diary
from mainstay.config.sample.facts import Facts, Report, money
from mainstay.config.sample.staff import Staff
from mainstay.core.roles import Role
from mainstay.portfolio.models import Milestone, Portfolio, Programme, Project, Stage
from mainstay.portfolio.operations.parts import add_dependency, add_member, add_milestone, edit_milestone
from mainstay.portfolio.operations.projects import advance_project, authorise_project, edit_project, propose_project

DECIDED = {1: -765, 2: -385}
PROPOSED = {1: -880, 2: -520, 3: -230}
LATER = {"proposed": 205, "under_evaluation": 120}
CONTINGENCY = 0.08
MOST_FORECASTS = 2


class Biography:
    """Writes the life of one project into the diary."""

    def __init__(self, facts: Facts, staff: Staff, diary: Diary) -> None:
        self.facts, self.staff, self.diary = facts, staff, diary
        self.owner = staff.owner_of(facts.portfolio, facts.theme)
        self.manager = facts.manager or staff.managers[facts.number % len(staff.managers)]
        self.guide = "priya" if facts.portfolio == "HERON" else "amara"

    def write(self) -> None:
        """From the proposal to where the project stands today."""
        self._before_the_decision()
        if self.facts.cycle == 3 and self.facts.reason:
            day = self.facts.start - 20 if self.facts.has_run else -8 - self.facts.number % 20
            self._enter(day, self._decide, "authorised", self.facts.reason)
        if self.facts.has_run:
            self._run()
            self._end()

    def _enter(self, day: float, act: Callable[..., Any], *arguments: Any) -> None:
        self.diary.enter(day, partial(act, *arguments), hour=self.facts.hour)

    def _project(self) -> Project:
        return Project.objects.get(code=self.facts.code)

    def _before_the_decision(self) -> None:
        proposed = PROPOSED[self.facts.cycle] + self.facts.number % 20 + LATER.get(self.facts.stage, 0)
        self._enter(proposed, self._propose)
        if self.facts.stage == "proposed":
            return
        self._enter(proposed + 18, self._advance, self.guide, "under_evaluation", "")
        self._enter(proposed + 20, self._depend)
        if self.facts.stage != "under_evaluation":
            self._enter(proposed + 70, self._staff)
            self._enter(proposed + 72, self._advance, self.guide, "candidate", "")

    def _propose(self) -> None:
        facts = self.facts
        propose_project(
            Portfolio.objects.get(code=facts.portfolio),
            actor=self.staff[facts.proposer or self.owner],
            code=facts.code,
            name=facts.name,
            description=facts.description,
            programme=Programme.objects.filter(code=facts.programme).first(),
            owner=self.staff[self.owner],
            theme=facts.theme,
            start_date=self.diary.day(facts.start),
            end_date=self.diary.day(facts.end),
            currency=facts.currency,
            cost=money(facts.cost_was or facts.cost),
            benefit=money(facts.benefit),
            risk=facts.risk,
            custom=self._custom(),
        )

    def _custom(self) -> dict[str, Any]:
        facts = self.facts
        contingency = money(facts.cost * CONTINGENCY) if facts.cost else None
        return {
            "region": facts.region,
            "regulatory_driver": facts.driver,
            "carbon_saving": facts.carbon,
            "customers_served": facts.customers,
            "strategic_fit": facts.fit,
            "contingency": contingency,
        }

    def _depend(self) -> None:
        for code in self.facts.requires:
            needed = Project.objects.get(code=code)
            add_dependency(self._project(), actor=self.staff[self.guide], needs=needed, kind="requires")

    def _staff(self) -> None:
        actor, project = self.staff[self.guide], self._project()
        edit_project(project, actor=actor, manager=self.staff[self.manager])
        add_member(project, actor=actor, person=self.staff[self.manager], role=Role.PROJECT_MANAGER)
        add_member(project, actor=actor, person=self.staff[self.owner], role=Role.SPONSOR)

    def _advance(self, username: str, stage: str, reason: str) -> None:
        target = Stage.objects.get(key=stage)
        advance_project(self._project(), actor=self.staff[username], target=target, reason=reason)

    def _decide(self, stage: str, reason: str) -> None:
        target = Stage.objects.get(key=stage)
        authorise_project(self._project(), actor=self.staff["helen"], target=target, reason=reason)

    def _run(self) -> None:
        self._enter(self.facts.start, self._advance, self.manager, "active", "")
        for milestone in milestones.planned(self.facts):
            self._enter(self.facts.start + 2, self._plan, milestone)
            if milestone.done is not None:
                self._enter(milestone.done, self._meet, milestone)
        for report in self.facts.reports or self._usual_reports():
            self._enter(report.day, self._report, report)
        if self.facts.cost_changed:
            self._enter(self.facts.cost_changed, self._estimate_again)

    def _plan(self, milestone: milestones.Planned) -> None:
        due = self.diary.day(milestone.due)
        add_milestone(self._project(), actor=self.staff[self.manager], name=milestone.name, due_date=due)

    def _milestone(self, milestone: milestones.Planned) -> Milestone:
        return Milestone.objects.get(project__code=self.facts.code, name=milestone.name)

    def _meet(self, milestone: milestones.Planned) -> None:
        done = self.diary.day(milestone.done or 0)
        edit_milestone(self._milestone(milestone), actor=self.staff[self.manager], done_date=done)

    def _usual_reports(self) -> list[Report]:
        met = milestones.planned(self.facts)
        return [
            Report(one.done + 6, "green", "green", f"{one.name}; the end of the project stands.")
            for one in met[1:-1:2]
            if one.done is not None
        ]

    def _report(self, report: Report) -> None:
        actor, project = self.staff[self.manager], self._project()
        edit_project(project, actor=actor, health=report.health, confidence=report.confidence, reason=report.text)
        if self.facts.reports and report is self.facts.reports[-1]:
            self._forecast(report.day)

    def _forecast(self, day: int) -> None:
        coming = [one for one in milestones.planned(self.facts) if one.expected > day and one.expected != one.due]
        for milestone in coming[:MOST_FORECASTS]:
            row, expected = self._milestone(milestone), self.diary.day(milestone.expected)
            edit_milestone(row, actor=self.staff[self.manager], forecast_date=expected)

    def _estimate_again(self) -> None:
        actor, cost = self.staff[self.manager], money(self.facts.cost)
        edit_project(self._project(), actor=actor, cost=cost, reason=self.facts.cost_note)

    def _end(self) -> None:
        facts, over = self.facts, self.facts.end + milestones.slip(self.facts)
        if facts.stage in {"closing", "closed"}:
            self._enter(min(over - 20, -9), self._advance, self.manager, "closing", "")
        if facts.stage == "closed":
            self._enter(over + 8, self._advance, self.manager, "closed", "")
        if facts.stage == "on_hold":
            self._enter(facts.reports[-1].day + 9, self._advance, self.manager, "on_hold", facts.pause)
        if facts.stage == "cancelled":
            self._enter(facts.ended or 0, self._decide, "cancelled", facts.reason)
