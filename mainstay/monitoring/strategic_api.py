"""Strategic utilisation in the REST API."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query

from mainstay.core.api.routes import Routes
from mainstay.core.api.types import Told, text
from mainstay.core.verbs import Verb
from mainstay.monitoring.strategic_page import StrategicPage
from mainstay.portfolio.models import Project
from mainstay.resources.api.capacity import Window
from mainstay.resources.views.shared import require_somewhere

routes = Routes("Resources")


class KindTold(Told):
    """A kind of work: hours and shares of all hours on open projects; bucket null where there is none."""

    bucket: str | None
    target: float | None
    booked: float
    booked_share: float | None
    worked: float
    worked_share: float | None
    projects: list[str]


class StrategicTold(Told):
    """Where people's time goes; the classification is null where work is not sorted into kinds."""

    finding: str
    classification: str | None
    hidden: float
    items: list[KindTold]


class StrategicAsked(Window):
    """The code of a classification; without it the first one."""

    kind: text(40) = ""


@routes.reads("/capacity/strategic", "capacity.strategic", StrategicTold)
def strategic(request: HttpRequest, query: Annotated[StrategicAsked, Query()]) -> Any:
    """Read where people's time goes by kinds of work, booked and worked, against the targets."""
    require_somewhere(request.user, Verb.SEE_RESOURCES)
    page = StrategicPage(request)
    kinds = page.use.kinds if page.has_hours else []
    codes = dict(
        Project.objects.filter(pk__in=[pk for one in kinds for pk in one.projects]).values_list("pk", "code")
    )
    return {
        "finding": page.finding,
        "classification": page.classification.code if page.classification else None,
        "hidden": round(page.use.hidden, 2) if page.classification else 0.0,
        "items": [_kind(one, codes) for one in kinds],
    }


def _kind(one: Any, codes: dict[int, str]) -> dict[str, Any]:
    shares = {name: getattr(one, name) for name in ("target", "booked_share", "worked_share")}
    told = {name: None if share is None else round(share, 4) for name, share in shares.items()}
    hours = {"booked": round(one.booked, 2), "worked": round(one.worked, 2)}
    return told | hours | {
        "bucket": str(one.bucket) if one.bucket else None, "projects": sorted(codes[pk] for pk in one.projects)
    }  # fmt: skip
