"""A form's questions as fields of a page: whatever was typed stays, so nothing is refused while it is a draft."""

from typing import Any

from django import forms

from mainstay.core.models import Person
from mainstay.identification.forms.definition import Definition, Kind, Question, Section, Stage
from mainstay.identification.forms.references import REFERENCES, references
from mainstay.portfolio.custom import active_fields
from mainstay.portfolio.models import FieldKind

ANSWER = "answer_"
SHOWN = "shown"
YES_NO = (("", "Not said"), ("yes", "Yes"), ("no", "No"))
TITLE_HELP = "What it is, in a few words."
DESCRIPTION_HELP = "What is the need, who has it, and what would be different?"
OF_CUSTOM = {
    FieldKind.TEXT: Kind.TEXT,
    FieldKind.LONG_TEXT: Kind.LONG_TEXT,
    FieldKind.NUMBER: Kind.NUMBER,
    FieldKind.MONEY: Kind.MONEY,
    FieldKind.DATE: Kind.DATE,
    FieldKind.CHOICE: Kind.CHOICE,
    FieldKind.USER: Kind.PERSON,
    FieldKind.YES_NO: Kind.YES_NO,
}


class Typed(forms.CharField):
    """Text as typed: being required is shown, and refused only when the request is sent."""

    def validate(self, value: Any) -> None:
        """Whatever was typed may be kept."""


class Several(Typed):
    """Ticks, taken as they come."""

    def to_python(self, value: Any) -> list[str]:
        return [str(one) for one in value or []]


