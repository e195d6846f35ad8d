"""A row's markup is rendered once and filled for each row, safely."""

import pytest
from django.template import Context, TemplateSyntaxError, engines
from django.utils.safestring import mark_safe


def render(source, **context):
    template = engines["django"].from_string("{% load stamp %}" + source)
    return template.template.render(Context(context))


def test_each_row_fills_the_slots_by_name():
    source = '{% stamp rows %}<b title="{{ label }}">{% slot "a" %}{% slot "b" %}{% slot "a" %}</b>{% endstamp %}'
    rows = [{"a": "1", "b": "x"}, {"a": "2", "b": ""}]
    assert render(source, rows=rows, label="100 %s {}") == '<b title="100 %s {}">1x1</b><b title="100 %s {}">22</b>'


def test_values_are_escaped_unless_they_are_markup_already():
    source = '{% stamp rows %}{% slot "a" %}{% endstamp %}'
    rows = [{"a": "<i>%s</i>"}, {"a": mark_safe("<i>ok</i>")}]
    assert render(source, rows=rows) == "&lt;i&gt;%s&lt;/i&gt;<i>ok</i>"


def test_no_rows_make_no_markup():
    assert render('{% stamp rows %}<b>{% slot "a" %}</b>{% endstamp %}', rows=[]) == ""


def test_it_takes_one_list_of_rows():
    with pytest.raises(TemplateSyntaxError, match="one list of rows"):
        render("{% stamp %}{% endstamp %}")
