"""Forms of classifications with their buckets, and of placing projects in bulk."""

from typing import Any

from django import forms

from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project
from mainstay.strategy.forms.base import RowForm, place_field
from mainstay.strategy.models import Bucket, Classification
from mainstay.strategy.models.classification import TOLERANCE
from mainstay.strategy.operations.mix import MOST_BUCKETS, WantedBucket

BLANK_ROWS = 2
MOST_AT_ONCE = 500
STARTER = (
    {"name": "Run", "target_share": 50, "tolerance": 5},
    {"name": "Grow", "target_share": 30, "tolerance": 5},
    {"name": "Transform", "target_share": 20, "tolerance": 5},
)


class ClassificationForm(RowForm):
    """A classification that is there."""

    class Meta:
        model = Classification
        fields = ("name", "description", "is_active")


class NewClassificationForm(RowForm):
    """A new classification."""

    class Meta:
        model = Classification
        fields = ("name", "portfolio", "code", "description")

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["portfolio"] = place_field(self.user, Verb.CLASSIFICATION_CREATE)


class BucketForm(forms.Form):
    """One bucket as a row of a table."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(max_length=80, label="Bucket")
    target_share = forms.DecimalField(min_value=0, max_value=100, max_digits=5, decimal_places=2, label="Target, %")
    tolerance = forms.DecimalField(
        min_value=0, max_value=100, max_digits=5, decimal_places=2, label="Tolerance, points", initial=TOLERANCE
    )

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        for name in ("name", "target_share", "tolerance"):
            self.fields[name].widget.attrs["class"] = "form-control"

    def has_changed(self) -> bool:
        """A row counts once it has a name or a target."""
        return bool({"name", "target_share"} & set(self.changed_data))


class _Buckets(forms.BaseFormSet):
    deletion_widget = forms.CheckboxInput(attrs={"class": "form-check-input"})

    def wanted(self) -> list[WantedBucket]:
        """The buckets as the operation takes them."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("name")]
        names = ("name", "target_share", "tolerance", "pk")
        return [WantedBucket(**{name: row[name] for name in names}) for row in rows if not row.get("DELETE")]


_FormSet = forms.formset_factory(
    BucketForm, formset=_Buckets, extra=BLANK_ROWS, can_delete=True, max_num=MOST_BUCKETS, validate_max=True,
    absolute_max=MOST_BUCKETS + 10,
)  # fmt: skip


def buckets_form(classification: Classification | None, data: Any = None) -> Any:
    """The buckets as rows of a form, with blank ones behind; a new classification begins with a suggestion."""
    names = ("pk", "name", "target_share", "tolerance")
    rows = STARTER if classification is None else list(classification.buckets.values(*names))
    # What was sent stands for itself: buckets saved meanwhile are no part of it.
    plain = [{name: _plain(value) for name, value in row.items()} for row in rows] if data is None else None
    return _FormSet(data, initial=plain, prefix="buckets")


def _plain(value: Any) -> Any:
    return f"{value.normalize():f}" if hasattr(value, "normalize") else value


class PlacingForm(forms.Form):
    """Projects that go into a bucket together."""

    projects = forms.ModelMultipleChoiceField(Project.objects.none(), to_field_name="code")
    bucket = forms.ModelChoiceField(Bucket.objects.none(), required=False, empty_label="No bucket")

    def __init__(self, *args: Any, user: Any, classification: Classification, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.fields["projects"].queryset = Project.objects.visible_to(user)
        self.fields["projects"].error_messages["required"] = "Choose at least one project."
        self.fields["bucket"].queryset = classification.buckets.all()

    def clean_projects(self) -> Any:
        """Not more than fit on a page."""
        found = self.cleaned_data["projects"]
        if len(found) > MOST_AT_ONCE:
            raise forms.ValidationError(f"At most {MOST_AT_ONCE} projects at once.")
        return found
