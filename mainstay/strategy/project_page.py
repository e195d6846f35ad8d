"""What a project does for the strategy: its tab on the project's page."""

from functools import cached_property
from typing import Any

from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project
from mainstay.portfolio.sections import tabs_of
from mainstay.strategy.asked import Asked
from mainstay.strategy.forms.drivers import PlacementsForm, RatingsForm
from mainstay.strategy.forms.goals import ContributionForm
from mainstay.strategy.models import Classification, Contribution, Goal, Placement
from mainstay.strategy.models.standing import reaches
from mainstay.strategy.queries.drivers import Rated, drivers_in_use, ratings_of
from mainstay.strategy.queries.mix import classifications_for


class ProjectPage:
    """One project's contributions, impacts and buckets for one person, today or as it was known."""

    def __init__(self, asked: Asked, code: str, **forms: Any) -> None:
        self.asked, self._forms = asked, forms
        self.project = asked.reading.projects().filter(code=code).first()
        if self.project is None:
            raise Missing("There is no such project, or it is not open to you.")
        is_today = asked.reading.as_of is None
        self.current = self.project if is_today else Project.objects.get(pk=self.project.row_id)

    @property
    def tabs(self) -> list[dict[str, Any]]:
        """The tabs of the project's page."""
        as_of = self.asked.request.GET.get("as_of", "") if self.asked.request.as_of else ""
        query = f"?as_of={as_of}" if as_of else ""
        return tabs_of(self.current, self.asked.reading.user, "project_strategy", query)

    @cached_property
    def contributions(self) -> list[Any]:
        """What it gives to goals, itself."""
        return self._contributions(project_id=self.project.row_id)

    @cached_property
    def through_programme(self) -> list[Any]:
        """What its programme gives to goals."""
        known = self.project.programme_id
        return self._contributions(programme_id=known) if known else []

    def _contributions(self, **by: Any) -> list[Any]:
        rows = Contribution.objects.as_of(self.asked.reading.as_of).visible_to(self.asked.reading.user).filter(**by)
        return list(rows.select_related("goal", "key_result").order_by("-share", self.asked.reading.key))

    @property
    def themed(self) -> Any:
        """A theme of the strategy that the project names in its text, where it contributes to nothing yet."""
        if not self.project.theme or self.contributions or self.through_programme:
            return None
        goals = Goal.objects.visible_to(self.asked.reading.user).open().filter(kind="theme")
        return goals.filter(name__iexact=self.project.theme).first()

    @cached_property
    def rated(self) -> list[Rated]:
        """How it moves each driver of its portfolio."""
        as_of = self.asked.reading.as_of
        known = [one for one in drivers_in_use(self.asked.reading.user, None, as_of) if reaches(one, self.current)]
        return ratings_of(self.project, known, as_of)

    @cached_property
    def kinds(self) -> list[tuple[Any, Any]]:
        """The classifications of its portfolio, each with the bucket it lies in."""
        as_of = self.asked.reading.as_of
        known = [
            one for one in classifications_for(self.asked.reading.user, None, as_of) if reaches(one, self.current)
        ]
        rows = Placement.objects.as_of(as_of).filter(project_id=self.project.row_id).select_related("bucket")
        placed = {row.classification_id: row.bucket for row in rows}
        return [(kind, placed.get(kind.row_id)) for kind in known]

    def may(self, verb: Verb) -> bool:
        """Whether the person may do this to the project."""
        return self.asked.reading.as_of is None and access.may(self.asked.reading.user, verb, self.current)

    @property
    def may_contribute(self) -> bool:
        """Whether contributions may be given."""
        return self.may(Verb.CONTRIBUTION_SET)

    @property
    def may_rate(self) -> bool:
        """Whether impacts may be rated."""
        return self.may(Verb.IMPACT_RATE)

    @property
    def may_place(self) -> bool:
        """Whether it may be placed in buckets."""
        return self.may(Verb.PROJECTS_CLASSIFY)

    @cached_property
    def contribution_form(self) -> ContributionForm:
        """The form of a new contribution; a theme the project names is suggested."""
        themed = self.themed
        initial = {"goal": themed.code} if themed else {}
        return self._forms.get("contribution") or ContributionForm(user=self.asked.reading.user, initial=initial)

    @cached_property
    def ratings_form(self) -> RatingsForm:
        """The form of its impacts."""
        return self._forms.get("ratings") or RatingsForm(self.rated)

    @cached_property
    def placements_form(self) -> PlacementsForm:
        """The form of its buckets."""
        return self._forms.get("placements") or placements_form(self)

    @property
    def finding(self) -> str:
        """What it does for the strategy, in a sentence."""
        goals = len({row.goal_id for row in [*self.contributions, *self.through_programme]})
        rated = sum(1 for one in self.rated if one.level)
        told = f"Contributes to {goals} goal{'' if goals == 1 else 's'}" if goals else "Contributes to no goal yet"
        return f"{told}; rated on {rated} of {len(self.rated)} drivers." if self.rated else f"{told}."


def placements_form(page: ProjectPage, data: Any = None) -> PlacementsForm:
    """The form of a project's buckets."""
    known = Classification.objects.in_bulk([kind.row_id for kind, _ in page.kinds])
    return PlacementsForm([(known[kind.row_id], placed) for kind, placed in page.kinds], data)
