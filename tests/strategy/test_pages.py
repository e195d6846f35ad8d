"""The pages of strategy: what they show, what they take, and what they refuse."""

from decimal import Decimal

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mainstay.core.models import Event
from mainstay.core.system import MAINSTAY
from mainstay.strategy.models import Bucket, Cause, CheckIn, Contribution, Goal, Impact, Placement
from mainstay.strategy.operations.drivers import create_department
from mainstay.strategy.operations.goals import create_goal, edit_goal
from mainstay.strategy.operations.results import record_check_in
from tests.second_save import answered

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(golden):
    """A browser of the administrator."""
    cache.clear()
    client = Client()
    client.force_login(golden.world.administrator)
    return client


def text_of(response):
    return " ".join(response.content.decode().split())


def test_the_tree_says_first_what_it_finds(reader, golden):
    golden.contribute(golden.world.pumps, golden.leaks, "50")
    text = text_of(reader.get(reverse("strategy")))
    assert "3 open goals; 1 of 2 objectives have work behind them; 60% of the money in committed work" in text
    assert "No work" in text


def test_a_branch_of_the_tree_is_folded(reader, golden):
    response = reader.get(reverse("strategy"), {"shut": golden.vision.code})
    assert [node.goal.name for node, _ in response.context["page"].rows] == ["Water for everybody"]


def test_a_goal_is_written_down_in_the_page_and_what_was_typed_stays_when_it_is_refused(reader, golden):
    sent = {"name": "Find leaks", "kind": "objective", "parent": golden.leaks.code}
    assert reader.post(reverse("goals"), sent).status_code == 302
    assert Goal.objects.get(name="Find leaks").parent == golden.leaks
    refused = reader.post(reverse("goals"), sent | {"kind": "vision", "name": "Too wide"})
    assert refused.status_code == 422
    assert "A vision does not hang under an objective." in text_of(refused)
    assert 'value="Too wide"' in text_of(refused)
    assert not Goal.objects.filter(name="Too wide").exists()


def test_a_stale_edit_keeps_what_was_typed_and_shows_what_changed(reader, golden):
    page = reader.get(reverse("goal_edit", args=[golden.leaks.code]))
    assert f'name="version" value="{golden.leaks.version}"' in text_of(page)
    edit_goal(golden.leaks, actor=MAINSTAY, name="Leak less")
    refused = reader.post(reverse("goal_edit", args=[golden.leaks.code]), answered(page) | {"name": "Mine"})
    assert refused.status_code == 409
    assert "Name: whose version stays?" in text_of(refused)
    assert "Leak less" in text_of(refused)
    assert 'value="Mine"' in text_of(refused)
    assert Goal.objects.get(pk=golden.leaks.pk).name == "Leak less"
    assert reader.post(reverse("goal_edit", args=[golden.leaks.code]), answered(refused)).status_code == 302
    assert Goal.objects.get(pk=golden.leaks.pk).name == "Mine"


def test_who_saves_a_goal_second_chooses_and_overwrites_nothing_else(reader, golden):
    address = reverse("goal_edit", args=[golden.leaks.code])
    page = reader.get(address)
    theirs = {"name": "Leak less", "parent": golden.trust, "portfolio": golden.world.networks}
    edit_goal(golden.leaks, actor=MAINSTAY, **theirs)
    refused = reader.post(address, answered(page) | {"name": "Mine", "description": "By night"})
    assert refused.status_code == 409
    assert "Taken over as saved: " in text_of(refused)
    assert reader.post(address, answered(refused, name="theirs")).status_code == 302
    goal = Goal.objects.get(pk=golden.leaks.pk)
    kept = (goal.name, goal.parent, goal.portfolio, goal.description)
    assert kept == ("Leak less", golden.trust, golden.world.networks, "By night")


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("key_result_edit", {"name": "Water lost"}),
        ("driver", {"name": "Fewer leaks", "statement_low": "A little less", "is_active": "on"}),
        ("department", {"name": "Water operations", "is_active": "on"}),
    ],
)
def test_every_edit_page_saves_what_it_showed(reader, golden, drivers, name, changes):
    department = create_department(None, actor=MAINSTAY, name="Operations")
    rows = {"key_result_edit": golden.result, "driver": drivers[0], "department": department}
    key = drivers[0].code if name == "driver" else rows[name].pk
    address = reverse(name, args=[key])
    shown = text_of(reader.get(address))
    assert f'name="version" value="{rows[name].version}"' in shown
    numbers = {"kind": "result", "start_value": "20", "target_value": "10", "due_date": "2027-01-01", "weight": "1"}
    sent = {"version": rows[name].version} | (numbers if name == "key_result_edit" else {"code": key}) | changes
    assert reader.post(address, sent).status_code == 302
    assert type(rows[name]).objects.get(pk=rows[name].pk).name == changes["name"]


