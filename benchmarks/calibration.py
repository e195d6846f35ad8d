"""Whether calibration would have helped on real projects: each case corrected by all others.

    uv run python -m benchmarks.calibration FOLDER

FOLDER holds ProTrack files (.p2x) of the OR-AS project database (Batselier and Vanhoucke 2015). Cases are finished
projects, planned against actual cost (resources included) and planned against actual duration in working hours from
first start to last end; and their activities, likewise. Classes are sectors, named here by what each project builds,
for the files do not say. Printed are the median of |estimate - actual| / actual as planned and after correction, the
share of actuals not above the calibrated P80 with its 95 % interval, and in how many classes the median error falls,
whichever way it comes out; corrected by the mean of r and by its median.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mainstay.connect import protrack
from mainstay.engine.calibration import LEAST, Centre, LeftOut, leave_one_out

SECTORS = {
    "Building a House": "dwellings",
    "Building a Dream": "dwellings",
    "Apartment Building (3)": "dwellings",
    "Brussels Finance Tower": "offices and districts",
    "Government Office Building": "offices and districts",
    "Urban Development Project": "offices and districts",
    "Office Finishing Works (3)": "offices and districts",
    "Mixed-used Building": "offices and districts",
}
OTHER = "works and systems"
CLASSES = [*dict.fromkeys(SECTORS.values()), OTHER]
DONE = 1 - 1e-9
SHARES = 0.70, 0.90


@dataclass(frozen=True, slots=True)
class Case:
    """A finished project or activity: number of its sector, planned and actual hours, planned and actual cost."""

    sector: int
    hours: tuple[float, float]
    cost: tuple[float, float]


def main(words: list[str]) -> int:
    """Read, leave one out, print; 0 when for some figure of projects the error falls and P80 holds in 70 to 90 %."""
    if not words:
        print("Name the folder of the .p2x files.")
        return 2
    schedules = [protrack.read(path.read_bytes()) for path in sorted(Path(words[0]).glob("*.p2x"))]
    projects = [case for schedule in schedules for case in _project(schedule)]
    activities = [case for schedule in schedules for case in _activities(schedule)]
    print(f"{len(projects)} of {len(schedules)} projects are tracked to their end.")
    for number, name in enumerate(CLASSES):
        many = sum(case.sector == number for case in projects)
        print(f"  {name}: {many} projects{', too few to correct by' if many < LEAST else ''}")
    print(f"\n{'sample':36} {'cases':>6} {'as planned':>11} {'corrected':>10} {'P80 holds':>10} {'':14} helps in")
    found = [
        _tell(f"{what} of projects, {each}", projects, what, each) for what in ("hours", "cost") for each in Centre
    ]
    for what in ("hours", "cost"):
        for centre in Centre:
            _tell(f"{what} of activities, {centre}", activities, what, centre)
    better = [each for each in found if each and each.error_after < each.error_before]
    met = [each for each in better if SHARES[0] <= each.coverage.share <= SHARES[1]]
    print(f"\nFor {len(met)} of {len(found)} figures of projects the error falls and P80 holds in 70 to 90 %.")
    return 0 if met else 1


def _tell(name: str, cases: list[Case], what: str, centre: Centre) -> LeftOut | None:
    pairs = [(case.sector, *getattr(case, what)) for case in cases if min(getattr(case, what)) > 0]
    if len(pairs) < 3:
        print(f"{name:36} {len(pairs):6}   too few")
        return None
    sector, planned, actual = np.array(pairs).T
    found = leave_one_out(actual, planned, sector.astype(int), len(CLASSES), centre=centre)
    low, high = found.coverage.low, found.coverage.high
    helped = f"{int(found.helps.sum())} of {len(set(sector.tolist()))} classes"
    errors = f"{found.error_before:11.1%} {found.error_after:10.1%}"
    print(f"{name:36} {len(pairs):6} {errors} {found.coverage.share:10.1%}   ({low:.0%} to {high:.0%})   {helped}")
    return found


def _project(schedule: protrack.Schedule) -> list[Case]:
    came = protrack.outcome(schedule)
    if came is None:
        return []
    hours, cost = (came.planned_hours, came.actual_hours), (came.planned_cost, came.actual_cost)
    return [Case(_sector(schedule), hours, cost)]


def _activities(schedule: protrack.Schedule) -> list[Case]:
    """The activities finished in the last period of tracking; none where there is no tracking."""
    plan = {each.number: each for each in schedule.activities}
    reports = schedule.periods[-1].reports if schedule.periods else ()
    return [
        Case(_sector(schedule), (each.hours, report.hours), (each.budget, protrack.cost(each, report)))
        for report in reports
        for each in [plan[report.activity]]
        if report.complete >= DONE
    ]


def _sector(schedule: protrack.Schedule) -> int:
    return CLASSES.index(SECTORS.get(schedule.name, OTHER))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
