import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.template import RequestContext, Template
from django.test import RequestFactory

from mainstay.core.map_drawing import Drawing
from mainstay.core.node_map import (
    LinkForm,
    MapLane,
    MapLink,
    MapNode,
    NodeMap,
    NodeMoveForm,
    UnlinkForm,
    answer_map,
    refused_change,
)

LANES = [MapLane("top", "Financial"), MapLane("low", "Learning & growth")]
NODES = [
    MapNode("a", "Lower cost", "top", "/goals/a/"),
    MapNode("b", "Better <prices>", "top", "/goals/b/", mark="Nothing leads here"),
    MapNode("x", "Trained people", "low", "/goals/x/", note="40%"),
]


def goals(**more) -> NodeMap:
    given = {"links": [MapLink("x", "a", "60%")]} | more
    return NodeMap("goals", "What leads to lower cost", LANES, NODES, **given)


def changeable() -> NodeMap:
    return goals(link_url="/link/", unlink_url="/unlink/", move_url="/move/", version=7)


def request(htmx: bool = True):
    made = RequestFactory().post("/")
    made.htmx = htmx
    made._messages = CookieStorage(made)
    return made


def shown(one: NodeMap) -> str:
    return Template("{% load map %}{% node_map map %}").render(RequestContext(request(), {"map": one}))


def test_nodes_stand_in_lanes_of_the_map_and_links_join_them():
    with pytest.raises(ValueError, match="stands in a lane"):
        NodeMap("m", "M", LANES, [MapNode("a", "A", "nowhere")], [])
    with pytest.raises(ValueError, match="stands in a lane"):
        NodeMap("m", "M", LANES, [NODES[0], NODES[0]], [])
    with pytest.raises(ValueError, match="joins two nodes"):
        goals(links=[MapLink("a", "gone")])


def test_lanes_lie_below_each_other_or_side_by_side():
    rows = {one.node.key: (one.x, one.y) for one in Drawing(goals()).nodes()}
    assert rows["a"][1] == rows["b"][1] < rows["x"][1]
    columns = {one.node.key: (one.x, one.y) for one in Drawing(goals(in_columns=True)).nodes()}
    assert columns["a"][0] == columns["b"][0] < columns["x"][0]


def test_boxes_do_not_overlap_and_lie_in_the_picture():
    drawing = Drawing(goals())
    width, height = drawing.size
    first, second = (one for one in drawing.nodes() if one.node.lane == "top")
    assert first.x + first.width < second.x
    assert all(one.x >= 0 and one.x + one.width <= width and one.y + one.height <= height for one in drawing.nodes())


def test_a_link_leads_from_edge_to_edge():
    drawing = Drawing(goals())
    boxes = {one.node.key: one for one in drawing.nodes()}
    (link,) = drawing.links()
    numbers = [float(part) for part in link.path[1:].replace("C", " ").split()]
    assert numbers[:2] == [boxes["x"].x + 80, boxes["x"].y]
    assert numbers[-2:] == [boxes["a"].x + 80, boxes["a"].y + boxes["a"].height]


def test_links_that_meet_arrive_side_by_side():
    drawing = Drawing(goals(links=[MapLink("a", "x"), MapLink("b", "x")]))
    ends = [link.path.split()[-2] for link in drawing.links()]
    assert float(ends[1]) - float(ends[0]) == 9


def test_a_long_label_is_cut_and_told_whole_elsewhere():
    label = "Shorten the way from the first idea to the decision about it for everybody who asks"
    one = NodeMap("m", "M", LANES, [MapNode("a", label, "top", "/a/")], [])
    (box,) = Drawing(one).nodes()
    assert box.lines == ["Shorten the way from the", "first idea to the…"]
    assert f"<title>{label}</title>" in shown(one)


