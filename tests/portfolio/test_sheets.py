"""Lists of projects in and out: the government's projects, a city's proposals, and the house's own export."""

import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Count, Sum

from mainstay.core.errors import Missing
from mainstay.core.exchange import (
    Check,
    ColumnMapping,
    check,
    commit,
    export_file,
    mapping_named,
    propose,
    read_table,
    sheet_named,
    suggest,
)
from mainstay.core.models import Event
from mainstay.core.operations.grants import give_grant
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import CustomField, Milestone, Portfolio, Programme, Project
from mainstay.portfolio.operations.parts import add_milestone
from mainstay.portfolio.operations.projects import edit_project
from mainstay.portfolio.operations.setup import create_field, edit_field
from mainstay.portfolio.standard import set_up
from tests.core.exchange.files import csv_file
from tests.world import World

GMPP_2022 = "gmpp_2022/GMPP_Government_Major_Projects_Portfolio_AR_Data_March_2022.csv"
GMPP_2024 = "gmpp_2022/CO_Government_Major_Projects_Portofolio_AR_Data_March_2024.csv"
EXEMPT = (
    "Exempt under Section 43 of the Freedom of Information Act 2000 (Commercial Interests) - Commercial interests."
)


def bring(source: Any, target: str, mapping: str = "", *, name: str = "list.csv", actor: Any = MAINSTAY) -> Check:
    """Import a file into the portfolio of that name."""
    sheet, table = sheet_named("projects"), read_table(source, name if not isinstance(source, Path) else source.name)
    chosen = mapping_named("projects", mapping) if mapping else propose(sheet, table)
    place = sheet.target_named(actor, target, chosen.currency_in(table.constants))
    return commit(sheet, table, chosen, place, actor)


def counts() -> tuple[int, int, int, int]:
    """How much there is: projects, their versions, events and fields."""
    return (
        Project.objects.count(),
        Project.Version.objects.count(),
        Event.objects.count(),
        CustomField.objects.count(),
    )


@pytest.fixture
def government(db: None, shared_data: Path) -> Portfolio:
    """The projects of the UK Government of March 2022."""
    set_up()
    bring(shared_data / GMPP_2022, "UK Government", "gmpp")
    return Portfolio.objects.get(name="UK Government")


def test_the_projects_of_the_government_come_in_with_their_costs(government: Portfolio) -> None:
    sums = Project.objects.filter(portfolio=government).aggregate(Count("pk"), Count("cost"), Sum("cost"))
    assert sums == {"pk__count": 235, "cost__count": 191, "cost__sum": Decimal("494181000000.00")}
    assert government.currency == "GBP"
    assert set(Project.objects.values_list("stage__key", "currency")) == {("active", "GBP")}


def test_a_project_of_the_government_is_read_field_by_field(government: Portfolio) -> None:
    project = Project.objects.get(external_key="MOJ_0050_2021-Q1")
    assert (project.name, project.theme) == ("10,000 Additional Prison Places", "Infrastructure and Construction")
    assert (str(project.start_date), str(project.end_date)) == ("2020-03-02", "2027-03-30")
    assert (project.cost, project.confidence) == (Decimal("32614000000.00"), "amber")
    assert project.custom["department"] == "MOJ"
    assert project.custom["year_baseline"] == "50340000"
    assert project.custom["year_variance"] == "-3"


def test_texts_in_place_of_figures_and_dates_are_kept_and_read_as_nothing(government: Portfolio) -> None:
    project = Project.objects.filter(given_text__cost=EXEMPT).order_by("code").first()
    assert project is not None
    assert project.cost is None
    assert Project.objects.filter(given_text__has_key="cost").count() == 42
    assert Project.objects.filter(given_text__has_key="end_date", end_date=None).count() == 17
    assert Project.objects.filter(given_text__has_key="year_forecast").count() == 31
    assert not Project.objects.filter(given_text__has_key="year_forecast", custom__has_key="year_forecast").exists()


