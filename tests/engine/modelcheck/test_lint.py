import numpy as np
import pytest

from mainstay.engine.modelcheck import Criterion, Finding, Model, lint

CLEAN = (Criterion("Reach", 4), Criterion("Fit", 3, "fit"), Criterion("Safety", 3))
NONE = np.nan


def clean_scores(count=40, seed=7):
    """Scores spread evenly over five levels, independent of each other."""
    return np.random.default_rng(seed).integers(0, 5, (count, 3)) / 4


def with_column(column):
    return np.column_stack([clean_scores(len(column)), column])


def kinds(found):
    return [finding.kind for finding in found]


def test_a_clean_model_has_no_findings():
    assert lint(Model(CLEAN), clean_scores()) == []
    assert lint(Model(CLEAN), clean_scores(2_000)) == []


def test_a_model_with_four_planted_faults_gives_just_these():
    model = Model(
        (
            *CLEAN,
            Criterion("Benefit to users", 3),
            Criterion("Price", 2, "cost"),
            Criterion("Ease", 2),
            Criterion("Law", 1),
        )
    )
    scores = clean_scores()
    twin = np.clip(scores[:, 0] * 0.9 + 0.05, 0, 1)
    chance = np.random.default_rng(1)
    crowded = np.where(np.arange(40) % 8 == 0, chance.random(40), 0.5 + chance.random(40) * 0.1)
    found = lint(model, np.column_stack([scores, twin, chance.random(40), crowded, np.full(40, 0.5)]))
    assert [(finding.kind, finding.criteria) for finding in found] == [
        ("double_counting", ("Reach", "Benefit to users")),
        ("cost_in_value", ("Price",)),
        ("clustered", ("Ease",)),
        ("clustered", ("Law",)),
        ("never_decides", ("Law",)),
    ]


def test_serious_findings_come_first():
    model = Model((Criterion("A", 1), Criterion("B", 1, "cost"), Criterion("C", 98)))
    assert [finding.severity for finding in lint(model, np.empty((0, 3)))] == [
        "serious",
        "moderate",
        "note",
        "note",
        "note",
    ]


@pytest.mark.parametrize(("count", "said"), [(0, "0 projects are"), (1, "1 project is"), (9, "9 projects are")])
def test_too_few_projects_are_said_instead_of_judged(count, said):
    scores = np.full((count + 3, 3), NONE)
    scores[:count] = 0.5
    found = lint(Model(CLEAN), scores)
    assert kinds(found) == ["too_few_projects"]
    assert found[0].sentence.startswith(f"{said} scored so far.")
    assert found[0].figures == {"projects": float(count)}


def test_ten_projects_are_enough():
    assert kinds(lint(Model(CLEAN), np.full((10, 3), 0.5))) == ["clustered"] * 3


def test_a_finding_has_figures_and_a_sentence_with_what_to_do():
    found = lint(Model((Criterion("Reach", 3), Criterion("Price", 1, "cost"))), np.empty((0, 2)))[0]
    assert found == Finding(
        "cost_in_value",
        "serious",
        ("Price",),
        "“Price” judges cost, and cost is no value: with 25% of the weight cheap projects win because they are small."
        " Keep cost out of the score and set it against the score, as value for money.",
        {"weight_share": 0.25},
    )


@pytest.mark.parametrize("scores", [np.zeros((4, 2)), np.zeros(3), np.zeros((4, 4))])
def test_scores_that_do_not_match_the_criteria_are_refused(scores):
    with pytest.raises(ValueError, match="one column of scores for each criterion"):
        lint(Model(CLEAN), scores)


@pytest.mark.parametrize("score", [-0.01, 1.01, np.inf])
def test_scores_outside_the_scale_are_refused(score):
    with pytest.raises(ValueError, match="from 0 to 1"):
        lint(Model(CLEAN), np.full((4, 3), score))


@pytest.mark.parametrize("weight", [0, -1, np.nan, np.inf])
def test_a_weight_is_positive(weight):
    with pytest.raises(ValueError, match="Reach: a weight is positive"):
        Criterion("Reach", weight)


def test_a_model_has_criteria_with_different_labels():
    with pytest.raises(ValueError, match="at least one criterion"):
        Model(())
    with pytest.raises(ValueError, match="same label"):
        Model((Criterion("A", 1), Criterion("A", 2)))
