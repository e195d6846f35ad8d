"""Real proposals of twelve cities: the page shows the most votes the budget buys, beside the city's own choice."""

import csv
from decimal import Decimal

import pytest

from mainstay.authorisation.operations.selections import prepare_selection
from mainstay.authorisation.result import result_of
from mainstay.authorisation.solving import QUICK_SECONDS, solve_now
from mainstay.charts import words
from mainstay.core.exchange import commit, mapping_named, read_table, sheet_named
from mainstay.core.operations.grants import give_grant
from mainstay.core.operations.people import create_person
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.portfolio.standard import set_up

CITIES = (
    "Hungary_Budapest_2024",
    "Poland_Krakow_2024",
    "Poland_Warszawa_2018_Ursynow_Wysoki_Polnocny",
    "Poland_Warszawa_2020_Ursynow",
    "Poland_Warszawa_2021_Targowek",
    "Poland_Warszawa_2022_Mokotow",
    "Poland_Warszawa_2022_Wola",
    "Poland_Warszawa_2023_Targowek",
    "Poland_Warszawa_2024_Praga-Poludnie",
    "Poland_Warszawa_2025_Mokotow",
    "Poland_Wieliczka_2023_Green_Budget",
    "Poland_Wroclaw_2021",
)


@pytest.fixture
def person(db):
    """A portfolio manager of everything, in an instance with nothing but the life cycle."""
    set_up()
    person = create_person(None, actor=MAINSTAY, username="amara", name="Amara Diallo")
    give_grant(person, actor=MAINSTAY, role=Role.PORTFOLIO_MANAGER)
    return person


def imported(folder, city, currency):
    """The proposals of a city in a portfolio of their own."""
    sheet, table = sheet_named("projects"), read_table(folder / "projects" / f"{city}.csv")
    mapping = mapping_named("projects", "pabulib").with_constants({"currency": currency})
    target = sheet.target_named(MAINSTAY, city, currency)
    assert commit(sheet, table, mapping, target, MAINSTAY).problems == ()
    return sheet.target_named(MAINSTAY, city, currency)


@pytest.mark.parametrize("city", CITIES)
def test_the_page_shows_the_most_votes_beside_the_choice_of_the_city(person, client, shared_data, city):
    with (shared_data / "pabulib" / "index.csv").open(encoding="utf-8") as file:
        known = {row["instance"]: row for row in csv.DictReader(file)}[city]
    portfolio = imported(shared_data / "pabulib", city, known["currency"])
    selection = prepare_selection(
        portfolio,
        actor=person,
        name="Most votes",
        maximise="custom.votes",
        budget=Decimal(known["budget"]),
        present="custom.city_selected",
    )
    solved = solve_now(selection, actor=person, seconds=QUICK_SECONDS * 10, must_be_proven=True)
    result, most = result_of(solved), int(known["max_votes_within_budget"])
    assert (solved.solution.status, result.plan.value) == ("optimal", most)
    assert (result.present.count, result.present.value) == (
        int(known["selected_count"]),
        int(known["votes_of_actual_selection"]),
    )
    client.force_login(person)
    page = client.get(f"/authorise/selections/{selection.pk}/").content.decode()
    assert f"they bring {most:,} votes, {beside(most, int(known['votes_of_actual_selection']))}." in page


def beside(most, present):
    """How the page compares the plan with the choice of the city."""
    if most == present:
        return "the same as the present selection"
    return f"{words.percent(most / present - 1)} more than the present selection"