def test_the_owners_rating_counts_where_the_assurers_gave_none(government: Portfolio) -> None:
    ratings = dict(Project.objects.values_list("confidence").annotate(Count("pk")).order_by())
    assert ratings == {"amber": 118 + 52, "red": 24 + 3, "green": 11 + 13, "": 14}
    rated = Project.objects.filter(confidence="amber")
    assert rated.filter(custom__ipa_rating="Amber").count() == 118
    assert rated.filter(custom__sro_rating="Amber").count() == 52


def test_a_second_import_of_the_same_file_changes_nothing(government: Portfolio, shared_data: Path) -> None:
    before = counts()
    report = bring(shared_data / GMPP_2022, "UK Government", "gmpp")
    assert (report.new, report.changed, report.unchanged, report.committed) == (0, 0, 235, True)
    assert counts() == before


def test_the_layout_of_2024_is_read_with_the_same_mapping(government: Portfolio, shared_data: Path) -> None:
    report = bring(shared_data / GMPP_2024, "UK Government", "gmpp")
    assert (report.new, report.changed, report.unchanged, report.problems) == (6, 5, 0, ())
    project = Project.objects.get(external_key="CO_0281_2324-Q2")
    assert (project.cost, project.benefit) == (Decimal("43000000.00"), Decimal("167000000.00"))


def test_the_layout_of_2024_alone_adds_up(db: None, shared_data: Path) -> None:
    set_up()
    assert bring(shared_data / GMPP_2024, "Cabinet Office", "gmpp").new == 11
    assert Project.objects.aggregate(Sum("cost"), Sum("benefit")) == {
        "cost__sum": Decimal("4754000000.00"),
        "benefit__sum": Decimal("5144000000.00"),
    }


def test_the_mapping_for_a_known_layout_is_found_without_naming_it(db: None, shared_data: Path) -> None:
    set_up()
    sheet = sheet_named("projects")
    assert suggest(sheet, read_table(shared_data / GMPP_2022))[0] == "gmpp"
    assert suggest(sheet, read_table(shared_data / "pabulib/projects/Poland_Krakow_2024.csv"))[0] == "pabulib"
    assert suggest(sheet, read_table(csv_file("Key,Name\n1,Pumps\n")))[0] == ""


def test_proposals_of_a_city_come_in_with_votes_and_its_decision(db: None, shared_data: Path) -> None:
    set_up()
    file = shared_data / "pabulib/projects/Poland_Warszawa_2018_Ursynow_Wysoki_Polnocny.csv"
    sheet, table, mapping = sheet_named("projects"), read_table(file), mapping_named("projects", "pabulib")
    mapping = mapping.with_constants({"currency": "PLN"})
    report = commit(sheet, table, mapping, sheet.target_named(MAINSTAY, "Ursynów", "PLN"), MAINSTAY)
    assert (report.new, report.problems) == (62, ())
    project = Project.objects.get(external_key="94")
    assert (project.name, project.cost, project.currency) == (
        "Tężnia Maciejka w Parku Jana Pawła II",
        Decimal("260500.00"),
        "PLN",
    )
    assert (project.stage.key, project.theme) == ("candidate", "environmental protection")
    assert project.custom == {
        "votes": "2245",
        "categories": "environmental protection,public space,health",
        "target_groups": "None",
        "city_selected": True,
    }


def test_an_election_in_its_own_format_brings_its_currency_along(db: None, shared_data: Path) -> None:
    set_up()
    report = bring(shared_data / "pabulib/pb/Netherlands_Amsterdam_304.pb", "Terrasdorp", "pabulib")
    assert (report.new, report.problems) == (29, ())
    assert Project.objects.get(external_key="37363").name == "Tegels eruit, groen erin!"
    assert set(Project.objects.values_list("currency", flat=True)) == {"EUR"}
    assert Portfolio.objects.get().currency == "EUR"


