"""ProTrack files: a small one worked out by hand, and the tracked projects of the OR-AS database.

A .p2x file stores what was reported of activities and no sums of a period. What it does store is compared with what
is read: the working hour at which each activity starts, the cost of each resource, and the share complete of each
report. PV, EV and AC of the periods are compared with sums taken in another way, hour by hour.
"""

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from mainstay.connect import protrack
from mainstay.engine import evm

SMALL = """<?xml version="1.0"?><Project><NAME>Pump house</NAME>
<Agenda><StartDate>050120260000</StartDate><NonWorkingHours>{hours}</NonWorkingHours>
<NonWorkingDays><Day>5</Day><Day>6</Day></NonWorkingDays><Holidays><Holiday>060120260000</Holiday></Holidays></Agenda>
<Activities><Name>Activities</Name></Activities><Activities>
<Activity><Constraints><UniqueID>-1</UniqueID></Constraints><BaselineCostByUnit>10</BaselineCostByUnit>
<BaseLineDuration>16</BaseLineDuration><BaseLineStart>050120260800</BaseLineStart><StartCPMUnits>0</StartCPMUnits>
<FixedBaselineCost>100</FixedBaselineCost><Name>Excavate</Name><UniqueID>1</UniqueID></Activity>
<Activity><BaselineCostByUnit>0</BaselineCostByUnit><BaseLineDuration>8</BaseLineDuration>
<BaseLineStart>080120260800</BaseLineStart><StartCPMUnits>16</StartCPMUnits>
<FixedBaselineCost>500</FixedBaselineCost><Name>Pump</Name><UniqueID>2</UniqueID></Activity></Activities>
<Resources><Resource><FIELD0>1</FIELD0><FIELD769>1</FIELD769><FIELD770>5</FIELD770><FIELD771>20</FIELD771>
<FIELD776>650</FIELD776></Resource></Resources><ResourceAssignments><ResourceAssignment><FIELD1024>1</FIELD1024>
<FIELD1025>1</FIELD1025><FIELD1026>2</FIELD1026><FIELD1027>0</FIELD1027></ResourceAssignment></ResourceAssignments>
<TrackingList><TrackingPeriod><Name>one</Name><EndDate>050120261700</EndDate></TrackingPeriod>
<TProTrackActivities-1><Activity>1</Activity><TProTrackActivityTracking-1><ActualStart>050120260800</ActualStart>
<ActualDuration>8</ActualDuration><ActualCostDev>7</ActualCostDev><RemainingDuration>12</RemainingDuration>
<PercentageComplete>0.4</PercentageComplete></TProTrackActivityTracking-1>
<Activity>2</Activity><TProTrackActivityTracking-1><ActualStart>0</ActualStart><ActualDuration>0</ActualDuration>
<ActualCostDev>0</ActualCostDev><RemainingDuration>8</RemainingDuration><PercentageComplete>0</PercentageComplete>
</TProTrackActivityTracking-1></TProTrackActivities-1></TrackingList></Project>""".replace(
    "{hours}", "".join(f"<Hour>{hour}</Hour>" for hour in range(24) if hour not in (8, 9, 10, 11, 13, 14, 15, 16))
)
TRACKED = 11


@pytest.fixture(scope="module")
def schedules(shared_data: Path) -> list[protrack.Schedule]:
    paths = sorted((shared_data / "dslib_evm").glob("*.p2x"))
    if not paths:
        pytest.skip("The projects of dslib_evm are not there.")
    return [protrack.read(path.read_bytes()) for path in paths]


@pytest.fixture(scope="module")
def tracked(schedules: list[protrack.Schedule]) -> list[protrack.Schedule]:
    return [each for each in schedules if each.periods]


def test_a_small_file_gives_the_figures_worked_out_by_hand() -> None:
    schedule = protrack.read(SMALL)
    found = protrack.figures(schedule)
    assert [(each.name, each.budget) for each in schedule.activities] == [("Excavate", 910.0), ("Pump", 500.0)]
    assert (found.bac[0], found.pv[0, 0], found.ev[0, 0], found.ac[0, 0]) == (1410.0, 510.0, 430.0, 517.0)
    assert schedule.resource_totals == ((650.0, 650.0),)
    assert protrack.outcome(schedule) is None


def test_nights_lunch_weekends_and_holidays_are_no_working_hours() -> None:
    agenda = protrack.read(SMALL).agenda
    monday, wednesday = datetime.fromisoformat("2026-01-05T08:00"), datetime.fromisoformat("2026-01-07T08:00")
    assert agenda.between(monday, wednesday) == 8
    assert agenda.between(monday, datetime.fromisoformat("2026-01-05T12:30")) == 4
    assert agenda.between(wednesday, datetime.fromisoformat("2026-01-12T08:30")) == 24.5
    assert agenda.between(wednesday, monday) == -8


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("not at all", "no XML"),
        ("<Report/>", "no ProTrack project"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><Project/>", "entities"),
        (SMALL.replace("<EndDate>050120261700", "<EndDate>soon"), "no date"),
        (
            SMALL.replace("<TrackingPeriod><Name>one</Name><EndDate>050120261700</EndDate></TrackingPeriod>", ""),
            "1 sets",
        ),
    ],
)
def test_what_is_no_file_of_protrack_is_refused_with_the_reason(content: str, words: str) -> None:
    with pytest.raises(protrack.Unreadable, match=words):
        protrack.read(content)


