"""What the tests of the cockpit begin with."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from mainstay.core.models import Person
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import Project, Stage
from mainstay.portfolio.operations.projects import advance_project, authorise_project, edit_project
from tests.world import World

WAY = ("candidate", "authorised", "active", "closing", "closed")


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    cache.clear()


@pytest.fixture
def see(client: Client, world: World) -> Callable[..., str]:
    """The page at an address as one of the people of the small world sees it."""

    def look(username: str, url: str, **headers: str) -> str:
        client.force_login(Person.objects.get(username=username))
        answer = client.get(url, headers=headers)
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()

    return look


@pytest.fixture
def bring(world: World) -> Callable[..., Project]:
    """Take a project of the small world along the usual way to a stage."""

    def along(project: Project, stage: str, **fields: Any) -> Project:
        project = edit_project(
            project,
            actor=MAINSTAY,
            owner=world.sponsor,
            manager=world.project_manager,
            start_date="2026-01-01",
            end_date="2027-06-30",
            **fields,
        )
        for key in WAY[: WAY.index(stage) + 1]:
            move = authorise_project if key == "authorised" else advance_project
            project = move(project, actor=MAINSTAY, target=Stage.objects.get(key=key), reason="Chosen")
        return project

    return along
