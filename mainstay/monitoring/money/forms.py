"""Forms of the ledger and of closed months."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone

from mainstay.engine.basics.periods import month_after
from mainstay.monitoring.models import LedgerFile
from mainstay.monitoring.money.ledger_files import USUAL

MONTHS_BACK = 24


class LedgerUploadForm(forms.Form):
    """A file of a ledger."""

    source = forms.CharField(
        label="Ledger", max_length=60, help_text="The keys of its lines are its own: use the same name every time."
    )
    file = forms.FileField(help_text="CSV or XLSX with one line of column names, up to 50 MB and 50,000 rows.")

    def __init__(self, *args: Any, portfolio: Any, **keywords: Any) -> None:
        last = LedgerFile.objects.filter(portfolio=portfolio).order_by("-pk").values_list("source", flat=True).first()
        super().__init__(*args, **{"initial": {"source": last or USUAL}} | keywords)
        self.fields["file"].widget.attrs["accept"] = ".csv,.txt,.tsv,.xlsx,.json"

    def clean_source(self) -> str:
        """The name on one line."""
        return " ".join(self.cleaned_data["source"].split())

    def clean_file(self) -> Any:
        """A file that is not too large."""
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_LIMIT_BYTES:
            raise forms.ValidationError("The file has more than 50 MB; import it in parts.")
        return file


class MatchForm(forms.Form):
    """The project that lines with certain words belong to."""

    source = forms.CharField(max_length=60, widget=forms.HiddenInput)
    field = forms.CharField(max_length=11, widget=forms.HiddenInput)
    text = forms.CharField(max_length=120, widget=forms.HiddenInput)
    project = forms.ChoiceField()

    def __init__(self, *args: Any, projects: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.projects = {row.code: row for row in projects}
        named = [(row.code, f"{row.code} {row.name}") for row in self.projects.values()]
        self.fields["project"].choices = [("", "Choose…"), *named]

    def clean_project(self) -> Any:
        """The project itself."""
        return self.projects[self.cleaned_data["project"]]


class CloseForm(forms.Form):
    """The month that is closed."""

    month = forms.ChoiceField()
    note = forms.CharField(max_length=300, required=False)

    def __init__(self, *args: Any, closed: set[Any], **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        this = timezone.localdate().replace(day=1)
        open_months = [month_after(this, -back) for back in range(MONTHS_BACK)]
        self.months = {month.isoformat(): month for month in open_months if month not in closed}
        self.fields["month"].choices = [(key, f"{month:%B %Y}") for key, month in self.months.items()]
        if len(self.months) > 1:
            self.fields["month"].initial = list(self.months)[1]

    def clean_month(self) -> Any:
        """Its first day."""
        return self.months[self.cleaned_data["month"]]


class ReopenForm(forms.Form):
    """Why a month is opened again."""

    reason = forms.CharField(max_length=300)
