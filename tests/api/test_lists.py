"""Lists: filters, order, selection of fields, pages that stay together while rows come and go."""

from decimal import Decimal

import pytest

from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import Project
from mainstay.portfolio.operations.projects import edit_project, propose_project
from mainstay.portfolio.operations.setup import create_field


def codes(answer):
    """The codes of a list, in its order."""
    assert answer.status_code == 200, answer.data
    return [row["code"] for row in answer.data["items"]]


@pytest.fixture
def fields(world):
    """Custom fields of each sort, filled for two projects."""
    for key, kind in (("region", "text"), ("votes", "number"), ("due", "date"), ("urgent", "yes_no")):
        create_field(None, actor=MAINSTAY, key=key, label=key.title(), kind=kind)
    pumps = {"region": "North", "votes": 900, "due": "2026-05-01", "urgent": True}
    edit_project(world.pumps, actor=MAINSTAY, custom=pumps)
    edit_project(world.meters, actor=MAINSTAY, custom={"region": "South", "votes": 1000, "due": "2027-05-01"})


def test_a_list_begins_in_the_order_of_codes(grace):
    assert codes(grace.get("/projects")) == ["DEPOT", "METERS", "PUMPS"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("portfolio=NM", ["DEPOT", "METERS", "PUMPS"]),
        ("portfolio=NET", ["METERS", "PUMPS"]),
        ("programme=SMART", ["PUMPS"]),
        ("stage=proposed", ["DEPOT", "METERS", "PUMPS"]),
        ("stage=candidate,active", []),
        ("phase=committed", []),
        ("phase_in=pipeline,committed", ["DEPOT", "METERS", "PUMPS"]),
        ("code=PUMPS", ["PUMPS"]),
        ("code_in=PUMPS,DEPOT,HERON", ["DEPOT", "PUMPS"]),
        ("name_contains=new", ["DEPOT"]),
        ("q=smart", ["METERS"]),
        ("q=replace+pumps", ["PUMPS"]),
        ("cost_gte=800000", ["METERS", "PUMPS"]),
        ("cost_gte=800000.01", ["PUMPS"]),
        ("cost_lte=800000&cost_gte=500000", ["METERS"]),
        ("cost=400000", ["DEPOT"]),
        ("cost_given=false", []),
        ("risk_gte=30", ["METERS", "PUMPS"]),
        ("risk_in=30,60", ["METERS", "PUMPS"]),
        ("owner=none", ["DEPOT", "METERS", "PUMPS"]),
        ("owner=me", []),
        ("start_date_given=true", []),
        ("theme=Resilience&risk_lte=10", ["DEPOT"]),
    ],
)
def test_a_list_is_narrowed(ada, query, expected):
    found = [code for code in codes(ada.get(f"/projects?{query}")) if code != "HERON"]
    assert found == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("custom.region=North", ["PUMPS"]),
        ("custom.votes_gte=950", ["METERS"]),
        ("custom.votes_gte=100&sort=custom.votes", ["PUMPS", "METERS"]),
        ("custom.votes=900", ["PUMPS"]),
        ("custom.due_lte=2026-12-31", ["PUMPS"]),
        ("custom.urgent=true", ["PUMPS"]),
        ("custom.votes_given=false", ["DEPOT"]),
        ("sort=-custom.votes", ["METERS", "PUMPS", "DEPOT"]),
        ("custom.region_contains=out", ["METERS"]),
    ],
)
def test_a_list_is_narrowed_and_sorted_by_custom_fields(fields, grace, query, expected):
    assert codes(grace.get(f"/projects?{query}")) == expected


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("-cost", ["PUMPS", "METERS", "DEPOT"]),
        ("cost", ["DEPOT", "METERS", "PUMPS"]),
        ("theme,-risk", ["METERS", "PUMPS", "DEPOT"]),
        ("programme", ["PUMPS", "METERS", "DEPOT"]),
        ("-programme,-code", ["PUMPS", "METERS", "DEPOT"]),
    ],
)
def test_a_list_is_sorted_and_rows_without_a_value_come_last(ada, sort, expected):
    assert codes(ada.get(f"/projects?sort={sort}&code_in=PUMPS,METERS,DEPOT")) == expected


def test_only_the_fields_asked_for_are_told(grace):
    rows = grace.get("/projects?fields=name,cost").data["items"]
    assert rows[0] == {"code": "DEPOT", "name": "New depot", "cost": "400000.00", "hidden": []}


