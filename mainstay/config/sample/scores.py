"""How the sample judges its projects: one weighted model, and the scores it gave."""

from decimal import Decimal
from functools import partial

from mainstay.config.sample.diary import Diary
from mainstay.config.sample.staff import Staff
from mainstay.evaluation.models import ScoreModel
from mainstay.evaluation.operations.models import Wanted, create_model
from mainstay.evaluation.operations.scores import score_projects
from mainstay.portfolio.models import Portfolio

NAME = "Value to customers and rivers"
WRITTEN = -420
SCORED = (-400, -160, -15)
CRITERIA = (
    (
        "Benefit for each pound",
        "benefit/cost",
        "1",
        "2.5",
        "30",
        "Gives back its cost",
        "Gives back 2.5 times its cost",
    ),
    ("Strategic fit", "custom.strategic_fit", "0", "10", "30", "Not in the strategy", "Named in the strategy"),
    ("Risk", "risk", "100", "0", "20", "Almost sure to fail", "Nothing can go wrong"),
    ("Carbon saving", "custom.carbon_saving", "0", "4000", "10", "None", "4,000 tonnes a year"),
    ("Customers who gain", "custom.customers_served", "0", "200000", "10", "Nobody", "200,000 customers"),
)


def enter(staff: Staff, diary: Diary) -> None:
    """Write the model and the days of scoring into the diary."""
    diary.enter(WRITTEN, partial(_create, staff))
    for day in SCORED:
        diary.enter(day, partial(_score, staff), hour=16)


def _create(staff: Staff) -> None:
    wanted = [
        Wanted(label, source, Decimal(worst), Decimal(best), Decimal(weight), worst_words, best_words)
        for label, source, worst, best, weight, worst_words, best_words in CRITERIA
    ]
    text = "What the board agreed a good project is; money, fit, risk, carbon and reach."
    top = Portfolio.objects.get(code="NORTHMOOR")
    create_model(top, actor=staff["amara"], name=NAME, description=text, criteria=wanted)


def _score(staff: Staff) -> None:
    score_projects(ScoreModel.objects.get(name=NAME), actor=staff["amara"])
