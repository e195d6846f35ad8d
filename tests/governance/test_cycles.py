"""Planning cycles: their states in order, who may take them on, and the list in and out."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from mainstay.core.errors import Forbidden, Impossible, Stale
from mainstay.core.exchange import sheet_named
from mainstay.core.models import Event
from mainstay.governance.contents import Kept, contents, register_content
from mainstay.governance.models import Cycle, CycleState
from mainstay.governance.operations.cycles import advance_cycle, create_cycle, edit_cycle
from tests.second_save import answered

DATES = {"start_date": date(2027, 1, 1), "end_date": date(2027, 12, 31)}
FORM = {"portfolio": "NET", "name": "2027", "start_date": "2027-01-01", "end_date": "2027-12-31", "version": "1"}


@pytest.fixture
def cycle(world):
    """The cycle 2027 of Networks."""
    return create_cycle(world.networks, actor=world.portfolio_manager, name="2027", **DATES)


def state():
    return Cycle.objects.get().state


def test_a_cycle_goes_through_its_states_in_order(world, cycle):
    seen = [state()]
    for _ in range(5):
        cycle = advance_cycle(cycle, actor=world.portfolio_manager)
        seen.append(state())
    assert seen == list(CycleState)
    with pytest.raises(Impossible, match="2027 is closed; there is no state after it"):
        advance_cycle(cycle, actor=world.portfolio_manager)
    assert state() == "closed"


def test_a_cycle_goes_one_state_back_with_the_reason_only(world, cycle):
    advance_cycle(cycle, actor=world.portfolio_manager)
    with pytest.raises(ValidationError, match="Say why the cycle goes back"):
        advance_cycle(cycle, actor=world.portfolio_manager, back=True)
    assert state() == "open"
    advance_cycle(cycle, actor=world.portfolio_manager, back=True, reason="The call was late")
    assert state() == "prepared"
    assert Event.objects.first().reason == "The call was late"


def test_only_those_with_the_right_change_a_cycle(world, cycle):
    events = Event.objects.count()
    for person in (world.sponsor, world.controller):
        with pytest.raises(Forbidden):
            advance_cycle(cycle, actor=person)
        with pytest.raises(Forbidden):
            edit_cycle(cycle, actor=person, name="Mine")
    assert (state(), Event.objects.count()) == ("prepared", events)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"end_date": date(2026, 1, 1)}, "The cycle ends before it starts."),
        (
            {"intake_until": date(2026, 9, 1), "decision_date": date(2026, 8, 1)},
            "The decision comes after the last day for proposals.",
        ),
        ({"state": "closed"}, "These cannot be changed here: state."),
    ],
)
def test_dates_that_make_no_sense_are_refused(world, cycle, changes, told):
    with pytest.raises(ValidationError, match=told):
        edit_cycle(cycle, actor=world.portfolio_manager, **changes)
    assert Cycle.objects.get().version == 1


def test_an_edit_of_an_old_version_is_refused_and_stays_in_the_form(world, cycle, client):
    edit_cycle(cycle, actor=world.portfolio_manager, note="First")
    with pytest.raises(Stale):
        edit_cycle(cycle, actor=world.portfolio_manager, expected_version=1, note="Second")
    client.force_login(world.portfolio_manager)
    page = client.post(f"/governance/cycles/{cycle.pk}/edit/", FORM | {"name": "Year 2027"})
    assert page.status_code == 409
    assert 'value="Year 2027"' in page.content.decode()
    assert Cycle.objects.get().name == "2027"


def test_who_saves_a_cycle_second_chooses_and_overwrites_nothing_else(world, cycle, client):
    edit_cycle(cycle, actor=world.administrator, name="Year 27", note="From Ada")
    client.force_login(world.portfolio_manager)
    url = f"/governance/cycles/{cycle.pk}/edit/"
    page = client.post(url, FORM | {"name": "Mine", "intake_until": "2026-09-01"})
    shown = page.content.decode()
    assert page.status_code == 409
    assert "Name: whose version stays?" in shown
    assert "Taken over as saved: Note." in shown
    assert client.post(url, answered(page, name="theirs")).status_code == 302
    cycle.refresh_from_db()
    assert (cycle.name, cycle.note, cycle.intake_until) == ("Year 27", "From Ada", date(2026, 9, 1))


def test_a_form_refused_for_a_field_still_knows_the_version_it_was_opened_with(world, cycle, client):
    client.force_login(world.portfolio_manager)
    edit_cycle(cycle, actor=world.administrator, note="From Ada")
    url = f"/governance/cycles/{cycle.pk}/edit/"
    refused = client.post(url, FORM | {"name": ""})
    assert refused.status_code == 422
    assert client.post(url, answered(refused) | {"name": "Mine"}).status_code == 409
    assert Cycle.objects.get().note == "From Ada"


def test_a_cycle_is_prepared_changed_and_taken_on_in_the_pages(world, client):
    client.force_login(world.portfolio_manager)
    saved = client.post("/governance/cycles/new/", FORM)
    cycle = Cycle.objects.get()
    assert saved["Location"] == f"/governance/cycles/{cycle.pk}/"
    assert client.post("/governance/cycles/new/", FORM).status_code == 422
    client.post(f"/governance/cycles/{cycle.pk}/state/")
    assert "2027 is under way: open for proposals." in client.get("/governance/cycles/").content.decode()
    client.post(f"/governance/cycles/{cycle.pk}/state/", {"way": "back"})
    assert state() == "open"


def test_what_lies_in_a_cycle_is_told_by_the_rooms_that_keep_it(world, cycle, monkeypatch):
    monkeypatch.setattr("mainstay.governance.contents._readers", {})
    register_content("Score models", lambda one, user, as_of: [Kept(f"For {one.name}", "/x/", user.name)])
    register_content("Nothing", lambda one, user, as_of: [])
    (shelf,) = contents(cycle, world.portfolio_manager)
    assert (shelf.title, shelf.things) == ("Score models", (Kept("For 2027", "/x/", "Amara Diallo"),))


def test_a_past_cycle_is_read_as_it_was(world, cycle, client):
    from datetime import timedelta

    from django.utils import timezone

    before = timezone.now()
    advance_cycle(cycle, actor=world.portfolio_manager)
    client.force_login(world.portfolio_manager)
    moment = (before + timedelta(microseconds=1)).isoformat()
    page = client.get(f"/governance/cycles/{cycle.pk}/", {"as_of": moment}).content.decode()
    assert "Prepared for Networks" in page
    assert "On to:" not in page


def test_cycles_are_a_list_in_and_out(world, cycle):
    sheet = sheet_named("cycles")
    rows = list(sheet.rows_for(world.portfolio_manager))
    told = [[column.write(row) for column in sheet.export_columns(world.portfolio_manager)] for row in rows]
    assert told == [["2027", "NET", "prepared", date(2027, 1, 1), date(2027, 12, 31), None, None, ""]]
    assert list(sheet.rows_for(world.stranger)) == []