def test_every_node_tells_its_lane_its_links_and_what_is_missing():
    text = shown(goals())
    assert 'aria-label="Trained people. Learning &amp; growth; leads to Lower cost"' in text
    assert 'aria-label="Lower cost. Financial; reached from Trained people"' in text
    assert 'aria-label="Better &lt;prices&gt;. Financial; Nothing leads here"' in text
    assert 'aria-label="Trained people leads to Lower cost (60%)"' in text


def test_the_table_says_the_same_as_the_picture():
    text = shown(goals())
    assert text.count("<tr data-of=") == 3
    assert '<span class="map-gap">Nothing leads here</span>' in text
    assert "1 × Nothing leads here" in text


def test_a_map_that_is_only_read_holds_no_form():
    assert "<form" not in shown(goals())


def test_a_map_is_changed_without_scripts_by_plain_forms():
    text = shown(changeable())
    assert 'action="/link/"' in text
    assert '<option value="x">Learning &amp; growth: Trained people</option>' in text
    assert 'form="goals-unlink" name="link" value="x &gt; a"' in text
    assert 'form="goals-order" name="move" value="a &gt; 2">Later</button>' in text
    assert 'form="goals-order" name="move" value="b &gt; 1">Earlier</button>' in text
    assert text.count('name="expected_version" value="7"') == 3


@pytest.mark.parametrize("sent", [{"source": "x", "target": "b"}, {"link": "x > b"}])
def test_a_link_is_read_from_two_fields_or_from_a_button(sent):
    form = LinkForm(changeable(), {**sent, "expected_version": "7"})
    assert form.is_valid()
    assert form.ends == MapLink("x", "b")
    assert form.expected == 7


@pytest.mark.parametrize(
    ("form", "sent", "message"),
    [
        (LinkForm, {"source": "x", "target": "a"}, "This link is there already."),
        (LinkForm, {"source": "x", "target": "x"}, "A link leads from one place to another."),
        (LinkForm, {"source": "x"}, "This is not in the map any more. Load the page again."),
        (LinkForm, {}, "This is not in the map any more. Load the page again."),
        (UnlinkForm, {"link": "x > b"}, "This link is not there any more."),
        (NodeMoveForm, {"node": "a", "position": "3"}, "The lane has the positions 1 to 2."),
        (NodeMoveForm, {"move": "a > many"}, "The lane has the positions 1 to 2."),
        (NodeMoveForm, {"move": "gone > 1"}, "This is not in the map any more. Load the page again."),
    ],
)
def test_a_change_that_cannot_be_is_refused_in_a_sentence(form, sent, message):
    answer = refused_change(request(), form(changeable(), sent), back="/map/")
    assert (answer.status_code, answer.content.decode()) == (422, message)


def test_without_scripts_a_refusal_is_a_message_on_the_way_back():
    asked = request(htmx=False)
    answer = refused_change(asked, LinkForm(changeable(), {"source": "x", "target": "a"}), back="/map/")
    assert (answer.status_code, answer["Location"]) == (302, "/map/")
    assert [message.message for message in get_messages(asked)] == ["This link is there already."]


def test_a_node_takes_a_position_in_its_lane():
    form = NodeMoveForm(changeable(), {"move": "b > 1"})
    assert form.is_valid()
    assert form.order == ["b", "a"]


def test_a_change_answers_the_map_as_it_is_now():
    assert answer_map(request(), goals(), back="/map/").content.decode().lstrip().startswith("<m-map")
    answer = answer_map(request(htmx=False), goals(), back="/map/")
    assert (answer.status_code, answer["Location"]) == (302, "/map/")


def test_nodes_that_can_be_moved_stand_where_they_were_put():
    crossing = [MapLink("x", "b"), MapLink("y", "a")]
    nodes = [*NODES, MapNode("y", "Spare parts", "low")]
    free = NodeMap("m", "M", LANES, nodes, crossing)
    put = NodeMap("m", "M", LANES, nodes, crossing, move_url="/move/")
    assert Drawing(free).layout.crossings == 0
    assert Drawing(put).layout.lanes == (("a", "b"), ("x", "y"))
