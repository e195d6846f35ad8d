"""Ranked lists in pages, files, the inventory and the API: moved, taken back, confirmed, and as known on a date."""

import json
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from mainstay.core.models import Event
from mainstay.core.operations.tokens import issue_token
from mainstay.evaluation.models import RankOverride, ScoreModel
from mainstay.evaluation.operations.models import Wanted, edit_model
from mainstay.evaluation.operations.ranking import override_rank
from mainstay.evaluation.operations.scores import score_projects
from mainstay.evaluation.ranking.columns import ranks_of
from mainstay.evaluation.ranking.news import news_since
from mainstay.portfolio.queries import Reading


@pytest.fixture
def scored(world, model):
    """The pumps (58 points) before the meters (38.5)."""
    score_projects(model, actor=world.portfolio_manager)
    return model


@pytest.fixture
def browser(world, client):
    """Amara is signed in."""
    client.force_login(world.portfolio_manager)
    return client


@pytest.fixture
def call(world, client):
    """Amara's program calls the API."""
    _, key = issue_token(world.portfolio_manager, actor=world.portfolio_manager, name="T", scopes=["read", "write"])

    def called(method: str, path: str, **body):
        headers = {"Authorization": f"Bearer {key}"}
        answer = client.generic(
            method, f"/api/v1{path}", json.dumps(body), content_type="application/json", headers=headers
        )
        return answer.status_code, answer.json() if answer.content else None

    return called


def address(model, way):
    """Where moves of a model are sent."""
    return f"/evaluate/models/{model.pk}/{way}"


def test_a_move_is_answered_with_the_order_now(world, scored, browser):
    sent = {"row": "METERS", "position": "1", "reason": "The law"}
    answer = browser.post(address(scored, "overrides/"), sent, headers={"HX-Request": "true"}).content.decode()
    assert 'data-order="[&quot;METERS&quot;, &quot;PUMPS&quot;]"' in answer
    assert "Moved from 2 to 1 by Amara Diallo, because The law" in answer


def test_without_scripts_a_move_leads_back_to_the_list(world, scored, browser):
    sent = {"row": "METERS", "position": "1", "reason": "The law"}
    answer = browser.post(address(scored, "overrides/?stage=proposed"), sent)
    assert answer["Location"] == f"/evaluate/ranking/?stage=proposed&model={scored.pk}"
    assert "because The law" in browser.get(answer["Location"]).content.decode()


def test_a_move_without_a_reason_keeps_what_was_typed(world, scored, browser):
    answer = browser.post(address(scored, "overrides/"), {"row": "METERS", "position": "1", "reason": ""})
    assert answer.status_code == 422
    assert 'value="1"' in answer.content.decode()
    assert not RankOverride.objects.exists()


def test_a_move_is_taken_back_once(world, scored, browser):
    override_rank(world.meters, actor=world.director, model=scored, position=1, reason="The board")
    browser.post(address(scored, "overrides/removal/"), {"row": "METERS"})
    assert not RankOverride.objects.exists()
    assert browser.post(address(scored, "overrides/removal/"), {"row": "METERS"}).status_code == 404


def test_a_move_of_a_former_edition_is_confirmed(world, scored, browser):
    override_rank(world.meters, actor=world.director, model=scored, position=1, reason="The board")
    only = Wanted("Risk", "risk", Decimal(100), Decimal(0), Decimal(100))
    edit_model(scored, actor=world.portfolio_manager, criteria=[only])
    score_projects(ScoreModel.objects.get(), actor=world.portfolio_manager)
    page = f"/evaluate/ranking/?model={scored.pk}"
    assert "Moves of a former edition: 1" in browser.get(page).content.decode()
    browser.post(address(scored, "overrides/confirmation/"), {"row": "METERS"})
    kept = RankOverride.objects.get()
    assert (kept.edition, kept.reason, kept.who) == (2, "The board", "Amara Diallo")
    assert "Moves of a former edition" not in browser.get(page).content.decode()


def test_what_others_moved_is_told_and_ones_own_is_not(world, scored):
    before = Event.objects.order_by("-pk").first().pk
    override_rank(world.meters, actor=world.director, model=scored, position=1, reason="The board")
    assert news_since(world.portfolio_manager, scored, before) == ["Dora Director moved Smart meters."]
    assert news_since(world.director, scored, before) == []
    assert news_since(world.portfolio_manager, scored, Event.objects.order_by("-pk").first().pk) == []


