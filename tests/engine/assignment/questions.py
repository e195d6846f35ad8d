"""Random tiny questions of whole hours."""

from hypothesis import strategies as st

from mainstay.engine.assignment import Booked, Held, Need, Person, Staffing

SKILLS = ("design", "tests")
SITES = ("Graz", "York")


@st.composite
def tiny(draw) -> Staffing:
    """Two people or three, two needs, two periods at most, everything that can be asked for now and then."""
    periods = draw(st.integers(1, 2))
    hours = st.lists(st.integers(0, 3), min_size=periods, max_size=periods).map(tuple)
    people = tuple(
        Person(f"P{number}", draw(hours), draw(_held()), draw(st.integers(0, 6)), draw(st.sampled_from(SITES)), most)
        for number, most in enumerate(draw(st.lists(st.sampled_from([None, 1, 2]), min_size=2, max_size=3)))
    )
    needs = tuple(
        Need(
            id=f"N{number}",
            project=draw(st.sampled_from(["J0", "J1"])),
            skill=draw(st.sampled_from(SKILLS)),
            hours=draw(hours),
            level=draw(st.integers(1, 2)),
            worth=draw(st.integers(0, 12)),
            sites=draw(st.sampled_from([(), ("Graz",), SITES])),
        )
        for number in range(2)
    )
    return Staffing(people, needs, _booked(draw, people, needs, hours), draw(st.sampled_from([0.0, 3.0, 8.0])))


def _booked(draw, people: tuple, needs: tuple, hours) -> tuple[Booked, ...]:
    match draw(st.sampled_from(["nothing", "need", "other"])):
        case "need":
            return (Booked(people[0].id, needs[0].project, draw(hours), needs[0].id),)
        case "other":
            return (Booked(people[-1].id, "J9", draw(hours)),)
    return ()


def _held():
    one = st.builds(Held, st.sampled_from(SKILLS), st.integers(1, 2), st.integers(0, 1), st.sampled_from([None, 1]))
    return st.lists(one, min_size=1, max_size=2).map(tuple)