def test_a_name_too_long_for_its_field_is_shortened_and_kept_whole(db: None, shared_data: Path) -> None:
    set_up()
    bring(shared_data / "pabulib/projects/Poland_Wieliczka_2023_Green_Budget.csv", "Wieliczka", "pabulib")
    project = Project.objects.get(external_key="40")
    assert len(project.name) <= 200
    assert project.name.endswith("…")
    assert project.description.startswith(project.name[:-1])
    assert project.description.endswith("promocją adopcji zwierząt")


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_what_goes_out_comes_back_as_it_was(form: str, government: Portfolio) -> None:
    sheet, file, before = sheet_named("projects"), io.BytesIO(), counts()
    export_file(sheet.export_columns(MAINSTAY), sheet.rows_for(MAINSTAY), form, file)
    report = bring(file, "UK Government", name=f"list.{form}")
    assert (report.problems, report.new, report.changed, report.unchanged) == ((), 0, 0, 235)
    assert counts() == before


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_dangerous_and_odd_texts_survive_the_way_out_and_back(form: str, world: World) -> None:
    texts = ["=1+1", "+44 20", "-3", "@x", "'=x", "<script>alert(1)</script>", 'a "b", c;\nd\te', "Żółć £ 🙂", "0012"]
    for number, text in enumerate(texts):
        bring(csv_file(f"Key in the source,Name\nK{number},x\n"), "NET")
        project = Project.objects.get(external_key=f"K{number}")
        edit_project(project, actor=MAINSTAY, name=text.partition("\n")[0], description=text)
    sheet, file = sheet_named("projects"), io.BytesIO()
    export_file(sheet.export_columns(MAINSTAY), sheet.rows_for(MAINSTAY, within=world.networks), form, file)
    report = bring(file, "NET", name=f"list.{form}")
    assert (report.problems, report.new, report.changed, report.unchanged) == ((), 0, 0, len(texts) + 2)


def exported(user: Any, **more: Any) -> list[dict[str, Any]]:
    """The projects as JSON, as a person sees them."""
    sheet, file = sheet_named("projects"), io.BytesIO()
    export_file(sheet.export_columns(user), sheet.rows_for(user, **more), "json", file)
    return list(json.loads(file.getvalue()))


def test_an_export_holds_what_the_person_may_see_and_nothing_else(world: World) -> None:
    assert [row["code"] for row in exported(world.portfolio_manager)] == ["METERS", "PUMPS"]
    assert [row["code"] for row in exported(world.sponsor)] == ["DEPOT", "METERS", "PUMPS"]
    assert [row["code"] for row in exported(world.director, within=world.top)] == [
        "DEPOT",
        "HERON",
        "METERS",
        "PUMPS",
    ]
    assert exported(world.stranger) == []


def test_hidden_figures_and_the_texts_that_stand_for_them_stay_out_of_an_export(world: World) -> None:
    create_field(None, actor=MAINSTAY, key="margin", label="Margin", kind="money", is_confidential=True)
    create_field(None, actor=MAINSTAY, key="site", label="Site", kind="text")
    edit_project(world.pumps, actor=MAINSTAY, custom={"margin": "77123", "site": "Leeds"})
    bring(csv_file("Code,Name,Whole-life cost\nMETERS,Smart meters,exempt under some section\n"), "NET")
    give_grant(world.stranger, actor=MAINSTAY, role=Role.EVALUATOR, path=world.networks.path)
    rows = {row["code"]: row for row in exported(world.stranger)}
    assert rows["PUMPS"]["cost"] is None
    assert rows["PUMPS"]["custom.margin"] is None
    assert rows["PUMPS"]["custom.site"] == "Leeds"
    assert rows["METERS"]["cost"] is None
    assert {row["code"]: row["custom.margin"] for row in exported(world.sponsor)}["PUMPS"] == "77123"
    seen = {row["code"]: row["cost"] for row in exported(world.sponsor)}
    assert (seen["PUMPS"], seen["METERS"]) == ("1200000.00", "exempt under some section")


def test_an_export_as_of_a_date_tells_what_was_known(world: World) -> None:
    before = Event.objects.order_by("-at").values_list("at", flat=True)[0]
    edit_project(world.pumps, actor=MAINSTAY, name="Renamed", cost=Decimal(5))
    assert {row["code"]: (row["name"], row["cost"]) for row in exported(MAINSTAY, as_of=before)}["PUMPS"] == (
        "Replace the pumps",
        "1200000.00",
    )


