"""What answers are checked against: custom fields, people, goals, buckets; each looked up once for many requests."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.db.models.functions import Lower

from mainstay.core.models import Person
from mainstay.identification.forms.definition import Kind
from mainstay.identification.forms.references import references
from mainstay.portfolio.custom import active_fields
from mainstay.portfolio.models import CustomField


class Known:
    """Remembers what was looked up; made for one page or one operation and thrown away with it."""

    def __init__(self) -> None:
        self._people: dict[str, str] = {}
        self._references: dict[tuple[Kind, int | None], dict[str, str]] = {}

    @cached_property
    def custom(self) -> dict[str, CustomField]:
        """The custom fields in use by key."""
        return {field.key: field for field in active_fields()}

    def names(self, kind: Kind, portfolio: Any) -> dict[str, str]:
        """Value and name of each goal or bucket that may be chosen in a portfolio."""
        key = kind, getattr(portfolio, "pk", None)
        if key not in self._references:
            self._references[key] = dict(references(kind, portfolio))
        return self._references[key]

    def look_up(self, words: Iterable[str]) -> None:
        """Find many people at once, by sign-in name or e-mail."""
        wanted = {word.strip().casefold() for word in words if word and word.strip()} - self._people.keys()
        if not wanted:
            return
        self._people |= dict.fromkeys(wanted, "")
        active = Person.objects.filter(is_active=True).annotate(name_low=Lower("username"), mail_low=Lower("email"))
        found = active.filter(Q(name_low__in=wanted) | Q(mail_low__in=wanted))
        rows = list(found.values_list("username", "name_low", "mail_low"))
        mails = [mail for _, _, mail in rows]
        self._people |= {mail: username for username, _, mail in rows if mail in wanted and mails.count(mail) == 1}
        self._people |= {name: username for username, name, _ in rows if name in wanted}

    def person(self, word: str) -> str:
        """The sign-in name of the one person meant; nothing when there is none."""
        self.look_up([word])
        return self._people.get(word.strip().casefold(), "")