def test_the_targets_of_a_classification_are_changed_in_the_page(reader, golden, kinds):
    address = reverse("classification", args=["RGT"])
    shown = reader.get(address)
    rows = shown.context["buckets"].initial_forms
    sent = {f"buckets-{place}-{name}": row.initial[name] for place, row in enumerate(rows) for name in row.initial}
    sent |= {"buckets-TOTAL_FORMS": 3, "buckets-INITIAL_FORMS": 3, "version": kinds.version, "name": "Mix"}
    refused = reader.post(address, sent | {"buckets-0-target_share": "60"})
    assert (refused.status_code, "add up to 110%" in text_of(refused)) == (422, True)
    shares = {"buckets-0-target_share": "60", "buckets-1-target_share": "20", "is_active": "on"}
    assert reader.post(address, sent | shares).status_code == 302
    assert list(Bucket.objects.values_list("target_share", flat=True)) == [60, 20, 20]


def test_the_effect_of_weights_is_shown_and_nothing_is_published(reader, golden):
    golden.contribute(golden.world.pumps, golden.leaks, "50")
    golden.contribute(golden.world.meters, golden.trust, "25")
    address = f"{reverse('goal_weights')}?under={golden.vision.code}"
    sent = {f"weight-{golden.leaks.pk}": "20", f"weight-{golden.trust.pk}": "80"}
    before = Event.objects.count()
    page = reader.post(address, sent | {"action": "preview"})
    planned = next(one for one in page.context["page"].effect.figures if one.name == "planned")
    assert (planned.before, planned.after, planned.change) == (Decimal("0.4"), Decimal("0.3"), -10)
    assert [(one.name, one.place_before, one.place_after) for one in page.context["page"].effect.ranked] == [
        ("Smart meters", 2, 1),
        ("Replace the pumps", 1, 2),
    ]
    assert Event.objects.count() == before
    reader.post(address, sent | {"action": "publish", "reason": "Board"})
    assert list(Goal.objects.filter(parent=golden.vision).values_list("weight", flat=True)) == [20, 80]
    assert Event.objects.latest("pk").reason == "Board"


def test_weights_that_make_no_whole_are_refused_beside_the_form(reader, golden):
    address = f"{reverse('goal_weights')}?under={golden.vision.code}"
    sent = {f"weight-{golden.leaks.pk}": "20", f"weight-{golden.trust.pk}": "70", "action": "publish"}
    refused = reader.post(address, sent)
    assert (refused.status_code, "add up to 90%" in text_of(refused)) == (422, True)
    assert list(Goal.objects.filter(parent=golden.vision).values_list("weight", flat=True)) == [60, 40]


def test_the_page_of_a_goal_tells_hidden_work_as_a_total(golden):
    golden.contribute(golden.world.heron, golden.leaks, "30")
    client = Client()
    client.force_login(golden.world.portfolio_manager)
    text = text_of(client.get(reverse("goal", args=[golden.leaks.code])))
    assert "Work that is not open to you" in text
    assert "30%" in text
    assert "Heron" not in text


def test_a_goal_as_known_on_a_date_shows_what_was_known(reader, golden):
    record_check_in(golden.result, actor=MAINSTAY, value=Decimal(15))
    moment = timezone.now()
    record_check_in(golden.result, actor=MAINSTAY, value=Decimal(10))
    address = reverse("goal", args=[golden.leaks.code])
    assert "50% of the way is done" in text_of(reader.get(address, {"as_of": moment.isoformat()}))
    assert "100% of the way is done" in text_of(reader.get(address))


def test_somebody_checks_in_and_corrects_it(reader, golden):
    sent = {"value": "150", "on_date": timezone.localdate(), "confidence": "4", "note": "Quarter"}
    reader.post(reverse("check_ins", args=[golden.result.pk]), sent)
    wrong = CheckIn.objects.get()
    reader.post(reverse("check_in_correction", args=[wrong.pk]), sent | {"value": "15"})
    assert [row.value for row in CheckIn.objects.all()] == [150, 15]
    assert "50% of the way" in text_of(reader.get(reverse("key_result", args=[golden.result.pk])))


