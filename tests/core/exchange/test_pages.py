"""The import in the browser, page by page, without JavaScript."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Sum
from django.test import Client

from mainstay.core import runs
from mainstay.core.exchange import uploads
from mainstay.core.models import Event, Mapping, Run
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.models import CustomField, Portfolio, Project
from mainstay.portfolio.operations.projects import edit_project
from tests.world import World

LIST = b'Ref,Project,Budget (\xc2\xa3k),Site\nA1,Bridge,"1,200",LS1\nA2,Tunnel,300,LS2\n'


@pytest.fixture
def ada(world: World) -> Client:
    """Ada's browser."""
    client = Client()
    client.force_login(world.administrator)
    return client


def send(ada: Client, content: bytes = LIST, name: str = "list.csv", **fields: str) -> Any:
    """Send a file on the first page."""
    fields = {"sheet": "projects", "target": "NET", "new_target": "", **fields}
    return ada.post("/import/", {"file": SimpleUploadedFile(name, content), **fields})


def left_over() -> list[Path]:
    """The files that are still kept."""
    return [path for path in uploads._folder().iterdir() if path.suffix != ".json"]


@pytest.fixture(autouse=True)
def no_files_left() -> None:
    """Each test begins without files of another."""
    for path in uploads._folder().iterdir():
        path.unlink()


def test_a_list_comes_in_from_the_first_page_to_the_inventory(ada: Client, world: World) -> None:
    address = send(ada).headers["Location"]
    page = ada.get(address).content.decode()
    assert "2 rows, 4 columns" in page
    assert '<option value="cost" selected>Whole-life cost</option>' in page
    assert '<option value="1000" selected>thousands</option>' in page
    chosen = {
        "field-0": "external_key",
        "field-1": "name",
        "field-2": "cost",
        "scale-2": "1000",
        "field-3": "new:text",
    }
    assert ada.post(address, chosen).headers["Location"] == f"{address}check/"
    checked = ada.get(f"{address}check/").content.decode()
    assert "Everything can be read: 2 new, 0 changed, 0 unchanged." in checked
    assert "These fields will be added: “Site”." in checked
    assert Project.objects.count() == 4
    run = ada.post(f"{address}check/").headers["Location"]
    assert runs.work_off() == 1
    assert Run.objects.get().result["url"] == "/projects/?portfolio=NET"
    assert "See what came out" in ada.get(run).content.decode()
    bridge = Project.objects.get(external_key="A1")
    assert (bridge.name, str(bridge.cost), bridge.custom, bridge.portfolio) == (
        "Bridge", "1200000.00", {"site": "LS1"}, world.networks,
    )  # fmt: skip
    assert CustomField.objects.get().label == "Site"
    event = Event.objects.get(verb="rows.import")
    assert (event.person, event.channel, event.run) == (world.administrator, "import", Run.objects.get())
    assert left_over() == []


def test_the_governments_file_comes_in_by_the_pages_alone(ada: Client, shared_data: Path) -> None:
    file = shared_data / "gmpp_2022/GMPP_Government_Major_Projects_Portfolio_AR_Data_March_2022.csv"
    address = send(ada, file.read_bytes(), file.name, target="", new_target="UK Government").headers["Location"]
    assert "235 rows, 17 columns, read with the mapping “gmpp”." in ada.get(address).content.decode()
    assert "235 new" in ada.get(f"{address}check/").content.decode()
    ada.post(f"{address}check/")
    runs.work_off()
    assert Run.objects.get().state == "succeeded"
    government = Portfolio.objects.get(name="UK Government")
    assert Project.objects.filter(portfolio=government).aggregate(Sum("cost")) == {
        "cost__sum": Decimal(494_181_000_000)
    }


def test_errors_are_listed_by_row_and_column_and_keep_the_list_out(ada: Client) -> None:
    address = send(ada, b"Ref,Project,Cost\nA1,Bridge,a lot\n").headers["Location"]
    page = ada.get(f"{address}check/").content.decode()
    assert "1 error stands in the way" in page
    assert '<td class="number" data-label="Row">2</td><td data-label="Column">Cost</td>' in page
    assert "Import 1" not in page
    ada.post(f"{address}check/")
    runs.work_off()
    run = Run.objects.get()
    assert run.state == "failed"
    assert "Row 2, column “Cost”: “a lot” is no number." in run.log
    assert Project.objects.count() == 4
    assert len(left_over()) == 1


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "list.csv", "The submitted file is empty."),
        (b"%PDF-1.7", "list.csv", "This is a PDF."),
        (b"Key,Name\n", "list.csv", "The file has column names but no rows."),
    ],
)
def test_what_cannot_be_read_is_refused_on_the_first_page(
    content: bytes, name: str, sentence: str, ada: Client
) -> None:
    response = send(ada, content, name)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert left_over() == []


