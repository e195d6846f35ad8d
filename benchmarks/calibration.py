"""Whether calibration would have helped on real projects: each case corrected by all others.

    uv run python -m benchmarks.calibration FOLDER

FOLDER holds ProTrack files (.p2x) of the OR-AS project database (Batselier and Vanhoucke 2015). Cases are activities
finished in the last tracking period, planned against actual duration in working hours, and planned against
actual cost; the class of an activity is its project. Projects as a whole (planned and actual hours and cost added up)
are a second sample, in one class. Printed are the median of |estimate - actual| / actual as planned and after
correction, the share of actuals not above the calibrated P80 with its 95 % interval, and in how many classes the
median error falls, whichever way it comes out; corrected by the mean of r and by its median.
"""

import sys
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.calibration import Centre, LeftOut, leave_one_out

DONE = 0.9999
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """One finished activity: project, planned and actual hours, planned and actual cost."""

    project: int
    hours: tuple[float, float]
    cost: tuple[float, float]


def main(words: list[str]) -> int:
    """Read, leave one out, print; 0 when for some figure of projects the error falls and P80 holds in 70 to 90 %."""
    if not words:
        print("Name the folder of the .p2x files.")
        return 2
    cases = [case for number, path in enumerate(sorted(Path(words[0]).glob("*.p2x"))) for case in _read(number, path)]
    print(f"{'sample':30} {'cases':>6} {'as planned':>11} {'corrected':>10} {'P80 holds':>10} {'':14} helps in")
    whole, kept = _projects(cases), []
    for name, sample in (("activities", cases), ("projects", whole)):
        for what in ("hours", "cost"):
            kept += [_tell(f"{what} of {name}, {centre}", sample, what, centre) for centre in Centre]
    best = [found for found in kept[4:] if found and found.error_after < found.error_before]
    return 0 if any(0.70 <= found.coverage.share <= 0.90 for found in best) else 1


def _tell(name: str, cases: list[Case], what: str, centre: Centre) -> LeftOut | None:
    pairs = [(case.project, *getattr(case, what)) for case in cases if min(getattr(case, what)) > 0]
    if len(pairs) < 3:
        print(f"{name:30} {len(pairs):6}   too few")
        return None
    project, planned, actual = np.array(pairs).T
    found = leave_one_out(actual, planned, project.astype(int), int(project.max()) + 1, centre=centre)
    low, high = found.coverage.low, found.coverage.high
    helped = f"{int(found.helps.sum())} of {len(set(project.tolist()))} classes"
    errors = f"{found.error_before:11.1%} {found.error_after:10.1%}"
    print(f"{name:30} {len(pairs):6} {errors} {found.coverage.share:10.1%}   ({low:.0%} to {high:.0%})   {helped}")
    return found


def _projects(cases: list[Case]) -> list[Case]:
    """Each project as one case, all in one class."""
    groups = [
        [case for case in cases if case.project == number] for number in sorted({each.project for each in cases})
    ]
    return [
        Case(0, _added([each.hours for each in group]), _added([each.cost for each in group])) for group in groups
    ]


def _added(pairs: list[tuple[float, float]]) -> tuple[float, float]:
    return sum(planned for planned, _ in pairs), sum(actual for _, actual in pairs)


def _read(number: int, path: Path) -> list[Case]:
    """The finished activities of a file; none where it has no tracking."""
    root = ElementTree.fromstring(path.read_text(encoding="utf-8-sig"))  # noqa: S314  (files one names oneself)
    periods = [tracked for each in root.findall("TrackingList") for tracked in each.findall("TProTrackActivities-1")]
    if not periods:
        return []
    planned = {}
    for activity in (each for group in root.findall("Activities") for each in group.findall("Activity")):
        hours = _number(activity, "BaseLineDuration")
        cost = _number(activity, "FixedBaselineCost") + _number(activity, "BaselineCostByUnit") * hours
        planned[int(_last(activity, "UniqueID"))] = (hours, cost)
    last = periods[-1]
    names = [int(each.text or 0) for each in last.findall("Activity")]
    found = []
    for name, tracked in zip(names, last.findall("TProTrackActivityTracking-1"), strict=True):
        if _number(tracked, "PercentageComplete") >= DONE and name in planned:
            hours, cost = planned[name]
            spent = (hours, _number(tracked, "ActualDuration")), (cost, cost + _number(tracked, "ActualCostDev"))
            found.append(Case(number, *spent))
    return found


def _number(element: ElementTree.Element, name: str) -> float:
    return float(_last(element, name).replace(",", ".") or 0)


def _last(element: ElementTree.Element, name: str) -> str:
    """The text of the last child of this name; some names occur twice, first for what is not used."""
    texts = [each.text or "" for each in element.iter(name)]
    return texts[-1] if texts else "0"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