def test_work_is_named_by_its_code_on_the_page_of_a_goal(reader, golden):
    address = reverse("goal_contributions", args=[golden.leaks.code])
    reader.post(address, {"work": "pumps", "share": "60"})
    refused = reader.post(address, {"work": "METERS", "share": "50"})
    assert (refused.status_code, "would add up to 110%" in text_of(refused)) == (422, True)
    assert [(row.project.code, row.share) for row in Contribution.objects.all()] == [("PUMPS", 60)]


def test_orphans_and_gaps_are_marked_in_the_value_map_and_listed(reader, golden):
    golden.contribute(golden.world.pumps, golden.leaks, "60", key_result=golden.result)
    page = reader.get(reverse("value_map")).context["page"]
    assert [(node.label, node.mark) for node in page.shown.nodes] == [
        ("Replace the pumps", ""),
        ("Smart meters", "No goal"),
        ("Leakage", ""),
        ("Halve the leaks", ""),
        ("Trusted by customers", "No work behind it"),
    ]
    assert [(link.source, link.label) for link in page.shown.links if link.label] == [
        (f"project-{golden.world.pumps.pk}", "60%")
    ]
    assert [project.code for project in page.orphans] == ["METERS"]
    assert page.finding == "1 project contributes to no goal; 1 objective without work behind it."


def test_a_link_of_the_strategy_map_is_drawn_and_removed(reader, golden):
    ends = {"source": f"goal-{golden.leaks.pk}", "target": f"goal-{golden.trust.pk}"}
    reader.post(reverse("cause_links"), ends)
    assert Cause.objects.count() == 1
    back = {"source": ends["target"], "target": ends["source"]}
    refused = reader.post(reverse("cause_links"), back, headers={"HX-Request": "true"})
    assert (refused.status_code, "would close a circle" in text_of(refused)) == (422, True)
    reader.post(reverse("cause_removals"), ends)
    assert not Cause.objects.exists()


def test_projects_are_rated_in_the_grid(reader, golden, drivers):
    pumps, leak = golden.world.pumps.pk, drivers[0].pk
    page = reader.get(reverse("ratings")).context["page"]
    assert [line.labels[1] for line in page.sheet.lines] == ["METERS", "PUMPS"]
    sent = {"ratings:lines": [str(pumps)], f"ratings:{pumps}:driver-{leak}": "Strong"}
    assert reader.post(reverse("ratings"), sent).status_code == 302
    assert [(row.project_id, row.level) for row in Impact.objects.all()] == [(pumps, "strong")]
    refused = reader.post(reverse("ratings"), sent | {f"ratings:{pumps}:driver-{leak}": "Huge"})
    assert refused.status_code == 422
    assert Impact.objects.get().level == "strong"


def test_projects_are_placed_in_bulk_from_the_mix(reader, golden, kinds):
    run = Bucket.objects.get(name="Run")
    sent = {"projects": ["PUMPS", "METERS"], "bucket": run.pk}
    reader.post(reverse("placements", args=["RGT"]), sent)
    assert Placement.objects.filter(bucket=run).count() == 2
    page = reader.get(reverse("mix"), {"kind": "RGT", "bucket": run.pk}).context["page"]
    assert page.finding == "Run lies 50 points above its target. 3 of 3 buckets are off target."
    assert [project.code for project, _ in page.rows] == ["PUMPS", "METERS"]
    refused = reader.post(reverse("placements", args=["RGT"]), {"bucket": run.pk})
    assert (refused.status_code, "Choose at least one project." in text_of(refused)) == (422, True)


def test_a_project_says_what_it_does_for_the_strategy(reader, golden, drivers, kinds):
    address = reverse("project_strategy", args=["PUMPS"])
    reader.post(reverse("project_contributions", args=["PUMPS"]), {"goal": golden.leaks.code, "share": "25"})
    levels = {f"level-{drivers[0].pk}": "strong", f"note-{drivers[0].pk}": "Tests show it"}
    reader.post(reverse("project_impacts", args=["PUMPS"]), levels)
    reader.post(
        reverse("project_placements", args=["PUMPS"]), {f"bucket-{kinds.pk}": Bucket.objects.get(name="Run").pk}
    )
    text = text_of(reader.get(address))
    assert "Contributes to 1 goal; rated on 1 of 2 drivers." in text
    assert "A tenth less" in text
    assert "No rating" in text


def test_the_number_of_queries_of_the_tree_stands_still(reader, golden, django_assert_max_num_queries):
    for number in range(8):
        goal = create_goal(None, actor=MAINSTAY, name=f"Goal {number}", parent=golden.leaks)
        golden.contribute(golden.world.pumps, goal, "5")
    reader.get(reverse("strategy"))
    with django_assert_max_num_queries(36):
        reader.get(reverse("strategy"))
