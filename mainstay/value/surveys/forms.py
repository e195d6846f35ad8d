"""The form of a survey: counts are typed or single answers pasted."""

import re
from collections import Counter
from typing import Any

from django import forms

from mainstay.value.models import Survey

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
PAIR = re.compile(r"^(\d{1,2})\s*[:=x×]\s*(\d{1,7})$")
MOST_TYPED = 200_000


class AnswersField(forms.CharField):
    """How often each answer was given, or every answer by itself."""

    def __init__(self, **keywords: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 6}), max_length=MOST_TYPED, **keywords)

    def prepare_value(self, value: Any) -> Any:
        """Counts as lines."""
        if isinstance(value, dict):
            return "\n".join(f"{answer}: {count}" for answer, count in value.items())
        return value

    def to_python(self, value: Any) -> Any:
        """Counts by answer."""
        text = super().to_python(value)
        words = [word for word in re.split(r"[\n,;]+|(?<=\d)[ \t]+(?=\d)", text) if word.strip()]
        found: Counter[str] = Counter()
        for word in words:
            pair = PAIR.match(word.strip())
            if pair is None and not re.fullmatch(r"\s*\d{1,2}\s*", word):
                raise forms.ValidationError(f"This is no answer: {word.strip()[:30]}")
            found[str(int(pair[1] if pair else word))] += int(pair[2]) if pair else 1
        return dict(found)


class SurveyForm(forms.ModelForm):
    """What was asked of whom, when, and what they answered."""

    counts = AnswersField(
        label="Answers",
        help_text="One line an answer, such as 5: 12, or every answer by itself, as in a column of a spreadsheet.",
    )

    class Meta:
        model = Survey
        fields = ("question", "when", "starts_on", "ends_on", "counts", "source")
        widgets = {"starts_on": DAY, "ends_on": DAY}
