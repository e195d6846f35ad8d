"""Answers to a gate as they come from its page, and the verdict."""

from collections.abc import Mapping
from typing import Any

from django import forms

from mainstay.authorisation.models import Verdict
from mainstay.governance.gates.terms import Gate

SEPARATOR = "|"
LONGEST_REASON = 5000


class VerdictForm(forms.Form):
    """What is decided at a gate, and why."""

    verdict = forms.ChoiceField(choices=Verdict.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stays on record, and everybody who sees the project reads it: no figures.",
    )


def answers_in(sent: Mapping[str, str], gate: Gate) -> dict[str, Any]:
    """The answers somebody typed, by part and line."""
    return {
        **{
            part: {line["key"]: _answer(sent, line["key"]) for line in gate[part]}
            for part in ("criteria", "checklist")
        },
        "evidence": {line["key"]: links_in(sent.get(f"links-{line['key']}", "")) for line in gate["evidence"]},
    }


def _answer(sent: Mapping[str, str], key: str) -> dict[str, str]:
    return {"answer": sent.get(f"answer-{key}", ""), "note": sent.get(f"note-{key}", "")}


def links_in(text: str) -> list[dict[str, str]]:
    """Links one a line, each with its title before a bar: Business case | https://..."""
    found = []
    for line in (line.strip() for line in text.splitlines()):
        title, bar, url = line.rpartition(SEPARATOR)
        if line:
            found.append({"title": title.strip() if bar else "", "url": url.strip()})
    return found


def links_out(links: Any) -> str:
    """Links as they stand in the field."""
    return "\n".join(f"{link['title']} {SEPARATOR} {link['url']}" for link in links)
