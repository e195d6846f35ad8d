from datetime import UTC, date, datetime
from decimal import Decimal

from django.template import Context, Template

from mainstay.core.templatetags import figures


def rendered(text: str, **values: object) -> str:
    return Template("{% load components %}" + text).render(Context(values))


def test_money_is_compact_and_carries_the_full_amount():
    shown = rendered('{{ cost|money:"GBP" }}', cost=Decimal("494200000000.50"))
    assert shown == '<span title="GBP 494,200,000,000.50">GBP 494.2bn</span>'


def test_a_missing_amount_is_a_dash():
    assert rendered('{{ cost|money:"GBP" }}', cost=None) == '<span class="missing">–</span>'


def test_prose_in_the_place_of_money_is_shown_as_it_is_and_escaped():
    assert rendered("{{ cost|money }}", cost="Exempt <s.43>") == "Exempt &lt;s.43&gt;"


def test_a_currency_cannot_smuggle_markup():
    assert "<b>" not in rendered("{{ cost|money:currency }}", cost=3, currency="<b>")


def test_compact_money_is_plain_text_for_sentences():
    assert figures.compact_money(Decimal("12345678"), "EUR") == "EUR 12.3m"


def test_numbers_shares_and_changes():
    text = "{{ 1234.56|number:1 }} {{ share|percent }} {{ share|percent:1 }} {{ change|signed }} {{ none|number }}"
    shown = rendered(text, share=Decimal("0.4164"), change=-3, none=None)
    assert shown == '1,234.6 42% 41.6% −3 <span class="missing">–</span>'


def test_a_day_is_written_without_breaking():
    assert figures.day(date(2026, 3, 3)) == "3\u00a0Mar\u00a02026"
    assert figures.day(datetime(2026, 12, 31, 12, tzinfo=UTC)) == "31\u00a0Dec\u00a02026"
    assert figures.day(None) == figures.MISSING
