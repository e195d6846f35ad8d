"""Surveys: answers that lie on the scale, what they say with how sure, before and after."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from mainstay.core.system import MAINSTAY
from mainstay.portfolio.dashboard import Sight, parts_for
from mainstay.portfolio.queries import ProjectFilter, Reading
from mainstay.value.models import Survey
from mainstay.value.operations import correct_survey, record_survey
from mainstay.value.surveys.forms import AnswersField
from mainstay.value.surveys.queries import said_of, surveys_for

pytestmark = pytest.mark.django_db
TIME = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 1, 31)}


def ask(world, question, when, counts):
    return record_survey(world.pumps, actor=MAINSTAY, question=question, when=when, counts=counts, **TIME)


def test_answers_off_the_scale_counts_that_are_none_and_nobody_are_refused(world):
    wrong = ({"6": 1}, {"5": -1}, {"5": True}, {"5": "3"}, {}, {"5": 0}, {"five": 1})
    for counts in wrong:
        with pytest.raises(ValidationError):
            ask(world, "csat", "after", counts)
    with pytest.raises(ValidationError, match="before it begins"):
        record_survey(
            world.pumps, actor=MAINSTAY, question="csat", when="after", counts={"5": 1},
            starts_on=date(2026, 2, 1), ends_on=date(2026, 1, 1),
        )  # fmt: skip
    assert not Survey.objects.exists()


def test_content_and_recommending_customers_before_and_after_with_their_intervals(world):
    ask(world, "csat", "before", {"5": 1, "4": 1, "3": 1, "2": 1})
    ask(world, "csat", "after", {"5": 60, "3": 20})
    ask(world, "nps", "after", {"10": 1, "9": 2, "8": 1, "3": 1})
    csat, nps = said_of(surveys_for(world.director))
    assert (csat.before.value, csat.after.value, csat.change.value, csat.after.answers) == (0.5, 0.75, 0.25, 80)
    assert not csat.is_shown
    assert (round(nps.after.value, 9), nps.before.answers, nps.is_shown) == (0.4, 0, False)
    part = parts_for(world.director)["satisfaction"].fill(Sight(ProjectFilter.read({}, Reading(world.director))))
    assert [(one.label, one.value) for one in part.indicators] == [
        ("Content customers", "75%"), ("Net promoter score", "+40"),
    ]  # fmt: skip


def test_a_change_that_is_more_than_chance_says_so(world):
    ask(world, "csat", "before", {"5": 20, "2": 80})
    ask(world, "csat", "after", {"5": 80, "2": 20})
    assert said_of(surveys_for(world.director))[0].is_shown


@pytest.mark.parametrize(
    ("typed", "counts"),
    [("5: 12\n4: 30", {"5": 12, "4": 30}), ("5\n5\n4\n", {"5": 2, "4": 1}), ("5 4 4, 3", {"5": 1, "4": 2, "3": 1})],
)
def test_counts_are_typed_or_single_answers_pasted(typed, counts):
    assert AnswersField().clean(typed) == counts


def test_a_survey_is_recorded_and_corrected_in_the_page_and_a_wrong_answer_stands_beside_its_field(world, client):
    client.force_login(world.portfolio_manager)
    sent = {"question": "nps", "when": "before", "starts_on": "2026-01-01", "ends_on": "2026-01-31"}
    wrong = client.post("/value/projects/PUMPS/surveys/new/", sent | {"counts": "11: 2"})
    assert (wrong.status_code, Survey.objects.count()) == (422, 0)
    assert "11 is no answer from 0 to 10." in wrong.content.decode()
    assert client.post("/value/projects/PUMPS/surveys/new/", sent | {"counts": "ten"}).status_code == 422
    assert client.post("/value/projects/PUMPS/surveys/new/", sent | {"counts": "10: 2"}).status_code == 302
    row = Survey.objects.get()
    assert row.counts == {"10": 2}
    correct_survey(row, actor=MAINSTAY, source="By letter")
    stale = client.post(f"/value/surveys/{row.pk}/", sent | {"counts": "9: 2", "version": "1"})
    assert stale.status_code == 409
    page = client.get("/value/projects/PUMPS/surveys/").content.decode()
    assert "+100" in page
    assert client.post(f"/value/surveys/{row.pk}/removal/").status_code == 302
    assert not Survey.objects.exists()
