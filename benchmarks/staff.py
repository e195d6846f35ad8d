"""Invented people, demand and bookings of any size for benchmarks, written in bulk."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import batched
from typing import Any

TEAMS, SITES, ROLES, SKILLS = 250, 10, 20, 40
FIRST = date(2026, 1, 1)
MONTHS = 36
DAYS = 1096
COUNTRIES = (("GB", "ENG"), ("DE", "BW"), ("FR", ""), ("", ""))
AT_ONCE = 5_000


class Staff:
    """People of an estate with skills and absences, what its projects demand, and who is booked on them."""

    def __init__(self, estate: Any, people: int, bookings: int, seed: int = 1) -> None:
        from mainstay.portfolio.models import Portfolio, Project
        from mainstay.resources.models import Booking, Demand

        self.draw = random.Random(seed)  # noqa: S311  (the same staff every time)
        self.portfolios = list(Portfolio.objects.order_by("pk"))
        self.projects = list(Project.objects.order_by("pk").values_list("pk", flat=True))
        self._words()
        self._people(people)
        self._bulk(Demand, self._demands())
        self._bulk(Booking, self._bookings(bookings))

    def _bulk(self, model: Any, rows: Iterator[Any]) -> None:
        for some in batched(rows, AT_ONCE, strict=False):
            model.objects.bulk_create(some)

    def _words(self) -> None:
        from mainstay.resources.models import Calendar, Role, Site, Skill

        calendars = [
            Calendar.objects.create(key=f"c{n}", name=f"Calendar {n}", country=country, region=region)
            for n, (country, region) in enumerate(COUNTRIES)
        ]
        make = [(Site, SITES, "s"), (Role, ROLES, "r"), (Skill, SKILLS, "k")]
        self.sites, self.roles, self.skills = (
            [
                model.objects.create(
                    key=f"b{letter}{n}",
                    name=f"Bench {model.__name__.lower()} {n:02d}",
                    **({"calendar": calendars[n % len(calendars)]} if model is Site else {}),
                ).pk
                for n in range(count)
            ]
            for model, count, letter in make
        )

    def _people(self, count: int) -> None:
        from mainstay.resources.models import Absence, Proficiency, Resource, Team

        places = [Team(key=f"t{n}", name=f"Team {n:03d}", portfolio=self._place(n)) for n in range(TEAMS)]
        teams = Team.objects.bulk_create(places)
        draw = self.draw
        people = Resource.objects.bulk_create(
            Resource(
                key=f"p{n}",
                name=f"Person {n:05d}",
                team=teams[n % TEAMS],
                role_id=self.roles[n % ROLES],
                site_id=self.sites[n % SITES],
                working_share=Decimal(draw.choice(("1", "1", "0.8", "0.5"))),
                run_share=Decimal(draw.choice(("0", "0.2"))),
            )
            for n in range(count)
        )
        self.people = [one.pk for one in people]
        # Most work in their main role, and now and then in one of two others.
        self.plays = {one.pk: [one.role_id] * 6 + draw.sample(self.roles, 2) for one in people}
        self.can = {pk: draw.sample(self.skills, draw.randint(1, 4)) for pk in self.people}
        able = ((pk, skill) for pk, skills in self.can.items() for skill in skills)
        self._bulk(Proficiency, (Proficiency(resource_id=w, skill_id=s, level=draw.randint(1, 5)) for w, s in able))
        self._bulk(Absence, (self._absence(Absence, pk) for pk in self.people for _ in range(6)))

    def _place(self, number: int) -> Any:
        return self.portfolios[number % len(self.portfolios)]

    def _absence(self, model: Any, person: int) -> Any:
        first = FIRST + timedelta(days=self.draw.randrange(DAYS))
        return model(resource_id=person, starts_on=first, ends_on=first + timedelta(days=self.draw.randrange(15)))

    def _demands(self) -> Iterator[Any]:
        from mainstay.resources.models import Demand

        draw = self.draw
        for project in self.projects:
            begin = draw.randrange(MONTHS - 12)
            for role in draw.sample(self.roles, 5):
                skill = draw.choice(self.skills)
                for month in range(begin, begin + 12):
                    day = date(FIRST.year + month // 12, month % 12 + 1, 1)
                    hours = Decimal(draw.randrange(20, 200))
                    yield Demand(project_id=project, role_id=role, skill_id=skill, month=day, hours=hours)

    def _bookings(self, count: int) -> Iterator[Any]:
        from mainstay.resources.models import Booking

        draw = self.draw
        for _ in range(count):
            person = draw.choice(self.people)
            first = FIRST + timedelta(days=draw.randrange(DAYS - 60))
            yield Booking(
                resource_id=person,
                project_id=draw.choice(self.projects),
                role_id=draw.choice(self.plays[person]),
                skill_id=draw.choice(self.can[person]),
                starts_on=first,
                ends_on=first + timedelta(days=draw.randrange(5, 60)),
                hours=Decimal(draw.randrange(4, 40)),
                firmness=draw.choice(("soft", "hard")),
            )
