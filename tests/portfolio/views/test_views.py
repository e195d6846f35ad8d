"""Lists are kept under a name, for oneself or for everybody."""

import re

import pytest

from mainstay.core.models import SavedView


@pytest.fixture
def amara(world, client):
    client.force_login(world.portfolio_manager)
    return client


def kept(client):
    """The views that the list offers, with their addresses."""
    text = client.get("/projects/").content.decode()
    menu = re.search(r"Views</summary>(.*?)</details>", text, re.DOTALL)[1]
    return re.findall(r'href="(/projects/\?[^"]*)">([^<]+?)\s*<', menu)


def test_a_view_keeps_filters_order_groups_and_columns(world, amara):
    query = "?risk_min=30&sort=-cost&group=stage&columns=name%2Ccost"
    answer = amara.post("/inventory/views/", {"name": "Risky", "query": query})
    assert answer["Location"] == f"/projects/{query}"
    assert kept(amara) == [(f"/projects/{query}".replace("&", "&amp;"), "Risky")]
    view = SavedView.objects.get()
    assert (view.person, view.page, view.is_shared) == (world.portfolio_manager, "projects", False)


def test_the_same_name_replaces_a_view(amara):
    for query in ("?risk_min=30", "?risk_min=60"):
        amara.post("/inventory/views/", {"name": "Risky", "query": query})
    assert [address for address, _ in kept(amara)] == ["/projects/?risk_min=60"]


def test_only_a_shared_view_is_offered_to_others_and_only_its_owner_forgets_it(world, client, amara):
    amara.post("/inventory/views/", {"name": "Mine", "query": "?risk_min=30"})
    amara.post("/inventory/views/", {"name": "Ours", "query": "?risk_min=60", "is_shared": "on"})
    mine, ours = SavedView.objects.order_by("name")
    client.force_login(world.sponsor)
    assert [name for _, name in kept(client)] == ["Ours"]
    assert client.post(f"/inventory/views/{ours.pk}/removal/").status_code == 403
    assert client.post(f"/inventory/views/{mine.pk}/removal/").status_code == 404
    assert SavedView.objects.count() == 2
    client.force_login(world.portfolio_manager)
    client.post(f"/inventory/views/{mine.pk}/removal/")
    assert list(SavedView.objects.all()) == [ours]


@pytest.mark.parametrize(
    ("sent", "status"),
    [({"name": ""}, 422), ({"name": "x" * 81}, 422), ({"name": "Odd", "query": "?colour=red"}, 400)],
)
def test_a_view_that_cannot_be_is_not_kept(amara, sent, status):
    assert amara.post("/inventory/views/", {"query": "?risk_min=30"} | sent).status_code == status
    assert not SavedView.objects.exists()
