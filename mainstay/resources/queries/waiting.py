"""What waits for somebody who plans people: requests to answer, and people with too much to do."""

from datetime import date
from typing import Any

import numpy as np
from django.db.models import Q

from mainstay.core import access
from mainstay.core.models import Person
from mainstay.core.verbs import Verb
from mainstay.resources.models import StaffingState
from mainstay.resources.queries.heat import NOISE, By, Question, hours_of_people
from mainstay.resources.queries.pieces import widened

OF_TEAM = (StaffingState.OPEN, StaffingState.COUNTERED)


def waiting_for(user: Person) -> Q:
    """Which staffing requests wait for an answer of this person, as a filter."""
    teams = access.condition(user, Verb.STAFFING_OFFER, "team__portfolio__")
    projects = access.condition(user, Verb.STAFFING_ACCEPT, "project__")
    wanted = Q(pk__in=[])
    for states, condition in ((OF_TEAM, teams), ((StaffingState.OFFERED,), projects)):
        if condition is not access.NOTHING:
            wanted |= Q(state__in=states) & (condition if condition is not None else Q())
    return wanted


def overbooked(user: Any, day: date) -> int:
    """How many people the reader sees have more booked in the month of a day than they can give."""
    question = Question(By.PERSON, "month", *widened(day, day, "month"))
    hours = hours_of_people(question, user)
    over = hours.booked.sum(axis=1) > hours.net.sum(axis=1) + NOISE
    return int(np.count_nonzero(over & hours.facts.real))