def test_the_file_holds_what_the_list_shows(world, scored, browser):
    override_rank(world.meters, actor=world.director, model=scored, position=1, reason="The board")
    answer = browser.get(f"/evaluate/ranking/?model={scored.pk}&columns=score&columns=cost&budget=1m&format=xlsx")
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == (
        "Rank", "Code", "Name", "Score", "Cost, GBP", "Must be done", "Line", "Moved from", "Moved by", "Why",
    )  # fmt: skip
    assert rows[1][:2] + rows[1][6:] == (1, "METERS", "above", 2, "Dora Director", "The board")
    assert rows[2][:2] + rows[2][6:7] == (2, "PUMPS", "below")


def test_the_rank_stands_in_the_inventory_with_moves_by_hand(world, scored, browser):
    override_rank(world.meters, actor=world.director, model=scored, position=1, reason="The board")
    ranks = ranks_of(Reading(world.portfolio_manager))
    assert ranks == {world.meters.pk: 1, world.pumps.pk: 2}
    answer = browser.get("/api/v1/projects?fields=code")
    assert answer.status_code == 200
    listed = browser.get("/projects/?columns=code,rank&sort=rank").content.decode()
    assert listed.index("METERS") < listed.index("PUMPS")


def test_yesterdays_order_is_still_there(world, scored, browser):
    moment = timezone.now()
    override_rank(world.meters, actor=world.director, model=scored, position=1, reason="The board")
    from mainstay.evaluation.ranking.standing import Standing

    former = ScoreModel.objects.as_of(moment).get(row_id=scored.pk)
    codes = [one.scored.code for one in Standing(world.portfolio_manager, former, moment).placed]
    assert codes == ["PUMPS", "METERS"]
    assert [one.scored.code for one in Standing(world.portfolio_manager, scored).placed] == ["METERS", "PUMPS"]


def test_a_program_moves_and_restores_and_reads_the_order(world, scored, call):
    status, made = call("POST", f"/models/{scored.pk}/rank-overrides", project="METERS", before="PUMPS", reason="Law")
    assert (status, made["position"], made["computed"], made["moved_by"]) == (201, 1, 2, "amara")
    _, told = call("GET", f"/models/{scored.pk}/ranking?budget=1000000")
    assert [(one["rank"], one["project"], one["moved_from"], one["reason"]) for one in told["items"]] == [
        (1, "METERS", 2, "Law"),
        (2, "PUMPS", None, None),
    ]
    assert (told["above"], told["count"]) == (1, 2)
    assert call("GET", "/rank-overrides")[1]["items"][0]["project"] == "METERS"
    assert call("DELETE", f"/rank-overrides/{made['id']}") == (204, None)
    assert call("GET", f"/models/{scored.pk}/ranking")[1]["items"][0]["project"] == "PUMPS"


def test_a_program_that_asks_for_two_places_is_refused(world, scored, call):
    sent = {"project": "METERS", "position": 1, "after": "PUMPS", "reason": "Law"}
    status, problem = call("POST", f"/models/{scored.pk}/rank-overrides", **sent)
    assert status == 422
    assert "Say a position, or the project it goes before or after." in json.dumps(problem)
    assert not RankOverride.objects.exists()


def test_a_program_reads_matrix_sensitivity_and_check(world, scored, call):
    _, matrix = call("GET", f"/matrix?x=risk&y=score&model={scored.pk}&portfolio=NET")
    assert [(one["project"], one["x"], one["y"]) for one in matrix["spots"]] == [
        ("PUMPS", 30.0, 58.0),
        ("METERS", 60.0, 38.5),
    ]
    _, firm = call("GET", f"/models/{scored.pk}/sensitivity?cut=1")
    assert [room["criterion"] for room in firm["rooms"]] == ["Benefit", "Risk"]
    assert firm["project"] == "METERS"
    _, check = call("GET", f"/models/{scored.pk}/check")
    assert [one["kind"] for one in check["findings"]] == ["risk_in_value", "too_few_projects"]
