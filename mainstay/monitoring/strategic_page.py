"""Strategic utilisation as its page shows it: each kind of work against its target, and the projects behind one."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from mainstay.charts import Figure, words
from mainstay.charts.mix_against_target import BucketMix, mix_against_target
from mainstay.core.errors import Missing
from mainstay.monitoring.queries.strategic import Kind, StrategicUse
from mainstay.portfolio.models import Project
from mainstay.resources.forms.capacity import UseForm
from mainstay.resources.queries.heat import By
from mainstay.strategy.queries.mix import classifications_for

NONE = "none"
MOST_PROJECTS = 200
DEFINITION = (
    "Hours of people on the projects of a kind, divided by their hours on all projects that are open to you. Booked: "
    "hard and soft bookings in the time shown, spread over working hours, placeholders left out. Worked: hours of "
    "timesheets on these days, as far as you may see them. Work without a project is in neither."
)


class StrategicPage:
    """One classification in a window of months, narrowed as the other pages of capacity are."""

    definition = DEFINITION

    def __init__(self, request: HttpRequest) -> None:
        self.request, self.user = request, request.user
        self.form = UseForm(request.GET, user=request.user)
        self.form.fields.pop("by")
        self.question = self.form.question(By.PERSON)
        self.classifications = classifications_for(request.user)
        self.classification = self._chosen(request.GET.get("kind", "")[:40])

    def _chosen(self, code: str) -> Any:
        if not code:
            return self.classifications[0] if self.classifications else None
        found = next((one for one in self.classifications if one.code == code), None)
        if found is None:
            raise Missing("There is no such classification, or it is not open to you.")
        return found

    @cached_property
    def use(self) -> StrategicUse:
        """The figures."""
        return StrategicUse(self.classification, self.question, self.user)

    @property
    def has_hours(self) -> bool:
        """Whether anybody is booked or has worked on a project."""
        return self.classification is not None and bool(self.use.open_projects)

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Each kind with how it stands and the address of its projects."""
        return [
            {
                "name": _name(one),
                "kind": one,
                "booked": one.status(one.booked_share),
                "worked": one.status(one.worked_share),
                "url": f"{self._here(_key(one))}#projects",
            }
            for one in self.use.kinds
            if one.bucket is not None or one.projects
        ]

    def _here(self, bucket: str) -> str:
        asked = self.request.GET.copy()
        asked["bucket"] = bucket
        return f"{reverse('strategic_utilisation')}?{asked.urlencode()}"

    @property
    def chart(self) -> Figure:
        """Booked shares against targets; worked ones where nobody is booked."""
        booked = any(one.booked for one in self.use.kinds)
        bars = [
            BucketMix(
                line["name"],
                line["kind"].booked if booked else line["kind"].worked,
                line["kind"].target,
                float(line["kind"].bucket.tolerance) / 100 if line["kind"].bucket else 0.05,
                line["url"],
            )
            for line in self.lines
        ]
        return mix_against_target(bars, "h", kind="number")

    @property
    def finding(self) -> str:
        """The kind that deviates most, in a sentence."""
        if self.classification is None:
            return "Work is not sorted into kinds yet."
        if not self.has_hours:
            return "Nobody is booked or has worked on a project in this time."
        known = [one for one in self.use.kinds if one.bucket is not None and one.booked_share is not None]
        if not known:
            return "Nobody is booked in this time; what was worked is shown below."
        worst = max(known, key=lambda one: abs(one.booked_share - one.target))
        share, target = words.percent(worst.booked_share), words.percent(worst.target)
        if worst.status(worst.booked_share)[0] == "good":
            return f"Booked time follows the targets; {worst.bucket} is furthest off with {share} against {target}."
        return f"{worst.bucket} takes {share} of the booked hours against {target}."

    @cached_property
    def chosen(self) -> Kind | None:
        """The kind whose projects are asked for."""
        asked = self.request.GET.get("bucket", "")
        if not asked or not self.has_hours:
            return None
        found = next((one for one in self.use.kinds if _key(one) == asked), None)
        if found is None:
            raise Missing("There is no such kind of work.")
        return found

    @property
    def chosen_name(self) -> str:
        """The name of that kind."""
        return _name(self.chosen) if self.chosen else ""

    @cached_property
    def projects(self) -> list[tuple[Any, float, float]]:
        """Its projects with hours booked and worked, the most booked first."""
        rows = Project.objects.visible_to(self.user).in_bulk(self.chosen.projects if self.chosen else [])
        told = [(row, self.use.booked.get(pk, 0.0), self.use.worked.get(pk, 0.0)) for pk, row in rows.items()]
        return sorted(told, key=lambda one: (-one[1], -one[2], one[0].code))[:MOST_PROJECTS]


def _key(one: Kind) -> str:
    return NONE if one.bucket is None else str(one.bucket.pk)


def _name(one: Kind) -> str:
    return "In no bucket" if one.bucket is None else str(one.bucket)