def test_every_activity_starts_in_the_working_hour_its_file_says(schedules: list[protrack.Schedule]) -> None:
    pairs = [
        (schedule.agenda.between(schedule.agenda.starts, activity.starts), stored)
        for schedule in schedules
        for activity, stored in zip(schedule.activities, schedule.stored_starts, strict=True)
    ]
    assert len(pairs) == 1413
    assert [pair for pair in pairs if pair[0] != pair[1]] == []


def test_the_budget_of_all_eighteen_is_the_sum_of_theirs(schedules: list[protrack.Schedule]) -> None:
    assert len(schedules) == 18
    assert round(sum(each.budget for each in schedules), 2) == 5815584451.21


def test_every_resource_costs_what_its_file_says(schedules: list[protrack.Schedule]) -> None:
    stored, added = np.array([pair for each in schedules for pair in each.resource_totals]).T
    assert len(stored) == 111
    assert np.allclose(added, stored, rtol=1e-6, atol=0)


def test_the_share_complete_is_that_of_hours_but_for_two_projects_that_state_their_own(
    tracked: list[protrack.Schedule],
) -> None:
    own: dict[str, int] = {}
    for schedule in tracked:
        for report in (each for period in schedule.periods for each in period.reports):
            whole = report.hours + report.remaining_hours
            if whole and abs(report.complete - report.hours / whole) > 1e-6:
                own[schedule.name] = own.get(schedule.name, 0) + 1
    assert own == {"Brussels Finance Tower": 116, "Fluxys": 21}


def test_planned_earned_and_actual_of_each_period_equal_sums_taken_hour_by_hour(
    tracked: list[protrack.Schedule],
) -> None:
    assert len(tracked) == TRACKED
    for schedule in tracked:
        found, expected = protrack.figures(schedule), _slowly(schedule)
        assert np.allclose([found.pv[0], found.ev[0], found.ac[0]], expected, rtol=1e-9, atol=1e-6), schedule.name


def test_indices_of_the_last_period_are_those_of_the_sums(tracked: list[protrack.Schedule]) -> None:
    found = {
        each.name: (round(float(measures.cpi[0, -1]), 4), round(float(measures.spi[0, -1]), 4))
        for each in tracked
        for measures in [evm.measure(protrack.figures(each))]
    }
    assert found["Patient Transport System"] == (0.9461, 1.0)
    assert found["Building a Dream"] == (0.7655, 1.0)
    assert found["Government Office Building"] == (0.9017, 1.0012)
    assert found["Office Finishing Works (3)"] == (1.1074, 1.1561)


def test_the_portfolio_of_all_is_rolled_up_by_sums(tracked: list[protrack.Schedule]) -> None:
    whole = _side_by_side(tracked)
    members = np.arange(len(tracked))
    rolled = evm.roll_up(whole, members, np.zeros(len(tracked), dtype=int), 1).figures
    ends = [protrack.figures(each) for each in tracked]
    assert rolled.bac[0] == pytest.approx(sum(each.budget for each in tracked), rel=1e-12)
    assert rolled.ev[0, -1] == pytest.approx(sum(each.ev[0, -1] for each in ends), rel=1e-12)
    assert rolled.ac[0, -1] == pytest.approx(sum(each.ac[0, -1] for each in ends), rel=1e-12)
    measured = evm.measure(rolled)
    assert round(float(rolled.bac[0]), 2) == 140660112.98
    assert float(measured.cpi[0, -1]) == pytest.approx(rolled.ev[0, -1] / rolled.ac[0, -1], rel=1e-12)
    assert round(float(measured.cpi[0, -1]), 4) == 0.9481


def _side_by_side(tracked: list[protrack.Schedule]) -> evm.Figures:
    """All projects by the number of their period; a plan stays where it ended, reports end where they end."""
    most = max(len(each.periods) for each in tracked)
    found = [protrack.figures(each) for each in tracked]
    nothing = [np.full(most - each.pv.shape[1], np.nan) for each in found]
    pv = [np.append(each.pv[0], np.full(len(gap), each.pv[0, -1])) for each, gap in zip(found, nothing, strict=True)]
    ev = [np.append(each.ev[0], gap) for each, gap in zip(found, nothing, strict=True)]
    ac = [np.append(each.ac[0], gap) for each, gap in zip(found, nothing, strict=True)]
    return evm.Figures.of(pv, ev, ac, [each.bac[0] for each in found])


def _slowly(schedule: protrack.Schedule) -> np.ndarray:
    """(3, periods) PV, EV, AC, with planned hours counted one by one."""
    plan = {each.number: each for each in schedule.activities}
    hours = {number: _working_hours(schedule.agenda, each.starts, int(each.hours)) for number, each in plan.items()}
    rows = []
    for period in schedule.periods:
        pv = ev = ac = 0.0
        for number, each in plan.items():
            done = sum(1 for hour in hours[number] if hour < period.ends)
            pv += each.at_once + each.an_hour * done if each.starts <= period.ends else 0
        for report in period.reports:
            each = plan[report.activity]
            ev += each.at_once + each.an_hour * each.hours * report.complete if report.complete > 0 else 0
            ac += (each.at_once + each.an_hour * report.hours if report.started else 0) + report.cost_deviation
        rows.append((pv, ev, ac))
    return np.array(rows).T


def _working_hours(agenda: protrack.Agenda, starts: datetime, many: int) -> list[datetime]:
    found: list[datetime] = []
    hour, free = starts, set(agenda.holidays)
    while len(found) < many:
        if hour.hour in agenda.hours and agenda.days[hour.weekday()] and hour.date() not in free:
            found.append(hour)
        hour += timedelta(hours=1)
    return found
