"""A difference in sentences."""

from dataclasses import dataclass

from mainstay.authorisation.comparing.difference import Change, Difference, Row
from mainstay.authorisation.comparing.wording import LABELS, moved_by, say
from mainstay.charts import words


@dataclass(frozen=True)
class Told:
    """One field in words: at the branch, here and now there."""

    label: str
    was: str
    here: str
    there: str
    how: str


def differences_in_words(rows: list[Row]) -> list[tuple[Row, list[Told]]]:
    """What a scenario changes, project by project."""
    return [(row, [_told(row, name) for name in row.three.changed_here]) for row in rows]


def _told(row: Row, name: str) -> Told:
    three = row.three
    values = (say(name, getattr(state, name)) for state in (three.base, three.here, three.there))
    return Told(LABELS[name], *values, three.how(name).value)


def sentence_of(change: Change) -> str:
    """A change of the plan of record: `Start: 1 Jan 2027 to 1 Jun 2027, 5 months later`."""
    before, after = (say(change.name, value) for value in (change.before, change.after))
    moved = moved_by(change.before, change.after) if change.name in {"start", "end"} else ""
    return f"{LABELS[change.name]}: {before} → {after}{f', {moved}' if moved else ''}"


def finding_of(found: Difference) -> str:
    """A difference in a sentence."""
    here, there = len(found.here), len(found.there)
    if not here and not there:
        return "The scenario is the plan of record: nothing differs."
    parts = f"The scenario changes {words.counted(here, 'project')}"
    if not there:
        return f"{parts}; the plan of record has not moved since the branch."
    open_ones = len(found.conflicts)
    tail = f", and {words.counted(open_ones, 'conflict')} wait{'s' if open_ones == 1 else ''}" if open_ones else ""
    return f"{parts}; the plan of record changed {words.counted(there, 'project')} since the branch{tail}."


def merge_finding_of(found: Difference) -> str:
    """What a merge does, in a sentence."""
    if not found.there:
        return "There is nothing to merge: the plan of record has not moved since the branch."
    alone = len(found.by_itself)
    merges = f"{words.counted(alone, 'project')} {'merges by itself' if alone == 1 else 'merge by themselves'}"
    if not found.conflicts:
        return f"{merges}; there is no conflict."
    count = len(found.conflicts)
    return f"{merges}; {words.counted(count, 'conflict')} {'is' if count == 1 else 'are'} to be settled."
