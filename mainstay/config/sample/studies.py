"""What the sample asked about its coming cycle: how sure it is, what another budget would bring, whether it holds."""

from functools import partial

from mainstay.authorisation.models import Selection, SelectionState
from mainstay.authorisation.studies import studying
from mainstay.authorisation.studies.terms import FrontierTerms, RobustnessTerms, UncertaintyTerms
from mainstay.config.sample.diary import Diary
from mainstay.config.sample.staff import Staff

ASKED = -5
POINTS, SAMPLES, DRAWS = 11, 60, 5000


def enter(staff: Staff, diary: Diary) -> None:
    """Write the studies into the diary, one after the other."""
    for hour, study in ((9, _how_sure), (11, _other_budgets), (15, _does_it_hold)):
        diary.enter(ASKED, partial(study, staff), hour=hour)


def _coming() -> Selection:
    return Selection.objects.filter(state=SelectionState.SOLVED).latest("pk")


def _how_sure(staff: Staff) -> None:
    studying.simulate(_coming(), UncertaintyTerms(draws=DRAWS), staff["amara"])


def _other_budgets(staff: Staff) -> None:
    studying.vary(_coming(), FrontierTerms(points=POINTS), staff["amara"], studying.done_here)


def _does_it_hold(staff: Staff) -> None:
    studying.check(_coming(), RobustnessTerms(samples=SAMPLES), staff["amara"], studying.done_here)
