"""Where names can stand beside their marks without covering one another."""

from collections.abc import Sequence
from dataclasses import dataclass

LETTER, LINE = 6.1, 14.0
"""Points that a letter and a line of small text take."""
SIDES = ("right", "left", "above", "below")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the plot, in points from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether the two share a point."""
        return not (
            self.right < other.left or other.right < self.left or self.bottom < other.top or other.bottom < self.top
        )

    def lies_in(self, width: float, height: float) -> bool:
        """Whether all of it is on a plot of this size."""
        return self.left >= 0 and self.top >= 0 and self.right <= width and self.bottom <= height


def place(
    marks: Sequence[tuple[float, float, str]],
    width: float,
    height: float,
    *,
    most: int,
    gap: float = 12.0,
    letters: int = 24,
) -> list[str]:
    """The side on which each mark's name stands (right, left, above, below), or nothing where there is no room.

    marks: (x, y, name) in points from the top left, the most important first; each takes the first side on which its
    name, cut to so many letters and `gap` points from the middle of its mark, meets neither another name nor a mark
    that has one. At most `most` are named.

    >>> place([(50, 50, "Meters"), (52, 50, "Ledger"), (51, 51, "Portal")], 200, 100, most=2)
    ['right', 'left', '']
    """
    taken: list[Box] = []
    sides: list[str] = []
    for x, y, name in marks:
        length = min(len(name), letters) * LETTER
        free = name and len(taken) < 2 * most
        boxes = [(side, _box(x, y, length, gap, side)) for side in SIDES] if free else []
        found = next((each for each in boxes if _is_free(each[1], taken, width, height)), None)
        if found:
            taken += [found[1], Box(x - 3, y - 3, x + 3, y + 3)]
        sides.append(found[0] if found else "")
    return sides


def _is_free(box: Box, taken: Sequence[Box], width: float, height: float) -> bool:
    return box.lies_in(width, height) and not any(box.meets(other) for other in taken)


def _box(x: float, y: float, length: float, gap: float, side: str) -> Box:
    half = LINE / 2
    if side == "right":
        return Box(x + gap, y - half, x + gap + length, y + half)
    if side == "left":
        return Box(x - gap - length, y - half, x - gap, y + half)
    middle = y - gap - half if side == "above" else y + gap + half
    return Box(x - length / 2, middle - half, x + length / 2, middle + half)
