"""Fiscal periods: whole months, counted from the first day of the year."""

from datetime import date, timedelta


def month_after(day: date, months: int) -> date:
    """The first day of the month that lies `months` (may be negative) after the month of `day`.

    >>> month_after(date(2026, 11, 22), 3)
    datetime.date(2027, 2, 1)
    """
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def month_number(day: date) -> int:
    """Months counted from the year 0, so that they can be taken apart from each other; see `month_of`.

    >>> month_number(date(2026, 2, 3)) - month_number(date(2025, 12, 31))
    2
    """
    return day.year * 12 + day.month - 1


def month_of(number: int) -> date:
    """The first day of the month of a number.

    >>> month_of(month_number(date(2026, 2, 3)))
    datetime.date(2026, 2, 1)
    """
    return date(number // 12, number % 12 + 1, 1)


def months_between(start: date, end: date) -> int:
    """How many calendar months the span from `start` to `end` (both included) touches; 0 if it is empty.

    >>> months_between(date(2026, 1, 31), date(2026, 3, 1))
    3
    """
    return max(0, (end.year - start.year) * 12 + end.month - start.month + 1)


def quarters_of(year: str, start: date, end: date) -> list[tuple[str, date, date]]:
    """Name, first and last day of each quarter of a fiscal year that begins on the first of a month.

    >>> quarters_of("2026/27", date(2026, 4, 1), date(2027, 3, 31))[3]
    ('2026/27 Q4', datetime.date(2027, 1, 1), datetime.date(2027, 3, 31))
    """
    quarters = []
    for number in range(-(-months_between(start, end) // 3)):
        first = start if number == 0 else month_after(start, 3 * number)
        last = min(month_after(start, 3 * number + 3) - timedelta(days=1), end)
        quarters.append((f"{year} Q{number + 1}", first, last))
    return quarters
