"""Every address of the product, read from the URL configuration itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """A named address with the arguments it takes."""

    name: str
    pattern: str
    arguments: frozenset[str]


def pages() -> list[Address]:
    """Every page; the API has a table of its own, read from its document."""
    return [address for address in _walk(get_resolver(), "") if not address.pattern.startswith("api/")]


def _walk(resolver: URLResolver, prefix: str) -> Iterator[Address]:
    for part in resolver.url_patterns:
        pattern = prefix + str(part.pattern)
        if isinstance(part, URLResolver):
            yield from _walk(part, pattern)
        elif isinstance(part, URLPattern):
            yield Address(part.name or pattern, pattern, _arguments(part.pattern))


def _arguments(pattern: Any) -> frozenset[str]:
    return frozenset(pattern.converters) if hasattr(pattern, "converters") else frozenset(pattern.regex.groupindex)
