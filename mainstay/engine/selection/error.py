"""The one way a planning problem is refused."""

from __future__ import annotations

from typing import Self


class ProblemError(ValueError):
    """A planning problem that makes no sense, with the place and a sentence saying why.

    `path` leads to the place in the document (`$.candidates[0].options[1].starts`); an error raised by a
    noun that does not know where it stands carries the part below it and is completed by `under`.
    """

    def __init__(self, path: str, sentence: str) -> None:
        super().__init__(f"{path}: {sentence}" if path else sentence)
        self.path = path
        self.sentence = sentence

    def under(self, parent: str) -> Self:
        """The same refusal seen from `parent`, the path of the object that holds the place."""
        if not self.path:
            return type(self)(parent, self.sentence)
        joint = "" if self.path.startswith("[") else "."
        return type(self)(f"{parent}{joint}{self.path}", self.sentence)
