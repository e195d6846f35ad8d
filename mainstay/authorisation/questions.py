"""What was asked, in words: the rules of a selection with the names of its candidates."""

from collections.abc import Iterator, Mapping
from typing import Any

from mainstay.authorisation.result import Result
from mainstay.charts import words


def rules(selection: Any, result: Result | None) -> list[str]:
    """The rules one by one; candidates by name once there is an answer, before by code."""
    return list(_rules(selection.rules, result.names if result else {}))


def _rules(asked: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[str]:
    def name(code: str) -> str:
        return f"{names[code]} ({code})" if code in names else code

    if asked.get("dependencies"):
        yield "The dependencies of the register hold."
    for codes in asked.get("at_most_one", []):
        yield f"At most one of {words.listed([name(code) for code in codes])}."
    for entry in asked.get("forced", []):
        way = "always in" if entry["way"] == "in" else "never in"
        yield f"{name(entry['code'])} is {way}: {entry['reason']}"
    for share in asked.get("shares", []):
        ends = [f"{word} {share[end]}%" for word, end in (("at least", "min"), ("at most", "max")) if share.get(end)]
        yield f"{share['theme']} takes {' and '.join(ends)} of what is spent."
