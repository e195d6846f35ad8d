"""What a dashboard looks at: a part of the work somebody may see, today or as it was known on a date."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, Self
from urllib.parse import urlencode

from django.conf import settings
from django.utils import timezone

from mainstay.core.errors import Unreadable
from mainstay.core.verbs import Verb
from mainstay.portfolio.dashboard.links import Links
from mainstay.portfolio.models import Project
from mainstay.portfolio.queries import ProjectFilter, Reading

SCOPE = ("portfolio", "programme", "theme", "owner", "manager")
MONTH_DAYS = 30
EVERYTHING = "All you may see"


@dataclass(frozen=True)
class Sight:
    """The projects of a portfolio, programme, theme, owner or manager (none named: all), as one person sees them.

    options: what else the address asks for, such as which value a chart draws.
    """

    narrowed: ProjectFilter
    as_of_text: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    _known: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def once[T](self, name: str, make: Callable[[], T]) -> T:
        """What `make` gives, made once for all parts of a page."""
        if name not in self._known:
            self._known[name] = make()
        return self._known[name]

    @classmethod
    def asked(
        cls,
        request: Any,
        usual: Mapping[str, str] | None = None,
        named: Mapping[str, str] | None = None,
        options: Mapping[str, str] | None = None,
    ) -> Self:
        """What an address asks for: what is `named` by the page, else by the query, else what is `usual`."""
        texts = named or {name: request.GET[name] for name in SCOPE if request.GET.get(name)} or usual or {}
        # What is remembered for one person must not be taken for the same words of another.
        texts = {name: request.user.username if text == "me" else text for name, text in texts.items()}
        narrowed = ProjectFilter.read(texts, Reading(request.user, request.as_of))
        return cls(narrowed, request.GET.get("as_of", "") if request.as_of else "", options or {})

    @classmethod
    def of(cls, portfolio: Any, user: Any, as_of: datetime | None = None) -> Self:
        """A portfolio with everything below it."""
        return cls(ProjectFilter.read({"portfolio": portfolio.code}, Reading(user, as_of)))

    @property
    def reading(self) -> Reading:
        """Who looks, and as known when."""
        return self.narrowed.reading

    @property
    def user(self) -> Any:
        """Who looks."""
        return self.reading.user

    @property
    def as_of(self) -> datetime | None:
        """As known when; None: now."""
        return self.reading.as_of

    @property
    def is_today(self) -> bool:
        """Whether it is today's state, which may be changed."""
        return self.as_of is None

    @property
    def day(self) -> date:
        """The day it is looked at."""
        return timezone.localdate(self.as_of)

    @property
    def moment(self) -> datetime:
        """The moment it is looked at."""
        return self.as_of or timezone.now()

    def projects(self) -> Any:
        """The projects looked at, with `cost_seen` and `benefit_seen`."""
        return self.narrowed.apply()

    def with_figures(self) -> Any:
        """Those of them whose figures the person may see."""
        return self.projects().visible_to(self.user, Verb.SEE_FIGURES)

    def today_with_figures(self) -> Any:
        """Those with figures as rows of today, for what is not kept by date."""
        if self.is_today:
            return self.with_figures()
        return Project.objects.filter(pk__in=self.with_figures().values(self.reading.key))

    def before(self, days: int = MONTH_DAYS) -> "Sight | None":
        """The same some days earlier; None where the place was not there yet."""
        return self.at(self.moment - timedelta(days=days))

    def at(self, moment: datetime) -> "Sight | None":
        """The same as known at a moment; None where the place was not there yet."""
        texts = {name: found[0] for name, found in self.narrowed.texts.items()}
        try:
            return Sight(ProjectFilter.read(texts, Reading(self.user, moment)), "", self.options)
        except Unreadable:
            return None

    @cached_property
    def portfolio(self) -> Any:
        """The one portfolio looked at; None where it is not exactly one."""
        return self._only("portfolio", self.reading.portfolios)

    @cached_property
    def programme(self) -> Any:
        """The one programme looked at; None where it is not exactly one."""
        return self._only("programme", self.reading.programmes)

    def _only(self, name: str, rows: Mapping[int, Any]) -> Any:
        code = self.narrowed.first(name)
        return next((row for row in rows.values() if row.code == code), None) if code else None

    @cached_property
    def home(self) -> Any:
        """The portfolio that decides on currency and strategy: the one looked at, or that of the programme."""
        if self.portfolio is not None or self.programme is None:
            return self.portfolio
        return self.reading.portfolios.get(self.programme.portfolio_id)

    @property
    def currency(self) -> str:
        """The currency sums are told in."""
        return self.home.currency if self.home is not None else settings.BASE_CURRENCY

    @cached_property
    def links(self) -> Links:
        """The ways to the records behind its figures."""
        texts = {name: found[0] for name, found in self.narrowed.texts.items()}
        code = texts.pop("portfolio", "")
        return Links(code, self.as_of_text, tuple(texts.items()))

    @property
    def query(self) -> str:
        """The address of what is looked at, without its date."""
        return self.narrowed.query

    def address(self, **options: str) -> str:
        """The query of an address that looks at the same, with options of its own."""
        pairs = [(name, text) for name, found in self.narrowed.texts.items() for text in found]
        pairs += [("as_of", self.as_of_text), *options.items()]
        return f"?{urlencode([(name, text) for name, text in pairs if text])}"

    @property
    def name(self) -> str:
        """What tells one sight from another, apart from who looks."""
        options = "&".join(f"{name}={value}" for name, value in sorted(self.options.items()))
        return f"{self.query}|{options}|{self.as_of_text}|{self.day}"

    @property
    def title(self) -> str:
        """What is looked at, in words."""
        return ", ".join(words for _, _, words in self.narrowed.said()) or EVERYTHING