def test_a_list_without_keys_finds_its_rows_by_name(world: World) -> None:
    first = bring(csv_file("Project,Cost\nBridge,100\nTunnel,200\n"), "NET", actor=world.portfolio_manager)
    assert (first.new, first.warnings) == (2, ("Rows are found again by “Name”, because no column is a key.",))
    again = bring(csv_file("Project,Cost\nBridge,100\nTunnel,250\n"), "NET", actor=world.portfolio_manager)
    assert (again.new, again.changed, again.unchanged) == (0, 1, 1)
    assert Project.objects.get(name="Tunnel").cost == Decimal(250)


def test_changed_rows_are_told_field_by_field(world: World) -> None:
    file = csv_file("Code,Name,Owner,Cost\nPUMPS,Replace the pumps,grace,1300000\n")
    sheet, table = sheet_named("projects"), read_table(file, "a.csv")
    report = check(sheet, table, propose(sheet, table), world.networks, MAINSTAY)
    changed = report.changes[0]
    told = [(field.label, field.before, field.after) for field in changed.fields]
    assert (changed.number, told) == (
        2,
        [("Whole-life cost", Decimal("1200000.00"), Decimal("1300000.00")), ("Owner", None, "grace")],
    )


def test_a_list_never_moves_a_known_project_to_another_stage(world: World) -> None:
    report = bring(csv_file("Code,Name,Stage\nPUMPS,Replace the pumps,Active\n"), "NET")
    assert (report.changed, report.unchanged) == (0, 1)
    assert Project.objects.get(code="PUMPS").stage.key == "proposed"
    assert report.warnings[-1].startswith("Another stage than the register's was left aside")


def test_an_import_belongs_to_one_event_of_its_channel(world: World) -> None:
    bring(csv_file("Key,Name\n1,Bridge\n2,Tunnel\n"), "NET", actor=world.portfolio_manager)
    event = Event.objects.first()
    assert event is not None
    assert (event.verb, event.channel, event.count, event.who) == ("rows.import", "import", 2, "Amara Diallo")
    assert event.path == world.networks.path


def test_nobody_imports_where_they_may_not(world: World) -> None:
    before = counts()
    for actor, place in ((world.sponsor, "NM"), (world.portfolio_manager, "NM"), (world.portfolio_manager, "UND")):
        with pytest.raises(Missing):
            bring(csv_file("Key,Name\n1,Bridge\n"), place, actor=actor)
    assert counts() == before


def test_fields_that_are_not_there_yet_need_the_right_to_add_them(world: World, shared_data: Path) -> None:
    before = counts()
    report = bring(shared_data / GMPP_2024, "NET", "gmpp", actor=world.portfolio_manager)
    assert report.problems[0].message.startswith(
        "These fields do not exist yet, and you may not add them: “Department”"
    )
    assert counts() == before
    assert bring(shared_data / GMPP_2024, "NET", "gmpp", actor=world.administrator).new == 11


def test_rows_may_name_portfolios_below_and_programmes(world: World) -> None:
    report = bring(csv_file("Key,Name,Portfolio,Programme\n1,Bridge,NET,Smart network\n2,Tunnel,,\n"), "NM")
    assert report.problems == ()
    bridge, tunnel = (Project.objects.get(external_key=key) for key in ("1", "2"))
    assert (bridge.portfolio, bridge.programme) == (world.networks, world.programme)
    assert bridge.path.startswith(world.programme.path)
    assert tunnel.portfolio == world.top


def test_a_retired_field_is_not_filled(world: World) -> None:
    field = create_field(None, actor=MAINSTAY, key="votes", label="Votes", kind="number")
    edit_field(field, actor=MAINSTAY, is_active=False)
    report = bring(csv_file("project_id,name,cost,votes\n1,Bridge,5,7\n"), "NET", "pabulib")
    assert report.problems[0].message == "There is no field custom.votes."
    assert not Project.objects.filter(external_key="1").exists()