@pytest.mark.parametrize(
    "query",
    [
        "limit=0", "limit=501", "limit=ten", "sort=price", "sort=description", "fields=price", "colour=red",
        "cursor=%00", "cursor=bm9uc2Vuc2U", "cost_gte=much", "cost_gte=1e400", "cost_gte=NaN", "risk=1.5",
        "phase=soon", "start_date_gte=2026-02-30", "start_date_gte=0001-01-01", "name_in=" + "x," * 200,
        "custom.nothing=1", "custom.=1", "q=%00", "sort=code,name,theme,cost,risk,health", "count=maybe",
        "cost_contains=1", "name_gte=A", "phase_in=pipeline,soon", "health=green,amber", "risk_in=1,x",
    ],
)  # fmt: skip
def test_a_question_that_makes_no_sense_is_refused_by_name(grace, query):
    answer = grace.get(f"/projects?{query}")
    assert (answer.status_code, answer.data["title"]) == (422, "Not valid")
    assert answer.data["detail"] != ""


def test_an_unknown_portfolio_and_a_hidden_one_are_refused_alike(amara):
    hidden, unknown = amara.get("/projects?portfolio=UND"), amara.get("/projects?portfolio=XXX")
    assert (hidden.status_code, unknown.status_code) == (400, 400)
    assert hidden.data["detail"].replace("UND", "XXX") == unknown.data["detail"]


@pytest.fixture
def many(world):
    """Twenty-five projects of which some cost the same and some give no cost."""
    for number in range(25):
        cost = None if number % 5 == 0 else Decimal(1000 * (number % 4))
        propose_project(world.networks, actor=MAINSTAY, name=f"Pipe {number}", code=f"P{number:02d}", cost=cost)


@pytest.mark.parametrize("sort", ["", "cost", "-cost", "-cost,name", "programme,-cost", "stage,-code", "-id"])
def test_pages_hold_every_row_once_and_in_order(many, amara, sort):
    whole = codes(amara.get(f"/projects?limit=500&sort={sort}"))
    found, address = [], f"/projects?limit=4&sort={sort}"
    while address:
        answer = amara.get(address)
        found += codes(answer)
        address = answer.data["next"]
    assert found == whole
    assert len(found) == 27


def test_the_next_page_is_also_in_the_head(many, amara):
    answer = amara.get("/projects?limit=4")
    assert answer["Link"] == f'<{answer.data["next"]}>; rel="next"'
    assert "Link" not in amara.get("/projects?limit=27")


def test_the_count_of_all_pages_is_told_when_asked_for(many, amara):
    assert amara.get("/projects?limit=4&count=true").data["count"] == 27
    assert "count" not in amara.get("/projects?limit=4").data


def test_a_row_that_comes_in_between_shifts_no_page(many, amara, world):
    first = amara.get("/projects?limit=4")
    propose_project(world.networks, actor=MAINSTAY, name="Early", code="A00")
    Project.objects.filter(code="P00").delete()
    second = codes(amara.get(first.data["next"]))
    assert codes(first) == ["METERS", "P00", "P01", "P02"]
    assert second == ["P03", "P04", "P05", "P06"]


def test_a_cursor_belongs_to_one_order(many, amara):
    cursor = amara.get("/projects?limit=4").data["next"].split("cursor=")[1]
    assert amara.get(f"/projects?sort=-cost&cursor={cursor}").status_code == 422


def test_a_row_tells_its_version_and_is_not_sent_twice(grace):
    answer = grace.get("/projects/PUMPS")
    assert (answer.status_code, answer["ETag"]) == (200, '"1"')
    again = grace.get("/projects/PUMPS", If_None_Match='"1"')
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", '"1"')
    assert grace.get("/projects/PUMPS", If_None_Match='"2"').status_code == 200


def test_head_reads_like_get(grace):
    answer = grace.call("HEAD", "/projects/PUMPS")
    assert (answer.status_code, answer["ETag"]) == (200, '"1"')


@pytest.mark.parametrize(
    "moment", ["0001-01-01", "0001-01-01T00:00:00%2B23:59", "9999-12-31T23:59:59-23:59", "2026-13-01"]
)
def test_a_moment_beyond_all_knowledge_is_refused(grace, moment):
    answer = grace.get(f"/projects?as_of={moment}")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.parametrize(
    "query", ["custom.region_contains=%00", "custom.region_in=" + "x," * 200, "custom.votes_gte=x"]
)
def test_custom_fields_are_asked_with_the_same_care(fields, grace, query):
    assert grace.get(f"/projects?{query}").status_code == 422
