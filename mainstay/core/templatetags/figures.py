"""How numbers and days are written in pages: quick filters for cells of long lists."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from mainstay.charts import words

register = template.Library()
MISSING = mark_safe('<span class="missing">\N{EN DASH}</span>')
MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _float(value: Any) -> float | None:
    return float(value) if isinstance(value, (int, float, Decimal)) else None


@register.filter
def money(value: Any, currency: str = "") -> SafeString | str:
    """`{{ project.cost|money:"GBP" }}`: compact with its currency; the full amount shows on hover."""
    amount = _float(value)
    if amount is None:
        return MISSING if value is None or value == "" else str(value)
    unit = escape(currency)
    full = f"{unit} {value:,}".strip()
    return mark_safe(f'<span title="{full}">{words.money(amount, unit)}</span>')


@register.filter
def compact_money(value: Any, currency: str = "") -> str:
    """The same as plain text, for sentences and attributes."""
    return words.money(_float(value), currency)


@register.filter
def number(value: Any, places: int = 0) -> SafeString | str:
    """`{{ score|number:1 }}`: thousands apart, a fixed number of decimal places."""
    amount = _float(value)
    return MISSING if amount is None else words.number(amount, int(places))


@register.filter
def percent(value: Any, places: int = 0) -> SafeString | str:
    """`{{ share|percent }}`: a share, where 1 is the whole, as a percentage."""
    amount = _float(value)
    return MISSING if amount is None else words.percent(amount, int(places))


@register.filter
def points(value: Any) -> SafeString | str:
    """`{{ change|points }}`: a difference of shares, where 1 is the whole, in points of a hundred."""
    amount = _float(value)
    return MISSING if amount is None else f"{100 * amount:+.0f}"


@register.filter
def signed(value: Any, places: int = 0) -> SafeString | str:
    """`{{ change|signed }}`: a change with its sign."""
    amount = _float(value)
    return MISSING if amount is None else words.signed(amount, int(places))


@register.filter
def day(value: Any) -> SafeString | str:
    """`{{ project.end_date|day }}`: 3 Mar 2026; a moment is told by its day here."""
    if not isinstance(value, date):
        return MISSING if value is None or value == "" else str(value)
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return f"{value.day}\N{NO-BREAK SPACE}{MONTHS[value.month]}\N{NO-BREAK SPACE}{value.year}"
