"""Whether an assignment keeps to its question, worked out anew from both and from nothing else."""

from collections import Counter, defaultdict

HOUR = 1e-3  # rounding of hours, added up


def broken(staffing, answer) -> list[str]:
    """Sentences about every rule of the question that the answer breaks, none for a good one."""
    people = {person.id: person for person in staffing.people}
    needs = {need.id: need for need in staffing.needs}
    given = [(each.person, needs[each.need], each.hours) for each in answer.assigned]
    found = _twice(answer) + _demand(staffing, given) + _hours(staffing, people, given)
    for person, need, hours in given:
        found += [
            f"{person} cannot do {need.id} in period {period}"
            for period, amount in enumerate(hours)
            if amount < 0 or (amount > 0 and not _able(people[person], need, period))
        ]
    found += _projects(staffing, people, given)
    if abs(answer.objective - objective(staffing, answer)) > 1e-6 * max(1.0, abs(answer.objective)) + 1:
        found.append(f"the objective is {objective(staffing, answer)}, not {answer.objective}")
    if answer.objective > answer.bound + 1e-6:
        found.append("the objective passes the bound")
    return found + _unfilled(staffing, answer, given)


def objective(staffing, answer) -> float:
    """Worth less cost of the hours, less joining for everybody who is not booked on the need."""
    cost = {person.id: person.cost for person in staffing.people}
    worth = {need.id: need.worth for need in staffing.needs}
    there = {(each.person, each.need) for each in staffing.booked}
    total = 0.0
    for each in answer.assigned:
        joins = 0.0 if (each.person, each.need) in there else staffing.joining
        total += sum(each.hours) * (worth[each.need] - cost[each.person]) - joins
    return total


def _twice(answer) -> list[str]:
    counts = Counter((each.person, each.need) for each in answer.assigned)
    return [f"{person} is on {need} twice" for (person, need), count in counts.items() if count > 1]


def _able(person, need, period: int) -> bool:
    if need.sites and person.site not in need.sites:
        return False
    return any(
        held.skill == need.skill
        and held.level >= need.level
        and held.first <= period
        and (held.last is None or period <= held.last)
        for held in person.skills
    )


def _demand(staffing, given) -> list[str]:
    left = {need.id: list(need.hours) for need in staffing.needs}
    for each in staffing.booked:
        if each.need is not None:
            left[each.need] = [max(0.0, have - take) for have, take in zip(left[each.need], each.hours, strict=True)]
    for _, need, hours in given:
        left[need.id] = [have - take for have, take in zip(left[need.id], hours, strict=True)]
    return [f"{need} gets too much" for need, hours in left.items() if min(hours, default=0) < -HOUR]


def _hours(staffing, people, given) -> list[str]:
    left = {person.id: list(person.hours) for person in staffing.people}
    for each in staffing.booked:
        left[each.person] = [have - take for have, take in zip(left[each.person], each.hours, strict=True)]
    left = {person: [max(0.0, hour) for hour in hours] for person, hours in left.items()}
    for person, _, hours in given:
        left[person] = [have - take for have, take in zip(left[person], hours, strict=True)]
    return [f"{person} gives too much" for person, hours in left.items() if min(hours, default=0) < -HOUR]


def _projects(staffing, people, given) -> list[str]:
    """Nobody begins on more projects than allowed; where bookings alone are too many, on no other."""
    booked, on = defaultdict(set), defaultdict(set)
    for each in staffing.booked:
        for period in (period for period, hours in enumerate(each.hours) if hours > 0):
            booked[each.person, period].add(each.project)
    for person, need, hours in given:
        for period in (period for period, amount in enumerate(hours) if amount > 0):
            on[person, period].add(need.project)
    return [
        f"{person} is on too many projects in period {period}"
        for (person, period), projects in on.items()
        if (most := people[person].most_projects) is not None
        and len(projects | booked[person, period]) > max(most, len(booked[person, period]))
    ]


def _unfilled(staffing, answer, given) -> list[str]:
    """What is said to be missing is what is missing."""
    missing = {(need.id, period): hours for need in staffing.needs for period, hours in enumerate(need.hours)}
    for name, hours in [(each.need, each.hours) for each in staffing.booked if each.need is not None]:
        for period, amount in enumerate(hours):
            missing[name, period] = max(0.0, missing[name, period] - amount)
    for _, need, hours in given:
        for period, amount in enumerate(hours):
            missing[need.id, period] -= amount
    said = {(each.need, each.period): each.hours for each in answer.unfilled}
    return [
        f"{hours} hours of {cell} are missing, {said.get(cell, 0)} are said to be"
        for cell, hours in missing.items()
        if abs(hours - said.get(cell, 0.0)) > 0.02
    ]
