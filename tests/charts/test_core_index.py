import pytest

from mainstay.charts.core_index import Index, core_index

from .helpers import drawn, table

INDEXES = [
    Index("Grid", 0.4, 0.33, 0.47, "borderline", chosen=True, url="/g/"),
    Index("Pumps", 1.0, 0.98, 1.0, "core", chosen=True),
    Index("Depot", 0.0, 0.0, 0.02, "exterior"),
]


def test_the_title_counts_the_places():
    assert core_index(INDEXES).title == (
        "1 of 3 candidates is always in the best plan, 1 never; 1 depends on how things come out"
    )
    assert core_index([]).title == "There is no candidate yet"


def test_the_highest_stands_first():
    assert table(core_index(INDEXES))[1:] == [
        ("Pumps", 1.0, 0.98, 1.0, "Yes", "● Core: always in"),
        ("Grid", 0.4, 0.33, 0.47, "Yes", "▲ Borderline: it depends"),
        ("Depot", 0.0, 0.0, 0.02, "No", "– Exterior: never in"),
    ]


def test_borderline_candidates_are_kept_where_there_are_too_many():
    figure = core_index(INDEXES, most=2)
    assert [row["candidate"] for row in figure.rows] == ["Pumps", "Grid"]
    assert figure.description.endswith("1 candidate left out.")


def test_it_draws_shares():
    assert "40% · in the plan" in drawn(core_index(INDEXES))


def test_nearly_always_does_not_read_as_always():
    assert core_index([Index("A", 0.998, 0.98, 1.0, "borderline")]).rows[0]["label"] == "99.8%"


def test_another_place_is_refused():
    with pytest.raises(ValueError, match="Unknown place: 'edge'"):
        Index("A", 0.5, 0.4, 0.6, "edge")