def test_a_mapping_survives_being_saved(db: None) -> None:
    for name in ("gmpp", "pabulib"):
        mapping = mapping_named("projects", name)
        assert ColumnMapping.from_dict(json.loads(json.dumps(mapping.as_dict()))) == mapping


def test_programmes_portfolios_and_milestones_go_out_and_come_back(world: World) -> None:
    add_milestone(world.pumps, actor=MAINSTAY, name="First pump", due_date="2026-05-01")
    for name in ("programmes", "portfolios", "milestones"):
        sheet, file = sheet_named(name), io.BytesIO()
        export_file(sheet.export_columns(MAINSTAY), sheet.rows_for(MAINSTAY, within=world.networks), "csv", file)
        table = read_table(file, "list.csv")
        report = commit(sheet, table, propose(sheet, table), world.networks, MAINSTAY)
        assert (name, report.problems, report.new, report.changed, report.unchanged) == (name, (), 0, 0, 1)


def test_programmes_portfolios_and_milestones_are_brought_in(world: World) -> None:
    lists = {
        "portfolios": "Code,Name,Owner\nWATER,Water,grace\n",
        "programmes": "Code,Name,Shared objective\nLEAK,Fewer leaks,Lose less water\n",
        "milestones": "Project,Milestone,Due,Done\nPUMPS,Order,2026-01-01,2026-01-03\nMETERS,Order,2026-02-01,\n",
    }
    for name, text in lists.items():
        sheet, table = sheet_named(name), read_table(csv_file(text), "a.csv")
        assert commit(sheet, table, propose(sheet, table), world.networks, world.portfolio_manager).problems == ()
    water = Portfolio.objects.get(code="WATER")
    assert (water.parent, water.owner, water.currency) == (world.networks, world.sponsor, "GBP")
    assert Programme.objects.get(code="LEAK").path.startswith(world.networks.path)
    orders = Milestone.objects.order_by("due_date").values_list("project__code", "name", "due_date", "done_date")
    assert [(code, name, str(due), str(done)) for code, name, due, done in orders] == [
        ("PUMPS", "Order", "2026-01-01", "2026-01-03"),
        ("METERS", "Order", "2026-02-01", "None"),
    ]


SIDEWAYS = (
    "Project Name,A400M,Astute Boats\nGMPP ID Number,MOD_0001_1112-Q1,MOD_0076_1213-Q1\nDepartment,MOD,MOD\n"
    "MPA RAG rating (a five-point scale),Amber/Green,Red\nProject - Start Date,01/04/2010,Exempt under Section 26\n"
    '2015/16 Budget (£million),£12.5,NA\nTotal budgeted whole life costs (£million),"£3,817","£10,827.5"\n'
)


def test_earlier_years_name_their_fields_down_the_side_and_differently(world: World) -> None:
    report = bring(csv_file(SIDEWAYS), "NET", "gmpp")
    assert (report.rows, report.new, report.problems) == (2, 2, ())
    first, second = Project.objects.exclude(external_key="").order_by("external_key")
    assert (first.name, first.cost, first.confidence, str(first.start_date)) == (
        "A400M",
        Decimal("3817000000.00"),
        "amber_green",
        "2010-04-01",
    )
    assert first.custom["year_baseline"] == "12500000"
    assert (second.confidence, second.start_date, second.given_text) == (
        "red",
        None,
        {"start_date": "Exempt under Section 26"},
    )


def test_a_list_brings_nothing_past_authorisation_by_somebody_who_may_not_authorise(world: World) -> None:
    table = csv_file("Code,Name,Stage\nNEW1,A new pump,Candidate\nNEW2,Another pump,Active\n")
    before = Project.objects.count()
    give_grant(world.stranger, actor=MAINSTAY, role=Role.RESOURCE_MANAGER, path=world.top.path)
    report = bring(table, "NET", actor=world.stranger)
    assert [(each.row, each.column) for each in report.problems] == [(3, "Stage")]
    assert report.problems[0].message == ("You may not authorise projects in Networks, so none comes in as active.")
    assert Project.objects.count() == before
    bring(table, "NET", actor=world.director)
    assert Project.objects.get(code="NEW2").stage.key == "active"
