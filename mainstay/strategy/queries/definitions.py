"""What the figures of strategy mean, in one place for pages, tables and the API."""

from typing import NamedTuple


class Definition(NamedTuple):
    """A word or a figure and what it means."""

    term: str
    text: str


DEFINITIONS: dict[str, Definition] = {
    "alignment": Definition(
        "Strategic alignment",
        "The whole-life cost of projects that contribute to an open goal, themselves or through their programme, "
        "as a share of the whole-life cost of all projects counted. Projects without a cost are left out and "
        "named. 80% or more is usual in organisations that steer by their strategy. Currencies are never added "
        "up.",
    ),
    "coverage": Definition(
        "Objective coverage",
        "Open objectives with at least one project counted behind them, or behind an objective below them, as a "
        "share of all open objectives. What is missing are intentions without funded work.",
    ),
    "covered": Definition(
        "Covered weight",
        "The part of the strategy, by the weights of its goals, with work that counts behind it. A goal work "
        "contributes to directly is covered as a whole, any other as far as the goals below it are.",
    ),
    "planned": Definition(
        "Strategic Goal Contribution, planned",
        "For each goal its weight among the goals beside it, times the weights above it, times the share of the "
        "goal that projects are expected to contribute; added up over all goals. Where something contributes to a "
        "goal directly, the goals below share in the rest. Two goals weighing 60% and 40%, of which projects "
        "contribute 50% and 25%, give 40%. Work that was dropped does not count.",
    ),
    "achieved": Definition(
        "Strategic Goal Contribution, achieved",
        "The planned contribution of each project times the part of its work that was delivered: all of what is "
        "finished, and of running work what it has earned of its plan.",
    ),
    "gap": Definition(
        "Unassigned share",
        "The part of the strategy nothing is expected to contribute to: 100% less every share that was given, "
        "whether or not you may see the work behind it.",
    ),
    "progress": Definition(
        "Progress of a goal",
        "A key result counts (current value less start) divided by (target less start), whichever direction is "
        "better; the bar shows at most 100%, the figure more. A goal is the mean of its key results by their "
        "weights; a goal without key results the mean of the goals below it by theirs. What nobody measured is "
        "left out and named. Standing measures have no end and do not count.",
    ),
    "expected": Definition(
        "On track",
        "Progress is set against the time that has passed between start and due date: on track with at most 10 "
        "points behind, at risk with at most 25, off track beyond. A standing measure is healthy within its band.",
    ),
    "weight": Definition(
        "Weight",
        "How much a goal counts among the open goals beside it. Weights are given to all of them at once and add "
        "up to 100%; where nobody weighed them, they count the same.",
    ),
    "share": Definition(
        "Share of a goal",
        "The part of a goal that is expected from a project or a programme. All shares of a goal together are at "
        "most 100%; what others contribute out of your sight is told as a total.",
    ),
    "money": Definition(
        "Money behind a goal",
        "The whole-life cost of every project that contributes to the goal or to one below it, each project once. "
        "A project may stand behind several goals, so these sums are not to be added up.",
    ),
    "deviation": Definition(
        "Deviation from target",
        "The share of the money in a bucket less its target, in points of a per cent. Within the tolerance, "
        "usually 5 points, the mix is balanced. Projects in no bucket count in the whole and are shown by "
        "themselves.",
    ),
    "rating": Definition(
        "Impact",
        "How much a project moves a driver: none, low, moderate, strong or extreme, each with a sentence that "
        "says what it means; 0, 25, 50, 75 and 100 points. No rating is not None: it is left out and never counts "
        "as zero.",
    ),
    "driver_weight": Definition(
        "Weight of a driver",
        "How much a driver counts beside the others. Weights of the drivers in use add up to 100%; pairwise "
        "comparison finds them, or they are typed.",
    ),
    "confidence": Definition(
        "Confidence",
        "How sure its people are that a key result reaches its target in time: 1 hardly, 3 as likely as not, 5 "
        "almost certainly.",
    ),
}
