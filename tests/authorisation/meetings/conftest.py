"""The board of Networks with projects that wait for it."""

import pytest

from tests.authorisation.meetings.room import build_committee


@pytest.fixture
def committee(world):
    """Bao in the chair, four members, Amara as secretary, projects N1 to N3."""
    return build_committee(world)
