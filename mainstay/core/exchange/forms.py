"""The first step of an import in the browser: what it is, where it goes, which file."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings

from mainstay.core import access
from mainstay.core.exchange import uploads
from mainstay.core.exchange.files import read_table
from mainstay.core.exchange.problems import BadFile
from mainstay.core.exchange.sheet import sheet_named, sheets
from mainstay.core.verbs import Verb

ENDINGS = ".csv,.txt,.tsv,.xlsx,.json,.pb"


class UploadForm(forms.Form):
    """A file, what it lists and the portfolio it goes to."""

    file = forms.FileField(help_text="CSV, XLSX or JSON with one line of column names, up to 50 MB and 50,000 rows.")
    new_target = forms.CharField(label="Or to a new portfolio called", max_length=200, required=False)

    def __init__(self, *args: Any, actor: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.actor = actor
        known = sheets()
        self.fields["file"].widget.attrs["accept"] = ENDINGS
        targets = known[0].targets_for(actor).order_by("path")
        places = [("", "Choose…"), *((row.code, _indented(row)) for row in targets)]
        self.fields["sheet"] = forms.ChoiceField(
            label="It lists", choices=[(sheet.name, sheet.label) for sheet in known]
        )
        self.fields["target"] = forms.ChoiceField(label="Goes to", choices=places, required=False)
        if not (access.may(actor, Verb.PORTFOLIO_CREATE) and access.may(actor, Verb.ROWS_IMPORT)):
            del self.fields["new_target"]
        self.order_fields(["file", "sheet", "target", "new_target"])

    def clean_file(self) -> Any:
        """A file that is not too large."""
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_LIMIT_BYTES:
            raise forms.ValidationError("The file has more than 50 MB; import it in parts.")
        return file

    def clean(self) -> dict[str, Any]:
        """One place it goes to."""
        clean = super().clean() or {}
        if bool(clean.get("target")) == bool(clean.get("new_target", "").strip()):
            words = "either a portfolio or a name for a new one" if "new_target" in self.fields else "a portfolio"
            self.add_error("target", f"Choose {words}.")
        return clean

    def keep(self) -> uploads.Upload | None:
        """The kept file; None, with an error beside the field, when it cannot be read as a list."""
        clean, file = self.cleaned_data, self.cleaned_data["file"]
        upload = uploads.keep(
            file.chunks(),
            person=self.actor,
            filename=PurePath(file.name).name,
            sheet=sheet_named(clean["sheet"]).name,
            target=(clean.get("target") or clean.get("new_target", "")).strip(),
        )
        try:
            read_table(upload.path, upload.filename)
        except BadFile as bad:
            uploads.remove(upload)
            self.add_error("file", bad.message)
            return None
        return upload


def _indented(row: Any) -> str:
    return f"{'— ' * max(row.path.count('/') - 2, 0)}{row.name}"
