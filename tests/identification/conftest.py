"""A form, a requester with no other right, and the office that triages."""

from typing import Any

import pytest

from mainstay.core.models import Person
from mainstay.core.operations.grants import give_grant
from mainstay.core.operations.people import create_person
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.identification.models import FormEdition, Request
from mainstay.identification.operations.forms import create_form, publish_form
from mainstay.identification.operations.requests import draft_request, save_request, submit_request
from tests.world import PASSWORD, World

IDEA: dict[str, Any] = {
    "sections": [
        {
            "key": "need",
            "title": "The need",
            "fields": [
                {"key": "who", "label": "Who has the need", "required_at": "submit"},
                {"key": "channel", "label": "Channel", "kind": "choice", "options": ["Web", "Phone", "Letter"]},
                {
                    "key": "calls",
                    "label": "Calls a month",
                    "kind": "number",
                    "required_at": "submit",
                    "shown_when": {"field": "channel", "equals": "Phone"},
                },
                {"key": "start", "label": "Wanted from", "kind": "date", "maps_to": "start_date"},
                {"key": "theme", "label": "Theme", "maps_to": "theme"},
                {"key": "sponsor", "label": "Sponsor", "kind": "person", "required_at": "accept", "maps_to": "owner"},
            ],
        },
        {
            "key": "law",
            "title": "Law",
            "shown_when": {"field": "theme", "contains": "complian"},
            "fields": [{"key": "clause", "label": "Which clause", "required_at": "submit"}],
        },
    ]
}
TYPED = {"who": "Customers who move house", "channel": "Web", "sponsor": "grace"}


class Intake:
    """The small world with a form, Rosa who may only ask, and Amara who triages."""

    def __init__(self, world: World) -> None:
        self.world = world
        rosa = create_person(None, actor=MAINSTAY, username="rosa", name="Rosa Lind", password=PASSWORD)
        give_grant(rosa, actor=MAINSTAY, role=Role.REQUESTER, path=world.networks.path)
        self.form = create_form(None, actor=MAINSTAY, key="idea", name="Idea", draft=IDEA, answer_within_days=10)
        self.edition: FormEdition = publish_form(self.form, actor=MAINSTAY)

    @property
    def rosa(self) -> Person:
        """Rosa with the grants she holds by now."""
        return Person.objects.get(username="rosa")

    @property
    def amara(self) -> Person:
        """Amara, who triages the networks."""
        return self.world.portfolio_manager

    def fresh(self, request: Request) -> Request:
        """A request as it is now."""
        return Request.objects.get(pk=request.pk)

    def drafted(self, title: str = "A portal for moving house", **more: Any) -> Request:
        """A draft of Rosa's."""
        return draft_request(self.world.networks, actor=self.rosa, edition=self.edition, title=title, **more)

    def submitted(self, title: str = "A portal for moving house", **answers: Any) -> Request:
        """A request Rosa has submitted, complete unless answers say otherwise."""
        request = self.drafted(title, description="Customers tell us their new address themselves.")
        save_request(request, actor=self.rosa, answers=TYPED | answers)
        return submit_request(request, actor=self.rosa)


@pytest.fixture
def intake(world: World) -> Intake:
    """The office and somebody who asks."""
    return Intake(world)
