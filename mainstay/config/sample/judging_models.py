"""Three more score models of the sample: one that people judge, one of old with its faults, and one without any."""

from decimal import Decimal

from mainstay.evaluation.operations.criteria import Wanted, judged

NAME = "Judged by the board"
FIT = (
    (0, "Not in the strategy"),
    (25, "Near a theme of the strategy"),
    (50, "Supports an objective"),
    (75, "Moves a key result"),
    (100, "Named in the strategy"),
)
READINESS = (
    (0, "An idea, nothing drawn"),
    (25, "Outlined, nobody named"),
    (50, "Planned, people not free yet"),
    (75, "Planned and staffed"),
    (100, "Could start on Monday"),
)
CARE = (
    (0, "Customers notice nothing"),
    (25, "A few streets notice"),
    (50, "A town notices"),
    (75, "The whole region notices"),
    (100, "Every customer notices"),
)
QUARTER = Decimal(25)
CRITERIA = (
    judged("Fit with the strategy", QUARTER, FIT, kind="fit", question="Where in the strategy does it stand?"),
    judged("Readiness", QUARTER, READINESS, kind="other", question="How soon could it begin?"),
    judged("What customers notice", QUARTER, CARE, question="Who would see the difference a year later?"),
    Wanted(
        "Benefit for each pound",
        "benefit/cost",
        Decimal(1),
        Decimal("2.5"),
        QUARTER,
        "Gives back its cost",
        "Gives back 2.5 times its cost",
    ),
)
JUDGED = tuple(criterion.label for criterion in CRITERIA[:3])


def _measured(label: str, source: str, worst: int | str, best: int | str, weight: int, kind: str = "value") -> Wanted:
    return Wanted(label, source, Decimal(worst), Decimal(best), Decimal(weight), kind=kind)


LEGACY = (
    "Legacy value model",
    (
        _measured("Benefit", "benefit", 0, 30_000_000, 32),
        _measured("Return", "net_benefit", 0, 15_000_000, 25),
        _measured("Low cost", "cost", 20_000_000, 0, 20, "cost"),
        _measured("Strategic fit", "custom.strategic_fit", 0, 10, 20, "fit"),
        _measured("Pays back at all", "benefit/cost", -1, 0, 3, "other"),
    ),
    "The model of 2023, kept to show what is wrong with it; ask for the check of the model.",
)
CLEAN = (
    "Value alone",
    (
        _measured("Benefit", "benefit", 0, 25_000_000, 40),
        _measured("Strategic fit", "custom.strategic_fit", 5, 10, 25, "fit"),
        _measured("Carbon saving", "custom.carbon_saving", 0, 1_000, 15),
        _measured("Customers who gain", "custom.customers_served", 0, 200_000, 20),
    ),
    "What a project is worth, with cost and risk left to the selection, where they belong.",
)
