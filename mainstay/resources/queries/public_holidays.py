"""Public holidays of countries and of their regions, as the `holidays` package knows them."""

from datetime import date
from functools import lru_cache

import holidays
from holidays.registry import COUNTRIES

SMALL_WORDS = {"And", "Of", "The"}
LANGUAGES = ("en_GB", "en_US")


@lru_cache
def countries() -> tuple[tuple[str, str], ...]:
    """Code and name of each country whose holidays are known, by name."""
    named = ((codes[1], _named(word)) for word, codes in COUNTRIES.items())
    return tuple(sorted(named, key=lambda pair: pair[1]))


def country_name(code: str) -> str:
    """The country in words; the code where it is unknown."""
    return dict(countries()).get(code, code)


@lru_cache
def regions(country: str) -> tuple[tuple[str, str], ...]:
    """Code and name of each region of a country with holidays of its own, by name."""
    if country not in dict(countries()):
        return ()
    kind = type(holidays.country_holidays(country))
    names: dict[str, str] = {}
    for name, code in getattr(kind, "subdivisions_aliases", {}).items():
        names.setdefault(code, name)
    return tuple(sorted(((code, names.get(code, code)) for code in kind.subdivisions), key=lambda pair: pair[1]))


@lru_cache(maxsize=4096)
def holidays_of_year(country: str, region: str, year: int) -> tuple[tuple[date, str], ...]:
    """Each public holiday of a year with its name, in English where the package knows one."""
    if not country:
        return ()
    known = getattr(type(holidays.country_holidays(country)), "supported_languages", ())
    language = next((one for one in LANGUAGES if one in known), None)
    found = holidays.country_holidays(country, subdiv=region or None, years=year, language=language)
    return tuple(sorted((day, name) for day, name in found.items() if day.year == year))


def holidays_between(country: str, region: str, first: date, last: date) -> list[tuple[date, str]]:
    """The public holidays from one day to another, both included."""
    years = range(first.year, last.year + 1)
    found = (pair for year in years for pair in holidays_of_year(country, region, year))
    return [(day, name) for day, name in found if first <= day <= last]


def _named(word: str) -> str:
    parts = word.replace("_", " ").title().split()
    return " ".join(part.lower() if part in SMALL_WORDS and place else part for place, part in enumerate(parts))
