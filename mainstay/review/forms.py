"""The forms of closures, reviews and lessons."""

from typing import Any

from django import forms

from mainstay.core import access
from mainstay.core.models import Person
from mainstay.core.verbs import Verb
from mainstay.portfolio.approval import people_who_may
from mainstay.review.checklist import ANSWERS, ITEMS, LONGEST_NOTE
from mainstay.review.models import ClosingRule, Closure, Lesson, PostReview

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
SMALL = forms.Textarea(attrs={"rows": 3})


class ClosingRuleForm(forms.ModelForm):
    """What a portfolio asks for when work closes."""

    class Meta:
        model = ClosingRule
        fields = ("asks", "months")
        help_texts = {"asks": "No project below it closes before its checklist is complete."}


class ClosureForm(forms.ModelForm):
    """The checklist, and what the project ended with."""

    class Meta:
        model = Closure
        fields = ("final_end", "final_cost", "note")
        widgets = {"final_end": DAY, "note": SMALL}
        help_texts = {"final_cost": "Empty takes what was booked, else the whole-life cost."}

    def __init__(self, *args: Any, user: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        kept = self.instance.answers or {}
        for item in ITEMS:
            told = kept.get(item.key, {})
            self.fields[f"answer_{item.key}"] = forms.ChoiceField(
                label=item.label, choices=[("", "Open"), *ANSWERS], required=False, initial=told.get("answer", "")
            )
            self.fields[f"note_{item.key}"] = forms.CharField(
                label=f"Note: {item.label.lower()}", max_length=LONGEST_NOTE, required=False,
                initial=told.get("note", ""),
            )  # fmt: skip
        if not access.may(user, Verb.SEE_FIGURES, self.instance.project):
            del self.fields["final_cost"]

    def sent(self) -> dict[str, Any]:
        """What the operation takes: the answers by item, and the other fields."""
        told = self.cleaned_data
        answers = {
            item.key: {"answer": told[f"answer_{item.key}"], "note": told[f"note_{item.key}"]} for item in ITEMS
        }
        plain = {name: told[name] for name in ("final_end", "final_cost", "note") if name in told}
        return plain | {"answers": answers}

    @property
    def items(self) -> list[tuple[Any, Any]]:
        """Each question with its note."""
        return [(self[f"answer_{item.key}"], self[f"note_{item.key}"]) for item in ITEMS]

    @property
    def rest(self) -> list[Any]:
        """The fields that are no question."""
        return [self[name] for name in ("final_end", "final_cost", "note") if name in self.fields]


class TermsForm(forms.ModelForm):
    """Who leads a review, and until when."""

    class Meta:
        model = PostReview
        fields = ("led_by", "due_date")
        widgets = {"due_date": DAY}

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        able = [person.pk for person in people_who_may(Verb.REVIEW_EDIT, self.instance.project)]
        held = [self.instance.led_by_id] if self.instance.led_by_id else []
        self.fields["led_by"].queryset = Person.objects.filter(pk__in=[*able, *held]).order_by("name")
        self.fields["led_by"].empty_label = "Whoever owns the project"


class ReviewForm(forms.ModelForm):
    """What was found; figures only for those who may see figures."""

    class Meta:
        model = PostReview
        fields = ("benefit_realised", "score_realised", "went_well", "went_badly", "findings", "worth")
        widgets = {"went_well": SMALL, "went_badly": SMALL, "findings": SMALL}
        help_texts = {"score_realised": "0 to 100 on the model it was chosen by, as you would rate it now."}

    def __init__(self, *args: Any, user: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        if not access.may(user, Verb.SEE_FIGURES, self.instance.project):
            del self.fields["benefit_realised"], self.fields["score_realised"]


class LessonForm(forms.ModelForm):
    """A lesson in words others can use."""

    tags = forms.CharField(
        required=False, max_length=500, help_text="Words apart by commas, such as: supplier, cutover"
    )

    class Meta:
        model = Lesson
        fields = ("title", "context", "cause", "effect", "recommendation", "tags")
        widgets = dict.fromkeys(("context", "cause", "effect", "recommendation"), SMALL)

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.initial["tags"] = ", ".join(self.instance.tags or ())

    def clean_tags(self) -> list[str]:
        """The words as a list."""
        return [tag.strip() for tag in self.cleaned_data["tags"].split(",") if tag.strip()]
