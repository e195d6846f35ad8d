"""One place in a JSON document, read strictly."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from mainstay.engine.selection.error import ProblemError

_WORDS = {dict: "an object", list: "a list", str: "a text", bool: "true or false", int: "a number", float: "a number"}


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a JSON document and the path that leads to it; every reading refuses the wrong type."""

    value: object
    path: str = "$"

    def fields(self, required: Collection[str], optional: Collection[str] = ()) -> dict[str, Node]:
        """The fields of an object: all `required` ones, none nobody knows, and null counts as left out."""
        if not isinstance(self.value, dict):
            raise self._expected("an object")
        for name in required:
            if name not in self.value:
                raise ProblemError(self.path, f'"{name}" is missing')
        for name in self.value:
            if name not in required and name not in optional:
                raise ProblemError(f"{self.path}.{name}", "is not a field that is known here")
        given = {name: value for name, value in self.value.items() if value is not None or name in required}
        return self._children(given)

    def entries(self) -> dict[str, Node]:
        """The entries of an object whose names are free."""
        if not isinstance(self.value, dict):
            raise self._expected("an object")
        return self._children(self.value)

    def items(self) -> Iterator[Node]:
        """The items of a list."""
        if not isinstance(self.value, list):
            raise self._expected("a list")
        return (Node(value, f"{self.path}[{place}]") for place, value in enumerate(self.value))

    def text(self) -> str:
        """A text."""
        if not isinstance(self.value, str):
            raise self._expected("a text")
        return self.value

    def number(self) -> float:
        """A number as a float; one too large for a float becomes infinite, and is refused where it is used."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise self._expected("a number")
        try:
            return float(self.value)
        except OverflowError:
            return float("inf")

    def whole(self) -> int:
        """A whole number; 2.0 counts as 2."""
        number = self.number()
        if not number.is_integer():
            raise ProblemError(self.path, f"{number:g} must be a whole number")
        return int(number)

    def numbers(self) -> tuple[float, ...]:
        """A list of numbers."""
        return tuple(each.number() for each in self.items())

    def texts(self) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(each.text() for each in self.items())

    def _children(self, value: dict[str, object]) -> dict[str, Node]:
        return {name: Node(child, f"{self.path}.{name}") for name, child in value.items()}

    def _expected(self, wanted: str) -> ProblemError:
        found = _WORDS.get(type(self.value), "null")
        return ProblemError(self.path, f"must be {wanted}, not {found}")
