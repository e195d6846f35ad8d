"""What customers of the sample said before and after some of the work that is finished."""

from functools import partial

from mainstay.config.sample import milestones
from mainstay.config.sample.diary import Diary
from mainstay.config.sample.facts import Facts
from mainstay.config.sample.staff import Staff
from mainstay.portfolio.models import Project
from mainstay.value.operations import record_survey

BEFORE, AFTER, DAYS = -40, 75, 14
SAID = {
    "DIG-002": (
        "csat",
        {"1": 41, "2": 88, "3": 130, "4": 96, "5": 37},
        {"1": 14, "2": 39, "3": 91, "4": 188, "5": 96},
    ),
    "DIG-008": ("nps", {"0": 9, "3": 14, "5": 22, "7": 30, "9": 11}, {"2": 6, "5": 17, "7": 28, "9": 21, "10": 12}),
    "WAT-012": ("csat", {"1": 22, "2": 31, "3": 44, "4": 29, "5": 12}, {"1": 15, "2": 24, "3": 47, "4": 41, "5": 17}),
    "POW-012": ("nps", {"4": 8, "7": 12, "9": 6}, {"6": 5, "8": 11, "9": 9, "10": 4}),
}
SOURCE = "Every tenth customer who had called, by text message"


def enter(projects: list[Facts], staff: Staff, diary: Diary) -> None:
    """Write the surveys into the diary."""
    for one in projects:
        if one.code in SAID:
            question, before, after = SAID[one.code]
            over = one.end + milestones.slip(one)
            times = (("before", one.start + BEFORE, before), ("after", over + AFTER, after))
            for when, day, counts in times:
                act = partial(_ask, one.code, question, when, day, counts, staff, diary)
                diary.enter(max(day + DAYS, one.start + 1) if when == "before" else day + DAYS, act, hour=13)


def _ask(code: str, question: str, when: str, day: int, counts: dict[str, int], staff: Staff, diary: Diary) -> None:
    project = Project.objects.get(code=code)
    told = {"starts_on": diary.day(day), "ends_on": diary.day(day + DAYS), "source": SOURCE}
    record_survey(project, actor=staff["priya"], question=question, when=when, counts=counts, **told)
