"""How a ranked list is moved about: the form of a move, and the answers to it.

form = MoveForm(ranking, request.POST)
if not form.is_valid():
    return refused_move(request, ranking, form)
...  # the room's operation, with form.move.row, .position, .reason, .expected_version
return answer_move(request, ranking_now, form.move.row, back=address)
"""

import json
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html

from mainstay.core.rank import RankList
from mainstay.core.rank_rows import rows_of

LONGEST_REASON = 500


@dataclass(frozen=True)
class Move:
    """A row goes to a position, counted from 1, for a reason."""

    row: str
    position: int
    reason: str
    expected_version: int | None = None


class MoveForm(forms.Form):
    """Where a row goes, and why."""

    row = forms.CharField(max_length=200, widget=forms.HiddenInput)
    position = forms.IntegerField(min_value=1, label="Move to position")
    reason = forms.CharField(
        max_length=LONGEST_REASON,
        label="Why",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="It is shown wherever this rank is shown.",
        error_messages={"required": "Say why: whoever reads this rank sees that it was moved."},
    )
    expected_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, ranking: RankList, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, auto_id=f"{ranking.name}-%s", **more)
        self.ranking = ranking

    def clean_row(self) -> str:
        """Only a row of this list can be moved."""
        key: str = self.cleaned_data["row"]
        if key not in self.ranking.places:
            raise forms.ValidationError("This project is not in the list any more. Load the page again.")
        return key

    def clean(self) -> dict[str, Any]:
        """Must-haves stay before all others."""
        cleaned = super().clean() or self.cleaned_data
        row, position = cleaned.get("row"), cleaned.get("position")
        if row is None or position is None:
            return cleaned
        ranking = self.ranking
        if ranking.row(row).is_must and position > ranking.musts:
            self.add_error("position", f"A must-have stays among the first {ranking.musts}.")
        elif not ranking.row(row).is_must and position <= ranking.musts:
            self.add_error("position", f"The first {ranking.musts} places belong to the must-haves.")
        elif position > len(ranking.rows):
            self.add_error("position", f"The list has {len(ranking.rows)} places.")
        return cleaned

    @property
    def move(self) -> Move:
        """What is to happen, once the form is valid."""
        return Move(**self.cleaned_data)


def move_form(ranking: RankList, key: str = "") -> MoveForm:
    """An empty form for a row."""
    place = ranking.places.get(key)
    return MoveForm(ranking, initial={"row": key, "position": place, "expected_version": ranking.version})


def refused_move(request: HttpRequest, ranking: RankList, form: MoveForm) -> HttpResponse:
    """The form with what was typed and what is wrong with it: 422."""
    context = {"ranking": ranking, "form": form, "moving": _row_of(ranking, form["row"].value() or "")}
    page = "core/components/rank_move.html" if request.htmx else "core/components/rank_refused.html"
    return render(request, page, context, status=422)


def answer_move(request: HttpRequest, ranking: RankList, *changed: str, back: str) -> HttpResponse:
    """What the list has to learn: the rows that changed and the order now; without scripts, the way `back`."""
    if not request.htmx:
        return redirect(back)
    order = json.dumps([row.key for row in ranking.rows])
    rows = rows_of(ranking, [key for key in changed if key in ranking.places])
    answer = '<table data-version="{}" data-order="{}"><tbody>{}</tbody></table>'
    return HttpResponse(format_html(answer, "" if ranking.version is None else ranking.version, order, rows))


def read_amount(text: str) -> Decimal | None:
    """An amount as people type it: 4,500,000 or 4.5m or 900k; None for anything else."""
    bare = text.strip().lower().replace(",", "").replace(" ", "")
    factor = {"k": 1_000, "m": 1_000_000, "b": 1_000_000_000}.get(bare[-1:], 1)
    try:
        amount = Decimal(bare[:-1] if factor > 1 else bare) * factor
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 <= amount < Decimal(10) ** 15 else None


def _row_of(ranking: RankList, key: str) -> Any:
    return ranking.row(key) if key in ranking.places else None
