from itertools import pairwise, permutations
from random import Random

import pytest

from mainstay.engine.layout import Graph, Point, arrange
from mainstay.engine.layout.crossings import crossings
from mainstay.engine.layout.layers import layers_of
from mainstay.engine.layout.places import spaced


def value_map(seed: int, sizes: tuple[int, ...] = (60, 40, 20)) -> Graph:
    """Every node of a lane is linked with one or two of the next."""
    chance = Random(seed)  # noqa: S311
    lanes = tuple(tuple(f"{'pbo'[lane]}{n}" for n in range(size)) for lane, size in enumerate(sizes))
    pairs = {
        (node, chance.choice(lanes[lane + 1]))
        for lane in range(len(lanes) - 1)
        for node in lanes[lane]
        for _ in range(chance.choice((1, 1, 2)))
    }
    return Graph(lanes, tuple(sorted(pairs)))


def fewest_by_trying_everything(graph: Graph) -> int:
    layers = layers_of(graph)
    first, second, third = layers.lanes
    return min(
        crossings(layers, [list(a), list(b), list(c)])
        for a in permutations(first)
        for b in permutations(second)
        for c in permutations(third)
    )


def test_two_links_that_cross_are_untangled():
    layout = arrange(Graph((("a", "b"), ("x", "y")), (("a", "y"), ("b", "x"))))
    assert layout.lanes == (("a", "b"), ("y", "x"))
    assert layout.places == {"a": 0, "b": 1, "y": 0, "x": 1}
    assert layout.crossings == 0


def test_everything_linked_with_everything_crosses_once_at_least():
    links = tuple((a, b) for a in "ab" for b in "xy")
    assert arrange(Graph((("a", "b"), ("x", "y")), links)).crossings == 1


def test_the_direction_of_a_link_does_not_matter_for_the_order():
    upwards = Graph((("a", "b"), ("x", "y")), (("y", "a"), ("x", "b")))
    assert arrange(upwards).lanes == (("a", "b"), ("y", "x"))


def test_a_given_order_is_kept_when_asked():
    graph = Graph((("a", "b"), ("x", "y")), (("a", "y"), ("b", "x")))
    layout = arrange(graph, keep_order=True)
    assert layout.lanes == graph.lanes
    assert layout.crossings == 1


def test_a_link_that_skips_a_lane_passes_between_its_nodes():
    graph = Graph((("top",), ("left", "right"), ("low",)), (("low", "top"), ("low", "left"), ("low", "right")))
    layout = arrange(graph, keep_order=True)
    ((lane, place),) = [(point.lane, point.place) for point in layout.ways[("low", "top")]]
    assert lane == 1
    assert abs(place - layout.places["left"]) >= 0.675
    assert abs(place - layout.places["right"]) >= 0.675
    assert layout.crossings == 0


def test_the_points_of_a_way_go_from_source_to_target():
    lanes = (("a",), ("b",), ("c",), ("d",))
    down = arrange(Graph(lanes, (("a", "d"),))).ways[("a", "d")]
    up = arrange(Graph(lanes, (("d", "a"),))).ways[("d", "a")]
    assert [point.lane for point in down] == [1, 2]
    assert [point.lane for point in up] == [2, 1]


def test_a_link_within_a_lane_changes_nothing():
    layout = arrange(Graph((("a", "b", "c"),), (("a", "c"),)))
    assert layout.lanes == (("a", "b", "c"),)
    assert layout.places == {"a": 0, "b": 1, "c": 2}
    assert layout.ways == {}


def test_a_node_stands_in_the_middle_of_what_it_is_linked_with():
    layout = arrange(Graph((("a", "b", "c"), ("x",)), (("a", "x"), ("c", "x"))))
    assert layout.places["x"] == pytest.approx(1)


@pytest.mark.parametrize("seed", range(12))
def test_small_maps_have_as_few_crossings_as_any_order(seed):
    graph = value_map(seed, (4, 4, 3))
    assert arrange(graph).crossings == fewest_by_trying_everything(graph)


@pytest.mark.parametrize("seed", range(3))
def test_a_large_map_is_far_clearer_than_the_order_given(seed):
    graph = value_map(seed)
    layout = arrange(graph)
    assert layout.crossings * 5 < arrange(graph, keep_order=True).crossings
    assert sorted(layout.lanes[0]) == sorted(graph.lanes[0])
    assert layout.length == pytest.approx(59)


@pytest.mark.parametrize("seed", range(3))
def test_neighbours_never_touch(seed):
    layout = arrange(value_map(seed))
    for lane in layout.lanes:
        places = [layout.places[key] for key in lane]
        assert all(after - before > 1 - 1e-9 for before, after in pairwise(places))
    assert min(layout.places.values()) == pytest.approx(0)


def test_the_same_graph_always_gives_the_same_layout():
    assert arrange(value_map(4)) == arrange(value_map(4))


def test_an_empty_map_and_empty_lanes_are_fine():
    assert arrange(Graph((), ())).length == 0
    assert arrange(Graph((("a",), ()), ())).places == {"a": 0}
    layout = arrange(Graph((("a",), (), ("b",)), (("a", "b"),)))
    assert layout.lanes == (("a",), (), ("b",))
    assert layout.ways[("a", "b")] == (Point(1, layout.places["a"]),)


@pytest.mark.parametrize(
    ("lanes", "links"),
    [
        ((("a",), ("a",)), ()),
        ((("a",),), (("a", "b"),)),
        ((("a",),), (("a", "a"),)),
        ((("a",), ("b",)), (("a", "b"), ("a", "b"))),
    ],
)
def test_nonsense_is_refused(lanes, links):
    with pytest.raises(ValueError):
        Graph(lanes, links)


def test_places_are_the_nearest_that_keep_the_distance():
    assert spaced([0, 0, 0], [1, 1, 1], [1, 1]) == [-1, 0, 1]
    assert spaced([0, 5], [1, 1], [1]) == [0, 5]
    assert spaced([3, 0], [3, 1], [1]) == [2, 3]
