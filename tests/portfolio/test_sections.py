"""The tabs of a project's page."""

from typing import Any

import pytest

from mainstay.core.operations.grants import give_grant
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.sections import tabs_of

pytestmark = pytest.mark.django_db


def labels(tabs: list[dict[str, Any]]) -> list[str]:
    return [tab["label"] for tab in tabs]


def test_the_sections_of_the_shown_group_lie_below_its_tab(world: Any) -> None:
    tabs = tabs_of(world.pumps, world.director, "project_baselines", "?as_of=2026-01-01")
    assert labels(tabs)[:4] == ["Overview", "Case", "Decision", "Delivery"]
    assert labels(tabs)[-1] == "History"
    assert [tab["label"] for tab in tabs if tab["active"]] == ["Decision"]
    parts = tabs[2]["parts"]
    assert {"Gates", "Decisions", "Baselines", "Funding"} == set(labels(parts))
    assert [part["url"] for part in parts if part["active"]] == [
        "/authorise/projects/PUMPS/baselines/?as_of=2026-01-01"
    ]
    assert not any(tab.get("parts") for tab in tabs if tab["label"] != "Decision")


def test_a_section_alone_stands_for_its_group(world: Any) -> None:
    reader = world.stranger
    give_grant(reader, actor=MAINSTAY, role=Role.EVALUATOR, path=world.pumps.path)
    tabs = tabs_of(world.pumps, reader, "project_strategy")
    assert labels(tabs) == ["Overview", "Strategy", "Decision", "Delivery", "Value", "History"]
    assert tabs[1]["active"]
