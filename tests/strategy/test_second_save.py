"""Two people change one driver, classification or set of weights: the second sees both versions and chooses."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from mainstay.core.system import MAINSTAY
from mainstay.strategy.models import Bucket, Classification, Driver, Goal
from mainstay.strategy.operations.drivers import edit_driver, weigh_drivers
from mainstay.strategy.operations.goals import weigh_goals
from mainstay.strategy.operations.mix import WantedBucket, edit_classification
from mainstay.strategy.queries.drivers import statements_of
from tests.second_save import answered

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(world):
    """A browser of the administrator."""
    client = Client()
    client.force_login(world.administrator)
    return client


def text_of(response):
    return " ".join(response.content.decode().split())


def test_impact_statements_changed_meanwhile_are_told_although_nothing_else_changed(reader, drivers):
    address = reverse("driver", args=[drivers[0].code])
    page = answered(reader.get(address))
    edit_driver(drivers[0], actor=MAINSTAY, statements={"low": "A little", "strong": "A fifth less"})
    second = reader.post(address, page | {"statement_low": "Hardly any", "description": "By 2030"})
    assert second.status_code == 409
    assert "Low means: whose version stays?" in text_of(second)
    assert "Taken over as saved: Strong means." in text_of(second)
    assert Driver.objects.get(pk=drivers[0].pk).description == ""
    assert reader.post(address, answered(second, statement_low="theirs")).status_code == 302
    assert statements_of(drivers)[drivers[0].pk] == {
        "none": "Nothing changes",
        "low": "A little",
        "strong": "A fifth less",
    }
    assert Driver.objects.get(pk=drivers[0].pk).description == "By 2030"


def test_a_driver_saved_as_it_was_keeps_its_version(drivers):
    before = Driver.objects.get(pk=drivers[0].pk).version
    edit_driver(drivers[0], actor=MAINSTAY, statements={"low": "A little"})
    edit_driver(drivers[0], actor=MAINSTAY, statements={"low": "A little"})
    assert Driver.objects.get(pk=drivers[0].pk).version == before + 1


def shares(kinds):
    return list(kinds.buckets.values_list("name", "target_share"))


def wanted(kinds, *targets):
    rows = list(kinds.buckets.all())
    return [WantedBucket(row.name, Decimal(target), pk=row.pk) for row, target in zip(rows, targets, strict=False)]


def test_buckets_changed_meanwhile_are_taken_over_where_nobody_else_touched_them(reader, kinds):
    address = reverse("classification", args=[kinds.code])
    page = answered(reader.get(address))
    more = [*wanted(kinds, 40, 30, 20), WantedBucket("Explore", Decimal(10))]
    edit_classification(kinds, actor=MAINSTAY, buckets=more)
    second = reader.post(address, page | {"description": "By purpose"})
    assert second.status_code == 409
    assert "Explore 10%" in text_of(second)
    assert "Taken over as saved: Buckets." in text_of(second)
    assert Classification.objects.get().description == ""
    assert reader.post(address, answered(second)).status_code == 302
    assert shares(kinds) == [("Run", 40), ("Grow", 30), ("Transform", 20), ("Explore", 10)]
    assert Classification.objects.get().description == "By purpose"


@pytest.mark.parametrize(("whose", "kept"), [("mine", [60, 30, 10]), ("theirs", [40, 60])])
def test_buckets_that_both_changed_are_a_choice_even_where_one_was_removed(reader, kinds, whose, kept):
    address = reverse("classification", args=[kinds.code])
    page = answered(reader.get(address))
    edit_classification(kinds, actor=MAINSTAY, buckets=wanted(kinds, 40, 60))
    mine = {"buckets-0-target_share": "60", "buckets-2-target_share": "10"}
    second = reader.post(address, page | mine)
    assert second.status_code == 409
    assert Bucket.objects.count() == 2
    assert reader.post(address, answered(second, buckets=whose)).status_code == 302
    assert [share for _, share in shares(kinds)] == kept


def test_weights_of_goals_published_meanwhile_are_a_choice_goal_by_goal(reader, golden):
    address = f"{reverse('goal_weights')}?under={golden.vision.code}"
    names = [f"weight-{goal.pk}" for goal in (golden.leaks, golden.trust)]
    page = {
        **{name: str(weight) for name, weight in zip(names, (30, 70), strict=True)},
        **{f"version-{goal.pk}": str(goal.version) for goal in Goal.objects.all()},
        "action": "publish",
    }
    both = [golden.leaks, golden.trust]
    weigh_goals(both, actor=MAINSTAY, weights={golden.leaks.pk: Decimal(50), golden.trust.pk: Decimal(50)})
    second = reader.post(address, page)
    assert second.status_code == 409
    assert text_of(second).count("whose version stays?") == 2
    assert [goal.weight for goal in Goal.objects.filter(pk__in=[one.pk for one in both])] == [50, 50]
    now = {f"version-{goal.pk}": str(goal.version) for goal in Goal.objects.all()}
    theirs = {f"keep_{name}": "theirs" for name in names} | {f"saved_{name}": "50" for name in names}
    assert reader.post(address, page | now | theirs).status_code == 302
    assert [goal.weight for goal in Goal.objects.filter(pk__in=[one.pk for one in both])] == [50, 50]


def test_weights_of_drivers_published_meanwhile_are_a_choice_driver_by_driver(reader, drivers):
    names = [f"weight-{one.pk}" for one in drivers]
    read = {f"version-{one.pk}": str(one.version) for one in Driver.objects.all()}
    weigh_drivers(drivers, actor=MAINSTAY, weights={drivers[0].pk: Decimal(60), drivers[1].pk: Decimal(40)})
    mine = dict(zip(names, ("20", "80"), strict=True))
    second = reader.post(reverse("driver_weights"), read | mine)
    assert second.status_code == 409
    assert text_of(second).count("whose version stays?") == 2
    assert [one.weight for one in Driver.objects.order_by("pk")] == [60, 40]
    now = {f"version-{one.pk}": str(one.version) for one in Driver.objects.all()}
    assert reader.post(reverse("driver_weights"), now | mine).status_code == 302
    assert [one.weight for one in Driver.objects.order_by("pk")] == [20, 80]
