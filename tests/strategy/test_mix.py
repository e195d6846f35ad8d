"""Drivers with ratings, and the investment mix."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from mainstay.core.errors import Forbidden, Impossible
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import Project
from mainstay.portfolio.queries import Reading
from mainstay.strategy.models import Bucket, Driver, Impact, ImpactStatement, Placement
from mainstay.strategy.operations.drivers import (
    Rating,
    create_department,
    create_driver,
    edit_driver,
    rate_impacts,
    weigh_drivers,
)
from mainstay.strategy.operations.mix import WantedBucket, classify_projects, edit_classification
from mainstay.strategy.queries import Mix, drivers_in_use, impact_points, statements_of
from mainstay.strategy.queries.drivers import ratings_of
from mainstay.strategy.queries.work import Work

pytestmark = pytest.mark.django_db


def bucket(kinds, name):
    return Bucket.objects.get(classification=kinds, name=name)


def test_no_rating_is_not_none(world, drivers):
    ratings = [Rating(world.pumps.pk, drivers[0].pk, "none"), Rating(world.meters.pk, drivers[0].pk, "strong")]
    assert rate_impacts([world.pumps, world.meters], actor=world.portfolio_manager, ratings=ratings) == 2
    points = impact_points([world.pumps, world.meters], drivers)
    assert points == {world.pumps.pk: (0, None), world.meters.pk: (75, None)}
    told = ratings_of(world.pumps, drivers)
    assert [(one.label, one.text) for one in told] == [("None", "Nothing changes"), ("No rating", "")]


def test_a_rating_is_changed_and_taken_back(world, drivers):
    for level in ("low", "extreme", ""):
        rating = Rating(world.pumps.pk, drivers[0].pk, level)
        assert rate_impacts([world.pumps], actor=world.project_manager, ratings=[rating]) == 1
    assert rate_impacts([world.pumps], actor=world.project_manager, ratings=[rating]) == 0
    assert not Impact.objects.exists()
    assert Impact.Version.objects.count() == 2


def test_a_driver_of_another_portfolio_does_not_rate_a_project(world):
    driver = create_driver(world.networks, actor=world.portfolio_manager, name="Bursts")
    with pytest.raises(ValidationError, match="drivers in use in its portfolio"):
        rate_impacts([world.depot], actor=MAINSTAY, ratings=[Rating(world.depot.pk, driver.pk, "low")])
    assert not Impact.objects.exists()


def test_who_reads_only_rates_nothing(world, drivers):
    with pytest.raises(Forbidden):
        rate_impacts([world.pumps], actor=world.sponsor, ratings=[Rating(world.pumps.pk, drivers[0].pk, "low")])
    assert not Impact.objects.exists()


def test_drivers_are_weighed_together(world, drivers):
    weights = {drivers[0].pk: Decimal("62.5"), drivers[1].pk: Decimal("37.5")}
    assert weigh_drivers(drivers, actor=world.administrator, weights=weights) == 2
    with pytest.raises(ValidationError, match=r"add up to 62\.5%"):
        weigh_drivers(drivers[:1], actor=MAINSTAY, weights={drivers[0].pk: Decimal("62.5")})
    assert [row.weight for row in drivers_in_use(world.sponsor)] == [Decimal("62.5"), Decimal("37.5")]


def test_a_driver_out_of_use_counts_no_more(world, drivers):
    edit_driver(drivers[0], actor=world.administrator, is_active=False)
    assert [row.code for row in drivers_in_use(world.sponsor)] == ["TRUST"]


def test_impact_statements_are_replaced_by_level(world, drivers):
    edit_driver(drivers[0], actor=MAINSTAY, statements={"none": "", "strong": "A fifth less", "low": "A little"})
    assert statements_of(drivers)[drivers[0].pk] == {"strong": "A fifth less", "low": "A little"}
    with pytest.raises(ValidationError, match="There is no level huge"):
        edit_driver(drivers[0], actor=MAINSTAY, statements={"huge": "x"})
    assert ImpactStatement.objects.count() == 2


def test_a_department_answers_for_drivers(world):
    department = create_department(world.networks, actor=world.portfolio_manager, name="Operations")
    driver = create_driver(world.networks, actor=world.portfolio_manager, name="Bursts", department=department)
    assert (Driver.objects.get().department, driver.code) == (department, "D-001")


def test_projects_are_placed_in_bulk_and_once_in_each_classification(world, kinds):
    run, grow = bucket(kinds, "Run"), bucket(kinds, "Grow")
    both = [world.pumps, world.meters]
    assert classify_projects(both, actor=world.portfolio_manager, classification=kinds, bucket=run) == 2
    assert classify_projects(both, actor=world.portfolio_manager, classification=kinds, bucket=grow) == 2
    assert set(Placement.objects.values_list("project__code", "bucket__name")) == {
        ("PUMPS", "Grow"),
        ("METERS", "Grow"),
    }
    assert classify_projects([world.pumps], actor=world.portfolio_manager, classification=kinds, bucket=None) == 1
    assert Placement.objects.count() == 1


def test_the_mix_is_compared_with_its_target(world, kinds):
    classify_projects([world.pumps], actor=MAINSTAY, classification=kinds, bucket=bucket(kinds, "Run"))
    classify_projects([world.meters], actor=MAINSTAY, classification=kinds, bucket=bucket(kinds, "Grow"))
    mix = Mix(kinds, Work(Reading(world.administrator), counted="open"))
    # 1.2m, 0.8m and nothing of 2.4m; 0.4m lie in no bucket.
    assert [(line.bucket.name, line.share, line.deviation, line.status[1]) for line in mix.lines] == [
        ("Run", Decimal("0.5"), 0, "Balanced"),
        ("Grow", Decimal(800_000) / 2_400_000, Decimal(800_000) / 2_400_000 * 100 - 30, "Balanced"),
        ("Transform", 0, -20, "Too little"),
    ]
    assert (mix.unplaced.totals.count, mix.unplaced.amount) == (1, 400_000)
    assert mix.largest.bucket.name == "Transform"


def test_targets_add_up_to_a_hundred(world, kinds):
    wanted = [WantedBucket("Run", Decimal(50)), WantedBucket("Grow", Decimal(60))]
    with pytest.raises(ValidationError, match="The targets add up to 110%"):
        edit_classification(kinds, actor=MAINSTAY, buckets=wanted)
    assert Bucket.objects.count() == 3


def test_a_bucket_in_which_projects_lie_stays(world, kinds):
    run, grow = bucket(kinds, "Run"), bucket(kinds, "Grow")
    classify_projects([world.pumps], actor=MAINSTAY, classification=kinds, bucket=bucket(kinds, "Transform"))
    wanted = [WantedBucket("Run", Decimal(50), pk=run.pk), WantedBucket("Grow", Decimal(50), pk=grow.pk)]
    with pytest.raises(Impossible, match="Projects lie in Transform"):
        edit_classification(kinds, actor=MAINSTAY, buckets=wanted)
    assert Bucket.objects.count() == 3


def test_the_mix_asks_two_questions_however_many_projects_there_are(world, kinds, django_assert_num_queries):
    projects = list(Project.objects.all())
    classify_projects(projects, actor=MAINSTAY, classification=kinds, bucket=bucket(kinds, "Run"))
    mix = Mix(kinds, Work(Reading(world.administrator), counted="open"))
    with django_assert_num_queries(3):
        assert len(mix.lines) == 3