class RequestPage(forms.Form):
    """Title, description and every question of an edition; unknown names are never read."""

    use_required_attribute = False
    title = Typed(label="Title", max_length=200, help_text=TITLE_HELP)
    description = Typed(
        label="What is needed and why",
        max_length=20_000,
        help_text=DESCRIPTION_HELP,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, definition: Definition, user: Any, portfolio: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.definition, self.user, self.portfolio = definition, user, portfolio
        self.custom = {field.key: field for field in active_fields()}
        for question in definition.questions():
            self.fields[ANSWER + question.key] = self._field(question)

    def _field(self, question: Question) -> forms.Field:
        kind, options = question.kind, question.options
        if kind is Kind.CUSTOM:
            custom = self.custom.get(question.maps_to.removeprefix("custom."))
            kind = OF_CUSTOM[FieldKind(custom.kind)] if custom else Kind.TEXT
            options = tuple(custom.options) if custom else ()
        known = references(kind, self.portfolio) if kind in REFERENCES else [(one, one) for one in options]
        typed = self.initial.get(ANSWER + question.key)
        # Help is written by administrators and shown as it stands, so nothing in it may act as markup.
        common: dict[str, Any] = {"label": _label(question), "help_text": question.help}
        common["required"] = question.required_at is Stage.SUBMIT
        return _MAKERS.get(kind, _text)(common, _with_typed(known, typed), typed)

    def typed(self) -> dict[str, Any]:
        """What the page sent, by question; what it did not show is not there."""
        return {
            question.key: self.cleaned_data.get(ANSWER + question.key)
            for question in self.definition.questions()
            if self._was_sent(question)
        }

    def _was_sent(self, question: Question) -> bool:
        """Ticks that are all empty send nothing, so each shown question says that it was there."""
        name = ANSWER + question.key
        return name in self.data or question.key in self.data.getlist(SHOWN)

    def complain(self, errors: dict[str, list[str]]) -> None:
        """Put what was refused beside the question it is about."""
        for name, messages in errors.items():
            field = name if name in ("title", "description") else ANSWER + name
            for message in messages:
                known = field in self.fields
                self.add_error(field if known else None, message if known or name == "__all__" else f"{message}")


def initial_of(title: str, description: str, answers: dict[str, Any]) -> dict[str, Any]:
    """A request as its page shows it."""
    return {"title": title, "description": description} | {ANSWER + key: value for key, value in answers.items()}


def people_known(user: Any) -> list[str]:
    """The sign-in names a page may suggest: of those the person may know."""
    known = Person.objects.visible_to(user).filter(is_active=True)
    return list(known.order_by("name").values_list("username", flat=True)[:500])


class Shown:
    """A section with the bound fields of its questions, and what of it differs from what a browser shows."""

    def __init__(self, page: RequestPage, section: Section, shown: set[str], is_open: bool) -> None:
        self.section, self.is_open = section, is_open
        self.questions = [
            (question, page[ANSWER + question.key], question.key in shown) for question in section.fields
        ]
        self.is_conditional = section.shown_when is not None
        sent = set(page.data.getlist(SHOWN)) if page.is_bound else set()
        self.changed = {one.key for one in section.fields if (one.key in sent) != (one.key in shown)}
        self.was_open = any(one.key in sent for one in section.fields)

    @property
    def has_changed(self) -> bool:
        """Whether the whole section has to appear or go."""
        return self.is_open != self.was_open


def sections_of(page: RequestPage, answers: dict[str, Any]) -> list[Shown]:
    """Every section of the page as it stands with these answers."""
    shown = {question.key for _, question in page.definition.shown(answers)}
    typed = {key: value for key, value in answers.items() if key in shown}
    return [
        Shown(page, section, shown, section.shown_when is None or section.shown_when.holds(typed))
        for section in page.definition.sections
    ]


def _label(question: Question) -> str:
    return f"{question.label} (needed to be accepted)" if question.required_at is Stage.ACCEPT else question.label


def _with_typed(known: list[tuple[str, str]], typed: Any) -> list[tuple[str, str]]:
    """The options, with what was chosen once and is no option any more."""
    chosen = typed if isinstance(typed, list) else [typed]
    former = [(str(one), f"{one} (no longer offered)") for one in chosen if one and one not in dict(known)]
    return [*known, *former]


def _text(common: dict[str, Any], known: list[tuple[str, str]], typed: Any) -> forms.Field:
    return Typed(**common)


def _long(common: dict[str, Any], known: list[tuple[str, str]], typed: Any) -> forms.Field:
    return Typed(widget=forms.Textarea(attrs={"rows": 4}), **common)


def _number(common: dict[str, Any], known: list[tuple[str, str]], typed: Any) -> forms.Field:
    return Typed(widget=forms.TextInput(attrs={"inputmode": "decimal"}), **common)


def _day(common: dict[str, Any], known: list[tuple[str, str]], typed: Any) -> forms.Field:
    """A date picker, unless something else was typed: a picker would not show it."""
    is_day = not typed or (len(str(typed)) == 10 and str(typed)[4] == "-")
    return Typed(widget=forms.TextInput(attrs={"type": "date"} if is_day else {}), **common)


def _choice(common: dict[str, Any], known: list[tuple[str, str]], typed: Any) -> forms.Field:
    return Typed(widget=forms.Select(choices=[("", "Not chosen"), *known]), **common)


def _choices(common: dict[str, Any], known: list[tuple[str, str]], typed: Any) -> forms.Field:
    return Several(widget=forms.CheckboxSelectMultiple(choices=known), **common)


def _yes_no(common: dict[str, Any], known: list[tuple[str, str]], typed: Any) -> forms.Field:
    return Typed(widget=forms.Select(choices=YES_NO), **common)


def _person(common: dict[str, Any], known: list[tuple[str, str]], typed: Any) -> forms.Field:
    common["help_text"] = common["help_text"] or "Sign-in name or e-mail."
    return Typed(widget=forms.TextInput(attrs={"list": "people", "autocomplete": "off"}), **common)


_MAKERS = {
    Kind.LONG_TEXT: _long,
    Kind.NUMBER: _number,
    Kind.MONEY: _number,
    Kind.DATE: _day,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.YES_NO: _yes_no,
    Kind.PERSON: _person,
    Kind.GOAL: _choice,
    Kind.BUCKET: _choice,
}