@pytest.mark.parametrize("places", [{"target": ""}, {"target": "NET", "new_target": "Another"}, {"target": "DEPOT"}])
def test_a_list_goes_to_exactly_one_place(places: dict[str, str], ada: Client) -> None:
    assert send(ada, **places).status_code == 422
    assert left_over() == []


def test_only_portfolios_one_may_import_into_are_offered(world: World) -> None:
    client = Client()
    client.force_login(world.portfolio_manager)
    page = client.get("/import/").content.decode()
    assert "Networks" in page
    assert "Northmoor" not in page
    assert "Undisclosed" not in page
    assert "new_target" not in page


def test_those_who_import_nowhere_are_refused(world: World) -> None:
    client = Client()
    for person, status in ((world.sponsor, 403), (world.stranger, 403)):
        client.force_login(person)
        assert client.get("/import/").status_code == status


def test_somebody_elses_file_does_not_exist(ada: Client, world: World) -> None:
    address = send(ada).headers["Location"]
    other = Client()
    other.force_login(world.director)
    for part in ("", "check/"):
        assert other.get(f"{address}{part}").status_code == 404
        assert other.post(f"{address}{part}").status_code == 404
    other.post(f"{address}removal/")
    assert len(left_over()) == 1
    assert not Run.objects.exists()


def test_a_mapping_is_saved_by_name_and_used_for_the_next_file(ada: Client, world: World) -> None:
    address = send(ada).headers["Location"]
    chosen = {"field-1": "name", "field-2": "benefit", "name": "Monthly list", "action": "update"}
    assert ada.post(address, chosen).headers["Location"] == address
    assert Mapping.objects.get().person == world.administrator
    following = send(ada).headers["Location"]
    page = ada.get(f"{following}?mapping=Monthly list").content.decode()
    assert '<option value="benefit" selected>' in page


def test_a_mapping_that_ships_is_not_replaced(ada: Client) -> None:
    address = send(ada).headers["Location"]
    page = ada.post(address, {"field-1": "name", "name": "gmpp"}, follow=True).content.decode()
    assert "The mapping gmpp comes with Mainstay" in page
    assert not Mapping.objects.exists()


def test_what_would_change_is_shown_field_by_field(ada: Client, world: World) -> None:
    address = send(ada, b"Code,Name,Cost\nPUMPS,Replace the pumps,5\n").headers["Location"]
    page = ada.get(f"{address}check/").content.decode()
    assert "0 new, 1 changed, 0 unchanged" in page
    assert '<td data-label="Now">1200000.00</td><td data-label="Then">5.00</td>' in page


def test_a_script_in_a_cell_is_shown_as_text(ada: Client) -> None:
    address = send(ada, b"Ref,Name\n1,<script>alert(1)</script>\n").headers["Location"]
    for page in (ada.get(address), ada.get(f"{address}check/")):
        assert b"<script>alert(1)</script>" not in page.content
        assert b"&lt;script&gt;alert(1)&lt;/script&gt;" in page.content


def test_leaving_forgets_the_file(ada: Client) -> None:
    address = send(ada).headers["Location"]
    assert ada.post(f"{address}removal/").headers["Location"] == "/import/"
    assert left_over() == []
    assert ada.get(address).status_code == 404


def test_a_run_that_is_cancelled_before_it_begins_imports_nothing(ada: Client) -> None:
    address = send(ada).headers["Location"]
    run = ada.post(f"{address}check/").headers["Location"]
    ada.post(f"{run}cancellation/")
    assert runs.work_off() == 0
    assert Project.objects.count() == 4


def test_a_run_imports_what_is_true_when_it_runs(ada: Client, world: World) -> None:
    address = send(ada, b"Code,Name,Risk\nPUMPS,Replace the pumps,5\n").headers["Location"]
    ada.post(f"{address}check/")
    edit_project(world.pumps, actor=MAINSTAY, description="Changed meanwhile")
    runs.work_off()
    pumps = Project.objects.get(code="PUMPS")
    assert (pumps.risk, pumps.description) == (5, "Changed meanwhile")
